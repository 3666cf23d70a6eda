"""Files with a text: each is parsed and rendered by itself, or taken as the last build had it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from campaign.cache import Cache
from campaign.markdown import Body, render
from campaign.parallel import spread
from campaign.problems import Problem
from campaign.reading.frontmatter import FrontMatter, parse
from campaign.reading.text import decode, read_bytes


class Written(NamedTuple):
    """What stands in a file: its fields, and the text below them, which `front` itself then has no more."""

    path: str
    front: FrontMatter
    body: Body


class Files:
    """Reads files below a folder; in the file `cache` is kept what the next reading need not make again."""

    def __init__(self, folder: Path, cache: Path | None) -> None:
        self._folder = folder
        self._cache: Cache[bytes, Written] = Cache(cache)

    def read(self, files: Sequence[Path]) -> list[Written]:
        """Read files, in their order; what the last build did not have is made in several processes."""
        # Of a file that the last build had, nothing is held: that would be looked through for garbage.
        new: list[_Source] = []
        kept: list[Written | None] = []
        for file in files:
            source = self._source(file)
            kept.append(self._cache.get(source.digest()))
            if not kept[-1]:
                new.append(source)
        made = spread(_make_all, new)
        for source, written in zip(new, made, strict=True):
            self._cache.put(source.digest(), written)
        rest = iter(made)
        return [found or next(rest) for found in kept]

    def save(self) -> None:
        """Keep what was read for the next build."""
        self._cache.save()

    def _source(self, file: Path) -> _Source:
        path = "/".join((self._folder.name, *file.parts[len(self._folder.parts) :]))
        return _Source(path, *read_bytes(file, path))


class _Source(NamedTuple):
    """A file as it is, or what keeps it from being read."""

    path: str
    data: bytes
    problems: list[Problem]

    def digest(self) -> bytes:
        """Give the digest of all of this."""
        known = f"{self.path!r} {self.problems}\n".encode("utf-8", "surrogatepass")
        return sha256(known + self.data).digest()


def _make_all(sources: Sequence[_Source]) -> list[Written]:
    return [_make(it) for it in sources]


def _make(source: _Source) -> Written:
    path, data, problems = source
    text, problems = ("", problems) if problems else decode(data, path)
    front = FrontMatter(problems=problems) if problems else parse(text, path)
    return Written(path, replace(front, body=""), render(front.body, front.body_line))
