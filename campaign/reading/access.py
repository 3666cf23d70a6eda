"""Files that are read as content: regular ones below `content/`, of a size that a text or a picture has.

A link that leads elsewhere would publish what is none of the site's, and a FIFO or a device never ends.
"""

from __future__ import annotations

import stat
from pathlib import Path

_MB = 1_000_000
#: The most bytes that a text, a picture and any other file may have. No reader loads the half of these;
#: the last is what GitHub takes ("About large files on GitHub").
MOST_OF_TEXT, MOST_OF_PICTURE, MOST_OF_FILE = 10 * _MB, 50 * _MB, 100 * _MB


def refusal(file: Path, root: Path, most: int) -> str:
    """Return why a file below the content folder `root` is not read, with the remedy, or nothing.

    `most` is the number of bytes that it may have.
    """
    if file.is_symlink() and (message := _refuse_link(file, root)):
        return message
    try:
        found = file.stat()
    except OSError:
        return ""  # who opens it is told why
    if stat.S_ISDIR(found.st_mode):
        return "this folder cannot be looked into, or a file belongs here; check its permissions, or move it"
    if not stat.S_ISREG(found.st_mode):
        return "this is no file with a text or a picture, but a device or a FIFO; take it out"
    if found.st_size > most:
        return f"this file has {found.st_size / _MB:.1f} MB; make it smaller, to {most // _MB} MB at most"
    return ""


def _refuse_link(link: Path, root: Path) -> str:
    """Return why a link is not followed, or nothing where it leads to a file within the content folder."""
    try:
        target = link.resolve(strict=True)
    except (OSError, RuntimeError):  # the second where links lead in a circle
        return "this is a link that leads nowhere; put the file itself here"
    if not target.is_relative_to(root.resolve()):
        return f"this is a link that leads out of {root.name}/; put the file itself here"
    if any(part.startswith(".") for part in target.relative_to(root.resolve()).parts):
        return "this is a link to what is hidden; put the file itself here"
    return "this is a link to a folder; put the folder itself here" if target.is_dir() else ""
