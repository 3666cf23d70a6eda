"""Reads `content/`, once: files and rows become objects of the model, or problems with path and line.

A new kind of content is a new entry in `_FOLDERS` and a class in the model.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from fnmatch import fnmatchcase
from functools import cached_property
from itertools import chain, count
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from campaign.dates import in_iso_form
from campaign.fields import slugify, without_unseen
from campaign.markdown import Body, render
from campaign.model import (
    Action,
    Campaign,
    Content,
    Event,
    Kind,
    Letter,
    Page,
    Titled,
    Update,
)
from campaign.problems import Origin, Problem, nearest
from campaign.reading import pictures
from campaign.reading.events import (
    BLOCK_COST,
    EventRow,
    EventTable,
    ReadRow,
    blocks,
    made_id,
    read_block,
    read_table,
)
from campaign.reading.files import Written, read_files
from campaign.reading.frontmatter import FrontMatter
from campaign.reading.kept import Kept
from campaign.reading.text import find_invisible, read_text
from campaign.reading.validation import build

K = TypeVar("K", bound=Kind)

EVENTS_TABLE = "events.csv"
COPIED_FOLDERS = {"images": "/images/", "extra": "/"}
_FILES: dict[str, type[Kind]] = {"campaign.md": Campaign, "letter.md": Letter}
_FOLDERS: dict[str, type[Kind]] = {kind.FOLDER: kind for kind in (Action, Event, Update, Page)}
_SPREADSHEETS = frozenset({".numbers", ".ods", ".xls", ".xlsx"})
# What operating systems, editors and git leave in a folder for themselves.
_LEFTOVERS = (
    *(".DS_Store", "._*", "Thumbs.db", "desktop.ini", "*~", ".*.sw?", "~$*", ".~lock.*#"),
    *(".git", ".gitkeep"),
)


class Passage(NamedTuple):
    """A text of a site: where it was read, the path of its page, and the field that it is, if it is one."""

    origin: Origin
    path: str
    body: Body
    field: str = ""


@dataclass
class Draft:
    """What was read of a site, as far as it could be.

    `files` are the files that are copied as they are, by their paths within the site;
    `addresses` are the paths of these and of all pages, those with problems among them, by
    their files below `content/`. `passages` are all texts, whether or not the fields beside
    them are in order; `unread` are the kinds of content that hold something whose address is
    not known, because its file or row has problems.
    """

    root: str
    campaign: Campaign | None = None
    letter: Letter | None = None
    actions: list[Action] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    updates: list[Update] = field(default_factory=list)
    pages: list[Page] = field(default_factory=list)
    addresses: dict[str, str] = field(default_factory=dict)
    files: dict[str, str] = field(default_factory=dict)
    passages: list[Passage] = field(default_factory=list)
    unread: set[type[Kind]] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)

    @property
    def kinds(self) -> Iterator[Kind]:
        """All objects that could be read."""
        yield from filter(None, (self.campaign, self.letter))
        yield from chain(self.actions, self.events, self.updates, self.pages)

    def content(self) -> Content:
        """Give the whole content, in order. Raises `ValueError` where a problem is left."""
        if self.problems or not self.campaign or not self.letter:
            message = "content with problems cannot be built"
            raise ValueError(message)
        return Content(
            campaign=self.campaign,
            letter=self.letter,
            actions=_counted(sorted(self.actions, key=_by_number)),
            events=tuple(sorted(self.events, key=_by_start)),
            updates=tuple(
                sorted(self.updates, key=lambda update: (update.date, update.slug), reverse=True)
            ),
            pages=tuple(sorted(self.pages, key=_by_number)),
            files=frozenset(self.files),
            addresses=self.addresses,
        )


def read(folder: Path, cache: Path | None = None) -> Draft:
    """Read all content below a folder; nothing is raised for what an editor wrote.

    In the file `cache` is kept what the next reading need not make again.
    """
    draft = Draft(root=folder.name)
    if not folder.is_dir():
        draft.problems.append(
            Problem(draft.root, 1, "", "there is no such folder; the campaign's files belong there")
        )
        return draft
    kept = Kept(cache)
    _Reader(folder, draft, kept).read_files()
    kept.save()
    draft.problems.sort()
    return draft


def language(folder: Path) -> str:
    """Give the language that a campaign names, as far as can be told before all is read."""
    (written,) = read_files(folder, [folder / "campaign.md"], Kept(None))
    return str(written.front.data.get("language", Campaign.PLAN.defaults["language"]))


def _is_left_over(name: str) -> bool:
    """Tell whether a file is a computer's own, such as `.DS_Store` or `letter.md~`."""
    return any(fnmatchcase(name, pattern) for pattern in _LEFTOVERS)


