"""Files with a text: each is parsed and rendered by itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from campaign.markdown import Body, render
from campaign.problems import Problem
from campaign.reading.frontmatter import FrontMatter, parse
from campaign.reading.kept import Kept
from campaign.reading.text import decode, read_bytes


class Written(NamedTuple):
    """What stands in a file: its fields, and the text below them, which `front` itself then has no more."""

    path: str
    front: FrontMatter
    body: Body


def read_files(folder: Path, files: Iterable[Path], kept: Kept) -> Iterator[Written]:
    """Read files below a folder, in their order."""
    return kept.read((_source(folder, file) for file in files), _read)


class _Source(NamedTuple):
    """A file as it is, or what keeps it from being read."""

    path: str
    data: bytes
    problems: list[Problem]

    def digest(self) -> bytes:
        """Give the digest of all of this."""
        known = f"{self.path!r} {self.problems}\n".encode("utf-8", "surrogatepass")
        return sha256(known + self.data).digest()


def _source(folder: Path, file: Path) -> _Source:
    path = "/".join((folder.name, *file.parts[len(folder.parts) :]))
    return _Source(path, *read_bytes(file, path))


def _read(source: _Source) -> Written:
    path, data, problems = source
    text, problems = ("", problems) if problems else decode(data, path)
    front = FrontMatter(problems=problems) if problems else parse(text, path)
    return Written(path, replace(front, body=""), render(front.body, front.body_line))
