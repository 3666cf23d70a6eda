"""Calendars: exact texts, and what two independent libraries read in them."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import icalendar
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from ical.calendar import Calendar
from ical.calendar_stream import IcsCalendarStream

from campaign import words
from campaign.checking import check
from campaign.content.markdown import render
from campaign.content.model import Event
from campaign.events.calendar import LONGEST_LINE, About, Calendars, split_entries
from campaign.routes import event_calendar
from tests.conftest import BuiltSite
from tests.events.test_vtimezone import EARLIEST, LATEST, NAMES, readings
from tests.projects import ROOT
from tests.samples import campaign, event, read

WORDS = words.load(ROOT / "theme" / "translations", "en")
ABOUT = About(
    "Keep the trains",
    "All events.",
    "https://example.org/trains/events/",
    "https://example.org/e.ics",
)


def absolute(path: str) -> str:
    return f"https://example.org/trains{path}"


def calendars(**facts: object) -> Calendars:
    return Calendars(campaign(**facts), WORDS, absolute)


def with_text(text: str = "", **facts: object) -> Event:
    return replace(event(**facts), body=render(text))


def write(found: Event, **facts: object) -> str:
    return calendars(**facts).of_event(found)


def write_all(events: list[Event]) -> str:
    made = calendars()
    entries = [made.entry(found).encode() for found in events]
    return made.of_events(ABOUT, events, entries).decode()


def unfolded(text: str) -> list[str]:
    return text.replace("\r\n ", "").split("\r\n")


def lines_of(text: str, *names: str) -> list[str]:
    """Return the lines of an event that have these names."""
    _, _, component = text.partition("BEGIN:VEVENT")
    return [line for line in unfolded(component) if re.split("[:;]", line)[0] in names]


def by_icalendar(text: str) -> icalendar.Calendar:
    found = icalendar.Calendar.from_ical(text)
    assert isinstance(found, icalendar.Calendar)
    assert not found.errors
    assert not any(component.errors for component in found.walk())
    return found


def by_ical(text: str) -> Calendar:
    return IcsCalendarStream.calendar_from_ics(text)


def test_one_event_with_all_that_is_known() -> None:
    found = with_text(
        "Bring a lamp, a friend; and *hope*.",
        start="18:00",
        end="20:30",
        venue="Courthouse steps",
        address="1 Main Street",
        city="Springfield",
        region="IL",
        postal_code="62701",
        country="US",
        latitude="39.8",
        longitude="-89.65",
        organiser="ACLU; MoveOn",
        sign_up="https://act.example/vigil",
        accessibility="Step-free; interpreters",
        updated="2024-06-12T10:00Z",
        sequence="2",
        timezone="America/Chicago",
    )
    assert write(found).split("\r\n") == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//pelican-campaign//Events//EN",
        "BEGIN:VTIMEZONE",
        "TZID:America/Chicago",
        "BEGIN:DAYLIGHT",
        "DTSTART:20240310T020000",
        "RDATE:20240310T020000",
        "TZOFFSETFROM:-0600",
        "TZOFFSETTO:-0500",
        "TZNAME:CDT",
        "END:DAYLIGHT",
        "END:VTIMEZONE",
        "BEGIN:VEVENT",
        "UID:vigil@example.org/trains",
        "DTSTAMP:20240612T100000Z",
        "LAST-MODIFIED:20240612T100000Z",
        "SEQUENCE:2",
        "DTSTART;TZID=America/Chicago:20240614T180000",
        "DTEND;TZID=America/Chicago:20240614T203000",
        "STATUS:CONFIRMED",
        "SUMMARY:Vigil",
        r"DESCRIPTION:Bring a lamp\, a friend\; and hope.\n\nSign up: https://act.exa",
        r" mple/vigil\nAccessibility: Step-free\; interpreters\n\nhttps://example.org",
        " /trains/events/vigil/",
        r"LOCATION:Courthouse steps\, 1 Main Street\, Springfield\, IL 62701\, United",
        "  States",
        "GEO:39.800000;-89.650000",
        "URL:https://example.org/trains/events/vigil/",
        "CONTACT:ACLU",
        "CONTACT:MoveOn",
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    ]


def test_one_event_of_which_little_is_known() -> None:
    assert write(with_text(end_date="2024-06-16")).split("\r\n") == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//pelican-campaign//Events//EN",
        "BEGIN:VEVENT",
        "UID:vigil@example.org/trains",
        "DTSTAMP:20240501T000000Z",
        "LAST-MODIFIED:20240501T000000Z",
        "SEQUENCE:0",
        "DTSTART;VALUE=DATE:20240614",
        "DTEND;VALUE=DATE:20240617",
        "TRANSP:TRANSPARENT",
        "STATUS:CONFIRMED",
        "SUMMARY:Vigil",
        r"DESCRIPTION:Time not known\n\nhttps://example.org/trains/events/vigil/",
        "URL:https://example.org/trains/events/vigil/",
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    ]


def test_a_calendar_to_subscribe_to_says_what_it_is_and_when_to_look_again() -> None:
    found = write_all([event(timezone="UTC", start="18:00")])
    assert found.split("\r\n")[3:11] == [
        "NAME:Keep the trains",
        "X-WR-CALNAME:Keep the trains",
        "DESCRIPTION:All events.",
        "URL:https://example.org/trains/events/",
        "SOURCE;VALUE=URI:https://example.org/e.ics",
        "REFRESH-INTERVAL;VALUE=DURATION:PT4H",
        "X-PUBLISHED-TTL:PT4H",
        "BEGIN:VEVENT",
    ]
    assert by_ical(found).source == ABOUT.source
    assert by_ical(found).refresh_interval == timedelta(hours=4)


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"start": "18:00"}, ["DTSTART;TZID=America/New_York:20240614T180000"]),
        (
            {"start": "22:00", "end": "07:30", "end_date": "2024-06-15"},
            [
                "DTSTART;TZID=America/New_York:20240614T220000",
                "DTEND;TZID=America/New_York:20240615T073000",
            ],
        ),
        # Of the end only the day is known: it lasts until that day is over.
        (
            {"start": "22:00", "end_date": "2024-06-15"},
            [
                "DTSTART;TZID=America/New_York:20240614T220000",
                "DTEND;TZID=America/New_York:20240616T000000",
            ],
        ),
        # On that midnight, clocks there went forward, and showed one o'clock.
        (
            {
                "date": "2017-10-13",
                "start": "20:00",
                "end_date": "2017-10-14",
                "timezone": "America/Sao_Paulo",
            },
            [
                "DTSTART;TZID=America/Sao_Paulo:20171013T200000",
                "DTEND;TZID=America/Sao_Paulo:20171015T010000",
            ],
        ),
        (
            {"start": "18:00", "end": "19:00", "timezone": "UTC"},
            ["DTSTART:20240614T180000Z", "DTEND:20240614T190000Z"],
        ),
        ({}, ["DTSTART;VALUE=DATE:20240614", "DTEND;VALUE=DATE:20240615"]),
        ({"end": "21:00"}, ["DTSTART;VALUE=DATE:20240614", "DTEND;VALUE=DATE:20240615"]),
        (
            {"date": "2018-12-31", "end_date": "2019-01-01"},
            ["DTSTART;VALUE=DATE:20181231", "DTEND;VALUE=DATE:20190102"],
        ),
    ],
)
def test_an_event_is_when_it_is_known_to_be(facts: dict[str, object], said: list[str]) -> None:
    found = write(event(**facts))
    assert lines_of(found, "DTSTART", "DTEND") == said
    assert ("TRANSP:TRANSPARENT" in found) is ("VALUE=DATE" in said[0])
    assert ("BEGIN:VTIMEZONE" in found) is ("TZID" in said[0])


@pytest.mark.parametrize(
    ("status", "said", "title"),
    [
        ("confirmed", "CONFIRMED", "Vigil"),
        ("postponed", "TENTATIVE", "Postponed: Vigil"),
        ("cancelled", "CANCELLED", "Cancelled: Vigil"),
    ],
)
def test_a_state_is_told_to_programs_and_in_words(status: str, said: str, title: str) -> None:
    found = write(event(status=status))
    assert lines_of(found, "STATUS", "SUMMARY") == [f"STATUS:{said}", f"SUMMARY:{title}"]


def test_nobody_is_asked_to_sign_up_for_what_is_cancelled_or_over() -> None:
    facts = {"sign_up": "https://act.example/", "online": "yes", "start": "18:00"}
    closed = {"status": "won", "closing": "They run again."}
    assert "act.example" in write(event(**facts))
    assert "act.example" not in write(event(**facts, status="cancelled"))
    assert "act.example" not in write(event(**facts), **closed)


@pytest.mark.parametrize(
    ("facts", "where"),
    [
        ({"online": "yes"}, ["LOCATION:Online"]),
        ({"online": "yes", "sign_up": "https://act.example/"}, ["LOCATION:https://act.example/"]),
        ({"online": "yes", "latitude": "1", "longitude": "2"}, ["LOCATION:Online"]),
        ({"online": "mixed", "city": "Graz"}, ["LOCATION:Graz"]),
        ({"country": "AT"}, ["LOCATION:Austria"]),
        ({"latitude": "0.0000001", "longitude": "0.00001"}, ["GEO:0.000000;0.000010"]),
        ({}, []),
    ],
)
def test_an_event_is_where_it_is_known_to_be(facts: dict[str, object], where: list[str]) -> None:
    assert lines_of(write(event(**facts)), "LOCATION", "GEO") == where


def test_an_end_without_a_beginning_is_told_in_words() -> None:
    (said,) = lines_of(write(with_text(end="21:00")), "DESCRIPTION")
    assert said.startswith("DESCRIPTION:until 9:00\u00a0PM\\n")


def test_a_preview_does_not_change_what_an_event_is_called() -> None:
    preview = Calendars(campaign(), WORDS, lambda path: f"http://127.0.0.1:8000{path}")
    assert lines_of(preview.of_event(event()), "UID") == ["UID:vigil@example.org/trains"]


def test_an_event_is_the_same_in_each_calendar_and_each_time() -> None:
    events = [event(id=f"vigil-{number}", start="18:00") for number in range(3)]
    made = calendars()
    together = write_all(events)
    assert together == write_all(events)
    for found in events:
        alone = made.of_event(found)
        component = alone[alone.index("BEGIN:VEVENT") : alone.index("END:VEVENT")]
        assert component in together
    assert together.count("BEGIN:VTIMEZONE") == 1


def test_no_line_is_long_and_no_character_is_cut() -> None:
    title = "Ä" * 31 + "👩‍👩‍👧‍👦" * 20 + "x" * 200 + "夜行列車" * 30
    text = write(event(title=title))
    assert max(len(line.encode()) for line in text.split("\r\n")) == LONGEST_LINE
    assert f"SUMMARY:{title}" in unfolded(text)
    exact = "x" * (LONGEST_LINE - len("SUMMARY:"))
    assert f"SUMMARY:{exact}\r\n" in write(event(title=exact))
    assert f"SUMMARY:{exact}\r\n y\r\n" in write(event(title=f"{exact}y"))


def test_what_would_end_a_line_is_a_line_break_and_what_nobody_sees_is_left_out() -> None:
    strange = "a\x00b\x1fc\x7fd\re\r\nf\x85g\u2028h\ti\u00a0j"
    found = replace(event(), title=strange)
    assert "SUMMARY:abcd\\ne\\nf\\ng\\nh\ti\u00a0j" in unfolded(write(found))


TEXTS = st.text(
    st.one_of(
        st.characters(exclude_categories=["Cs"]),
        st.sampled_from(',;:\\"\n\t é夜👩‍👧'),
    ),
    max_size=200,
)
MOMENTS = st.datetimes(EARLIEST, LATEST)


def as_kept(text: str) -> str:
    """Return a text as a calendar can keep it."""
    text = re.sub("\r\n|[\r\x85\u2028\u2029]", "\n", text)
    return re.sub("[\x00-\x08\x0b-\x1f\x7f]", "", text)


@st.composite
def generated(draw: st.DrawFn) -> Event:
    """Events as no editor would write them, but for their times, which the model judges."""
    begins = draw(MOMENTS)
    lasts = draw(
        st.sampled_from([None, timedelta(minutes=30), timedelta(hours=9), timedelta(days=2)])
    )
    ends = begins + lasts if lasts else None
    facts: dict[str, Any] = {
        "timezone": draw(st.sampled_from([*NAMES, "UTC"])),
        "date": f"{begins:%Y-%m-%d}",
        "start": draw(st.sampled_from([None, f"{begins:%H:%M}"])),
        "end": ends and f"{ends:%H:%M}",
        "end_date": ends and f"{ends:%Y-%m-%d}",
        "status": draw(st.sampled_from(["confirmed", "postponed", "cancelled"])),
        "online": draw(st.sampled_from(["yes", "no", "mixed"])),
        "sequence": str(draw(st.integers(0, 9))),
        "latitude": f"{draw(st.floats(-90, 90)):.6f}",
        "longitude": f"{draw(st.floats(-180, 180)):.6f}",
    }
    found, problems = read(Event, **facts)
    # Clocks jump over some times; Markdown and HTML are refused elsewhere.
    assume(found and not problems)
    assert found
    texts: dict[str, Any] = {name: draw(TEXTS) for name in ("title", "city", "accessibility")}
    several = tuple(name for name in draw(st.lists(TEXTS, max_size=2)) if as_kept(name))
    return replace(found, **texts, organiser=several)


@given(generated())
def test_two_libraries_read_every_field_of_generated_events(found: Event) -> None:
    text = write(found)
    assert "\r" not in text.replace("\r\n", "")
    assert "\n" not in text.replace("\r\n", "")
    assert max(len(line.encode()) for line in text.split("\r\n")) <= LONGEST_LINE
    (theirs,) = by_icalendar(text).events
    (other,) = by_ical(text).events
    title = as_kept(found.title)
    if found.status != "confirmed":
        title = f"{found.status.capitalize()}: {title}"
    assert str(theirs["SUMMARY"]) == other.summary == title
    assert str(theirs["UID"]) == other.uid == "vigil@example.org/trains"
    assert theirs["SEQUENCE"] == other.sequence == found.sequence
    status = {"confirmed": "CONFIRMED", "postponed": "TENTATIVE", "cancelled": "CANCELLED"}
    assert str(theirs["STATUS"]) == other.status == status[found.status]
    assert theirs.decoded("DTSTAMP") == other.dtstamp == datetime(2024, 5, 1, tzinfo=UTC)
    assert theirs.decoded("LAST-MODIFIED") == other.last_modified == other.dtstamp
    assert str(theirs["URL"]) == other.url == absolute(found.path)
    assert str(theirs["DESCRIPTION"]) == other.description
    assert other.description
    assert (
        as_kept(f"Accessibility: {found.accessibility}") in other.description
        or not found.accessibility
    )
    assert other.description.endswith(absolute(found.path))
    where = "Online" if found.online == "yes" else as_kept(found.city or "")
    assert str(theirs.get("LOCATION", "")) == (other.location or "") == where
    contacts = theirs.get("CONTACT", [])
    contacts = contacts if isinstance(contacts, list) else [contacts]
    assert list(map(str, contacts)) == other.contacts == [as_kept(it) for it in found.organiser]
    check_place(found, theirs, other)
    check_times(found, theirs, other)
    check_instants(found, text)


def check_place(found: Event, theirs: Any, other: Any) -> None:  # noqa: ANN401 (libraries' own)
    if found.online == "yes":
        assert "GEO" not in theirs
        assert other.geo is None
    else:
        place = (found.latitude, found.longitude)
        assert theirs.decoded("GEO") == (other.geo.lat, other.geo.lng) == place


def check_times(found: Event, theirs: Any, other: Any) -> None:  # noqa: ANN401 (libraries' own)
    first = theirs.decoded("DTSTART")
    last = theirs.decoded("DTEND") if "DTEND" in theirs else None
    assert (first, last) == (other.dtstart, other.dtend)
    if found.starts:
        assert first == found.starts
        assert first.utcoffset() == found.starts.utcoffset()
        if found.ends:
            assert last == found.ends
    else:
        assert type(first) is type(last) is date
        assert (first, last) == (found.date, found.last_day + timedelta(days=1))


def check_instants(found: Event, text: str) -> None:
    """The zones that the text itself defines give the moments that `zoneinfo` gives."""
    moments = [moment for moment in (found.starts, found.ends) if found.starts and moment]
    if "BEGIN:VTIMEZONE" not in text:
        assert not moments or found.timezone.key == "UTC"
        return
    for reading in readings(text)[found.timezone.key]:
        for moment in moments:
            assert moment.replace(tzinfo=reading) - moment == timedelta()


@pytest.mark.slow
@given(st.lists(generated(), min_size=2, max_size=8))
def test_libraries_read_the_moments_of_many_events_in_one_calendar(found: list[Event]) -> None:
    events = [replace(it, id=f"e-{number}") for number, it in enumerate(found)]
    text = write_all(events)
    assert split_entries(text.encode()) == [calendars().entry(it).encode() for it in events]
    read_by = by_icalendar(text)
    zones = readings(text)
    assert len(read_by.timezones) == len(zones)
    assert [str(it["UID"]) for it in read_by.events] == [
        f"{it.id}@example.org/trains" for it in events
    ]
    for it in events:
        if it.starts and it.timezone.key != "UTC":
            for reading in zones[it.timezone.key]:
                assert it.starts.replace(tzinfo=reading) - it.starts == timedelta()
    assert set(zones) == {it.timezone.key for it in events if it.starts} - {"UTC"}


def test_an_hour_that_clocks_show_twice_is_the_first() -> None:
    found = event(date="2018-11-04", start="01:30", end="03:00")
    (theirs,) = by_icalendar(write(found)).events
    assert theirs.decoded("DTSTART").astimezone(UTC) == datetime(2018, 11, 4, 5, 30, tzinfo=UTC)
    assert theirs.decoded("DTEND").astimezone(UTC) == datetime(2018, 11, 4, 8, tzinfo=UTC)


def test_a_built_site_has_the_calendars_that_its_pages_link_to(full_site: BuiltSite) -> None:
    base = "https://night-trains.example/ride"
    linked = set()
    for page in full_site.pages.values():
        for link in page.links:
            if link.endswith((".ics", "events.json")):
                path = link.removeprefix(base.replace("https", "webcal")).removeprefix("/ride")
                linked.add(path)
                assert (full_site.output / path.lstrip("/")).is_file(), link
    assert {"/events/events.ics", "/events/in/us/ny/events.ics", "/events/events.json"} <= linked
    assert "/events/vienna-main-station/vienna-main-station.ics" in linked
    assert "/events/rally-in-the-rain/rally-in-the-rain.ics" not in linked


def test_every_event_of_a_built_site_is_in_its_calendars_once(full_site: BuiltSite) -> None:
    content = check(full_site.project.content, ROOT / "theme")[0].content()
    whole = (full_site.output / "events/events.ics").read_bytes().decode()
    uids = [event.uid for event in by_ical(whole).events]
    assert sorted(uids) == sorted(f"{it.id}@night-trains.example/ride" for it in content.of(Event))
    for found in content.of(Event):
        alone = (full_site.output / event_calendar(found).lstrip("/")).read_bytes().decode()
        assert [it.uid for it in by_ical(alone).events] == [f"{found.id}@night-trains.example/ride"]
    vienna = (full_site.output / "events/in/at/vienna/events.ics").read_bytes().decode()
    assert len(by_ical(vienna).events) == 2
    assert r"NAME:Bring Back the Night Trains: Vienna\, Austria" in unfolded(vienna)


def test_a_site_without_events_has_no_calendars(minimal_site: BuiltSite) -> None:
    assert not list(minimal_site.output.rglob("*.ics"))
    assert not list(minimal_site.output.rglob("events.json"))
