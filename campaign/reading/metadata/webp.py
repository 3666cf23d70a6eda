"""WebP: RFC 9649, section 2, "WebP Container Specification"; section 3.4 and RFC 6386, section 9.1, for the sizes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from campaign.reading.metadata import exif
from campaign.reading.metadata.container import UPRIGHT, NotWholeError, Picture, unpack

_HEADER = 12
_IMAGES = frozenset({b"VP8 ", b"VP8L"})
_WANTED = _IMAGES | {b"VP8X", b"ALPH", b"ANIM", b"ANMF", b"ICCP"}
_IN_FRAMES = _IMAGES | {b"ALPH"}
_FRAME_HEADER = 16
# Flags of the chunk VP8X: it says there that Exif and XMP data follow.
_METADATA_FLAGS = 0x08 | 0x04
_SIZE = 0x3FFF  # 14 bits


class _Chunk(NamedTuple):
    """A chunk: its type, its data, and all of its bytes with the padding."""

    kind: bytes
    payload: bytes
    whole: bytes


def parse(data: bytes) -> Picture:
    """Return what a WebP's chunks say."""
    if data[:4] != b"RIFF" or data[8:_HEADER] != b"WEBP":
        raise NotWholeError
    (length,) = unpack("<I", data, 4)
    if length + 8 > len(data):
        raise NotWholeError
    remaining, frames, turn = list[bytes](), 0, UPRIGHT
    first, has_image = None, False
    for chunk in _chunks(data[_HEADER : length + 8]):
        first = first or chunk
        has_image |= chunk.kind in _IMAGES or chunk.kind == b"ANMF"
        frames += chunk.kind == b"ANMF"
        if chunk.kind == b"EXIF":
            turn = exif.orientation(chunk.payload)
        elif chunk.kind in _WANTED:
            remaining.append(_without_metadata(chunk))
    if first is None or not has_image:
        raise NotWholeError
    width, height = _size(first)
    return Picture(
        width, height, frames, turn, b"RIFF" + _with_length(b"WEBP" + b"".join(remaining))
    )


def _chunks(data: bytes) -> Iterator[_Chunk]:
    position = 0
    while position < len(data):
        kind, length = unpack("<4sI", data, position)
        end = position + 8 + length + length % 2
        if end > len(data):
            raise NotWholeError
        whole = data[position:end]
        yield _Chunk(kind, whole[8 : 8 + length], whole)
        position = end


def _without_metadata(chunk: _Chunk) -> bytes:
    """Return a chunk as it belongs to the picture."""
    if chunk.kind == b"VP8X" and chunk.payload:
        flags = chunk.payload[0] & ~_METADATA_FLAGS
        return chunk.whole[:8] + bytes((flags,)) + chunk.whole[9:]
    if chunk.kind == b"ANMF":
        head, rest = chunk.payload[:_FRAME_HEADER], chunk.payload[_FRAME_HEADER:]
        found = (inner.whole for inner in _chunks(rest) if inner.kind in _IN_FRAMES)
        inside = head + b"".join(found)
        return chunk.whole if inside == chunk.payload else chunk.kind + _with_length(inside)
    return chunk.whole


def _with_length(payload: bytes) -> bytes:
    return len(payload).to_bytes(4, "little") + payload + b"\0" * (len(payload) % 2)


def _size(first: _Chunk) -> tuple[int, int]:
    """Return width and height, which the first chunk says, whichever of the three kinds it is."""
    kind, payload, _ = first
    if kind == b"VP8X":
        width, width_high, height, height_high = unpack("<HBHB", payload, 4)
        return 1 + width + (width_high << 16), 1 + height + (height_high << 16)
    if kind == b"VP8 ":
        width, height = unpack("<HH", payload, 6)
        return width & _SIZE, height & _SIZE
    if kind == b"VP8L":
        (both,) = unpack("<I", payload, 1)
        return 1 + (both & _SIZE), 1 + (both >> 14 & _SIZE)
    raise NotWholeError
