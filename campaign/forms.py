"""Texts with blanks: what is the same on many pages is made once, and each page fills in what is its own.

Most links of a page are those of any other but for a few values in them. Where one is made from a
blank instead of a value, the link is a form of all of them, as a URI template is (RFC 6570); and
so is the markup that shows it. For this a blank passes through everything that a value does:
percent-encoding takes one character after the other, and neither that nor the escaping of HTML
changes its letters. `encoded` is what stands for it where the first was done, so that a form tells
in which of both ways it asks for a value.

Of anything else, such as its length, a blank has another one than the value. So what is made of it
is sealed: a template can show it, and whatever else it does with it fails.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from typing import Any, NoReturn, Protocol
from urllib.parse import quote

from markupsafe import escape

# No text of the content or of a translation holds these two: they are control characters
# (`campaign.reading.text`).
_BEGIN, _END = "\x01", "\x02"
_BLANK = re.compile(f"({_BEGIN}%?[a-z]+{_END})")
_PERCENT_ENCODED = re.compile(f"{quote(_BEGIN)}([a-z]+){quote(_END)}")


def blank(name: str) -> str:
    """Give the blank of a name, which is of small letters, to stand where a value will."""
    return f"{_BEGIN}{name}{_END}"


def encoded(blank: str) -> str:
    """Give what stands for a blank where its value is to be percent-encoded."""
    return blank.replace(_BEGIN, f"{_BEGIN}%")


def has_blanks(text: str) -> bool:
    """Tell whether there are blanks in markup."""
    return _BEGIN in text


class Form:
    """Markup with blanks in it."""

    def __init__(self, text: str) -> None:
        self._pieces = _BLANK.split(text)
        self._blanks = self._pieces[1::2]

    def filled(self, values: Mapping[str, str]) -> str:
        """Give the text with a value in each blank; `values` are by their blanks, as they are to stand there."""
        pieces = self._pieces.copy()
        # What only looks like a blank stands for itself.
        pieces[1::2] = map(values.get, self._blanks, self._blanks)
        return "".join(pieces)


class Formed(Protocol):
    """A macro that knows its form."""

    def __call__(self, *arguments: object) -> str:
        """Give what it makes of its arguments."""

    def form(self, *arguments: object) -> Form | None:
        """Give the form of what it makes of arguments some of which are sealed.

        It is None where it does more with these than to show them.
        """


class RefusedError(Exception):
    """Something that can be shown alone was computed with."""


class Sealed:
    """Markup with blanks, which can be shown by who knows it, and not be computed with."""

    __slots__ = ("markup",)

    def __init__(self, markup: str) -> None:
        self.markup = markup

    def _refuse(self, *_: object) -> NoReturn:
        raise RefusedError

    # Python would answer these of every object; what it is asked of others it raises errors for,
    # one of which Jinja takes for a sign that there is no such item.
    __bool__ = __eq__ = __hash__ = __str__ = __repr__ = __format__ = __getitem__ = _refuse


def sealed(value: Any) -> Any:  # noqa: ANN401 (any of the types below)
    """Give a text sealed where it has blanks, or a tuple, a list or a dataclass with such texts in it."""
    if isinstance(value, str):
        markup = _PERCENT_ENCODED.sub(lambda it: encoded(blank(it[1])), escape(value))
        return Sealed(markup) if has_blanks(markup) else value
    if isinstance(value, list):
        return [sealed(it) for it in value]
    if isinstance(value, tuple):
        members = map(sealed, value)
        return value._make(members) if hasattr(value, "_make") else tuple(members)
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{it.name: sealed(getattr(value, it.name)) for it in fields(value)})
    return value
