"""Where events are, as dots on a picture of the United States and one of the rest of the world.

Both pictures are 975 units wide. The first has the projection of the outlines in
`vendor/us-states`, which is that of d3-geo's geoAlbersUsa at a scale of 1300 around (487.5, 305).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from math import ceil, cos, dist, floor, pi, radians, sin, sqrt
from typing import Annotated, NamedTuple

from campaign.content.model import Event
from campaign.support import vendor

WIDTH, US_HEIGHT = 975, 610
SCALE = 1300
MIDDLE = (487.5, 305.0)

# As many dots on both pictures keep the page within its budget.
MOST_DOTS = 120
# Dots that are nearer than this are one, so that each can be pressed.
FINEST = 20
LARGEST_DOT = 26


class Point(NamedTuple):
    """A point of a picture, from its upper left corner."""

    x: float
    y: float


Group = list[tuple[Event, Point]]


@dataclass(frozen=True)
class State:
    """A state of the USA."""

    code: Annotated[str, "its postal code"]
    name: Annotated[str, "its name"]
    outline: Annotated[str, "its outline as the data of an SVG path"]


@dataclass(frozen=True)
class Dot:
    """One or several events that are in one place of a picture."""

    x: Annotated[int, "where it is, from the left"]
    y: Annotated[int, "where it is, from the top"]
    events: Annotated[tuple[Event, ...], "the events"]

    @property
    def radius(self) -> int:
        """Its size, of which the area grows with the number of events, to a limit."""
        return min(round(6 + 2 * sqrt(len(self.events))), LARGEST_DOT)

    @property
    def is_one_city(self) -> bool:
        """Whether all its events are in the same city."""
        return len({_city(event) for event in self.events}) == 1

    @property
    def chief(self) -> Event:
        """An event of the city that has the most of them."""
        counts: dict[object, int] = {}
        for event in self.events:
            counts[_city(event)] = counts.get(_city(event), 0) + 1
        return max(self.events, key=lambda event: counts[_city(event)])


@dataclass(frozen=True)
class Graticule:
    """A part of the world in which degrees are straight lines at equal distances (equirectangular)."""

    west: Annotated[int, "its western edge, in degrees"]
    north: Annotated[int, "its northern edge, in degrees"]
    columns: Annotated[int, "how many steps it is wide"]
    rows: Annotated[int, "how many steps it is high"]
    step: Annotated[int, "the degrees from one line to the next"]

    @property
    def unit(self) -> float:
        """The length of a degree in the picture."""
        return WIDTH / (self.columns * self.step)

    @property
    def height(self) -> int:
        """The picture's height."""
        return round(self.rows * self.step * self.unit)

    @property
    def lines(self) -> str:
        """Its meridians and parallels as the data of an SVG path."""
        width = WIDTH / self.columns
        meridians = (
            f"M{round(column * width)} 0v{self.height}" for column in range(self.columns + 1)
        )
        parallels = (f"M0 {round(row * width)}h{WIDTH}" for row in range(self.rows + 1))
        return "".join((*meridians, *parallels))

    def project(self, latitude: float, longitude: float) -> Point:
        """Return the point of a place in degrees."""
        return Point((longitude - self.west) * self.unit, (self.north - latitude) * self.unit)


@dataclass(frozen=True)
class Map:
    """The dots on both pictures, and the second picture's lines; None where it has no dot."""

    usa: tuple[Dot, ...]
    world: tuple[Dot, ...]
    graticule: Graticule | None


@dataclass(frozen=True)
class _Conic:
    """A conic equal-area projection of a sphere with two standard parallels, cut to a frame.

    Source: J. P. Snyder, "Map Projections: A Working Manual" (1987), section 14. `centre` is the
    longitude and latitude that comes to `at`, a part of the scale from the middle of the picture;
    `frame` is the left, top, right and bottom edge, likewise.
    """

    parallels: tuple[float, float]
    centre: tuple[float, float]
    meridian: float
    size: float
    at: tuple[float, float]
    frame: tuple[float, float, float, float]

    def project(self, latitude: float, longitude: float) -> Point | None:
        """Return the point of a place in degrees, None where it is outside of the frame."""
        x, y = self._plane(latitude, longitude)
        right = self.at[0] + (x - self._origin[0]) * self.size
        down = self.at[1] - (y - self._origin[1]) * self.size
        if self.frame[0] <= right <= self.frame[2] and self.frame[1] <= down <= self.frame[3]:
            return Point(MIDDLE[0] + right * SCALE, MIDDLE[1] + down * SCALE)
        return None

    @cached_property
    def _origin(self) -> tuple[float, float]:
        longitude, latitude = self.centre
        return self._plane(latitude, longitude)

    @cached_property
    def _cone(self) -> tuple[float, float]:
        first, second = (sin(radians(parallel)) for parallel in self.parallels)
        return (first + second) / 2, 1 + first * second

    def _plane(self, latitude: float, longitude: float) -> tuple[float, float]:
        n, c = self._cone
        # A longitude is counted from the meridian in the middle, the shorter way round.
        theta = n * ((radians(longitude - self.meridian) + pi) % (2 * pi) - pi)
        rho = sqrt(c - 2 * n * sin(radians(latitude))) / n
        return rho * sin(theta), -rho * cos(theta)


