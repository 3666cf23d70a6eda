"""From what an editor typed to an object of the model, or to the problems that stand in the way."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, TypeVar

from campaign.content.model import Kind
from campaign.content.problems import Origin, Problem
from campaign.content.schema import explain_unknown, read_members

K = TypeVar("K", bound=Kind)

# Embeddings, overrides and isolates (Unicode, UAX #9, section 2), which turn words around unseen.
_DIRECTION = re.compile("[\u202a-\u202e\u2066-\u2069]")
# A title that is longer is cut by every search engine and preview, and is likely a text in the wrong field.
_LONGEST_TITLE = 300


def build(
    kind: type[K],
    data: Mapping[str, Any],
    origin: Origin,
    derived: Mapping[str, Any],
    known: frozenset[str] = frozenset(),
) -> tuple[K | None, list[Problem]]:
    """Make an object of a kind.

    `data` is what an editor wrote; `derived` are members of the object that are no fields;
    `known` are fields that are reported already.
    """
    problems = [*_notices(data, origin)]
    settled = set(known)
    for name in data:
        if name not in kind.PLAN.parsers and name not in known:
            sentence, meant = explain_unknown(name, kind.field_names(), kind.ALSO_CALLED)
            problems.append(origin.problem(name, sentence))
            settled.add(meant)
    members, mistakes = read_members(kind, data)
    if mistakes:
        problems += [
            origin.problem(place, sentence)
            for place, sentence, _ in mistakes
            if place.partition(".")[0] not in settled
        ]
        return None, problems
    result = kind(**{**members, **derived, "origin": origin})
    problems += [
        origin.problem(field, message)
        for field, message in result.contradictions()
        if field not in settled
    ]
    return result, problems


def _notices(data: Mapping[str, Any], origin: Origin) -> Iterator[Problem]:
    """A title is one line that people read at a glance, and no sign within a field turns words around unseen."""
    title = data.get("title")
    if isinstance(title, str) and len(title) > _LONGEST_TITLE:
        remedy = f"shorten it to {_LONGEST_TITLE}, and put the rest into the text"
        message = f"this title has {len(title)} characters; {remedy}"
        yield origin.notice("title", message)
    for place, text in _texts(data):
        if not text.isascii() and (found := _DIRECTION.search(text)):
            sign = f"an invisible sign (U+{ord(found[0]):04X})"
            remedy = "type these words anew, unless they are to run from right to left"
            message = f"{sign} changes the direction of what follows it; {remedy}"
            yield origin.notice(place, message)


def _texts(value: Any, place: str = "") -> Iterator[tuple[str, str]]:  # noqa: ANN401 (front matter)
    """Yield each text within a value of front matter with its dotted name; items of a list count from 1."""
    if isinstance(value, str):
        yield place, value
        return
    items = value.items() if isinstance(value, Mapping) else enumerate(value, 1)
    for name, item in items:
        yield from _texts(item, f"{place}.{name}" if place else str(name))
