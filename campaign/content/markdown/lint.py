"""A lint of Markdown: mistakes that readers would see as rubbish. Each rule is a generator whose docstring is the rule.

The rules look at the text as it was typed, where each thing has its line. Comments and code are
none of their business, and blanked before; what tells code as other programs do is.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Container, Iterable, Iterator

from campaign.content.problems import Problem, shorten

# What stands in the place of code: no space, and no letter.
HIDDEN = "…"
_COMMENT = re.compile(r"^<!--", re.MULTILINE)
_END_OF_COMMENT = re.compile(r"-->[ \t]*$", re.MULTILINE)
# What begins or ends code, and the empty line that no code goes beyond.
_TICKS = re.compile(r"`+|\n[ \t]*(?=\n)")


def find_problems(text: str, typed: str, defined: Container[str]) -> Iterator[Problem]:
    """Yield the problems of a text by its own lines.

    `typed` is the text with its code; `defined` are the links that the text defines, by name.
    """
    for number, lines in _blocks(text):
        for rule in (_sets_lists_apart, _sets_lines_apart, _heads_tables, _ticks_nothing):
            for problem in rule(lines):
                yield problem.below(number)
    yield from _indents_lists(text)
    yield from _fences_nothing(typed)
    ends = [found.start() for found in re.finditer("\n", text)]
    for pattern, explain in _SPOTS:
        for found in pattern.finditer(text):
            if message := explain(found, defined):
                yield Problem(message, line=bisect_left(ends, found.end()) + 1)


def find_comments(text: str) -> Iterator[tuple[int, int]]:
    """Yield where each comment for editors begins and ends: it has its lines for itself."""
    closing, end, done = -1, None, 0
    for found in _COMMENT.finditer(text):
        if found.start() < done:
            continue
        # Where many begin and none ends, each would be followed to the end of the text.
        if closing < found.end():
            closing = text.find("-->", found.end())
            if closing < 0:
                return
            end = _END_OF_COMMENT.match(text, closing)
        if end:
            done = end.end()
            yield found.start(), done


def blank_comments(text: str) -> str:
    """Return a text with spaces in place of its comments, everything else where it was."""
    return _blank(text, find_comments(text), " ")


def blank_code(text: str) -> str:
    """Return a text with `HIDDEN` in place of each letter of its code, everything else where it was."""
    return _blank(text, _find_code(text), HIDDEN) if "`" in text else text


def _find_code(text: str) -> Iterator[tuple[int, int]]:
    """Yield where each piece of code begins and ends: at as many backticks, in one paragraph."""
    paragraph: list[tuple[int, int]] = []
    for found in _TICKS.finditer(text):
        if found[0][0] == "`":
            paragraph.append(found.span())
        else:
            yield from _paired(paragraph, text)
            paragraph = []
    yield from _paired(paragraph, text)


def _paired(runs: list[tuple[int, int]], text: str) -> Iterator[tuple[int, int]]:
    """Yield the beginning and the end of each two runs of backticks of one length, with all between them."""
    nearest: dict[int, int] = {}
    closing: list[int | None] = []
    for number in reversed(range(len(runs))):
        start, end = runs[number]
        closing.append(nearest.get(end - start))
        nearest[end - start] = number
    closing.reverse()
    number = 0
    while number < len(runs):
        start, end = runs[number]
        last = None if text[start - 1 : start] == "\\" else closing[number]
        if last is not None:
            yield start, runs[last][1]
            number = last
        number += 1


def _blank(text: str, places: Iterable[tuple[int, int]], sign: str) -> str:
    """Return a text with a sign in place of each letter between the ends of some places."""
    pieces: list[str] = []
    done = 0
    for start, end in places:
        pieces += text[done:start], re.sub(r"[^\n]", sign, text[start:end])
        done = end
    return "".join([*pieces, text[done:]])


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
_BAR = re.compile(r"(?<!\\)\|")
_BOX = re.compile(r"(?:[-*+]|[0-9]+\.)\s+(\[[ xX]\])\s+[^\s(]")
# How many spaces a level of a list is indented by.
_STEP = 4
_FEW_SPACES = re.compile(r"^ {2,}(?:[-*+]|1\.)[ \t]", re.MULTILINE)
# Within a list, a number other than the first is one of a sentence that goes on.
_INDENTED_ITEM = re.compile(r"( *)(?:[-*+]|1\.|(?<![ ])[0-9]+\.)[ \t]+\S")
_FENCE = re.compile(r"[ >]{0,3}(```|~~~)[`~]*\s*([\w+-]*)\s*$")
_OF_TABLE = re.compile(r"[-:\s]*\|[-:|\s]*")


def _sets_lists_apart(lines: list[str]) -> Iterator[Problem]:
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
        yield Problem(
            f"this list runs together; write '{written}', and leave a line empty above it",
            line=first + 1,
        )


def _sets_lines_apart(lines: list[str]) -> Iterator[Problem]:
    """A line of hyphens does not make a heading of the text above it."""
    if len(lines) > 1 and re.fullmatch("-+", lines[1]):
        remedy = "leave a line empty between them, or begin a heading with '##'"
        yield Problem(
            f"'{shorten(lines[1], 10)}' right below a text makes a heading of it; {remedy}", line=2
        )


def _heads_tables(lines: list[str]) -> Iterator[Problem]:
    """A table has a line of dashes below its head."""
    bars = _BAR.findall(lines[0]) if len(lines) > 1 else []
    if not bars or any(map(_OF_TABLE.fullmatch, lines)):
        return
    if all(len(_BAR.findall(line)) == len(bars) for line in lines[1:]):
        columns = len(_BAR.findall(lines[0].strip("|"))) + 1
        dashes = f"| {' | '.join(['---'] * columns)} |"
        yield Problem(
            f"this table has no line of dashes; write '{dashes}' below its first line", line=1
        )


def _ticks_nothing(lines: list[str]) -> Iterator[Problem]:
    """A list has no boxes to tick."""
    for number, line in enumerate(lines):
        if found := _BOX.match(line):
            yield Problem(
                f"'{found[1]}' is no box to tick here, and is shown as it is; take it out",
                line=number + 1,
            )
            return


def _indents_lists(text: str) -> Iterator[Problem]:
    """A list within a list is indented by four spaces, or it is none. It is reported once."""
    if not _FEW_SPACES.search(text):
        return
    outer: int | None = None
    is_reported = False
    for number, line in enumerate(text.split("\n")):
        item = _INDENTED_ITEM.match(line)
        indent = len(item[1]) if item else 0
        if not item:
            if line[:1].strip():
                outer, is_reported = None, False
        elif outer is None and indent >= _STEP:
            continue  # code
        else:
            is_within = outer is not None and outer + 1 < indent < (outer // _STEP + 1) * _STEP
            if is_within and not is_reported:
                wanted = (indent // _STEP + 1) * _STEP
                remedy = f"indent it by {wanted} spaces, not {indent}"
                yield Problem(
                    f"this list within a list would run into the outer one; {remedy}",
                    line=number + 1,
                )
                is_reported = True
            outer = indent


def _fences_nothing(typed: str) -> Iterator[Problem]:
    """A line of backticks or tildes does not begin code."""
    fence = ""
    for number, line in enumerate(typed.split("\n")):
        found = _FENCE.match(line)
        if not found:
            continue
        if not fence:
            fence = found[1]
            remedy = "take both lines out, and put '`' before and after what is code within a line"
            yield Problem(f"'{fence}' does not set code apart here; {remedy}", line=number + 1)
        elif found[1] == fence and not found[2]:
            fence = ""


def _explain_space(found: re.Match[str], _: Container[str]) -> str:
    """The address of a link follows its words at once."""
    return f"no space can stand between '{_shown(found[1])}' and '('; take it out"


def _explain_open(found: re.Match[str], _: Container[str]) -> str:
    """The address of a link ends."""
    return f"the link '{_shown(found[0])}' never ends; write ')' after its address"


def _explain_reference(found: re.Match[str], defined: Container[str]) -> str:
    """A link by a name has its address somewhere in the text."""
    name = " ".join((found[2] or found[1]).split())
    if name.lower() in defined:
        return ""
    words = _shown(found[1])
    return f"there is no address for '[{_shown(name)}]'; write [{words}](address)"


def _explain_struck(found: re.Match[str], _: Container[str]) -> str:
    """Nothing is struck through."""
    words = _shown(found[1])
    return f"'{_shown(found[0])}' shows its tildes; take them out, and '{words}' where it no longer holds"


def _explain_bold(found: re.Match[str], _: Container[str]) -> str:
    """Asterisks stand close to the words that they make bold."""
    if found[2]:
        remedy = "write '**' where the bold words end, or '\\*\\*' where asterisks are to be seen"
        return f"'{_shown(found[0])}' is never closed; {remedy}"
    if found[1] is None:
        return ""
    meant = f"**{_shown(found[1].strip())}**"
    return f"'{_shown(found[0])}' shows its asterisks; write {meant}, without spaces inside"


def _shown(text: str) -> str:
    """Return a text as a sentence shows it, its code as one sign."""
    return shorten(re.sub(f"{HIDDEN}+", HIDDEN, text), 40)


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
    (re.compile(r"~~(?<![\\~]~~)(?=[^\s~])([^~\n]*[^\s~])~~(?!~)"), _explain_struck),
    # First what is bold indeed, so that what stands between two of them is not taken for it.
    (
        re.compile(
            r"\*\*(?:(?<!\\\*\*)(?=[^\s*])(?:[^*\n]|\n(?!\s*\n)|\*(?!\*))+?(?<=\S)\*\*(?!\*)"
            r"|(?<![\w*\\]\*\*)((?=[ \t])[^*\n]*\S[ \t]*|[^\s*][^*\n]*[ \t])\*\*(?![\w*])"
            r"|(?<![\w*\\]\*\*)((?=[^\W_]|[\"“‘'(\[])[^\s*]+(?: [^\s*]+){0,2}))"
        ),
        _explain_bold,
    ),
)
