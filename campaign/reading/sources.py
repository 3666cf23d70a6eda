"""Files and rows as they are read: what comes of each is kept for the next reading."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from hashlib import sha256
from itertools import chain
from pathlib import Path
from typing import NamedTuple, Protocol, TypeVar

from campaign.content.markdown import render
from campaign.content.model import Event, Kind
from campaign.content.problems import Problem
from campaign.content.zones import rules
from campaign.reading.events import event_row
from campaign.reading.frontmatter import FrontMatter, parse
from campaign.reading.parsing import Parsed, SourceFile, parse_file, parse_row
from campaign.reading.table import Row, Table
from campaign.reading.text import decode, read_bytes
from campaign.support.cache import Cache, digest
from campaign.support.parallel import map_parallel

# To read a block of sources takes about so many tenths of a millisecond.
_COST = 16


class Source(Protocol):
    """Something to be read."""

    def digest(self) -> bytes:
        """Return the digest of all that it is read from."""


S = TypeVar("S", bound=Source)
R = TypeVar("R")


class ReadCache:
    """Results of reading by the digests of their sources; a file holds them until the next reading.

    It is kept in blocks, a pickle each: what stays is not put together again, and not all that was
    read is held twice at any time.
    """

    def __init__(self, file: Path | None) -> None:
        self._cache: Cache[bytes, bytes] = Cache(file)

    def read(self, sources: Iterable[S], read: Callable[[S], R], *, length: int) -> Iterator[R]:
        """Return what is read of each source, in their order; what is new in several processes.

        About `length` sources make a block, a power of two; to read as many takes one or two milliseconds.
        """
        known: list[bytes | None] = []
        new: list[tuple[bytes, list[S]]] = []
        for key, block in _blocks(sources, length):
            known.append(self._cache.get(key))
            if known[-1] is None:
                new.append((key, block))
        results = map_parallel(partial(_read_all, read), [block for _, block in new], cost=_COST)
        for (key, _), data in zip(new, results, strict=True):
            self._cache.put(key, data)
        rest = iter(results)
        # It was written by this very engine.
        blocks = (pickle.loads(it or next(rest)) for it in known)  # noqa: S301
        return chain.from_iterable(blocks)

    def save(self) -> None:
        """Keep what was read for the next reading."""
        self._cache.save()


def _blocks(sources: Iterable[S], length: int) -> Iterator[tuple[bytes, list[S]]]:
    """Cut sources into blocks, each with its digest.

    A block ends where by chance a source's own digest says so: a new source changes one block only.
    """
    found, block = sha256(), list[S]()
    for source in sources:
        block.append(source)
        digest = source.digest()
        found.update(digest)
        if digest[0] % length == 0:
            yield found.digest(), block
            found, block = sha256(), []
    if block:
        yield found.digest(), block


def _read_all(read: Callable[[S], R], blocks: Sequence[Sequence[S]]) -> list[bytes]:
    return [pickle.dumps(list(map(read, block)), pickle.HIGHEST_PROTOCOL) for block in blocks]


# So many files are read in a millisecond or two.
FILES_IN_BLOCK = 16


def read_files(
    folder: Path, files: Iterable[Path], kind: type[Kind], zone: str, cache: ReadCache
) -> Iterator[FileRead]:
    """Read files of a kind below a folder, in their order; `zone` is that of events which name none."""
    sources = (_source(folder, file, kind, zone) for file in files)
    return cache.read(sources, _read_source, length=FILES_IN_BLOCK)


class FileRead(NamedTuple):
    """The result of reading a file that no row completes, as long as the rules of an event's time zone are these.

    `names` are the ids of rows that may complete it; then its fields are needed, a pickle.
    """

    path: str
    names: list[str]
    parsed: Parsed
    rules: bytes
    front: bytes

    def take(self, zone: str) -> Parsed:
        """Return what comes of it; `zone` is that of an event which names none."""
        found = self.parsed.found
        if isinstance(found, Event) and rules(found.timezone.key) != self.rules:
            return parse_file(Event, self.read(), zone)
        return self.parsed

    def read(self) -> SourceFile:
        """Return what stands in it, an event."""
        front: FrontMatter = pickle.loads(self.front)  # noqa: S301 (written by this very engine)
        return SourceFile(self.path, front, self.parsed.text_blocks[0].body)


class _FileSource(NamedTuple):
    """A file as it is, or what keeps it from being read, and how it is understood."""

    path: str
    data: bytes
    problems: list[Problem]
    kind: type[Kind]
    zone: str

    def digest(self) -> bytes:
        """Return the digest of all of this; the kind follows from the path."""
        known = f"{self.path!r} {self.problems} {self.zone}\n".encode("utf-8", "surrogatepass")
        return sha256(known + self.data).digest()


def _source(folder: Path, file: Path, kind: type[Kind], zone: str) -> _FileSource:
    path = "/".join((folder.name, *file.parts[len(folder.parts) :]))
    return _FileSource(path, *read_bytes(file, path, folder), kind, zone if kind is Event else "")


def _read_source(source: _FileSource) -> FileRead:
    written = _written(source)
    parsed = parse_file(source.kind, written, source.zone)
    if source.kind is not Event or not written.front.found:
        return FileRead(written.path, [], parsed, b"", b"")
    known = rules(parsed.found.timezone.key) if isinstance(parsed.found, Event) else b""
    front = pickle.dumps(written.front, pickle.HIGHEST_PROTOCOL)
    return FileRead(written.path, written.names, parsed, known, front)


def _written(source: _FileSource) -> SourceFile:
    path, data, problems, *_ = source
    text, problems = ("", problems) if problems else decode(data, path)
    front = FrontMatter(problems=problems) if problems else parse(text, path)
    return SourceFile(path, replace(front, body=""), render(front.body, front.body_line))


# So many rows are read in a millisecond or two.
ROWS_IN_BLOCK = 64


def read_rows(table: Table, rows: Sequence[Row], zone: str, cache: ReadCache) -> Iterator[Parsed]:
    """Read some rows of a table, in their order; `zone` is that of events which name none."""
    understood = sorted(table.unknown), sorted(table.orders.items()), sorted(table.reported)
    common = digest((table.path, repr(understood), zone, rules(zone)))
    sources = (_RowSource(table, common, zone, row) for row in rows)
    return cache.read(sources, _read_row, length=ROWS_IN_BLOCK)


class _RowSource(NamedTuple):
    """A row with all that it is understood by; `common` is the digest of what that is for every row of the table."""

    table: Table
    common: bytes
    zone: str
    row: Row

    def digest(self) -> bytes:
        """Return the digest of all of this."""
        line, cells = self.row
        return digest((self.common, rules(cells.get("timezone", self.zone)), line, cells))


def _read_row(source: _RowSource) -> Parsed:
    table, _, zone, row = source
    return parse_row(event_row(table, row), zone, table.reported)
