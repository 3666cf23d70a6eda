"""Where events are: countries and their regions, each with a list of its own."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Annotated, NamedTuple

from campaign.addresses import PATHS
from campaign.content.model import Event
from campaign.content.text import slugify
from campaign.events.map import state_of, states
from campaign.routes.counts import EventCount, EventCounter
from campaign.words import Words

# A page of a country's events has room for so many of its regions, the page of all countries for so many more.
REGIONS_LENGTH = 120
MOST_REGIONS = 250


@dataclass(frozen=True)
class Place:
    """A country or one of its regions."""

    country: Annotated[str, "the country's code"]
    region: Annotated[str | None, "the region as events name it; None where it is a country"]
    path: Annotated[str, "where the list of its events is"]
    count: Annotated[EventCount, "the number of its events"]
    regions: Annotated[tuple[Place, ...], "the regions of a country that have events"] = ()

    @property
    def region_name(self) -> str | None:
        """The region's name in full where it is known."""
        return region_name(self)


class Listed(NamedTuple):
    """The facts that decide in which lists an event is."""

    date: date
    country: str | None
    region: str | None
    is_online_only: bool

    @classmethod
    def of(cls, event: Event) -> Listed:
        """Return that of an event."""
        return cls(event.date, event.country, event.region, event.is_online_only)


def region_name(place: Place | Event | Listed) -> str | None:
    """Name a region, or that of an event, in full where its code is known, as those of the United States are."""
    code = state_of(place.region) if place.country == "US" and place.region else None
    return states()[code].name if code else place.region


def place_paths(event: Event | Listed) -> tuple[str, ...]:
    """Return the addresses of the lists of an event's country and of its region, as far as it names them.

    An event that is only online is in none of them.
    """
    if event.country is None or event.is_online_only:
        return ()
    country = f"{PATHS.places}{event.country.lower()}/"
    return (country, f"{country}{slugify(event.region)}/") if event.region else (country,)


def place_path(event: Event | Listed) -> str | None:
    """Return the address of the list of events in an event's region, or in its country where it names none."""
    return next(reversed(place_paths(event)), None)


def events_by_place(events: Iterable[Event]) -> dict[str, list[Event]]:
    """Return the events of each place by the address of its list, in their order."""
    found: dict[str, list[Event]] = defaultdict(list)
    for event in events:
        for path in place_paths(event):
            found[path].append(event)
    return found


def places(
    by_place: Mapping[str, Sequence[Event]], counter: EventCounter, words: Words
) -> tuple[Place, ...]:
    """Return the countries that have events, by their names, each with its regions that have."""
    countries: list[tuple[str, Place]] = []
    regions: dict[str, list[Place]] = defaultdict(list)
    for path, events in by_place.items():
        country, region = str(events[0].country), events[0].region
        home = f"{PATHS.places}{country.lower()}/"
        count = counter.count(events)
        if path == home:
            countries.append((home, Place(country, None, path, count)))
        else:
            regions[home].append(Place(country, region, path, count))
    return tuple(
        replace(place, regions=tuple(sorted(regions[home], key=_region_order)))
        for home, place in sorted(countries, key=lambda item: words.country(item[1].country))
    )


def overview(countries: tuple[Place, ...]) -> tuple[Place, ...]:
    """Return countries with their regions; without them where these are too many for one page."""
    if sum(len(country.regions) for country in countries) <= MOST_REGIONS:
        return countries
    return tuple(replace(country, regions=()) for country in countries)


def largest(found: tuple[Place, ...], count: int) -> tuple[Place, ...]:
    """Return those places that have the most events, so many at most, in the order in which they are."""
    chosen = {place.path for place in sorted(found, key=lambda place: -place.count.number)[:count]}
    return tuple(place for place in found if place.path in chosen)


def place_name(place: Place | Event | Listed, words: Words) -> str:
    """Name a place, or that of an event, in one line: "California, United States"."""
    country = words.country(place.country) if place.country else None
    return words.joined(region_name(place), country)


def _region_order(place: Place) -> str:
    return (region_name(place) or "").casefold()
