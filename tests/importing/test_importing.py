"""The cells that each kind of source becomes, and what of it is never taken over."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.content.markdown import render
from campaign.importing import ical, mobilize, spreadsheet
from campaign.importing.baseline import Baseline, Entry, source_name
from campaign.importing.gazetteer import find_place, locate, other_zone
from campaign.importing.places import split_location, state_code
from campaign.importing.registry import IMPORTERS, described, find_importer, suffixes
from campaign.importing.source import JOINING, MEETING, Context, Source, lasting_id, normalize
from campaign.importing.texts import as_markdown, without_contacts
from tests.projects import ROOT

IMPORTS = ROOT / "tests" / "imports"
CHANGED = datetime(2024, 6, 2, 10, tzinfo=UTC)
VIENNA = "Europe/Vienna"
# Whatever is of people in the sources there.
PEOPLE = ("pat", "sam", "doe", "people.example", "555", "elm st", "39.8001", "meet.sleepers")

CONTACTS = (
    "mail addresses and telephone numbers in texts; add to the table those that are to be public"
)


def zone_of(cells: Mapping[str, str]) -> str:
    """Return a place's zone as the command does."""
    return find_place(cells).get("timezone", "")


def read(name: str) -> Source:
    data = (IMPORTS / name).read_bytes()
    if name.endswith(".csv"):
        return spreadsheet.read(data, Context(name))
    if name.endswith(".ics"):
        return ical.read(data, Context(name, VIENNA, zone_of))
    return mobilize.read(data, Context(name, VIENNA, zone_of))


def calendar(*events: str) -> bytes:
    """Make a calendar of events by their properties."""
    whole = "".join(f"BEGIN:VEVENT\n{properties}\nEND:VEVENT\n" for properties in events)
    return f"BEGIN:VCALENDAR\nVERSION:2.0\n\n{whole}END:VCALENDAR\n".replace("\n\n", "\n").encode()


def told(source: Source) -> list[str]:
    return [str(problem) for problem in source.problems]


# People


@pytest.mark.parametrize("name", ["calendar.ics", "mobilize.json", "signups.csv"])
def test_nothing_by_which_a_person_is_named_or_reached_is_taken_over(name: str) -> None:
    source = read(name)
    assert source.events
    taken = " ".join(
        f"{event.id} {cell}" for event in source.events.values() for cell in event.cells.values()
    ).lower()
    raw = (IMPORTS / name).read_text(encoding="utf-8").lower()
    assert any(word in raw for word in PEOPLE)
    assert [word for word in PEOPLE if word in taken] == []


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Write to pat.doe+x@people.example.", "Write to …."),
        ("mailto:pat@people.example", "…"),
        ("Call 213-555-0123, (213) 555 0123 or +43 1 5550123!", "Call …, … or …!"),
        ("On 2024-06-14 at 18:00, 1300 Pennsylvania Ave, 94601-1234", None),
        ("https://example.org/213-555-0123?day=213.555.0123", None),
        ("@sleepers and A&B", None),
    ],
)
def test_addresses_and_numbers_are_left_out_of_texts(text: str, left: str | None) -> None:
    assert without_contacts(text) == (text if left is None else left)


# Spreadsheets


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


# Calendars


def test_a_calendar_is_read_event_by_event() -> None:
    source = read("calendar.ics")
    events = source.events
    walk = events["night-walk-sleepers-example"]
    assert (walk.line, walk.modified, walk.sequence) == (4, CHANGED, 2)
    assert walk.cells == {
        "title": "Night walk",
        "date": "2024-06-14",
        "start": "23:00",
        "end": "01:00",
        "end_date": "2024-06-15",
        "timezone": "America/Los_Angeles",
        "venue": "Union Station",
        "address": "800 N Alameda St",
        "city": "Los Angeles",
        "region": "CA",
        "postal_code": "90012",
        "country": "US",
        "latitude": "34.0562",
        "longitude": "-118.2365",
        "source": "https://sleepers.example/walk",
        "description": "Bring a lamp.\n\nWrite to … or call ….",
    }
    assert events["week"].cells == {
        "title": "Week of sleep",
        "date": "2024-07-10",
        "end_date": "2024-07-14",
        "venue": "Hauptbahnhof, Wien",
        "status": "cancelled",
    }
    assert events["one-day"].cells == {"title": "One day", "date": "2024-07-10"}


@pytest.mark.parametrize(
    ("name", "times"),
    [
        ("utc", ("2024-06-14", "20:00", "21:30", "America/Chicago")),
        ("floating", ("2024-06-14", "18:00", None, "Europe/Vienna")),
        ("windows", ("2024-06-14", "18:00", None, "America/Chicago")),
    ],
)
def test_times_are_those_of_the_place(name: str, times: tuple[str | None, ...]) -> None:
    cells = read("calendar.ics").events[name].cells
    assert tuple(map(cells.get, ("date", "start", "end", "timezone"))) == times
    assert "end_date" not in cells


