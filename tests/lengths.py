"""Lengths of texts on each network: cases for the engine and for the browser alike."""

import json
from typing import Any, NamedTuple

from hypothesis import strategies as st

from campaign import sharing, words
from campaign.content.model import Campaign
from tests.projects import ROOT
from tests.samples import campaign

WORDS = words.load(ROOT / "theme" / "translations", "en")
PAGE = "https://example.org/trains/act/write/"
FAMILY = "\N{MAN}\u200d\N{WOMAN}\u200d\N{GIRL}"
FLAG = "\N{REGIONAL INDICATOR SYMBOL LETTER A}\N{REGIONAL INDICATOR SYMBOL LETTER T}"
THUMB = "\N{THUMBS UP SIGN}\N{EMOJI MODIFIER FITZPATRICK TYPE-5}"
SCOTLAND = (
    "\N{WAVING BLACK FLAG}"
    + "".join(chr(0xE0000 + ord(letter)) for letter in "gbsct")
    + "\N{CANCEL TAG}"
)


class Case(NamedTuple):
    """The length of a text on some networks; `name` says what it is about."""

    name: str
    text: str
    used: dict[str, int]


def same(count: int, *networks: str) -> dict[str, int]:
    return dict.fromkeys(networks or ("x", "bluesky", "mastodon", "threads", "reddit"), count)


CASES = [
    Case("nothing", "", same(0)),
    Case("plain words", "Keep them.", same(10)),
    Case("an apostrophe of print", "You’re “kind”", same(13)),
    Case("a letter and its mark, as one", "caf\u00e9", same(4)),
    Case("a letter and its mark, apart", "cafe\u0301", {**same(4), "threads": 5}),
    Case("many marks on a letter", "a\u0301\u0323\u0308", {"bluesky": 1, "mastodon": 1, "x": 4}),
    Case("an emoji", "\N{SMILING FACE WITH OPEN MOUTH}", {"x": 2, "bluesky": 1, "threads": 4}),
    Case("a family", FAMILY, {"x": 2, "bluesky": 1, "mastodon": 1, "threads": 18}),
    Case("a colour of skin", THUMB, {"x": 2, "bluesky": 1, "threads": 8}),
    Case("a flag", FLAG, {"x": 2, "bluesky": 1, "mastodon": 1, "threads": 8}),
    Case("a flag of tags", SCOTLAND, {"x": 2, "bluesky": 1, "threads": 28}),
    Case("a key cap", "1\ufe0f\u20e3", {"x": 2, "bluesky": 1, "threads": 7}),
    Case("a digit", "1", same(1)),
    Case("a letter that can be an emoji", "©", same(1)),
    Case("that letter as an emoji", "©\ufe0f", {"x": 2, "bluesky": 1, "threads": 5}),
    Case("Chinese", "请您和父亲谈谈", {"x": 14, "bluesky": 7, "mastodon": 7, "threads": 7}),
    Case("Japanese", "がんばれ", {"x": 8, "bluesky": 4}),
    Case("Korean", "안녕", {"x": 4, "bluesky": 2}),
    Case("Korean in parts", "\u1112\u1161\u11ab", {"x": 2, "bluesky": 1}),
    Case("Hindi", "नमस्ते", {"x": 6, "bluesky": 3}),
    Case("Arabic", "أبقوا القطارات", same(14)),
    Case("Arabic between marks", "\u202bسلم\u202c", {"x": 7, "threads": 5}),
    Case("Hebrew with a hashtag", "שלום #רכבות", same(11)),
    Case("a line's end", "a\nb", same(3)),
    Case("an address", "See https://example.org/a?and=more.", {"x": 28, "bluesky": 35, "mastodon": 28, "threads": 35}),
    Case("an address without scheme", "See example.org/a-long-path/to-it.", {"x": 28, "bluesky": 34, "mastodon": 34}),
    Case("a domain alone", "See library.museum", {"x": 27, "mastodon": 18}),
    Case("no domain that is known", "See library.nowhere", same(19)),
    Case("an address in brackets", "(https://example.org/a_(b))", {"x": 25, "bluesky": 27, "mastodon": 25}),
    Case("a domain in Unicode", "https://züge.example.org/über", {"x": 23, "bluesky": 29}),
    Case("a top-level domain in Unicode", "https://пример.рф/поезда", {"x": 23, "bluesky": 24}),
    Case("a domain in Unicode without scheme", "пример.рф", {"x": 9, "bluesky": 9}),
    Case("a Chinese domain behind Chinese", "请看https://例子.中国/", {"x": 27, "bluesky": 16}),
    Case("an address by mail", "write@example.org", same(17)),
    Case("two addresses", "https://a.example.org https://b.example.org", {"x": 47, "mastodon": 47}),
    Case("a hashtag with a dot", "#keep.them", same(10)),
    Case("someone on another server", "@anna@long.example.org", {"mastodon": 5, "bluesky": 22}),
]  # fmt: skip

#: Any text, and such as are made of what is counted in a way of its own.
TEXTS = st.lists(
    st.one_of(
        st.text(st.characters(codec="utf-8")),
        st.sampled_from(
            [
                *"aé#*1©/.:@_-\r\n\u0301\u200d\ufe0f\u20e3👩👧🏽中",
                "\N{REGIONAL INDICATOR SYMBOL LETTER A}",
            ]
        ),
        st.sampled_from(["https://", "example.org", "@anna@example.org", "xn--p1ai", FAMILY]),
    ),
    max_size=30,
).map("".join)


def all_networks() -> Campaign:
    """Return a campaign whose messages go through every network that carries one."""
    handles = {"email": "gruber@ministry.example", "whatsapp": "+431234567", "sms": "+431234567"}
    return campaign(
        addressee={"name": "Minister Gruber", "handles": {"x": "gruber", **handles}},
        share={"networks": list(sharing.NETWORKS), "messages": ["Dear {mention} {hashtag} {url}"]},
    )


def conformance() -> dict[str, dict[str, Any]]:
    """Return what twitter-text's own cases expect of each text.

    Those of configuration 2, in which an emoji is several letters, stand again in the set after them.
    """
    file = ROOT / "tests" / "data" / "twitter-text" / "validate.json"
    sets = json.loads(file.read_text(encoding="utf-8"))
    return {case["text"]: case["expected"] for cases in sets.values() for case in cases}


def in_utf16(text: str, place: int | None) -> int | None:
    """Return a place in a text as JavaScript counts it."""
    return None if place is None else len(text[:place].encode("utf-16-le")) // 2
