"""Lines of what a rendering came across: Python-Markdown keeps none.

Everything is looked up in lists that are made in one pass over the text, so that many links take
no longer each than few.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import pairwise

from markdown.inlinepatterns import HTML_RE

from campaign.content.markdown.lint import HIDDEN, blank_code, blank_comments

#: The pattern of an address that stands in the text as it is, without what ends the sentence.
BARE_ADDRESS = (
    r"\bhttps?://(?:\([^\s()<>\x02]*\)|[^\s()<>\[\]{}\"`|\\\x02\u2018-\u201f«»])+(?<![.,;:!?'*_…])"
)
# Targets are told apart by so many characters.
_COMPARED_LENGTH = 300
# Of the headings or the lines of code that follow, so many are compared with the one looked for.
_COMPARED = 100
_WORD = re.compile(r"\w+")
_BEFORE_TARGET = re.compile(rf"(?P<link>\]\(\s*)(?P<angle><)?|\]:\s*<?|<|(?P<bare>{BARE_ADDRESS})")
_NO_TARGET = re.compile(r"(?:<\s*>)?\s*\)")
_ANGLED = re.compile(rf"[^<>]{{0,{_COMPARED_LENGTH}}}")
_TOKEN = re.compile(rf"[^\s<>)]{{0,{_COMPARED_LENGTH}}}")
_FLAT = rf"[^()<>]{{0,{_COMPARED_LENGTH}}}"
_PAIRED = re.compile(rf"{_FLAT}(?:\({_FLAT}\){_FLAT}){{0,3}}(?=\))")
_TITLE = re.compile(r"\s*(?:\"[^\"]*\"|'[^']*')\s*$")
_TAG = re.compile(HTML_RE, re.DOTALL)
_OPEN_COMMENT = re.compile(r"^<!--.*", re.MULTILINE)
_BEGINNING = re.compile(r"</?[\w:-]*|<\S{0,3}")
_HASHED = re.compile(r"[\s>*+.0-9-]*#")
_UNDERLINE = re.compile(r"[\s>]*(=+|-+)\s*")
_INDENTED = re.compile(r"[>\s]*(\t| {4})")


class LineFinder:
    """Finds the line of each link, image, tag, heading and piece of code of a text.

    Each search for one thing goes on where the last one for it ended. What is code or a comment
    is passed over.
    """

    def __init__(self, text: str, first_line: int) -> None:
        #: The text without comments.
        self.typed = blank_comments(text)
        #: The text without code too, in the place of which something stands.
        self.prose = blank_code(self.typed)
        self._first_line = first_line
        self._next: dict[tuple[str, str], int] = {}
        self._after_heading = self._after_code = self._after_paragraph = 0

    def target(self, typed: str) -> int:
        """Return the line of the next link or image with this target."""
        return self._find("target", _comparable(typed), self._targets)

    def tag(self, typed: str) -> int:
        """Return the line of the next tag of HTML that is typed so, or else begins so."""
        key = _without_code(typed)
        if key not in self._tags:
            key = _beginning(key)
        return self._find("tag", key, self._tags)

    def paragraph(self, text: str) -> int:
        """Return the line of the next paragraph, or part of one, that begins so."""
        at = self.typed.find(
            text.strip().partition("\n")[0][:_COMPARED_LENGTH], self._after_paragraph
        )
        self._after_paragraph = max(at + 1, self._after_paragraph)
        return self._first_line + (bisect_right(self._line_ends, at - 1) if at > 0 else 0)

    def heading(self, text: str) -> int:
        """Return the line of the next heading, one that has the text's words where there is one."""
        at = self._fitting(self._headings, self._after_heading, _WORD.findall(text))
        self._after_heading = at + 1
        return self._first_line + (self._headings[at] if at < len(self._headings) else 0)

    def indented(self, code: str) -> int:
        """Return the line of the next piece of code that is one because it is indented."""
        words = _WORD.findall(code.strip().partition("\n")[0])
        at = self._fitting(self._code, self._after_code, words)
        self._after_code = at + 1
        return self._first_line + (self._code[at] if at < len(self._code) else 0)

    def _find(self, kind: str, key: str, places: dict[str, list[int]]) -> int:
        """Return the line of the next place, the last one where there is no other."""
        found = places.get(key)
        if not found:
            return self._first_line
        at = self._next.get((kind, key), 0)
        self._next[kind, key] = at + 1
        return self._first_line + bisect_right(self._line_ends, found[min(at, len(found) - 1)] - 1)

    def _fitting(self, numbers: Sequence[int], start: int, words: list[str]) -> int:
        """Return the index of the next line that holds some words, of the next one where none does."""
        later = range(start, min(start + _COMPARED, len(numbers)))
        return next((at for at in later if _holds(self._lines[numbers[at]], words)), start)

    @cached_property
    def _lines(self) -> list[str]:
        return self.typed.split("\n")

    @cached_property
    def _line_ends(self) -> list[int]:
        return [found.start() for found in re.finditer("\n", self.prose)]

    @cached_property
    def _headings(self) -> list[int]:
        """The lines that look like headings: after `#`, or above `===` or `---`."""
        return [
            number
            for number, (line, below) in enumerate(pairwise([*self._lines, ""]))
            if ("#" in line and _HASHED.match(line))
            or (("=" in below or "-" in below) and _UNDERLINE.fullmatch(below) and line.strip())
        ]

    @cached_property
    def _code(self) -> list[int]:
        """The lines that look like code."""
        return [number for number, line in enumerate(self._lines) if _INDENTED.match(line)]

    @cached_property
    def _targets(self) -> dict[str, list[int]]:
        """The places of all that may be a target, in the order of the text."""
        places: dict[str, list[int]] = defaultdict(list)
        for found in _BEFORE_TARGET.finditer(self.prose):
            at = found.start() if found["bare"] else found.end()
            for key in set(map(_comparable, self._readings(found))):
                if not places[key] or places[key][-1] != at:
                    places[key].append(at)
        return places

    def _readings(self, found: re.Match[str]) -> Iterator[str]:
        """Yield each way to read the target that stands in a place."""
        if bare := found["bare"]:
            # Code may end it.
            yield from (bare, bare.partition(HIDDEN)[0])
            return
        end = found.end()
        if found["link"] is not None and _NO_TARGET.match(self.prose, found.end("link")):
            yield ""
        readings = [_match(_TOKEN, self.prose, end)]
        if found[0].endswith("<"):
            readings.append(_match(_ANGLED, self.prose, end).strip())
        elif found["link"] and (inner := _match(_PAIRED, self.prose, end)):
            readings += [inner.strip(), _TITLE.sub("", inner).strip()]
        yield from filter(None, readings)

    @cached_property
    def _tags(self) -> dict[str, list[int]]:
        """The places of all tags, by the whole and by the beginning of each."""
        places: dict[str, list[int]] = defaultdict(list)
        for pattern in (_TAG, _OPEN_COMMENT):
            for found in pattern.finditer(self.prose):
                tag = _without_code(found[0])
                for key in {tag, _beginning(tag)}:
                    places[key].append(found.start())
        return places


def _comparable(target: str) -> str:
    """Return what a target is known by: any sign of it may be written with a backslash before it."""
    return target.replace("\\", "")[:_COMPARED_LENGTH]


def _without_code(tag: str) -> str:
    """Return a tag with one sign in the place of each piece of code."""
    return re.sub(rf"{HIDDEN}+|`[^`]*`", HIDDEN, tag)


def _beginning(tag: str) -> str:
    found = _BEGINNING.match(tag)
    return found[0] if found else ""


def _match(pattern: re.Pattern[str], text: str, start: int) -> str:
    found = pattern.match(text, start)
    return found[0] if found else ""


def _holds(line: str, words: list[str]) -> bool:
    """Whether a line holds these words in this order."""
    at = 0
    for word in words:
        at = line.find(word, at) + len(word)
        if at < len(word):
            return False
    return True
