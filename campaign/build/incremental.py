"""Makes the pages and files of a site, as far as the old site does not have them as they shall be."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from hashlib import sha256
from typing import Any, NamedTuple

from campaign.build.fingerprint import Fingerprints
from campaign.build.output import Stage, State
from campaign.routes import Collection
from campaign.support.cache import Cache
from campaign.support.parallel import map_parallel

# So many bytes are made, and then written: to turn from one to the other for each file takes a sixth
# longer, as processors then have neither at hand.
_AHEAD = 1_000_000
_DIGEST = sha256().digest_size


class Job(NamedTuple):
    """Files that are made of the same parts: their names below the output folder, and what makes their texts of these.

    A text may be bytes, as those of a picture. A collection is the only part, and the only file, of
    its job, and knows how it is made.
    """

    names: tuple[str, ...]
    parts: Any
    texts: Callable[[Any], Iterable[str | bytes]] = tuple


class Made(NamedTuple):
    """Digests of what a job is made of: of all, and for a collection of what all pages share, then of each event."""

    whole: bytes | None
    each: list[bytes]


#: What a build left of a job: the digest of all that it was made of, the state of each file, and the other digests.
Left = tuple[bytes, list[State], bytes]


#: What came of a job: whether each file differs from the old site's, and what is left; None where all was kept.
Done = tuple[list[bool], Left | None] | None


def make(
    jobs: Sequence[Job],
    others: Iterable[Job],
    stage: Stage,
    cache: Cache[str, Left],
    prints: Fingerprints,
) -> None:
    """Do the jobs whose parts differ from those of the last build, or whose files are not as that build left them.

    To find out which `others` there are takes time; meanwhile another process begins with the jobs.
    """
    press = _Press(stage, cache, prints)

    def do_others() -> None:
        found = list(others)
        press.keep(zip(found, press.do(found), strict=True))

    press.keep(zip(jobs, map_parallel(press.do, jobs, meanwhile=do_others), strict=True))


class _Press:
    """Does jobs, and keeps what is left of them."""

    def __init__(self, stage: Stage, cache: Cache[str, Left], prints: Fingerprints) -> None:
        self._stage = stage
        self._cache = cache
        self._prints = prints

    def keep(self, done: Iterable[tuple[Job, Done]]) -> None:
        """Keep what came of jobs, which other processes may have done."""
        for job, it in done:
            if it is None:
                self._stage.made.update(dict.fromkeys(job.names, False))
                self._cache.get(job.names[0])
            else:
                differ, left = it
                self._stage.made.update(zip(job.names, differ, strict=True))
                if left:
                    self._cache.put(job.names[0], left)

    def do(self, jobs: Sequence[Job]) -> list[Done]:
        """Do jobs as far as they are needed."""
        made = list(map(self._made_of, jobs))
        kept = list(map(self._keeps, jobs, made))
        known = list(zip(jobs, made, kept, strict=True))
        texts = _some_ahead(
            text for job, its, keeps in known if not keeps for text in self._texts(job, its)
        )
        return [None if keeps else self._write(job, its, texts) for job, its, keeps in known]

    def _made_of(self, job: Job) -> Made:
        if not isinstance(job.parts, Collection):
            return Made(self._prints.digest(job.parts), [])
        each = self._prints.of_events(job.parts.events)
        return Made(self._prints.digest((job.parts.write, job.parts.join, *each)), each)

    def _keeps(self, job: Job, its: Made) -> bool:
        """Tell whether the files of a job are as they shall be."""
        last = self._cache.get(job.names[0])
        return bool(
            last and last[0] == its.whole and all(map(self._stage.keeps, job.names, last[1]))
        )

    def _texts(self, job: Job, its: Made) -> Iterator[bytes]:
        if isinstance(job.parts, Collection):
            yield self._joined(job.names[0], job.parts, its)
        else:
            for text in job.texts(job.parts):
                yield text.encode() if isinstance(text, str) else text

    def _joined(self, name: str, collection: Collection, its: Made) -> bytes:
        """Make a collection; of events that have not changed, what is in the old site's stays."""
        shared, *digests = its.each
        old, events = self._old_pieces(name, collection, shared), collection.events
        pieces = (
            old.get(digest) or collection.write(event).encode()
            for digest, event in zip(digests, events, strict=True)
        )
        return collection.join(events, pieces)

    def _old_pieces(self, name: str, collection: Collection, shared: bytes) -> dict[bytes, bytes]:
        """Give the pieces of a collection of the old site, by the digests of what they were made of."""
        last = self._cache.get(name)
        if not last or not last[2].startswith(shared) or not self._stage.keeps(name, *last[1]):
            return {}
        digests = (last[2][at : at + _DIGEST] for at in range(_DIGEST, len(last[2]), _DIGEST))
        # It may be another program's, of that size and time, or not be readable.
        with suppress(OSError, ValueError):
            return dict(zip(digests, collection.split(self._stage.read(name)), strict=True))
        return {}

    def _write(self, job: Job, its: Made, texts: Iterator[bytes]) -> Done:
        written = [self._stage.write(name, next(texts)) for name in job.names]
        states, differ = [state for state, _ in written], [differs for _, differs in written]
        return differ, (its.whole, states, b"".join(its.each)) if its.whole else None


def _some_ahead(texts: Iterable[bytes]) -> Iterator[bytes]:
    """Yield texts, of which some are made before the first of them is asked for."""
    made, size = [], 0
    for text in texts:
        made.append(text)
        size += len(text)
        if size > _AHEAD:
            yield from made
            made, size = [], 0
    yield from made
