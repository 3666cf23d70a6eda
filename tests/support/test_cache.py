"""A cache of an earlier build changes nothing of what comes out, whatever changed in between."""

import contextlib
import os
import pickle
import shutil
import socket
import sys
from collections.abc import Callable
from datetime import datetime
from functools import partial
from importlib import import_module, resources
from pathlib import Path
from types import CodeType
from typing import Any

import pytest
from jinja2 import Environment

from campaign import words
from campaign.addresses import Addresses
from campaign.build import templates
from campaign.build.assets import Assets
from campaign.build.fingerprint import Fingerprints
from campaign.build.project import Project
from campaign.build.theme import Theme
from campaign.checking import check
from campaign.commands import build
from campaign.content.model import Event
from campaign.events import geojson, structured
from campaign.reading import parsing
from campaign.reading.reader import read
from campaign.routes import Route, Site
from campaign.routes.contexts import EventPage
from campaign.support import cache, disk, parallel
from campaign.support.cache import Cache
from tests import samples
from tests.conftest import MakeProject
from tests.projects import NOW, ROOT, SITES, build_site, edit, run, snapshot, write

CACHE_FILES = ("content", "pages", "templates")


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


def kept(project: Project) -> Path:
    """Return the folder of what builds of a project keep."""
    assert project.cache
    return project.cache


def without_cache(project: Project, *, publish: bool = False) -> dict[str, bytes]:
    """Build a copy of a project from nothing; gives its site."""
    root = project.root.with_name(f"{project.root.name}-plain")
    shutil.rmtree(root, ignore_errors=True)
    cache.clear(root)
    shutil.copytree(project.root, root, ignore=shutil.ignore_patterns("output", ".output.*"))
    return snapshot(build_site(Project(root), publish=publish))


# What comes out


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


# What is changed, and the pages that show it.
SHOWN_ON: dict[str, tuple[Callable[[Path], object], set[str]]] = {
    "the letter's text": (lambda it: append(it / "letter.md"), {"/letter/"}),
    "the letter's title": (lambda it: retitle(it / "letter.md"), {"/letter/"}),
    "a page's text": (lambda it: append(it / "pages" / "1-about.md"), {"/about/"}),
    "the title of a page in no menu": (
        lambda it: retitle(it / "pages" / "hidden.md"),
        {"/hidden/"},
    ),
    "the campaign's text": (lambda it: append(it / "campaign.md"), {"/"}),
    "the newest update's text": (
        lambda it: append(it / "updates" / "first-train.md"),
        {"/updates/first-train/"},
    ),
    "the newest update's summary": (
        lambda it: edit(it / "updates" / "first-train.md", "summary: ", "summary: Once more, "),
        {"/updates/first-train/", "/updates/", "/"},
    ),
    "the newest update's title": (
        lambda it: retitle(it / "updates" / "first-train.md"),
        {"/updates/ten-thousand/", "/updates/first-train/", "/updates/", "/"},
    ),
    "an older update's text": (
        lambda it: append(it / "updates" / "a-promise.md"),
        {"/updates/a-promise/"},
    ),
    "a step's text": (lambda it: append(it / "actions" / "2-sign.md"), {"/act/sign/", "/act/"}),
    "why a step helps": (
        lambda it: edit(it / "actions" / "2-sign.md", "why: ", "why: Once more, "),
        {"/act/sign/", "/act/", "/"},
    ),
    "another action's text": (
        lambda it: append(it / "actions" / "postcard.md"),
        {"/act/postcard/"},
    ),
    "another action's title": (
        lambda it: retitle(it / "actions" / "postcard.md"),
        {"/act/postcard/", "/act/"},
    ),
}


def append(file: Path) -> None:
    """Add a paragraph to a text."""
    write(file, f"{file.read_text(encoding='utf-8').rstrip()}\n\nAnd so on.\n")


def retitle(file: Path) -> None:
    edit(file, "title: ", "title: More ")


