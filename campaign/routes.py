"""Every page of the site: its address, its template, and what the template is given.

Pages that others may link to do not depend on the day; only how lists are divided does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import groupby
from typing import Any, Literal, TypeVar

from campaign import structured
from campaign.fields import slugify
from campaign.model import Content, Event
from campaign.words import Words

T = TypeVar("T")
Listing = Literal["all", "past", "place"]
Days = tuple[tuple[date, tuple[Event, ...]], ...]

# A list's page stays within the budget for HTML at this length.
PAGE_LENGTH = 50
FEED_PATH = "/updates/atom.xml"
FIXED_PATHS = frozenset({"/", "/letter/", "/act/", "/events/", "/events/past/", "/updates/"})


@dataclass(frozen=True)
class Route:
    """A page: where it is, which template makes it, and what that is given.

    `title` is empty where the campaign's name is the title; `data` is structured data;
    `indexed` pages are in the sitemap and open to search engines.
    """

    path: str
    template: str
    title: str
    description: str
    context: dict[str, Any] = field(default_factory=dict)
    data: tuple[structured.Data, ...] = ()
    og_type: str = "website"
    indexed: bool = True

    @property
    def file(self) -> str:
        """The page's file below the output folder."""
        return file_of(self.path)


@dataclass(frozen=True)
class Place:
    """A country or one of its regions, with the number of its events."""

    country: str
    region: str | None
    path: str
    count: int


@dataclass(frozen=True)
class Pagination:
    """One page of a list: its number from 1, of how many, and its neighbours' addresses."""

    number: int
    count: int
    previous: str | None
    next: str | None


@dataclass(frozen=True)
class Site:
    """What routes are made from: valid content, the theme's words, the moment that counts as now."""

    content: Content
    words: Words
    now: datetime
    absolute: Callable[[str], str]


def file_of(path: str) -> str:
    """Give the file that serves an address: `/letter/` is `letter/index.html`, and so is `/letter`.

    Servers tell a file's type by the end of its name, so a page cannot be in a file without one.
    """
    if path.endswith("/"):
        return f"{path.lstrip('/')}index.html"
    return path.lstrip("/") if "." in path.rpartition("/")[2] else f"{path.lstrip('/')}/index.html"


def routes(site: Site) -> Iterator[Route]:
    """Yield every page of the site, once."""
    yield from _front(site)
    yield from _actions(site)
    yield from _events(site)
    yield from _updates(site)
    for page in site.content.pages:
        yield Route(page.path, "page", page.title, page.summary, {"page": page})
    yield Route("/404.html", "404", site.words.text("not_found_title"), "", indexed=False)
    yield from _redirects(site)


def place_path(event: Event) -> str | None:
    """Give the address of the list of events in an event's region, or in its country where it names none."""
    if event.country is None or event.online == "yes":
        return None
    region = f"{slugify(event.region)}/" if event.region else ""
    return f"/events/in/{event.country.lower()}/{region}"


def _front(site: Site) -> Iterator[Route]:
    campaign, letter = site.content.campaign, site.content.letter
    upcoming, past = _divide(site.content.events, site.now)
    yield Route(
        "/",
        "home",
        "",
        campaign.summary,
        {
            "next_events": upcoming[:3],
            "last_events": past[:3],
            "latest_update": site.content.updates[0] if site.content.updates else None,
        },
        (structured.website(campaign, site.absolute),),
    )
    data = (structured.article(letter, campaign, site.absolute),)
    yield Route(
        letter.path, "letter", letter.title, letter.summary, {"letter": letter}, data, "article"
    )


def _actions(site: Site) -> Iterator[Route]:
    words, content = site.words, site.content
    form = "" if content.campaign.is_live else "_closed"
    yield Route(
        "/act/",
        "actions",
        words.text(f"actions_title{form}"),
        words.text(f"actions_description{form}"),
    )
    steps = content.steps
    for number, action in enumerate(steps):
        context = {
            "action": action,
            "previous": steps[number - 1] if number else None,
            "following": steps[number + 1] if number + 1 < len(steps) else None,
        }
        yield Route(action.path, "action", action.title, action.summary or action.why, context)
    for action in content.further_actions:
        context = {"action": action, "previous": None, "following": None}
        yield Route(action.path, "action", action.title, action.summary or action.why, context)


def _events(site: Site) -> Iterator[Route]:
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
    upcoming, past = _divide(events, site.now)
    shown = {"all": upcoming or past[:PAGE_LENGTH], "past": past, "place": upcoming + past}[listing]
    description = site.words.text("events_description", title=title)
    for items, pagination in _paged(path, shown):
        still, over = _divide(items, site.now)
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
            _page_path(path, pagination.number),
            "events",
            title,
            description,
            context,
            indexed=bool(items),
        )


def _updates(site: Site) -> Iterator[Route]:
    words, updates = site.words, site.content.updates
    title = words.text("updates_title")
    for items, pagination in _paged("/updates/", updates):
        context = {"updates": tuple(items), "pagination": pagination}
        description = words.text("updates_description")
        yield Route(
            _page_path("/updates/", pagination.number),
            "updates",
            title,
            description,
            context,
            indexed=bool(items),
        )
    for number, update in enumerate(updates):
        context = {
            "update": update,
            "newer": updates[number - 1] if number else None,
            "older": updates[number + 1] if number + 1 < len(updates) else None,
        }
        yield Route(update.path, "update", update.title, update.summary, context, og_type="article")


def _redirects(site: Site) -> Iterator[Route]:
    content = site.content
    kinds = (
        content.campaign,
        content.letter,
        *content.actions,
        *content.events,
        *content.updates,
        *content.pages,
    )
    title = site.words.text("moved_title")
    for item in kinds:
        for alias in item.aliases:
            yield Route(alias, "redirect", title, "", {"target": item.path}, indexed=False)


def _divide(events: Iterable[Event], now: datetime) -> tuple[tuple[Event, ...], tuple[Event, ...]]:
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


def _paged(path: str, items: Sequence[T]) -> Iterator[tuple[Sequence[T], Pagination]]:
    """Cut a list into pages; an empty list has one."""
    count = max(1, -(-len(items) // PAGE_LENGTH))
    for number in range(1, count + 1):
        previous = _page_path(path, number - 1) if number > 1 else None
        following = _page_path(path, number + 1) if number < count else None
        start = (number - 1) * PAGE_LENGTH
        yield items[start : start + PAGE_LENGTH], Pagination(number, count, previous, following)


def _page_path(path: str, number: int) -> str:
    return path if number == 1 else f"{path}page/{number}/"


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
