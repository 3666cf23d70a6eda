"""The files that a reader's browser loads to find the events nearest to a place."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import partial
from itertools import chain

from campaign.addresses import PATHS
from campaign.content.model import Event
from campaign.events.map import state_of, states
from campaign.events.nearby import (
    CityNames,
    Data,
    EmptyRegion,
    Names,
    Region,
    cities,
    home_of,
    parts,
    unplaced,
    whole_minute,
)
from campaign.routes.page import File
from campaign.routes.places import Place, place_name, place_path
from campaign.routes.site import Site
from campaign.support import vendor

# What people write for a country beside its name and its code.
_SHORT = {"GB": ("UK",), "US": ("USA",)}


def near_files(site: Site) -> Iterator[File]:
    """Yield the index, the cells and the names, and the places of ZIP codes where there are events in the USA."""
    if not site.near.events:
        return
    words = site.words
    for name, data in parts(site.near, _all_names(site), words.joined).items():
        yield File(_path(name), partial(_json, data))
    if site.near.search.by_zip:
        yield File(_path("zip"), partial(vendor.read, "us-zip-prefixes/prefixes.json"))


def _path(name: str) -> str:
    """Return the path of a file by its name; the index has none."""
    return PATHS.near_index.replace(".json", f"-{name}.json") if name else PATHS.near_index


def _all_names(site: Site) -> Names:
    """Return the names of cities and regions, those without a known place or an event too."""
    events, words = site.events, site.words
    names = {code: state.name for code, state in states().items()}
    city_names = CityNames(words.country, names, words.joined, home_of(events))
    regions = _regions(site)
    lists = {region.path: region for region in regions}

    def listed(event: Event) -> Region | None:
        path = place_path(event)
        return lists[path.removeprefix(PATHS.events)] if path else None

    empty_regions = _states_without_events(site) if site.near.search.by_zip else []
    return Names(
        cities(events, city_names), unplaced(events, city_names, listed), regions, empty_regions
    )


def _states_without_events(site: Site) -> list[EmptyRegion]:
    """Return the states of the USA that have no list of events."""
    listed = {
        state_of(event.region)
        for event in site.events
        if event.country == "US" and event.region and not event.is_online_only
    }
    return [
        EmptyRegion(site.words.joined(state.name, site.words.country("US")), (state.name, code))
        for code, state in states().items()
        if code not in listed
    ]


def _regions(site: Site) -> list[Region]:
    """Return the countries and regions that have a list of their events."""
    return [
        Region(
            place_name(place, site.words),
            _names(place),
            place.path.removeprefix(PATHS.events),
            whole_minute(place.count.ends_at_utc),
        )
        for place in chain.from_iterable((country, *country.regions) for country in site.countries)
    ]


def _names(place: Place) -> tuple[str, ...]:
    """Return what a country or a region is called beside its name in one line."""
    if place.region is None:
        return (place.country, *_SHORT.get(place.country, ()))
    return tuple(dict.fromkeys((place.region_name or place.region, place.region)))


def _json(data: Data) -> str:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))
