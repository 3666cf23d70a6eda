"""The events as data for others."""

import json
import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

from campaign.content.markdown import Body, render
from campaign.content.model import Event
from campaign.events import geojson
from campaign.events.geojson import collection, split_features
from tests.conftest import BuiltSite
from tests.projects import ROOT
from tests.samples import event

PAGE = (ROOT / "docs" / "events-data.md").read_text(encoding="utf-8")
FULL = replace(
    event(
        start="18:00",
        end="07:30",
        end_date="2024-06-15",
        venue="Town Hall",
        address="1 Main St",
        city="Łódź “nad rzeką”",
        region="LD",
        postal_code="90-001",
        country="PL",
        latitude="51.75",
        longitude="19.45",
        organiser="A; B",
        sign_up="https://s.example/",
        source="https://t.example/",
        accessibility="Step-free",
        updated="2024-06-12",
        sequence="2",
    ),
    body=render("Bring a **lamp**.\n\nAnd a friend."),
)


def features_of(events: Iterable[Event], absolute: Callable[[str], str] = str) -> list[bytes]:
    return [geojson.feature(it, absolute).encode() for it in events]


def read(*events: Event) -> dict[str, Any]:
    data = json.loads(
        collection((), features_of(events, lambda path: f"https://example.org{path}"))
    )
    assert isinstance(data, dict)
    return data


def test_an_event_is_a_feature_with_all_that_is_known() -> None:
    assert read(FULL) == {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "id": "vigil",
                "geometry": {"type": "Point", "coordinates": [19.45, 51.75]},
                "properties": {
                    "title": "Vigil",
                    "url": "https://example.org/events/vigil/",
                    "date": "2024-06-14",
                    "start": "18:00",
                    "end": "07:30",
                    "end_date": "2024-06-15",
                    "timezone": "America/New_York",
                    "starts": "2024-06-14T18:00:00-04:00",
                    "ends": "2024-06-15T07:30:00-04:00",
                    "venue": "Town Hall",
                    "address": "1 Main St",
                    "city": "Łódź “nad rzeką”",
                    "region": "LD",
                    "postal_code": "90-001",
                    "country": "PL",
                    "organiser": ["A", "B"],
                    "sign_up": "https://s.example/",
                    "source": "https://t.example/",
                    "accessibility": "Step-free",
                    "online": "no",
                    "status": "confirmed",
                    "description": "Bring a lamp.\n\nAnd a friend.",
                    "updated": "2024-06-12T00:00:00+00:00",
                    "sequence": 2,
                },
            }
        ],
    }


def test_what_is_not_known_is_left_out_and_a_place_without_coordinates_is_null() -> None:
    (feature,) = read(replace(event(), body=render("")))["features"]
    assert feature["geometry"] is None
    always = re.search(r"left out, but for (.+), which are always there", PAGE)
    assert always
    assert set(feature["properties"]) == set(re.findall(r"`(\w+)`", always[1]))


def test_midnight_and_the_equator_are_known() -> None:
    (feature,) = read(event(start="00:00", latitude="0", longitude="32.6"))["features"]
    assert feature["properties"]["start"] == "00:00"
    assert feature["geometry"]["coordinates"] == [32.6, 0]


def test_one_event_stands_on_a_line_and_the_bytes_are_the_same_each_time() -> None:
    events = [event(id=f"vigil-{number}") for number in range(3)]
    text = collection((), features_of(events))
    assert len(text.splitlines()) == len(events) + 2
    assert text == collection((), features_of(events))


def test_a_collection_can_be_taken_apart_whatever_its_texts_are() -> None:
    texts = ['},\n{"type"', "\n]}\n", '{"type":"FeatureCollection","features":[\n', "\u2028"]
    events = [replace(FULL, body=Body(html=f"<p>{text}</p>"), title=text) for text in texts]
    features = features_of(events)
    assert split_features(collection((), features)) == features


def test_the_documentation_names_every_property_and_no_other() -> None:
    (feature,) = read(FULL)["features"]
    rows = re.findall(r"^\| (`\w+`(?:, `\w+`)*) \|", PAGE, flags=re.MULTILINE)
    named = re.findall(r"`(\w+)`", " ".join(rows))
    assert sorted(named) == sorted(feature["properties"])


def test_a_built_site_has_the_data_of_all_its_events(full_site: BuiltSite) -> None:
    text = (full_site.output / "events/events.json").read_text(encoding="utf-8")
    features = json.loads(text)["features"]
    for feature in features:
        path = feature["properties"]["url"].removeprefix("https://night-trains.example/ride")
        assert path in full_site.pages
    pages = {path for path in full_site.pages if re.fullmatch(r"/events/[^/]*\d{4}[^/]*/", path)}
    assert len(features) >= len(pages) > 5