@pytest.mark.parametrize(
    ("begin", "where", "time"),
    [
        ("DTSTART:20240614T180000Z", "Oakland\\, CA", ("11:00", "America/Los_Angeles")),
        ("DTSTART:20240614T180000Z", "The old oak", ("14:00", "America/New_York")),
        (
            "DTSTART;TZID=America/New_York:20240614T140000",
            "Oakland\\, CA",
            ("11:00", "America/Los_Angeles"),
        ),
        (
            "DTSTART;TZID=Eastern Standard Time:20240614T140000",
            "Oakland\\, CA",
            ("11:00", "America/Los_Angeles"),
        ),
        ("DTSTART;TZID=Europe/Berlin:20240614T140000", "The old oak", ("14:00", "Europe/Berlin")),
        ("DTSTART:20240614T140000", "Oakland\\, CA", ("14:00", "America/Los_Angeles")),
    ],
)
def test_a_place_counts_before_the_zone_that_a_calendar_names(
    begin: str, where: str, time: tuple[str, str]
) -> None:
    data = calendar(f"{begin}\nSUMMARY:Rally\nLOCATION:{where}")
    data = data.replace(b"VERSION:2.0", b"VERSION:2.0\nX-WR-TIMEZONE:America/New_York")
    source = ical.read(data, Context("a.ics", VIENNA, zone_of))
    (event,) = source.events.values()
    assert (event.cells["start"], event.cells["timezone"]) == time


SHOWN = "(UTC-06:00) Central Time (US & Canada)"
ZONE = """\
BEGIN:VTIMEZONE
TZID:{name}
BEGIN:STANDARD
DTSTART:16011104T020000
RRULE:FREQ=YEARLY;BYDAY=1SU;BYMONTH=11
TZOFFSETFROM:-0500
TZOFFSETTO:-0600
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:16010311T020000
RRULE:FREQ=YEARLY;BYDAY=2SU;BYMONTH=3
TZOFFSETFROM:-0600
TZOFFSETTO:-0500
END:DAYLIGHT
END:VTIMEZONE
"""


def in_zone(zone: str, *, known_as: str = "", where: str = "The old oak") -> Source:
    """Read an event of two hours whose times are in a zone, which the calendar may define."""
    times = f"DTSTART;TZID={zone}:20240701T180000\nDTEND;TZID={zone};X-A=B:20240701T200000"
    data = calendar(f"UID:a\nSUMMARY:Rally\nLOCATION:{where}\n{times}")
    defined = ZONE.format(name=known_as).encode() if known_as else b""
    return ical.read(
        data.replace(b"BEGIN:VEVENT", defined + b"BEGIN:VEVENT"), Context("a.ics", VIENNA, zone_of)
    )


@pytest.mark.parametrize("quote", ["", '"'])
@pytest.mark.parametrize(
    ("zone", "times"),
    [
        ("Central Standard Time", ("2024-07-01", "18:00", "20:00", "America/Chicago")),
        (
            "/tool.example/2024_1/America/Chicago",
            ("2024-07-01", "18:00", "20:00", "America/Chicago"),
        ),
        # Nobody knows its name, so that it is told in the campaign's zone.
        ("Our time", ("2024-07-02", "01:00", "03:00", VIENNA)),
        (SHOWN, ("2024-07-02", "01:00", "03:00", VIENNA)),
        (
            "(UTC-06:00) Guadalajara, Mexico City, Monterrey",
            ("2024-07-02", "01:00", "03:00", VIENNA),
        ),
        ("(GMT-06:00) Saskatchewan", ("2024-07-02", "01:00", "03:00", VIENNA)),
        ("tzone://Microsoft/Custom", ("2024-07-02", "01:00", "03:00", VIENNA)),
    ],
)
def test_a_zone_that_is_not_called_as_in_the_iana_database_is_known_by_its_definition(
    zone: str, quote: str, times: tuple[str, ...]
) -> None:
    source = in_zone(f"{quote}{zone}{quote}", known_as=zone)
    assert told(source) == []
    cells = source.events["a"].cells
    assert tuple(map(cells.get, ("date", "start", "end", "timezone"))) == times


def test_the_place_of_an_event_in_outlooks_zone_tells_its_zone() -> None:
    cells = in_zone(SHOWN, known_as=SHOWN, where="Springfield\\, IL").events["a"].cells
    assert (cells["start"], cells["timezone"]) == ("18:00", "America/Chicago")


def test_outlooks_name_of_a_zone_is_read_where_its_line_is_folded_too() -> None:
    folded = SHOWN.replace(" (US", "\r\n  (US")
    assert in_zone(folded, known_as=SHOWN).events["a"].cells["start"] == "01:00"


