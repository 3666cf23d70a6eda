"""Rows of the events' table, read in blocks: what comes of a block is kept for the next reading."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain
from typing import NamedTuple

from campaign.digests import digest
from campaign.reading.events import EventTable
from campaign.reading.kept import Kept
from campaign.reading.table import Row
from campaign.reading.taking import Taken, take_row
from campaign.timezones import rules

# So many rows are read together, and what that takes, in tenths of a millisecond.
_LENGTH, _COST = 64, 16


def read_rows(table: EventTable, rows: Sequence[Row], zone: str, kept: Kept) -> Iterator[Taken]:
    """Read some rows of a table, in their order; `zone` is that of events which name none."""
    blocks = (
        _Block(table, zone, rows[start : start + _LENGTH]) for start in range(0, len(rows), _LENGTH)
    )
    return chain.from_iterable(kept.read(blocks, _read, cost=_COST))


class _Block(NamedTuple):
    """Neighbouring rows of a table, with all that they are understood by."""

    table: EventTable
    zone: str
    rows: Sequence[Row]

    def digest(self) -> bytes:
        """Give the digest of all of this."""
        by = self.table
        understood = by.path, sorted(by.unknown), sorted(by.orders.items()), sorted(by.known)
        zones = {self.zone, *(row.cells.get("timezone", self.zone) for row in self.rows)}
        known = self.zone, [(zone, rules(zone)) for zone in sorted(zones)]
        return digest((repr(understood), known, [tuple(row) for row in self.rows]))


def _read(block: _Block) -> list[Taken]:
    table, zone, rows = block
    return [take_row(table.understood(row), zone, table.known) for row in rows]
