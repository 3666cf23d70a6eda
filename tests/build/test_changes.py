"""A change makes anew the pages that show it, and no others."""

import os
import shutil
from collections.abc import Callable
from datetime import datetime
from importlib import resources
from pathlib import Path
from typing import Any

import pytest

from campaign.build.project import Project
from campaign.checking import check
from campaign.content.model import Event
from campaign.events import geojson
from campaign.reading import parsing
from campaign.reading.reader import read
from tests.build.caches import without_cache
from tests.conftest import MakeProject
from tests.projects import ROOT, SITES, build_site, edit, run, snapshot, write

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
