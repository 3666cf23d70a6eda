"""What the last reading made of files and rows, so that this one makes only what is new."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from hashlib import sha256
from itertools import chain
from pathlib import Path
from typing import Protocol, TypeVar

from campaign.support.cache import Cache
from campaign.support.parallel import spread

# To read a block of sources takes about so many tenths of a millisecond.
_COST = 16


class Source(Protocol):
    """Something to be read."""

    def digest(self) -> bytes:
        """Give the digest of all that it is read from."""


S = TypeVar("S", bound=Source)
R = TypeVar("R")


class Kept:
    """What is read by the digest of its source; a file holds it until the next reading.

    It is kept in blocks, a pickle each: what stays is not put together again, and not all that was
    read is held twice at any time.
    """

    def __init__(self, file: Path | None) -> None:
        self._cache: Cache[bytes, bytes] = Cache(file)

    def read(self, sources: Iterable[S], read: Callable[[S], R], *, length: int) -> Iterator[R]:
        """Give what is read of each source, in their order; what is new in several processes.

        About `length` sources make a block, a power of two; to read as many takes one or two milliseconds.
        """
        known: list[bytes | None] = []
        new: list[tuple[bytes, list[S]]] = []
        for digest, block in _blocks(sources, length):
            known.append(self._cache.get(digest))
            if known[-1] is None:
                new.append((digest, block))
        made = spread(partial(_read_all, read), [block for _, block in new], cost=_COST)
        for (digest, _), data in zip(new, made, strict=True):
            self._cache.put(digest, data)
        rest = iter(made)
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
    digest, block = sha256(), list[S]()
    for source in sources:
        block.append(source)
        its = source.digest()
        digest.update(its)
        if its[0] % length == 0:
            yield digest.digest(), block
            digest, block = sha256(), []
    if block:
        yield digest.digest(), block


def _read_all(read: Callable[[S], R], blocks: Sequence[Sequence[S]]) -> list[bytes]:
    return [pickle.dumps(list(map(read, block)), pickle.HIGHEST_PROTOCOL) for block in blocks]