@pytest.mark.parametrize("zone", [SHOWN, f'"{SHOWN}"', "Our time"])
def test_a_zone_that_nothing_tells_of_is_told_with_its_line(zone: str) -> None:
    in_zone(zone, known_as=zone.strip('"'))
    (problem,) = told(in_zone(zone, where="Springfield\\, IL"))
    name = zone.strip('"')
    assert problem == (
        f"a.ics:3: DTSTART or DTEND: the timezone '{name}' is not known, and the calendar does not"
        " define it; mend it in the calendar"
    )


@pytest.mark.parametrize("lines", ["TZID:a\nEND:VTIMEZONE", "TZID:a\nTZID:b\nEND:VTIMEZONE"])
def test_a_calendar_that_ends_what_it_does_not_begin_is_told(lines: str) -> None:
    source = ical.read(calendar(lines), Context("a.ics", VIENNA, zone_of))
    assert [it.line for it in source.problems] == [1]
    assert source.problems[0].message.startswith("this is not a calendar")


@pytest.mark.parametrize("zone", ["a" * 300, "America", f"{'b' * 256}/Vienna"])
def test_a_zone_that_no_file_can_be_called_is_told_of_its_event_alone(zone: str) -> None:
    data = calendar(
        f"UID:1\nSUMMARY:A\nDTSTART;TZID={zone}:20240701T180000",
        "UID:2\nSUMMARY:B\nDTSTART:20240701T180000Z",
    )
    source = ical.read(data, Context("a.ics", VIENNA, zone_of))
    assert list(source.events) == ["2"]
    assert [(it.line, len(it.message) < 200) for it in source.problems] == [(3, True)]
    assert f"the timezone '{zone[:60]} (" in source.problems[0].message


def test_a_zone_with_a_long_name_is_known_by_its_definition() -> None:
    zone = "a" * 300
    definition = (
        f"BEGIN:VTIMEZONE\nTZID:{zone}\nBEGIN:STANDARD\nDTSTART:19700101T000000\n"
        "TZOFFSETFROM:+0200\nTZOFFSETTO:+0200\nEND:STANDARD\nEND:VTIMEZONE\n"
    )
    event = f"UID:1\nSUMMARY:A\nDTSTART;TZID={zone}:20240701T180000"
    data = calendar(event).replace(b"BEGIN:VEVENT", definition.encode() + b"BEGIN:VEVENT")
    source = ical.read(data, Context("a.ics", VIENNA, zone_of))
    assert not source.problems
    assert source.events["1"].cells["start"] == "18:00"


def test_windows_name_of_a_calendars_zone_is_known() -> None:
    data = calendar("UID:a\nSUMMARY:Rally\nDTSTART:20240701T180000Z")
    data = data.replace(b"VERSION:2.0", b"VERSION:2.0\nX-WR-TIMEZONE:Central Standard Time")
    cells = ical.read(data, Context("a.ics", VIENNA, zone_of)).events["a"].cells
    assert (cells["start"], cells["timezone"]) == ("13:00", "America/Chicago")


@pytest.mark.parametrize("zone", ["America/Chicago", '"Central Standard Time"', SHOWN])
def test_a_moment_in_utc_is_shown_by_the_clocks_of_the_zone_beside_it(zone: str) -> None:
    times = (
        f"DTSTART;TZID={zone}:20240614T180000Z\nDTEND;VALUE=DATE-TIME;TZID={zone}:20240614T200000Z"
    )
    source = ical.read(
        calendar(f"UID:a\nSUMMARY:A\n{times}"), Context("a.ics", "America/Chicago", zone_of)
    )
    assert told(source) == []
    cells = source.events["a"].cells
    assert (cells["start"], cells["end"]) == ("13:00", "15:00")
    assert cells["timezone"] == "America/Chicago"


@pytest.mark.parametrize("name", ["CDO", "MSNCALENDAR"])
@pytest.mark.parametrize(
    ("times", "last"),
    [
        (
            "DTSTART;TZID=America/Chicago:20240614T000000\nDTEND;TZID=America/Chicago:20240615T000000",
            None,
        ),
        ("DTSTART:20240614T000000\nDTEND:20240616T000000", "2024-06-15"),
        ("DTSTART:20240614T040000Z\nDTEND:20240615T040000Z", None),
        ("DTSTART:20240614T000000Z\nDTEND:20240615T000000Z", None),
        ("DTSTART:20240614T000000", None),
    ],
)
def test_an_event_that_outlook_calls_one_of_whole_days_has_no_times(
    times: str, last: str | None, name: str
) -> None:
    data = calendar(f"UID:a\nSUMMARY:A\n{times}\nX-MICROSOFT-{name}-ALLDAYEVENT:TRUE")
    cells = ical.read(data, Context("a.ics", "America/New_York", zone_of)).events["a"].cells
    assert cells == {"title": "A", "date": "2024-06-14"} | ({"end_date": last} if last else {})


