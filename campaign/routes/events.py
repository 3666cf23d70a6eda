"""The pages of events: lists of all, past, online, by place and by day, and a page for each event."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from itertools import groupby

from campaign.addresses import PATHS, page_path
from campaign.content.model import Campaign, Event
from campaign.events import structured
from campaign.routes import contexts
from campaign.routes.contexts import Finder
from campaign.routes.days import (
    DAYS_LENGTH,
    Day,
    by_month,
    day_path,
    nearest,
)
from campaign.routes.event_map import map_routes
from campaign.routes.excerpts import PageLink
from campaign.routes.lists import list_routes
from campaign.routes.page import Route, paged
from campaign.routes.places import (
    largest,
    overview,
    place_name,
    place_path,
)
from campaign.routes.site import Site
from campaign.words import Words

# The finder names so many days and so many places.
IN_FINDER = 8


def event_lists(site: Site) -> Iterator[Route]:
    """Yield the lists of events, and the map of them."""
    events, words = site.events, site.words
    online = tuple(event for event in events if event.is_online)
    past = tuple(event for event in events if event.id in site.counter.past)
    finder = _finder(site, online) if events else None
    title = words.text("events_title")
    yield from list_routes(site, PATHS.events, "all", title, events, finder=finder)
    title = words.text("past_events_title")
    yield from list_routes(site, PATHS.past_events, "past", title, past)
    title = words.text("online_events_title")
    yield from list_routes(site, PATHS.online_events, "online", title, online)
    yield from _place_routes(site)
    yield from _day_routes(site)
    yield from map_routes(site)


def event_page(
    event: Event, campaign: Campaign, words: Words, absolute: Callable[[str], str]
) -> Route:
    """Return the page of an event, which is made of that and of what is the same for all of them."""
    described = partial(structured.event, event, campaign, absolute)
    return Route(
        event.path,
        contexts.EventPage(event),
        event.title,
        partial(_description, event, words),
        (described,) if structured.has_location(event) else (),
    )


def _finder(site: Site, online: tuple[Event, ...]) -> Finder:
    """Return the links to the other lists; a campaign in one country leads to its regions at once."""
    countries = site.countries
    one = countries[0] if len(countries) == 1 else None
    found = one.regions or countries if one else countries
    return Finder(
        by_month(nearest(site.days, IN_FINDER)),
        len(site.days),
        largest(found, IN_FINDER),
        len(found),
        site.counter.count(online) if online else None,
        site.near.search if any(event.point for event in site.events) else None,
    )


def _place_routes(site: Site) -> Iterator[Route]:
    """Yield the page of all places, then the list of each country and of each of its regions."""
    words, countries = site.words, site.countries
    if countries:
        description = words.text("places_description", count=len(countries))
        context = contexts.PlaceList(overview(countries))
        yield Route(PATHS.places, context, words.text("places_title"), description)
    for country in countries:
        for place in (country, *country.regions):
            title = words.text("events_in_title", place=place_name(place, words))
            listed = site.events_by_place[place.path]
            yield from list_routes(site, place.path, "place", title, listed, regions=place.regions)


def _day_routes(site: Site) -> Iterator[Route]:
    """Yield the pages of all days, then the list of each."""
    words, found = site.words, site.days
    description = words.text("days_description", count=len(found))
    title = words.text("days_title")
    for some, pagination in paged(PATHS.days, found, DAYS_LENGTH) if found else ():
        context = contexts.DayList(by_month(some))
        path = page_path(PATHS.days, pagination.number)
        yield Route(path, context, title, description, pagination=pagination)
    links = [PageLink(words.date(day.date, "full"), day.path) for day in found]
    for number, day in enumerate(found):
        previous = links[number - 1] if number else None
        following = links[number + 1] if number + 1 < len(links) else None
        yield from _day_list(site, day, previous, following)


def _day_list(
    site: Site, day: Day, previous: PageLink | None, following: PageLink | None
) -> Iterator[Route]:
    """Yield the pages of a day's list: by place, as the day is the same for all of them."""
    words = site.words
    title = words.text("events_on_title", day=words.date(day.date, "full"))
    description = words.text("events_description", title=title, count=day.count.number)
    spots = {event.id: _spot(event, words) for event in day.events}
    ordered = sorted(day.events, key=lambda event: spots[event.id])
    for events, pagination in paged(day.path, ordered):
        groups = groupby(events, key=lambda event: spots[event.id])
        shown = tuple((spot[-1], tuple(group)) for spot, group in groups)
        context = contexts.DayPage(day, shown, previous, following)
        path = page_path(day.path, pagination.number)
        yield Route(path, context, title, description, pagination=pagination)


def _spot(event: Event, words: Words) -> tuple[int, str, str, str]:
    """Return an event's place in the order of a day's list, and the name of that place last.

    Countries stand by their names, their regions likewise; then what has no country, then what is online.
    """
    if event.is_online_only:
        return 2, "", "", words.text("online")
    if event.country is None:
        name = event.city or event.venue or words.text("place_unknown")
        return 1, "", "", name
    region = (event.region or "").casefold()
    return 0, words.country(event.country), region, place_name(event, words)


def links_to_lists(event: Event, words: Words) -> tuple[PageLink, ...]:
    """Return the links from an event to the lists of its day and its place."""
    when = words.date(event.date, "full")
    lists = [PageLink(words.text("events_on_title", day=when), day_path(event.date))]
    if path := place_path(event):
        title = words.text("events_in_title", place=place_name(event, words))
        lists.append(PageLink(title, path))
    if event.is_online:
        lists.append(PageLink(words.text("online_events_title"), PATHS.online_events))
    return (*lists, PageLink(words.text("events_all"), PATHS.events))


def _description(event: Event, words: Words) -> str:
    """Return when and where an event is, in one line."""
    when = words.date(event.date, "full")
    where = (
        words.text("online")
        if event.is_online_only
        else words.joined(event.venue, event.city, event.region)
    )
    return words.text("event_description", when=when, where=where) if where else when
