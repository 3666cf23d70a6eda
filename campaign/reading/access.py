"""Files that are read as content: regular ones below `content/`, of a size that a text or a picture has.

A link that leads elsewhere would publish what is none of the site's, and a FIFO or a device never ends.
"""

from __future__ import annotations

import stat
from pathlib import Path

from campaign.content.problems import Problem

_MB = 1_000_000
#: The most bytes that a text, a picture and any other file may have. No reader loads the half of these;
#: the last is what GitHub takes ("About large files on GitHub").
MOST_OF_TEXT, MOST_OF_PICTURE, MOST_OF_FILE = 10 * _MB, 50 * _MB, 100 * _MB


def find_problem(file: Path, root: Path, most: int) -> Problem | None:
    """Return why a file below the content folder `root` is not read, None where it is.

    `most` is the number of bytes that it may have.
    """
    if file.is_symlink() and (problem := _link_problem(file, root)):
        return problem
    try:
        found = file.stat()
    except OSError:
        return None  # who opens it is told why
    if stat.S_ISDIR(found.st_mode):
        remedy = "check its permissions, or move it"
        return Problem(f"this folder cannot be looked into, or a file belongs here; {remedy}")
    if not stat.S_ISREG(found.st_mode):
        what = "this is no file with a text or a picture, but a device or a FIFO"
        return Problem(f"{what}; take it out")
    if found.st_size > most:
        what = f"this file has {found.st_size / _MB:.1f} MB"
        return Problem(f"{what}; make it smaller, to {most // _MB} MB at most")
    return None


def unreadable(error: OSError) -> Problem:
    """Return the problem of a file that the system does not let be read."""
    return Problem(f"cannot be read ({error.strerror}); check the file's permissions")


def _link_problem(link: Path, root: Path) -> Problem | None:
    """Return why a link is not followed, None where it leads to a file within the content folder."""
    try:
        target = link.resolve(strict=True)
    except (OSError, RuntimeError):  # the second where links lead in a circle
        return Problem("this is a link that leads nowhere; put the file itself here")
    if not target.is_relative_to(root.resolve()):
        return Problem(f"this is a link that leads out of {root.name}/; put the file itself here")
    if any(part.startswith(".") for part in target.relative_to(root.resolve()).parts):
        return Problem("this is a link to what is hidden; put the file itself here")
    if target.is_dir():
        return Problem("this is a link to a folder; put the folder itself here")
    return None
