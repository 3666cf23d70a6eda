"""`content/events.csv` as spreadsheet programs save it, and rows that complete files."""

import shutil
from datetime import date, time
from pathlib import Path

import pytest

from campaign.checking import check
from campaign.content.model import Event
from campaign.reading.reader import read
from tests.projects import ROOT, SITES, write


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """The content of a small site that is in order, to change."""
    return shutil.copytree(SITES / "minimal", tmp_path / "content")


def report(content: Path) -> list[str]:
    return [str(problem) for problem in check(content, ROOT / "theme")[1]]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_a_table_is_read_as_any_program_saves_it(
    content: Path, encoding: str, separator: str, line_end: str
) -> None:
    rows = [
        ["Title", "Date", "Start", "City", "", ""],
        ['"Café, a; b"', "6/30/2018 0:00", "18:00:00", "Zürich", "", ""],
    ]
    text = line_end.join(separator.join(row) for row in rows) + line_end
    write(content / "events.csv", text.encode(encoding))
    draft = read(content)
    assert not draft.problems
    (event,) = draft.of(Event)
    assert (event.title, event.date, event.start, event.city, event.id) == (
        "Café, a; b",
        date(2018, 6, 30),
        time(18),
        "Zürich",
        "2018-06-30-cafe-a-b-zurich",
    )


def test_the_days_of_a_table_prove_the_order_of_those_that_leave_it_open(content: Path) -> None:
    write(content / "events.csv", "title,date,end_date\nA,6/7/2018,\nB,6/8/2018,6/30/2018\n")
    draft = read(content)
    assert [event.id for event in draft.of(Event)] == ["2018-06-07-a", "2018-06-08-b"]
    assert not draft.problems


@pytest.mark.parametrize("other", ["2018-06-30", "30.6.2018", "5/5/2018", "30/6/2018\nC,6/30/2018"])
def test_without_a_proof_both_readings_are_told(content: Path, other: str) -> None:
    write(content / "events.csv", f"title,date\nA,6/7/2018\nB,{other}\n")
    assert report(content) == [
        (
            "content/events.csv:2: date: '6/7/2018' may be 2018-06-07 or 2018-07-06;"
            " write the one that is meant"
        )
    ]


STORY = "---\ntitle: Vigil by the river\n{}---\n\nIt was {}.\n"
ROW = "id,title,date,start,city,description\nriver,Vigil,2024-06-14,18:00,Linz,Bring a lamp.\n"


@pytest.mark.parametrize(
    ("file", "fields"),
    [("long-ago.md", "id: river\n"), ("river.md", ""), ("river.md", "date: 14 June 2024\n")],
)
def test_a_row_completes_the_file_of_its_event(content: Path, file: str, fields: str) -> None:
    write(content / "events.csv", ROW)
    write(content / f"events/{file}", STORY.format(fields, "dark"))
    assert report(content) == []
    draft = read(content)
    (event,) = draft.of(Event)
    assert (event.title, event.date, event.start, event.city, event.id) == (
        "Vigil by the river",
        date(2024, 6, 14),
        time(18),
        "Linz",
        "river",
    )
    assert event.body.html == "<p>It was dark.</p>"
    assert draft.addresses[f"events/{file}"] == "/events/river/"


def test_a_row_that_says_neither_day_nor_title_completes_no_file(content: Path) -> None:
    write(content / "events.csv", ROW + ",,,19:00,,\n")
    write(content / "events/river.md", "---\nvenue: The quay\n---\n")
    assert [line.partition(";")[0] for line in report(content)] == [
        "content/events.csv:3: date: missing",
        "content/events.csv:3: title: missing",
    ]
    assert [(event.id, event.venue) for event in read(content).of(Event)] == [("river", "The quay")]


def test_a_row_completes_a_file_whose_own_facts_make_its_id(content: Path) -> None:
    write(content / "events.csv", "title,date,city,venue\nVigil,6/14/2024,Linz,The quay\n")
    write(content / "events/a.md", "---\ntitle: Vigil\ndate: 2024-06-14\ncity: Linz\n---\n")
    assert [(event.venue, event.origin.path) for event in read(content).of(Event)] == [
        ("The quay", "content/events/a.md")
    ]


def test_a_file_without_a_story_has_the_rows(content: Path) -> None:
    write(content / "events.csv", ROW.replace("Bring a lamp.", "[Lamps](nowhere.md)"))
    write(content / "events/river.md", STORY.format("", "").replace("It was .\n", ""))
    assert report(content) == [
        (
            "content/events.csv:2: description: link 'nowhere.md' leads nowhere;"
            " there is no such file in the content folder"
        )
    ]


def test_what_a_row_adds_wrongly_is_told_in_its_line(content: Path) -> None:
    write(content / "events.csv", ROW.replace("18:00", "late"))
    write(content / "events/river.md", STORY.format("end: later\n", "dark"))
    assert report(content) == [
        "content/events.csv:2: start: 'late' is not a time; write it on the 24-hour clock, such as 18:00",
        "content/events/river.md:3: end: 'later' is not a time; write it on the 24-hour clock, such as 18:00",
    ]


def test_two_days_for_one_event_are_told_with_both_places(content: Path) -> None:
    write(content / "events.csv", ROW)
    write(content / "events/river.md", STORY.format("date: 2024-06-15\n", "dark"))
    assert report(content) == [
        (
            "content/events/river.md:3: date: 2024-06-15 here and 2024-06-14 in content/events.csv:2,"
            " of the same id; write one day in both, or another id in one of them"
        )
    ]


def test_a_row_completes_one_file_and_a_second_one_is_told(content: Path) -> None:
    write(content / "events.csv", ROW + "river,Vigil,2024-06-14,,,\n")
    write(content / "events/river.md", STORY.format("", "dark"))
    write(content / "events/again.md", STORY.format("id: river\ndate: 2024-06-14\n", "light"))
    assert report(content) == [
        (
            "content/events.csv:3: id: /events/river/ is already the address of"
            " content/events/again.md:1; write another id"
        ),
        (
            "content/events/river.md:1: date: missing;"
            " write the day, such as 2018-06-14, in the event's own place"
        ),
    ]
