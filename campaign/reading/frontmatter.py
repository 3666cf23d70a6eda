"""Front matter: YAML between two lines of `---`, each value as the editor typed it, with its line.

PyYAML's parser gives events; what they mean is decided here, so that `18:00`, `no` and `01234`
stay what they are, names are unique, and everything that YAML would silently drop is reported.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import takewhile
from typing import Any

import yaml

from campaign.content.dates import DASHES
from campaign.content.problems import Problem
from campaign.content.text import find_invisible, is_blank, without_quotes, without_unseen

#: libyaml's parser where it was compiled in: ten times as fast, and the same events.
LOADER: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_DEEPEST = 4
# No campaign has so many lines of fields, and each that is unknown is compared with those that are known.
_MOST_LINES = 2_000
# libyaml looks at every bracket that is open for each thing that it finds within it.
_MOST_OPEN = 100
_QUOTED_OR_BRACKET = re.compile(r""" "[^"]*" | '[^']*' | [][{}] """, re.VERBOSE)
_FIELD = re.compile(r"""["']?[A-Za-z_][\w-]*["']?\s*:""")
_JOINED = re.compile(r"[A-Za-z_][\w-]*:\S")
# A line of three hyphens, or what fingers and word processors make of it.
_CLOSING = re.compile(rf"(?!-\s*$)[{DASHES}]+\s*")


@dataclass
class FrontMatter:
    """The fields of a file and the text below them.

    `data` holds texts, lists and mappings only, without those that are empty, but for lists that
    an editor wrote as empty ones: `[]`; `lines` gives the line of
    each field by its dotted name, the items of a list numbered from 1; `refused` are the names
    of fields that are reported already. `found` is false where a file has no front matter.
    """

    data: dict[str, Any] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)
    body: str = ""
    body_line: int = 1
    refused: set[str] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)
    found: bool = False


def parse(text: str, path: str) -> FrontMatter:
    """Split a file's text and read its fields; every problem is in the answer's `problems`."""
    result = FrontMatter()
    lines = text.split("\n")
    if lines[0].rstrip() != "---":
        message = (
            "the first line must be '---', then come the fields, and '---' again before the text"
        )
        result.problems.append(Problem(message, path, 1))
        return result
    end = next(
        (number for number, line in enumerate(lines[1:], 1) if _CLOSING.fullmatch(line)), None
    )
    if end is None:
        message = (
            "the front matter never closes; put a line of '---' between the fields and the text"
        )
        result.problems.append(Problem(message, path, 1))
        return result
    if end > _MOST_LINES:
        message = (
            f"more than {_MOST_LINES:,} lines of fields stand here;"
            " put what is no field below a second line of '---'"
        )
        result.problems.append(Problem(message, path, 1))
        return result
    if lines[end].rstrip() != "---":
        message = f"'{lines[end].strip()}' does not close the front matter; write '---'"
        result.problems.append(Problem(message, path, end + 1))
    result.found = True
    result.body = "\n".join(lines[end + 1 :])
    result.body_line = end + 2
    _Fields(lines[1:end], path, result).read()
    return result


