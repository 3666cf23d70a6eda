"""Lists of events, cut into pages: those to come first, the past ones after them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import groupby

from campaign.addresses import page_path
from campaign.content.model import Event
from campaign.events.summary import summarize
from campaign.routes import contexts
from campaign.routes.contexts import EventsByDay, Finder, Listing
from campaign.routes.data import list_calendar
from campaign.routes.page import PAGE_LENGTH, Route, paged
from campaign.routes.places import REGIONS_LENGTH, Place
from campaign.routes.site import Site


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
    summary = None if coming else summarize(past)
    if listing == "all" and count > PAGE_LENGTH:
        past = () if coming else past[:PAGE_LENGTH]
    has_calendar = count > 0 and listing in {"all", "place"}
    description = site.words.text("events_description", title=title, count=count)
    for items, pagination in paged(path, coming + past):
        number = pagination.number
        still = max(0, len(coming) - (number - 1) * PAGE_LENGTH)
        is_first = number == 1
        context = contexts.EventList(
            listing=listing,
            coming=_by_day(items[:still], site.today),
            past=_by_day(items[still:]),
            coming_count=len(coming),
            past_count=past_count,
            summary=summary,
            # Only such a list can be narrowed within its page.
            is_whole=len(items) == count,
            finder=finder if is_first else None,
            calendar=list_calendar(path) if is_first and has_calendar else None,
            # A list has at least as many pages as its regions fill.
            regions=regions[(number - 1) * REGIONS_LENGTH : number * REGIONS_LENGTH],
        )
        yield Route(
            page_path(path, number),
            context,
            title,
            description,
            indexed=bool(items),
            pagination=pagination,
        )


def _by_day(events: Iterable[Event], today: date | None = None) -> EventsByDay:
    """Return events, in the order of their first days, under these; one that goes on `today` stands under today."""

    def shown_on(event: Event) -> date:
        return today if today and event.date < today <= event.last_day else event.date

    return tuple((day, tuple(group)) for day, group in groupby(events, key=shown_on))
