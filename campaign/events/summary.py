"""A summary of a campaign's events: how many took place, in how many places, from when to when."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from campaign.content.model import Event


@dataclass(frozen=True)
class Summary:
    """How many events took place, in how many cities, regions and countries, and their first and last day."""

    events: int
    cities: int
    regions: int
    countries: int
    first: date
    last: date


def summarize(past: Iterable[Event]) -> Summary | None:
    """Sum up events that are over: those that were held; None where none was.

    An event that was only online counts, but not the place that it was hosted from.
    """
    held = [event for event in past if event.is_confirmed]
    if not held:
        return None
    somewhere = [event for event in held if not event.is_online_only]
    return Summary(
        len(held),
        len({(event.country, event.region, event.city) for event in somewhere if event.city}),
        len({(event.country, event.region) for event in somewhere if event.region}),
        len({event.country for event in somewhere if event.country}),
        min(event.date for event in held),
        max(event.last_day for event in held),
    )
