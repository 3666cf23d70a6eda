"""The result of rendering a text: its HTML, and what a check must know of it.

The HTML does not depend on where the site is published: addresses within it stand between two
marks, which `Body.resolved` replaces.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from html import escape, unescape
from typing import NamedTuple
from urllib.parse import quote, unquote

from campaign.content.problems import Problem

# Two noncharacters of Unicode, which no content file may hold (`reading.text` refuses them).
# Between them a target stands percent-encoded, so that nothing of it is read as HTML.
_OPEN, _CLOSE = "\ufdd0", "\ufdd1"
_MARKED = re.compile(f"{_OPEN}([^{_CLOSE}]*){_CLOSE}")
_OF_ANOTHER_SITE = re.compile("[A-Za-z][A-Za-z0-9+.-]*:|//")


class Reference(NamedTuple):
    """The target of a link or an image of a text, and the line where it stands."""

    target: str
    line: int
    image: bool = False


@dataclass(frozen=True)
class Body:
    """A text as HTML.

    `references` point within the site, `outside` to other sites; `anchors` are the ids of its
    headings; `problems` must be mended before the text can be shown: their lines are known, and
    not yet their file.
    """

    html: str = ""
    references: tuple[Reference, ...] = ()
    outside: tuple[Reference, ...] = ()
    anchors: frozenset[str] = frozenset()
    problems: tuple[Problem, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.html)

    @cached_property
    def text(self) -> str:
        """The words alone, a blank line between paragraphs and `- ` before what is listed."""
        return _words_of(self.html)

    def resolved(self, address: Callable[[str], str], demote: int = 0) -> str:
        """Return the HTML with each internal target replaced by its address.

        `address` gets a target as the editor wrote it. `demote` lowers the headings by so many
        levels and leaves out their ids, for a text that stands within a page of its neighbours.
        """
        html = self.html
        if _OPEN in html:
            html = _MARKED.sub(lambda found: escape(address(unquote(found[1]))), html)
        if demote:
            html = re.sub(
                r"<(/?)h([2-6])(?: id=\"[^\"]*\")?>",
                lambda found: f"<{found[1]}h{min(6, int(found[2]) + demote)}>",
                html,
            )
        return html


def is_internal(target: str) -> bool:
    """Whether a target is within the site."""
    return not _OF_ANOTHER_SITE.match(target)


def mark(target: str) -> str:
    """Return an internal target as it stands in a body's HTML until it is resolved."""
    return f"{_OPEN}{quote(target, safe='')}{_CLOSE}"


_TAG = re.compile("<(/?[a-z0-9]+)[^>]*>")
_BREAKS = {
    **dict.fromkeys(("hr", "br", "/tr"), "\n"),
    **dict.fromkeys(
        (
            "/p",
            "/ol",
            "/ul",
            "/pre",
            "/div",
            "/blockquote",
            *(f"/h{level}" for level in range(2, 7)),
        ),
        "\n\n",
    ),
    **dict.fromkeys(("/td", "/th"), " "),
    "li": "\n- ",
}


def _words_of(html: str) -> str:
    """Return the words of HTML that this module made, without its pictures."""
    # Most events have one paragraph without marks.
    if html.startswith("<p>") and html.find("<", 3) == len(html) - len("</p>"):
        text = html[3:-4]
    else:
        pieces = _TAG.split(html.replace("\n", " "))
        # Between two pieces of text stands the name of a tag.
        pieces[1::2] = (_BREAKS.get(tag, "") for tag in pieces[1::2])
        lines = (" ".join(line.split()) for line in "".join(pieces).split("\n"))
        blocks = (block.strip() for block in "\n".join(lines).split("\n\n"))
        text = "\n\n".join(filter(None, blocks))
    return unescape(text) if "&" in text else text
