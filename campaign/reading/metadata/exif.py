"""Exif: the turn of a picture, and whether it says where it was taken.

Sources: CIPA DC-008 (Exif 3.0), sections 4.6.2 to 4.6.6; TIFF 6.0, section 2; XMP, part 2, "Exif schema".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from itertools import islice

from campaign.reading.metadata.container import UPRIGHT, NotWholeError, unpack

_ORIENTATIONS = range(1, 9)
_PREFIX = b"Exif\0\0"
_BYTE_ORDERS = {b"II*\0": "<", b"MM\0*": ">"}
_HEADER = re.compile(rb"II\*\0|MM\0\*")
_ORIENTATION, _GPS = 0x0112, 0x8825
# Latitude and longitude of the place, and of where one is going; the name of the area.
_PLACES = frozenset({0x02, 0x04, 0x14, 0x16, 0x1C})
_XMP_PLACE = re.compile(rb"GPSL(?:at|ong)itude\s*(?:=\s*[\"']|>)\s*[^\"'<\s]")
# More than any camera writes: what has more of them is made to take long.
_MOST_FIELDS, _MOST_HEADERS = 500, 500


def orientation(data: bytes) -> int:
    """Return the turn that some Exif data asks for, 1 where it asks for none or cannot be read."""
    data = data.removeprefix(_PREFIX)
    with suppress(NotWholeError):
        for tag, value in _first_directory(data, 0):
            if tag == _ORIENTATION:
                found = _unpack(data, 0, "H", value)
                return found if found in _ORIENTATIONS else UPRIGHT
    return UPRIGHT


def has_place(data: bytes) -> bool:
    """Whether somewhere in a file's bytes Exif or XMP data says where a picture was taken."""
    # In UTF-16, a zero stands beside each letter.
    if _XMP_PLACE.search(data) or _XMP_PLACE.search(data.replace(b"\0", b"")):
        return True
    headers = islice(_HEADER.finditer(data), _MOST_HEADERS)
    return any(_names_place(data, found.start()) for found in headers)


def _names_place(data: bytes, start: int) -> bool:
    """Whether the TIFF structure that begins here has a place among its GPS fields."""
    with suppress(NotWholeError):
        for tag, value in _first_directory(data, start):
            if tag == _GPS:
                fields = _directory(data, start, _unpack(data, start, "I", value))
                return any(name in _PLACES and _is_filled(data, start, at) for name, at in fields)
    return False


def _is_filled(data: bytes, start: int, at: int) -> bool:
    """Whether a GPS field holds more than zeros, which cameras write while they know no place."""
    count, offset = (_unpack(data, start, "I", place) for place in (at - 4, at))
    begin = start + offset
    return any(data[begin : begin + 8 * min(count, _MOST_FIELDS)])


def _first_directory(data: bytes, start: int) -> Iterator[tuple[int, int]]:
    return _directory(data, start, _unpack(data, start, "I", start + 4))


def _directory(data: bytes, start: int, offset: int) -> Iterator[tuple[int, int]]:
    """Yield each field of a directory: its tag, and where in the data its value stands."""
    first = start + offset
    for number in range(min(_unpack(data, start, "H", first), _MOST_FIELDS)):
        at = first + 2 + 12 * number
        yield _unpack(data, start, "H", at), at + 8


def _unpack(data: bytes, start: int, layout: str, at: int) -> int:
    """Return a number in the byte order of the TIFF structure that begins at `start`."""
    order = _BYTE_ORDERS.get(data[start : start + 4])
    if order is None:
        raise NotWholeError
    (number,) = unpack(order + layout, data, at)
    return int(number)
