"""The true length of a text, as each network counts it, and where what is too much begins.

The browser counts by `RULES`, which are these, in theme/static/js/act/10-count.js.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from typing import Any
from urllib.parse import quote

from campaign.sharing.networks import Network
from campaign.sharing.web_addresses import ADDRESS_PATTERN, BARE_PATTERN, find_addresses

# twitter-text, config/v3.json: the first and last code point of each range, and its weight.
_RANGES = ((0, 4351, 100), (8192, 8205, 100), (8208, 8223, 100), (8242, 8247, 100))
_DEFAULT = 200
_SCALE = 100
_WEIGHS_DEFAULT = "\uffff"

# What has the form of an emoji, whether or not fonts know it (Unicode Technical Standard #51,
# section 1.4.9): a key cap, a flag, or pictographs that are joined. © and ® are letters to X
# unless the sign for an emoji follows them.
_TAGS = "[\U000e0020-\U000e007e]+\U000e007f"
_PICTOGRAPH = rf"\p{{Extended_Pictographic}}(?:\p{{Emoji_Modifier}}|\uFE0F\u20E3?|{_TAGS})?"
_EMOJI_PATTERN = (
    r"[#*0-9]\uFE0F?\u20E3|\p{Regional_Indicator}{2}"
    rf"|(?![\u00A9\u00AE](?!\uFE0F)){_PICTOGRAPH}(?:\u200D{_PICTOGRAPH})*"
)
# Mastodon's Account::MENTION_RE: of a name on another server only what stands before the server
# counts. Groups: what stands before the name, and that part of it.
_MENTION_PATTERN = r"(^|[^=/\w])(@\w+(?:[.-]+\w+)*)@\w+(?:[.-]+\w+)*"

# So many characters are counted by the networks' rules, many times as many as any limit.
_COUNTED = 20_000

# What `encodeURIComponent` leaves as it is, beside letters, digits and what `quote` leaves.
_SAFE = "!'()*"

#: The same rules for the browser.
RULES: dict[str, Any] = {
    "ranges": _RANGES,
    "default": _DEFAULT,
    "scale": _SCALE,
    "emoji": _EMOJI_PATTERN,
    "mention": _MENTION_PATTERN,
    "address": ADDRESS_PATTERN,
    "bare": BARE_PATTERN,
}


@dataclass(frozen=True)
class Length:
    """The length of a text, the limit where there is one, and the index at which too much begins."""

    used: int
    limit: int | None
    cut: int | None

    @property
    def over(self) -> int:
        """By how much it is too long; 0 where it fits."""
        return 0 if self.limit is None else max(0, self.used - self.limit)


def fits(text: str, network: Network, around: int = 0) -> bool:
    """Whether a text is within a network's limit, the plain ones in no time; for `around` see `measure`."""
    if network.limit is None:
        return True
    return around + most(text, network) <= network.limit or not measure(text, network, around).over


def most(text: str, network: Network) -> int:
    """Return what a text counts at most on a network, in no time."""
    match network.unit:
        case "weighted":
            # No letter weighs more than its bytes, or than 2.
            normalized = unicodedata.normalize("NFC", text)
            used = min(len(normalized.encode()), 2 * len(normalized))
        case "grapheme":
            used = len(text)
        case "character":
            used = len(text.encode())
        case "address":
            # A byte is written as three letters, and there may be one more at the end of a line.
            used = 3 * (len(text.encode()) + text.count("\n"))
    # An address holds a dot.
    return used + (network.url_length or 0) * text.count(".")


def measure(text: str, network: Network, around: int = 0) -> Length:
    """Count a text as a network does.

    `around` is the length of what stands around the text in the network's address, for those that
    count this. In a text that is very much too long, the last characters count one each.
    """
    scale = _SCALE if network.unit == "weighted" else 1
    most = None if network.limit is None else network.limit * scale
    counted = unicodedata.normalize("NFC", text) if network.unit == "weighted" else text
    used, cut, place = around * scale, None, 0
    rest = counted[_COUNTED:]
    for piece, cost in chain(
        _costs(counted[:_COUNTED], network), [(rest, len(rest) * scale)] if rest else ()
    ):
        used += cost
        if most is not None and used > most and cut is None:
            cut = _place_of(place, counted, text)
        place += len(piece)
    return Length(-(-used // scale), network.limit, cut)


def _place_of(cut: int, normalized: str, text: str) -> int:
    """Return where a place in a normalized text is in the text as it was written."""
    if text == normalized:
        return cut
    passed = place = 0
    for cluster in _clusters(text):
        if passed >= cut:
            break
        passed += len(unicodedata.normalize("NFC", cluster))
        place += len(cluster)
    return place


def encode(text: str, network: Network) -> str:
    """Encode a text for a network's address, as JavaScript's `encodeURIComponent` does: a space as `%20`.

    Its lines end as the network's do.
    """
    return percent_encode(text.replace("\n", network.line_end))


@lru_cache(256)  # most networks take the same texts of a page
def percent_encode(text: str) -> str:
    """Encode a text as every network takes it, its lines ending as they do."""
    return quote(text, safe=_SAFE)


def _costs(text: str, network: Network) -> Iterator[tuple[str, int]]:
    """Yield the pieces of a text, none of which a reader would divide, with what each counts."""
    place = 0
    for start, end, cost in _fixed(text, network):
        if start >= place:
            for cluster in _clusters(text[place:start]):
                yield cluster, _cost(cluster, network)
            yield text[start:end], cost
            place = end
    for cluster in _clusters(text[place:]):
        yield cluster, _cost(cluster, network)


def _fixed(text: str, network: Network) -> list[tuple[int, int, int]]:
    """Return what counts as a whole, by its beginning, its end and what it counts, in the order of the text."""
    if network.url_length is None:
        return []
    if network.unit == "weighted":
        cost = network.url_length * _SCALE
        return [(start, end, cost) for start, end, _ in find_addresses(text)]
    cost = network.url_length
    addresses = [(start, end, cost) for start, end, whole in find_addresses(text) if whole]
    mentions = [
        (found.end(1), found.end(), len(found[2]))
        for found in re.finditer(_MENTION_PATTERN, text, re.ASCII)
    ]
    return sorted(addresses + mentions)


def _clusters(text: str) -> list[str]:
    """Divide a text into what a reader takes for characters."""
    if text.isascii():
        return re.findall(r"\r\n|.", text, re.DOTALL)
    import regex  # noqa: PLC0415 (takes a tenth of a second, which plain English does not need)

    return regex.findall(r"\X", text)


def _cost(cluster: str, network: Network) -> int:
    """Return what a character counts; for weighted lengths in parts of `_SCALE`."""
    if network.unit == "weighted":
        plain = _without_emoji(cluster, lambda _: _WEIGHS_DEFAULT)
        return sum(map(_weight, plain))
    if network.unit == "character":
        return len(_without_emoji(cluster, lambda emoji: " " * len(emoji.encode())))
    if network.unit == "address":
        return len(encode(cluster, network))
    return 1


def _without_emoji(cluster: str, stand_in: Callable[[str], str]) -> str:
    """Return a character with other letters in place of each emoji."""
    if cluster.isascii():
        return cluster
    import regex  # noqa: PLC0415 (see above)

    return regex.sub(_EMOJI_PATTERN, lambda found: stand_in(found[0]), cluster)


def _weight(letter: str) -> int:
    point = ord(letter)
    return next((weight for first, last, weight in _RANGES if first <= point <= last), _DEFAULT)