def test_an_event_of_whole_days_that_has_times_keeps_them() -> None:
    times = "DTSTART:20240614T090000\nDTEND:20240614T170000\nX-MICROSOFT-CDO-ALLDAYEVENT:TRUE"
    cells = ical.read(calendar(f"UID:a\nSUMMARY:A\n{times}"), Context("a.ics", VIENNA, zone_of))
    assert cells.events["a"].cells["start"] == "09:00"


@pytest.mark.parametrize(
    ("geo", "place"),
    [
        ("geo:39.80,-89.65", ("39.8", "-89.65")),
        ("geo:39.8,-89.65,12;u=35", ("39.8", "-89.65")),
        ("geo:39.80,-89.65\nGEO:40;-90", ("40", "-90")),
        ("geo:0.0,0.0", (None, None)),
        ("geo:398,5", (None, None)),
    ],
)
def test_the_place_that_apple_took_from_a_map_has_coordinates(
    geo: str, place: tuple[str | None, str | None]
) -> None:
    apples = f'X-APPLE-STRUCTURED-LOCATION;VALUE=URI;X-TITLE="City Hall, Springfield":{geo}'
    data = calendar(f"UID:a\nSUMMARY:A\nDTSTART:20240614T090000\n{apples}")
    cells = ical.read(data, Context("a.ics", VIENNA, zone_of)).events["a"].cells
    assert (cells.get("latitude"), cells.get("longitude")) == place


LINE = "_" * 80


@pytest.mark.parametrize(
    "joining",
    [
        f"{LINE}\\nMicrosoft Teams meeting\\nJoin on your computer or mobile app\\n{LINE}",
        f"{LINE}\\n\\nMicrosoft Teams Need help?\\nJoin the meeting now",
        f"{LINE}\\nJoin on your computer\\nClick here",
        f"<br>{LINE}<br><div><b>Microsoft Teams meeting</b></div>",
        "──────────\\n\\nAnn Lee is inviting you to a scheduled Zoom meeting.\\nJoin Zoom Meeting",
    ],
)
def test_how_to_join_a_meeting_is_no_part_of_a_description_and_told(joining: str) -> None:
    text = f"UID:a\nSUMMARY:A\nDTSTART:20240614T090000\nDESCRIPTION:Come.\\n{joining}"
    source = ical.read(calendar(text), Context("a.ics", VIENNA, zone_of))
    assert source.events["a"].cells["description"] == "Come."
    assert source.skipped == {JOINING: ["line 3"]}


def test_what_stands_below_another_line_is_kept() -> None:
    text = f"Come.\\n{LINE}\\nMicrosoft Teams is what we use.\\nJoin the meeting now"
    data = calendar(f"UID:a\nSUMMARY:A\nDTSTART:20240614T090000\nDESCRIPTION:{text}")
    source = ical.read(data, Context("a.ics", VIENNA, zone_of))
    assert source.events["a"].cells["description"].endswith("Join the meeting now")
    assert source.skipped == {}


@pytest.mark.parametrize(
    "times",
    [
        "DTSTART:20240614T180000Z\nDTEND:20240614T170000Z",
        "DTSTART:20240614T180000\nDTEND:20240614T170000",
        "DTSTART;TZID=America/New_York:20240614T180000\nDTEND;TZID=America/Los_Angeles:20240614T140000",
        "DTSTART;VALUE=DATE:20240614\nDTEND;VALUE=DATE:20240613",
    ],
)
def test_an_event_that_ends_before_it_begins_is_told(times: str) -> None:
    source = ical.read(calendar(f"UID:a\nSUMMARY:A\n{times}"), Context("a.ics", VIENNA, zone_of))
    assert told(source) == [
        "a.ics:3: DTSTART or DTEND: it ends before it begins; mend it in the calendar"
    ]


@pytest.mark.parametrize(
    ("times", "end"),
    [
        ("DTSTART:20240614T180000Z\nDTEND:20240614T180000Z", None),
        # Clocks went back in between, and show less.
        ("DTSTART:20241103T053000Z\nDTEND:20241103T061500Z", None),
        ("DTSTART;VALUE=DATE:20240614\nDTEND;VALUE=DATE:20240614", None),
        ("DTSTART:20240614T170000\nDTEND:20240614T220000Z", "18:00"),
    ],
)
def test_an_end_that_says_nothing_more_is_no_mistake(times: str, end: str | None) -> None:
    source = ical.read(
        calendar(f"UID:a\nSUMMARY:A\n{times}"), Context("a.ics", "America/New_York", zone_of)
    )
    assert told(source) == []
    assert source.events["a"].cells.get("end") == end


