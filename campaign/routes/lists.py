"""Lists of events, cut into pages: those to come first, the past ones after them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Literal

from campaign.addresses import page_path
from campaign.content.model import Event
from campaign.events.nearby import Search
from campaign.events.summary import record
from campaign.routes.counts import EventCount
from campaign.routes.data import list_calendar
from campaign.routes.days import Months
from campaign.routes.page import PAGE_LENGTH, Route, paged
from campaign.routes.places import REGIONS_LENGTH, Place
from campaign.routes.site import Site

Listing = Literal["all", "online", "past", "place"]
ByDay = tuple[tuple[date, tuple[Event, ...]], ...]


@dataclass(frozen=True)
class Finder:
    """The ways from the list of all events to the others: the nearest days, the largest places, those online.

    The counts are of all days and places, named here or not; `online` is None where there is no
    event online. `search` is the one by distance, None where nobody knows where any event is.
    """

    months: Months
    day_count: int
    places: tuple[Place, ...]
    place_count: int
    online: EventCount | None
    search: Search | None = None


def divide(site: Site, events: Iterable[Event]) -> tuple[tuple[Event, ...], tuple[Event, ...]]:
    """Divide events, given by day and time, into those to come and those that are over, the latest first."""
    sides: tuple[list[Event], list[Event]] = ([], [])
    for event in events:
        sides[event.id in site.counter.past].append(event)
    coming, past = sides
    return tuple(coming), tuple(sorted(past, key=lambda event: event.date, reverse=True))


def list_routes(  # noqa: PLR0913 (one list, described whole)
    site: Site,
    path: str,
    listing: Listing,
    title: str,
    events: Iterable[Event],
    *,
    finder: Finder | None = None,
    regions: tuple[Place, ...] = (),
) -> Iterator[Route]:
    """Yield the pages of a list of events; the first has the finder and the calendar, each some of the regions.

    Where all events are more than a page holds, their list has only those to come, or else the
    last ones; the list of past events has the rest.
    """
    coming, past = divide(site, events)
    count, past_count = len(coming) + len(past), len(past)
    records = None if coming else record(past)
    if listing == "all" and count > PAGE_LENGTH:
        past = () if coming else past[:PAGE_LENGTH]
    has_calendar = count > 0 and listing in {"all", "place"}
    description = site.words.text("events_description", title=title, count=count)
    for items, pagination in paged(path, coming + past):
        number = pagination.number
        still = max(0, len(coming) - (number - 1) * PAGE_LENGTH)
        context = {
            "listing": listing,
            "coming": _by_day(items[:still], site.today),
            "past": _by_day(items[still:]),
            "coming_count": len(coming),
            "past_count": past_count,
            "record": records,
            # Only such a list can be narrowed within its page.
            "whole": len(items) == count,
            "finder": finder if number == 1 else None,
            "calendar": list_calendar(path) if number == 1 and has_calendar else None,
            # A list has at least as many pages as its regions fill.
            "regions": regions[(number - 1) * REGIONS_LENGTH : number * REGIONS_LENGTH],
            "pagination": pagination,
        }
        indexed = bool(items)
        yield Route(page_path(path, number), "events", title, description, context, indexed=indexed)


def _by_day(events: Iterable[Event], today: date | None = None) -> ByDay:
    """Return events, in the order of their first days, under these; one that goes on `today` stands under today."""

    def shown_on(event: Event) -> date:
        return today if today and event.date < today <= event.last_day else event.date

    return tuple((day, tuple(group)) for day, group in groupby(events, key=shown_on))
