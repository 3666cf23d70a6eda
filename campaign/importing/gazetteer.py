"""Where a place of the United States is, from the offline table of the `zipcodes` package.

The package is loaded when the first place is looked up, which takes half a second; neither
check nor build comes here.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime, time
from functools import cache
from itertools import chain
from statistics import fmean
from typing import Any, NamedTuple

from campaign.content.dates import read_day
from campaign.content.fields import country_called, parse_timezone
from campaign.importing.places import AMERICAN, state_code, whole_zip

_BY_HAND = "write latitude and longitude yourself"
_POST = re.compile(r"([0-9]{3,5})(?:-[0-9]{4})?")
_SHORT = {"saint": "st", "sainte": "ste", "fort": "ft", "mount": "mt"}

#: One line of the table.
_Entry = Mapping[str, Any]


class Place(NamedTuple):
    """The middle of a ZIP code's area or of a city: degrees with four decimals, which is ten metres, and its zone.

    The zone is empty where it is not known.
    """

    latitude: str
    longitude: str
    timezone: str

    @property
    def cells(self) -> dict[str, str]:
        """The known facts by columns of the table."""
        return {name: cell for name, cell in self._asdict().items() if cell}


def locate(cells: Mapping[str, str]) -> Place:
    """Find the place of an event by its ZIP code, else by its city and region.

    Raises `ValueError` with a sentence where it is not known.
    """
    country = cells.get("country", "")
    country = country_called(country) or country.upper()
    if country not in AMERICAN:
        remedy = (
            f"is {country}; {_BY_HAND}" if country else "is missing; write its code, such as US"
        )
        message = f"only places in the United States are known here, and the country {remedy}"
        raise ValueError(message)
    state = state_code(cells.get("region", "") or ("" if country == "US" else country))
    if code := cells.get("postal_code", ""):
        return _by_zip(code, state)
    city = cells.get("city", "")
    if not city or not state:
        message = f"there is no ZIP code, nor a city with its state; write one, or {_BY_HAND}"
        raise ValueError(message)
    if place := _cities(state).get(_plain(city)):
        return place
    message = f"no city '{city}' is known in {state}; mend it, or write the ZIP code"
    raise ValueError(message)


def find_place(cells: Mapping[str, str]) -> Mapping[str, str]:
    """Return what is known of an event's place by columns of the table, nothing for one that has none."""
    try:
        return {} if cells.get("online") == "yes" else locate(cells).cells
    except ValueError:
        return {}


def other_zone(cells: Mapping[str, str]) -> str:
    """Return the sentence that an event's zone is not that of its place, where their clocks differ on its day."""
    written, known = cells.get("timezone"), find_place(cells).get("timezone")
    if not written or not known:
        return ""
    try:
        noon = datetime.combine(read_day(cells.get("date", "")), time(12))
        zones = (parse_timezone(name) for name in (written, known))
        one, other = (noon.replace(tzinfo=zone).utcoffset() for zone in zones)
    except ValueError:  # which the check tells
        return ""
    if one == other:
        return ""
    return f"its timezone is {written}, but its place is in {known}; correct one of them"


def _by_zip(code: str, state: str | None) -> Place:
    found = _POST.fullmatch(code)
    # Spreadsheet programs take zeros off the beginning of a number.
    entries = _zip_codes().get(whole_zip(found[1]), []) if found else []
    there = entries[0]["state"] if entries else None
    is_short = found is not None and len(found[1]) < len("00000")
    if there is None or (is_short and there != state):
        message = f"'{code}' is no known ZIP code; mend it, or {_BY_HAND}"
        raise ValueError(message)
    if state and there != state:
        message = f"the ZIP code {code} is in {there}, not in {state}; correct one of them"
        raise ValueError(message)
    return _middle(entries)


@cache
def _zip_codes() -> dict[str, list[_Entry]]:
    """Return the entries of each ZIP code, but for those without coordinates and those of the armed forces abroad."""
    import zipcodes  # noqa: PLC0415 (what it loads is needed by two commands only)

    placed: dict[str, list[_Entry]] = defaultdict(list)
    for entry in zipcodes.list_all():
        if float(entry["lat"] or 0) and entry["zip_code_type"] != "MILITARY":
            placed[entry["zip_code"]].append(entry)
    return dict(placed)


@cache
def _cities(state: str) -> dict[str, Place]:
    """Return the cities of a state by name, in the middle of their ZIP codes; other accepted names come second."""
    entries: dict[str, list[_Entry]] = defaultdict(list)
    others: dict[str, list[_Entry]] = defaultdict(list)
    for entry in chain.from_iterable(_zip_codes().values()):
        if entry["state"] == state:
            entries[_plain(entry["city"])].append(entry)
            for name in entry["acceptable_cities"]:
                others[_plain(name)].append(entry)
    return {name: _middle(found) for name, found in (others | entries).items()}


def _middle(entries: list[_Entry]) -> Place:
    """Return the middle of those ZIP codes that are areas, or of all where none is."""
    areas = [entry for entry in entries if entry["zip_code_type"] == "STANDARD"] or entries
    latitude, longitude = (fmean(float(it[name]) for it in areas) for name in ("lat", "long"))
    # The table has the name of a village where one of the zones should be.
    zone = next((it["timezone"] for it in areas if "/" in it["timezone"]), "")
    return Place(f"{latitude:.4f}", f"{longitude:.4f}", zone)


def _plain(name: str) -> str:
    words = re.findall(r"\w+", name.lower().replace(".", ""))
    return " ".join(_SHORT.get(word, word) for word in words)