def test_the_address_of_a_meeting_is_left_out_and_told() -> None:
    data = calendar("DTSTART:20240614T180000Z\nSUMMARY:Call\nLOCATION:https://meet.example/j/1")
    table = b"title,date,location\nCall,2024-06-14,https://meet.example/j/1\n"
    for source, line in (
        (ical.read(data, Context("a.ics", VIENNA, zone_of)), "line 3"),
        (spreadsheet.read(table, Context("a.csv")), "line 2"),
    ):
        (event,) = source.events.values()
        assert event.cells["online"] == "yes"
        assert "venue" not in event.cells
        assert source.skipped == {MEETING: [line]}


@pytest.mark.filterwarnings("error")
def test_what_the_library_has_to_say_of_a_calendar_is_no_matter_of_an_organisers() -> None:
    zone = "BEGIN:VTIMEZONE\nTZID:Custom\nBEGIN:STANDARD\nDTSTART:16010101T000000\n"
    offsets = "TZOFFSETFROM:-0700\nTZOFFSETTO:-0700\nEND:STANDARD\nEND:VTIMEZONE"
    own = "DTSTART;TZID=Custom:20240614T110000\nSUMMARY:A\nUID:a\nLOCATION:Los Angeles\\, CA"
    other = own.replace("Custom", "/tool.example/America/Los_Angeles").replace("UID:a", "UID:b")
    data = calendar(own, other).replace(b"VERSION:2.0", f"VERSION:2.0\n{zone}{offsets}".encode())
    source = ical.read(data, Context("a.ics", VIENNA, zone_of))
    assert [event.cells["start"] for event in source.events.values()] == ["11:00", "11:00"]


def test_what_a_calendar_repeats_hides_or_breaks_is_told_with_its_line() -> None:
    source = read("calendar.ics")
    assert source.skipped == {
        "repeated (RRULE, RDATE or RECURRENCE-ID); enter each day as an event of its own": [
            "line 55"
        ],
        "not public": ["line 61"],
        MEETING: ["line 43"],
        CONTACTS: ["night-walk-sleepers-example"],
    }
    assert told(source) == [
        "calendar.ics:67: DTSTART: Wrong datetime format: 20249999T180000Z; mend it in the calendar",
        "calendar.ics:72: id: the event in line 30 has the id one-day too; give each an id of its own",
    ]
    # They are there all the same, and not gone.
    assert {"broken", "weekly"} <= source.present


@pytest.mark.parametrize("text", ["", "hello", "BEGIN:VCALENDAR\nBEGIN:VEVENT\n", "{}"])
def test_what_is_no_calendar_is_told(text: str) -> None:
    (problem,) = told(ical.read(text.encode(), Context("a.ics", VIENNA, zone_of)))
    assert problem.startswith(
        ("a.ics:1: this is not a calendar (", "a.ics:1: this calendar is not whole;")
    )


# Mobilize

NO_EVENTS = (
    "there is no list of events, 'data', in this file; save the answer of the Mobilize API as it is"
)


def test_each_timeslot_of_mobilize_is_an_event() -> None:
    events = read("mobilize.json").events
    assert list(events) == [
        "mobilize-12345-1",
        "mobilize-12345-2",
        "mobilize-2-3",
        "mobilize-3-4",
    ]
    first = events["mobilize-12345-1"]
    assert first.modified == CHANGED
    assert first.cells == {
        "title": "Vigil at the station",
        "date": "2024-06-14",
        "start": "19:00",
        "end": "21:00",
        "timezone": "America/Los_Angeles",
        "venue": "Union Station",
        "address": "800 N Alameda St",
        "city": "Los Angeles",
        "region": "CA",
        "postal_code": "90012",
        "country": "US",
        "latitude": "34.0562",
        "longitude": "-118.2365",
        "organiser": "Sleepers West, and friends",
        "sign_up": "https://mobilize.example/event/12345/",
        "accessibility": "Step-free",
        "description": "Bring a lamp &amp; a cup.\n\n- Write to …\n- or call …",
    }
    second = events["mobilize-12345-2"].cells
    assert (second["date"], second["end"], second["end_date"]) == (
        "2024-06-15",
        "04:00",
        "2024-06-16",
    )


def test_an_event_online_has_no_place_and_one_at_a_home_no_street() -> None:
    events = read("mobilize.json").events
    assert events["mobilize-2-3"].cells == {
        "title": "Reading from timetables",
        "date": "2024-06-30",
        "start": "14:30",
        "end": "15:30",
        "timezone": "America/New_York",
        "online": "yes",
        "description": "Read along.",
    }
    assert events["mobilize-3-4"].cells == {
        "title": "Supper for sleepers",
        "date": "2024-06-30",
        "start": "13:30",
        "timezone": "America/Chicago",
        "city": "Springfield",
        "region": "IL",
        "postal_code": "62701",
        "country": "US",
    }


