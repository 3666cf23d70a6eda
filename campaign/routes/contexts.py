"""The contexts of templates: what each kind of page is given, beside the names that every template knows.

A field's annotation says its type and, in one line, what it is; `docs/theme.md` is made from them.
Every template also has `here`, the `Route` of its page.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated, ClassVar, Literal

from campaign.content.model import Action, Campaign, Event, Letter, Page, Update
from campaign.events.map import WIDTH, Dot, Graticule, State
from campaign.events.nearby import Search
from campaign.events.summary import Summary
from campaign.routes.counts import EventCount
from campaign.routes.days import Day, Months
from campaign.routes.excerpts import ActionExcerpt, PageLink, UpdateExcerpt
from campaign.routes.places import Place

Listing = Literal["all", "online", "past", "place"]
EventsByDay = tuple[tuple[date, tuple[Event, ...]], ...]
EventsByPlace = tuple[tuple[str, tuple[Event, ...]], ...]


@dataclass(frozen=True)
class Context:
    """The context of a kind of page; `TEMPLATE` is the name of its template, without `.html`."""

    TEMPLATE: ClassVar[str]


@dataclass(frozen=True)
class HomePage(Context):
    """The first page: the appeal, the steps, the next events, the latest update."""

    TEMPLATE = "home"

    campaign: Annotated[Campaign, "the campaign with its text, which here alone it has"]
    steps: Annotated[tuple[ActionExcerpt, ...], "the numbered actions, in order"]
    next_events: Annotated[tuple[Event, ...], "the events to come, three at most"]
    last_events: Annotated[tuple[Event, ...], "the past events, the latest first, three at most"]
    summary: Annotated[Summary | None, "what all events came to, where none is to come"]
    latest_update: Annotated[UpdateExcerpt | None, "the newest update, where there is one"]


@dataclass(frozen=True)
class LetterPage(Context):
    """The open letter."""

    TEMPLATE = "letter"

    letter: Annotated[Letter, "the letter"]


@dataclass(frozen=True)
class ActionList(Context):
    """All actions."""

    TEMPLATE = "actions"

    steps: Annotated[tuple[Action, ...], "the numbered actions, in order, with their texts"]
    further_actions: Annotated[tuple[ActionExcerpt, ...], "the actions without a number"]


@dataclass(frozen=True)
class ActionPage(Context):
    """One action."""

    TEMPLATE = "action"

    action: Annotated[Action, "the action"]
    step_slugs: Annotated[tuple[str, ...], "the slugs of all steps; none where it is no step"]
    previous: Annotated[PageLink | None, "the step before it"]
    following: Annotated[PageLink | None, "the step after it"]


@dataclass(frozen=True)
class Finder:
    """The links from the list of all events to others: by day, by place, online."""

    months: Annotated[Months, "the nearest days: pairs of a month's first day and its days"]
    day_count: Annotated[int, "how many days have events, named here or not"]
    places: Annotated[
        tuple[Place, ...], "the countries, or regions of the only one, with most events"
    ]
    place_count: Annotated[int, "how many of these there are, named here or not"]
    online: Annotated[EventCount | None, "how many events are online; None where none is"]
    search: Annotated[
        Search | None, "the search by distance; None where no event has a known place"
    ] = None


@dataclass(frozen=True)
class EventList(Context):
    """A list of events: all, the past ones, those online, or those of a country or region."""

    TEMPLATE = "events"

    listing: Annotated[Listing, "which list it is: `all`, `online`, `past` or `place`"]
    coming: Annotated[EventsByDay, "those to come on this page: pairs of a day and its events"]
    past: Annotated[EventsByDay, "the past ones on this page, likewise, the latest day first"]
    coming_count: Annotated[int, "how many are to come, on all pages of the list"]
    past_count: Annotated[int, "how many are past"]
    summary: Annotated[Summary | None, "what they came to, where none is to come"]
    is_whole: Annotated[bool, "whether all events of the list are on this page"]
    finder: Annotated[Finder | None, "the links to other lists; on the first page of all events"]
    calendar: Annotated[str | None, "the path of the list's calendar; on its first page"]
    regions: Annotated[tuple[Place, ...], "the regions of a country that have events"]


@dataclass(frozen=True)
class EventPage(Context):
    """One event."""

    TEMPLATE = "event"

    event: Annotated[Event, "the event"]


@dataclass(frozen=True)
class PlaceList(Context):
    """The countries and regions that have events."""

    TEMPLATE = "places"

    countries: Annotated[tuple[Place, ...], "the countries by name, each with its regions"]


@dataclass(frozen=True)
class DayList(Context):
    """The days that have events."""

    TEMPLATE = "days"

    months: Annotated[Months, "pairs of a month's first day and its days"]


@dataclass(frozen=True)
class DayPage(Context):
    """The events of one day."""

    TEMPLATE = "day"

    day: Annotated[Day, "the day"]
    places: Annotated[
        EventsByPlace, "the events on this page: pairs of a place's name and its events"
    ]
    previous: Annotated[PageLink | None, "the day before it that has events"]
    following: Annotated[PageLink | None, "the day after it that has events"]


@dataclass(frozen=True)
class Marker:
    """A dot that can be pressed."""

    dot: Annotated[Dot, "where it is, and how large"]
    path: Annotated[str, "where it leads"]
    label: Annotated[str, "what it says"]


@dataclass(frozen=True)
class Caption:
    """The name of a country after its largest dot, or before it, where it ends at `x`."""

    x: Annotated[int, "where it begins or ends, from the left"]
    y: Annotated[int, "the line on which it stands, from the top"]
    text: Annotated[str, "the name"]
    is_before: Annotated[bool, "whether it stands before the dot"]


@dataclass(frozen=True)
class Area:
    """A state of the USA that has events."""

    state: Annotated[State, "its outline and its name"]
    place: Annotated[Place, "the list of its events"]


@dataclass(frozen=True)
class EventMap(Context):
    """The map of all events."""

    TEMPLATE = "map"

    areas: Annotated[tuple[Area, ...], "the states of the USA that have events"]
    other_states: Annotated[str, "the outlines of the others, as the data of one SVG path"]
    has_usa: Annotated[bool, "whether anything is to be shown on the picture of the USA"]
    usa: Annotated[tuple[Marker, ...], "the dots on the picture of the USA"]
    world: Annotated[tuple[Marker, ...], "the dots on the picture of the rest of the world"]
    captions: Annotated[tuple[Caption, ...], "the names of countries on that picture"]
    graticule: Annotated[Graticule | None, "its lines; None where it has no dot"]
    countries: Annotated[tuple[Place, ...], "the countries by name, each with its regions"]
    unplaced: Annotated[int, "how many events have no known place"]
    height: Annotated[int, "the height of the picture of the USA"]
    width: Annotated[int, "the width of both pictures"] = WIDTH


@dataclass(frozen=True)
class UpdateList(Context):
    """The updates, the newest first."""

    TEMPLATE = "updates"

    updates: Annotated[tuple[UpdateExcerpt, ...], "those on this page of the list"]


@dataclass(frozen=True)
class UpdatePage(Context):
    """One update."""

    TEMPLATE = "update"

    update: Annotated[Update, "the update"]
    newer: Annotated[PageLink | None, "the one after it"]
    older: Annotated[PageLink | None, "the one before it"]


@dataclass(frozen=True)
class TextPage(Context):
    """A page that an editor wrote, of `content/pages/`."""

    TEMPLATE = "page"

    page: Annotated[Page, "the page"]


@dataclass(frozen=True)
class NotFoundPage(Context):
    """The page that a server shows where there is none."""

    TEMPLATE = "404"


@dataclass(frozen=True)
class RedirectPage(Context):
    """A former address, which leads to the page that it has now."""

    TEMPLATE = "redirect"

    target: Annotated[str, "the path of that page"]


#: Every kind of page, in the order in which `docs/theme.md` has them.
CONTEXTS: tuple[type[Context], ...] = (
    HomePage,
    LetterPage,
    ActionList,
    ActionPage,
    EventList,
    EventPage,
    DayList,
    DayPage,
    PlaceList,
    EventMap,
    UpdateList,
    UpdatePage,
    TextPage,
    NotFoundPage,
    RedirectPage,
)
