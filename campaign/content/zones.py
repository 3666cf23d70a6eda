"""Time zones: those of the IANA database that have a place, by the names that people give them."""

from __future__ import annotations

import zoneinfo
from functools import cache
from hashlib import sha256
from pathlib import Path
from zoneinfo import ZoneInfo

from campaign.content.problems import nearest_name, shorten


@cache
def find(name: str) -> ZoneInfo:
    """Return the time zone of a name in the IANA database. Raises `ValueError`."""
    if name in _zones():
        return ZoneInfo(name)
    hint = _suggest_zone(name) or "; write one such as America/New_York"
    message = f"'{shorten(name)}' is not a time zone{hint}"
    raise ValueError(message)


@cache
def _suggest_zone(name: str) -> str:
    """Guess at the zone that was meant by its city, or as people call it."""
    by_city = {
        zone.rpartition("/")[2].replace("_", " ").lower(): zone
        for zone in sorted(_zones())
        # `Etc/GMT+2` is what everybody else calls GMT-2.
        if not zone.startswith("Etc/")
    }
    words = name.rpartition("/")[2].replace("_", " ").lower()
    zone = _ZONES_IN_SPEECH.get(words) or by_city.get(nearest_name(words, by_city, 0.85) or "")
    return f"; did you mean '{zone}'?" if zone else ""


@cache
def _zones() -> frozenset[str]:
    """Return the names of time zones, but for those without a place, such as EST, which know no summer time."""
    names = database("zones").split()
    return frozenset(name for name in names if "/" in name or name == "UTC")


def database(*path: str) -> str:
    """Return the text of a file of the IANA time zone database."""
    from importlib.resources import files  # noqa: PLC0415 (takes longer than all of this module)

    return files("tzdata").joinpath(*path).read_text(encoding="utf-8")


_ZONES_IN_SPEECH = {
    word: zone
    for zone, words in {
        "America/New_York": "est edt et eastern",
        "America/Chicago": "cst cdt ct central",
        "America/Denver": "mst mdt mt mountain",
        "America/Los_Angeles": "pst pdt pt pacific",
        "Europe/London": "gmt bst",
        "Europe/Paris": "cet cest",
    }.items()
    for word in words.split()
}


@cache
def rules(name: str) -> bytes:
    """Return the digest of a zone's rules, which lawmakers change; empty where there is no such zone."""
    try:
        zone = find(name)
    except ValueError:
        return b""
    files = (Path(folder, zone.key) for folder in zoneinfo.TZPATH)
    # Where the system has none they are those of a library (`campaign.support.cache` knows which).
    return sha256(next((file.read_bytes() for file in files if file.is_file()), b"")).digest()
