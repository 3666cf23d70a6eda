"""`import-events`: merge a spreadsheet, a calendar or an export of the Mobilize API into the table of events."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from os.path import lexists
from pathlib import Path

from campaign.build.project import Project
from campaign.commands import MENDABLE, OK, can_ask, complain, confirm, say
from campaign.commands.events_table import load, location, refuse, save
from campaign.content.problems import Problem, in_one_line, nearest
from campaign.importing.baseline import NAME, Baseline, source_name
from campaign.importing.gazetteer import find_place, locate, other_zone
from campaign.importing.merge import Change, Merging, Plan, cancel, merge
from campaign.importing.registry import find_importer, suffixes
from campaign.importing.report import place_lines, plan_lines, total
from campaign.importing.sheet import Sheet
from campaign.importing.source import Context, Source
from campaign.reading.access import MOST_OF_FILE, MOST_OF_PICTURE, find_problem
from campaign.reading.reader import read
from campaign.support import disk
from campaign.support.clock import build_time

#: What may become of rows whose events are no longer in their source, and how it is told.
FATES = {
    "keep": "it stays; --gone cancel or --gone remove says otherwise",
    "cancel": "it is marked as cancelled",
    "remove": "its row is removed",
}


@dataclass(frozen=True)
class Options:
    """The options of the command: see `registry`."""

    yes: bool = False
    dry_run: bool = False
    overwrite: bool = False
    gone: str = "keep"


def run(  # noqa: PLR0913 (an option each)
    project: Project,
    file: str,
    *,
    yes: bool = False,
    dry_run: bool = False,
    overwrite: bool = False,
    gone: str = "keep",
) -> int:
    """Show what would change, ask, and write it; 0, or 2 where something of the source or the table is to mend."""
    options = Options(yes, dry_run, overwrite, gone)
    if options.gone not in FATES:
        complain(f"--gone: write one of {', '.join(FATES)}{nearest(options.gone, FATES)}")
        return MENDABLE
    campaign = read(project.content).campaign
    sheet, rows, problems = load(project)
    if campaign is None or sheet is None:
        return refuse(project, problems)
    zone, (_, path) = campaign.timezone.key, location(project)
    source = _read_source(Path(file), zone)
    baseline = _load_baseline(project)
    if source is None or baseline is None:
        return MENDABLE
    merging = Merging(
        source_name(Path(file)), baseline, zone, build_time(), find_place, options.overwrite
    )
    plan = merge(rows, source, merging)
    if options.gone == "cancel":
        for row in plan.gone:
            cancel(row, plan, merging)
    for line in plan_lines(plan, source, path, FATES[options.gone]):
        say(in_one_line(line))
    _print_places(plan)
    problems = sorted([*source.problems, *plan.problems])
    _print_problems(problems, "These are left out until they are mended in the source.")
    say(total(plan))
    status = MENDABLE if problems else OK
    if not _may_write(plan, options, path):
        return status if options.dry_run or can_ask() else MENDABLE
    if not _write(project, sheet, plan, remove=options.gone == "remove"):
        return MENDABLE
    return status


def _read_source(file: Path, zone: str) -> Source | None:
    """Read the file by what its name ends in; None, with a sentence, where it cannot be."""

    def find_zone(cells: Mapping[str, str]) -> str:
        return find_place(cells).get("timezone", "")

    importer = find_importer(file)
    try:
        data = disk.read(file.resolve(), MOST_OF_FILE)
    except OSError as error:
        complain(f"{file}: cannot be read ({error.strerror}); give the path of the file to import")
        return None
    if importer is None:
        complain(f"{file}: only {suffixes()} are read; save it as one of these")
        return None
    source = importer.read(data, Context(str(file), zone, find_zone))
    if source.problems and not source.present:
        _print_problems(source.problems, "Nothing was imported.")
        return None
    return source


def _load_baseline(project: Project) -> Baseline | None:
    file, shown = project.content / NAME, f"{project.content.name}/{NAME}"
    if lexists(file) and (problem := find_problem(file, project.content, MOST_OF_PICTURE)):
        complain(f"{shown}: {problem.message}")
        return None
    try:
        return Baseline.decode(file.read_bytes() if file.exists() else b"")
    except ValueError:
        complain(
            f"{shown}: this is not the record of earlier imports; take it from an earlier version, or"
            " delete it: what the table and the source say differently then stays as it is"
        )
        return None


def _print_places(plan: Plan) -> None:
    """Print which events have no known coordinates, and why, and which are in the zone of another place."""
    unplaced: dict[str, list[Change]] = {}
    contradicting: dict[str, list[Change]] = {}
    for change in [*plan.added, *plan.changed]:
        cells = {**change.old, **change.cells}
        if reason := other_zone(cells):
            contradicting.setdefault(reason, []).append(change)
        if cells.get("latitude") or cells.get("online") == "yes":
            continue
        try:
            locate(cells)
        except ValueError as error:
            unplaced.setdefault(str(error), []).append(change)
    for what, reasons in (("no place", unplaced), ("zone", contradicting)):
        for line in place_lines(what, reasons):
            say(in_one_line(line))


def _print_problems(problems: Sequence[Problem], what: str) -> None:
    """Print the problems of the source, and what comes of them."""
    for problem in problems:
        complain(str(problem))
    if problems:
        complain(what)


def _may_write(plan: Plan, options: Options, path: str) -> bool:
    """Whether the plan is to be carried out, asking where that is not said."""
    changes = plan.added or plan.changed or (plan.gone and options.gone == "remove")
    if options.dry_run:
        say("Nothing was written.")
        return False
    if not changes or options.yes:
        return True
    if not can_ask():
        complain("There is no terminal to ask on, so nothing was written. Add --yes to write it.")
        return False
    if confirm(f"Write this into {path}?"):
        return True
    say("Nothing was written.")
    return False


def _write(project: Project, sheet: Sheet, plan: Plan, *, remove: bool) -> bool:
    """Write the table, and after it the baseline; return whether it was done."""
    for change in plan.changed:
        sheet.set(change.line or 0, change.cells)
    for change in plan.added:
        sheet.add(change.cells)
    for row in plan.gone if remove else ():
        sheet.remove(row.origin.line)
        del plan.baseline.entries[row.id]
    changed = plan.changed or plan.added or (remove and plan.gone)
    file, path = location(project)
    files = {file: sheet.encode()} if changed else {}
    if plan.baseline.entries:
        files[project.content / NAME] = plan.baseline.encode()
    saved = save(project, sheet, files)
    if saved and changed:
        say(f"{path} is written.")
    return saved
