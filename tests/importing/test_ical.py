"""Calendars as programs write them."""

import pytest

from campaign.importing import ical, spreadsheet
from campaign.importing.source import JOINING, MEETING, Context, Source
from tests.importing.sources import CHANGED, CONTACTS, VIENNA, calendar, read, told, zone_of


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
