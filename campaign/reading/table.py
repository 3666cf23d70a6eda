"""A table: the rows of a CSV file, each with its line."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from io import StringIO
from typing import NamedTuple

from campaign.content.dates import Orders, proven_orders
from campaign.content.problems import Problem, nearest, nearest_name, shorten
from campaign.content.text import is_blank, without_unseen

# A cell may be as long as an editor likes: else the module stops at 128 KiB.
csv.field_size_limit(2**31 - 1)
# A title above the names of the columns is no longer than so many rows.
_FEW = 10
# Each name of a column is compared with all that are known.
_MOST_COLUMNS = 500


class Row(NamedTuple):
    """One row: its filled cells by column, and the line where it begins."""

    line: int
    cells: dict[str, str]


@dataclass
class Table:
    """The rows of a table, the columns that it has, and what is wrong with it.

    `path` is how problems name it, and `known` are the columns that it may have; `unknown` are
    those that it should not have, or has twice. `whole` is false where a row could not be read.
    """

    path: str
    known: Columns
    columns: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    whole: bool = True
    problems: list[Problem] = field(default_factory=list)

    @property
    def is_headed(self) -> bool:
        """Whether a row names its columns; where no cell is filled, none does."""
        return bool(self.columns)

    @cached_property
    def reported(self) -> frozenset[str]:
        """The columns that problems tell of already: those that are unknown, and what they were meant for."""
        return frozenset({*self.unknown, *filter(None, map(self.known.nearest, self.unknown))})

    @cached_property
    def orders(self) -> Orders:
        """The orders of the numbers of its days that these prove."""
        return proven_orders(
            row.cells[name] for row in self.rows for name in self.known.days if name in row.cells
        )


@dataclass(frozen=True)
class Columns:
    """The columns that a table may have.

    `also` are other words for some of them, `needed` is what to write in those that it needs, and
    `days` are those that hold days.
    """

    names: Sequence[str]
    also: Mapping[str, str] = field(default_factory=dict)
    needed: Mapping[str, str] = field(default_factory=dict)
    days: Sequence[str] = ()

    def are_named(self, cells: Sequence[str]) -> bool:
        """Whether a row names columns: two cells of it at least are names of some."""
        known = {*self.names, *self.also}
        return sum(column_name(cell) in known for cell in cells) > 1

    def nearest(self, name: str) -> str | None:
        """Return the column that a name was meant for, or None where it is like none."""
        return nearest_name(name, self.names, also=self.also)


def parse(text: str, path: str, columns: Columns) -> Table:
    """Read a table whose first row names its columns, in any order.

    Cells are separated by commas, semicolons, tabs or bars, whichever the first row has most of, or
    by what a line such as `sep=;` above it says, as Excel writes. No row is read where a column
    that is needed is not there. Source: RFC 4180.
    """
    reading = _Reading(path, columns)
    if is_blank(text):
        reading.problem(
            1, f"the table is empty; its first row names the columns: {', '.join(columns.names)}"
        )
        return reading.table
    reading.separator, declaration = find_separator(text)
    text = text.replace(declaration, "", 1)
    cells = csv.reader(StringIO(text, newline=""), delimiter=reading.separator, strict=True)
    line = 1
    try:
        for row in cells:
            if not all(map(is_blank, row)) and not reading.take(row, line):
                reading.point_to_names(text.split("\n")[line : line + _FEW])
                break
            line = cells.line_num + 1
    except csv.Error:
        message = 'the quotes of this row do not fit; a cell that holds quotes is written so: "the ""big"" rally"'
        reading.problem(line, message)
    return reading.table


def column_name(cell: str) -> str:
    """Return a column's name as fields are called: small letters, words joined by `_`."""
    return re.sub(r"\s+", "_", without_unseen(cell).strip().lower())


def find_separator(text: str) -> tuple[str, str]:
    """Return what separates the cells of a table, and the line above it that says so, if there is one."""
    first = next((line for line in text.split("\n") if line.strip()), "")
    if declaration := re.fullmatch(r"sep=(.)\s*", first):
        return declaration[1], first
    return max(",;\t|", key=first.count), ""


