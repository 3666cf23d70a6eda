"""Shared parts of the tests beside this file."""

from io import StringIO
from pathlib import Path
from typing import Any

import pytest

from campaign.build.project import Project
from campaign.commands import import_events
from campaign.reading.events import event_row, read_table
from tests.projects import ROOT

Capture = pytest.CaptureFixture[str]


IMPORTS = ROOT / "tests" / "imports"


SOURCE = """\
id,title,date,start,venue,city,region,zip
a,Vigil,2024-07-01,18:00,The quay,Oakland,CA,94601
b,Walk,2024-07-02,19:00,The park,Oakland,CA,94601
"""


def table(project: Project) -> dict[str, dict[str, str]]:
    """Return the cells of each event's row in the table."""
    text = (project.content / "events.csv").read_text(encoding="utf-8-sig")
    table = read_table(text, "events.csv")
    rows = (event_row(table, row) for row in table.rows)
    return {row.id: row.cells for row in rows}


def import_(project: Project, file: Path, *, yes: bool = True, **options: Any) -> int:  # noqa: ANN401 (of every kind)
    return import_events.run(project, str(file), yes=yes, **options)


class Terminal(StringIO):
    """The answers of an editor."""

    def isatty(self) -> bool:
        return True
