"""A build with a cache gives what one without gives."""

import sys
from types import CodeType

import pytest
from jinja2 import Environment

from campaign.support import parallel
from tests.build.caches import without_cache
from tests.conftest import MakeProject
from tests.projects import build_site, edit, snapshot


@pytest.mark.parametrize("site", ["minimal", "full"])
def test_a_second_build_renders_nothing_and_gives_the_same(
    project: MakeProject, rendered: list[str], site: str
) -> None:
    made = project(site)
    before = snapshot(build_site(made))
    assert rendered
    rendered.clear()
    assert snapshot(build_site(made)) == before
    assert rendered == []


@pytest.mark.usefixtures("processes")
@pytest.mark.parametrize("site", ["minimal", "full"])
def test_several_processes_give_the_same_as_one(
    project: MakeProject, site: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = project(site)
    several = snapshot(build_site(made))
    assert snapshot(build_site(made)) == several
    monkeypatch.setattr(parallel, "processes", 1)
    assert without_cache(made) == several


@pytest.mark.skipif(sys.platform != "linux", reason="no process is copied elsewhere")
@pytest.mark.usefixtures("processes")
def test_a_first_build_finds_the_templates_that_another_process_compiled(
    project: MakeProject, monkeypatch: pytest.MonkeyPatch
) -> None:
    compiled: list[str] = []  # by this process: what another one notes is lost
    compile_one = Environment.compile

    def noting(self: Environment, source: str, name: str, filename: str) -> CodeType:
        compiled.append(name)
        return compile_one(self, source, name, filename)

    monkeypatch.setattr(Environment, "compile", noting)
    build_site(project("minimal"))
    assert "letter.html" not in compiled
    monkeypatch.setattr(parallel, "processes", 1)
    build_site(project("full"))
    assert "letter.html" in compiled


def test_one_changed_event_renders_its_page_and_its_lists(
    project: MakeProject, rendered: list[str]
) -> None:
    made = project("full")
    build_site(made)
    rendered.clear()
    edit(made.content / "events.csv", "Concert in a sleeping car", "Concert in a dining car")
    site = snapshot(build_site(made))
    changed = set(rendered)
    rendered.clear()
    assert snapshot(build_site(made)) == site
    assert rendered == []
    assert site == without_cache(made)
    assert "/events/2024-07-02-concert-in-a-dining-car-salzburg/" in changed
    assert "/events/in/at/salzburg/" in changed
    assert not {"/letter/", "/act/", "/about/", "/events/in/us/ny/"} & changed
