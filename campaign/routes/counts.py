"""How many events a list has, and when they are over."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from campaign.content.model import Event


@dataclass(frozen=True)
class EventCount:
    """How many events a list has, and whether they are over."""

    number: Annotated[int, "how many there are"]
    ends_at_utc: Annotated[datetime, "when the last of them ends"]
    is_past: Annotated[bool, "whether that is past"]


class EventCounter:
    """Counts events, as they are at one moment.

    `ends_at_utc` is when each event ends, by its id; `past` are the ids of those that have ended.
    """

    def __init__(self, events: Iterable[Event], now: datetime) -> None:
        self._now = now
        self.ends_at_utc = {event.id: event.ends_at_utc for event in events}
        self.past = frozenset(name for name, end in self.ends_at_utc.items() if end <= now)

    def count(self, events: Iterable[Event]) -> EventCount:
        """Count the events of a list, which has one at least."""
        return self.count_by_ends([self.ends_at_utc[event.id] for event in events])

    def count_by_ends(self, ends: Sequence[datetime]) -> EventCount:
        """Count events by when they end (UTC), as far as their list is about them."""
        last = max(ends)
        return EventCount(len(ends), last, last <= self._now)
