"""The theme's style sheets and scripts, joined into bundles and minified.

What lies in `static/css` and `static/js` themselves is for every page. A folder in them, such as
`static/js/act`, is a bundle of its own name, for the pages whose templates ask for it.
A bundle's file name carries a digest of what is in it, so that a browser's copy is never a stale one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Annotated

import lightningcss
import rjsmin

from campaign.addresses import ASSETS

# Without these, what is written for Safari, whose `text-decoration` takes no thickness, is folded into one.
_BROWSERS = ["safari >= 15", "chrome >= 100", "firefox >= 100"]


class AssetError(ValueError):
    """A style sheet of the theme is not CSS, or it or a script is no text; the message says where."""


@dataclass(frozen=True)
class Asset:
    """A style sheet or script as the site has it."""

    path: Annotated[str, "where it is"]
    text: Annotated[str, "what is in it"]


@dataclass(frozen=True)
class Assets:
    """The bundles of a theme's style sheets and scripts by their names, those of every page under `""`."""

    css: Annotated[dict[str, Asset], "the style sheets"]
    js: Annotated[dict[str, Asset], "the scripts"]

    @property
    def files(self) -> tuple[Asset, ...]:
        """All bundles, each a file of the site."""
        return (*self.css.values(), *self.js.values())


def make(theme: Path) -> Assets:
    """Make all bundles of a theme. Raises `AssetError`."""
    return Assets(stylesheets(theme), scripts(theme))


def stylesheets(theme: Path) -> dict[str, Asset]:
    """Return each bundle of style sheets by its name, joined in the order of the files' names. Raises `AssetError`."""
    found = {}
    for name, files in _bundles(theme / "static" / "css", "*.css"):
        joined = "\n".join(_text(file, theme) for file in files)
        try:
            css = lightningcss.process_stylesheet(
                joined, filename="static/css", browsers_list=_BROWSERS
            )
        except ValueError as error:
            raise _style_error(files, theme, error) from None
        found[name] = _asset(name or "style", css, "css")
    return found


def scripts(theme: Path) -> dict[str, Asset]:
    """Return each bundle of scripts by its name, joined likewise. Raises `AssetError`.

    Each file has a scope of its own. What it provides to later ones is a member of an object that
    has the bundle's name.
    """
    found = {}
    for name, files in _bundles(theme / "static" / "js", "*.js"):
        scopes = "".join(f"{{\n{_text(file, theme)}\n}}\n" for file in files)
        namespace = f"const {name}={{}};" if name else ""
        code = f'"use strict";{{{namespace}{scopes}}}' if files else ""
        found[name] = _asset(name or "script", rjsmin.jsmin(code), "js")
    return found


def _bundles(folder: Path, pattern: str) -> Iterator[tuple[str, list[Path]]]:
    """Yield the name and the files of each bundle; that of every page is there even where it is empty."""
    for place in (folder, *sorted(it for it in folder.glob("*/") if it.is_dir())):
        # A hidden file is an editor's own, or the system's.
        files = sorted(it for it in place.glob(pattern) if not it.name.startswith("."))
        yield "" if place == folder else place.name, files


def _text(file: Path, theme: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        name = file.relative_to(theme.parent).as_posix()
        message = f"{name}:{line}: this file is not UTF-8; save it again with that encoding"
        raise AssetError(message) from None


def _style_error(files: Iterable[Path], theme: Path, joined: ValueError) -> AssetError:
    """Return the error of the file that is at fault: one in the joined sheet names a line that nobody wrote."""
    for file in files:
        name = file.relative_to(theme.parent).as_posix()
        try:
            lightningcss.process_stylesheet(file.read_text(encoding="utf-8"), filename=name)
        except ValueError as error:
            return AssetError(str(error))
    return AssetError(str(joined))


def _asset(name: str, text: str, suffix: str) -> Asset:
    digest = sha256(text.encode()).hexdigest()[:10]
    return Asset(f"{ASSETS}{name}.{digest}.{suffix}", text)
