"""Items of a box `meta`: which are metadata, and where their bytes stand (ISO/IEC 14496-12, 8.11; HEIF, 6.4)."""

from __future__ import annotations

import sys
from bisect import bisect
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from campaign.reading.metadata.container import NotWholeError

Span = tuple[int, int]

# Coded images, what joins or crops them, and a gain map.
_IMAGES = frozenset({b"av01", b"grid", b"iden", b"iovl", b"sato", b"tmap"})
_CLEARED = b"free"
_IN_FILE, _IN_BOX = 0, 1
_NEWEST_ITEMS = 2
_NONE = (0, 0)


class Metadata(NamedTuple):
    """Where metadata stands in a file: the types of its items, and the spans of their names and bytes."""

    names: list[int]
    spans: list[Span]


class _Fields:
    """Numbers of a box, read one after the other."""

    def __init__(self, data: bytes, span: Span) -> None:
        self._data = data
        self.position, self._end = span

    def take(self, length: int) -> int:
        """Return the next number, of some bytes."""
        start, self.position = self.position, self.position + length
        if self.position > self._end:
            raise NotWholeError
        return int.from_bytes(self._data[start : self.position], "big")

    @property
    def has_more(self) -> bool:
        return self.position < self._end


def find_metadata(data: bytes, boxes: Mapping[bytes, Span], media: Sequence[Span]) -> Metadata:
    """Return where metadata stands, by what the boxes in a box `meta` say.

    The spans of these boxes are given, and in order those of the `media`, where alone items can be.
    """
    thumbnails = set(_thumbnails(data, boxes.get(b"iref", _NONE)))
    found, wanted = Metadata([], []), set[int]()
    for number, name, end in _items(data, boxes.get(b"iinf", _NONE)):
        kind = data[name : name + 4]
        if kind == _CLEARED or (kind in _IMAGES and number not in thumbnails):
            continue
        wanted.add(number)
        found.names.append(name)
        found.spans.append((name + 4, end))
    places = {_IN_FILE: media, _IN_BOX: [boxes.get(b"idat", _NONE)]}
    for number, method, start, length in _extents(data, boxes.get(b"iloc", _NONE)):
        if method == _IN_FILE and start + length > len(data):
            raise NotWholeError
        if number in wanted:
            begin = start + (places[_IN_BOX][0][0] if method == _IN_BOX else 0)
            if not length or not _is_within(places.get(method, ()), begin, begin + length):
                raise NotWholeError
            found.spans.append((begin, begin + length))
    return found


def _is_within(spans: Sequence[Span], start: int, end: int) -> bool:
    """Whether a span is within one of others, which are in order."""
    at = bisect(spans, (start, sys.maxsize)) - 1
    return at >= 0 and end <= spans[at][1]


def _items(data: bytes, span: Span) -> Iterator[tuple[int, int, int]]:
    """Yield the number of each item, where its type stands, and where its entry ends."""
    if span == _NONE:
        return
    fields = _Fields(data, span)
    version = fields.take(4) >> 24
    fields.take(4 if version else 2)
    while fields.has_more:
        begin = fields.position
        end = begin + fields.take(4)
        if fields.take(4) != int.from_bytes(b"infe", "big") or not begin + 8 < end <= span[1]:
            raise NotWholeError
        version = fields.take(4) >> 24
        number = fields.take(4 if version > _NEWEST_ITEMS else 2)
        fields.take(2)
        name = fields.position
        if version < _NEWEST_ITEMS or name + 4 > end:
            raise NotWholeError
        yield number, name, end
        fields.position = end


def _thumbnails(data: bytes, span: Span) -> Iterator[int]:
    """Yield the numbers of items that are smaller copies of others."""
    if span == _NONE:
        return
    fields = _Fields(data, span)
    length = 4 if fields.take(4) >> 24 else 2
    while fields.has_more:
        begin = fields.position
        end = begin + fields.take(4)
        if fields.take(4) == int.from_bytes(b"thmb", "big"):
            yield fields.take(length)
        if not begin + 8 <= end <= span[1]:
            raise NotWholeError
        fields.position = end


def _extents(data: bytes, span: Span) -> Iterator[tuple[int, int, int, int]]:
    """Yield where items stand: number, construction method, start and length of each of their parts."""
    if span == _NONE:
        return
    fields = _Fields(data, span)
    version = fields.take(4) >> 24
    sizes = fields.take(2)
    offset, length, base, index = (sizes >> shift & 0xF for shift in (12, 8, 4, 0))
    index = index if version else 0
    wide = version >= _NEWEST_ITEMS
    for _ in range(fields.take(4 if wide else 2)):
        number = fields.take(4 if wide else 2)
        method = fields.take(2) & 0xF if version else _IN_FILE
        fields.take(2)
        start = fields.take(base)
        for _ in range(_count(fields, offset + length + index)):
            fields.take(index)
            yield number, method, start + fields.take(offset), fields.take(length)


def _count(fields: _Fields, size: int) -> int:
    """Return how many parts of an item follow, each of so many bytes."""
    count = fields.take(2)
    if count > 1 and not size:
        raise NotWholeError
    return count