def _cells(line: str) -> list[str]:
    """Return the cells of a line that stands alone, by what it has most of."""
    separator, _ = find_separator(line)
    return next(csv.reader([line], delimiter=separator), [])


class _Reading:
    """A reader of the rows of one table, the first of which names the columns."""

    separator = ","
    # The line of a row above all others that names no column.
    nameless = 0

    def __init__(self, path: str, known: Columns) -> None:
        self.table = Table(path, known)
        self._path = path
        self._known = known
        self._listed = ", ".join(known.names)

    def take(self, cells: list[str], line: int) -> bool:
        """Take one row that is not empty, and return whether the rows below it can be read."""
        if self.table.columns:
            self._take_row(cells, line)
            return True
        names = [column_name(cell) for cell in cells]
        if len(named := set(names) - {""}) > _MOST_COLUMNS:
            remedy = "take out those that are none of the table's"
            self.problem(line, f"this row names {len(named)} columns; {remedy}")
            return False
        if not any(map(self._known.nearest, named)):
            self.nameless = line
            return False
        self._take_header(names, cells, line)
        return self._has_what_is_needed(line)

    def point_to_names(self, below: Iterable[str]) -> None:
        """Report a first row that names no column: a title stands in it, or no row has the names."""
        if not self.nameless:
            return
        # The title tells neither what separates the cells below it nor whether their quotes fit.
        if any(self._known.are_named(_cells(line)) for line in below):
            remedy = "delete all rows above the one with the names of the columns"
        else:
            remedy = f"write a row above it with the names of the columns: {self._listed}"
        self.problem(self.nameless, f"this row names no column; {remedy}")

    def problem(self, line: int, message: str, column: str = "") -> None:
        """Report what is wrong with a row, or with the name of a column."""
        self.table.problems.append(Problem(message, self._path, line, field=column))
        self.table.whole = self.table.whole and bool(column)

    @property
    def _sign(self) -> str:
        return "a tab" if self.separator == "\t" else f"'{self.separator}'"

    def _take_header(self, names: list[str], cells: list[str], line: int) -> None:
        for position, name in enumerate(names):
            if not name:
                continue
            typed = shorten(cells[position])
            if names.index(name) < position:
                self.problem(line, "this column is there twice; remove one", typed)
            elif name not in self._known.names:
                hint = nearest(name, self._known.names, self._known.also)
                hint = hint or f"; the columns are {self._listed}"
                self.problem(line, f"unknown column{hint}", typed)
            else:
                continue
            self.table.unknown.append(name)
        self.table.columns = names

    def _has_what_is_needed(self, line: int) -> bool:
        """Report the columns that are missing, and return whether those that are needed are there."""
        lost = [name for name in self._known.needed if name not in self.table.columns]
        meant = set(map(self._known.nearest, self.table.unknown))
        for name in lost:
            if name not in meant:
                what = self._known.needed[name]
                self.problem(line, f"this column is missing; write {what}", name)
        self.table.whole = self.table.whole and not lost
        return not lost

    def _take_row(self, cells: list[str], line: int) -> None:
        names = self.table.columns
        if len(cells) < len(names):
            remedy = f"write {self._sign} for each empty cell too"
            self.problem(line, f"this row has {len(cells)} of {len(names)} cells; {remedy}")
            return
        if len(cells) > len(names):
            remedy = (
                f"put a cell that holds {self._sign} in quotes, or take out empty cells at its end"
            )
            self.problem(
                line, f"this row has {len(cells)} cells for {len(names)} columns; {remedy}"
            )
            return
        filled = {
            name: text
            for name, cell in zip(names, cells, strict=True)
            # Only other letters than those of ASCII can be there and show nothing.
            if (text := cell.strip()) and (text.isascii() or not is_blank(text))
        }
        nameless = filled.pop("", "")
        if nameless and "" not in self.table.unknown:
            self.table.unknown.append("")
            message = f"'{nameless}' stands in a column without a name; name it in the first row"
            self.problem(line, message)
        self.table.rows.append(Row(line, filled))
