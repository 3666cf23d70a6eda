"""Texts with blanks: what is the same on many pages is made once, and each page fills in what is its own.

Most links of a page are those of any other but for a few values in them. Where one is made from a
blank instead of a value, the link is a form of all of them, as a URI template is (RFC 6570); and
so is the markup that shows it. For this a blank passes through everything that a value does:
percent-encoding takes one character after the other, and neither that nor the escaping of HTML
changes its letters. `encoded` is what the first makes of its signs, so that a form tells in which
of both ways it asks for a value.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import quote

# No text of the content holds these two: they are control characters (`campaign.reading.text`).
_BLANK = re.compile("(\x01[a-z]+\x02|%01[a-z]+%02)")


def blank(name: str) -> str:
    """Give the blank of a name, which is of small letters, to stand where a value will."""
    return f"\x01{name}\x02"


def encoded(blank: str) -> str:
    """Give what a blank becomes where its value is to be percent-encoded."""
    return quote(blank)


class Form:
    """A text with blanks in it."""

    def __init__(self, text: str) -> None:
        self._pieces = _BLANK.split(text)
        self._blanks = self._pieces[1::2]

    def filled(self, values: Mapping[str, str]) -> str:
        """Give the text with a value in each blank; `values` are by their blanks, as they are to stand there."""
        pieces = self._pieces.copy()
        pieces[1::2] = map(values.__getitem__, self._blanks)
        return "".join(pieces)
