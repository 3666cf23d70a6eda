import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property, partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from types import CodeType

import pytest
from hypothesis import HealthCheck, settings
from jinja2 import Environment
from playwright.sync_api import Browser, sync_playwright

from campaign.build.project import Project
from tests import browser
from tests.pages import Page, read_pages
from tests.projects import SHIPPED, SITES, build_site, make_project, plain_environment

# Every run tries the same examples; HYPOTHESIS_PROFILE=thorough tries very many, and others each time.
settings.register_profile("same", derandomize=True, deadline=None, max_examples=100)
settings.register_profile(
    "thorough", deadline=None, max_examples=5_000, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "same"))


BROWSER_ARGUMENTS = [
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-sync",
    "--no-first-run",
    # Nothing is ever asked of the network.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
]

#: Makes a project of one of the sites in tests/sites, by its name.
MakeProject = Callable[[str], Project]


@pytest.fixture(autouse=True)
def environment() -> Iterator[pytest.MonkeyPatch]:
    """No test depends on the variables of the person who runs it."""
    with plain_environment() as patch:
        yield patch


@pytest.fixture(scope="session", autouse=True)
def ctrl_c_is_heard() -> None:
    """Where a shell runs the tests in the background, what they start would ignore Ctrl-C as they do."""
    if signal.getsignal(signal.SIGINT) == signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="session", autouse=True)
def templates_are_compiled_once() -> Iterator[None]:
    """Most of a build's time goes to compiling the same templates."""
    translate = Environment.compile
    known: dict[tuple[object, ...], str] = {}

    def compile_known(
        self: Environment, source: str, name: str | None = None, filename: str | None = None
    ) -> CodeType:
        key = (source, name, self.code_generator_class)
        if key not in known:
            known[key] = translate(self, source, name, filename, raw=True)
        return compile(known[key], filename or "<template>", "exec")

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


class Quiet(SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"  # one connection for many files

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 (the library's name)
        pass


@contextmanager
def serve(site: BuiltSite) -> Iterator[str]:
    """Serve a built site at the root of a port of its own; gives its address."""
    with ThreadingHTTPServer(
        ("127.0.0.1", 0), partial(Quiet, directory=str(site.output))
    ) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One browser for all tests; each of them has a profile of its own."""
    # Chromium's own sandbox refuses to be run by root, which is what a container is.
    is_root = hasattr(os, "geteuid") and os.geteuid() == 0
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(
            executable_path=browser.find(),
            args=[*BROWSER_ARGUMENTS, *(["--no-sandbox"] if is_root else [])],
        )
        yield running
        running.close()


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
def address(shipped_site: BuiltSite) -> Iterator[str]:
    """Where this project's own site is served."""
    with serve(shipped_site) as served:
        yield served


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
