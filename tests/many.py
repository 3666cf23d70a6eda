"""A national day of action, made up: as many events as wanted, where people live."""

import json
from dataclasses import replace
from datetime import date
from functools import cache
from random import Random

from campaign.content.model import Event
from campaign.events.map import states
from campaign.support import vendor
from tests.samples import event

ABROAD = {
    "AU": (-36, 146),
    "BR": (-24, -50),
    "CA": (46, -80),
    "DE": (49, 8),
    "GB": (51, -4),
    "JP": (34, 134),
    "MX": (18, -102),
}


@cache
def many_events(count: int, *, abroad: float = 0.0) -> tuple[Event, ...]:
    """Return so many events in the United States, the given part of them in other countries.

    Most are in a few hundred towns, as people are; each is at an address of its own.
    """
    random = Random(2018)  # noqa: S311 (the same each time)
    prefixes = json.loads(vendor.read("us-zip-prefixes/prefixes.json"))["prefixes"]
    towns = [tuple(place) for place in prefixes if place]
    random.shuffle(towns)
    codes = list(states())
    made = event(start="18:00", venue="The Old Library", country="US")
    return tuple(_at(made, number, towns, codes, random, abroad) for number in range(count))


def _at(  # noqa: PLR0913, PLR0917 (all that chance draws from)
    made: Event,
    number: int,
    towns: list[tuple[float, float]],
    codes: list[str],
    random: Random,
    abroad: float,
) -> Event:
    town = int(len(towns) * random.random() ** 2)
    latitude, longitude = towns[town]
    country = "US"
    if random.random() < abroad:
        country = random.choice(list(ABROAD))
        latitude, longitude = ABROAD[country][0] + town % 5, ABROAD[country][1] + town % 7
    return replace(
        made,
        id=f"2024-07-01-families-belong-together-vigil-{number}",
        title=f"Families Belong Together: vigil of {random.choice(codes)} neighbours {number}",
        date=date(2024, 7, 1),
        city=f"{random.choice('ABCDEFGHKLMNPRSTW')}town {town % 700}",
        region=codes[town % len(codes)] if country == "US" else None,
        country=country,
        latitude=round(latitude + random.uniform(-0.1, 0.1), 4),
        longitude=round((longitude + random.uniform(-0.1, 0.1) + 180) % 360 - 180, 4),
    )
