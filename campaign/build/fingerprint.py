"""Digests of what pages and files are made of.

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
from campaign.content.schema import Schema
from campaign.content.zones import rules
from campaign.support.cache import digest
from campaign.words import Words

Encoder = Callable[[Any], object]


class _UnknownError(TypeError):
    """A value has a type of which it is not known what it is made of."""


class Fingerprints:
    """The digests of one build. `shared` is what every page can show, whatever else it is given."""

    def __init__(self, theme: Theme, shared: object) -> None:
        self._theme = theme
        self._of_events = [theme.tests[name] for name in Theme.EVENT_TESTS]
        self._of_days = [theme.tests[name] for name in Theme.DAY_TESTS]
        # How values of a type are written down, in what `digest` takes.
        self._encoders: dict[type, Encoder] = {
            **dict.fromkeys((str, int, float, bool, bytes, NoneType), lambda it: it),
            **dict.fromkeys((datetime, time, timedelta), repr),
            date: cache(self._day),
            ZoneInfo: lambda it: (it.key, rules(it.key)),
            list: self._each,
            tuple: self._each,
            # The order of its members is another one in each process.
            frozenset: lambda it: sorted(map(digest, self._each(it))),
            dict: lambda it: self._each((*it, *it.values())),
            partial: lambda it: self._each((it.func, it.args, it.keywords)),
            FunctionType: _function,
            MethodType: lambda it: (it.__func__.__qualname__, self._once(it.__self__)),
        }
        self._known: dict[int, tuple[object, bytes]] = {}
        self._shared = self._digest(shared)

    def digest(self, value: object) -> bytes | None:
        """Return the digest of all that something is made of; None where that is not known."""
        own = self._digest(value)
        return sha256(self._shared + own).digest() if self._shared and own else None

    def of_events(self, events: Iterable[Event]) -> list[bytes]:
        """Return the digest of what every page can show, then that of each event."""
        return [self._shared or b"", *map(self._once, events)]

    def _digest(self, value: object) -> bytes | None:
        try:
            return digest(self._each((value,)))
        except _UnknownError:
            return None

    def _each(self, values: Iterable[object]) -> list[object]:
        encoders = self._encoders
        return [(encoders.get(type(it)) or self._learn(type(it)))(it) for it in values]

    def _learn(self, kind: type) -> Encoder:
        """Return, from now on too, how values of a type are written down that is none of the common ones."""
        name = kind.__qualname__
        if issubclass(kind, (Kind, Words)):
            self._encoders[kind] = self._once
        elif issubclass(kind, Schema):
            self._encoders[kind] = repr
        elif is_dataclass(kind):
            self._encoders[kind] = self._fields
        elif issubclass(kind, tuple):
            self._encoders[kind] = lambda it: (name, self._each(it))
        elif issubclass(kind, str):
            self._encoders[kind] = lambda it: (name, str(it))
        else:
            raise _UnknownError(name)
        return self._encoders[kind]

    def _fields(self, value: Any) -> object:  # noqa: ANN401 (any dataclass)
        """Return the fields of a dataclass, but not what it has computed from them."""
        kind = type(value)
        return kind.__qualname__, self._each([getattr(value, name) for name in kind.__match_args__])

    def _once(self, value: object) -> bytes:
        """Return the digest of an object that stands on many pages."""
        if id(value) not in self._known:
            # It is kept, so that no other one gets its identity.
            self._known[id(value)] = value, digest(self._members(value))
        return self._known[id(value)][1]

    def _members(self, value: object) -> object:
        if isinstance(value, Words):
            return value.code, value.texts
        if not isinstance(value, Kind):
            return self._fields(value)
        members: list[object] = [type(value).__name__, value.digest, value.origin.path]
        # Where its links lead, and what is so of it now.
        for it in value.time_dependent:
            members += (
                [self._theme.targets(value, it)] if isinstance(it, Body) else self._each((it,))
            )
        if isinstance(value, Event):
            members += [test(value) for test in self._of_events]
        return members

    def _day(self, day: date) -> str:
        """Write down a day, and what is so of it now."""
        return f"{day} {[test(day) for test in self._of_days]}"


def _function(value: FunctionType) -> str:
    # What is made within a function may know more than its arguments.
    if value.__closure__ or "<" in value.__qualname__:
        raise _UnknownError(value.__qualname__)
    return f"{value.__module__}.{value.__qualname__}"
