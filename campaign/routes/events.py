"""The pages and files of events: lists, places, and a page for each event."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Literal

from campaign import structured
from campaign.fields import slugify
from campaign.model import Event
from campaign.routes.page import PAGE_LENGTH, Route, Site, page_path, paged
from campaign.words import Words

Listing = Literal["all", "past", "place"]
Days = tuple[tuple[date, tuple[Event, ...]], ...]


@dataclass(frozen=True)
class Place:
    """A country or one of its regions, with the number of its events."""

    country: str
    region: str | None
    path: str
    count: int


def place_path(event: Event) -> str | None:
    """Give the address of the list of events in an event's region, or in its country where it names none."""
    if event.country is None or event.online == "yes":
        return None
    region = f"{slugify(event.region)}/" if event.region else ""
    return f"/events/in/{event.country.lower()}/{region}"


def event_routes(site: Site) -> Iterator[Route]:
    """Yield the lists of events, then the page of each."""
    events = site.content.events
    places = _places(events)
    yield from _event_list(site, "/events/", "all", site.words.text("events_title"), events, places)
    title = site.words.text("past_events_title")
    yield from _event_list(site, "/events/past/", "past", title, events)
    by_place: dict[str | None, list[Event]] = {}
    for event in events:
        by_place.setdefault(place_path(event), []).append(event)
    for place in places:
        name = _joined(site.words, place.region, site.words.country(place.country))
        title = site.words.text("events_in_title", place=name)
        yield from _event_list(site, place.path, "place", title, by_place[place.path])
    for event in events:
        yield Route(
            event.path,
            "event",
            event.title,
            _event_description(event, site.words),
            {"event": event},
            (structured.event(event, site.content.campaign, site.absolute),),
        )


def _event_list(  # noqa: PLR0913, PLR0917 (one list, described whole)
    site: Site,
    path: str,
    listing: Listing,
    title: str,
    events: Iterable[Event],
    places: tuple[Place, ...] = (),
) -> Iterator[Route]:
    """Yield the pages of a list of events: those to come first, the past ones after them.

    "all" shows past events only when none is to come, "past" only past ones, "place" both.
    """
    upcoming, past = divide(events, site.now)
    shown = {"all": upcoming or past[:PAGE_LENGTH], "past": past, "place": upcoming + past}[listing]
    description = site.words.text("events_description", title=title)
    for items, pagination in paged(path, shown):
        still, over = divide(items, site.now)
        context = {
            "listing": listing,
            "upcoming": _by_day(still),
            "past": _by_day(over),
            "upcoming_count": len(upcoming),
            "past_count": len(past),
            "places": places if pagination.number == 1 else (),
            "pagination": pagination,
        }
        yield Route(
            page_path(path, pagination.number),
            "events",
            title,
            description,
            context,
            indexed=bool(items),
        )


def divide(events: Iterable[Event], now: datetime) -> tuple[tuple[Event, ...], tuple[Event, ...]]:
    """Divide into those to come, the soonest first, and those that are over, the latest first."""
    sides: tuple[list[Event], list[Event]] = ([], [])
    for event in events:
        sides[event.is_past(now)].append(event)
    upcoming, past = sides
    return tuple(upcoming), tuple(sorted(past, key=lambda event: event.date, reverse=True))


def _by_day(events: Iterable[Event]) -> Days:
    return tuple(
        (day, tuple(group)) for day, group in groupby(events, key=lambda event: event.date)
    )


def _places(events: Iterable[Event]) -> tuple[Place, ...]:
    """Give the regions that have events, by country and name."""
    counts: dict[str, int] = {}
    first: dict[str, Event] = {}
    for event in events:
        if path := place_path(event):
            counts[path] = counts.get(path, 0) + 1
            first.setdefault(path, event)
    found = [
        Place(str(first[path].country), first[path].region, path, count)
        for path, count in counts.items()
    ]
    return tuple(sorted(found, key=lambda place: (place.country, place.region or "")))


def _event_description(event: Event, words: Words) -> str:
    """Say when and where in one line."""
    where = (
        words.text("online")
        if event.online == "yes"
        else _joined(words, event.venue, event.city, event.region)
    )
    when = words.date(event.date, "full")
    return words.text("event_description", when=when, where=where) if where else when


def _joined(words: Words, *parts: str | None) -> str:
    """Give those of several names that are there in one line."""
    return words.text("list_separator").join(filter(None, parts))