@pytest.mark.parametrize("change", SHOWN_ON)
def test_the_pages_that_show_what_changed_are_rendered_and_no_others(
    project: MakeProject, rendered: list[str], change: str
) -> None:
    made = project("full")
    build_site(made)
    rendered.clear()
    edit_content, pages = SHOWN_ON[change]
    edit_content(made.content)
    site = snapshot(build_site(made))
    assert sorted(rendered) == sorted(pages)
    assert site == without_cache(made)


def test_one_changed_event_of_many_is_read_and_written_alone(
    project: MakeProject, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = project("minimal")
    write(made.content / "events.csv", rows(*range(6, 90)))
    # Where a block ends is chance, of which there is enough in short ones.
    monkeypatch.setattr("campaign.reading.sources.ROWS_IN_BLOCK", 4)
    build_site(made)
    read_ids: list[str] = []
    written_ids: list[str] = []
    build_event, properties = parsing.build, geojson.properties

    def reading(kind: type[Event], data: dict[str, str], *rest: Any) -> Any:  # noqa: ANN401
        read_ids.append(data["id"])
        return build_event(kind, data, *rest)

    def writing(event: Event, url: str) -> Any:  # noqa: ANN401
        written_ids.append(event.id)
        return properties(event, url)

    monkeypatch.setattr("campaign.reading.parsing.build", reading)
    monkeypatch.setattr(geojson, "properties", writing)
    edit(made.content / "events.csv", "Event 80,", "Event 80 and more,")
    build_site(made)
    assert "2024-07-01-event-80-and-more" in read_ids
    assert "2024-07-01-event-6" not in read_ids
    assert written_ids == ["2024-07-01-event-80-and-more"]


def test_a_file_of_all_events_that_another_program_wrote_is_made_anew(project: MakeProject) -> None:
    made = project("full")
    build_site(made)
    for name in ("events.json", "events.ics"):
        file = made.output / "events" / name
        found = file.stat()
        file.write_bytes(b"x" * found.st_size)
        # As of a copy that keeps times, which cannot be told from the file itself.
        os.utime(file, ns=(found.st_atime_ns, found.st_mtime_ns))
    edit(made.content / "events.csv", "Concert", "Concerto")
    assert snapshot(build_site(made)) == without_cache(made)


def touch(folder: Path) -> None:
    """Change the time stamp of every file below a folder."""
    for file in folder.rglob("*"):
        os.utime(file, (1, 1))


def spoil(project: Project) -> None:
    """Change an event, and by hand what is written of all events."""
    edit(project.content / "events.csv", "Concert", "Concerto")
    write(project.output / "events" / "events.json", "{}")
    (project.output / "events" / "events.ics").unlink()


CHANGES: dict[str, Callable[[Project], object]] = {
    "a fact of the campaign": lambda it: edit(
        it.content / "campaign.md", "publisher: ", "publisher: Not "
    ),
    "its name": lambda it: edit(it.content / "campaign.md", "name: ", "name: Once more, "),
    "a page's title": lambda it: edit(
        it.content / "pages" / "1-about.md", "title: ", "title: More "
    ),
    "where a page is": lambda it: edit(
        it.content / "pages" / "1-about.md", "slug: about", "slug: us"
    ),
    "a picture for the browser": lambda it: (it.content / "extra" / "icon.svg").unlink(),
    "a word of the theme": lambda it: edit(
        it.theme / "translations" / "en.toml", 'events_all = "', 'events_all = "Really '
    ),
    "a style sheet": lambda it: write(
        it.theme / "static" / "css" / "99-new.css", "p { color: red }"
    ),
    "a script": lambda it: write(it.theme / "static" / "js" / "new.js", "document.title = 'x'"),
    "a template": lambda it: edit(it.theme / "templates" / "base.html", "<main", "<main data-new"),
    "a part of pages": lambda it: edit(
        it.theme / "templates" / "partials" / "footer.html", "<dl", "<dl data-new"
    ),
    "a macro": lambda it: edit(
        it.theme / "templates" / "macros" / "dates.html", "<time", "<time data-new"
    ),
    "a setting": lambda it: edit(
        it.settings(publish=False), '"trim_blocks": True', '"trim_blocks": False'
    ),
    "an event's place": lambda it: edit(it.content / "events.csv", "Salzburg", "Hallein"),
    "what an event is called": lambda it: edit(it.content / "events.csv", "Concert", "Concerto"),
    "an event and the data of all": spoil,
    "the last row": lambda it: write(
        it.content / "events.csv",
        (it.content / "events.csv").read_text(encoding="utf-8").rstrip().rpartition("\n")[0],
    ),
    "a new row": lambda it: edit(it.content / "events.csv", "\n", "\n" * 3),
    "nothing but time stamps": lambda it: touch(it.content),
    "a file of the site": lambda it: (it.output / "letter" / "index.html").write_text("by hand"),
    "a file that is gone": lambda it: (it.output / "events" / "index.html").unlink(),
    "all of the site": lambda it: shutil.rmtree(it.output),
}


@pytest.mark.parametrize("change", CHANGES)
def test_whatever_changed_the_site_is_as_if_made_anew(project: MakeProject, change: str) -> None:
    made = project("full")
    build_site(made)
    CHANGES[change](made)
    assert snapshot(build_site(made)) == without_cache(made)


def test_a_picture_in_a_template_is_part_of_its_pages(project: MakeProject) -> None:
    made = project("full")
    picture = made.theme / "templates" / "partials" / "mark.svg"
    write(picture, "<svg><title>A mark</title></svg>")
    footer = made.theme / "templates" / "partials" / "footer.html"
    edit(footer, "<dl", '{% include "partials/mark.svg" %}<dl')
    build_site(made)
    edit(picture, "A mark", "Another mark")
    output = build_site(made)
    assert b"Another mark" in (output / "letter" / "index.html").read_bytes()


def test_a_folder_of_templates_that_is_a_link_is_part_of_its_pages(project: MakeProject) -> None:
    made = project("minimal")
    mark = write(made.root / "shared" / "mark.html", "<i>A mark</i>")
    (made.theme / "templates" / "shared").symlink_to(mark.parent)
    footer = made.theme / "templates" / "partials" / "footer.html"
    edit(footer, "<dl", '{% include "shared/mark.html" %}<dl')
    build_site(made)
    edit(mark, "A mark", "Another mark")
    output = build_site(made)
    assert b"Another mark" in (output / "letter" / "index.html").read_bytes()


def test_a_page_knows_where_its_links_lead(project: MakeProject) -> None:
    made = project("full")
    write(
        made.content / "events" / "linking.md",
        "---\nid: linking\ntitle: Linking\ndate: 2024-07-01\n---\n\nSee [a page](../pages/1-about.md).\n",
    )
    build_site(made)
    edit(made.content / "pages" / "1-about.md", "slug: about", "slug: us")
    output = build_site(made)
    assert b'href="/us/"' in (output / "events" / "linking" / "index.html").read_bytes()


def test_another_address_of_the_site_is_on_every_page(
    project: MakeProject, environment: pytest.MonkeyPatch
) -> None:
    made = project("full")
    build_site(made)
    assert snapshot(build_site(made, publish=True)) == without_cache(made, publish=True)
    environment.setenv("SITEURL", "https://other.example/a")
    assert snapshot(build_site(made, publish=True)) == without_cache(made, publish=True)
    assert snapshot(build_site(made)) == without_cache(made)


def test_time_that_passes_is_seen_by_every_page(
    project: MakeProject, environment: pytest.MonkeyPatch
) -> None:
    made = project("full")
    ends = sorted({_end(event).timestamp() for event in read(made.content).of(Event)})
    for moment in [0, ends[0] - 1, *ends]:
        environment.setenv("SOURCE_DATE_EPOCH", f"{moment:.0f}")
        assert snapshot(build_site(made)) == without_cache(made), moment


def test_other_rules_of_a_time_zone_are_seen(project: MakeProject, tmp_path: Path) -> None:
    made = project("full")
    page = made.output / "events" / "2024-07-02-concert-in-a-sleeping-car-salzburg" / "index.html"
    zones = tmp_path / "zones"
    for name, offset in (("Etc/GMT-2", b"+02:00"), ("Etc/GMT-5", b"+05:00")):
        rules = resources.files("tzdata").joinpath("zoneinfo", name).read_bytes()
        write(zones / "Europe" / "Vienna", rules)
        assert run(made, "campaign", "build", environment={"PYTHONTZPATH": str(zones)}).stdout
        assert b"2024-07-02T20:00:00" + offset in page.read_bytes()


def _end(event: Event) -> datetime:
    """Find when an event is over, to the second."""
    low, high = 0, 4_000_000_000
    while high - low > 1:
        middle = (low + high) // 2
        is_past = event.is_past(datetime.fromtimestamp(middle, event.timezone))
        low, high = (low, middle) if is_past else (middle, high)
    return datetime.fromtimestamp(high, event.timezone)


def test_a_mistake_is_told_as_often_as_the_content_is_read(tmp_path: Path) -> None:
    content = SITES / "broken" / "content"
    theme = ROOT / "theme"
    first = check(content, theme)[1]
    for _ in range(2):
        assert check(content, theme, tmp_path)[1] == first


def test_a_hint_among_many_addresses_is_the_same_in_each_process(project: MakeProject) -> None:
    made = project("minimal")
    write(made.content / "events.csv", rows(*(it for it in range(600) if it % 90 != 5)))
    edit(made.content / "letter.md", "Please", "[Come](/events/2024-07-01-evening-6/). Please")
    told = [
        # It decides in which order the members of a set come.
        run(made, "campaign", "check", environment={"PYTHONHASHSEED": seed}).stderr
        for seed in ("1", "2", "3")
    ]
    assert "did you mean '/events/2024-07-01-event-" in told[0]
    assert len(set(told)) == 1


def rows(*numbers: int) -> str:
    """Return a table of events, some of which have a mistake."""
    return "title,date,country,description\n" + "".join(
        f"Event {it},2024-07-01,{'Atlantis' if it % 90 == 5 else 'AT'},Come *all*\n"
        for it in numbers
    )


STORY = "---\nid: story\n{}---\n\nSee [the past](/events/past/).\n"
EVENT = "title: A story\ndate: 2024-07-01\n"
FILE_CHANGES: dict[str, tuple[Callable[[Path], object], Callable[[Path], object]]] = {
    "the row that completes it changes": (
        lambda it: write(it / "events.csv", "id,title,date,city\nstory,Told,2024-07-01,Linz\n"),
        lambda it: edit(it / "events.csv", "Linz", "Graz"),
    ),
    "the row that completes it moves": (
        lambda it: write(it / "events.csv", "id,title,date,sign_up\nstory,Told,2024-07-01,x\n"),
        lambda it: edit(it / "events.csv", "\nstory", "\n\nother,B,2024-07-02,\nstory"),
    ),
    "it gets a row": (
        lambda it: write(it / "events.csv", "id,title,date\nother,B,2024-07-01\n"),
        lambda it: write(it / "events.csv", "id,title,date\nstory,Told,2024-07-01\n"),
    ),
    "it gets another name": (
        lambda it: write(it / "events" / "a.md", STORY.format(EVENT + "city: [x]\n")),
        lambda it: (it / "events" / "a.md").rename(it / "events" / "b.md"),
    ),
    "its problem is mended": (
        lambda it: write(it / "events" / "a.md", STORY.format(EVENT + "city: [x]\n")),
        lambda it: edit(it / "events" / "a.md", "city: [x]\n", ""),
    ),
    "a line above its mistake goes": (
        lambda it: write(it / "events" / "a.md", STORY.format("online: no\ntown: x\n" + EVENT)),
        lambda it: edit(it / "events" / "a.md", "online: no\n", ""),
    ),
    "a row of many changes": (
        lambda it: write(it / "events.csv", rows(*range(200))),
        lambda it: edit(it / "events.csv", "Event 150,", "Event 150 and more,"),
    ),
    "a row comes before many": (
        lambda it: write(it / "events.csv", rows(*range(1, 200))),
        lambda it: write(it / "events.csv", rows(*range(200))),
    ),
    "another row proves what its day means": (
        lambda it: write(it / "events.csv", "title,date\nA,6/7/2024\nB,6/13/2024\n"),
        lambda it: edit(it / "events.csv", "6/13/2024", "13/6/2024"),
    ),
    "a column gets a name that none has": (
        lambda it: write(it / "events.csv", "title,date,city\nA,2024-07-01,Linz\n"),
        lambda it: edit(it / "events.csv", "city", "oddity"),
    ),
    "the campaign is in another zone": (
        lambda it: (
            write(it / "events" / "a.md", STORY.format(EVENT)),
            write(it / "events.csv", rows(1)),
        ),
        lambda it: edit(it / "campaign.md", "timezone: ", "timezone: Europe/Rome #"),
    ),
    "the campaign is in another zone, and the table names its own in vain": (
        lambda it: write(
            it / "events.csv",
            "title,date,start,timezone,timezone\nA,2024-03-31,02:30,UTC,UTC\n",
        ),
        lambda it: edit(it / "campaign.md", "timezone: ", "timezone: Europe/Rome #"),
    ),
}


@pytest.mark.parametrize("case", FILE_CHANGES)
def test_a_file_is_read_as_if_for_the_first_time_when(
    project: MakeProject, case: str, tmp_path: Path
) -> None:
    made = project("minimal")
    before, change = FILE_CHANGES[case]
    write(made.content / "events" / "story.md", STORY.format(""))
    before(made.content)
    check(made.content, made.theme, tmp_path / "cache")
    change(made.content)
    draft, problems = check(made.content, made.theme, tmp_path / "cache")
    anew, same = check(made.content, made.theme)
    assert problems == same
    assert draft.of(Event) == anew.of(Event)
    assert draft.text_blocks == anew.text_blocks


# What is kept


@pytest.mark.parametrize("data", [b"", b"campaign cache 0\n", b"\x80\x04}\x94.", b"x" * 10_000])
def test_a_foreign_file_counts_as_none(project: MakeProject, data: bytes) -> None:
    made = project("minimal")
    before = snapshot(build_site(made))
    for name in CACHE_FILES:
        (kept(made) / name).write_bytes(data)
    assert snapshot(build_site(made)) == before


def test_a_damaged_file_counts_as_none(project: MakeProject, rendered: list[str]) -> None:
    made = project("minimal")
    before = snapshot(build_site(made))
    for name in CACHE_FILES:
        file = kept(made) / name
        whole = file.read_bytes()
        for damaged in (whole[:-1], whole[:90] + b"x" + whole[91:], whole + b"x"):
            rendered.clear()
            file.write_bytes(damaged)
            assert snapshot(build_site(made)) == before
            assert bool(rendered) is (name == "pages")


def test_a_folder_in_the_place_of_what_is_kept_counts_as_none(project: MakeProject) -> None:
    made = project("minimal")
    build_site(made)
    for name in CACHE_FILES:
        (kept(made) / name).unlink()
        (kept(made) / name).mkdir()
    before = snapshot(made.output)
    assert snapshot(build_site(made)) == before
    assert {it.name for it in kept(made).iterdir()} == set(CACHE_FILES)


@pytest.mark.parametrize("kind", ["a link", "a FIFO", "a socket"])
def test_what_is_no_file_counts_as_none_and_is_never_waited_for(
    project: MakeProject, kind: str, tmp_path: Path
) -> None:
    made = project("minimal")
    before = snapshot(build_site(made))
    for name in CACHE_FILES:
        file = kept(made) / name
        file.replace(tmp_path / name)
        if kind == "a link":
            file.symlink_to(tmp_path / name)
        elif kind == "a FIFO":
            os.mkfifo(file)
        else:
            with socket.socket(socket.AF_UNIX) as opened, contextlib.chdir(file.parent):
                opened.bind(file.name)
        assert not Cache[bytes, bytes](file).get(b"")
    assert snapshot(build_site(made)) == before
    assert all((kept(made) / name).is_file() for name in CACHE_FILES)
    with pytest.raises(OSError, match="Invalid argument"):
        disk.read(Path("/dev/zero"))


def test_nothing_that_a_clone_brings_is_loaded(
    project: MakeProject, environment: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """A cache runs when it is read, so it may come from the user's own builds only."""
    made = project("minimal")
    build_site(made)
    bomb = tmp_path / "went off"
    data = cache.sealed(pickle.dumps(Bomb(bomb)))
    for name in CACHE_FILES:
        write(made.root / ".cache" / name, data)
        write(made.root / "cache" / "pelican-campaign" / kept(made).name / name, data)
    before = snapshot(made.output)
    for home in (made.root / "cache", made.root / "content" / ".." / "cache"):
        environment.setenv("XDG_CACHE_HOME", str(home))
        assert made.cache is None
        assert snapshot(build_site(made)) == before
    assert not bomb.exists()


class Bomb:
    """Makes a file when it is unpickled."""

    def __init__(self, file: Path) -> None:
        self._file = file

    def __reduce__(self) -> tuple[object, ...]:
        return Path.touch, (self._file,)


@pytest.mark.parametrize("mode", [0o777, 0o770, 0o722])
@pytest.mark.parametrize("is_parent", [True, False])
def test_a_folder_that_others_can_write_counts_as_none(
    project: MakeProject, rendered: list[str], mode: int, *, is_parent: bool
) -> None:
    made = project("minimal")
    before = snapshot(build_site(made))
    folder = kept(made).parent if is_parent else kept(made)
    old = folder.stat().st_mode
    folder.chmod(mode)
    rendered.clear()
    assert snapshot(build_site(made)) == before
    folder.chmod(old)
    assert rendered


def test_a_folder_that_is_a_link_counts_as_none(
    project: MakeProject, rendered: list[str], tmp_path: Path
) -> None:
    made = project("minimal")
    before = snapshot(build_site(made))
    kept(made).rename(tmp_path / "elsewhere")
    kept(made).symlink_to(tmp_path / "elsewhere")
    rendered.clear()
    assert snapshot(build_site(made)) == before
    assert rendered


def test_the_folder_is_the_users_own(project: MakeProject) -> None:
    made, other = project("minimal"), project("full")
    build_site(made)
    build_site(other)
    assert [it.stat().st_mode & 0o777 for it in (kept(made), kept(made).parent)] == [0o700] * 2
    assert kept(made) != kept(other)
    assert made.root not in kept(made).parents
    assert not (made.root / ".cache").exists()
    cache.clear(made.root)
    assert not kept(made).exists()
    assert kept(other).exists()


@pytest.mark.parametrize("home", ["a file", "nowhere", "too long"])
def test_a_build_without_a_place_for_its_cache_goes_without(
    project: MakeProject, environment: pytest.MonkeyPatch, tmp_path: Path, home: str
) -> None:
    made = project("minimal")
    write(tmp_path / "a file", "")
    # As with a home that cannot be written; but who is root may write there.
    places = {"nowhere": "/proc/none", "too long": f"/{'a' * 300}"}
    environment.setenv("XDG_CACHE_HOME", places.get(home, str(tmp_path / home)))
    before = snapshot(build_site(made))
    assert snapshot(build_site(made)) == before


def test_what_a_build_that_was_killed_left_is_written_over(tmp_path: Path) -> None:
    write(tmp_path / ".kept.new", "half")
    keeping: Cache[bytes, int] = Cache(tmp_path / "kept")
    keeping.put(b"one", 1)
    keeping.save()
    assert {it.name for it in tmp_path.iterdir()} == {"kept"}


def test_a_cache_keeps_what_was_asked_for(tmp_path: Path) -> None:
    first: Cache[bytes, int] = Cache(tmp_path / "kept")
    first.put(b"one", 1)
    first.put(b"two", 2)
    first.save()
    second: Cache[bytes, int] = Cache(tmp_path / "kept")
    assert second.get(b"one") == 1
    assert second.get(b"three") is None
    second.save()
    third: Cache[bytes, int] = Cache(tmp_path / "kept")
    assert (third.get(b"one"), third.get(b"two")) == (1, None)
    assert {file.name for file in tmp_path.iterdir()} == {"kept"}


def test_another_library_is_another_engine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = cache.stamp()
    monkeypatch.syspath_prepend(str(tmp_path))
    (tmp_path / "markdown-3.11.3.dist-info").mkdir()
    one = cache.stamp()
    (tmp_path / "markdown-3.11.3.dist-info").rename(tmp_path / "markdown-3.11.4.dist-info")
    assert len({before, one, cache.stamp()}) == 3


def test_other_code_is_another_engine(tmp_path: Path) -> None:
    engine = shutil.copytree(ROOT / "campaign", tmp_path / "campaign")
    assert cache.stamp(engine) == cache.stamp()
    edit(engine / "reading" / "text.py", '"""', '"""Once more. ')
    assert cache.stamp(engine) != cache.stamp()


# Fingerprints


def fingerprints(shared: object) -> Fingerprints:
    content = read(SITES / "minimal").content()
    addresses = Addresses.preview("https://example.org")
    texts = words.load(ROOT / "theme" / "translations", "en")
    now = datetime.fromtimestamp(NOW, samples.event().timezone)
    return Fingerprints(
        Theme(Site(content, texts, now, addresses.absolute), addresses, Assets({}, {})), shared
    )


@pytest.fixture
def prints() -> Fingerprints:
    return fingerprints(())


ABSOLUTE = Addresses.preview("https://example.org").absolute


def about(event: Event) -> str:
    return event.title


def test_a_fingerprint_is_of_what_a_page_is_made_of(prints: Fingerprints) -> None:
    def page(**fields: object) -> bytes | None:
        event = samples.event(**fields)
        described = (partial(structured.event, event, campaign, ABSOLUTE),)
        return prints.digest(Route("/e/", EventPage(event), "", partial(about, event), described))

    campaign = samples.campaign()

    assert page() == page()
    others = [
        page(**it)
        for it in ({"title": "Other"}, {"city": "Graz"}, {"date": "2034-06-14"}, {"sequence": "1"})
    ]
    assert len({page(), *others}) == 5


def test_what_is_not_known_has_no_fingerprint(prints: Fingerprints) -> None:
    word = "text"

    def closure() -> str:
        return word

    for value in (lambda: 1, closure, [lambda: 1], {"a": partial(closure)}, (it for it in "")):
        assert prints.digest(value) is None
    assert prints.digest(partial(about, samples.event())) is not None
    assert fingerprints(lambda: 1).digest("text") is None


def test_processes_agree_on_what_pages_are_made_of(project: MakeProject) -> None:
    made = project("full")
    files = []
    for seed in ("1", "2"):
        # It decides in which order the members of a set come.
        assert run(made, "invoke", "build", environment={"PYTHONHASHSEED": seed}).returncode == 0
        files.append((kept(made) / "pages").stat().st_ino)
    # A build that makes a page anew writes the file anew.
    assert files[0] == files[1]


# Several processes


@pytest.mark.usefixtures("processes")
def test_a_fault_of_a_template_is_told_as_by_one_process(
    project: MakeProject, capsys: pytest.CaptureFixture[str]
) -> None:
    made = project("full")
    edit(
        made.theme / "templates" / "event.html",
        "{{ event.title }}",
        "{{ event.titel }}",
    )
    assert build.run(made) == 1
    assert "theme/templates/event.html:" in capsys.readouterr().err
