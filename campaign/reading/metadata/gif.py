"""GIF: "Graphics Interchange Format, Version 89a", sections 17 to 27, and Netscape's extension for loops."""

from __future__ import annotations

from campaign.reading.metadata.container import UPRIGHT, NotWholeError, Picture, unpack

_HEADER = 13
_TRAILER, _EXTENSION, _IMAGE = 0x3B, 0x21, 0x2C
_CONTROL, _PLAIN_TEXT, _APPLICATION = 0xF9, 0x01, 0xFF
# Loops, in their two names, and a colour profile (ICC.1, annex B.6).
_APPLICATIONS = frozenset({b"NETSCAPE2.0", b"ANIMEXTS1.0", b"ICCRGBG1012"})
_HAS_TABLE, _TABLE_SIZE = 0x80, 0x07


def parse(data: bytes) -> Picture:
    """Return what a GIF's blocks say."""
    if data[:6] not in {b"GIF87a", b"GIF89a"}:
        raise NotWholeError
    width, height, flags = unpack("<HHB", data, 6)
    position = _HEADER + _table_length(flags)
    remaining, frames = [data[:position]], 0
    # What controls a graphic stands before it, and goes where it goes.
    control = b""
    # Some programs leave the trailer out, and every viewer does without it.
    while position < len(data) and (kind := data[position]) != _TRAILER:
        end = _end(data, position, kind)
        block = data[position:end]
        if kind == _IMAGE:
            frames += 1
            remaining += [control, block]
            control = b""
        elif block[1] == _CONTROL:
            control = block
        elif block[1] == _PLAIN_TEXT:
            control = b""
        elif block[1] == _APPLICATION and block[3:14] in _APPLICATIONS:
            remaining.append(block)
        position = end
    if not frames:
        raise NotWholeError
    return Picture(width, height, frames, UPRIGHT, b"".join([*remaining, bytes((_TRAILER,))]))


def _end(data: bytes, position: int, kind: int) -> int:
    """Return where the block that begins here ends."""
    if kind == _EXTENSION:
        return _end_of_data(data, position + 2)
    if kind == _IMAGE:
        # Its descriptor, a table of colours, and the size of its first codes.
        return _end_of_data(data, position + 10 + _table_length(_byte(data, position + 9)) + 1)
    raise NotWholeError


def _end_of_data(data: bytes, position: int) -> int:
    """Return where a sequence of sub-blocks ends (section 15)."""
    while length := _byte(data, position):
        position += 1 + length
    return position + 1


def _table_length(flags: int) -> int:
    return 3 * 2 ** ((flags & _TABLE_SIZE) + 1) if flags & _HAS_TABLE else 0


def _byte(data: bytes, position: int) -> int:
    if position >= len(data):
        raise NotWholeError
    return data[position]
