"""The data of the search by distance: what is in it, how it is divided, and how little of it a search loads."""

import gzip
import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from time import process_time
from types import MappingProxyType
from typing import Any

import pytest

from campaign import words
from campaign.content.model import Event
from campaign.events import nearby
from campaign.events.nearby import (
    CELL_SIZE,
    City,
    CityNames,
    Names,
    Row,
    Search,
    cities,
    divided,
    findable,
    home_of,
    initial,
    parts,
)
from campaign.routes import Site
from campaign.routes.near import near_files
from tests.many import many_events
from tests.projects import ROOT
from tests.samples import content, event

NOW = datetime(2024, 6, 15, 12, tzinfo=UTC)
WORDS = words.load(ROOT / "theme" / "translations", "en")
NONE_OVER: frozenset[str] = frozenset()


def at(latitude: float, longitude: float, **facts: object) -> Event:
    return event(latitude=str(latitude), longitude=str(longitude), **facts)


def site(*events: Event) -> Site:
    return Site(content(events=events), WORDS, NOW, lambda path: f"https://example.org{path}")


def cities_of(
    events: Sequence[Event], regions: Mapping[str, str] = MappingProxyType({})
) -> list[City]:
    return cities(events, CityNames(WORDS.country, regions, WORDS.joined, home_of(events)))


def made(*events: Event) -> dict[str, Any]:
    """Return what is in the files of a site with these events, by their paths."""
    return {file.path: json.loads(file.text) for file in near_files(site(*events))}


def compressed(text: str) -> int:
    return len(gzip.compress(text.encode(), 9, mtime=0))


# What can be found


def test_events_to_come_are_found_and_none_that_is_over() -> None:
    past, coming = at(1, 1, id="past"), at(2, 2, id="coming")
    assert findable((past, coming), frozenset({"past"})).events == (coming,)


def test_where_none_is_to_come_those_that_are_over_are_found() -> None:
    past = at(1, 1, id="past")
    online = at(2, 2, id="online", online="yes")
    assert findable((past, online), frozenset({"past"})).events == (past,)


def test_what_has_no_place_is_counted_and_what_is_only_online_is_not() -> None:
    events = (at(1, 1), event(id="nowhere"), event(id="online", online="yes"))
    assert findable(events, NONE_OVER).search == Search(finds=True, by_zip=False, unplaced=1)
    assert findable(events[1:], NONE_OVER).search == Search(finds=False, by_zip=False, unplaced=1)


def test_only_where_there_are_events_in_the_usa_does_the_site_know_zip_codes() -> None:
    assert "/events/near-zip.json" not in made(at(48, 16, country="AT"))
    table = made(at(48, 16, country="AT"), at(34, -118, id="la", country="US"))
    assert table["/events/near-zip.json"]["prefixes"][946] == [37.8, -122.27]
    assert "GeoNames" in table["/events/near-zip.json"]["source"]


def test_without_a_known_place_there_is_no_file() -> None:
    assert made(event()) == {}
    assert made() == {}


# The files


def test_a_handful_of_events_is_one_small_file() -> None:
    facts = {"title": "Vigil", "venue": "The pier", "city": "Oakland", "region": "CA"}
    oakland = at(
        37.80441,
        -122.2708,
        date="2024-07-01",
        start="18:00",
        country="US",
        status="postponed",
        **facts,
    )
    data = made(oakland)
    index = data["/events/near.json"]
    assert len(index.pop("empty_regions")) == 50
    columns = index.pop("columns")
    assert columns["events"][:5] == ["id", "title", "latitude", "longitude", "ends_minute"]
    assert columns["cities"][:2] == ["name", "disambiguation"]
    for kind, rows in {"events": index["events"], **index["named"]}.items():
        assert {len(row) for row in rows} == {len(columns[kind])}
    assert data.keys() == {"/events/near.json", "/events/near-zip.json"}
    over = int(oakland.ends_at_utc.timestamp()) // 60
    assert data["/events/near.json"] == {
        "until": over,
        "cells": {"": 1},
        "events": [
            [
                "vigil",
                "Vigil",
                37.8044,
                -122.2708,
                over,
                "2024-07-01",
                "",
                "18:00",
                "The pier, Oakland, CA",
                "postponed",
            ]
        ],
        "named": {
            "cities": [["Oakland", "CA", 37.8044, -122.2708, "California"]],
            "regions": [
                ["United States", ["US", "USA"], "in/us/", over],
                ["California, United States", ["California", "CA"], "in/us/ca/", over],
            ],
        },
    }


