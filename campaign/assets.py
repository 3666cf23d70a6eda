"""The theme's style sheets and scripts, joined into bundles and minified.

What lies in `static/css` and `static/js` themselves is for every page. A folder in them, such as
`static/js/act`, is a bundle of its own name, for the pages whose templates ask for it.
A bundle's file name carries a digest of what is in it, so that a browser's copy is never a stale one.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import lightningcss
import rjsmin


class StyleError(ValueError):
    """A style sheet of the theme is not CSS; the message says where."""


@dataclass(frozen=True)
class Asset:
    """A file of the theme, made ready: its path within the site, and its text."""

    path: str
    text: str


@dataclass(frozen=True)
class Assets:
    """The bundles of a theme's style sheets and scripts by their names, those of every page under `""`."""

    css: dict[str, Asset]
    js: dict[str, Asset]

    @property
    def files(self) -> tuple[Asset, ...]:
        """All bundles, each a file of the site."""
        return (*self.css.values(), *self.js.values())


def make(theme: Path) -> Assets:
    """Make all bundles of a theme. Raises `StyleError` where a style sheet is not CSS."""
    return Assets(stylesheets(theme), scripts(theme))


def stylesheets(theme: Path) -> dict[str, Asset]:
    """Give each bundle of style sheets by its name, the one of every page under `""`.

    Files are joined in the order of their names. Raises `StyleError` where one of them is not CSS.
    """
    found = {}
    for name, files in _bundles(theme / "static" / "css", "*.css"):
        try:
            css = lightningcss.process_stylesheet(_join(files), filename="static/css")
        except ValueError as error:
            raise _style_error(files, theme, error) from None
        found[name] = _asset(name or "style", css, "css")
    return found


def scripts(theme: Path) -> dict[str, Asset]:
    """Give each bundle of scripts by its name, the one of every page under `""`.

    Files are joined in the order of their names. What they declare is seen within their bundle only.
    """
    return {
        name: _asset(name or "script", _script(files), "js")
        for name, files in _bundles(theme / "static" / "js", "*.js")
    }


def _script(files: list[Path]) -> str:
    code = rjsmin.jsmin(_join(files))
    return f'"use strict";{{{code}}}' if code else ""


def _bundles(folder: Path, pattern: str) -> list[tuple[str, list[Path]]]:
    """Give the name and the files of each bundle; the one of every page is there even where it is empty."""
    inner = sorted(item for item in folder.glob("*/") if item.is_dir())
    return [("", sorted(folder.glob(pattern)))] + [
        (item.name, sorted(item.glob(pattern))) for item in inner
    ]


def _join(files: Iterable[Path]) -> str:
    return "\n".join(file.read_text(encoding="utf-8") for file in files)


def _style_error(files: Iterable[Path], theme: Path, joined: ValueError) -> StyleError:
    """Find the file that is at fault: an error in the joined sheet names a line that nobody wrote."""
    for file in files:
        name = file.relative_to(theme.parent).as_posix()
        try:
            lightningcss.process_stylesheet(file.read_text(encoding="utf-8"), filename=name)
        except ValueError as error:
            return StyleError(str(error))
    return StyleError(str(joined))


def _asset(name: str, text: str, suffix: str) -> Asset:
    digest = sha256(text.encode()).hexdigest()[:10]
    return Asset(f"/theme/{name}.{digest}.{suffix}", text)
