"""The list of addresses of other sites, and what is said of each after asking for it."""

import shutil
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from campaign.build.project import Project
from campaign.commands import MENDABLE, OK, links
from campaign.commands.links import Answer, outside_links
from campaign.reading.reader import read
from tests.projects import ROOT, SITES, write


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """A small project that links to other sites from its texts and from its fields."""
    shutil.copytree(SITES / "minimal", tmp_path / "content")
    shutil.copytree(ROOT / "theme", tmp_path / "theme")
    write(
        tmp_path / "content/updates/news.md",
        "---\ntitle: News\ndate: 2024-06-01\nsummary: It happened.\nsources:\n"
        "  - https://example.com/report\n  - {label: Again, url: https://example.com/again}\n---\n"
        "\nSee [this](https://example.com/report), <tel:+15550100> and [us](/letter/).\n",
    )
    return Project(tmp_path)


@pytest.fixture
def host() -> Iterator[str]:
    """The address of a host on this machine that answers as the path says."""

    class Host(BaseHTTPRequestHandler):
        def do_HEAD(self) -> None:
            self.answer(403 if self.path == "/only-get" else None)

        def do_GET(self) -> None:
            self.answer(200 if self.path == "/only-get" else None)

        def answer(self, status: int | None) -> None:
            if self.path == "/slow":
                waiting.wait(5)
            status = status or int(self.path.strip("/").partition("-")[0])
            self.send_response(status)
            if status == 301:
                self.send_header("Location", "/200")
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Stay quiet."""

    waiting = threading.Event()
    server = ThreadingHTTPServer(("127.0.0.1", 0), Host)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    waiting.set()
    server.shutdown()
    server.server_close()


def test_each_address_is_listed_once_with_every_place_where_it_stands(project: Project) -> None:
    found = outside_links(read(project.content))
    assert found["https://example.com/report"] == (
        "content/updates/news.md:6",
        "content/updates/news.md:10",
    )
    assert found["https://example.com/again"] == ("content/updates/news.md:7",)
    assert not [address for address in found if not address.startswith("http")]


def test_the_sites_own_address_is_not_another_site(project: Project) -> None:
    campaign = read(project.content).campaign
    assert campaign is not None
    assert campaign.site not in outside_links(read(project.content))


def test_the_list_is_a_file_that_a_person_can_read(
    project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    assert links.run(project) == OK
    lines = (project.root / links.LIST).read_text(encoding="utf-8").splitlines()
    assert "https://example.com/again  content/updates/news.md:7" in lines
    assert (
        capsys.readouterr().out
        == f"{len(lines)} addresses of other sites are listed in {links.LIST}.\n"
    )


@pytest.mark.parametrize(
    ("path", "state", "detail"),
    [
        ("/200", "there", ""),
        ("/only-get", "there", ""),
        ("/404", "gone", "404 Not Found"),
        ("/410", "gone", "410 Gone"),
        ("/500", "unknown", "500 Internal Server Error"),
        ("/429", "unknown", "429 Too Many Requests"),
        ("/slow", "unknown", "timed out"),
    ],
)
def test_what_a_host_answers_is_what_is_said(host: str, path: str, state: str, detail: str) -> None:
    (answer,) = links.ask([host + path], pause=0, patience=0.5)
    assert (answer.address, answer.state, answer.detail) == (host + path, state, detail)


def test_an_address_that_leads_on_is_told_with_where_it_leads(host: str) -> None:
    assert links.ask([f"{host}/301#part"], pause=0) == [
        Answer(f"{host}/301#part", "moved", f"{host}/200")
    ]


def test_a_host_that_is_not_there_is_no_fault_of_the_link() -> None:
    (answer,) = links.ask(["http://host.invalid/"], patience=0.5)
    assert answer.state == "unknown"


def test_one_host_is_asked_with_pauses(host: str, monkeypatch: pytest.MonkeyPatch) -> None:
    pauses: list[float] = []
    monkeypatch.setattr("campaign.commands.links.time.sleep", pauses.append)
    links.ask([f"{host}/200", f"{host}/404", f"{host}/500"], pause=7)
    assert pauses == [7, 7]


def test_only_an_address_that_is_gone_must_be_mended(capsys: pytest.CaptureFixture[str]) -> None:
    places = {"https://a.example/": ("content/letter.md:9",), "https://b.example/": ("x:1", "y:2")}
    slow = Answer("https://a.example/", "unknown", "timed out")
    assert links.report([slow], places) == OK
    gone = Answer("https://b.example/", "gone", "404 Not Found")
    assert links.report([slow, gone], places) == MENDABLE
    assert capsys.readouterr().out.splitlines()[-1] == (
        "content/letter.md:9: https://a.example/ did not answer: timed out"
    )
