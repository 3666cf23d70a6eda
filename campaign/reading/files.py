"""Files with a text: what comes of each is kept for the next reading."""

from __future__ import annotations

import pickle
from collections.abc import Iterable, Iterator
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from campaign.markdown import render
from campaign.model import Event, Kind
from campaign.problems import Problem
from campaign.reading.frontmatter import FrontMatter, parse
from campaign.reading.kept import Kept
from campaign.reading.taking import Taken, Written, take_file
from campaign.reading.text import decode, read_bytes
from campaign.timezones import rules


def read_file(folder: Path, file: Path) -> Written:
    """Read a file below a folder."""
    return _written(_source(folder, file, Kind, ""))


def read_files(
    folder: Path, files: Iterable[Path], kind: type[Kind], zone: str, kept: Kept
) -> Iterator[FileRead]:
    """Read files of a kind below a folder, in their order; `zone` is that of events which name none."""
    return kept.read((_source(folder, file, kind, zone) for file in files), _read)


class FileRead(NamedTuple):
    """What came of a file that no row completes, and its fields: pickles, as mostly only the former is needed.

    `names` are the ids of rows that may complete it. What came of it is right as long as the rules
    of an event's time zone are these.
    """

    path: str
    names: list[str]
    zone: str
    rules: bytes
    taken: bytes
    front: bytes

    def take(self, kind: type[Kind], zone: str) -> Taken:
        """Give what came of it."""
        if self.zone and rules(self.zone) != self.rules:
            return take_file(kind, self.read(), zone)
        return self._taken

    def read(self) -> Written:
        """Give what stands in it, which has fields."""
        front: FrontMatter = pickle.loads(self.front)  # noqa: S301 (written by this very engine)
        return Written(self.path, front, self._taken.passages[0].body)

    @property
    def _taken(self) -> Taken:
        taken: Taken = pickle.loads(self.taken)  # noqa: S301 (likewise)
        return taken


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
    return _Source(path, *read_bytes(file, path), kind, zone if kind is Event else "")


def _read(source: _Source) -> FileRead:
    written = _written(source)
    taken = take_file(source.kind, written, source.zone)
    zone = taken.found.timezone.key if isinstance(taken.found, Event) else ""
    return FileRead(
        written.path,
        written.names if source.kind is Event and written.front.found else [],
        zone,
        rules(zone) if zone else b"",
        *(pickle.dumps(it, pickle.HIGHEST_PROTOCOL) for it in (taken, written.front)),
    )


def _written(source: _Source) -> Written:
    path, data, problems, *_ = source
    text, problems = ("", problems) if problems else decode(data, path)
    front = FrontMatter(problems=problems) if problems else parse(text, path)
    return Written(path, replace(front, body=""), render(front.body, front.body_line))
