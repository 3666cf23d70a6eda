"""A table that is changed cell by cell: whatever is not changed keeps its bytes."""

from __future__ import annotations

import re
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from campaign.content.text import is_blank
from campaign.reading.table import column_name, find_separator

_CODECS = {BOM_UTF8: "utf-8", BOM_UTF16_LE: "utf-16-le", BOM_UTF16_BE: "utf-16-be"}
# What a spreadsheet program takes for the beginning of a formula, unless it begins a number.
_FORMULA = re.compile(r"[=@]|[+-](?![0-9]*\.?[0-9]+\Z)")


@dataclass
class _Row:
    """A row: its cells as they are written, quotes included, its line end, and the line where it begins."""

    cells: list[str]
    end: str
    line: int

    @property
    def is_blank(self) -> bool:
        return all(is_blank(cell.strip('"')) for cell in self.cells)


class Sheet:
    """The text of a table that `reading.table` reads without a problem.

    Separator, quotes, line ends, byte order mark, columns and rows stay as they are, but for
    what is set, added or removed; `original` is what it was read from. Raises `UnicodeDecodeError`
    for what is not encoded so.
    """

    def __init__(self, data: bytes) -> None:
        self.original = data
        self._mark = next((mark for mark in _CODECS if data.startswith(mark)), b"")
        self._codec = _CODECS.get(self._mark, "utf-8")
        text = data[len(self._mark) :].decode(self._codec)
        plain = text.replace("\r\n", "\n").replace("\r", "\n").replace("\ufeff", "")
        self._separator, declaration = find_separator(plain)
        self._rows = list(_split(text, self._separator))
        filled = (row for row in self._rows if not row.is_blank)
        if declaration:
            next(filled)
        self._header = next(filled)
        self._columns = [column_name(_value(cell)) for cell in self._header.cells]
        self._by_line = {row.line: row for row in self._rows}
        self._end = next((row.end for row in self._rows if row.end), "\n")
        self._quotes_all = all(cell.startswith('"') for cell in self._header.cells)

    @classmethod
    def new(cls, columns: Iterable[str], original: bytes = b"") -> Sheet:
        """Make a table without rows, in the place of one; Excel knows UTF-8 by the byte order mark only."""
        made = cls(BOM_UTF8 + f"{','.join(columns)}\n".encode())
        made.original = original
        return made

    def encode(self) -> bytes:
        """Return the table as it is now."""
        text = "".join(self._separator.join(row.cells) + row.end for row in self._rows)
        return self._mark + text.encode(self._codec)

    def set(self, line: int, cells: Mapping[str, str]) -> None:
        """Write some cells of the row that began in this line when the table was read."""
        row = self._by_line[line]
        for name, value in cells.items():
            position = self._position(name)
            row.cells += [""] * (position + 1 - len(row.cells))
            row.cells[position] = self._write(value)

    def add(self, cells: Mapping[str, str]) -> None:
        """Write a row below the others."""
        positions = {self._position(name): self._write(cell) for name, cell in cells.items()}
        numbers = range(len(self._rows) - 1, -1, -1)
        last = next(number for number in numbers if not self._rows[number].is_blank)
        self._rows[last].end = self._rows[last].end or self._end
        written = [positions.get(number, "") for number in range(len(self._header.cells))]
        self._rows.insert(last + 1, _Row(written, self._end, 0))

    def remove(self, line: int) -> None:
        """Take out the row that began in this line when the table was read."""
        self._rows.remove(self._by_line.pop(line))

    def _position(self, name: str) -> int:
        """Return the place of a column, which is added to every row where there is none yet."""
        if name not in self._columns:
            self._columns.append(name)
            self._header.cells.append(self._write(name))
            for row in self._rows:
                if len(row.cells) < len(self._columns) and not row.is_blank:
                    row.cells.append("")
        return self._columns.index(name)

    def _write(self, value: str) -> str:
        # A space, which reading takes off again, keeps a text from being run as a formula.
        text = f" {value}" if _FORMULA.match(value) else value
        if (self._quotes_all and text) or re.search(rf'["\r\n{re.escape(self._separator)}]', text):
            text = text.replace('"', '""')
            return f'"{text}"'
        return text


def _split(text: str, separator: str) -> Iterator[_Row]:
    """Yield the rows of a table (RFC 4180, section 2, with line ends of every system)."""
    sign = re.escape(separator)
    cell = re.compile(rf'(\ufeff*"(?:[^"]|"")*"\ufeff*|[^{sign}\r\n]*)({sign}|\r\n|\r|\n|\Z)')
    cells: list[str] = []
    start = line = 1
    position = 0
    while position < len(text) or cells:
        found = cell.match(text, position)
        if not found:
            message = "a quoted cell does not end"
            raise ValueError(message)
        position = found.end()
        cells.append(found[1])
        if found[2] != separator:
            line += len(re.findall("\r\n|\r|\n", "".join([*cells, found[2]])))
            yield _Row(cells, found[2], start)
            cells, start = [], line
            if not found[2]:
                return


def _value(cell: str) -> str:
    bare = cell.replace("\ufeff", "")
    return bare[1:-1].replace('""', '"') if bare.startswith('"') else bare
