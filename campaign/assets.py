"""The theme's style sheets and scripts, each joined to one file and minified.

The file's name carries a digest of what is in it, so that a browser's copy is never a stale one.
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


def stylesheet(theme: Path) -> Asset:
    """Join the style sheets of `static/css` in the order of their names.

    Raises `StyleError` where one of them is not CSS.
    """
    files = _files(theme / "static" / "css", "*.css")
    try:
        css = lightningcss.process_stylesheet(_join(files), filename="static/css")
    except ValueError as error:
        raise _style_error(files, theme, error) from None
    return _asset("style", css, "css")


def script(theme: Path) -> Asset:
    """Join the scripts of `static/js` in the order of their names; each is a whole of its own."""
    return _asset("script", rjsmin.jsmin(_join(_files(theme / "static" / "js", "*.js"))), "js")


def _files(folder: Path, pattern: str) -> list[Path]:
    return sorted(folder.glob(pattern))


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