def test_an_event_is_over_from_the_first_whole_minute_on() -> None:
    found = findable((at(0, 1, date="1969-12-31", timezone="UTC"),), NONE_OVER)
    assert parts(found, Names(), WORDS.joined)[""]["until"] == 0


def test_the_files_are_the_same_each_time() -> None:
    events = many_events(1000)
    assert made(*events) == made(*events)


def row(latitude: float, longitude: float) -> Row:
    return Row("id", "Title", latitude, longitude, 0, "2024-07-01", "", "", "", "")


def test_a_cell_is_divided_in_four_until_it_holds_few_enough() -> None:
    corners = [row(latitude, longitude) for latitude in (-45, 45) for longitude in (-90, 90)]
    assert dict(divided(corners * 50)) == {"": corners * 50}
    assert {name: len(cell) for name, cell in divided(corners * 51)} == {
        "0": 51,
        "1": 51,
        "2": 51,
        "3": 51,
    }


def test_what_is_on_the_line_belongs_to_the_north_and_the_east() -> None:
    (name, _), (there, _) = divided([row(0, 0)] * CELL_SIZE + [row(-1, -1)])
    assert (name[0], there[0]) == ("0", "3")


def test_what_is_in_one_place_ends_up_in_one_cell_however_much_it_is() -> None:
    ((name, cell),) = divided([row(37.8, -122.3)] * (CELL_SIZE + 1))
    assert len(name) == nearby.DEEPEST
    assert len(cell) == CELL_SIZE + 1


# Cities


def test_a_city_is_in_the_middle_of_its_events_and_told_by_its_region() -> None:
    facts = {"city": "Portland", "country": "US"}
    events = (
        at(45, -122, id="a", region="OR", **facts),
        at(46, -123, id="b", region="OR", **facts),
        at(43.7, -70.3, id="c", region="ME", **facts),
    )
    assert cities_of(events, {"OR": "Oregon"}) == [
        ("Portland", "ME", 43.7, -70.3, ""),
        ("Portland", "OR", 45.5, -122.5, "Oregon"),
    ]


def test_a_city_abroad_is_told_by_its_country_too() -> None:
    events = (
        at(34, -118, id="a", city="Los Angeles", region="CA", country="US"),
        at(41, -88, id="b", city="Chicago", region="IL", country="US"),
        at(48.9, 2.4, id="c", city="Paris", country="FR"),
        at(-32, 116, id="d", city="Perth", region="WA", country="AU"),
        at(0, 1, id="e", city="Atlantis"),
    )
    assert [(name, told) for name, told, *_ in cities_of(events)] == [
        ("Atlantis", ""),
        ("Chicago", "IL"),
        ("Los Angeles", "CA"),
        ("Paris", "France"),
        ("Perth", "WA, Australia"),
    ]


def test_the_city_of_a_past_event_can_be_searched_for_too() -> None:
    events = (
        at(34, -118, id="a", city="Los Angeles", date="2024-06-01"),
        at(41, -88, id="b", city="Chicago", date="2024-07-01"),
    )
    index = made(*events)["/events/near.json"]
    assert [event_id for event_id, *_ in index["events"]] == ["b"]
    assert [name for name, *_ in index["named"]["cities"]] == ["Chicago", "Los Angeles"]


@pytest.mark.parametrize(
    ("name", "letter"),
    [
        ("Seattle", "73"),
        ("Évry", "65"),
        ("ßtown", "df"),
        ("’s-Gravenhage", "73"),
        ("東京", "6771"),
        ("29 Palms", "32"),
        ("—", ""),
    ],
)
def test_the_initial_of_a_city_is_small_and_has_no_accent(name: str, letter: str) -> None:
    assert initial(name) == letter


def test_a_city_without_a_letter_is_left_out() -> None:
    assert cities_of((at(1, 1, city="—"),)) == []


