"""The parts of an import that need not be loaded."""

import json
import subprocess
import sys

import pytest

from campaign.build.project import Project
from tests.projects import write


@pytest.mark.parametrize("command", ["check", "build"])
def test_neither_check_nor_build_loads_what_only_an_import_needs(
    made: Project, command: str
) -> None:
    write(made.content / "events.csv", "title,date,postal_code,country\nA,7/31/2024,94601,US\n")
    code = f"""
import json, sys
from pathlib import Path
from campaign.build.project import Project
from campaign.commands import {command}
assert {command}.run(Project(Path("{made.root}"))) == 0
print(json.dumps([name for name in sys.modules if name.split(".")[0] in ("zipcodes", "icalendar")
                  or name.startswith("campaign.importing")]))
"""
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=made.root, check=True, capture_output=True, text=True
    )
    assert json.loads(done.stdout.splitlines()[-1]) == []
