"""Values of several parts: lists, values by name, and groups of fields, each with the problems of its parts.

A group is a frozen dataclass. Each of its fields is declared once, with `described`: its type, its
parser, its description and its default. A parser takes what an editor typed and raises
`ValueError` with a sentence that ends in the remedy, or `PartsError`.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from dataclasses import MISSING, Field, dataclass, field, fields
from types import MappingProxyType
from typing import (
    Any,
    ClassVar,
    NamedTuple,
    Self,
    TypeVar,
    dataclass_transform,
    get_type_hints,
    overload,
)

from campaign.content.fields import parse_list
from campaign.content.problems import Problem, nearest_name

D = TypeVar("D")
T = TypeVar("T")

Parser = Callable[[object], T]


class PartsError(ValueError):
    """All that is wrong in the parts of a value; the field of each problem is its place there, such as `2.url`."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("; ".join(f"{it.field}: {it.message}" for it in problems))
        self.problems = problems


class NotByNameError(ValueError):
    """Something else stands where values by their names belong; the field's description says which."""


@overload
def described(parse: Parser[T], description: str) -> T: ...
@overload
def described(parse: Parser[T], description: str, *, default: D) -> T | D: ...
@overload
def described(parse: Parser[T], description: str, *, default_factory: Callable[[], T]) -> T: ...
def described(
    parse: Parser[Any],
    description: str,
    *,
    default: Any = MISSING,
    default_factory: Any = MISSING,
) -> Any:
    """Declare a field of a group; one without a default must be written."""
    about = {"parse": parse, "description": description}
    return field(default=default, default_factory=default_factory, metadata=about)


@dataclass_transform(frozen_default=True, kw_only_default=True, field_specifiers=(described,))
@dataclass(frozen=True)
class Schema:
    """A group of fields. A class that derives from it is a frozen dataclass by that alone.

    What `dataclasses` would write for each class takes longer to compile than all else here, and
    its `__init__`, which sets a member through what freezes an object, longer than to read an event.
    """

    TABLE: ClassVar[FieldTable]

    def __init_subclass__(cls) -> None:
        dataclass(frozen=True, kw_only=True, init=False, repr=False, eq=False)(cls)
        cls.TABLE = _field_table(fields(cls))

    def __init__(self, **members: object) -> None:
        vars(self).update(self.TABLE.defaults, **members)

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self) and other._values() == self._values()

    def __hash__(self) -> int:
        return hash(self._values())

    def __repr__(self) -> str:
        values = zip(self.members(), self._values(), strict=True)
        return f"{type(self).__name__}({', '.join(f'{name}={value!r}' for name, value in values)})"

    def _values(self) -> tuple[object, ...]:
        return tuple(getattr(self, name) for name in self.members())

    @classmethod
    def members(cls) -> tuple[str, ...]:
        """Return the names of all that an object holds, in the order of their declaration."""
        return cls.TABLE.members

    @classmethod
    def field_names(cls) -> tuple[str, ...]:
        """Return the names that an editor can write, in the order of their declaration."""
        return tuple(cls.TABLE.parsers)

    @classmethod
    def required_names(cls) -> list[str]:
        """Return the fields that an editor must write."""
        return list(cls.TABLE.required)

    @classmethod
    def parse(cls, value: object) -> Self:
        """Read a group from the values of its fields by their names."""
        names = cls.field_names()
        if not isinstance(value, dict):
            parts = ", ".join(f"{name}: …" for name in names)
            message = f"write its parts on lines of their own below it: {parts}"
            raise ValueError(message)  # noqa: TRY004 (what a parser raises)
        unknown, meant = list[Problem](), set[str]()
        for name in value:
            if name not in names:
                sentence, likely = explain_unknown(name, names)
                unknown.append(Problem(sentence, field=name))
                meant.add(likely)
        members, problems = read_members(cls, value, meant)
        if unknown or problems:
            raise PartsError(unknown + problems)
        return cls(**members)


