"""Coordinates that cannot be right: slips of programs and of people, each with what was meant."""

from __future__ import annotations

from collections.abc import Iterator

from campaign.content.problems import Problem

# In degrees. Most of the United States lies west of the one, where Saint Croix is farthest east,
# and between the others, where Palmyra is farthest south and Utqiaġvik farthest north.
_EAST = -64
_SOUTH, _NORTH = 5, 72
# What of the United States is elsewhere: south, west, north, east.
_ELSEWHERE = (
    (-15, -172, -10, -168),  # American Samoa
    (-1, -177, 5, -159),  # Baker, Howland and Jarvis Islands
    (13, 144, 21, 147),  # Guam and the Northern Mariana Islands
    (19, 166, 20, 167),  # Wake Island
    (51, 172, 54, 180),  # the Aleutian Islands beyond the 180th meridian
)


def find_problems(latitude: float, longitude: float, country: str | None) -> Iterator[Problem]:
    """Yield what cannot be right about a place, in degrees."""
    if country == "US":
        if not (longitude < _EAST and latitude > _SOUTH):
            yield from _outside_usa(latitude, longitude)
    elif not latitude and not longitude:
        yield from _nowhere()


def _outside_usa(latitude: float, longitude: float) -> Iterator[Problem]:
    if not latitude and not longitude:
        yield from _nowhere()
    elif any(
        south <= latitude <= north and west <= longitude <= east
        for south, west, north, east in _ELSEWHERE
    ):
        return
    elif _is_in_usa(latitude, -longitude):
        yield Problem(
            _meant(f"{longitude} is east of Greenwich", f"longitude {-longitude}"),
            field="longitude",
        )
    elif _is_in_usa(-latitude, longitude):
        yield Problem(
            _meant(f"{latitude} is south of the equator", f"latitude {-latitude}"), field="latitude"
        )
    elif _is_in_usa(longitude, -abs(latitude)):
        pair = f"latitude {longitude} and longitude {-abs(latitude)}"
        yield Problem(
            _meant(f"{latitude} and {longitude} are no place there", pair), field="latitude"
        )
    else:
        place = f"{latitude} and {longitude} are no place in the United States"
        yield Problem(f"{place}; mend them, or the country", field="latitude")


def _is_in_usa(latitude: float, longitude: float) -> bool:
    return _SOUTH < latitude < _NORTH and longitude < _EAST


def _meant(what: str, meant: str) -> str:
    return f"{what}, and the country is US; did you mean {meant}?"


def _nowhere() -> Iterator[Problem]:
    remedy = "write those of the place, or leave both empty"
    yield Problem(
        f"0 and 0 are a place in the sea, which programs write for none; {remedy}", field="latitude"
    )