def _is_ignored(name: str) -> bool:
    """Tell whether a file is nobody's content: left over, hidden, or about to become another."""
    return _is_left_over(name) or name.startswith(".") or name.endswith(".tmp")


class _Reader:
    """Reads each file into the draft."""

    def __init__(self, folder: Path, draft: Draft, kept: Kept) -> None:
        self._folder = folder
        self._draft = draft
        self._kept = kept
        self._table = EventTable("")
        self._completing: set[int] = set()

    def read_files(self) -> None:
        """Read the campaign first, which the others depend on, then all else by name."""
        for name in _FILES:
            self._read_single(name)
        # The table comes before the folder of events, whose files its rows complete.
        for item in sorted(self._listing(self._folder), key=lambda it: it.name != EVENTS_TABLE):
            if item.name in _FILES:
                continue
            if item.is_dir():
                self._read_folder(item)
            elif item.name == EVENTS_TABLE:
                self._read_events_table(item)
            else:
                belongs = "pages belong in pages/, pictures in images/, other files in extra/"
                self._refuse(item, belongs, nearest(item.name, [*_FILES, EVENTS_TABLE]))
        rows = [row for row in self._table.rows if row.line not in self._completing]
        some = blocks(self._table, self._zone, rows)
        for row in chain.from_iterable(self._kept.read(some, read_block, cost=BLOCK_COST)):
            self._keep_row(row)

    def _read_single(self, name: str) -> None:
        kind = _FILES[name]
        if not (self._folder / name).is_file():
            self._problem(
                name, f"this file is missing; write it: it holds the {kind.__name__.lower()}"
            )
            self._draft.addresses[name] = kind.ADDRESS
            return
        file = self._folder / name
        (written,) = read_files(self._folder, [file], self._kept)
        found = self._take(file, kind, written)
        if isinstance(found, Campaign):
            self._draft.campaign = found
        elif isinstance(found, Letter):
            self._draft.letter = found

    def _read_folder(self, folder: Path) -> None:
        if folder.name in COPIED_FOLDERS:
            self._list_copied(folder, COPIED_FOLDERS[folder.name])
            return
        kind = _FOLDERS.get(folder.name)
        if kind is None:
            hint = nearest(folder.name, [*_FOLDERS, *COPIED_FOLDERS])
            self._problem(
                folder.name,
                f"unknown folder; the folders are {', '.join([*_FOLDERS, *COPIED_FOLDERS])}{hint}",
            )
            return
        files = [item for item in self._listing(folder) if self._is_text(item)]
        texts = read_files(self._folder, files, self._kept)
        for file, written in zip(files, texts, strict=True):
            found = self._take(file, kind, written)
            if message := _judge_stem(kind, file.stem):
                self._problem(f"{folder.name}/{file.name}", message)
                self._draft.unread.add(kind)  # it will have another address
            elif found:
                self._keep(found)

    def _is_text(self, item: Path) -> bool:
        """Tell whether something in a folder of texts is one; what is not is reported."""
        folder = item.parent.name
        if item.is_dir():
            self._problem(
                f"{folder}/{item.name}",
                f"a folder within {folder}/ is not read; put its files into {folder}/ itself",
            )
        elif item.suffix != ".md":
            remedy = "pictures belong in images/, other files in extra/"
            self._refuse(item, f"texts here end in .md, {remedy}")
        else:
            return True
        return False

    def _refuse(self, item: Path, belongs: str, hint: str = "") -> None:
        """Report a file that is nothing known."""
        if item.suffix.lower() in _SPREADSHEETS:
            table_name = f"{self._draft.root}/{EVENTS_TABLE}"
            what = f"a spreadsheet is not read here; save it in the format CSV (UTF-8), as {table_name}"
        elif item.name == EVENTS_TABLE:
            what = f"this table belongs beside {self._draft.root}/campaign.md; move it there"
        else:
            what = f"unknown file; {belongs}{hint}"
        self._problem(item.relative_to(self._folder).as_posix(), what)

    def _keep(self, found: Kind) -> None:
        lists: dict[type[Kind], list[Any]] = {
            Action: self._draft.actions,
            Event: self._draft.events,
            Update: self._draft.updates,
            Page: self._draft.pages,
        }
        lists[type(found)].append(found)

    def _list_copied(self, folder: Path, prefix: str) -> None:
        shows_pictures = folder.name == "images"
        passed_over = _is_ignored if shows_pictures else _is_left_over
        for item in sorted(folder.rglob("*")):
            name = item.relative_to(folder).as_posix()
            if not item.is_file() or any(map(passed_over, name.split("/"))):
                continue
            path = f"{folder.name}/{name}"
            if message := _judge_name(name):
                self._problem(folder.name, message)
                continue
            if shows_pictures and (message := _judge_picture_name(name) or pictures.judge(item)):
                self._problem(path, message)
            other = self._draft.files.setdefault(prefix + name, path)
            if other != path:
                taken = f"{prefix}{name} is already the address of {self._draft.root}/{other}"
                self._problem(path, f"{taken}; give this file another name")
            self._draft.addresses[path] = prefix + name

    def _listing(self, folder: Path) -> Iterator[Path]:
        """Yield what is in a folder but for what is nobody's content, a file before its copies: `a`, `a copy`."""
        for item in sorted(folder.iterdir(), key=lambda item: (item.stem, item.name)):
            if _is_ignored(item.name):
                continue
            if message := _judge_name(item.name):
                inside = folder.relative_to(self._folder).as_posix()
                self._problem("" if inside == "." else inside, message)
            else:
                yield item

    def _take(self, file: Path, kind: type[K], written: Written) -> K | None:
        """Make an object of what a file holds."""
        path, front, body = written.path, written.front, written.body
        name = path.partition("/")[2]
        self._draft.problems += front.problems
        row = self._take_row(front, file.stem, path) if kind is Event else None
        data = self._complete(kind, (row.fields if row else {}) | front.data, file.stem)
        address = self._draft.addresses[name] = _expected_address(kind, data)
        if not front.found:
            self._draft.unread.add(kind)
            return None
        origin = _origin(written, row)
        passage = Passage(origin, address, body)
        if row and not body:
            body = render(row.text)
            passage = Passage(row.origin, address, body, Event.BODY_COLUMN)
        derived: dict[str, Any] = {"body": body}
        if "number" in kind.members():
            derived["number"] = split_name(kind, file.stem)[0]
        known = frozenset(front.refused) | (self._table.known if row else frozenset())
        found, problems = build(kind, data, origin, derived, known)
        if found is not None:
            self._draft.addresses[name] = found.path
            passage = passage._replace(path=found.path)
        self._draft.problems += problems
        self._draft.problems += _body_problems(kind, passage, written)
        self._draft.passages.append(passage)
        if found is not None:
            self._take_texts(found)
        if (found is None or front.refused) and not _knows_address(kind, data, front.refused):
            self._draft.unread.add(kind)
        return found

    def _take_texts(self, found: Kind) -> None:
        """Take the fields that are texts in Markdown themselves."""
        for name in found.members():
            value = getattr(found, name)
            if name != "body" and isinstance(value, Body):
                self._draft.passages.append(Passage(found.origin, found.path, value, name))
                self._draft.problems += [
                    found.origin.problem(name, message) for _, message in value.mistakes
                ]

    def _read_events_table(self, file: Path) -> None:
        path = f"{self._draft.root}/{EVENTS_TABLE}"
        text, problems = read_text(file, path)
        self._draft.problems += problems
        if problems:
            self._draft.unread.add(Event)
            return
        self._table = read_table(text, path)
        self._draft.problems += self._table.problems
        if not self._table.whole:
            self._draft.unread.add(Event)

    @cached_property
    def _rows_by_id(self) -> dict[str, EventRow]:
        """The rows of the table that complete no file yet; of those with one id the first."""
        found: dict[str, EventRow] = {}
        for row in self._table.event_rows:
            found.setdefault(row.id, row)
        return found

    def _take_row(self, front: FrontMatter, stem: str, path: str) -> EventRow | None:
        """Take the row that completes a file: that of its id, written or made, or of the file's name."""
        if not front.found or not self._rows_by_id:
            return None
        given = front.data.get("id")
        names = [str(given)] if given else [made_id(front.data), slugify(stem)]
        row = next((row for name in names if (row := self._rows_by_id.pop(name, None))), None)
        if row is None:
            return None
        self._completing.add(row.origin.line)
        here, there = (in_iso_form(str(it.get("date", ""))) for it in (front.data, row.cells))
        if here and there and here != there:
            message = (
                f"{here} here and {there} in {row.origin.path}:{row.origin.line}, of the same id"
            )
            remedy = "write one day in both, or another id in one of them"
            self._draft.problems.append(
                Origin(path, 1, front.lines).problem("date", f"{message}; {remedy}")
            )
        return row

    def _keep_row(self, row: ReadRow) -> None:
        self._draft.problems += row.problems
        if row.body:
            passage = Passage(row.origin, row.address, row.body, Event.BODY_COLUMN)
            self._draft.passages.append(passage)
        if row.event is None:
            self._draft.unread.add(Event)
        else:
            self._draft.events.append(row.event)

    @property
    def _zone(self) -> str:
        """The time zone of events that name none: the campaign's."""
        campaign = self._draft.campaign
        return campaign.timezone.key if campaign else "UTC"

    def _complete(self, kind: type[Kind], data: dict[str, Any], stem: str) -> dict[str, Any]:
        """Add what an editor need not write: the slug, an event's id and zone."""
        complete = dict(data)
        if issubclass(kind, Titled):
            complete.setdefault("slug", slugify(split_name(kind, stem)[1]))
        if issubclass(kind, Event):
            if "id" not in complete:
                complete["id"] = made_id(data) or slugify(stem)
            complete.setdefault("timezone", self._zone)
        return complete

    def _problem(self, name: str, message: str) -> None:
        path = f"{self._draft.root}/{name}".rstrip("/")
        self._draft.problems.append(Problem(path, 1, "", message))