def test_what_of_mobilize_is_not_public_or_has_no_time_is_told_with_its_id() -> None:
    source = read("mobilize.json")
    assert source.skipped == {
        "not public": ["event 4"],
        "not approved yet": ["event 5"],
        "without a timeslot": ["event 6"],
        CONTACTS: ["mobilize-12345-1", "mobilize-12345-2"],
    }
    assert told(source) == [
        "mobilize.json:1: mobilize-7-7: timeslots: the timeslot has no start_date",
        (
            "mobilize.json:1: mobilize-8-8: timeslots: 'Mars/Olympus' is not a time zone;"
            " write one such as America/New_York"
        ),
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "this is not JSON; save the answer of the Mobilize API as it is"),
        ('{"data": [}', "this is not JSON; save the answer of the Mobilize API as it is"),
        ("[" * 100_000, "this is not JSON; save the answer of the Mobilize API as it is"),
        ('{"data": null}', NO_EVENTS),
        ("7", NO_EVENTS),
    ],
)
def test_what_is_no_export_of_mobilize_is_told(text: str, said: str) -> None:
    assert told(mobilize.read(text.encode(), Context("a.json", VIENNA, zone_of))) == [
        f"a.json:1: {said}"
    ]


def test_one_page_of_several_is_not_the_whole_source() -> None:
    assert read("mobilize.json").whole
    assert not mobilize.read(
        b'{"data": [], "next": "https://x.example"}', Context("a.json", VIENNA, zone_of)
    ).whole
    assert mobilize.read(b" [ {}, 7 ] ", Context("a.json", VIENNA, zone_of)).skipped == {
        "without a timeslot": ["event without an id", "event without an id"]
    }


def test_a_time_that_is_none_is_told_and_a_moment_of_change_that_is_none_passed_over() -> None:
    slots = [{"id": 1, "start_date": 1718416800}, {"id": 2, "start_date": 1e30}]
    events = [{"id": 1, "title": "A", "modified_date": 1e30, "timeslots": slots}]
    source = mobilize.read(json.dumps(events).encode(), Context("a.json", VIENNA, zone_of))
    assert told(source) == [
        "a.json:1: mobilize-1-2: timeslots: 1e+30 is no time, in seconds since 1970"
    ]
    assert source.events["mobilize-1-1"].modified is None


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=6,
)
NAMES = (
    "id",
    "title",
    "timeslots",
    "location",
    "timezone",
    "sponsor",
    "modified_date",
    "description",
)


@given(st.lists(st.dictionaries(st.sampled_from(NAMES), json_values)))
def test_whatever_an_export_holds_it_is_read_or_told(events: list[object]) -> None:
    source = mobilize.read(
        json.dumps({"data": events}).encode(), Context("a.json", VIENNA, lambda _: "UTC")
    )
    assert all(cell for event in source.events.values() for cell in event.cells.values())


# Texts and places


@pytest.mark.parametrize(
    ("text", "markdown"),
    [
        ("Plain words.", "Plain words."),
        ("One\r\n\r\nTwo", "One\n\nTwo"),
        (
            "2 * 3 * 4 and _this_ and snake_case [x] `y`",
            r"2 \* 3 \* 4 and \_this\_ and snake_case \[x\] \`y\`",
        ),
        ("See https://x.example/a_b_ and a_b_", r"See https://x.example/a_b_ and a_b\_"),
        ("Bring:\n• a lamp\n• a cup\nThanks", "Bring:\n\n- a lamp\n- a cup\n\nThanks"),
        ("# one\n1. two\n> three\n---\nfour", "\\# one\n1\\. two\n\\> three\n\nfour"),
        ("<p>One<br>two</p><p>three &lt;3</p>", "One\ntwo\n\nthree &lt;3"),
        ('<a href="https://x.example/">here</a>', "here (https://x.example/)"),
        ('<a href="javascript:x()">here</a><script>bad()</script>', "here"),
        ("    indented\x07", "indented"),
        ("<p>H<![C- x", "H&lt;!\\[C- x"),
        ("<p><![if !a]>- b<![endif]><![CDATA[c]]>d", "- bd"),
        ("<p>a<![", "a&lt;!\\["),
        (
            '<a href="https://x.example/">a<a href="https://y.example/">b</a>',
            "a (https://x.example/)b (https://y.example/)",
        ),
    ],
)
def test_a_text_from_elsewhere_becomes_markdown_that_shows_it(text: str, markdown: str) -> None:
    assert as_markdown(text) == markdown


