"""The plan of an import, in lines that an editor reads before saying yes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from campaign.content.problems import shorten
from campaign.content.text import slugify
from campaign.importing.merge import Change, Plan
from campaign.importing.source import Source

_COUNTS = ("sequence", "updated")
_MOST = 60


def plan_lines(plan: Plan, source: Source, table: str, fate: str) -> Iterator[str]:
    """Yield what is added, changed, kept, gone and left out.

    `table` is the table's path, `fate` says what becomes of rows that are gone.
    """
    for change in plan.added:
        yield f"added    {_when(change.cells)}  {_called(change.id, change.title)}{_where(change.cells)}"
    for change in plan.changed:
        yield f"changed  {table}:{change.line}: {_called(change.id, change.title)}"
        for line in cell_lines(change.old, change.cells):
            yield f"           {line}"
    for change in plan.conflicts:
        yield f"kept     {table}:{change.line}: {_called(change.id, change.title)}"
        for conflict in change.conflicts:
            yield f"           {conflict.name}: {_show(conflict.ours)}; the source now says {_show(conflict.theirs)}"
    added = {mark: change.id for change in plan.added for mark in _marks(change.cells)}
    for row in plan.gone:
        title = row.cells.get("title", "")
        yield f"gone     {table}:{row.origin.line}: {_called(row.id, title)} is no longer in {source.path}; {fate}"
        if alike := next((added[mark] for mark in _marks(row.cells) if mark in added), None):
            yield f"           it looks like {alike}, which is added; keep one of the two"
    for incoming in plan.removed:
        title = incoming.cells.get("title", "")
        what = f"its row was taken out of {table} by hand; --overwrite brings it back"
        yield f"left out {_called(incoming.id, title)}: {what}"
    for reason, places in source.skipped.items():
        yield f"left out {source.path}: {_listed(places)}: {reason}"


def cell_lines(old: Mapping[str, str], new: Mapping[str, str]) -> Iterator[str]:
    """Yield what becomes of the cells of a row, but for those that count its changes."""
    for name, cell in new.items():
        if name not in _COUNTS:
            yield f"{name}: {_show(old.get(name, ''))} → {_show(cell)}"


def place_lines(what: str, reasons: Mapping[str, list[Change]]) -> Iterator[str]:
    """Yield the events of whose place something is to mend, by the reason; `what` begins each line."""
    for reason, changes in reasons.items():
        yield f"{what:8} {_listed([_called(it.id, it.title) for it in changes])}: {reason}"


def total(plan: Plan) -> str:
    """Return the numbers of what an import would do."""
    counts = {
        "added": len(plan.added),
        "changed": len(plan.changed),
        "as before": plan.same,
        "gone": len(plan.gone),
    }
    return f"{', '.join(f'{count} {what}' for what, count in counts.items())}."


def _marks(cells: Mapping[str, str]) -> Iterator[tuple[str, str, str]]:
    """Yield by what an event is known again whose day or city changed: its title with the other of the two."""
    title = slugify(cells.get("title", ""))
    for name in ("date", "city"):
        if fact := slugify(cells.get(name, "")):
            yield title, name, fact


def _called(name: str, title: str) -> str:
    return f"{shorten(title, _MOST)} ({name})"


def _when(cells: Mapping[str, str]) -> str:
    return " ".join(filter(None, map(cells.get, ("date", "start", "timezone"))))


def _where(cells: Mapping[str, str]) -> str:
    place = ", ".join(filter(None, (cells.get("city"), cells.get("region"))))
    return f", {place}" if place else ""


def _show(text: str) -> str:
    return f"'{shorten(text, _MOST)}'" if text else "nothing"


def _listed(places: list[str], most: int = 10) -> str:
    shown = ", ".join(places[:most])
    return f"{shown} and {len(places) - most} more" if len(places) > most else shown
