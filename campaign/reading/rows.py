"""Rows of the events' table: what comes of them is kept for the next reading."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from campaign.content.zones import rules
from campaign.reading.events import EventTable
from campaign.reading.kept import Kept
from campaign.reading.table import Row
from campaign.reading.taking import Taken, take_row
from campaign.support.cache import digest

# So many rows are read in a millisecond or two.
_BLOCK = 64


def read_rows(table: EventTable, rows: Sequence[Row], zone: str, kept: Kept) -> Iterator[Taken]:
    """Read some rows of a table, in their order; `zone` is that of events which name none."""
    understood = sorted(table.unknown), sorted(table.orders.items()), sorted(table.known)
    common = digest((table.path, repr(understood), zone, rules(zone)))
    sources = (_Source(table, common, zone, row) for row in rows)
    return kept.read(sources, _read, length=_BLOCK)


class _Source(NamedTuple):
    """A row with all that it is understood by; `common` is the digest of what that is for every row of the table."""

    table: EventTable
    common: bytes
    zone: str
    row: Row

    def digest(self) -> bytes:
        """Give the digest of all of this."""
        line, cells = self.row
        return digest((self.common, rules(cells.get("timezone", self.zone)), line, cells))


def _read(source: _Source) -> Taken:
    table, _, zone, row = source
    return take_row(table.understood(row), zone, table.known)
