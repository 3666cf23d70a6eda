"""The preview: it serves the site on this machine alone, and follows what an editor changes."""

import http.client
import os
import re
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from queue import Empty, Queue
from threading import Thread

import pytest

from campaign.build.project import Project
from campaign.commands import site
from tests.conftest import MakeProject
from tests.projects import SITES, edit, make_project, plain_environment, start, write

PATIENCE = 20  # seconds, after which something that should have happened has not


@dataclass(frozen=True)
class Answer:
    status: int
    headers: http.client.HTTPMessage
    body: bytes


class Preview:
    """A preview that runs as a process of its own."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process
        self._said: list[str] = []
        self._lines: Queue[str] = Queue()
        for stream in (process.stdout, process.stderr):
            Thread(target=self._listen, args=[stream], daemon=True).start()
        found = re.search(r"http://127\.0\.0\.1:(\d+)/", self.wait_for("Preview: "))
        assert found
        self.port = int(found[1])

    def _listen(self, stream: Iterator[str]) -> None:
        for line in stream:
            self._lines.put(line)

    def wait_for(self, words: str, seconds: float = PATIENCE) -> str:
        """Wait until a line is said that holds these words; gives the line. Raises `queue.Empty`."""
        while words not in (line := self._lines.get(timeout=seconds)):
            pass
        return line

    def get(self, path: str, method: str = "GET") -> Answer:
        connection = http.client.HTTPConnection(site.HOST, self.port, timeout=PATIENCE)
        try:
            connection.request(method, path)
            response = connection.getresponse()
            return Answer(response.status, response.headers, response.read())
        finally:
            connection.close()

    def change(self, file: Path, text: str, until: str) -> None:
        """Write a file, and wait until the preview says something of it."""
        for seconds in (1, 2, 4, 8, 16):  # the first change may come before anything watches
            while not self._lines.empty():
                self._lines.get()
            write(file, text)
            with suppress(Empty):
                self.wait_for(until, seconds)
                return
        pytest.fail(f"the preview never said '{until}'")


@contextmanager
def preview(project: Project) -> Iterator[Preview]:
    """Run a preview for as long as a test needs it."""
    with start(project, "invoke", "site", "--port", "0") as process:
        try:
            yield Preview(process)
        finally:
            process.terminate()


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Preview]:
    """A preview of the full site, to look at."""
    with plain_environment():
        project = make_project(tmp_path_factory.mktemp("served"), SITES / "full")
        with preview(project) as running:
            yield running


def test_it_serves_pages_and_files(served: Preview) -> None:
    page = served.get("/letter/")
    assert page.status == 200
    assert (page.headers.get_content_type(), b"Dear ministers" in page.body) == ("text/html", True)
    assert served.get("/images/train.png").headers.get_content_type() == "image/png"
    assert served.get("/leaflet.html").status == 200
    assert served.get("/updates/atom.xml").status == 200


def test_it_serves_one_address_of_this_machine_alone(served: Preview) -> None:
    with pytest.raises((ConnectionError, TimeoutError)):
        socket.create_connection(("127.0.0.2", served.port), 2)


def test_nothing_is_kept_by_the_browser(served: Preview) -> None:
    for path in ("/", "/letter", "/nowhere/", "/images/train.png"):
        assert served.get(path).headers["Cache-Control"] == "no-store", path


def test_what_is_not_there_is_the_sites_own_404_page(served: Preview) -> None:
    for path in ("/nowhere/", "/nowhere.html", "/images/", "/theme/", "/../pelicanconf.py"):
        answer = served.get(path)
        assert answer.status == 404, path
        assert b"Page not found" in answer.body
        assert answer.headers.get_content_type() == "text/html"
        assert answer.headers["Content-Length"] == str(len(answer.body))
    head = served.get("/nowhere/", "HEAD")
    assert (head.status, head.body) == (404, b"")


def test_an_address_without_its_last_slash_leads_to_the_page(served: Preview) -> None:
    answer = served.get("/letter")
    assert (answer.status, answer.headers["Location"]) == (301, "/letter/")


def test_it_follows_changes_and_keeps_the_last_good_site(project: MakeProject) -> None:
    made = project("minimal")
    letter = made.content / "letter.md"
    text = letter.read_text(encoding="utf-8")
    with preview(made) as running:
        assert b"Please keep" in running.get("/letter/").body
        running.change(letter, text.replace("Please keep", "Do keep"), "1 file changed")
        assert b"Do keep" in running.get("/letter/").body

        running.change(
            letter, text.replace("title:", "titel:"), "letter.md:2: titel: unknown field"
        )
        assert b"Do keep" in running.get("/letter/").body

        running.change(made.content / "images/new.svg", "<svg/>", "titel")
        assert running.get("/images/new.svg").status == 404

        running.change(letter, text.replace("Please keep", "We keep"), "2 files changed")
        assert b"We keep" in running.get("/letter/").body
        assert running.get("/images/new.svg").body == b"<svg/>"


def test_it_follows_the_theme_through_mistakes(project: MakeProject) -> None:
    made = project("minimal")
    template = made.theme / "templates/404.html"
    translation = made.theme / "translations/en.toml"
    good, words = (file.read_text(encoding="utf-8") for file in (template, translation))
    with preview(made) as running:
        running.change(
            template, "{{ nothing }}", "theme/templates/404.html:1: 'nothing' is undefined"
        )
        running.change(template, "{{ 1 / 0 }}", "ZeroDivisionError")
        assert b"Page not found" in running.get("/nowhere/").body
        running.change(template, good.replace("<h1>", "<h1>Sorry! "), "1 file changed")
        running.change(
            translation, words.replace("Page not found", "Nothing here"), "1 file changed"
        )
        answer = running.get("/nowhere/")
        assert b"<h1>Sorry! Nothing here" in answer.body


def test_it_can_begin_with_a_mistake(project: MakeProject) -> None:
    made = project("minimal")
    letter = made.content / "letter.md"
    text = letter.read_text(encoding="utf-8")
    edit(letter, "title:", "titel:")
    with preview(made) as running:
        assert running.get("/").status == 404
        running.change(letter, text, "The site is in output/")
        assert running.get("/").status == 200


def test_a_taken_port_is_told(project: MakeProject, capsys: pytest.CaptureFixture[str]) -> None:
    with socket.create_server((site.HOST, 0)) as taken:
        port = taken.getsockname()[1]
        assert site.run(project("minimal"), str(port)) == 2
    assert capsys.readouterr() == (
        "",
        (
            f"Port {port} is taken; end the other preview, or name another port:"
            f" invoke site --port {port + 1}\n"
        ),
    )


@pytest.mark.parametrize("port", ["65536", "abc"])
def test_a_port_that_there_is_not_is_told(
    project: MakeProject, capsys: pytest.CaptureFixture[str], port: str
) -> None:
    assert site.run(project("minimal"), port) == 2
    assert capsys.readouterr().err == (
        f"There is no port {port}; name one from 1024 to 65535: invoke site --port 8000\n"
    )


@pytest.mark.skipif(os.name != "posix", reason="Windows sends no such signal")
def test_ctrl_c_ends_it_well(project: MakeProject) -> None:
    with start(project("minimal"), "invoke", "site", "--port", "0") as process:
        running = Preview(process)
        time.sleep(0.5)
        process.send_signal(signal.SIGINT)
        assert process.wait(PATIENCE) == 0
        assert running.wait_for("") == "Stopped.\n"
    with pytest.raises(ConnectionError):
        running.get("/")
