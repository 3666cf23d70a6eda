"""Fixtures of the tests in this folder."""

from pathlib import Path

import pytest

from campaign.build.project import Project
from tests.commands.imports import SOURCE
from tests.conftest import MakeProject
from tests.projects import write


@pytest.fixture
def made(project: MakeProject) -> Project:
    """A small project without events."""
    return project("minimal")


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """A spreadsheet with two events."""
    return write(tmp_path / "events.csv", SOURCE)
