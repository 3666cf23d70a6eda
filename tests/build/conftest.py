"""Fixtures of the tests in this folder."""

from importlib import import_module

import pytest
from jinja2 import Environment

from campaign.build import templates
from campaign.routes import Route
from campaign.support import parallel


@pytest.fixture
def rendered(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The paths of the pages that a build renders."""
    paths: list[str] = []
    render = templates.render

    def noting(environment: Environment, page: Route) -> str:
        paths.append(page.path)
        return render(environment, page)

    # Pelican loads its plugins by itself, and hangs none of them on its package.
    monkeypatch.setattr(import_module("campaign.plugin"), "render", noting)
    return paths


@pytest.fixture
def processes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make every build use three processes, however little there is to do."""
    monkeypatch.setattr(parallel, "processes", 3)
