"""Slips in Markdown that readers would see as rubbish. Each rule is a small generator with the rule as its docstring.

The rules look at the text as it was typed, where each thing has its line. Comments and code are
none of their business, and blanked before.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterator

from campaign.problems import shorten

Slips = Iterator[tuple[int, str]]

# Each pattern begins with a sign that is soon found, and only then looks at what stands before it.
COMMENT = re.compile(r"<!--(?<=^<!--)(?:(?!-->).)*-->[ \t]*$", re.DOTALL | re.MULTILINE)
CODE = re.compile(r"(`(?<![\\`]`)`*)(?!`)(?:(?!\n[ \t]*\n).)+?(?<!`)\1(?!`)", re.DOTALL)


def find_slips(text: str, defined: Container[str]) -> Slips:
    """Yield the line, from 0, and the sentence of each slip; `defined` are the links that the text defines, by name."""
    for number, lines in _blocks(text):
        for rule in (_sets_lists_apart, _sets_lines_apart):
            for line, message in rule(lines):
                yield number + line, message
    for pattern, explain in _SPOTS:
        for found in pattern.finditer(text):
            if message := explain(found, defined):
                yield text.count("\n", 0, found.end()), message


def blank(text: str, *patterns: re.Pattern[str]) -> str:
    """Give a text with spaces in place of what fits the patterns, everything else where it was."""
    for pattern in patterns:
        text = pattern.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), text)
    return text


def _blocks(text: str) -> Iterator[tuple[int, list[str]]]:
    """Yield the first line, from 0, and the lines of each piece between headings and empty lines, without indents."""
    block: list[str] = []
    for number, typed in enumerate([*text.split("\n"), ""]):
        line = typed.lstrip(" \t>").rstrip()
        if line and line[0] != "#":
            block.append(line)
        elif block:
            yield number - len(block), block
            block = []


_ITEM = re.compile(r"([-*+]|[0-9]+\.)\s+\S")
_LIKE_ITEM = re.compile(r"(?:([-*+]|[0-9]{1,2}[.)])\s+|[•◦▪‣●]\s*)(?=\S)")
_OF_TABLE = re.compile(r"[-:\s]*\|[-:|\s]*")


def _sets_lists_apart(lines: list[str]) -> Slips:
    """A list begins after an empty line, with signs that Markdown knows.

    One line below a text may begin with a dash or a number by chance, so it takes two, or a colon above.
    """
    items = [number for number, line in enumerate(lines) if _LIKE_ITEM.match(line)]
    if not items or _ITEM.match(lines[0]) or any(map(_OF_TABLE.fullmatch, lines)):
        return
    first = items[0]
    line = lines[first]
    is_list = first == 0 or len(items) > 1 or lines[first - 1].endswith(":")
    if is_list or line[0] in "•◦▪‣●":
        number = re.match("[0-9]+", line)
        sign = f"{number[0]}." if number else "-"
        written = shorten(f"{sign} {_LIKE_ITEM.sub('', line, count=1)}", 40)
        yield first, f"this list runs together; write '{written}', and leave a line empty above it"


def _sets_lines_apart(lines: list[str]) -> Slips:
    """A line of hyphens does not make a heading of the text above it."""
    if len(lines) > 1 and re.fullmatch("-+", lines[1]):
        remedy = "leave a line empty between them, or begin a heading with '##'"
        yield 1, f"'{shorten(lines[1], 10)}' right below a text makes a heading of it; {remedy}"


def _explain_space(found: re.Match[str], _: Container[str]) -> str:
    """The address of a link follows its words at once."""
    return f"no space can stand between '{shorten(found[1], 40)}' and '('; take it out"


def _explain_open(found: re.Match[str], _: Container[str]) -> str:
    """The address of a link ends."""
    return f"the link '{shorten(found[0], 40)}' never ends; write ')' after its address"


def _explain_reference(found: re.Match[str], defined: Container[str]) -> str:
    """A link by a name has its address somewhere in the text."""
    name = " ".join((found[2] or found[1]).split())
    if name.lower() in defined:
        return ""
    words = shorten(found[1], 40)
    return f"there is no address for '[{shorten(name, 40)}]'; write [{words}](address)"


def _explain_bold(found: re.Match[str], _: Container[str]) -> str:
    """Asterisks stand close to the words that they make bold."""
    if found[1] is None:
        return ""
    meant = f"**{shorten(found[1].strip(), 40)}**"
    return f"'{shorten(found[0], 40)}' shows its asterisks; write {meant}, without spaces inside"


# Within a paragraph: a text without round brackets, and one with pairs of them.
_FLAT = r"(?:[^()\n]|\n(?![ \t]*\n))*"
_PAIRED = rf"{_FLAT}(?:\({_FLAT}\){_FLAT})*"
_WORDS = r"(\[(?<![\\\]]\[)[^\[\]\n]+\])"
_ADDRESS = r"(?:https?:|mailto:|tel:|www\.|/\w|[^\s()@]+@\w|[\w./-]+\.(?:md|png|jpe?g|svg|webp)\b)"
_SPOTS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], Container[str]], str]], ...] = (
    (re.compile(rf"{_WORDS}[ \t]+\((?={_ADDRESS})"), _explain_space),
    (re.compile(rf"\[(?<!\\\[)[^\[\]]*\]\((?!{_PAIRED}\))[^\s()]*"), _explain_open),
    (
        re.compile(r"\[(?<![\\\]]\[)(?=[^\[\]\n]*[^\W\d_])([^\[\]\n]+)\]\[([^\[\]\n]*)\](?![(:])"),
        _explain_reference,
    ),
    # First what is bold indeed, so that what stands between two of them is not taken for it.
    (
        re.compile(
            r"\*\*(?:(?<!\\\*\*)(?=[^\s*])(?:[^*\n]|\n(?!\s*\n)|\*(?!\*))+?(?<=\S)\*\*(?!\*)"
            r"|(?<![\w*\\]\*\*)((?=[ \t])[^*\n]*\S[ \t]*|[^\s*][^*\n]*[ \t])\*\*(?![\w*]))"
        ),
        _explain_bold,
    ),
)
