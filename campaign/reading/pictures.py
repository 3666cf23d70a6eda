"""Pictures: whether a file is what its name says and light enough for a phone, and how it is published.

A picture that holds no metadata and stands upright is copied byte for byte. Any other is made: without
metadata and, where that turns it, coded again. What is made is kept for the next time.
"""

from __future__ import annotations

import os
import re
import time
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from pathlib import Path

from campaign.content.problems import Problem
from campaign.reading import metadata, svg
from campaign.reading.access import unreadable
from campaign.support import cache, disk

#: The folder of what is kept, in the cache's own.
PICTURES_CACHE = "pictures"

# Each kind's first bytes, in each format's own specification; SVG is XML, whose root tells.
_BEGINNINGS = {
    ".avif": rb"....ftyp.{0,64}?avi[fs]",
    ".gif": rb"GIF8[79]a",
    ".jpeg": rb"\xff\xd8\xff",
    ".jpg": rb"\xff\xd8\xff",
    ".png": rb"\x89PNG\r\n\x1a\n",
    ".svg": rb".*?<svg\b",
    ".webp": rb"RIFF....WEBP",
}
ENDINGS = tuple(_BEGINNINGS)
_FORMATS = {kind: kind[1:].upper() for kind in ENDINGS if kind != ".svg"} | {".jpg": "JPEG"}
_HEAVIEST = 1_000_000
_HEAD = 8_192
_MOST_PIXELS = 100_000_000
_MILLION = 1_000_000
# Each scan of a progressive JPEG is decoded over the whole picture; programs make some ten of them.
_SCAN = b"\xff\xda"
_MOST_SCANS = 100
_DIGEST = sha256().digest_size
_DAMAGED = (
    "this picture is damaged or cut off, and cannot be shown whole;"
    " export it anew from the original"
)
_NAME = re.compile(r"[0-9a-f]{64}(\.[0-9]+)?")
# So many seconds what is not used stays: another branch may have it, or another build just made it.
_YOUNG = 86_400


class PictureError(ValueError):
    """A picture cannot be published; the message is a sentence that says how to mend it."""


@dataclass(frozen=True)
class Inspection:
    """The problem of a picture, or the digest of what is published of it where that is not the file as it is."""

    problems: list[Problem]
    digest: bytes | None = None