@given(
    st.text()
    | st.lists(
        st.sampled_from([*"*_[]()<>`#-+1.)|~=&!\\ \n:a", "<p>", "http://a.b/", "<![", "<!--", "<?"])
    ).map("".join)
)
def test_no_text_from_elsewhere_is_a_mistake_in_the_table(text: str) -> None:
    assert render(as_markdown(text)).problems == ()


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ("Oakland, CA", {"city": "Oakland", "region": "CA", "country": "US"}),
        (
            "Congress, Washington, D.C.",
            {"venue": "Congress", "city": "Washington", "region": "DC", "country": "US"},
        ),
        (
            "The pier\n12 Quay Rd\nSpringfield, Illinois, 62701",
            {
                "venue": "The pier",
                "address": "12 Quay Rd",
                "city": "Springfield",
                "region": "IL",
                "postal_code": "62701",
                "country": "US",
            },
        ),
        ("Hauptbahnhof, Wien, Austria", {"venue": "Hauptbahnhof, Wien, Austria"}),
        ("Community Center", {"venue": "Community Center"}),
        *(
            (words, {"online": "yes"})
            for words in ("Online", "via Zoom", "Microsoft Teams Meeting")
        ),
        ("Zoom Gallery", {"venue": "Zoom Gallery"}),
        (
            "City Hall; 200 N Spring St; Los Angeles; CA 90012",
            {
                "venue": "City Hall",
                "address": "200 N Spring St",
                "city": "Los Angeles",
                "region": "CA",
                "postal_code": "90012",
                "country": "US",
            },
        ),
        (
            "Office of Ann Lee, Room 2\n12 Quay Rd, St. Paul MN  55101, United States",
            {
                "venue": "Office of Ann Lee, Room 2",
                "address": "12 Quay Rd",
                "city": "St. Paul",
                "region": "MN",
                "postal_code": "55101",
                "country": "US",
            },
        ),
        (
            "The pier, 12 Quay Rd\nNew York NY 10001-1234\nUnited States",
            {
                "venue": "The pier",
                "address": "12 Quay Rd",
                "city": "New York",
                "region": "NY",
                "postal_code": "10001-1234",
                "country": "US",
            },
        ),
        *(
            (text, {"venue": text})
            for text in ("The pier, Quay Street New York NY 10001", "The pier, 12 Troy NY 10001")
        ),
        ("", {}),
    ],
)
def test_a_location_is_taken_apart_as_far_as_it_is_clear(text: str, cells: dict[str, str]) -> None:
    assert split_location(text) == cells


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("CA", "CA"),
        ("ca", "CA"),
        ("California", "CA"),
        ("D.C.", "DC"),
        ("Georgia", "GA"),
        ("PR", "PR"),
        ("Puerto Rico", "PR"),
        ("Bavaria", None),
        ("Germany", None),
    ],
)
def test_states_and_territories_are_known_by_code_and_name(text: str, code: str | None) -> None:
    assert state_code(text) == code


@pytest.mark.parametrize(
    ("cells", "place"),
    [
        (
            {"country": "US", "postal_code": "94601"},
            ("37.7806", "-122.2166", "America/Los_Angeles"),
        ),
        (
            {"country": "US", "postal_code": "94601-1234", "region": "CA"},
            ("37.7806", "-122.2166", "America/Los_Angeles"),
        ),
        # A spreadsheet program took the zero off.
        (
            {"country": "US", "postal_code": "2139", "region": "MA"},
            ("42.3647", "-71.1042", "America/New_York"),
        ),
    ],
)
def test_a_zip_code_tells_the_place(cells: dict[str, str], place: tuple[str, str, str]) -> None:
    assert locate(cells) == place


@pytest.mark.parametrize(
    ("city", "region"),
    [
        ("Los Angeles", "California"),
        ("Saint Louis", "MO"),
        ("Coeur d'Alene", "ID"),
        ("NEW YORK", "ny"),
    ],
)
def test_a_city_and_its_state_tell_the_place(city: str, region: str) -> None:
    place = locate({"country": "US", "city": city, "region": region})
    assert 24 < float(place.latitude) < 49
    assert place.timezone.startswith("America/")


def test_a_country_may_be_called_by_its_name() -> None:
    assert locate({"country": "USA", "postal_code": "94601"}).timezone == "America/Los_Angeles"


def test_a_place_whose_zone_the_table_spells_wrongly_has_none() -> None:
    assert "timezone" not in find_place({"country": "US", "postal_code": "99634"})


@pytest.mark.parametrize(
    ("zone", "said"),
    [
        (
            "America/Chicago",
            "its timezone is America/Chicago, but its place is in America/Los_Angeles; correct one of them",
        ),
        *((zone, "") for zone in ("", "America/Los_Angeles", "America/Tijuana", "Nowhere")),
    ],
)
def test_a_zone_that_is_not_the_places_is_told(zone: str, said: str) -> None:
    cells = {"date": "2024-06-14", "city": "Reno", "region": "NV", "country": "US"}
    assert other_zone(cells | {"timezone": zone}) == said


