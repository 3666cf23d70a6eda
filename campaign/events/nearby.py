"""The data with which a reader's browser finds the events nearest to a place, without telling anybody which.

Events are kept in cells: the world, divided in four again and again where there are many. A small
index says which cells there are, so that a browser loads those around a place and no others.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any, NamedTuple
from unicodedata import normalize

from campaign.content.model import Event

#: What JSON can hold.
Data = Any
#: Gives those of several names that are there in one line.
Joined = Callable[..., str]
#: In degrees: south, west, north, east.
Box = tuple[float, float, float, float]
_Key = tuple[str, str | None, str | None]


class Region(NamedTuple):
    """A country or a region with a list of its events, in the order of the data.

    `title` is its name in one line; `names` are what else it is called; `path` is where its list is,
    from that of all events; `ends_minute` is the minute since 1970 at which all of them are over.
    """

    title: str
    names: tuple[str, ...]
    path: str
    ends_minute: int


class City(NamedTuple):
    """A city in the middle of its events, in the order of the data.

    `disambiguation` tells it from others of its name: its region, and its country where that is
    not the one of most events. `region` is its region's name in full where that is known.
    """

    name: str
    disambiguation: str
    latitude: float
    longitude: float
    region: str


class UnplacedCity(NamedTuple):
    """A city of whose events nobody wrote where they are, in the order of the data.

    `disambiguation` and `region` are as those of a `City`; `listed` is the list in which they stand.
    """

    name: str
    disambiguation: str
    region: str
    listed: Region


class EmptyRegion(NamedTuple):
    """A region that has no event, by its name in one line and what else it is called."""

    title: str
    names: tuple[str, ...]


class Row(NamedTuple):
    """An event as the search shows it, in the order of the data.

    `ends_minute` is the minute since 1970 at which it is over; `day`, `last_day` and `start` are by the clock of
    the place; `last_day` is empty where the event ends on the day when it begins, `start` where it is not
    known, `status` where the event is confirmed.
    """

    id: str
    title: str
    latitude: float
    longitude: float
    ends_minute: int
    day: str
    last_day: str
    start: str
    place: str
    status: str


_COLUMNS = {
    "events": Row._fields,
    "cities": City._fields,
    "unplaced": UnplacedCity._fields,
    "regions": Region._fields,
    "empty_regions": EmptyRegion._fields,
}

WORLD: Box = (-90, -180, 90, 180)
# Some 10 KB compressed: a place takes one to four cells to search.
CELL_SIZE = 200
# A cell of this depth is some 600 metres wide; what is in one place cannot be divided further.
DEEPEST = 16
# Of degrees: some ten metres.
PLACES = 4
# As many names of cities and regions fit into the index.
FEW_NAMES = 200


@dataclass(frozen=True)
class Search:
    """A search for events by distance."""

    finds: Annotated[bool, "whether it finds any event"]
    by_zip: Annotated[
        bool, "whether readers can search by ZIP code, as there are events in the USA"
    ]
    unplaced: Annotated[int, "how many events it cannot find, as they have no known place"]


@dataclass(frozen=True)
class Findable:
    """The events that can be found by distance, and how many beside them cannot, as nobody wrote where they are.

    They are those to come, or those that are over where none is to come.
    """

    events: tuple[Event, ...]
    unplaced: int

    @property
    def search(self) -> Search:
        """The texts of the search."""
        by_zip = any(event.country == "US" for event in self.events)
        return Search(bool(self.events), by_zip, self.unplaced)


def findable(events: Iterable[Event], past: AbstractSet[str]) -> Findable:
    """Choose the events that are searched; what is only online is near to nobody and not among them.

    `past` are the ids of those that are over.
    """
    gatherings = [event for event in events if not event.is_online_only]
    coming = [event for event in gatherings if event.id not in past]
    gatherings = coming or gatherings
    placed = tuple(event for event in gatherings if event.point)
    return Findable(placed, len(gatherings) - len(placed))


@dataclass(frozen=True)
class Names:
    """Places that a reader may look for by their names."""

    cities: Sequence[City] = ()
    unplaced: Sequence[UnplacedCity] = ()
    regions: Sequence[Region] = ()
    empty_regions: Sequence[EmptyRegion] = ()


def parts(found: Findable, names: Names, joined: Joined) -> dict[str, Data]:
    """Return the data of each file by its name: the index under the empty name, then cells and names.

    The index holds `until`, the minute since 1970 at which the last event is over, and in `cells`
    how many events each cell has. A cell's name is a digit for each division: 1 is added in the
    east, 2 in the north. `initials` are those of the names of `cities`, `unplaced` ones and
    `regions`, which are in a file for each. What is small enough stands in the index itself:
    `events` for the only cell, `named` for all initials. `empty_regions` are there only where there
    are some. `columns` are the names of what stands in each row of them all. `joined` gives the names
    of a place in one line.
    """
    rows = [_row(event, event.point, joined) for event in found.events if event.point]
    cells = dict(divided(rows))
    index: dict[str, Data] = {
        "columns": _COLUMNS,
        "until": max(row.ends_minute for row in rows),
        "cells": {key: len(cell) for key, cell in cells.items()},
    }
    if len(rows) <= CELL_SIZE:
        index["events"] = cells.pop("")
    if names.empty_regions:
        index["empty_regions"] = names.empty_regions
    if len(names.cities) + len(names.unplaced) + len(names.regions) <= FEW_NAMES:
        index["named"] = {"cities": names.cities, "regions": names.regions}
        if names.unplaced:
            index["named"]["unplaced"] = names.unplaced
        return {"": index, **cells}
    named = _by_initial(names)
    files = {f"named-{letter}": there for letter, there in named.items()}
    return {"": {**index, "initials": sorted(named)}, **cells, **files}


def _by_initial(names: Names) -> dict[str, dict[str, Data]]:
    """Return cities and regions under the initials of their names, of which regions have several."""
    found: dict[str, dict[str, Data]] = {}
    for city in names.cities:
        _named(found, initial(city.name))["cities"].append(city)
    for town in names.unplaced:
        _named(found, initial(town.name)).setdefault("unplaced", []).append(town)
    for region in names.regions:
        letters = {initial(name) for name in (region.title, *region.names)}
        for letter in sorted(letters - {""}):
            _named(found, letter)["regions"].append(region)
    return found


def _named(found: dict[str, dict[str, Data]], letter: str) -> dict[str, Data]:
    return found.setdefault(letter, {"cities": [], "regions": []})


def divided(
    rows: Sequence[Row], key: str = "", box: Box = WORLD
) -> Iterator[tuple[str, Sequence[Row]]]:
    """Yield the name and the events of each cell, in the order of the names."""
    if len(rows) <= CELL_SIZE or len(key) == DEEPEST:
        if rows:
            yield key, rows
        return
    south, west, north, east = box
    latitude, longitude = (south + north) / 2, (west + east) / 2
    quarters: tuple[list[Row], ...] = ([], [], [], [])
    for row in rows:
        quarters[2 * (row.latitude >= latitude) + (row.longitude >= longitude)].append(row)
    boxes = (
        (south, west, latitude, longitude),
        (south, longitude, latitude, east),
        (latitude, west, north, longitude),
        (latitude, longitude, north, east),
    )
    for number, (quarter, inner) in enumerate(zip(quarters, boxes, strict=True)):
        yield from divided(quarter, f"{key}{number}", inner)


@dataclass(frozen=True)
class CityNames:
    """The names by which cities are distinguished.

    `country` gives a country's name by its code; `regions` are names of regions that are written
    as codes; `joined` gives several names in one line. `home` is the country of most events.
    """

    country: Callable[[str], str]
    regions: Mapping[str, str]
    joined: Joined
    home: str | None

    def disambiguation(self, region: str | None, code: str | None) -> str:
        """Return what distinguishes a city from others of its name."""
        land = self.country(code) if code and not (code == self.home and region) else ""
        return self.joined(region, land)


def home_of(events: Iterable[Event]) -> str | None:
    """Return the country of most events in a city whose place is known."""
    counts = Counter(event.country for event in events if event.city and event.point)
    return max(counts, key=lambda code: (counts[code], code or ""), default=None)


def cities(events: Sequence[Event], names: CityNames) -> list[City]:
    """Return the cities of events in order, each in the middle of its events."""
    found: dict[_Key, list[tuple[float, float]]] = {}
    for event in events:
        if event.city and event.point:
            found.setdefault(_key(event), []).append(event.point)
    rows = []
    for (city, region, code), places in found.items():
        latitudes, longitudes = zip(*places, strict=True)
        about = names.disambiguation(region, code)
        region_name = names.regions.get(about, "")
        rows.append(City(city, about, _mean(latitudes), _mean(longitudes), region_name))
    return sorted(row for row in rows if initial(row.name))


def unplaced(
    events: Sequence[Event], names: CityNames, listed: Callable[[Event], Region | None]
) -> list[UnplacedCity]:
    """Return the cities in order of which no event has a known place; `listed` gives the list of an event."""
    placed = {_key(event) for event in events if event.point}
    found: dict[_Key, UnplacedCity] = {}
    for event in events:
        key = _key(event)
        if not event.city or event.is_online_only or key in placed or key in found:
            continue
        about = names.disambiguation(event.region, event.country)
        if (region := listed(event)) and initial(event.city):
            found[key] = UnplacedCity(event.city, about, names.regions.get(about, ""), region)
    return sorted(found.values())


def _key(event: Event) -> _Key:
    return event.city or "", event.region, event.country


def initial(name: str) -> str:
    """Return the first letter or digit of a name, small and without accents, as the number of its character in hex.

    The empty text where there is none.
    """
    return next(
        (f"{ord(char):x}" for char in normalize("NFKD", name).lower() if char.isalnum()), ""
    )


def _row(event: Event, point: tuple[float, float], joined: Joined) -> Row:
    latitude, longitude = (round(degrees, PLACES) for degrees in point)
    return Row(
        event.id,
        event.title,
        latitude,
        longitude,
        whole_minute(event.ends_at_utc),
        event.date.isoformat(),
        event.last_day.isoformat() if event.last_day != event.date else "",
        event.start.isoformat("minutes") if event.start else "",
        joined(event.venue, event.city, event.region),
        "" if event.is_confirmed else event.status,
    )


def whole_minute(moment: datetime) -> int:
    """Return the first whole minute since 1970 at which a moment has come."""
    return -int(-moment.timestamp() // 60)


def _mean(values: Sequence[float]) -> float:
    return round(sum(values) / len(values), PLACES)
