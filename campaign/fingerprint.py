"""Of what a page or a file is made: one digest of everything that it can show.

What is made of the same things is the same, so a build need not make it again. A template or a
function sees what it is given, and what every template is given; both are taken whole, as Python's
`pickle` would write them, so that nothing a page shows can be left out. Where `pickle` could not
restore a value, nothing is known of it, and the page is made.
"""

from __future__ import annotations

import pickle
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from datetime import date
from functools import partial
from hashlib import sha256
from io import BytesIO
from types import FunctionType, MethodType
from typing import Any

from campaign.markdown import Body
from campaign.model import Event, Kind, Part
from campaign.theme import Theme
from campaign.words import Words


class Fingerprints:
    """The digests of one build. `shared` is what every page can show, whatever else it is given."""

    def __init__(self, theme: Theme, shared: object) -> None:
        self._theme = theme
        self._of_events = tuple(theme.tests_of_events.values())
        self._of_days = tuple(theme.tests_of_days.values())
        # What is written instead of a value, by its type; None where that is the value itself.
        self._instead: dict[type, Callable[[Any], object] | None] = {
            date: self._day,
            # The order of their members is another one in each process.
            frozenset: sorted,
            set: sorted,
            partial: lambda it: (it.func, it.args, it.keywords),
            FunctionType: _function,
            MethodType: lambda it: (it.__func__, self._once(it.__self__)),
        }
        # What stands in many pages is written once. It is kept, so that nothing else gets its identity.
        self._known: dict[int, tuple[object, bytes]] = {}
        self._shared = self._digest(shared)

    def digest(self, value: object) -> bytes | None:
        """Give the digest of all that something is made of; None where that is not known."""
        own = self._digest(value)
        return sha256(self._shared + own).digest() if self._shared and own else None

    def instead(self, value: object) -> object | None:
        """Give what is written instead of a value; None where that is the value itself."""
        kind = type(value)
        if kind not in self._instead:
            self._instead[kind] = self._way(kind)
        write = self._instead[kind]
        return write(value) if write else None

    def _way(self, kind: type) -> Callable[[Any], object] | None:
        if issubclass(kind, (Kind, Theme, Words)):
            return self._once
        if issubclass(kind, Part):
            return repr
        return _fields if is_dataclass(kind) else None

    def _digest(self, value: object) -> bytes | None:
        try:
            return self._written(value)
        except (pickle.PicklingError, AttributeError, TypeError):
            # What `pickle` raises for what it cannot write.
            return None

    def _written(self, value: object) -> bytes:
        file = BytesIO()
        _Pickler(file, self.instead).dump(value)
        return sha256(file.getbuffer()).digest()

    def _once(self, value: object) -> bytes:
        if id(value) not in self._known:
            self._known[id(value)] = value, self._written(self._parts(value))
        return self._known[id(value)][1]

    def _parts(self, value: object) -> object:
        """Give what there is to know of an object that stands in many pages."""
        if isinstance(value, Kind):
            return type(value).__name__, repr(self._members(value))
        if isinstance(value, Words):
            return value.code, value.texts
        return value.shared if isinstance(value, Theme) else _fields(value)

    def _members(self, item: Kind) -> list[object]:
        """Give an object of the model: its fields, where its links lead, and what is so of it now."""
        members: list[object] = [item.origin.path]
        for name in type(item).model_fields:
            value = getattr(item, name)
            if isinstance(value, Body):
                members += [value.html, self._theme.targets(item, value)]
            elif name != "origin":
                # Most fields are plain; a day is more than one.
                members.append(self._day(value) if type(value) is date else value)
        if isinstance(item, Event):
            members += [test(item) for test in self._of_events]
        return members

    def _day(self, day: date) -> str:
        """Write a day, and what is so of it now."""
        return f"{day} {[test(day) for test in self._of_days]}"


class _Pickler(pickle.Pickler):
    """Writes equal values as equal bytes, and different ones as different bytes."""

    def __init__(self, file: BytesIO, instead: Callable[[object], object | None]) -> None:
        super().__init__(file, pickle.HIGHEST_PROTOCOL)
        # Otherwise what is the same object is written as a reference, and what is only equal is not.
        self.fast = True
        self._instead = instead

    def persistent_id(self, value: object) -> object | None:
        return self._instead(value)


def _fields(value: Any) -> tuple[object, ...]:  # noqa: ANN401 (any dataclass)
    """Give the fields of a dataclass, but not what it has computed from them."""
    kind = type(value)
    return kind.__qualname__, *(getattr(value, it.name) for it in fields(kind))


def _function(value: FunctionType) -> str:
    # What is made within a function may know more than its arguments.
    if value.__closure__ or "<" in value.__qualname__:
        message = f"cannot tell what {value.__qualname__} knows"
        raise pickle.PicklingError(message)
    return f"{value.__module__}.{value.__qualname__}"
