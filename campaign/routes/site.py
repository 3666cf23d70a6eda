"""The material of routes: a site's content, and what is found out of its events once a build."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from pathlib import Path

from campaign import words
from campaign.content.model import Content, Event
from campaign.events import nearby
from campaign.events.calendar import Calendars
from campaign.routes.counts import EventCounter
from campaign.routes.days import Day, days
from campaign.routes.places import Place, events_by_place, places
from campaign.support.clock import build_time
from campaign.words import Words


@dataclass(frozen=True)
class Site:
    """Valid content, the theme's words, the moment that counts as now, and how a path becomes an absolute address."""

    content: Content
    words: Words
    now: datetime
    absolute: Callable[[str], str]

    @classmethod
    def of(cls, content: Content, theme: Path, absolute: Callable[[str], str]) -> Site:
        """Return the site of some content with the words of the theme in a folder, as it is now."""
        texts = words.load(theme / "translations", content.campaign.language)
        return cls(content, texts, build_time(), absolute)

    @property
    def events(self) -> tuple[Event, ...]:
        """All events, by day and time."""
        return self.content.of(Event)

    @property
    def today(self) -> date:
        """The day in the campaign's own zone."""
        return self.now.astimezone(self.content.campaign.timezone).date()

    @cached_property
    def counter(self) -> EventCounter:
        """When each event is over, and how many of a list are."""
        return EventCounter(self.events, self.now)

    @cached_property
    def days(self) -> tuple[Day, ...]:
        """Every day that has events."""
        return days(self.events, self.counter)

    @cached_property
    def events_by_place(self) -> dict[str, list[Event]]:
        """The events of each country and region, by the path of its list."""
        return events_by_place(self.events)

    @cached_property
    def countries(self) -> tuple[Place, ...]:
        """The countries that have events, with their regions."""
        return places(self.events_by_place, self.counter, self.words)

    @cached_property
    def calendars(self) -> Calendars:
        """The calendars, in all of which an event stands alike."""
        return Calendars(self.content.campaign.facts, self.words, self.absolute)

    @cached_property
    def near(self) -> nearby.Findable:
        """The events that a reader can find by distance."""
        return nearby.findable(self.events, self.counter.past)
