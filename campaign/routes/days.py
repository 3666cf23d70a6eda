"""When events are: every day that has any, with a list of its own."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import groupby

from campaign.content.model import Event
from campaign.routes.page import EventCount, Site

DAYS_PATH = "/events/on/"
# The page of all days has room for so many of them.
DAYS_LENGTH = 200


@dataclass(frozen=True)
class Day:
    """A day that has events, with the address of its list; those that begin first stand first.

    In its tally an event of several days is over when this one is.
    """

    date: date
    path: str
    events: tuple[Event, ...]
    tally: EventCount


Months = tuple[tuple[date, tuple[Day, ...]], ...]


def day_path(day: date) -> str:
    """Return the address of the list of a day's events."""
    return f"{DAYS_PATH}{day.isoformat()}/"


def days_between(first: date, last: date) -> Iterator[date]:
    """Yield each day from the first to the last, with both of them."""
    for number in range((last - first).days + 1):
        yield first + timedelta(number)


def days(site: Site) -> tuple[Day, ...]:
    """Return every day that has events, the earliest first; an event of several days is on each of them."""
    by_day: dict[date, list[Event]] = defaultdict(list)
    for event in site.content.of(Event):
        for day in days_between(event.date, event.last_day):
            by_day[day].append(event)
    return tuple(_day(site, day, by_day[day]) for day in sorted(by_day))


def nearest(found: tuple[Day, ...], count: int) -> tuple[Day, ...]:
    """Return the days that come next, so many at most; the last ones where none is to come."""
    coming = tuple(day for day in found if not day.tally.is_past)
    return coming[:count] or found[-count:]


def by_month(found: Iterable[Day]) -> Months:
    """Return days under the first days of their months."""
    months = groupby(found, key=lambda day: day.date.replace(day=1))
    return tuple((month, tuple(group)) for month, group in months)


def _day(site: Site, day: date, events: Iterable[Event]) -> Day:
    found = tuple(events)
    ends = [
        site.over[event.id] if event.last_day == day else _midnight_after(day, event)
        for event in found
    ]
    return Day(day, day_path(day), found, site.tally_of(ends))


def _midnight_after(day: date, event: Event) -> datetime:
    """Return the moment (UTC) at which a day ends where an event is."""
    midnight = datetime.combine(day + timedelta(days=1), time(), event.timezone)
    return midnight.astimezone(UTC)
