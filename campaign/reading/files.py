"""Files with a text: each is parsed and rendered by itself, or taken as the last build had it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from campaign.cache import Cache
from campaign.markdown import Body, render
from campaign.parallel import spread
from campaign.problems import Problem
from campaign.reading.frontmatter import FrontMatter, parse
from campaign.reading.text import read_text


@dataclass(frozen=True)
class Written:
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
        sources = [self._source(file) for file in files]
        keys = [sha256(repr(it).encode("utf-8", "surrogatepass")).digest() for it in sources]
        kept = [self._cache.get(key) for key in keys]
        made = iter(
            spread(_make_all, [it for it, found in zip(sources, kept, strict=True) if not found])
        )
        result = [found or next(made) for found in kept]
        for key, found, written in zip(keys, kept, result, strict=True):
            if not found:
                self._cache.put(key, written)
        return result

    def save(self) -> None:
        """Keep what was read for the next build."""
        self._cache.save()

    def _source(self, file: Path) -> _Source:
        path = f"{self._folder.name}/{file.relative_to(self._folder).as_posix()}"
        return _Source(path, *read_text(file, path))


class _Source(NamedTuple):
    """A file as it is, or what keeps it from being read."""

    path: str
    text: str
    problems: list[Problem]


def _make_all(sources: Sequence[_Source]) -> list[Written]:
    return [_make(it) for it in sources]


def _make(source: _Source) -> Written:
    path, text, problems = source
    front = FrontMatter(problems=problems) if problems else parse(text, path)
    return Written(path, replace(front, body=""), render(front.body, front.body_line))
