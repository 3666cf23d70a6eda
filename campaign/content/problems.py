"""Problems of a site's files: values that are collected and shown together, never raised."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any, Literal, NamedTuple

_MANY = 1000
_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
# Other control characters than the line feed and the tab, which text of our own has.
_FOREIGN_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029]")
# What GitHub Actions takes for a command: at the beginning of a line, or of the older kind, anywhere.
_COMMAND = re.compile(r"^([^\S\n]*):(?=:)|##(?=\[)", re.MULTILINE)

Severity = Literal["error", "notice"]


@dataclass(frozen=True)
class Problem:
    """One mistake in one place, in a sentence that says how to mend it.

    `path` is as the editor would type it, from the project's root, and `line` counts from 1; the
    empty text and 0 stand for a place that is not known yet. `field` is empty where the mistake is
    not in one field. An error keeps the site from being built; a notice is only shown.
    """

    message: str
    path: str = ""
    line: int = 0
    field: str = ""
    severity: Severity = "error"

    def __lt__(self, other: Problem) -> bool:
        """Whether it comes before another in a list: by file, line and field."""
        return self._place < other._place

    @property
    def _place(self) -> tuple[str, int, str, str]:
        return self.path, self.line, self.field, self.message

    @property
    def is_error(self) -> bool:
        """Whether the site cannot be built because of it."""
        return self.severity == "error"

    def at(self, path: str, line: int = 1) -> Problem:
        """Return the problem in a file, at a line where its own is not known yet."""
        return replace(self, path=path, line=self.line or line)

    def within(self, field: str) -> Problem:
        """Return the problem of a text as one of the field that it is, whose line alone is known."""
        return replace(self, field=field, line=0)

    def below(self, lines: int) -> Problem:
        """Return the problem so many lines further down, as that of a text which begins there."""
        return replace(self, line=self.line + lines)

    def __str__(self) -> str:
        field = f"{self.field}: " if self.field else ""
        return in_one_line(f"{self.path}:{self.line}: {field}{self.message}")

    def annotation(self) -> str:
        """Return the problem as a GitHub Actions workflow command, which marks the line in a diff.

        Source: GitHub's "Workflow commands", sections "Setting an error message" and "Setting a
        notice message".
        """
        where = f"file={_escape_property(self.path)},line={self.line}"
        text = f"{self.field}: {self.message}" if self.field else self.message
        return f"::{self.severity} {where}::{_escape_data(text)}"


_NONE: dict[str, Any] = {}


class Origin(NamedTuple):
    """Where an object of the model was read: its file and the line of each of its fields.

    `elsewhere` are the origins of those fields that stand in another file.
    """

    path: str
    line: int = 1
    lines: Mapping[str, int] = _NONE
    elsewhere: Mapping[str, Origin] = _NONE

    def locate(self, problem: Problem) -> Problem:
        """Return a problem of the object with its path, and where that is not known yet, the line of its field.

        A nested field (`share.networks`) falls back to its parent's.
        """
        known = problem.field
        while "." in known and known not in self.lines and known not in self.elsewhere:
            known = known.rpartition(".")[0]
        if known in self.elsewhere:
            return self.elsewhere[known].locate(problem)
        return problem.at(self.path, self.lines.get(known, self.line))

    def problem(self, field: str, message: str) -> Problem:
        """Return a problem of one of the object's fields."""
        return self.locate(Problem(message, field=field))

    def notice(self, field: str, message: str) -> Problem:
        """Return a notice on one of the object's fields."""
        return self.locate(Problem(message, field=field, severity="notice"))


def has_errors(problems: Iterable[Problem]) -> bool:
    """Whether any of some problems keeps the site from being built."""
    return any(problem.is_error for problem in problems)


def in_one_line(text: str) -> str:
    """Return a text with a space in place of line ends and other control characters."""
    return _CONTROLS.sub(" ", text)


def printable(text: str) -> str:
    """Return lines as they can be printed whatever is in them of what others wrote.

    Nothing in them moves a terminal's cursor, and GitHub Actions, which obeys commands in what a
    program prints, finds none. Source: actions/runner, `ActionCommand.cs`.
    """
    text = _FOREIGN_CONTROLS.sub("\ufffd", text)
    return _COMMAND.sub(lambda found: f"{found[0]} ", text)


def shorten(text: str, most: int = 80) -> str:
    """Return a text as a sentence shows it: on one line, and cut where it has more characters than `most`."""
    line = " ".join(text.split())
    return line if len(line) <= most else line[: most - 1] + "…"


def nearest_name(
    word: str,
    known: Iterable[str],
    likeness: float = 0.6,
    also: Mapping[str, str] = MappingProxyType({}),
) -> str | None:
    """Return the known word nearest to this one, or None where none is as like it, from 0 to 1.

    `also` are other words for some of the known ones, in small letters. Of very many only the first
    of those that begin alike are compared, which is a matter of time.
    """
    from difflib import get_close_matches  # noqa: PLC0415 (content in order needs none of it)

    by_lower = {name.lower(): name for name in known} | dict(also)
    word = word.lower()
    alike = list(by_lower)
    if len(alike) > _MANY:
        begun = word[: len(word) // 2]
        alike = [name for name in alike if name.startswith(begun)][: _MANY // 10]
    found = get_close_matches(word, alike, n=1, cutoff=likeness)
    return by_lower[found[0]] if found else None


def nearest(word: str, known: Iterable[str], also: Mapping[str, str] = MappingProxyType({})) -> str:
    """Return the end of a sentence that names the known word nearest to this one, or nothing."""
    name = nearest_name(word, known, also=also)
    return f"; did you mean '{name}'?" if name else ""


def _escape_data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _escape_property(text: str) -> str:
    return _escape_data(text).replace(":", "%3A").replace(",", "%2C")
