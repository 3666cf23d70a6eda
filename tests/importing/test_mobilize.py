"""Exports of the Mobilize API."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.importing import mobilize
from campaign.importing.source import Context
from tests.importing.sources import (
    CHANGED,
    CONTACTS,
    VIENNA,
    read,
    told,
    zone_of,
)

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
