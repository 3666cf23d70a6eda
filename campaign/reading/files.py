"""Files with a text: what comes of each is kept for the next reading."""

from __future__ import annotations

import pickle
from collections.abc import Iterable, Iterator
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from campaign.content.markdown import render
from campaign.content.model import Event, Kind
from campaign.content.problems import Problem
from campaign.content.zones import rules
from campaign.reading.frontmatter import FrontMatter, parse
from campaign.reading.kept import Kept
from campaign.reading.taking import Taken, Written, take_file
from campaign.reading.text import decode, read_bytes

# So many files are read in a millisecond or two.
_BLOCK = 16


def read_file(folder: Path, file: Path) -> Written:
    """Read a file below a folder."""
    return _written(_source(folder, file, Kind, ""))


def read_files(
    folder: Path, files: Iterable[Path], kind: type[Kind], zone: str, kept: Kept
) -> Iterator[FileRead]:
    """Read files of a kind below a folder, in their order; `zone` is that of events which name none."""
    sources = (_source(folder, file, kind, zone) for file in files)
    return kept.read(sources, _read, length=_BLOCK)


class FileRead(NamedTuple):
    """What came of a file that no row completes, as long as the rules of an event's time zone are these.

    `names` are the ids of rows that may complete it; then its fields are needed, a pickle.
    """

    path: str
    names: list[str]
    taken: Taken
    rules: bytes
    front: bytes

    def take(self, zone: str) -> Taken:
        """Give what comes of it; `zone` is that of an event which names none."""
        found = self.taken.found
        if isinstance(found, Event) and rules(found.timezone.key) != self.rules:
            return take_file(Event, self.read(), zone)
        return self.taken

    def read(self) -> Written:
        """Give what stands in it, an event."""
        front: FrontMatter = pickle.loads(self.front)  # noqa: S301 (written by this very engine)
        return Written(self.path, front, self.taken.passages[0].body)


class _Source(NamedTuple):
    """A file as it is, or what keeps it from being read, and how it is understood."""

    path: str
    data: bytes
    problems: list[Problem]
    kind: type[Kind]
    zone: str

    def digest(self) -> bytes:
        """Give the digest of all of this; the path tells the kind."""
        known = f"{self.path!r} {self.problems} {self.zone}\n".encode("utf-8", "surrogatepass")
        return sha256(known + self.data).digest()


def _source(folder: Path, file: Path, kind: type[Kind], zone: str) -> _Source:
    path = "/".join((folder.name, *file.parts[len(folder.parts) :]))
    return _Source(path, *read_bytes(file, path, folder), kind, zone if kind is Event else "")


def _read(source: _Source) -> FileRead:
    written = _written(source)
    taken = take_file(source.kind, written, source.zone)
    if source.kind is not Event or not written.front.found:
        return FileRead(written.path, [], taken, b"", b"")
    known = rules(taken.found.timezone.key) if isinstance(taken.found, Event) else b""
    front = pickle.dumps(written.front, pickle.HIGHEST_PROTOCOL)
    return FileRead(written.path, written.names, taken, known, front)


def _written(source: _Source) -> Written:
    path, data, problems, *_ = source
    text, problems = ("", problems) if problems else decode(data, path)
    front = FrontMatter(problems=problems) if problems else parse(text, path)
    return Written(path, replace(front, body=""), render(front.body, front.body_line))
