"""Values as they stand in the addresses of other sites: percent-encoded (RFC 3986, section 2.1)."""

from __future__ import annotations

from urllib.parse import quote

# Longer words stand on few pages.
_LONGEST_WORD = 30


def in_html(address: str) -> str:
    """Give an address escaped for HTML: of the signs that mean something there, it holds no other (RFC 3986).

    It is what `escape` gives, in a fraction of the time.
    """
    return address.replace("&", "&amp;").replace("'", "&#39;")


class Encoder(dict[str, str]):
    """Encodes texts, a space as `%20`: several times as fast as `quote`, of which every event needs much.

    Texts are made of few words, and of each it keeps what it becomes. Letters, digits and `_.-~`
    stand for themselves, and so does what is `safe`.
    """

    def __init__(self, safe: str = "") -> None:
        super().__init__()
        self._safe = safe
        self._slash = quote("/", safe=safe)

    def __missing__(self, word: str) -> str:
        if len(word) > _LONGEST_WORD and "/" in word:
            # An address, whose parts recur.
            return self._slash.join(map(self.__getitem__, word.split("/")))
        code = quote(word, safe=self._safe)
        if len(word) <= _LONGEST_WORD:
            self[word] = code
        return code

    def encode(self, text: str) -> str:
        """Give a text encoded."""
        return "%20".join(map(self.__getitem__, text.split(" ")))
