"""Text as people type it: what of it is seen, what no page can show, and how it stands in an address."""

from __future__ import annotations

import re
from functools import lru_cache

# Soft hyphens, joiners, and marks of direction: nobody sees them, and copying brings them along.
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]")
# Quotes of every language.
_QUOTES = "\"'\u2018\u2019\u201a\u201b\u201c\u201d\u201e\u201f«»\u2039\u203a"
_QUOTED = re.compile(rf"[{_QUOTES}]+(.*?)[{_QUOTES}]+", re.DOTALL)
# What stands between the parts of a name in an address, and such a name.
_NO_NAME = re.compile(r"[^a-z0-9]+")
# Control characters, surrogates and noncharacters are parse errors in HTML (its section
# "Preprocessing the input stream"), and some of them are marks that the renderer of Markdown uses
# itself. YAML takes the line and paragraph separators for line ends.
_CONTROLS = "\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff"
_NONCHARACTERS = "\ufdd0-\ufdef" + "".join(
    chr(plane << 16 | last) for plane in range(17) for last in (0xFFFE, 0xFFFF)
)
_PRINTED = bytes(range(ord(" "), 0x7F)) + b"\n\t"
_REFUSED = re.compile(f"[{_CONTROLS}{_NONCHARACTERS}]")


@lru_cache(4096)  # days and places are those of many events
def slugify(text: str) -> str:
    """Return the part of an address that stands for a name: ASCII letters, digits and hyphens.

    Other scripts are transliterated, so that an address survives every mail program.
    """
    return _NO_NAME.sub("-", _transliterated(text).lower()).strip("-")


def _transliterated(text: str) -> str:
    if text.isascii():
        return text
    from unidecode import unidecode  # noqa: PLC0415 (many a site's names have ASCII letters only)

    return unidecode(without_unseen(text))


def without_unseen(text: str) -> str:
    """Return a text without the characters that nobody sees and that change nothing outside of running text."""
    return text if text.isascii() else _UNSEEN.sub("", text)


def is_blank(text: str) -> bool:
    """Whether a text shows nothing."""
    return not without_unseen(text).strip()


def without_quotes(text: str) -> str:
    """Return a text without the quotes around it, of whatever kind."""
    if text[:1] not in _QUOTES:
        return text
    quoted = _QUOTED.fullmatch(text)
    return quoted[1] if quoted else text


def find_invisible(text: str) -> str | None:
    """Return the first character that no page may hold, as `U+0007`, or None."""
    # What has no character but those that print is soon seen to hold none of these, in ASCII sooner.
    if text.isascii():
        if not text.encode().translate(None, _PRINTED):
            return None
    elif text.replace("\n", "").replace("\t", "").isprintable():
        return None
    found = _REFUSED.search(text)
    return f"U+{ord(found[0]):04X}" if found else None
