"""The rows of the events' table, before they are events of the model."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any, NamedTuple

from campaign.dates import Orders, in_iso_form, proven_orders
from campaign.digests import digest
from campaign.fields import LONGEST_NAME, parse_timezone, slugify
from campaign.markdown import Body, render
from campaign.model import Event
from campaign.parts import describe
from campaign.problems import Origin, Problem
from campaign.reading import table
from campaign.reading.validation import build
from campaign.timezones import rules

DAYS = ("date", "end_date", "updated")
# So many rows are read, and kept for the next reading, together.
_BLOCK = 64
#: What it takes to read them, in tenths of a millisecond.
BLOCK_COST = 16


class EventRow(NamedTuple):
    """A row: where it begins, its filled cells with days in ISO form, and its id, written or made."""

    origin: Origin
    cells: dict[str, str]
    id: str

    @property
    def fields(self) -> dict[str, str]:
        """The cells that are fields of an event, its id among them."""
        cells = self.cells | {"id": self.id}
        cells.pop(Event.BODY_COLUMN, None)
        return cells

    @property
    def text(self) -> str:
        """The event's description, in Markdown."""
        return self.cells.get(Event.BODY_COLUMN, "")


@dataclass
class EventTable:
    """The table as it is written, and how its rows are to be understood.

    `unknown` are columns that are passed over, `orders` those of the numbers of its days; `known`
    are the fields that its columns' problems tell of already.
    """

    path: str
    rows: list[table.Row] = field(default_factory=list)
    unknown: frozenset[str] = frozenset()
    orders: Orders = field(default_factory=dict)
    known: frozenset[str] = frozenset()
    whole: bool = True
    problems: list[Problem] = field(default_factory=list)

    @property
    def event_rows(self) -> list[EventRow]:
        """The rows as those of events."""
        return list(map(self.understood, self.rows))

    def understood(self, row: table.Row) -> EventRow:
        """Give a row as that of an event."""
        cells = {name: cell for name, cell in row.cells.items() if name not in self.unknown}
        for name in DAYS:
            if name in cells:
                cells[name] = in_iso_form(cells[name], self.orders)
        return EventRow(Origin(self.path, row.line), cells, cells.get("id") or made_id(cells))


class ReadRow(NamedTuple):
    """What came of a row: an event or what stands in its way, its description, and its page's address.

    The address of what cannot be read is the one that it would have.
    """

    origin: Origin
    event: Event | None
    body: Body
    address: str
    problems: list[Problem]


class Block(NamedTuple):
    """Neighbouring rows of a table, with all that they are understood by; `zone` is the campaign's."""

    table: EventTable
    zone: str
    rows: Sequence[table.Row]

    def digest(self) -> bytes:
        """Give the digest of all of this."""
        by = self.table
        understood = by.path, sorted(by.unknown), sorted(by.orders.items()), sorted(by.known)
        zones = {self.zone, *(row.cells.get("timezone", self.zone) for row in self.rows)}
        known = self.zone, [(zone, _rules(zone)) for zone in sorted(zones)]
        return digest((repr(understood), known, [tuple(row) for row in self.rows]))


@cache
def columns() -> table.Columns:
    """Give the columns that the events' table may have."""
    return table.Columns(
        [name for name in Event.field_names() if name != "aliases"] + [Event.BODY_COLUMN],
        Event.ALSO_CALLED,
        {name: describe(Event, name) for name in Event.required_names()},
    )


def read_table(text: str, path: str) -> EventTable:
    """Read the table of events.

    A day that its numbers leave open, `6/7/2018`, is read in the order that other days of the
    table prove, `6/30/2018`; where they prove none it stays as it is, and is refused as a field.
    """
    found = table.parse(text, path, columns())
    known = {*found.unknown, *filter(None, map(columns().nearest, found.unknown))}
    days = (row.cells[name] for row in found.rows for name in DAYS if name in row.cells)
    return EventTable(
        path,
        found.rows,
        frozenset(found.unknown),
        proven_orders(days),
        frozenset(known),
        found.whole,
        found.problems,
    )


def blocks(written: EventTable, zone: str, rows: Sequence[table.Row]) -> Iterator[Block]:
    """Yield some rows of a table in blocks; `zone` is that of events which name none."""
    for start in range(0, len(rows), _BLOCK):
        yield Block(written, zone, rows[start : start + _BLOCK])


def read_block(block: Block) -> list[ReadRow]:
    """Read the events of some rows."""
    return [_read(block.table.understood(row), block) for row in block.rows]


@cache
def _rules(zone: str) -> bytes:
    """Give the digest of a time zone's rules by its name, or nothing where there is no such zone."""
    try:
        return rules(parse_timezone(zone))
    except ValueError:
        return b""


def _read(row: EventRow, block: Block) -> ReadRow:
    body = render(row.text)
    data = {"timezone": block.zone} | row.fields
    event, problems = build(Event, data, row.origin, {"body": body}, block.table.known)
    problems += [row.origin.problem(Event.BODY_COLUMN, message) for _, message in body.mistakes]
    if event:
        event.digest  # noqa: B018 (every build asks for it, and it is kept with the event)
    address = event.path if event else Event.ADDRESS.format(row.id)
    return ReadRow(row.origin, event, body, address, problems)


def made_id(data: Mapping[str, Any]) -> str:
    """Make a lasting name of date, title and city; a city that ends the title is not said twice."""
    day, title, city = (
        slugify(in_iso_form(value) if name == "date" else value)
        if isinstance(value := data.get(name), str)
        else ""
        for name in ("date", "title", "city")
    )
    if city and (title == city or title.endswith(f"-{city}")):
        city = ""
    whole = "-".join(filter(None, (day, title, city)))
    return whole if len(whole) <= LONGEST_NAME else whole[: LONGEST_NAME + 1].rpartition("-")[0]