def _judge_name(name: str) -> str:
    """Say what is wrong with a file's name that no address and no report can show, or nothing."""
    unseen = next((f"U+{ord(letter):04X}" for letter in name if not without_unseen(letter)), "")
    character = find_invisible(name) or ("\n" in name and "a line end") or unseen
    if not character:
        return ""
    shown = "".join(
        letter if letter.isprintable() else letter.encode("unicode_escape").decode()
        for letter in name
    )
    return f"the name of the file '{shown}' holds {character}, which no address can; rename it"


def _judge_picture_name(name: str) -> str:
    """Say which sign in a picture's name means something else in a link, or nothing."""
    if not (sign := re.search("[#?%]", name)):
        return ""
    file = Path(name)
    meant = f"{slugify(file.stem) or 'picture'}{file.suffix}"
    return f"'{sign[0]}' means something else in a link; call the file '{meant}'"


def _origin(written: Written, row: EventRow | None) -> Origin:
    """Give the lines of a file's fields, and of those that a row adds to it."""
    added = row.cells.keys() - written.front.data.keys() if row else ()
    lines = written.front.lines
    return Origin(written.path, 1, lines, dict.fromkeys(added, row.origin) if row else {})


def _body_problems(kind: type[Kind], passage: Passage, written: Written) -> Iterator[Problem]:
    for line, message in passage.body.mistakes:
        yield Problem(passage.origin.path, line, passage.field, message)
    if kind.NEEDS_BODY and not passage.body:
        yield Problem(
            passage.origin.path,
            written.front.body_line - 1,
            "",
            "the text below the fields is missing; write it after the second '---'",
        )