class Pictures:
    """The pictures of a site as they are published; what is made of them is kept in a folder, if there is one."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder
        self._used: set[str] = set()

    def inspect(self, file: Path, path: str) -> Inspection:
        """Judge a picture, which problems call by a path."""
        kind = file.suffix.lower()
        try:
            _check_beginning(file, kind)
            data = file.read_bytes()
            if kind == ".svg":
                return Inspection(svg.find_problems(data, path))
            published = self._publish(data, _FORMATS[kind])
        except OSError as error:
            return Inspection([unreadable(error).at(path)])
        except PictureError as error:
            return Inspection([Problem(str(error), path, 1)])
        return Inspection([], None if published is data else sha256(published).digest())

    def publish(self, file: Path) -> bytes:
        """Return what is published of a picture that is in order. Raises `PictureError` and `OSError`."""
        return self._publish(file.read_bytes(), _FORMATS[file.suffix.lower()])

    def save(self) -> None:
        """Delete what is kept of other pictures, unless it is young."""
        if self._folder is None:
            return
        with suppress(OSError):  # most sites have no such folder
            for file in self._folder.iterdir():
                if file.name not in self._used and _NAME.fullmatch(file.name) and _is_old(file):
                    file.unlink()

    def _publish(self, data: bytes, kind: str) -> bytes:
        """Return what is published of some bytes: these themselves, where nothing is to be made."""
        picture = _parse(data, kind)
        if picture and picture.is_upright and picture.bare == data:
            return data
        name = sha256(self._maker + data).hexdigest()
        published = self._load(name)
        if published is None:
            published = _make(data, kind, picture)
            self._keep(name, published)
        self._used.add(name)
        return published

    @cached_property
    def _maker(self) -> bytes:
        """The digest of what makes pictures: the code, and the release of Pillow."""
        from importlib.metadata import version  # noqa: PLC0415 (takes long, and few pictures need it)

        found = sha256(version("pillow").encode())
        here = Path(__file__)
        for file in (
            here,
            here.with_name("pillow.py"),
            *sorted(here.with_name("metadata").glob("*.py")),
        ):
            found.update(file.read_bytes())
        return found.digest()

    def _load(self, name: str) -> bytes | None:
        """Return what is kept under a name; None where there is nothing, or something damaged or foreign."""
        if self._folder is None or not cache.is_own(self._folder):
            return None
        try:
            found = disk.read(self._folder / name)
        except OSError:
            return None
        digest, published = found[:_DIGEST], found[_DIGEST:]
        return published if sha256(published).digest() == digest else None

    def _keep(self, name: str, published: bytes) -> None:
        """Keep a picture; a disk that cannot take it goes without."""
        if self._folder is None:
            return
        new = self._folder / f"{name}.{os.getpid()}"
        with suppress(OSError):
            if not (cache.make_folder(self._folder.parent) and cache.make_folder(self._folder)):
                return
            try:
                new.write_bytes(sha256(published).digest() + published)
                new.replace(self._folder / name)
            finally:
                new.unlink(missing_ok=True)


def _check_beginning(file: Path, kind: str) -> None:
    """Raise `PictureError` for what is no picture by its first bytes, or too heavy, before it is read."""
    if kind not in ENDINGS:
        message = "browsers do not show this kind of picture; save it as one of"
        raise PictureError(f"{message} {', '.join(ENDINGS)}")
    with file.open("rb") as opened:
        head = opened.read(_HEAD)
        size = os.fstat(opened.fileno()).st_size
    if not re.match(_BEGINNINGS[kind], head, re.DOTALL):
        what = f"holds no {kind} picture" if head else "is empty"
        raise PictureError(
            f"this file {what}; save the picture anew, not by changing the name alone"
        )
    if size > _HEAVIEST:
        raise PictureError(
            f"this picture has {size / _HEAVIEST:.1f} MB, which takes long on a phone;"
            " make it smaller, to less than 1 MB"
        )


def _parse(data: bytes, kind: str) -> metadata.Picture | None:
    """Return what a picture's container says; None for a JPEG that is to be looked at by Pillow.

    Programs write into JPEGs what does not belong there, and viewers pass over it, as Pillow does.
    """
    if kind == "JPEG" and (scans := data.count(_SCAN)) > _MOST_SCANS:
        raise PictureError(
            f"this picture is drawn in {scans:,} passes (scans), and {_MOST_SCANS} are the most;"
            " export it anew"
        )
    try:
        picture = metadata.parse(data, kind)
    except metadata.NotWholeError as error:
        if kind == "JPEG":
            return None
        raise PictureError(_DAMAGED) from error
    _check_pixels(picture.pixels)
    return picture


def _check_pixels(pixels: int) -> None:
    if pixels > _MOST_PIXELS:
        raise PictureError(
            f"this picture has {-(-pixels // _MILLION):,} megapixels, all frames together,"
            " and 100 are the most; make it smaller"
        )


def _make(data: bytes, kind: str, picture: metadata.Picture | None) -> bytes:
    """Return a picture upright and without metadata, of which Pillow has seen every frame."""
    from campaign.reading import pillow  # noqa: PLC0415 (few sites have such a picture)

    try:
        # Where it can be, metadata is gone before: what is wrong with it is not to trouble Pillow.
        if picture is None:
            published = pillow.encode(data, kind, None, _MOST_PIXELS)
        elif picture.is_upright:
            pillow.decode(picture.bare, kind)
            return picture.bare
        else:
            published = pillow.encode(picture.bare, kind, picture.orientation, _MOST_PIXELS)
        bare = metadata.parse(published, kind).bare
        return metadata.without_times(bare) if kind == "AVIF" else bare
    except pillow.TooLargeError as error:
        _check_pixels(error.args[0])
        raise
    except (pillow.DecodingError, metadata.NotWholeError) as error:
        raise PictureError(_DAMAGED) from error


def _is_old(file: Path) -> bool:
    return time.time() - file.lstat().st_mtime > _YOUNG