BY_HAND = "write latitude and longitude yourself"


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        (
            {"country": "AT", "city": "Wien"},
            f"only places in the United States are known here, and the country is AT; {BY_HAND}",
        ),
        (
            {"city": "Oakland"},
            (
                "only places in the United States are known here, and the country is missing;"
                " write its code, such as US"
            ),
        ),
        *(
            (
                {"country": "US", "postal_code": code},
                f"'{code}' is no known ZIP code; mend it, or {BY_HAND}",
            )
            for code in ("00000", "2139", "one")
        ),
        (
            {"country": "US", "postal_code": "94601", "region": "NY"},
            "the ZIP code 94601 is in CA, not in NY; correct one of them",
        ),
        (
            {"country": "US", "city": "Atlantis", "region": "CA"},
            "no city 'Atlantis' is known in CA; mend it, or write the ZIP code",
        ),
        (
            {"country": "US", "city": "Oakland"},
            f"there is no ZIP code, nor a city with its state; write one, or {BY_HAND}",
        ),
    ],
)
def test_a_place_that_is_not_known_is_told(cells: dict[str, str], said: str) -> None:
    with pytest.raises(ValueError) as error:  # noqa: PT011 (the sentence is compared whole)
        locate(cells)
    assert str(error.value) == said


# Cells, ids and the baseline


def test_words_for_the_same_are_written_as_the_table_has_them() -> None:
    assert normalize(
        {
            "country": "usa",
            "region": "California",
            "online": "In person",
            "status": "Canceled",
            "title": " A \n B ",
        }
    ) == {"country": "US", "region": "CA", "online": "no", "status": "cancelled", "title": "A B"}
    assert normalize({"region": "Tyrol", "country": "Austria", "status": "TENTATIVE"}) == {
        "region": "Tyrol",
        "country": "AT",
    }
    assert normalize({"region": "ca", "city": ""}) == {"region": "CA", "country": "US"}


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        ({"region": "NH", "postal_code": "3301"}, "03301"),
        ({"country": "PR", "postal_code": "901"}, "00901"),
        ({"country": "AT", "postal_code": "1010"}, "1010"),
        ({"postal_code": "3301"}, "3301"),
    ],
)
def test_a_zip_code_gets_back_the_zeros_that_a_spreadsheet_took(
    cells: dict[str, str], code: str
) -> None:
    assert normalize(cells)["postal_code"] == code


@pytest.mark.parametrize(
    ("typed", "link"),
    [
        ("www.example.org/b", "https://www.example.org/b"),
        ("example.org/rsvp", "https://example.org/rsvp"),
        *((text, text) for text in ("http://example.org", "TBD", "see below.", "javascript:a.b")),
    ],
)
def test_a_link_gets_the_beginning_that_people_leave_out(typed: str, link: str) -> None:
    assert normalize({"sign_up": typed}) == {"sign_up": link}


def test_an_id_fits_into_an_address() -> None:
    assert lasting_id("Ab@c.example", {}) == "ab-c-example"
    assert lasting_id("", {"title": "Vigil", "date": "2024-06-14"}) == "2024-06-14-vigil"
    one, other = (lasting_id("x" * 200 + end, {}) for end in "ab")
    assert len(one) == len(other) == 100
    assert one != other


@pytest.mark.parametrize(
    ("file", "name"),
    [
        ("events.json", "events.json"),
        ("Events (3).json", "events.json"),
        ("events copy 2.ics", "events.ics"),
        ("events-2024-06-14.csv", "events.csv"),
        ("export_20240614_1830.csv", "export.csv"),
        ("district-12.csv", "district-12.csv"),
        ("2024-06-14.csv", "events.csv"),
    ],
)
def test_a_source_is_known_by_its_file_whenever_it_was_downloaded(file: str, name: str) -> None:
    assert source_name(Path(file)) == name


def test_a_baseline_is_read_back() -> None:
    baseline = Baseline({"b": Entry("a.csv", {"title": "Café"}), "a": Entry("b.ics", {})})
    assert Baseline.decode(baseline.encode()).entries == baseline.entries
    assert Baseline.decode(b"").entries == {}


@pytest.mark.parametrize(
    "data",
    [b"{", b"[]", b'{"version": 2, "events": {}}', b'{"version": 1, "events": {"a": 1}}', b"\xff"],
)
def test_what_is_no_baseline_is_told(data: bytes) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 (of any kind)
        Baseline.decode(data)


# The registry


def test_a_file_is_read_by_the_importer_of_its_ending(tmp_path: Path) -> None:
    for importer in IMPORTERS:
        for suffix in importer.suffixes:
            assert find_importer(tmp_path / f"events{suffix.upper()}") is importer
        assert importer.read(b"", Context("empty")).problems
    assert find_importer(tmp_path / "events.xlsx") is None


def test_sentences_name_every_format_once() -> None:
    assert suffixes() == ".csv, .ics and .json"
    assert described() == (
        "a spreadsheet (.csv), a calendar (.ics) or an export of the Mobilize API (.json)"
    )
