"""Which addresses there are on a site, asked before its pages are made.

Content that is not in order has no pages yet, but a link of it is still to be judged.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import chain

from campaign import sharing
from campaign.addresses import ASSETS, PATHS
from campaign.content.model import Event, Kind
from campaign.routes.data import list_calendar
from campaign.routes.days import day_path, days_between
from campaign.routes.page import file_of
from campaign.routes.places import Listed, place_paths

# The pages that every site has.
_ALWAYS = frozenset(
    {
        PATHS.home, PATHS.letter, PATHS.actions, PATHS.events, PATHS.online_events,
        PATHS.past_events, PATHS.updates,
    }
)  # fmt: skip
# Further pages of a list, the calendar of an event, and the files of the search by distance.
_LIST_PAGE = re.compile(rf"(?:{PATHS.events}|{PATHS.updates})(?:.+/)?page/[0-9]+/index\.html")
_CALENDAR = re.compile(rf"{Event.list_address()}([^/]+)/\1\.ics")
_NEAR_FILE = re.compile(PATHS.near_index.replace(".json", r"(?:-[a-z0-9-]+)?\.json"))

_PAGE, _FILE = "a page that the site makes by itself", "a file that the site makes by itself"


class EnginePaths:
    """The addresses of what is made by itself, beside the pages of the content's own objects.

    `paths` are those of lists and their calendars, the map, the feed, files for search engines. Not
    among them are the calendars of single events, which are too many, and what changes with the
    number of events: `owner_of` knows these too.
    """

    def __init__(self, events: Iterable[Event]) -> None:
        found = tuple(events)
        self.paths = frozenset(
            {
                *_ALWAYS,
                *_list_paths(found),
                *_event_file_paths(found),
                *([PATHS.map] if any(event.point for event in found) else []),
                *(PATHS.feed, PATHS.not_found, PATHS.sitemap, sharing.domains_path()),
            }
        )
        self._events = {event.id for event in found}

    @property
    def owners(self) -> dict[str, str]:
        """How a sentence calls each file that is there, or that no object may have, by its name in small letters."""
        found = {file_of(Event.ADDRESS.format(name)): _PAGE for name in PATHS.reserved_event_names}
        for path in self.paths:
            found[file_of(path).lower()] = _PAGE if path.endswith(("/", ".html")) else _FILE
        return found

    def owner_of(self, file: str) -> str | None:
        """Return how a sentence calls a file that is made by itself, or may be; `file` is its name in small letters."""
        path = f"/{file}"
        if "/page/" in path and _LIST_PAGE.fullmatch(path):
            return "a page of a list that the site makes by itself"
        if f"{path}/".startswith(ASSETS) or self._is_calendar(path):
            return _FILE
        if path.startswith(PATHS.events) and _NEAR_FILE.fullmatch(path):
            return _FILE
        return None

    def _is_calendar(self, path: str) -> bool:
        found = _CALENDAR.fullmatch(path) if path.endswith(".ics") else None
        return bool(found and found[1] in self._events)


def may_exist(path: str, unread: Iterable[type[Kind]]) -> bool:
    """Whether an address may be that of an object of one of these kinds, of which some could not be read."""
    return any(pattern.fullmatch(path) for kind in unread for pattern in _patterns(kind))


def _patterns(kind: type[Kind]) -> tuple[re.Pattern[str], ...]:
    found = [kind.ADDRESS.replace("{}", "[^/]+")]
    if kind is Event:
        found += [f"{PATHS.places}.*", f"{PATHS.days}.*", rf"{PATHS.events}.+\.ics"]
        found += map(re.escape, (PATHS.events_data, PATHS.map))
    return tuple(map(re.compile, found))


def _list_paths(events: Iterable[Event]) -> set[str]:
    """Return the addresses of the lists that events make: of their days and of their places."""
    listed = {(event.last_day, Listed.of(event)) for event in events}
    spans = {(event.date, last_day) for last_day, event in listed}
    on = {day_path(day) for span in spans for day in days_between(*span)}
    within = {path for _, event in listed for path in place_paths(event)}
    return {*on, *within, *([PATHS.days] if on else []), *([PATHS.places] if within else [])}


def _event_file_paths(events: Iterable[Event]) -> set[str]:
    """Return the paths of all that `event_files` yields."""
    found = {Listed.of(event) for event in events}
    if not found:
        return set()
    return {
        PATHS.events_data,
        *map(list_calendar, {PATHS.events, *chain.from_iterable(map(place_paths, found))}),
    }
