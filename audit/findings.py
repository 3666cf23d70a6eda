"""Findings of the audit, and the table that it prints."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Finding:
    """One thing that is wrong on one page (or in one file), in a sentence."""

    page: str
    message: str

    def __str__(self) -> str:
        return f"{self.page}: {self.message}"


@dataclass(frozen=True)
class Result:
    """The findings of one check, on how many pages, in how many seconds."""

    name: str
    pages: int
    findings: tuple[Finding, ...]
    seconds: float


def summary(results: Sequence[Result]) -> str:
    """Return one row a check: its name, its pages, its findings, its seconds."""
    rows = [("check", "pages", "findings", "seconds")]
    rows += [
        (result.name, str(result.pages), str(len(result.findings)), f"{result.seconds:.1f}")
        for result in results
    ]
    return table(rows)


def table(rows: Sequence[Sequence[str]]) -> str:
    """Set rows in columns: the first flush left, the others flush right, a rule below the head."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = [_row(row, widths) for row in rows]
    lines.insert(1, "-" * len(lines[0]))
    return "\n".join(lines)


def _row(cells: Iterable[str], widths: Sequence[int]) -> str:
    first, *rest = zip(cells, widths, strict=True)
    return "  ".join([first[0].ljust(first[1]), *(cell.rjust(width) for cell, width in rest)])
