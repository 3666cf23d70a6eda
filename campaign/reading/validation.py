"""From what an editor typed to an object of the model, or to the problems that stand in the way."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from campaign.model import Kind
from campaign.parts import explain_unknown, read_members
from campaign.problems import Origin, Problem

K = TypeVar("K", bound=Kind)


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
    problems = []
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
