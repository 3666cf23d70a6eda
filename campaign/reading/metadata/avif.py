"""AVIF: "AV1 Image File Format" 1.1, on HEIF (ISO/IEC 23008-12) and the boxes of ISO/IEC 14496-12.

Offsets into the file stand in many places, so nothing is cut out: metadata is overwritten with
zeros, and what held it gets a type that readers pass over. The picture itself is not coded again,
and keeps its depth and colours.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from campaign.reading.metadata.container import UPRIGHT, NotWholeError, Picture, unpack
from campaign.reading.metadata.items import Span, find_metadata

_KNOWN = frozenset({b"ftyp", b"meta", b"moov", b"mdat"})
_NEEDED = frozenset({(b"meta", 0), (b"iinf", 1), (b"iloc", 1)})
_CONTAINERS = frozenset({b"moov", b"trak", b"mdia", b"minf", b"stbl", b"meta", b"iprp", b"ipco"})
_DEEPEST = len(_CONTAINERS)
_HIDING = frozenset({b"free", b"skip", b"udta", b"uuid"})
_TIMED = frozenset({b"mvhd", b"tkhd", b"mdhd"})
_FREE = b"free"
# Exif's turns by those of HEIF (6.5.10 and 6.5.12): the axis of a mirror, then quarters counter-clockwise.
_TURNS: dict[int | None, tuple[int, int, int, int]] = {
    None: (1, 8, 3, 6),
    0: (4, 5, 2, 7),
    1: (2, 7, 4, 5),
}
_USUAL_DEPTH = 8
# Primaries of sRGB, and transfers that are shown as its own (ITU-T H.273); 2 is "unspecified".
_USUAL_PRIMARIES, _USUAL_TRANSFERS = frozenset({1, 2}), frozenset({1, 2, 6, 13})


class _Box(NamedTuple):
    """A box: its type, where it begins, where what is in it begins, where it ends, and how many it is in."""

    kind: bytes
    start: int
    inside: int
    end: int
    depth: int


def parse(data: bytes) -> Picture:
    """Return what an AVIF's boxes say."""
    boxes = list(_all_boxes(data))
    if not boxes or boxes[0].kind != b"ftyp" or not _kinds(boxes) >= _NEEDED:
        raise NotWholeError
    media = [(box.inside, box.end) for box in boxes if (box.kind, box.depth) == (b"mdat", 0)]
    bare, spans = bytearray(data), list[Span]()
    for box in boxes:
        if box.kind in _HIDING or (not box.depth and box.kind not in _KNOWN):
            bare[box.start + 4 : box.start + 8] = _FREE
            spans.append((box.inside, box.end))
        elif box.kind == b"meta":
            inner = {it.kind: (it.inside, it.end) for it in _boxes(data, box.inside + 4, box.end)}
            found = find_metadata(data, inner, media)
            spans += found.spans
            for name in found.names:
                bare[name : name + 4] = _FREE
    _clear(bare, spans)
    sizes = [_size(data, box) for box in boxes if box.kind in {b"ispe", b"tkhd"}]
    width, height = max(sizes, key=lambda size: size[0] * size[1], default=(0, 0))
    frames = max(
        (unpack(">8xI", data, box.inside)[0] for box in boxes if box.kind == b"stsz"), default=1
    )
    return Picture(width, height, frames, _orientation(data, boxes), bytes(bare))


def without_times(data: bytes) -> bytes:
    """Return an AVIF without the times at which it was encoded, so that it is the same each time."""
    timed = (box for box in _all_boxes(data) if box.kind in _TIMED)
    # Two of them follow version and flags, in version 1 with 64 bits each (14496-12, 8.2.2).
    spans = [(box.inside + 4, box.inside + (20 if data[box.inside] else 12)) for box in timed]
    bare = bytearray(data)
    _clear(bare, spans)
    return bytes(bare)


def _kinds(boxes: Iterable[_Box]) -> set[tuple[bytes, int]]:
    return {(box.kind, box.depth) for box in boxes}


def _all_boxes(data: bytes) -> Iterator[_Box]:
    """Yield a file's boxes, and those in boxes that can say anything here."""
    waiting = [(0, len(data), 0)]
    for start, end, depth in waiting:
        for box in _boxes(data, start, end, depth):
            yield box
            is_known = depth or box.kind in _KNOWN
            if is_known and box.kind in _CONTAINERS and depth < _DEEPEST:
                flags = 4 if box.kind == b"meta" else 0
                waiting.append((box.inside + flags, box.end, depth + 1))


def _boxes(data: bytes, start: int, end: int, depth: int = 0) -> Iterator[_Box]:
    """Yield the boxes between two places, which they fill."""
    while start < end:
        size, kind = unpack(">I4s", data, start)
        inside = start + 8
        if size == 1:
            (size,) = unpack(">Q", data, inside)
            inside += 8
        elif size == 0:
            size = end - start
        if not inside <= start + size <= end:
            raise NotWholeError
        yield _Box(kind, start, inside, start + size, depth)
        start += size


def _clear(data: bytearray, spans: Iterable[Span]) -> None:
    """Overwrite spans of some data with zeros, each byte once."""
    done = 0
    for start, end in sorted(spans):
        begin, stop = max(start, done), min(end, len(data))
        if begin < stop:
            data[begin:stop] = bytes(stop - begin)
            done = stop


def _size(data: bytes, box: _Box) -> tuple[int, int]:
    """Return width and height of an image (ispe), or of a track (tkhd) in its last fields, as 16.16."""
    if box.kind == b"ispe":
        width, height = unpack(">4xII", data, box.inside)
    else:
        width, height = unpack(">HxxHxx", data, box.end - 8)
    return width, height


def _orientation(data: bytes, boxes: Iterable[_Box]) -> int:
    """Return the turn that the picture's properties ask for, as Exif has it.

    One of more than 8 bits, or of unusual colours, passes for upright: every viewer makes that
    turn, and to code it again would cost what is unusual about it.
    """
    quarters = 0
    axis: int | None = None
    for box in boxes:
        if box.kind == b"irot":
            quarters = unpack(">B", data, box.inside)[0] & 3
        elif box.kind == b"imir":
            axis = unpack(">B", data, box.inside)[0] & 1
        elif not _is_usual(data, box):
            return UPRIGHT
    return _TURNS[axis][quarters]


def _is_usual(data: bytes, box: _Box) -> bool:
    """Whether a property says nothing of colours that get lost where a picture is coded again."""
    if box.kind == b"colr" and data[box.inside : box.inside + 4] == b"nclx":
        primaries, transfer = unpack(">HH", data, box.inside + 4)
        return primaries in _USUAL_PRIMARIES and transfer in _USUAL_TRANSFERS
    if box.kind == b"pixi":
        depths = data[box.inside + 5 : box.end]
        return max(depths, default=0) <= _USUAL_DEPTH
    return True
