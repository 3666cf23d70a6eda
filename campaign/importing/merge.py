"""The three-way merge: the table as it is, what a source says now, and what it said at the last import.

A cell that only the source changed follows it. A cell that an editor changed is kept, and told
where the source changed it too. Cells are compared by what they mean, so that a spreadsheet
program may write `6/30/2018` for `2018-06-30`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from campaign.addresses import PATHS
from campaign.content.markdown import render
from campaign.content.model import Event
from campaign.content.problems import Origin, Problem
from campaign.importing.baseline import Baseline, Entry
from campaign.importing.source import Incoming, Source
from campaign.reading.events import EventRow, generate_id
from campaign.reading.parsing import build

#: Gives the coordinates and the zone of an event by its cells, none where they are not known.
FindPlace = Callable[[Mapping[str, str]], Mapping[str, str]]

# What is looked up; cells of one group are filled together or not at all.
_LOOKED_UP = (("latitude", "longitude"), ("timezone",))
# Where one of these changes, what was looked up no longer holds.
_MOVES = frozenset({"city", "region", "postal_code", "country"})


@dataclass(frozen=True)
class Conflict:
    """A cell that an editor and the source changed in different ways: the editor's stays."""

    name: str
    ours: str
    theirs: str


@dataclass
class Change:
    """A change of an event's row: the cells to write, and those that are kept against the source.

    `old` are the cells as they are, empty for a new row.
    """

    id: str
    title: str
    line: int | None = None
    old: Mapping[str, str] = field(default_factory=dict)
    cells: dict[str, str] = field(default_factory=dict)
    conflicts: list[Conflict] = field(default_factory=list)


@dataclass
class Plan:
    """The plan of an import.

    `gone` are rows that came from this source and are no longer in it; `removed` are events of
    it whose rows an editor removed; `baseline` is what it is after the import.
    """

    added: list[Change] = field(default_factory=list)
    changed: list[Change] = field(default_factory=list)
    conflicts: list[Change] = field(default_factory=list)
    gone: list[EventRow] = field(default_factory=list)
    removed: list[Incoming] = field(default_factory=list)
    same: int = 0
    problems: list[Problem] = field(default_factory=list)
    baseline: Baseline = field(default_factory=Baseline)


@dataclass(frozen=True)
class Merging:
    """The settings of a merge beside the table and the source.

    `source` is the source's name in the baseline; `zone` the campaign's; `now` the moment of the
    import; with `overwrite` the source counts more than an editor.
    """

    source: str
    baseline: Baseline
    zone: str
    now: datetime
    find_place: FindPlace
    overwrite: bool = False


def merge(rows: Iterable[EventRow], source: Source, merging: Merging) -> Plan:
    """Compare a source with the table. Nothing of the two is changed."""
    plan = Plan(baseline=merging.baseline.copy())
    by_id: dict[str, EventRow] = {}
    for row in rows:
        by_id.setdefault(row.id, row)
    for incoming in source.events.values():
        existing = by_id.get(incoming.id)
        entry = merging.baseline.entries.get(incoming.id)
        if existing is None and entry and not merging.overwrite:
            plan.removed.append(incoming)
            continue
        columns = source.columns | incoming.cells.keys()
        if entry and entry.cancelled:
            columns |= {"status"}  # it was cancelled for not being told of, which it now is
        change = (
            _change(existing, incoming, entry, columns, merging)
            if existing
            else _add(incoming, merging)
        )
        if not _is_in_order(change, incoming, merging, plan, source.path):
            continue
        _sort_in(change, plan)
        before = entry.cells if entry else {}
        known = {name: cell for name, cell in before.items() if name not in columns}
        plan.baseline.entries[incoming.id] = Entry(merging.source, known | incoming.cells)
    if source.whole:
        plan.gone = list(_gone(by_id, source, merging))
    return plan


def cancel(row: EventRow, plan: Plan, merging: Merging) -> None:
    """Plan to mark an event that is gone as cancelled."""
    cells = {"status": "cancelled", **_counted(row.cells, None, merging.now)}
    plan.changed.append(
        Change(row.id, row.cells.get("title", ""), row.origin.line, row.cells, cells)
    )
    entry = plan.baseline.entries[row.id]
    known = {**entry.cells, "status": "cancelled"}
    plan.baseline.entries[row.id] = replace(entry, cells=known, cancelled=True)


def _add(incoming: Incoming, merging: Merging) -> Change:
    cells = {"id": incoming.id, **incoming.cells}
    cells |= located({}, cells, merging.find_place, merging.zone)
    cells["updated"] = _written(incoming.modified or merging.now)
    if incoming.sequence:
        cells["sequence"] = str(incoming.sequence)
    return Change(incoming.id, cells.get("title", ""), cells=cells)


def _change(
    row: EventRow,
    incoming: Incoming,
    entry: Entry | None,
    columns: Iterable[str],
    merging: Merging,
) -> Change:
    change = Change(row.id, row.cells.get("title", ""), row.origin.line, row.cells)
    for name in sorted(columns):
        ours, theirs = row.cells.get(name, ""), incoming.cells.get(name, "")
        # Of what was never imported, an editor's word stands, and what is empty is filled.
        base = entry.cells.get(name, "") if entry else ""
        if _same(name, ours, theirs):
            continue
        if _same(name, ours, base) or (merging.overwrite and theirs):
            change.cells[name] = theirs
        elif not _same(name, theirs, base):
            change.conflicts.append(Conflict(name, ours, theirs))
    facts_changed = bool(change.cells)
    found = located(row.cells, change.cells, merging.find_place, merging.zone)
    change.cells |= found
    if facts_changed:
        change.cells |= _counted(row.cells, incoming.modified, merging.now)
    elif found:
        change.cells |= revised(row.cells, merging.now, moved="timezone" in found)
    if "id" not in row.cells:
        change.cells["id"] = row.id
    return change