def test_a_city_of_whose_events_no_place_is_known_comes_with_the_list_of_its_region() -> None:
    illinois = {"country": "US", "region": "IL"}
    events = (
        at(41, -88, id="a", city="Chicago", **illinois),
        event(id="b", city="Chicago", **illinois),
        event(id="c", city="Springfield", **illinois),
        event(id="d", city="Springfield", **illinois),
        event(id="e", city="Graz", country="AT"),
        event(id="f", city="Atlantis"),
        event(id="g", city="Peoria", online="yes", **illinois),
    )
    named = made(*events)["/events/near.json"]["named"]
    assert [name for name, *_ in named["cities"]] == ["Chicago"]
    lists = {path: [title, names, path, over] for title, names, path, over in named["regions"]}
    assert named["unplaced"] == [
        ["Graz", "Austria", "", lists["in/at/"]],
        ["Springfield", "IL", "Illinois", lists["in/us/il/"]],
    ]


# Regions


def test_states_without_an_event_are_told_where_there_are_some_in_others() -> None:
    index = made(at(34, -118, country="US", region="California"))["/events/near.json"]
    assert ["Ohio, United States", ["Ohio", "OH"]] in index["empty_regions"]
    assert len(index["empty_regions"]) == 50
    assert "empty_regions" not in made(at(48, 16, country="AT"))["/events/near.json"]


def test_a_region_is_called_by_its_name_and_its_code_and_leads_to_its_list() -> None:
    there = {"country": "US", "region": "CA", "date": "2024-06-01"}
    events = (
        at(34, -118, id="la", **there),
        at(53, -3, id="wales", country="GB", region="Wales"),
        event(id="somewhere", country="FR"),
        event(id="online", country="CH", online="yes"),
    )
    past = int(events[0].ends_at_utc.timestamp()) // 60
    coming = int(events[1].ends_at_utc.timestamp()) // 60
    assert made(*events)["/events/near.json"]["named"]["regions"] == [
        ["France", ["FR"], "in/fr/", coming],
        ["United Kingdom", ["GB", "UK"], "in/gb/", coming],
        ["Wales, United Kingdom", ["Wales"], "in/gb/wales/", coming],
        ["United States", ["US", "USA"], "in/us/", past],
        ["California, United States", ["California", "CA"], "in/us/ca/", past],
    ]


def test_of_many_names_each_is_in_the_file_of_its_own_initial() -> None:
    towns = [
        at(40, -90, id=f"e{number}", city=f"Bay {number}", region="MO", country="US")
        for number in range(nearby.FEW_NAMES)
    ]
    files = made(*towns)
    assert files["/events/near.json"]["initials"] == ["62", "6d", "75"]
    for letter, titles in (("6d", ["Missouri, United States"]), ("75", ["United States"])):
        named = files[f"/events/near-named-{letter}.json"]
        assert [title for title, *_ in named["regions"]] == titles
    assert len(files["/events/near-named-62.json"]["cities"]) == nearby.FEW_NAMES


# Ten thousand


@pytest.fixture(scope="module")
def many() -> dict[str, str]:
    """The files of a day of action with 10,000 events, by their paths."""
    return {file.path: file.text for file in near_files(site(*many_events(10_000)))}


def test_every_event_is_in_one_cell_and_every_city_under_its_initial(many: dict[str, str]) -> None:
    index = json.loads(many["/events/near.json"])
    found = []
    for name, size in index["cells"].items():
        cell = json.loads(many[f"/events/near-{name}.json"])
        assert len(cell) == size <= CELL_SIZE
        found += [row[0] for row in cell]
    assert sorted(found) == sorted(event.id for event in many_events(10_000))
    assert "named" not in index
    for key in index["initials"]:
        named = json.loads(many[f"/events/near-named-{key}.json"])
        assert {initial(name) for name, *_ in named["cities"]} <= {key}
        for title, names, *_ in named["regions"]:
            assert key in {initial(name) for name in (title, *names)}


def test_no_file_is_heavy(many: dict[str, str]) -> None:
    assert max(compressed(text) for text in many.values()) < 10_000
    assert compressed(many["/events/near.json"]) < 1_000
    assert compressed(many["/events/near-zip.json"]) < 5_000


def test_the_data_takes_little_time_to_make() -> None:
    events = many_events(10_000)
    found = findable(events, NONE_OVER)
    begun = process_time()
    parts(found, Names(cities_of(events)), WORDS.joined)
    # Some 20 microseconds an event on a machine of its own; the bound is for a busy one.
    assert process_time() - begun < 1.0
