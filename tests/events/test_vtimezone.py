"""Time zones in calendars: what two libraries read from a VTIMEZONE is what `zoneinfo` says."""

from datetime import UTC, datetime, timedelta, tzinfo
from importlib.resources import files
from zoneinfo import ZoneInfo

import icalendar
import pytest
from hypothesis import given
from hypothesis import strategies as st
from ical.calendar_stream import IcsCalendarStream
from ical.timezone import IcsTimezoneInfo

from campaign.events.vtimezone import compact, definitions, observance

NAMES = sorted(
    name
    for name in files("tzdata").joinpath("zones").read_text(encoding="utf-8").split()
    if "/" in name
)
# What clocks show, wherever they are.
EARLIEST, LATEST = datetime.fromisoformat("1902-01-01"), datetime.fromisoformat("2100-12-30")


def in_zone(zone: str, *moments: str) -> list[datetime]:
    return [datetime.fromisoformat(moment).replace(tzinfo=ZoneInfo(zone)) for moment in moments]


def calendar_of(moments: list[datetime]) -> str:
    lines = definitions(map(observance, moments))
    return "\r\n".join(
        ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//x//x//EN", *lines, "END:VCALENDAR", ""]
    )


def readings(text: str) -> dict[str, tuple[tzinfo, tzinfo]]:
    """Return the zones of a calendar as two libraries make them of the text alone, by their names."""
    first = icalendar.Calendar.from_ical(text).timezones
    second = IcsCalendarStream.calendar_from_ics(text).timezones
    return {
        str(one["TZID"]): (one.to_tz(lookup_tzid=False), IcsTimezoneInfo.from_timezone(other))
        for one, other in zip(first, second, strict=True)
    }


def test_a_zone_has_only_what_is_needed() -> None:
    assert definitions(map(observance, in_zone("America/New_York", "2018-06-14T18:00"))) == [
        "BEGIN:VTIMEZONE",
        "TZID:America/New_York",
        "BEGIN:DAYLIGHT",
        "DTSTART:20180311T020000",
        "RDATE:20180311T020000",
        "TZOFFSETFROM:-0500",
        "TZOFFSETTO:-0400",
        "TZNAME:EDT",
        "END:DAYLIGHT",
        "END:VTIMEZONE",
    ]


def test_changes_between_events_are_there_in_order_and_once() -> None:
    moments = in_zone("Europe/Vienna", "2024-12-01T10:00", "2024-07-01T10:00", "2024-08-01T10:00")
    text = calendar_of(moments)
    assert text.count("BEGIN:DAYLIGHT") == text.count("BEGIN:STANDARD") == 1
    assert text.index("DTSTART:20240331T020000") < text.index("DTSTART:20241027T030000")


def test_clocks_that_show_the_same_again_are_not_told_twice() -> None:
    moments = in_zone("America/New_York", "2017-07-01T10:00", "2018-07-01T10:00")
    assert calendar_of(moments).count("DTSTART") == 1
    moments = in_zone("America/Phoenix", "2017-07-01T10:00", "2019-07-01T10:00")
    text = calendar_of(moments)
    assert text.count("DTSTART") == 1
    assert "TZOFFSETFROM:-0700\r\nTZOFFSETTO:-0700\r\nTZNAME:MST" in text


def test_zones_stand_by_name() -> None:
    moments = [
        *in_zone("Europe/Vienna", "2024-07-01T10:00"),
        *in_zone("America/Lima", "2024-07-01T10:00"),
    ]
    names = [line for line in definitions(map(observance, moments)) if line.startswith("TZID")]
    assert names == ["TZID:America/Lima", "TZID:Europe/Vienna"]


@pytest.mark.parametrize(
    ("zone", "moment", "offset"),
    [
        ("America/New_York", "2018-11-04T01:30", "-0400"),  # twice; the first is meant
        ("America/New_York", "2018-11-04T02:00", "-0500"),
        ("America/New_York", "2018-03-11T03:00", "-0400"),
        ("America/New_York", "2018-03-11T01:59", "-0500"),
        ("Australia/Lord_Howe", "2024-01-05T12:00", "+1100"),  # half an hour of summer time
        ("Europe/Dublin", "2024-01-05T12:00", "+0000"),
        ("Asia/Kathmandu", "2024-01-05T12:00", "+0545"),
        ("Africa/Casablanca", "2024-03-20T12:00", "+0000"),  # four weeks of Ramadan
        ("Pacific/Apia", "2011-12-31T00:00", "+1400"),  # a day was left out
        ("Africa/Monrovia", "1960-05-01T12:00", "-004430"),
        ("America/Sao_Paulo", "2019-01-01T00:00", "-0200"),
        ("Asia/Singapore", "1982-01-01T00:00", "+0800"),  # clocks changed as the year began
    ],
)
def test_the_offset_is_that_of_the_place_and_moment(zone: str, moment: str, offset: str) -> None:
    (known,) = in_zone(zone, moment)
    text = calendar_of([known])
    assert f"TZOFFSETTO:{offset}\r\n" in text
    local = known.replace(tzinfo=None)
    for reading in readings(text)[zone]:
        assert local.replace(tzinfo=reading).utcoffset() == known.utcoffset()


@given(
    zone=st.sampled_from(NAMES),
    moments=st.lists(st.datetimes(EARLIEST, LATEST), min_size=1, max_size=5),
)
def test_libraries_read_the_moments_that_were_meant(zone: str, moments: list[datetime]) -> None:
    # By way of UTC: no clock shows what it jumps over. The first of two equal hours is meant.
    known = [
        moment.replace(microsecond=0, tzinfo=UTC).astimezone(ZoneInfo(zone)).replace(fold=0)
        for moment in moments
    ]
    for reading in readings(calendar_of(known))[zone]:
        for moment in known:
            read = moment.replace(tzinfo=reading)
            assert (moment - read) == timedelta(), moment


def test_the_moment_has_a_zone_of_the_database() -> None:
    with pytest.raises(TypeError, match="is in no zone"):
        observance(datetime(2024, 6, 14, tzinfo=UTC))


def test_a_moment_is_written_as_a_clock_shows_it() -> None:
    assert compact(*in_zone("Asia/Tokyo", "2024-06-04T08:05:09")) == "20240604T080509"