class _Fields:
    """Reads the lines of one front matter into a `FrontMatter`."""

    def __init__(self, lines: list[str], path: str, result: FrontMatter) -> None:
        # A tab indents like two spaces: YAML knows none, and nobody sees the difference.
        self._lines = [line.replace("\t", "  ") for line in lines]
        self._path = path
        self._result = result
        self._start = 0

    def read(self) -> None:
        """Read all fields; where they are no YAML, one by one, so that a mistake in one hides no other."""
        if self._refuse_open_brackets():
            return
        for number, line in enumerate(self._lines):
            if re.match(r"(---|\.\.\.)(\s|$)|%", line):
                sign = line.split()[0]
                self._problem(number, "", f"'{sign}' begins no field; take this line out")
                self._lines[number] = ""
        try:
            self._read_lines(0, len(self._lines))
        except yaml.YAMLError:
            for start, end in self._entries():
                try:
                    self._read_lines(start, end)
                except yaml.YAMLError as error:
                    self._report(error, start, end)

    def _refuse_open_brackets(self) -> bool:
        """Report the line in which too many brackets are open to be read; return whether there is one."""
        depth = 0
        for number, line in enumerate(self._lines):
            for sign in _QUOTED_OR_BRACKET.findall(line):
                depth = max(0, depth + (sign in "[{") - (sign in "]}"))
                if depth > _MOST_OPEN:
                    self._result.found = False
                    what = f"more than {_MOST_OPEN} '[' or '{{' are open here"
                    self._problem(
                        number, "", f"{what}; close them, or put the text that holds them in quotes"
                    )
                    return True
        return False

    def _entries(self) -> Iterator[tuple[int, int]]:
        """Yield the first line and the line after the last of each field with all that is below it."""
        starts = {number for number, line in enumerate(self._lines) if _FIELD.match(line)}
        first = sorted({0, *starts})
        yield from zip(first, [*first[1:], len(self._lines)], strict=True)

    def _read_lines(self, start: int, end: int) -> None:
        """Read some of the lines. Raises `YAMLError` before anything of them is taken."""
        stream = iter(list(self._events(start, end)))
        self._start = start
        for event in stream:
            if isinstance(event, yaml.MappingStartEvent):
                self._result.data |= self._mapping(stream, "", 1)
            elif isinstance(event, yaml.NodeEvent):
                self._refuse_line(self._number(event))
                self._skip(stream, event)

    def _events(self, start: int, end: int) -> Iterator[Any]:
        """Yield YAML's events of some of the lines, one by one up to what raises `YAMLError`."""
        events: Iterator[Any] = yaml.parse("\n".join(self._lines[start:end]) + "\n", Loader=LOADER)
        return events

    def _report(self, error: yaml.YAMLError, start: int, end: int) -> None:
        """Report the line that keeps a field from being YAML."""
        number = start + _blame(error)
        while number >= end or (number > start and not self._lines[number].strip()):
            number -= 1
        if number > start and _JOINED.match(self._lines[number - 1].lstrip(" -")):
            number -= 1  # with the line below it is one long text to YAML
        number = self._opening_quote(number, start, end)
        self._start = start
        line = self._lines[number]
        name = self._name_at(number, start)
        top = self._name_at(start, start)
        if not name:
            self._refuse_line(number)
        else:
            self._problem(number, name, _explain(line, str(error)))
        if top:
            self._result.refused |= {top, name.rpartition(".")[2]}
            self._result.lines.setdefault(top, start + 2)

    def _opening_quote(self, number: int, start: int, end: int) -> int:
        """Return the line of a quote that only the quote before a line's value closes, else that line."""
        with suppress(yaml.YAMLError):
            for event in self._events(start, end):
                opened, closed = event.start_mark, event.end_mark
                before = self._lines[number][: closed.column - 1]
                if (
                    getattr(event, "style", None) in {'"', "'"}
                    and opened.line < closed.line == number - start
                    and re.fullmatch(r" *(?:- +)*(?:[\w-]+ *: +)?", before)
                ):
                    return start + int(opened.line)
        return number

    def _name_at(self, number: int, start: int) -> str:
        """Return the dotted name of the field in a line, or nothing where it is none."""
        names: list[str] = []
        indent = len(self._lines[number]) + 1
        for line in reversed(self._lines[start : number + 1]):
            found = re.match(r"""((?: |- )*)["']?([A-Za-z_][\w-]*)["']?\s*:(.*)""", line)
            if found and len(found[1]) < indent:
                # What has a value of its own is nothing's parent.
                if not names or not found[3].strip():
                    names.insert(0, found[2])
                indent = len(found[1])
            elif not names and not line.lstrip().startswith(("- ", "#")):
                return ""
        return ".".join(names)

    def _mapping(self, stream: Iterator[Any], prefix: str, depth: int) -> dict[str, Any]:
        data: dict[str, Any] = {}
        for event in _until(yaml.MappingEndEvent, stream):
            line = self._number(event)
            key = _name_of(event)
            if not key:
                message = "a field's name is one word before ':'; put a text that holds ':', '{' or '[' in quotes"
                self._refuse(event, prefix, message)
                self._skip(stream, event)
                self._skip(stream, next(stream))
                continue
            name = f"{prefix}.{key}" if prefix else key
            if name in self._result.lines:
                first = self._result.lines[name]
                self._problem(line, name, f"is set twice, first on line {first}; remove one")
                self._skip(stream, next(stream))
                continue
            self._result.lines[name] = line + 2
            value = self._value(stream, next(stream), name, depth)
            if value not in ("", {}):
                data[key] = value
        return data

    def _value(self, stream: Iterator[Any], event: Any, name: str, depth: int) -> Any:  # noqa: ANN401 (PyYAML's events)
        if sign := _stray_sign(event):
            self._refuse(event, name, f"a value that begins with '{sign}' needs quotes")
            self._skip(stream, event)
            return ""
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event, name)
        if depth >= _DEEPEST:
            message = "is nested too deeply; put a text that holds '[' or '{' in quotes"
            self._refuse(event, name, message)
            self._skip(stream, event)
            return ""
        if isinstance(event, yaml.MappingStartEvent):
            return self._mapping(stream, name, depth + 1)
        return self._sequence(stream, name, depth + 1)

    def _sequence(self, stream: Iterator[Any], name: str, depth: int) -> list[Any] | str:
        """Read a list; one whose items are all left out is left out too."""
        items: list[Any] = []
        item = ""
        for event in _until(yaml.SequenceEndEvent, stream):
            item = f"{name}.{len(items) + 1}"
            self._result.lines[item] = self._number(event) + 2
            value = self._value(stream, event, item, depth)
            if value not in ("", [], {}):
                items.append(value)
        return items if items or not item else ""

    def _scalar(self, event: Any, name: str) -> str:  # noqa: ANN401 (PyYAML's events)
        value = str(event.value)
        if character := find_invisible(value):
            message = f"holds an invisible character ({character}) that no page can show; take what stands for it out"
            self._refuse(event, name, message)
            return ""
        if not event.style:
            line = self._start + event.end_mark.line
            rest = self._lines[line][event.end_mark.column :] if line < len(self._lines) else ""
            # To YAML it is a comment; so it is to people where it stands apart from the value.
            lost = re.match(r" +(#\S.*)| (#.*)| +(#)$", rest)
            if lost:
                whole = _quote(f"{value} {lost[0].strip()}".strip())
                remedy = (
                    f"put a comment on a line of its own, or the whole value in quotes: {whole}"
                    if lost[0].strip().startswith("# ")
                    else f"put the value in quotes: {whole}, or a comment on a line of its own"
                )
                self._refuse(event, name, f"what follows '#' would be lost; {remedy}")
                return ""
        return "" if is_blank(value) else value.strip()

    def _skip(self, stream: Iterator[Any], event: Any) -> None:  # noqa: ANN401 (PyYAML's events)
        """Pass over the rest of what an event began."""
        depth = 0
        while True:
            if isinstance(event, yaml.CollectionStartEvent):
                depth += 1
            elif isinstance(event, yaml.CollectionEndEvent):
                depth -= 1
            if depth == 0:
                return
            event = next(stream)

    def _number(self, event: Any) -> int:  # noqa: ANN401 (PyYAML's events)
        """Return the line of an event among the lines of the fields, from 0."""
        return self._start + int(event.start_mark.line)

    def _refuse(self, event: Any, name: str, message: str) -> None:  # noqa: ANN401 (PyYAML's events)
        self._result.refused.add(name.partition(".")[0])
        self._problem(self._number(event), name, message)

    def _refuse_line(self, number: int) -> None:
        """Refuse a line that is no field, and the field that its first word may have been meant as."""
        line = self._lines[number]
        found = re.match(r"\W*(\w+)", line)
        word = found[1].lower() if found else ""
        self._result.refused.add(word)
        if _JOINED.match(line):
            self._problem(number, word, _explain_joined(line))
            return
        remedy = "write the field's name, a colon and a space; if the text begins here, put a line of '---' above it"
        self._problem(number, "", f"this line is not 'name: value'; {remedy}")

    def _problem(self, number: int, name: str, message: str) -> None:
        # The fields begin in the file's second line, and YAML counts from 0.
        self._result.problems.append(Problem(message, self._path, number + 2, field=name))


