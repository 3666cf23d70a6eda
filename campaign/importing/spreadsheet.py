"""Reads a table from elsewhere: its columns under the names that people give them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from campaign.content.dates import (
    Orders,
    in_iso_form,
    is_like_day,
    proven_orders,
    split_moment,
    split_range,
)
from campaign.content.fields import parse_moment
from campaign.content.model import Event
from campaign.content.schema import describe
from campaign.importing.places import is_web_link, split_location
from campaign.importing.source import (
    MEETING,
    PLACE,
    Context,
    Incoming,
    Source,
    lasting_id,
    normalize,
)
from campaign.importing.texts import as_markdown
from campaign.reading import table
from campaign.reading.events import DAYS, columns
from campaign.reading.text import decode

# What holds several facts, and is taken apart.
_WHERE, _WHEN = "location", "time"
# These count our own changes.
_OWN = frozenset({"sequence", "updated", "id"})


def read(data: bytes, context: Context) -> Source:
    """Read a table whose first row names its columns, in any order and in many words."""
    source = Source(context.path, frozenset())
    text, source.problems = decode(data, context.path)
    if source.problems:
        return source
    known = [*columns().names, _WHERE, _WHEN]
    found = table.parse(text, context.path, table.Columns(known, Event.ALSO_CALLED))
    # A column that is not known is no mistake: it is not taken over.
    source.problems = [it for it in found.problems if not it.field]
    names = _columns(found, source)
    if not source.problems:
        _miss_columns(set(names.values()), source)
    if not source.problems:
        _Rows(found, names, source).read()
        filled = {name for event in source.events.values() for name in event.cells}
        source.columns = frozenset(filled | _filled_columns(set(names.values())))
    return source


def _columns(found: table.Table, source: Source) -> dict[str, str]:
    """Return our columns by those of the source, and tell of those that are not taken over or are two for one."""
    names: dict[str, str] = {}
    known = {*columns().names, _WHERE, _WHEN}
    for name in filter(None, found.columns):
        meant = name if name in known else Event.ALSO_CALLED.get(name)
        if not meant:
            source.skip("columns that are none of an event's", f"'{name}'")
        elif meant in names.values():
            message = (
                f"this column and another are both the {meant} of the event; take one of them out"
            )
            source.problem(1, name, message)
        else:
            names[name] = meant
    return names


def _miss_columns(names: set[str], source: Source) -> None:
    """Report the columns that are missing; rows with ids may be of events that are known already."""
    missing = set() if "id" in names else set(Event.required_names()) - names
    if names & {"start", _WHEN}:
        missing.discard("date")  # which may stand before the time
    for name in sorted(missing):
        remedy = f"give its name to the one that holds {describe(Event, name)}"
        source.problem(1, name, f"this column is missing; {remedy}")


def _filled_columns(names: set[str]) -> set[str]:
    """Return the columns that a source fills from those that it has."""
    filled = names - {_WHERE, _WHEN}
    if _WHERE in names:
        filled |= PLACE
    if _WHEN in names:
        filled |= {"start", "end"}
    if "region" in filled:
        filled.add("country")
    if "end" in filled:
        filled.add("end_date")
    return filled - _OWN


@dataclass
class _Rows:
    """A reader of the rows of a table whose columns are known."""

    found: table.Table
    names: Mapping[str, str]
    source: Source

    def read(self) -> None:
        rows = [
            (
                row.line,
                {self.names[name]: cell for name, cell in row.cells.items() if name in self.names},
            )
            for row in self.found.rows
        ]
        orders = proven_orders(
            split_moment(cells[name])[0]
            for _, cells in rows
            for name in (*DAYS, "start", "end", _WHEN)
            if name in cells
        )
        for line, cells in rows:
            raw = _facts(cells, orders)
            facts = normalize(raw)
            name = lasting_id(cells.get("id", ""), facts)
            if not name:
                self.source.problem(line, "", "this row names no event; write its title and date")
                continue
            updated = in_iso_form(cells.get("updated", ""), orders)
            event = Incoming(name, facts, line, _moment(updated), _count(cells))
            if is_web_link(cells.get(_WHERE, "")):
                self.source.skip(MEETING, f"line {line}")
            self.source.add(event, raw)


def _facts(cells: dict[str, str], orders: Orders) -> dict[str, str]:
    """Return a row's cells with what stands in one of them for several in their own."""
    facts = {name: cell for name, cell in cells.items() if name not in {*_OWN, _WHERE, _WHEN}}
    if _WHEN in cells:
        facts["start"] = facts.get("start") or cells[_WHEN]
    _split_times(facts, orders)
    if _WHERE in cells:
        split = split_location(cells[_WHERE])
        facts = split | facts
    # Like a row of our own table, a text is Markdown already, unless it is HTML.
    if "</" in facts.get("description", ""):
        facts["description"] = as_markdown(facts["description"])
    return facts


def _split_times(facts: dict[str, str], orders: Orders) -> None:
    """Return each day and time a cell of its own; a last day that is the first says nothing."""
    moments = {name: split_moment(facts.get(name, "")) for name in ("date", "start", "end")}
    day, clock = moments["date"]
    if clock:
        facts["date"] = day
        facts["start"] = facts.get("start") or clock
    for name, target in (("start", "date"), ("end", "end_date")):
        day, clock = moments[name]
        if clock:
            facts[name] = clock
            facts[target] = facts.get(target) or day
        elif is_like_day(day):
            facts[name], facts[target] = "", facts.get(target) or day
    first, second = split_range(facts.get("start", ""))
    if second and not facts.get("end"):
        facts["start"], facts["end"] = first, second
    for name in ("date", "end_date"):
        facts[name] = in_iso_form(facts.get(name, ""), orders)
    if facts["end_date"] == facts["date"]:
        facts["end_date"] = ""


def _moment(text: str) -> datetime | None:
    try:
        return parse_moment(text) if text else None
    except ValueError:
        return None


def _count(cells: Mapping[str, str]) -> int:
    text = cells.get("sequence", "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 0  # noqa: PLR2004 (as the field)
