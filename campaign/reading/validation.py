"""From what an editor typed to an object of the model, or to the problems that stand in the way."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any, TypeVar

from pydantic import ValidationError

from campaign.model import Kind, Part, describe, part_of
from campaign.problems import Origin, Problem, nearest_name

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
    names = kind.field_names()
    settled = set(known)
    given = {}
    for name, value in data.items():
        if name in names:
            given[name] = value
        elif name not in known:
            message, meant = _unknown(name, names, kind.ALSO_CALLED)
            problems.append(origin.problem(name, message))
            settled |= {meant}
    try:
        result = kind.model_validate({**given, **derived, "origin": origin})
    except ValidationError as error:
        problems += [
            origin.problem(field, message)
            for field, message in _explain(kind, error)
            if field.partition(".")[0] not in settled
        ]
        return None, problems
    problems += [
        origin.problem(field, message)
        for field, message in result.contradictions()
        if field not in settled
    ]
    return result, problems


def _unknown(
    name: str, names: Sequence[str], also: Mapping[str, str] = MappingProxyType({})
) -> tuple[str, str]:
    """Say that there is no such field; gives the name that was meant too, which then is not missing."""
    meant = nearest_name(name, names, also=also)
    if meant:
        return f"unknown field; did you mean '{meant}'?", meant
    return f"unknown field; the fields here are {', '.join(names)}", name


def _explain(kind: type[Kind], error: ValidationError) -> Iterator[tuple[str, str]]:
    details = error.errors(include_url=False, include_input=False)
    meant = set()
    for detail in details:
        if detail["type"] == "extra_forbidden":
            path = _path(detail["loc"])
            message, name = _unknown(path[-1], list(_group(kind, path[:-1]).model_fields))
            meant.add((*path[:-1], name))
            yield ".".join(path), message
    for detail in details:
        path = _path(detail["loc"])
        field = ".".join(path)
        if detail["type"] == "missing":
            if tuple(path) not in meant:
                yield field, f"missing; write {describe(_group(kind, path[:-1]), path[-1])}"
        elif detail["type"] == "dict_type":
            what = describe(_group(kind, path[:-1]), path[-1])
            yield field, f"write {what}, each on a line of its own below it"
        elif detail["type"] in {"model_type", "model_attributes_type"}:
            members = ", ".join(f"{name}: …" for name in _group(kind, path).model_fields)
            yield field, f"write its parts on lines of their own below it: {members}"
        elif detail["type"] != "extra_forbidden":
            yield field, str(detail["ctx"]["error"])


def _path(location: Iterable[int | str]) -> list[str]:
    """Give the names that lead to a value; items of a list count from 1, as people count."""
    return [str(part + 1) if isinstance(part, int) else part for part in location]


def _group(kind: type[Part], path: list[str]) -> type[Part]:
    """Give the group of fields that a path of names leads to."""
    group = kind
    for name in path:
        group = part_of(group, name) or group
    return group
