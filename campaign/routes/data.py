"""The files beside the pages of events: calendars, and the events as data."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from campaign.addresses import PATHS
from campaign.content.model import Event
from campaign.events import geojson
from campaign.events.calendar import About, split_entries
from campaign.routes.page import Collection
from campaign.routes.places import place_name
from campaign.routes.site import Site


def event_calendar(event: Event) -> str:
    """Return the path of the calendar of one event."""
    return f"{event.path}{event.id}.ics"


def list_calendar(path: str) -> str:
    """Return the path of the calendar of the events of a list, by the list's path."""
    return f"{path}events.ics"


def event_files(site: Site) -> Iterator[Collection]:
    """Yield the calendar of all events and those of each place, and the data."""
    campaign, events, words = site.content.campaign, site.events, site.words
    if not events:
        return

    calendars = site.calendars

    def listed(path: str, name: str, found: Sequence[Event]) -> Collection:
        file = list_calendar(path)
        about = About(name, campaign.summary, site.absolute(path), site.absolute(file))
        join = partial(calendars.of_events, about)
        return Collection(file, found, calendars.entry, join, split_entries)

    feature = partial(geojson.feature, absolute=site.absolute)
    yield Collection(PATHS.events_data, events, feature, geojson.collection, geojson.split_features)
    yield listed(PATHS.events, campaign.name, events)
    for country in site.countries:
        for place in (country, *country.regions):
            where = place_name(place, words)
            name = words.text("calendar_of_place", campaign=campaign.name, place=where)
            yield listed(place.path, name, site.events_by_place[place.path])
