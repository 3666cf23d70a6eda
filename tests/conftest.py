import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from types import CodeType

import pytest
from hypothesis import HealthCheck, settings
from jinja2 import Environment

from campaign.commands import Project
from tests.pages import Page, read_pages
from tests.projects import SHIPPED, SITES, build_site, make_project, plain_environment

# Every run tries the same examples; HYPOTHESIS_PROFILE=thorough tries very many, and others each time.
settings.register_profile("same", derandomize=True, deadline=None, max_examples=100)
settings.register_profile(
    "thorough", deadline=None, max_examples=5_000, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "same"))


#: Makes a project of one of the sites in tests/sites, by its name.
MakeProject = Callable[[str], Project]


@pytest.fixture(autouse=True)
def environment() -> Iterator[pytest.MonkeyPatch]:
    """No test depends on the variables of the person who runs it."""
    with plain_environment() as patch:
        yield patch


@pytest.fixture(scope="session", autouse=True)
def templates_are_translated_once() -> Iterator[None]:
    """Of a build's time, most goes to Jinja's translation of the same templates into the same Python."""
    translate = Environment.compile
    known: dict[tuple[str, str | None], str] = {}

    def compile_known(
        self: Environment, source: str, name: str | None = None, filename: str | None = None
    ) -> CodeType:
        if (source, name) not in known:
            known[source, name] = translate(self, source, name, filename, raw=True)
        return self._compile(known[source, name], filename or "<template>")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Environment, "compile", compile_known)
        yield


@dataclass(frozen=True)
class BuiltSite:
    """A site that was built once for all tests, to look at and not to change."""

    project: Project

    @property
    def output(self) -> Path:
        return self.project.output

    @cached_property
    def pages(self) -> dict[str, Page]:
        return read_pages(self.output)


def build_once(root: Path, content: Path, *, publish: bool = False) -> BuiltSite:
    with plain_environment():
        project = make_project(root, content)
        build_site(project, publish=publish)
    return BuiltSite(project)


@pytest.fixture(scope="session")
def minimal_site(tmp_path_factory: pytest.TempPathFactory) -> BuiltSite:
    """The smallest site there can be: only what is required."""
    return build_once(tmp_path_factory.mktemp("minimal"), SITES / "minimal")


@pytest.fixture(scope="session")
def full_site(tmp_path_factory: pytest.TempPathFactory) -> BuiltSite:
    """A site with every field of every kind, built for its address below a path."""
    return build_once(tmp_path_factory.mktemp("full"), SITES / "full", publish=True)


@pytest.fixture(scope="session")
def full_site_at_root(tmp_path_factory: pytest.TempPathFactory) -> BuiltSite:
    """The same as a preview at the root."""
    return build_once(tmp_path_factory.mktemp("full-at-root"), SITES / "full")


@pytest.fixture(scope="session")
def shipped_site(tmp_path_factory: pytest.TempPathFactory) -> BuiltSite:
    """This project's own site, as a preview at the root."""
    return build_once(tmp_path_factory.mktemp("shipped"), SHIPPED)


@pytest.fixture(scope="session")
def published_site(tmp_path_factory: pytest.TempPathFactory) -> BuiltSite:
    """This project's own site, built for its address below a path."""
    return build_once(tmp_path_factory.mktemp("published"), SHIPPED, publish=True)


@pytest.fixture
def project(tmp_path: Path) -> MakeProject:
    """Make a project of one of the sites in tests/sites, to change and build."""

    def make(site: str) -> Project:
        return make_project(tmp_path / site, SITES / site)

    return make
