"""From what stands in a file or a row to an object of the model with its texts, or to what stands in the way."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any, NamedTuple

from campaign.content.markdown import Body, render
from campaign.content.model import Event, K, Kind, Numbered, Titled
from campaign.content.problems import Origin, Problem
from campaign.content.schema import explain_unknown, read_members
from campaign.content.text import slugify
from campaign.reading.events import EventRow, generate_id
from campaign.reading.frontmatter import FrontMatter

# Embeddings, overrides and isolates (Unicode, UAX #9, section 2), which turn words around unseen.
_DIRECTION = re.compile("[\u202a-\u202e\u2066-\u2069]")
# A title that is longer is cut by every search engine and preview, and is likely a text in the wrong field.
_LONGEST_TITLE = 300


class SourceFile(NamedTuple):
    """The parts of a file: its fields, and the text below them, which `front` itself then has no more."""

    path: str
    front: FrontMatter
    body: Body

    @property
    def stem(self) -> str:
        """The file's name without its ending."""
        return self.path.rpartition("/")[2].removesuffix(".md")

    @property
    def names(self) -> list[str]:
        """The ids of rows that may complete it, the likeliest first: its id, written or made, or its name."""
        given = self.front.data.get("id")
        if given:
            return [str(given)]
        # A row that says nothing of an event yet has no id, and completes no file.
        return list(filter(None, (generate_id(self.front.data), slugify(self.stem))))


class TextBlock(NamedTuple):
    """A text of a site: where it was read, the path of its page, and the field that it is, if it is one."""

    origin: Origin
    path: str
    body: Body
    field: str = ""


class Parsed(NamedTuple):
    """The result of reading a file or a row.

    `found` is None where there are problems in the way; `address` is that of its page, or would be.
    `text_blocks` are its texts, whether or not the fields beside them are in order.
    `is_address_final` is false where the address may be another one without the problems.
    """

    found: Kind | None
    address: str
    text_blocks: list[TextBlock]
    problems: list[Problem]
    is_address_final: bool


def parse_row(row: EventRow, zone: str, known: frozenset[str]) -> Parsed:
    """Take a row; `zone` is that of an event which names none, `known` are fields that are reported already."""
    body = render(row.text)
    data = {"timezone": zone} | row.fields
    # An id cannot be made where day and title are missing, which is told of these.
    reported = known if row.id else known | {"id"}
    found, problems = build(Event, data, row.origin, {"body": body}, reported)
    problems += _text_problems(row.origin, body, Event.BODY_COLUMN)
    address = found.path if found else _expected_address(Event, data)
    text_blocks = [TextBlock(row.origin, address, body, Event.BODY_COLUMN)] if body else []
    return _with_digests(Parsed(found, address, text_blocks, problems, found is not None))


def parse_file(
    kind: type[Kind],
    written: SourceFile,
    zone: str,
    row: EventRow | None = None,
    known: frozenset[str] = frozenset(),
) -> Parsed:
    """Take a file, which a row may complete; `zone` and `known` are as for a row."""
    _, front, body = written
    data = _complete(kind, (row.fields if row else {}) | front.data, written.stem, zone)
    address = _expected_address(kind, data)
    if not front.found:
        return Parsed(None, address, [], front.problems, is_address_final=False)
    origin = _origin(written, row)
    text_block = TextBlock(origin, address, body)
    if row and not body:
        body = render(row.text)
        text_block = TextBlock(row.origin, address, body, Event.BODY_COLUMN)
    derived: dict[str, Any] = {"body": body}
    if issubclass(kind, Numbered):
        derived["number"] = split_name(kind, written.stem)[0]
    reported = front.refused | known if row else front.refused
    found, problems = build(kind, data, origin, derived, frozenset(reported))
    text_block = text_block._replace(path=found.path if found else address)
    problems = [*front.problems, *problems, *_body_problems(kind, text_block, written)]
    texts = list(_texts(found)) if found else []
    for text in texts:
        problems += _text_problems(origin, text.body, text.field)
    is_whole = found is not None and not front.refused
    is_address_final = is_whole or _knows_address(kind, data, front.refused)
    return _with_digests(
        Parsed(found, text_block.path, [text_block, *texts], problems, is_address_final)
    )


def split_name(kind: type[Kind], stem: str) -> tuple[int | None, str]:
    """Split a file's name into its number, where the kind has an order, and the rest, without a date before it."""
    if dated := re.fullmatch(r"\d{4}-\d{2}-\d{2}-(.+)", stem, re.ASCII):
        return None, dated[1]
    numbered = re.fullmatch(r"(\d{1,3})-(.+)", stem, re.ASCII)
    if numbered and issubclass(kind, Numbered):
        return int(numbered[1]), numbered[2]
    return None, stem