def split_name(kind: type[Kind], stem: str) -> tuple[int | None, str]:
    """Split a file's name into its number, where the kind has an order, and the rest, without a date before it."""
    if dated := re.fullmatch(r"\d{4}-\d{2}-\d{2}-(.+)", stem, re.ASCII):
        return None, dated[1]
    numbered = re.fullmatch(r"(\d{1,3})-(.+)", stem, re.ASCII)
    if numbered and "number" in kind.members():
        return int(numbered[1]), numbered[2]
    return None, stem


def _judge_stem(kind: type[Kind], stem: str) -> str:
    """Say what is wrong with the name of a file that holds a text, or nothing."""
    if kind is Action and stem[:1].isdecimal() and split_name(kind, stem)[0] is None:
        begun = re.match(r"(\d{1,3})(?!\d)(.*)", stem)
        number, rest = (int(begun[1]), begun[2]) if begun else (1, stem)
        meant = f"{number}-{slugify(rest) or 'a-short-name'}.md"
        what = "a name that begins with a digit is a step's, its number and a hyphen"
        return f"{what}; call the file '{meant}'"
    if "." in stem:
        return f"'{stem}' holds a point; rename the file so that only '.md' follows the name"
    return ""


def _expected_address(kind: type[Kind], data: dict[str, Any]) -> str:
    """Give the address that a page has, or would have without its problems."""
    return kind.ADDRESS.format(data.get(kind.NAMED_BY))


def _knows_address(kind: type[Kind], data: dict[str, Any], refused: set[str]) -> bool:
    """Tell whether a file with problems still says which addresses it will have without them."""
    slug = data.get("slug")
    return (
        kind is not Event  # which has a place as well
        and isinstance(slug, str)
        and slug == slugify(slug)
        and "slug" not in refused
        and "aliases" not in {*data, *refused}
    )


def _counted(actions: list[Action]) -> tuple[Action, ...]:
    """Number the steps from 1, whatever gaps an editor left between the files' numbers."""
    numbers = count(1)
    return tuple(
        action if action.number is None else replace(action, number=next(numbers))
        for action in actions
    )


def _by_number(item: Action | Page) -> tuple[bool, int, str]:
    return item.number is None, item.number or 0, item.slug


def _by_start(event: Event) -> tuple[Any, ...]:
    return event.date, event.start is not None, event.start, event.title, event.id
