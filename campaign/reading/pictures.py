"""Pictures: whether a file is what its name says, and light enough for a phone."""

from __future__ import annotations

import re
from pathlib import Path

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
KINDS = tuple(_BEGINNINGS)
_HEAVIEST = 1_000_000
_HEAD = 8_192


def judge(file: Path) -> str:
    """Say what is wrong with a picture, or nothing."""
    kind = file.suffix.lower()
    if kind not in KINDS:
        return f"browsers do not show this kind of picture; save it as one of {', '.join(KINDS)}"
    try:
        with file.open("rb") as opened:
            head = opened.read(_HEAD)
    except OSError as error:
        return f"cannot be read ({error.strerror}); check the file's permissions"
    if not re.match(_BEGINNINGS[kind], head, re.DOTALL):
        what = f"holds no {kind} picture" if head else "is empty"
        return f"this file {what}; save the picture anew, not by changing the name alone"
    if (size := file.stat().st_size) > _HEAVIEST:
        return (
            f"this picture has {size / _HEAVIEST:.1f} MB, which takes long on a phone;"
            " make it smaller, to less than 1 MB"
        )
    return ""
