"""`locate`: write what is known of events' places, and missing in their rows, into the table of events."""

from __future__ import annotations

from campaign.build.project import Project
from campaign.commands import MENDABLE, OK, say
from campaign.commands.events_table import load, location, refuse, save
from campaign.content.model import Event
from campaign.content.problems import in_one_line
from campaign.importing.gazetteer import find_place, locate, other_zone
from campaign.importing.merge import located, revised
from campaign.importing.places import whole_zip
from campaign.importing.report import cell_lines
from campaign.reading.events import EventRow
from campaign.reading.reader import read
from campaign.support.clock import build_time


def run(project: Project) -> int:
    """Fill in what is known, tell of each row whose place is not; 2 where the content cannot be read.

    A zone moves an event's time, and is told too, as is a ZIP code that gets its zeros back. What
    is written is a revision of the event, as calendars need it.
    """
    draft = read(project.content)
    campaign = draft.campaign
    sheet, rows, problems = load(project)
    if campaign is None or sheet is None:
        return refuse(project, problems)
    # A row may complete a file, which then says when the event begins.
    timed = {event.id for event in draft.of(Event) if event.start}
    now = build_time()
    file, path = location(project)
    placed = unplaced = 0
    changed = False
    for row in rows:
        cells = located(row.cells, {}, find_place, campaign.timezone.key) | _whole_zip(row)
        if cells:
            moved = "timezone" in cells and ("start" in row.cells or row.id in timed)
            revision = revised(row.cells, now, moved=moved)
            sheet.set(row.origin.line, cells | revision)
            changed = True
        unknown = _unknown(row)
        for line in (*cell_lines(row.cells, _shown(cells)), unknown, other_zone(row.cells)):
            if line:
                title = row.cells.get("title", row.id)
                say(in_one_line(f"{row.origin.path}:{row.origin.line}: {title}: {line}"))
        placed += "latitude" in cells
        unplaced += bool(unknown)
    if changed and not save(project, sheet, {file: sheet.encode()}):
        return MENDABLE
    say(f"{_events(placed)} located in {path}, {unplaced} not known.")
    return OK


def _shown(cells: dict[str, str]) -> dict[str, str]:
    """Return the cells that are shown to an editor; coordinates are counted only."""
    return {name: cell for name, cell in cells.items() if name in {"timezone", "postal_code"}}


def _whole_zip(row: EventRow) -> dict[str, str]:
    """Return the ZIP code of a known place where a spreadsheet program shortened it."""
    code = row.cells.get("postal_code", "")
    return (
        {"postal_code": whole_zip(code)}
        if whole_zip(code) != code and find_place(row.cells)
        else {}
    )


def _unknown(row: EventRow) -> str:
    """Return why an event without coordinates gets none."""
    has_place = "latitude" in row.cells or "longitude" in row.cells
    if has_place or row.cells.get("online") == "yes":
        return ""
    try:
        locate(row.cells)
    except ValueError as error:
        return str(error)
    return ""


def _events(count: int) -> str:
    return "1 event" if count == 1 else f"{count} events"
