"""Tables from elsewhere, with their columns under the names that people give them."""

import pytest

from campaign.importing import spreadsheet
from campaign.importing.source import Context
from tests.importing.sources import CONTACTS, read, told


def test_a_spreadsheet_is_read_by_the_names_that_people_give_columns() -> None:
    source = read("signups.csv")
    assert told(source) == []
    walk, breakfast = source.events.values()
    assert (walk.id, walk.line, walk.cells) == (
        "a-17",
        2,
        {
            "title": "Night walk",
            "date": "2024-06-14",
            "start": "11:00 PM",
            "end": "1am",
            "venue": "Union Station",
            "region": "CA",
            "postal_code": "90012",
            "country": "US",
            "sign_up": "https://sleepers.example/walk",
            "status": "cancelled",
            "description": "Bring a lamp. Call ….",
        },
    )
    # Its day is open by itself; the other row proves that the month comes first.
    assert (breakfast.id, breakfast.cells) == (
        "2024-06-07-breakfast-oak-park",
        {
            "title": "Breakfast",
            "date": "2024-06-07",
            "start": "8:00:00",
            "venue": "Main St Cafe",
            "address": "1 Main St",
            "city": "Oak Park",
            "region": "IL",
            "postal_code": "60302",
            "country": "US",
        },
    )
    assert source.skipped == {
        "columns that are none of an event's": ["'host_name'", "'host_e-mail'", "'organizer'"],
        CONTACTS: ["a-17"],
    }


def test_a_source_speaks_of_the_columns_that_it_has() -> None:
    source = spreadsheet.read(b"id,name,weather,zip\na,A,x,1\n", Context("a.csv"))
    assert source.columns == {"title", "postal_code"}
    source = spreadsheet.read(b"id,name,date,time,location\n", Context("a.csv"))
    assert source.columns == {
        "title",
        "date",
        "start",
        "end",
        "end_date",
        "online",
        "venue",
        "address",
        "city",
        "region",
        "postal_code",
        "country",
    }


@pytest.mark.parametrize(
    ("row", "cells"),
    [
        ("6/14/2024,11am - 1pm,", {"date": "2024-06-14", "start": "11am", "end": "1pm"}),
        ("6/14/2024 18:00:00,,", {"date": "2024-06-14", "start": "18:00:00"}),
        ("6/14/2024,,6/14/2024 20:00", {"date": "2024-06-14", "end": "20:00"}),
        (
            "6/14/2024,,6/15/2024 1:00 AM",
            {"date": "2024-06-14", "end": "1:00 AM", "end_date": "2024-06-15"},
        ),
    ],
)
def test_days_and_times_in_one_cell_are_taken_apart(row: str, cells: dict[str, str]) -> None:
    source = spreadsheet.read(f"id,date,time,end\na,{row}\n".encode(), Context("a.csv"))
    assert [event.cells for event in source.events.values()] == [cells]


@pytest.mark.parametrize("name", ["time", "When", "event time", "hours"])
def test_a_column_of_times_has_many_names(name: str) -> None:
    text = f"id,title,date,{name}\na,A,2024-06-14,11am - 1pm\n"
    source = spreadsheet.read(text.encode(), Context("a.csv"))
    assert not source.skipped
    assert source.events["a"].cells == {
        "title": "A",
        "date": "2024-06-14",
        "start": "11am",
        "end": "1pm",
    }


@pytest.mark.parametrize(
    ("when", "cells"),
    [
        ("6/14/2024 6:00pm - 8pm", {"date": "2024-06-14", "start": "6:00pm", "end": "8pm"}),
        ("6/14/2024", {"date": "2024-06-14"}),
    ],
)
def test_one_column_may_say_when_an_event_is(when: str, cells: dict[str, str]) -> None:
    source = spreadsheet.read(f"id,when\na,{when}\n".encode(), Context("a.csv"))
    assert source.events["a"].cells == cells


def test_a_column_of_the_start_and_one_of_the_time_go_together() -> None:
    source = spreadsheet.read(b"id,date,start,time\na,2024-06-14,,6pm\n", Context("a.csv"))
    assert source.problems == []
    assert source.events["a"].cells == {"date": "2024-06-14", "start": "6pm"}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "name,title\nA,B\n",
            "a.csv:1: title: this column and another are both the title of the event; take one of them out",
        ),
        (
            "title,date\nA\n",
            "a.csv:2: this row has 1 of 2 cells; write ',' for each empty cell too",
        ),
        (
            "title,date\nA,2024-06-14\nA,2024-06-14\n",
            "a.csv:3: id: the event in line 2 has the id 2024-06-14-a too; give each an id of its own",
        ),
        ("", "a.csv:1: the table is empty; its first row names the columns: "),
        (
            "Titel,start\nA,2024-06-14 18:00\n",
            "a.csv:1: title: this column is missing; give its name to the one that holds the event's title,",
        ),
        (
            "name,date,city\n,,\n ,,.\n",
            "a.csv:3: this row names no event; write its title and date",
        ),
    ],
)
def test_a_spreadsheet_that_cannot_be_read_is_told(text: str, said: str) -> None:
    (problem,) = told(spreadsheet.read(text.encode(), Context("a.csv")))
    assert problem.startswith(said)