class FieldTable(NamedTuple):
    """The declarations of a group's members by their names; parsers and descriptions are those of fields only."""

    members: tuple[str, ...]
    parsers: Mapping[str, Parser[Any]]
    descriptions: Mapping[str, str]
    required: tuple[str, ...]
    defaults: dict[str, Any]


def _field_table(members: tuple[Field[Any], ...]) -> FieldTable:
    declared = {it.name: it.metadata for it in members if it.metadata}
    defaults = {
        it.name: it.default if it.default_factory is MISSING else it.default_factory()
        for it in members
    }
    return FieldTable(
        members=tuple(defaults),
        parsers={name: about["parse"] for name, about in declared.items()},
        descriptions={name: about["description"] for name, about in declared.items()},
        required=tuple(name for name in declared if defaults[name] is MISSING),
        defaults={name: it for name, it in defaults.items() if it is not MISSING},
    )


def read_members(
    group: type[Schema], data: Mapping[str, object], reported: Container[str] = ()
) -> tuple[dict[str, Any], list[Problem]]:
    """Read fields of a group, and return the members that they are, and what is wrong, in the order of the fields.

    What is not declared is passed over; none of the names that are `reported` counts as missing.
    """
    _, parsers, descriptions, required, _ = group.TABLE
    members: dict[str, Any] = {}
    problems = [
        Problem(f"missing; write {descriptions[name]}", field=name)
        for name in required
        if name not in data and name not in reported
    ]
    for name, value in data.items():
        if parse := parsers.get(name):
            try:
                members[name] = parse(value)
            except NotByNameError:
                sentence = f"write {descriptions[name]}, each on a line of its own below it"
                problems.append(Problem(sentence, field=name))
            except ValueError as error:
                problems += _located(name, error)
    if problems:
        order = list(parsers)
        problems.sort(key=lambda it: order.index(it.field.partition(".")[0]))
    return members, problems


def explain_unknown(
    name: str, names: Iterable[str], also: Mapping[str, str] = MappingProxyType({})
) -> tuple[str, str]:
    """Return the sentence that there is no such field, and the name that was meant too, which then is not missing."""
    if meant := nearest_name(name, names, also=also):
        return f"unknown field; did you mean '{meant}'?", meant
    return f"unknown field; the fields here are {', '.join(names)}", name


def each(
    parse: Parser[T], split: Callable[[object], list[Any]] = parse_list
) -> Parser[tuple[T, ...]]:
    """Return a parser of several values: `split` makes a list of what was typed. Items count from 1."""
    return lambda value: tuple(_read_parts(parse, enumerate(split(value), 1)))


def by_name(parse: Parser[T]) -> Parser[dict[str, T]]:
    """Return a parser of values by their names."""

    def parse_all(value: object) -> dict[str, T]:
        if not isinstance(value, dict):
            raise NotByNameError
        return dict(zip(value, _read_parts(parse, value.items()), strict=True))

    return parse_all


def describe(group: type[Schema], name: str) -> str:
    """Return the description of a field, the empty text where there is no such field."""
    return group.TABLE.descriptions.get(name, "")


def schema_of(group: type[Schema], name: str) -> type[Schema] | None:
    """Return the group of fields that a field holds, or a list of it; None where it holds a value."""
    return next(_schemas_within(get_type_hints(group).get(name)), None)


def _schemas_within(annotation: object) -> Iterator[type[Schema]]:
    if isinstance(annotation, type) and issubclass(annotation, Schema):
        yield annotation
    for argument in getattr(annotation, "__args__", ()):
        yield from _schemas_within(argument)


def _read_parts(parse: Parser[T], parts: Iterable[tuple[object, object]]) -> list[T]:
    found = []
    problems: list[Problem] = []
    for place, part in parts:
        try:
            found.append(parse(part))
        except ValueError as error:
            problems += _located(str(place), error)
    if problems:
        raise PartsError(problems)
    return found


def _located(place: str, error: ValueError) -> list[Problem]:
    """Return what a parser raised as problems at a place."""
    if isinstance(error, PartsError):
        return [it.within(f"{place}.{it.field}") for it in error.problems]
    return [Problem(str(error), field=place)]