# Source: d3-geo 3.1.1, src/projection/albersUsa.js. Of overlapping frames the first that holds a place counts.
_PARTS = (
    _Conic((29.5, 45.5), (-96.6, 38.7), -96, 1, (0, 0), (-0.455, -0.238, 0.455, 0.238)),
    _Conic((55, 65), (-156, 58.5), -154, 0.35, (-0.307, 0.201), (-0.425, 0.120, -0.214, 0.234)),
    _Conic((8, 18), (-160, 19.9), -157, 1, (-0.205, 0.212), (-0.214, 0.166, -0.115, 0.234)),
)


def albers_usa(latitude: float, longitude: float) -> Point | None:
    """Return the point of a place in the picture of the states, None where it is outside of it."""
    found = (part.project(latitude, longitude) for part in _PARTS)
    return next(filter(None, found), None)


@cache
def states() -> dict[str, State]:
    """Return the states and the District of Columbia by their codes, in order."""
    table = json.loads(vendor.read("us-states/states.json"))
    return {code: State(code, **state) for code, state in table.items()}


@cache
def state_of(region: str) -> str | None:
    """Return the code of the state that a region's code or name means."""
    names = {state.name.lower(): code for code, state in states().items()}
    return region.upper() if region.upper() in states() else names.get(region.lower())


def draw(events: Iterable[Event]) -> Map:
    """Place events on the two pictures. Raises `ValueError` where one has no point."""
    here: list[tuple[Event, Point]] = []
    elsewhere: list[Event] = []
    for event in events:
        # Canada and Mexico reach into the frame of the states.
        point = albers_usa(*_at(event)) if event.country in {"US", None} else None
        if point:
            here.append((event, point))
        else:
            elsewhere.append(event)
    graticule = _frame(elsewhere) if elsewhere else None
    there = [(event, graticule.project(*_at(event))) for event in elsewhere] if graticule else []
    most = MOST_DOTS // 2 if here and there else MOST_DOTS
    return Map(merged(here, most), merged(there, most), graticule)


def merged(places: Sequence[tuple[Event, Point]], most: int) -> tuple[Dot, ...]:
    """Make one dot of each city, and one of those in one square of a grid, so wide that there are at most `most`.

    Dots are in the order of country, region and city.
    """
    cities: dict[object, Group] = {}
    for event, point in places:
        cities.setdefault(_city(event), []).append((event, point))
    middles = [(_middle(city), city) for city in cities.values()]
    grid = float(FINEST)
    while len({(middle.x // grid, middle.y // grid) for middle, _ in middles}) > most:
        grid *= 1.1
    squares: dict[tuple[float, float], Group] = {}
    for middle, city in middles:
        squares.setdefault((middle.x // grid, middle.y // grid), []).extend(city)
    return tuple(sorted(map(_dot, _joined(squares.values())), key=_order))


def _joined(groups: Iterable[Group]) -> list[Group]:
    """Join groups that are near each other though a line of the grid is between them, the smaller to the larger."""
    found: list[tuple[Point, Group]] = []
    for group in sorted(groups, key=len, reverse=True):
        middle = _middle(group)
        near = next((other for at, other in found if dist(at, middle) < FINEST), None)
        if near:
            near.extend(group)
        else:
            found.append((middle, group))
    return [group for _, group in found]


def _dot(group: Group) -> Dot:
    middle = _middle(group)
    return Dot(round(middle.x), round(middle.y), tuple(event for event, _ in group))


def _middle(group: Group) -> Point:
    xs, ys = zip(*(point for _, point in group), strict=True)
    return Point(sum(xs) / len(xs), sum(ys) / len(ys))


def _order(dot: Dot) -> tuple[str, str, str, int, int]:
    chief = dot.chief
    return chief.country or "", chief.region or "", chief.city or "", dot.x, dot.y


def _frame(events: Sequence[Event]) -> Graticule:
    """Choose the part of the world that holds events, in whole steps of degrees, between square and twice as wide."""
    latitudes, longitudes = zip(*map(_at, events), strict=True)
    step = 30 if max(longitudes) - min(longitudes) > 120 else 10  # noqa: PLR2004 (degrees)
    _, rows = _steps(latitudes, step, 1, 90)
    west, columns = _steps(longitudes, step, max(rows, 4), 180)
    south, rows = _steps(latitudes, step, ceil(columns / 2), 90)
    return Graticule(west * step, (south + rows) * step, columns, rows, step)


def _steps(values: Sequence[float], step: int, least: int, limit: int) -> tuple[int, int]:
    """Return the first and the number of the steps that hold all values, at least so many, within the limit."""
    first, last = floor(min(values) / step), ceil(max(values) / step)
    size = max(last - first, least)
    first -= (size - (last - first)) // 2
    return min(max(first, -limit // step), limit // step - size), size


def _city(event: Event) -> object:
    """Return what events of one city have in common; an event whose city is not known is alone at its point."""
    if event.city:
        return event.country, event.region, event.city
    return _at(event)


def _at(event: Event) -> tuple[float, float]:
    """Return where people meet for an event. Raises `ValueError` where that is not known."""
    if event.point is None:
        message = f"nobody knows where {event.id} is"
        raise ValueError(message)
    return event.point
