"""The rows of the events' table, before they are events of the model."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any, NamedTuple

from campaign.content.dates import in_iso_form
from campaign.content.fields import LONGEST_NAME
from campaign.content.model import Event
from campaign.content.problems import Origin
from campaign.content.schema import describe
from campaign.content.text import slugify
from campaign.reading import table
from campaign.reading.table import Row, Table

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


@cache
def columns() -> table.Columns:
    """Return the columns that the events' table may have."""
    return table.Columns(
        [name for name in Event.field_names() if name != "aliases"] + [Event.BODY_COLUMN],
        Event.ALSO_CALLED,
        {name: describe(Event, name) for name in Event.required_names()},
        DAYS,
    )


def read_table(text: str, path: str) -> Table:
    """Read the table of events."""
    return table.parse(text, path, columns())


def event_row(found: Table, row: Row) -> EventRow:
    """Return a row of the table as that of an event, without the cells of columns that are unknown.

    A day that its numbers leave open, `6/7/2018`, is read in the order that other days of the
    table prove, `6/30/2018`; where they prove none it stays as it is, and is refused as a field.
    """
    cells = {name: cell for name, cell in row.cells.items() if name not in found.unknown}
    for name in DAYS:
        if name in cells:
            cells[name] = in_iso_form(cells[name], found.orders)
    return EventRow(Origin(found.path, row.line), cells, cells.get("id") or generate_id(cells))


def generate_id(data: Mapping[str, Any]) -> str:
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
