"""JPEG: ITU-T T.81, annex B, with JFIF (ITU-T T.871), Exif (CIPA DC-008), ICC.1 (annex B.4) and Adobe's APP14."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from campaign.reading.metadata import exif
from campaign.reading.metadata.container import UPRIGHT, NotWholeError, Picture, unpack

_START = b"\xff\xd8"
# A marker may follow any number of fill bytes (B.1.1.2).
_MARKER = re.compile(rb"\xff+([^\x00\xff])")
# In coded data a zero follows each 0xFF that is no marker; restart markers belong to it (B.1.1.5).
_AFTER_SCAN = re.compile(rb"\xff(?=[^\x00\xff\xd0-\xd7])")
_END, _SCAN, _APP0, _APP1, _APP2, _APP14 = 0xD9, 0xDA, 0xE0, 0xE1, 0xE2, 0xEE
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
# Tables of Huffman, arithmetic and quantization, the number of lines, the restart interval, and scans.
_CODING = _FRAMES | {0xC4, 0xCC, 0xDB, 0xDC, 0xDD, _SCAN}
_APPLICATIONS = frozenset({*range(_APP0, 0xF0), 0xFE})  # 0xFE is a comment
_JFIF, _EXIF, _ICC, _ADOBE = b"JFIF\0", b"Exif\0\0", b"ICC_PROFILE\0", b"Adobe"
_JFIF_LENGTH, _ADOBE_LENGTH = 14, 12


class _Segment(NamedTuple):
    """A marker segment: its code, its parameters, and all of its bytes, a scan with the data that follows."""

    code: int
    payload: bytes
    whole: bytes


def parse(data: bytes) -> Picture:
    """Return what a JPEG's segments say."""
    height = width = 0
    turn, scans, remaining = None, 0, [_START]
    for segment in _segments(data):
        if segment.code in _FRAMES:
            if height:
                raise NotWholeError
            height, width = unpack(">xHH", segment.payload, 0)
        elif segment.code == _APP1 and segment.payload.startswith(_EXIF) and turn is None:
            turn = exif.orientation(segment.payload)
        scans += segment.code == _SCAN
        remaining.append(_without_metadata(segment))
    if not scans:
        raise NotWholeError
    return Picture(width, height, 1, turn or UPRIGHT, b"".join(remaining))


def _segments(data: bytes) -> Iterator[_Segment]:
    """Yield a file's segments, up to its end mark."""
    position = len(_START) if data.startswith(_START) else len(data)
    while marker := _MARKER.match(data, position):
        code = marker[1][0]
        if code == _END:
            yield _Segment(code, b"", data[position : marker.end()])
            return
        if code not in _CODING and code not in _APPLICATIONS:
            raise NotWholeError
        (length,) = unpack(">H", data, marker.end())
        end = marker.end() + length
        payload = data[marker.end() + 2 : end]
        if len(payload) != length - 2:
            raise NotWholeError
        if code == _SCAN:
            after = _AFTER_SCAN.search(data, end)
            end = after.start() if after else len(data)
        yield _Segment(code, payload, data[position:end])
        position = end
    raise NotWholeError


def _without_metadata(segment: _Segment) -> bytes:
    """Return a segment as it belongs to the picture: whole, without its thumbnail, or nothing."""
    code, payload, whole = segment
    if code not in _APPLICATIONS or (code == _APP2 and payload.startswith(_ICC)):
        return whole
    if code == _APP0 and payload.startswith(_JFIF) and len(payload) >= _JFIF_LENGTH:
        # Its last two bytes are the size of the thumbnail that follows (T.871, section 10.1).
        wanted = payload[: _JFIF_LENGTH - 2] + b"\0\0"
    elif code == _APP14 and payload.startswith(_ADOBE):
        wanted = payload[:_ADOBE_LENGTH]
    else:
        return b""
    if payload == wanted:
        return whole
    return bytes((0xFF, code)) + (len(wanted) + 2).to_bytes(2, "big") + wanted
