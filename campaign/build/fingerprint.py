"""Of what a page or a file is made: one digest of everything that it can show.

What is made of the same things is the same, so a build need not make it again. A template or a
function sees what it is given, and what every template is given; both are written down whole, so
that nothing a page shows can be left out. Of a value whose type is not known here nothing is
known, and the page is made.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import is_dataclass
from datetime import date, datetime, time, timedelta
from functools import cache, partial
from hashlib import sha256
from types import FunctionType, MethodType, NoneType
from typing import Any
from zoneinfo import ZoneInfo

from campaign.build.theme import Theme
from campaign.content.markdown import Body
from campaign.content.model import Event, Kind
from campaign.content.schema import Part
from campaign.content.zones import rules
from campaign.support.cache import digest
from campaign.words import Words

# What is written down as it is, and what in Python's own words: equal values alike, and different ones not.
_PLAIN = (str, int, float, bool, bytes, NoneType)
_SHOWN = (datetime, time, timedelta)

Way = Callable[[Any], object] | None


class _UnknownError(TypeError):
    """Of a value it cannot be told what it is made of."""


class _Ways(dict[type, Way]):
    """How values are written down, by their type; None where that is the value itself."""

    def __init__(self, find: Callable[[type], Way], known: dict[type, Way]) -> None:
        super().__init__(known)
        self._find = find

    def __missing__(self, kind: type) -> Way:
        self[kind] = self._find(kind)
        return self[kind]


class Fingerprints:
    """The digests of one build. `shared` is what every page can show, whatever else it is given."""

    def __init__(self, theme: Theme, shared: object) -> None:
        self._theme = theme
        self._of_events = tuple(theme.tests_of_events.values())
        self._of_days = tuple(theme.tests_of_days.values())
        known: dict[type, Way] = {
            **dict.fromkeys(_PLAIN),
            **dict.fromkeys(_SHOWN, repr),
            date: cache(self._day),
            ZoneInfo: lambda it: (it.key, rules(it.key)),
            list: self._each,
            tuple: self._each,
            # The order of their members is another one in each process.
            frozenset: lambda it: sorted(map(digest, self._each(it))),
            set: lambda it: sorted(map(digest, self._each(it))),
            dict: lambda it: self._each((*it, *it.values())),
            partial: lambda it: self._each((it.func, it.args, it.keywords)),
            FunctionType: _function,
            MethodType: lambda it: (it.__func__.__qualname__, self._once(it.__self__)),
        }
        self._ways = _Ways(self._way, known)
        # What stands in many pages is written down once. It is kept, so that nothing else gets its identity.
        self._known: dict[int, tuple[object, bytes]] = {}
        self._shared = self._digest(shared)

    def digest(self, value: object) -> bytes | None:
        """Give the digest of all that something is made of; None where that is not known."""
        own = self._digest(value)
        return sha256(self._shared + own).digest() if self._shared and own else None

    def of_events(self, events: Iterable[Event]) -> list[bytes]:
        """Give the digest of what every page can show, then that of each event."""
        return [self._shared or b"", *map(self._once, events)]

    def _digest(self, value: object) -> bytes | None:
        try:
            return digest(self._each((value,)))
        except _UnknownError:
            return None

    def _each(self, values: Iterable[object]) -> list[object]:
        """Give what is written down of each of some values."""
        ways = self._ways
        return [it if (way := ways[type(it)]) is None else way(it) for it in values]

    def _way(self, kind: type) -> Way:
        """Find out how values of a type are written down that is none of the common ones."""
        if issubclass(kind, (Kind, Words)):
            return self._once
        if issubclass(kind, Part):
            return repr
        if is_dataclass(kind):
            return self._fields
        if issubclass(kind, tuple):
            return lambda it: (kind.__qualname__, self._each(it))
        if issubclass(kind, str):
            return lambda it: (kind.__qualname__, str(it))
        raise _UnknownError(kind.__qualname__)

    def _fields(self, value: Any) -> tuple[object, ...]:  # noqa: ANN401 (any dataclass)
        """Give the fields of a dataclass, but not what it has computed from them."""
        kind = type(value)
        return kind.__qualname__, self._each([getattr(value, name) for name in kind.__match_args__])

    def _once(self, value: object) -> bytes:
        if id(value) not in self._known:
            self._known[id(value)] = value, digest(self._parts(value))
        return self._known[id(value)][1]

    def _parts(self, value: object) -> object:
        """Give what there is to know of an object that stands in many pages."""
        if isinstance(value, Kind):
            return type(value).__name__, self._members(value)
        if isinstance(value, Words):
            return value.code, value.texts
        return self._each((self._fields(value),))

    def _members(self, item: Kind) -> list[object]:
        """Give an object of the model: its fields, where its links lead, and what is so of it now."""
        told: list[object] = [item.digest, item.origin.path]
        for it in item.moving:
            told += [self._theme.targets(item, it)] if isinstance(it, Body) else self._each((it,))
        if isinstance(item, Event):
            told += [test(item) for test in self._of_events]
        return told

    def _day(self, day: date) -> str:
        """Write down a day, and what is so of it now."""
        return f"{day} {[test(day) for test in self._of_days]}"


def _function(value: FunctionType) -> str:
    # What is made within a function may know more than its arguments.
    if value.__closure__ or "<" in value.__qualname__:
        raise _UnknownError(value.__qualname__)
    return f"{value.__module__}.{value.__qualname__}"
