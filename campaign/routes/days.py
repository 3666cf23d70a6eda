"""When events are: every day that has any, with a list of its own."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from campaign.model import Event

DAYS_PATH = "/events/on/"
# The page of all days has room for so many of them.
DAYS_LENGTH = 200


@dataclass(frozen=True)
class Day:
    """A day that has events, with the address of its list; those that begin first stand first."""

    date: date
    path: str
    events: tuple[Event, ...]

    @property
    def count(self) -> int:
        """The number of its events."""
        return len(self.events)


Months = tuple[tuple[date, tuple[Day, ...]], ...]


def day_path(day: date) -> str:
    """Give the address of the list of a day's events."""
    return f"{DAYS_PATH}{day.isoformat()}/"


def days_of(event: Event) -> Iterator[date]:
    """Yield each day of an event, from its first to its last."""
    for number in range((event.last_day - event.date).days + 1):
        yield event.date + timedelta(number)


def days(events: Iterable[Event]) -> tuple[Day, ...]:
    """Give every day that has events, the earliest first; an event of several days is on each of them."""
    by_day: dict[date, list[Event]] = defaultdict(list)
    for event in events:
        for day in days_of(event):
            by_day[day].append(event)
    return tuple(Day(day, day_path(day), tuple(by_day[day])) for day in sorted(by_day))


def nearest(found: tuple[Day, ...], today: date, count: int) -> tuple[Day, ...]:
    """Give the days that come next, so many at most; the last ones where none is to come."""
    coming = tuple(day for day in found if day.date >= today)
    return coming[:count] or found[-count:]


def by_month(found: Iterable[Day]) -> Months:
    """Give days under the first days of their months."""
    months = groupby(found, key=lambda day: day.date.replace(day=1))
    return tuple((month, tuple(group)) for month, group in months)
