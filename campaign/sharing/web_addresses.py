"""Web addresses in a running text, as X finds them, whose rules other networks took over.

Source of all patterns and numbers here: twitter-text 3.1.0, `extractUrlsWithIndices`. Left out are
its rules for addresses of t.co, which X makes itself. Python and browsers (`RegExp` with the flag
u) read the same patterns, and apply them to the same lowered text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from hashlib import sha256

from campaign.addresses import ASSETS
from campaign.support import vendor

#: The file of the known top-level domains, one a line.
DOMAINS_FILE = "twitter-text/domains.txt"

_LONGEST_ADDRESS = 4096
_LONGEST_LABEL = 63

_NO_CHARACTERS = r"\uFFFE\uFEFF\uFFFF"
_DIRECTIONS = r"\u202A-\u202E\u061C\u200E\u200F\u2066-\u2069"
_SPACES = r"\t-\r \u0085\u00A0\u1680\u180E\u2000-\u200A\u2028\u2029\u202F\u205F\u3000"
_LATIN = (
    r"\u00C0-\u00D6\u00D8-\u00F6\u00F8-\u024F\u0253\u0254\u0256\u0257\u0259\u025B\u0263\u0268"
    r"\u026F\u0272\u0289\u028B\u02BB\u0300-\u036F\u1E00-\u1EFF"
)
_CYRILLIC = r"\u0400-\u04FF"
# What stands in braces is put in where the pattern is used: the known domains.
_TOP = r"(?:(?:{domains})(?![0-9a-z@+-])|xn--[-0-9a-z]+)"

_LABEL = rf"[^!'#%&()*+,\\\-./:;<=>?@\[\]\^_{{|}}~${_SPACES}{_NO_CHARACTERS}{_DIRECTIONS}]"
_DOMAIN = (
    rf"(?:(?:{_LABEL}(?:[_-]|{_LABEL})*)?{_LABEL}\.)*(?:{_LABEL}(?:-|{_LABEL})*)?{_LABEL}\.{_TOP}"
)
_IN_PATH = rf"[a-z{_CYRILLIC}0-9!*';:=+,.$/%#\[\]\-\u2013_~@|&{_LATIN}]"
_IN_BRACKETS = rf"\((?:{_IN_PATH}+|{_IN_PATH}*\({_IN_PATH}+\){_IN_PATH}*)\)"
_ENDS_PATH = rf"(?:[+\-a-z{_CYRILLIC}0-9=_#/{_LATIN}]|{_IN_BRACKETS})"
_PATH = rf"/(?:{_IN_PATH}*(?:{_IN_BRACKETS}{_IN_PATH}*)*{_ENDS_PATH}|@{_IN_PATH}+/)*"
_QUERY = r"\?[a-z0-9!?*'@();:&=+$/%#\[\]\-_.,~|]*[a-z0-9\-_&=#/]"

#: Groups: what stands before the address, its scheme, its domain, its path.
ADDRESS_PATTERN = (
    rf"([^a-z0-9@\uFF20$#\uFF03{_NO_CHARACTERS}]|^)"
    rf"(https?://)?({_DOMAIN})(?::[0-9]+)?({_PATH})?(?:{_QUERY})?"
)
#: Within the domain of an address without a scheme: what counts as a domain there.
BARE_PATTERN = rf"(?:[-a-z0-9{_LATIN}]+\.)+{_TOP}"
#: What an address without a scheme does not stand right behind.
_JOINS = frozenset("-_./")
# A word with the space before it, which is what stands before an address that begins it.
_WORD = re.compile(rf"[{_SPACES}]?[^{_SPACES}]+")


def find_addresses(text: str) -> Iterator[tuple[int, int, bool]]:
    """Yield where each address begins and ends, and whether it has a scheme, in the order of the text."""
    # No address holds a space. Where a long word holds no domain, it is not looked through for each
    # address that might begin in it.
    lowered = _lower(text)
    domains = _alternatives(lowered)
    holds_domain = re.compile(rf"\.(?:xn--|{domains})").search
    for word in _WORD.finditer(lowered):
        if "." in word[0] and holds_domain(word[0]):
            for start, end, has_scheme in _find_in_word(word[0], domains):
                yield word.start() + start, word.start() + end, has_scheme


def _find_in_word(word: str, domains: str) -> Iterator[tuple[int, int, bool]]:
    """Yield the addresses of a word in small letters, which may have these domains."""
    address, bare = _patterns(domains)
    for found in address.finditer(word):
        before, scheme, domain, path = found.groups()
        start, end = found.end(1), found.end()
        if _is_too_long(end - start, scheme, domain):
            continue
        if scheme:
            yield start, end, True
        elif before not in _JOINS:
            within = [inner.span() for inner in bare.finditer(domain)]
            for number, (first, last) in enumerate(within, 1):
                more = end - start - len(domain) if path and number == len(within) else 0
                yield start + first, start + last + more, False


@cache
def domains_path() -> str:
    """Return the path within the site of the file of the known domains, which changes with what is in it."""
    digest = sha256(vendor.read(DOMAINS_FILE).encode()).hexdigest()[:10]
    return f"{ASSETS}domains.{digest}.txt"


@cache
def top_level_domains() -> tuple[str, ...]:
    """Return the known top-level domains, one that begins with another before that one."""
    return tuple(reversed(vendor.read(DOMAINS_FILE).split()))


def _lower(text: str) -> str:
    """Return a text in small letters, each where it stood."""
    return "".join(low if len(low := letter.lower()) == 1 else letter for letter in text)


def _alternatives(lowered: str) -> str:
    """Return the domains that a text may hold, as alternatives: a pattern of all takes long to compile."""
    return "|".join(name for name in top_level_domains() if f".{name}" in lowered) or "(?!)"


@cache
def _patterns(domains: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    address, bare = (
        re.compile(pattern.replace("{domains}", domains))
        for pattern in (ADDRESS_PATTERN, BARE_PATTERN)
    )
    return address, bare


def _is_too_long(length: int, scheme: str | None, domain: str) -> bool:
    # The scheme counts a second time in the original.
    return length + len(scheme or "https://") > _LONGEST_ADDRESS or any(
        _encoded_length(label) > _LONGEST_LABEL for label in domain.split(".")
    )


def _encoded_length(label: str) -> int:
    """Return the length of a part of a domain as it is looked up (RFC 3492)."""
    return len(label) if label.isascii() else len("xn--") + len(label.encode("punycode"))
