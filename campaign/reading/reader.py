"""Reads `content/`, once: files and rows become objects of the model, or problems with path and line."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cached_property
from os import DirEntry, scandir
from os.path import lexists
from pathlib import Path

from campaign.content.dates import in_iso_form
from campaign.content.model import KINDS, Event, Kind
from campaign.content.problems import Origin, Problem, nearest
from campaign.reading import extra
from campaign.reading.access import MOST_OF_FILE, MOST_OF_PICTURE, find_problem
from campaign.reading.draft import Draft
from campaign.reading.events import EventRow, columns, event_row, read_table
from campaign.reading.names import (
    is_ignored,
    is_left_over,
    name_problem,
    picture_name_problem,
    stem_problem,
)
from campaign.reading.parsing import Parsed, parse_file
from campaign.reading.pictures import ENDINGS, PICTURES_CACHE, Pictures
from campaign.reading.sources import FileRead, ReadCache, read_files, read_rows
from campaign.reading.table import Table
from campaign.reading.text import read_text

EVENTS_TABLE = "events.csv"
COPIED_FOLDERS = {"images": "/images/", "extra": "/"}
_FILES = {kind.FILE: kind for kind in KINDS if kind.FILE}
_FOLDERS = {kind.FOLDER: kind for kind in KINDS if kind.FOLDER}
_SPREADSHEETS = frozenset({".numbers", ".ods", ".xls", ".xlsx"})


def read(folder: Path, cache: Path | None = None) -> Draft:
    """Read all content below a folder; nothing is raised for what an editor wrote.

    In the folder `cache` is kept what the next reading need not make again.
    """
    draft = Draft(root=folder.name)
    if not folder.is_dir():
        draft.problems.append(
            Problem("there is no such folder; the campaign's files belong there", draft.root, 1)
        )
        return draft
    if not folder.resolve().is_relative_to(folder.parent.resolve()):
        message = "this is a link that leads out of the project; put the folder itself here"
        draft.problems.append(Problem(message, draft.root, 1))
        return draft
    read_cache = ReadCache(cache and cache / "content")
    pictures = Pictures(cache and cache / PICTURES_CACHE)
    _Reader(folder, draft, read_cache, pictures).read_files()
    pictures.save()
    read_cache.save()
    draft.problems.sort()
    return draft


def _is_folder(item: DirEntry[str]) -> bool:
    """Whether something in a folder is one itself; a link that leads nowhere is none."""
    try:
        return item.is_dir()
    except OSError:
        return False


def _files_below(folder: Path, passed_over: Callable[[str], bool]) -> Iterator[Path]:
    """Yield all that is below a folder but folders, in order, and those that cannot be looked into.

    A link to a folder is not followed.
    """
    waiting = [folder]
    while waiting:
        place = waiting.pop()
        if not place.is_dir() or (place.is_symlink() and place != folder):
            yield place
            continue
        try:
            names = sorted(item.name for item in place.iterdir() if not passed_over(item.name))
        except OSError:
            yield place
        else:
            waiting += (place / name for name in reversed(names))


class _Reader:
    """Reads each file into the draft."""

    def __init__(
        self, folder: Path, draft: Draft, read_cache: ReadCache, pictures: Pictures
    ) -> None:
        self._folder = folder
        self._draft = draft
        self._cache = read_cache
        self._pictures = pictures
        self._table = Table("", columns())
        self._completing: set[int] = set()

    def read_files(self) -> None:
        """Read the campaign first, which the others depend on, then all else by name."""
        for name in _FILES:
            self._read_single(name)
        # The table comes before the folder of events, whose files its rows complete.
        for item in sorted(self._listing(self._folder), key=lambda it: it.name != EVENTS_TABLE):
            if item.name in _FILES:
                continue
            if item.is_symlink() and _is_folder(item):
                self._report(item.name, find_problem(Path(item), self._folder, 0))
            elif _is_folder(item):
                self._read_folder(Path(item))
            elif item.name == EVENTS_TABLE:
                self._read_events_table(Path(item))
            else:
                belongs = "pages belong in pages/, pictures in images/, other files in extra/"
                self._refuse(Path(item), belongs, nearest(item.name, [*_FILES, EVENTS_TABLE]))
        rows = [row for row in self._table.rows if row.line not in self._completing]
        for parsed in read_rows(self._table, rows, self._zone, self._cache):
            self._keep(Event, parsed)

    def _read_single(self, name: str) -> None:
        kind = _FILES[name]
        file = self._folder / name
        if not lexists(file) or (file.is_dir() and not file.is_symlink()):
            self._problem(
                name, f"this file is missing; write it: it holds the {kind.__name__.lower()}"
            )
            self._draft.addresses[name] = kind.ADDRESS
            return
        self._read_texts([file], kind)

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
        files = [item for item in self._listing(folder) if self._is_text(item, folder.name)]
        self._read_texts([folder / item.name for item in files], kind)

    def _read_texts(self, files: list[Path], kind: type[Kind]) -> None:
        found = read_files(self._folder, files, kind, self._zone, self._cache)
        for file, it in zip(files, found, strict=True):
            name = it.path.partition("/")[2]
            row = self._row_of(it)
            parsed = self._completed(it, row) if row else it.take(self._zone)
            self._draft.addresses[name] = parsed.address
            if problem := stem_problem(kind, file.stem):
                self._report(name, problem)
                parsed = parsed._replace(
                    found=None, is_address_final=False
                )  # it will have another address
            self._keep(kind, parsed)

    def _is_text(self, item: DirEntry[str], folder: str) -> bool:
        """Whether something in a folder of texts is one; what is not is reported."""
        if _is_folder(item):
            self._problem(
                f"{folder}/{item.name}",
                f"a folder within {folder}/ is not read; put its files into {folder}/ itself",
            )
        elif not item.name.endswith(".md"):
            remedy = "pictures belong in images/, other files in extra/"
            self._refuse(Path(item), f"texts here end in .md, {remedy}")
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

    def _keep(self, kind: type[Kind], parsed: Parsed) -> None:
        draft, found = self._draft, parsed.found
        draft.problems += parsed.problems
        draft.text_blocks += parsed.text_blocks
        if not parsed.is_address_final:
            draft.unread.add(kind)
        if found:
            draft.of(kind).append(found)

    def _list_copied(self, folder: Path, prefix: str) -> None:
        shows_pictures = folder.name == "images"
        passed_over = is_ignored if shows_pictures else is_left_over
        for item in _files_below(folder, passed_over):
            name = item.relative_to(folder).as_posix()
            path = f"{folder.name}/{name}".removesuffix("/.")
            if problem := name_problem(name):
                self._report(folder.name, problem)
                continue
            is_picture = shows_pictures or item.suffix.lower() in ENDINGS
            most = MOST_OF_PICTURE if is_picture else MOST_OF_FILE
            problem = find_problem(item, self._folder, most)
            if not problem and shows_pictures:
                problem = picture_name_problem(name)
            if problem:
                self._report(path, problem)
                if not item.is_file():
                    continue
            elif shows_pictures:
                self._inspect_picture(item, path, prefix + name)
            else:
                shown = f"{self._draft.root}/{path}"
                self._draft.problems += extra.find_problems(item, name, shown, self._folder)
            other = self._draft.files.setdefault(prefix + name, path)
            if other != path:
                taken = f"{prefix}{name} is already the address of {self._draft.root}/{other}"
                self._problem(path, f"{taken}; give this file another name")
            self._draft.addresses[path] = prefix + name
        names = self._draft.files.values()
        pages = [path for path in names if not shows_pictures and extra.is_page(path)]
        if pages:
            self._draft.problems.append(extra.pages_notice(self._draft.root, pages))

    def _inspect_picture(self, file: Path, path: str, address: str) -> None:
        inspection = self._pictures.inspect(file, f"{self._draft.root}/{path}")
        self._draft.problems += inspection.problems
        if inspection.digest:
            self._draft.pictures[address] = inspection.digest

    def _listing(self, folder: Path) -> Iterator[DirEntry[str]]:
        """Yield what is in a folder but for what is nobody's content, a file before its copies: `a`, `a copy`."""
        inside = "" if folder == self._folder else folder.relative_to(self._folder).as_posix()
        try:
            with scandir(folder) as items:
                found = sorted(items, key=lambda item: (item.name.removesuffix(".md"), item.name))
        except OSError as error:
            self._problem(inside, f"cannot be read ({error.strerror}); check its permissions")
            return
        for item in found:
            if is_ignored(item.name):
                continue
            if problem := name_problem(item.name):
                self._report(inside, problem)
            else:
                yield item

    def _read_events_table(self, file: Path) -> None:
        path = f"{self._draft.root}/{EVENTS_TABLE}"
        text, problems = read_text(file, path, self._folder)
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
        for row in self._table.rows:
            known = event_row(self._table, row)
            found.setdefault(known.id, known)
        return found

    def _row_of(self, read: FileRead) -> EventRow | None:
        """Return the row that completes a file, which then completes no other."""
        if not read.names or not self._table.rows:
            return None
        found = (self._rows_by_id.pop(name, None) for name in read.names)
        row = next(filter(None, found), None)
        if row:
            self._completing.add(row.origin.line)
        return row

    def _completed(self, read: FileRead, row: EventRow) -> Parsed:
        """Take a file with the row that completes it."""
        written = read.read()
        front = written.front
        here, there = (in_iso_form(str(it.get("date", ""))) for it in (front.data, row.cells))
        if here and there and here != there:
            message = (
                f"{here} here and {there} in {row.origin.path}:{row.origin.line}, of the same id"
            )
            remedy = "write one day in both, or another id in one of them"
            self._draft.problems.append(
                Origin(written.path, 1, front.lines).problem("date", f"{message}; {remedy}")
            )
        return parse_file(Event, written, self._zone, row, self._table.reported)

    @property
    def _zone(self) -> str:
        """The time zone of events that name none: the campaign's."""
        campaign = self._draft.campaign
        return campaign.timezone.key if campaign else "UTC"

    def _problem(self, name: str, message: str) -> None:
        self._report(name, Problem(message))

    def _report(self, name: str, problem: Problem | None) -> None:
        """Report a problem of a file, by its name below the content folder."""
        if problem:
            self._draft.problems.append(problem.at(f"{self._draft.root}/{name}".rstrip("/")))
