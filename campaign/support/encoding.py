"""Values as they stand in the addresses of other sites: percent-encoded (RFC 3986, section 2.1)."""

from __future__ import annotations

from string import ascii_letters, digits
from urllib.parse import quote

# "Unreserved Characters" (RFC 3986, section 2.3).
_UNRESERVED = f"{ascii_letters}{digits}-._~"
_CODES = [f"%{sign:02X}" for sign in range(128)]
_PERCENT = ord("%")
# Longer words stand in few texts.
_LONGEST_WORD = 30


def in_html(address: str) -> str:
    """Give an address escaped for HTML: of the signs that mean something there, it holds no other (RFC 3986).

    It is what `escape` gives, in a fraction of the time.
    """
    return address.replace("&", "&amp;").replace("'", "&#39;")


class Encoder:
    """Encodes texts as `quote` does, several times as fast: every event needs much of it.

    Signs that are `safe` stand for themselves, as letters and digits do.
    """

    def __init__(self, safe: str = "") -> None:
        self._plain = f"{_UNRESERVED}{safe}".encode()
        self._words = _Words(safe)

    def encode(self, text: str) -> str:
        """Give a text encoded."""
        if not text.isascii():
            return "%20".join(map(self._words.__getitem__, text.split(" ")))
        # The others are few, and a space is most of them. What they become holds a percent sign.
        signs = set(text.encode().translate(None, self._plain))
        if _PERCENT in signs:
            signs.remove(_PERCENT)
            text = text.replace("%", _CODES[_PERCENT])
        for sign in signs:
            text = text.replace(chr(sign), _CODES[sign])
        return text


class _Words(dict[str, str]):
    """What words become: texts that are not of ASCII have many letters to encode, and few words."""

    def __init__(self, safe: str) -> None:
        super().__init__()
        self._safe = safe

    def __missing__(self, word: str) -> str:
        code = quote(word, safe=self._safe)
        if len(word) <= _LONGEST_WORD:
            self[word] = code
        return code
