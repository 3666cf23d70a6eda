"""`locate`: write the coordinates of events that have none into the table of events."""

from __future__ import annotations

from campaign.commands import MENDABLE, OK, Project, say
from campaign.commands.check import report
from campaign.commands.events_table import load, save
from campaign.importing.gazetteer import locate
from campaign.reading.events import EventRow


def run(project: Project) -> int:
    """Fill in what is known, tell of each row whose place is not; 2 where the table cannot be read."""
    table, problems = load(project)
    if table is None:
        return report(problems, project)
    located = unknown = 0
    for row in table.rows:
        if not _needs_place(row):
            continue
        try:
            table.sheet.set(row.origin.line, locate(row.cells).cells)
            located += 1
        except ValueError as error:
            say(f"{row.origin.path}:{row.origin.line}: {row.cells.get('title', row.id)}: {error}")
            unknown += 1
    if located and not save(project, table, {table.file: table.sheet.encode()}):
        return MENDABLE
    say(f"{_events(located)} located in {table.path}, {unknown} not known.")
    return OK


def _needs_place(row: EventRow) -> bool:
    has_place = "latitude" in row.cells or "longitude" in row.cells
    return not has_place and row.cells.get("online") != "yes"


def _events(count: int) -> str:
    return "1 event" if count == 1 else f"{count} events"
