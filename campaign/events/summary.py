"""A summary of a campaign's events: how many took place, in how many places, from when to when."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Annotated

from campaign.content.model import Event


@dataclass(frozen=True)
class Summary:
    """How many events took place, where and when."""

    events: Annotated[int, "how many"]
    cities: Annotated[int, "in how many cities"]
    regions: Annotated[int, "in how many regions"]
    countries: Annotated[int, "in how many countries"]
    first: Annotated[date, "the first day"]
    last: Annotated[date, "the last day"]


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
