"""Files in `extra/`, which are published as they are: what must not be in them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from campaign.content.problems import Problem
from campaign.reading import domain, private, svg
from campaign.reading.access import unreadable
from campaign.reading.metadata.place import has_place

_PICTURES = frozenset(
    {
        ".avif", ".dng", ".gif", ".heic", ".heif", ".ico", ".jfif", ".jp2", ".jpe", ".jpeg",
        ".jpg", ".jxl", ".png", ".tif", ".tiff", ".webp",
    }
)  # fmt: skip
_PICTURES_BEGIN = re.compile(
    rb"\xff\xd8\xff|\x89PNG|RIFF....WEBP|GIF8|II\*\0|MM\0\*|....ftyp(?:avif|avis|hei|hev|mif1|msf1)",
    re.DOTALL,
)
_HEAD = 16
_PAGES = frozenset({".htm", ".html", ".shtml", ".xht", ".xhtml"})


def find_problems(file: Path, name: str, path: str, root: Path) -> list[Problem]:
    """Return what is wrong with a file by its name in the folder, which problems call by a path.

    `root` is the content folder.
    """
    if problem := private.find_problem(file, name):
        return [problem.at(path)]
    if name == domain.FILE:
        return domain.problems(file, path, root)
    if name.startswith(f"{domain.FILE}/"):
        message = (
            f"{domain.FILE} is a file, in which the site's domain stands, and no folder; rename it"
        )
        return [Problem(message, path, 1)]
    try:
        return _look_into(file, path)
    except OSError as error:
        return [unreadable(error).at(path)]


def _look_into(file: Path, path: str) -> list[Problem]:
    """Return what is wrong with a drawing or a picture; nothing of any other file."""
    kind = file.suffix.lower()
    if kind == ".svgz":
        message = "a compressed drawing cannot be looked into; save it as .svg"
        return [Problem(message, path, 1)]
    if kind == ".svg":
        return svg.find_problems(file.read_bytes(), path)
    if _is_picture(file, kind) and has_place(file.read_bytes()):
        message = "this picture says where it was taken, to everybody"
        remedy = "export it without the place (GPS), or put it into images/, which takes that out"
        return [Problem(f"{message}; {remedy}", path, 1)]
    return []


def is_page(name: str) -> bool:
    """Whether browsers show a file of this name as a page."""
    return Path(name).suffix.lower() in _PAGES


def pages_notice(root: str, paths: Sequence[str]) -> Problem:
    """Return the notice of pages among the files, at the first of them; paths are those below the root."""
    what = (
        "this page is" if len(paths) == 1 else f"this page and {len(paths) - 1} more in extra/ are"
    )
    message = (
        f"{what} published unchanged, outside the site's policy that keeps scripts and trackers out"
    )
    return Problem(
        f"{message}; write pages in pages/ where you can",
        f"{root}/{min(paths)}",
        1,
        severity="notice",
    )


def _is_picture(file: Path, kind: str) -> bool:
    if kind in _PICTURES:
        return True
    with file.open("rb") as opened:
        return bool(_PICTURES_BEGIN.match(opened.read(_HEAD)))
