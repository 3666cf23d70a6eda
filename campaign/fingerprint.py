"""Of what a page or a file is made: one digest of everything that it can show.

What is made of the same things is the same, so a build need not make it again. A template or a
function sees what it is given, and what every template is given; both are written down whole, so
that nothing a page shows can be left out. Of a value whose type is not known here nothing is
known, and the page is made.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import fields, is_dataclass
from datetime import date, datetime, time, timedelta
from functools import partial
from hashlib import sha256
from types import FunctionType, MethodType, NoneType
from typing import Any
from zoneinfo import ZoneInfo

from campaign.markdown import Body
from campaign.model import Event, Kind
from campaign.parts import Part
from campaign.theme import Theme
from campaign.words import Words

# What Python writes as itself: equal values alike, and different ones not.
_PLAIN = (str, int, float, bool, bytes, datetime, time, timedelta, ZoneInfo, NoneType)


class _UnknownError(TypeError):
    """Of a value it cannot be told what it is made of."""


class Fingerprints:
    """The digests of one build. `shared` is what every page can show, whatever else it is given."""

    def __init__(self, theme: Theme, shared: object) -> None:
        self._theme = theme
        self._of_events = tuple(theme.tests_of_events.values())
        self._of_days = tuple(theme.tests_of_days.values())
        # What is written down of a value, by its type; None where that is the value itself.
        self._ways: dict[type, Callable[[Any], object] | None] = {
            **dict.fromkeys(_PLAIN),
            date: self._day,
            list: self._each,
            tuple: self._each,
            # The order of their members is another one in each process.
            frozenset: lambda it: sorted(map(repr, self._each(it))),
            set: lambda it: sorted(map(repr, self._each(it))),
            dict: lambda it: self._each((*it, *it.values())),
            partial: lambda it: self._each((it.func, it.args, it.keywords)),
            FunctionType: _function,
            MethodType: lambda it: (it.__func__.__qualname__, self._once(it.__self__)),
        }
        self._days: dict[date, str] = {}
        # What stands in many pages is written down once. It is kept, so that nothing else gets its identity.
        self._known: dict[int, tuple[object, bytes]] = {}
        self._shared = self.digest(shared)

    def digest(self, value: object) -> bytes | None:
        """Give the digest of all that something is made of; None where that is not known."""
        try:
            own = _digest(self._told(value))
        except _UnknownError:
            return None
        # Of what all pages share the digest is not known while it is made.
        if (shared := getattr(self, "_shared", b"")) is None:
            return None
        return sha256(shared + own).digest()

    def _told(self, value: object) -> object:
        """Give what is written down of a value: it itself, or plain values in its place."""
        kind = type(value)
        if kind not in self._ways:
            self._ways[kind] = self._way(kind)
        way = self._ways[kind]
        return way(value) if way else value

    def _way(self, kind: type) -> Callable[[Any], object]:
        """Find out how values of a type are written down that is not named above."""
        if issubclass(kind, (Kind, Theme, Words)):
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

    def _each(self, values: Iterable[object]) -> list[object]:
        return [self._told(it) for it in values]

    def _fields(self, value: Any) -> tuple[object, ...]:  # noqa: ANN401 (any dataclass)
        """Give the fields of a dataclass, but not what it has computed from them."""
        kind = type(value)
        return kind.__qualname__, *(self._told(getattr(value, it.name)) for it in fields(kind))

    def _once(self, value: object) -> bytes:
        if id(value) not in self._known:
            self._known[id(value)] = value, _digest(self._parts(value))
        return self._known[id(value)][1]

    def _parts(self, value: object) -> object:
        """Give what there is to know of an object that stands in many pages."""
        if isinstance(value, Kind):
            return type(value).__name__, self._members(value)
        if isinstance(value, Words):
            return value.code, value.texts
        return self._told(value.shared) if isinstance(value, Theme) else self._fields(value)

    def _members(self, item: Kind) -> list[object]:
        """Give an object of the model: its fields, where its links lead, and what is so of it now."""
        members: list[object] = [item.origin.path]
        for name in item.members():
            value = getattr(item, name)
            if isinstance(value, Body):
                members += [value.html, self._theme.targets(item, value)]
            elif name != "origin":
                members.append(self._told(value))
        if isinstance(item, Event):
            members += [test(item) for test in self._of_events]
        return members

    def _day(self, day: date) -> str:
        """Write down a day, and what is so of it now."""
        if day not in self._days:
            self._days[day] = f"{day} {[test(day) for test in self._of_days]}"
        return self._days[day]


def _digest(told: object) -> bytes:
    return sha256(repr(told).encode("utf-8", "surrogatepass")).digest()


def _function(value: FunctionType) -> str:
    # What is made within a function may know more than its arguments.
    if value.__closure__ or "<" in value.__qualname__:
        raise _UnknownError(value.__qualname__)
    return f"{value.__module__}.{value.__qualname__}"
