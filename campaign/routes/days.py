"""When events are: every day that has any, with a list of its own."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import groupby
from typing import Annotated

from campaign.addresses import PATHS
from campaign.content.model import Event
from campaign.routes.counts import EventCount, EventCounter

# The page of all days has room for so many of them.
DAYS_LENGTH = 200


@dataclass(frozen=True)
class Day:
    """A day that has events."""

    date: Annotated[date, "the day"]
    path: Annotated[str, "where the list of its events is"]
    events: Annotated[tuple[Event, ...], "its events; those that begin first stand first"]
    count: Annotated[EventCount, "their number; an event of several days is over when this one is"]


Months = tuple[tuple[date, tuple[Day, ...]], ...]


def day_path(day: date) -> str:
    """Return the address of the list of a day's events."""
    return f"{PATHS.days}{day.isoformat()}/"


def days_between(first: date, last: date) -> Iterator[date]:
    """Yield each day from the first to the last, with both of them."""
    for number in range((last - first).days + 1):
        yield first + timedelta(number)


def days(events: Iterable[Event], counter: EventCounter) -> tuple[Day, ...]:
    """Return every day that has events, the earliest first; an event of several days is on each of them."""
    by_day: dict[date, list[Event]] = defaultdict(list)
    for event in events:
        for day in days_between(event.date, event.last_day):
            by_day[day].append(event)
    return tuple(_day(day, by_day[day], counter) for day in sorted(by_day))


def nearest(found: tuple[Day, ...], count: int) -> tuple[Day, ...]:
    """Return the days that come next, so many at most; the last ones where none is to come."""
    coming = tuple(day for day in found if not day.count.is_past)
    return coming[:count] or found[-count:]


def by_month(found: Iterable[Day]) -> Months:
    """Return days under the first days of their months."""
    months = groupby(found, key=lambda day: day.date.replace(day=1))
    return tuple((month, tuple(group)) for month, group in months)


def _day(day: date, events: Iterable[Event], counter: EventCounter) -> Day:
    found = tuple(events)
    ends = [
        counter.ends_at_utc[event.id] if event.last_day == day else _midnight_after(day, event)
        for event in found
    ]
    return Day(day, day_path(day), found, counter.count_by_ends(ends))


def _midnight_after(day: date, event: Event) -> datetime:
    """Return the moment (UTC) at which a day ends where an event is."""
    midnight = datetime.combine(day + timedelta(days=1), time(), event.timezone)
    return midnight.astimezone(UTC)
