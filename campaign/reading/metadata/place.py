"""Whether a picture says where it was taken, whatever its format."""

from __future__ import annotations

from contextlib import suppress

from campaign.reading.metadata import exif, png
from campaign.reading.metadata.container import NotWholeError


def has_place(data: bytes) -> bool:
    """Whether a file names a place, in Exif or XMP data anywhere in its bytes."""
    if exif.has_place(data):
        return True
    with suppress(NotWholeError):
        return any(map(exif.has_place, png.profiles(data)))
    return False
