"""The rows of the events' table, before they are events of the model."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any, NamedTuple

from campaign.content.dates import Orders, in_iso_form, proven_orders
from campaign.content.fields import LONGEST_NAME
from campaign.content.model import Event
from campaign.content.problems import Origin, Problem
from campaign.content.schema import describe
from campaign.content.text import slugify
from campaign.reading import table

DAYS = ("date", "end_date", "updated")


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
    #: Whether a row names its columns; where no cell is filled, none does.
    is_headed: bool = False

    @property
    def event_rows(self) -> list[EventRow]:
        """The rows as those of events."""
        return list(map(self.understood, self.rows))

    def understood(self, row: table.Row) -> EventRow:
        """Return a row as that of an event."""
        cells = {name: cell for name, cell in row.cells.items() if name not in self.unknown}
        for name in DAYS:
            if name in cells:
                cells[name] = in_iso_form(cells[name], self.orders)
        return EventRow(Origin(self.path, row.line), cells, cells.get("id") or made_id(cells))


@cache
def columns() -> table.Columns:
    """Return the columns that the events' table may have."""
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
        bool(found.columns),
    )


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
