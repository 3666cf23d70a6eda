"""Limits that no text for readers reaches, and beyond which none is read.

Python-Markdown's time grows with the square of what they limit: some kilobytes of signs, pasted
by chance or on purpose, would hold a build up for minutes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString

from campaign.content.markdown.lint import blank_code
from campaign.content.problems import Problem

# Blocks, and what is marked up in them, are taken one by one from the beginning of a list
# (`BlockParser.parseBlocks`, `InlineProcessor.run`), which then moves all the others.
_SIGNS = 50_000
# Each '|' of a row is compared with all code in it (`TableProcessor._split`).
_SIGNS_IN_LINE = 1000
# What is within each '>', and each sign of a list, is read anew from its first letter
# (`BlockQuoteProcessor.run`, `OListProcessor.run`).
_LEVELS = 20
# At each heading and each rule, the lines below it in the same block are read anew
# (`HashHeaderProcessor.run`, `SetextHeaderProcessor.run`, `HRProcessor.run`).
_BREAKS = 100
# After each thing that is marked up, its whole paragraph is copied (`InlineProcessor.run`).
_CHARACTERS = 20_000
# For each bracket and backtick, and each address of a link, the end is looked for sign by sign up to
# the paragraph's last (`LinkInlineProcessor.getText` and `getLink`, `BacktickInlineProcessor.find_code_spans`).
_OPEN = 10

_SIGN = re.compile(r"[*_\[`<>&|#\\]")
# A list within a list is indented by so many spaces.
_STEP = 4
_RULE = re.compile(r" {0,3}(?:(?:- {0,2})+|(?:\* {0,2})+|(?:_ {0,2})+) *$")
_LEVEL = re.compile(r"( *)(?:>|(?:[-*+]|[0-9]+\.)(?= ))")
_BREAK = re.compile(r"[ >]*+(?:#|[-=*_][-=*_ ]*$)")
_BRACKET = re.compile(r"\\.|[\[\]]", re.DOTALL)
_TICKS = re.compile(r"(?<![\\`])`+")
_ADDRESS = re.compile(r"\]\(")
_FLAT = r"[^()\"'<>]*"
_PLAIN_ADDRESS = re.compile(
    rf"\]\(\s*(?:<[^<>]*>|{_FLAT}(?:\({_FLAT}\){_FLAT})?)(?:\"[^\"()]*\"|'[^'()]*')?\s*\)"
)


def find_excess(text: str) -> Iterator[Problem]:
    """Yield what a text has too much of in its lines."""
    total = breaks = 0
    for number, line in enumerate(text.split("\n"), 1):
        signs = len(_SIGN.findall(line))
        total += signs + 1
        breaks = breaks + bool(_BREAK.match(line)) if line.strip(" >") else 0
        if total > _SIGNS:
            what = f"this text has more than {_SIGNS:,} lines and signs of Markdown up to here"
            yield Problem(f"{what}; divide it into several pages", line=number)
            return
        if signs > _SIGNS_IN_LINE:
            what = f"this line has more than {_SIGNS_IN_LINE:,} signs of Markdown"
            yield Problem(f"{what}; take out those that are not needed, or divide it", line=number)
        elif _levels(line) > _LEVELS:
            what = "this line is nested too deeply to be read"
            yield Problem(f"{what}; take some levels of lists or quotes out", line=number)
        if breaks == _BREAKS + 1:
            what = f"more than {_BREAKS} headings or rules stand right below each other"
            yield Problem(f"{what}; leave a line empty between them", line=number)


def _levels(line: str) -> int:
    """Return in how many quotes and lists a line stands, or more than it may where there are more."""
    at = levels = 0
    while levels <= _LEVELS and not _RULE.match(line, at) and (found := _LEVEL.match(line, at)):
        at = found.end()
        levels += 1 + len(found[1]) // _STEP
    return levels


class RefuseExcess(Treeprocessor):
    """A processor that takes out each paragraph whose inside would take long to read, and notes it in `found`."""

    def __init__(self, md: Markdown, found: list[tuple[str, str]]) -> None:
        super().__init__(md)
        self._found = found

    def run(self, root: Element) -> None:
        for element in root.iter():
            for name in ("text", "tail"):
                text = getattr(element, name)
                if text and not isinstance(text, AtomicString) and (message := _excess_of(text)):
                    self._found.append((text, message))
                    setattr(element, name, AtomicString("…"))


def _excess_of(text: str) -> str:
    """Return what a paragraph has too much of, as a sentence, or nothing."""
    if len(text) > _CHARACTERS:
        return f"this paragraph has more than {_CHARACTERS:,} characters; divide it by empty lines"
    if text.count("[") <= _OPEN and text.count("`") <= _OPEN:
        return ""
    prose = blank_code(text)
    if max(_most_open(prose), len(_TICKS.findall(prose))) > _OPEN:
        remedy = "close them, or put '\\' before those that are to be seen"
        return f"more than {_OPEN} '[' or '`' of this paragraph are never closed; {remedy}"
    addresses = len(_ADDRESS.findall(prose)) - len(_PLAIN_ADDRESS.findall(prose))
    if addresses > _OPEN:
        remedy = "write ')' after each, and '<' before and '>' after one that holds quotes"
        return f"more than {_OPEN} addresses of this paragraph's links hold quotes or never end; {remedy}"
    return ""


def _most_open(text: str) -> int:
    """Return how many brackets are open at most at one time, counting those that never close."""
    most = now = 0
    for found in _BRACKET.finditer(text):
        if found[0] == "[":
            now += 1
            most = max(most, now)
        elif found[0] == "]":
            now = max(0, now - 1)
    return most
