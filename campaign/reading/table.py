"""A table: the rows of a CSV file, each with its line."""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from io import StringIO

from campaign.problems import Problem, nearest


@dataclass(frozen=True)
class Row:
    """One row: its filled cells by column, and the line where it begins."""

    line: int
    cells: dict[str, str]


@dataclass
class Table:
    """The rows of a table, the columns that it has, and what is wrong with it.

    `first_line` is where the columns are named; `unknown` are those of them that it should not
    have, or has twice. `whole` is false where a row could not be read.
    """

    first_line: int = 1
    columns: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    whole: bool = True
    problems: list[Problem] = field(default_factory=list)


def parse(text: str, path: str, columns: Sequence[str]) -> Table:
    """Read a table whose first row names its columns, in any order.

    `columns` are the names that it may have. Cells are separated by commas, semicolons or tabs,
    whichever the first row has most of. Source: RFC 4180.
    """
    reading = _Reading(path, columns)
    if not text.strip():
        reading.problem(
            1, f"the table is empty; its first row names the columns: {', '.join(columns)}"
        )
        return reading.table
    first = next(line for line in text.split("\n") if line.strip())
    reading.separator = max(",;\t", key=first.count)
    cells = csv.reader(StringIO(text, newline=""), delimiter=reading.separator, strict=True)
    line = 1
    try:
        for row in cells:
            if any(cell.strip() for cell in row):
                reading.take(row, line)
            line = cells.line_num + 1
    except csv.Error:
        message = 'the quotes of this row do not fit; a cell that holds quotes is written so: "the ""big"" rally"'
        reading.problem(line, message)
    return reading.table


class _Reading:
    """Takes the rows of one table, the first of which names the columns."""

    separator = ","

    def __init__(self, path: str, known: Sequence[str]) -> None:
        self.table = Table()
        self._path = path
        self._known = known

    def take(self, cells: list[str], line: int) -> None:
        """Take one row that is not empty."""
        if self.table.columns:
            self._take_row(cells, line)
        else:
            self._take_header(cells, line)

    def problem(self, line: int, message: str, column: str = "") -> None:
        """Report what is wrong with a row, or with the name of a column."""
        self.table.problems.append(Problem(self._path, line, column, message))
        self.table.whole = self.table.whole and bool(column)

    @property
    def _sign(self) -> str:
        return "a tab" if self.separator == "\t" else f"'{self.separator}'"

    def _take_header(self, cells: list[str], line: int) -> None:
        names = [re.sub(r"\s+", "_", cell.strip().lower()) for cell in cells]
        for position, name in enumerate(names):
            if not name:
                continue
            if name in names[:position]:
                self.problem(line, "this column stands twice; keep one of them", name)
            elif name not in self._known:
                hint = nearest(name, self._known) or f"; the columns are {', '.join(self._known)}"
                self.problem(line, f"unknown column{hint}", name)
            else:
                continue
            self.table.unknown.append(name)
        self.table.first_line = line
        self.table.columns = names

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
            name: cell.strip() for name, cell in zip(names, cells, strict=True) if cell.strip()
        }
        nameless = filled.pop("", "")
        if nameless and "" not in self.table.unknown:
            self.table.unknown.append("")
            message = f"'{nameless}' stands in a column without a name; name it in the first row"
            self.problem(line, message)
        self.table.rows.append(Row(line, filled))
