"""Metadata in the files of pictures: a walk through its container, on its bytes alone.

Nothing is decoded here. What is not known to belong to the picture is left out: place, camera,
names, comments, thumbnails, second pictures, whatever follows the end. Colour profiles and
animation belong to it. A new format is a module with a function `parse`, and a line in `_PARSERS`.
"""

from __future__ import annotations

from collections.abc import Callable

from campaign.reading.metadata import avif, gif, jpeg, png, webp
from campaign.reading.metadata.avif import without_times
from campaign.reading.metadata.container import NotWholeError, Picture

__all__ = ["FORMATS", "NotWholeError", "Picture", "parse", "without_times"]

_PARSERS: dict[str, Callable[[bytes], Picture]] = {
    "AVIF": avif.parse,
    "GIF": gif.parse,
    "JPEG": jpeg.parse,
    "PNG": png.parse,
    "WEBP": webp.parse,
}
FORMATS = tuple(_PARSERS)


def parse(data: bytes, kind: str) -> Picture:
    """Return what the container of a picture says; `kind` is one of `FORMATS`.

    Raises `NotWholeError` where it is not in order from its beginning to its end mark.
    """
    found = _PARSERS[kind](data)
    if not (found.width and found.height):
        raise NotWholeError
    return found