def _complete(kind: type[Kind], data: dict[str, Any], stem: str, zone: str) -> dict[str, Any]:
    """Add what an editor need not write: the slug, an event's id and zone."""
    complete = dict(data)
    if issubclass(kind, Titled):
        complete.setdefault("slug", slugify(split_name(kind, stem)[1]))
    if issubclass(kind, Event):
        if "id" not in complete:
            complete["id"] = generate_id(data) or slugify(stem)
        complete.setdefault("timezone", zone)
    return complete


def _with_digests(parsed: Parsed) -> Parsed:
    """Compute what every build asks of an object, which is kept with that."""
    if parsed.found:
        _ = parsed.found.path, parsed.found.digest, parsed.found.time_dependent
    return parsed


def _texts(found: Kind) -> Iterator[TextBlock]:
    """Yield the fields that are texts in Markdown themselves."""
    for name in found.members():
        value = getattr(found, name)
        if name != "body" and isinstance(value, Body):
            yield TextBlock(found.origin, found.path, value, name)


def _origin(written: SourceFile, row: EventRow | None) -> Origin:
    """Return the lines of a file's fields, and of those that a row adds to it."""
    added = row.cells.keys() - written.front.data.keys() if row else ()
    lines = _shared(tuple(written.front.lines.items()))
    return Origin(written.path, 1, lines, dict.fromkeys(added, row.origin) if row else {})


@lru_cache(256)
def _shared(lines: tuple[tuple[str, int], ...]) -> dict[str, int]:
    """Return the lines of fields: the same for the many files that have them alike."""
    return dict(lines)


def _body_problems(
    kind: type[Kind], text_block: TextBlock, written: SourceFile
) -> Iterator[Problem]:
    yield from _text_problems(text_block.origin, text_block.body, text_block.field)
    if kind.NEEDS_BODY and not text_block.body:
        yield Problem(
            "the text below the fields is missing; write it after the second '---'",
            text_block.origin.path,
            written.front.body_line - 1,
        )


def _text_problems(origin: Origin, body: Body, field: str = "") -> Iterator[Problem]:
    """Yield the problems of a text where they are: at their lines, or at that of the field that it is."""
    for problem in body.problems:
        yield origin.locate(problem.within(field) if field else problem)


def _expected_address(kind: type[Kind], data: dict[str, Any]) -> str:
    """Return the address that a page has, or would have without its problems."""
    return kind.ADDRESS.format(data.get(kind.NAMED_BY))


def _knows_address(kind: type[Kind], data: dict[str, Any], refused: set[str]) -> bool:
    """Whether a file with problems still says which addresses it will have without them."""
    slug = data.get("slug")
    return (
        kind is not Event  # which has a place as well
        and isinstance(slug, str)
        and slug == slugify(slug)
        and "slug" not in refused
        and "aliases" not in {*data, *refused}
    )


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
    is_address_final = set(known)
    for name in data:
        if name not in kind.TABLE.parsers and name not in known:
            sentence, meant = explain_unknown(name, kind.field_names(), kind.ALSO_CALLED)
            problems.append(origin.problem(name, sentence))
            is_address_final.add(meant)
    members, wrong = read_members(kind, data)
    if wrong:
        problems += [
            origin.locate(it) for it in wrong if it.field.partition(".")[0] not in is_address_final
        ]
        return None, problems
    result = kind(**{**members, **derived, "origin": origin})
    problems += [
        origin.locate(it) for it in result.contradictions() if it.field not in is_address_final
    ]
    return result, problems


def _notices(data: Mapping[str, Any], origin: Origin) -> Iterator[Problem]:
    """A title is one line that people read at a glance, and no sign within a field turns words around unseen."""
    title = data.get("title")
    if isinstance(title, str) and len(title) > _LONGEST_TITLE:
        remedy = f"shorten it to {_LONGEST_TITLE}, and put the rest into the text"
        message = f"this title has {len(title)} characters; {remedy}"
        yield origin.notice("title", message)
    for place, text in _written_texts(data):
        if not text.isascii() and (found := _DIRECTION.search(text)):
            sign = f"an invisible sign (U+{ord(found[0]):04X})"
            remedy = "type these words anew, unless they are to run from right to left"
            message = f"{sign} changes the direction of what follows it; {remedy}"
            yield origin.notice(place, message)


def _written_texts(value: Any, place: str = "") -> Iterator[tuple[str, str]]:  # noqa: ANN401 (front matter)
    """Yield each text within a value of front matter with its dotted name; items of a list count from 1."""
    if isinstance(value, str):
        yield place, value
        return
    items = value.items() if isinstance(value, Mapping) else enumerate(value, 1)
    for name, item in items:
        yield from _written_texts(item, f"{place}.{name}" if place else str(name))