def _blame(error: yaml.YAMLError) -> int:
    """Return the line, from 0, of the mistake that an error comes from: what does not end is blamed where it begins."""
    begun = re.search("quoted|simple key|flow", str(getattr(error, "context", "")))
    mark = getattr(error, "context_mark" if begun else "problem_mark", None)
    return int(mark.line) if mark else 0


def _until(end: type, stream: Iterator[Any]) -> Iterator[Any]:
    """Yield the events up to the one that ends what they are in."""
    return takewhile(lambda event: not isinstance(event, end), stream)


def _name_of(event: Any) -> str:  # noqa: ANN401 (PyYAML's events)
    """Return a field's name, or nothing where it can be none."""
    if not isinstance(event, yaml.ScalarEvent) or _stray_sign(event):
        return ""
    name = without_unseen(event.value)
    return name if name.isprintable() else ""


def _stray_sign(event: Any) -> str:  # noqa: ANN401 (PyYAML's events)
    """Return the sign that makes YAML's anchors, aliases and tags, which nobody means here."""
    if isinstance(event, yaml.AliasEvent):
        return "*"
    if event.tag:
        return "!"
    return "&" if event.anchor else ""


def _explain(line: str, error: str) -> str:
    """Return what is wrong with a line that is no YAML, by the mistakes that editors make."""
    found = re.match(r"\s*(?:- +)*(?:([\w-]+)\s*:(?: +|$))?(.*)", line)
    name, value = (found[1] or "", found[2].strip()) if found else ("", "")
    sign = value[:1]
    if sign in {'"', "'"}:
        why = _explain_quotes(value, sign, error)
    elif sign == "[" and value.count("[") > value.count("]"):
        whole = f"{value.rstrip(',')}]"
        why = f"the ']' after this list is missing; write {whole}, or put a text in quotes: {_quote(value)}"
    elif sign == "[":
        why = (
            "this list in brackets does not work; write its items on lines of their own below,"
            f" each after '- ', or put a text in quotes: {_quote(value)}"
        )
    elif sign and sign in "@`%|>{&*!?,]}":
        why = f"a value that begins with '{sign}' needs quotes: {_quote(value)}"
    elif re.match(r"-(\s|$)", value):
        why = "a list begins on a line of its own below the field's name, each item after '- '"
    elif not name and _JOINED.match(value):
        why = _explain_joined(value)
    elif re.match(r" *- ", line) and not name:
        why = "an item of a list stands where none can; a list goes below its field, which has no other value"
    elif re.search(r":(\s|$)", value):
        why = f"a value that holds ': ' needs quotes: {_quote(value)}"
    else:
        why = "this line begins too far left or right; begin it exactly below the one that it goes with"
    return why


def _explain_joined(line: str) -> str:
    return f"a space is missing after the colon; write '{line.replace(':', ': ', 1).strip()}'"


def _explain_quotes(value: str, sign: str, error: str) -> str:
    if value.count(sign) == 1:
        return f"the quote before this value never closes; put {sign} at its end"
    if sign == '"' and "escape" in error:
        return f"a backslash within double quotes means something else; use single ones: {_quote(value[1:-1])}"
    # The outer two are meant to be the value's where the others do not come in pairs, or begin one.
    begins = re.match(rf"{sign}[^{sign}]*\s{sign}\S", value)
    inner = value[1:-1] if value.endswith(sign) and (value.count(sign) % 2 or begins) else value
    return f"the value goes on after its second quote; put the whole in quotes: {_quote(inner)}"


def _quote(text: str) -> str:
    """Return a text in the quotes that fit it, as YAML reads them, in place of those of a word processor."""
    text = without_quotes(text) if text[:1] not in {'"', "'"} else text
    if '"' in text or "\\" in text:
        return "'" + text.replace("'", "''") + "'"
    return f'"{text}"'