def located(
    old: Mapping[str, str], changes: Mapping[str, str], find_place: FindPlace, zone: str
) -> dict[str, str]:
    """Return what of a place is known and empty, or what of its former place was looked up too.

    A zone is written only where it is not `zone`, the campaign's.
    """

    def find(cells: Mapping[str, str]) -> dict[str, str]:
        found = dict(find_place(cells))
        if found.get("timezone") == zone:
            del found["timezone"]
        return found

    new = {**old, **changes}
    found = find(new)
    before = find(old) if _MOVES & changes.keys() else {}
    cells: dict[str, str] = {}
    for names in _LOOKED_UP:
        if any(changes.get(name) for name in names):
            continue
        stands = any(new.get(name) for name in names)
        was_looked_up = all(
            name in before and _same(name, old.get(name, ""), before[name]) for name in names
        )
        if was_looked_up or not stands:
            cells |= {name: found.get(name, "") for name in names if found or stands}
    return {name: cell for name, cell in cells.items() if cell != new.get(name, "")}


def revised(old: Mapping[str, str], now: datetime, *, moved: bool) -> dict[str, str]:
    """Return the cells by which calendars know that what was looked up is written into a row.

    `moved` tells whether the event's moment changes with it. Then the number of its revision grows,
    as it must with DTSTART (RFC 5546, section 2.1.4). With GEO alone it need not, so that no
    calendar asks people to answer anew; only the time of the revision does (RFC 5545, section 3.8.7.3).
    """
    return _counted(old, None, now) if moved else {"updated": _updated(old, now)}


def _counted(old: Mapping[str, str], modified: datetime | None, now: datetime) -> dict[str, str]:
    """Count a change of an event's facts, as calendars need it (RFC 5545, section 3.8.7.4)."""
    before = _value("sequence", old.get("sequence", ""))
    return {
        "sequence": str(before + 1 if isinstance(before, int) else 1),
        "updated": _updated(old, modified or now),
    }


def _updated(old: Mapping[str, str], moment: datetime) -> str:
    """Return the moment of a change, which is never before that of the last one."""
    last = _value("updated", old.get("updated", ""))
    return _written(max(moment, last) if isinstance(last, datetime) else moment)


def _is_in_order(
    change: Change, incoming: Incoming, merging: Merging, plan: Plan, path: str
) -> bool:
    """Whether the row would pass the check; what would not is reported where it stands in the source."""
    if not change.cells:
        return True
    before = set(_row_problems(change.old, merging)) if change.old else set()
    found = [
        it for it in _row_problems({**change.old, **change.cells}, merging) if it not in before
    ]
    plan.problems += [
        Problem(message, path, incoming.line, field=f"{incoming.id}: {name}")
        for name, message in found
    ]
    return not found


def _row_problems(cells: Mapping[str, str], merging: Merging) -> Iterator[tuple[str, str]]:
    """Yield the field and the sentence of each problem of a row."""
    filled = {name: cell for name, cell in cells.items() if cell}
    body = render(filled.pop(Event.BODY_COLUMN, ""))
    data = {"timezone": merging.zone, "id": generate_id(filled), **filled}
    _, problems = build(Event, data, Origin(""), {"body": body})
    yield from ((it.field, it.message) for it in problems)
    yield from ((Event.BODY_COLUMN, it.message) for it in body.problems)
    if data["id"] in PATHS.reserved_event_names:
        yield "id", f"'{data['id']}' is the address of a page that the site makes by itself"


def _sort_in(change: Change, plan: Plan) -> None:
    if change.conflicts:
        plan.conflicts.append(change)
    if change.line is None:
        plan.added.append(change)
    elif change.cells:
        plan.changed.append(change)
    else:
        plan.same += 1


def _gone(rows: Mapping[str, EventRow], source: Source, merging: Merging) -> Iterator[EventRow]:
    """Yield the rows that came from this source and are in it no more.

    Many sources tell of what is to come only, so that an event which is over is not gone.
    """
    for name, entry in merging.baseline.entries.items():
        row = rows.get(name)
        if row is None or entry.source != merging.source or name in source.present:
            continue
        data = {"timezone": merging.zone, **row.fields}
        event, _ = build(Event, data, row.origin, {})
        if event is None or not (event.is_past(merging.now) or event.is_cancelled):
            yield row


def _written(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def _same(name: str, one: str, other: str) -> bool:
    """Whether two cells of a column mean the same."""
    return one == other or _value(name, one) == _value(name, other)


def _value(name: str, text: str) -> object:
    """Return what a cell means, or its text where that is no value of the field; an empty one means the default."""
    if name == Event.BODY_COLUMN:
        return text
    if not text:
        return Event.TABLE.defaults.get(name, "")
    try:
        return Event.TABLE.parsers[name](text)
    except ValueError:
        return text
