"""The events' table as a file: read whole, and replaced whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Mapping
from os.path import lexists
from pathlib import Path

from campaign.build import output
from campaign.build.project import Project
from campaign.commands import MENDABLE, complain
from campaign.commands.check import report
from campaign.content.problems import Problem
from campaign.content.text import is_blank
from campaign.importing.sheet import Sheet
from campaign.reading.access import MOST_OF_TEXT, find_problem
from campaign.reading.events import EventRow, columns, event_row, read_table
from campaign.reading.reader import EVENTS_TABLE
from campaign.reading.text import decode
from campaign.support import disk


def location(project: Project) -> tuple[Path, str]:
    """Return the table's file, and how sentences name it."""
    return project.content / EVENTS_TABLE, f"{project.content.name}/{EVENTS_TABLE}"


def load(project: Project) -> tuple[Sheet | None, list[EventRow], list[Problem]]:
    """Read the table, to be changed, and its rows; one that cannot be read is None.

    One that is missing, or has no filled cell, has all columns and no row.
    """
    file, path = location(project)
    if lexists(file) and (problem := find_problem(file, project.content, MOST_OF_TEXT)):
        return None, [], [problem.at(path)]
    data = _held(file)
    text, problems = decode(data, path)
    if problems:
        return None, [], problems
    table = None if is_blank(text) else read_table(text, path)
    if table and table.problems:
        return None, [], table.problems
    if not table or not table.is_headed:
        return Sheet.new(columns().names, data), [], []
    return Sheet(data), [event_row(table, row) for row in table.rows], []


def refuse(project: Project, problems: list[Problem]) -> int:
    """Return the sentence that the content is to be mended before its table can be changed, and how the table is."""
    complain(f"Mend {project.content.name}/ first; invoke check says how.")
    report(problems, project)
    return MENDABLE


def save(project: Project, sheet: Sheet, files: Mapping[Path, bytes]) -> bool:
    """Put new files in the place of the old ones, one after the other, and return whether all is as it is to be.

    Where somebody else has the table open, or changed it since it was read, nothing is.
    """
    changed = {file: data for file, data in files.items() if _held(file) != data}
    if not changed:
        return True
    with output.lock(project.output):
        file, path = location(project)
        if message := _obstacle(file, sheet.original):
            complain(f"{path} {message}. Nothing was written.")
            return False
        try:
            for changed_file, data in changed.items():
                disk.replace(changed_file.resolve(), data, durably=True)
        except OSError as error:
            remedy = "close it in other programs, allow it to be changed, and start again"
            complain(f"{file} cannot be written ({error.strerror}); {remedy}.")
            return False
    return True


def _obstacle(file: Path, original: bytes) -> str:
    """Return what keeps the table from being replaced, or nothing."""
    # LibreOffice marks so what it has open, and would save over what is written now.
    mark = file.with_name(f".~lock.{file.name}#")
    if mark.exists():
        return f"is open in LibreOffice; close it there, or delete {mark.name} where it is not"
    if _held(file) != original:
        return "was changed by somebody else meanwhile; start again"
    if original and not os.access(file, os.W_OK):
        return "is read-only; allow it to be changed, and start again"
    return ""


def _held(file: Path) -> bytes:
    return disk.read(file.resolve()) if file.exists() else b""
