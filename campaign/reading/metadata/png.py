"""PNG, animated or not: W3C "Portable Network Graphics (PNG) Specification (Third Edition)", sections 5 and 11."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from contextlib import suppress
from typing import NamedTuple

from campaign.reading.metadata import exif
from campaign.reading.metadata.container import UPRIGHT, NotWholeError, Picture, unpack

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_CRITICAL = frozenset({b"IHDR", b"PLTE", b"IDAT", b"IEND"})
#: What says how the colours are meant.
COLOURS = frozenset({b"cHRM", b"cICP", b"cLLI", b"gAMA", b"iCCP", b"mDCV", b"sBIT", b"sRGB"})
_DRAWN = frozenset({b"bKGD", b"hIST", b"pHYs", b"sPLT", b"tRNS", b"acTL", b"fcTL", b"fdAT"})
_WANTED = _CRITICAL | COLOURS | _DRAWN
_AROUND = 12  # length, type and checksum
_ANCILLARY = 0x20  # of the first letter of a type, section 5.4
_MOST_TEXT = 10_000_000


class _Chunk(NamedTuple):
    """A chunk: its type, its data, and all of its bytes."""

    kind: bytes
    payload: bytes
    whole: bytes

    @property
    def is_sound(self) -> bool:
        """Whether the chunk has its checksum."""
        return zlib.crc32(self.whole[4:-4]).to_bytes(4, "big") == self.whole[-4:]


def parse(data: bytes) -> Picture:
    """Return what a PNG's chunks say."""
    remaining, kinds, frames, turn = [_SIGNATURE], set[bytes](), 0, UPRIGHT
    for chunk in _chunks(data):
        kinds.add(chunk.kind)
        frames += chunk.kind == b"fcTL"
        if chunk.kind == b"eXIf":
            turn = exif.orientation(chunk.payload)
        elif chunk.kind in _WANTED:
            if not chunk.is_sound:
                raise NotWholeError
            remaining.append(chunk.whole)
        elif not chunk.kind[0] & _ANCILLARY:
            raise NotWholeError
    if b"IDAT" not in kinds:
        raise NotWholeError
    width, height = unpack(">II", data, len(_SIGNATURE) + 8)
    return Picture(width, height, frames, turn, b"".join(remaining))


def colours(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Yield the type and the data of each chunk that says how the colours are meant."""
    for chunk in _chunks(data):
        if chunk.kind in COLOURS:
            yield chunk.kind, chunk.payload


def profiles(data: bytes) -> Iterator[bytes]:
    """Yield the texts of a file that are compressed, and what stands in them in hexadecimal digits.

    So do programs write Exif and XMP data that know no chunk for it: as a text of the name
    "Raw profile type exif", of which the fourth line begins the digits.
    """
    left = _MOST_TEXT
    for chunk in _chunks(data):
        text = _text(chunk, left)
        left -= len(text)
        yield text
        with suppress(ValueError):
            yield bytes.fromhex(b"".join(text.split(b"\n")[3:]).decode("ascii"))
        if left <= 0:
            return


def _text(chunk: _Chunk, most: int) -> bytes:
    """Return the text of a chunk, as far as it is one and not longer than this (section 11.3.3)."""
    _, _, rest = chunk.payload.partition(b"\0")
    if chunk.kind == b"tEXt":
        return rest[:most]
    if chunk.kind == b"zTXt":
        compressed = rest[1:]
    elif chunk.kind == b"iTXt" and rest[:1] == b"\1":
        compressed = rest[2:].split(b"\0", 2)[-1]
    else:
        return b""
    try:
        return zlib.decompressobj().decompress(compressed, most)
    except zlib.error:
        return b""


def _chunks(data: bytes) -> Iterator[_Chunk]:
    """Yield a file's chunks, from the header to the end mark."""
    if not data.startswith(_SIGNATURE) or data[12:16] != b"IHDR":
        raise NotWholeError
    position = len(_SIGNATURE)
    while True:
        length, kind = unpack(">I4s", data, position)
        end = position + length + _AROUND
        whole = data[position:end]
        if len(whole) < length + _AROUND:
            raise NotWholeError
        yield _Chunk(kind, whole[8:-4], whole)
        if kind == b"IEND":
            return
        position = end
