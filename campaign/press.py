"""Makes the pages and files of a site, as far as the old site does not have them as they shall be."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from hashlib import sha256
from typing import NamedTuple

from campaign.cache import Cache
from campaign.fingerprint import Fingerprints
from campaign.output import Stage, State
from campaign.parallel import spread
from campaign.routes import Pieces

# So many bytes are made, and then written: to turn from one to the other for each file takes a sixth
# longer, as processors then have neither at hand.
_AHEAD = 1_000_000
_DIGEST = sha256().digest_size


class Job(NamedTuple):
    """Files that are made of the same parts: how the text of each is made, by its name below the output folder.

    Without parts they are made in every build. Where there are pieces, the text of the only file is
    made of these.
    """

    files: dict[str, Callable[..., str]]
    parts: object
    pieces: Pieces | None = None

    @property
    def name(self) -> str:
        """The name of its first file."""
        return next(iter(self.files))


#: What a build left of a job: the digest of its parts, the state of each file, and the digests of the pieces.
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

    press.keep(zip(jobs, spread(press.do, jobs, meanwhile=do_others), strict=True))


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
                self._stage.made.update(dict.fromkeys(job.files, False))
                self._cache.get(job.name)
            else:
                differ, left = it
                self._stage.made.update(zip(job.files, differ, strict=True))
                if left:
                    self._cache.put(job.name, left)

    def do(self, jobs: Sequence[Job]) -> list[Done]:
        """Do jobs as far as they are needed."""
        digest = self._prints.digest
        inputs = [digest(job.parts) if job.parts else None for job in jobs]
        kept = [self._keeps(job, its) for job, its in zip(jobs, inputs, strict=True)]
        texts = _some_ahead(
            text
            for job, keeps in zip(jobs, kept, strict=True)
            if not keeps
            for text in self._texts(job)
        )
        return [
            None if keeps else self._write(job, its, texts)
            for job, its, keeps in zip(jobs, inputs, kept, strict=True)
        ]

    def _keeps(self, job: Job, its: bytes | None) -> bool:
        """Tell whether the files of a job are as they shall be, by the digest of its parts."""
        last = self._cache.get(job.name)
        return bool(last and last[0] == its and all(map(self._stage.keeps, job.files, last[1])))

    def _texts(self, job: Job) -> Iterator[bytes]:
        for make in job.files.values():
            text = make(self._pieces(job.name, job.pieces)) if job.pieces else make()
            yield text.encode()

    def _pieces(self, name: str, pieces: Pieces) -> list[str]:
        """Write the pieces of a file, but for those of events that have not changed: these stand in the old one."""
        shared, *digests = self._prints.of_events(pieces.events)
        old: dict[bytes, str] = {}
        last = self._cache.get(name)
        if last and last[2].startswith(shared) and self._stage.keeps(name, *last[1]):
            starts = range(_DIGEST, len(last[2]), _DIGEST)
            known = (last[2][start : start + _DIGEST] for start in starts)
            old = dict(zip(known, pieces.split(self._stage.read(name)), strict=True))
        return [
            old.get(it) or pieces.write(event)
            for it, event in zip(digests, pieces.events, strict=True)
        ]

    def _write(self, job: Job, its: bytes | None, texts: Iterator[bytes]) -> Done:
        written = [self._stage.write(name, next(texts)) for name in job.files]
        states, differ = [state for state, _ in written], [differs for _, differs in written]
        if not its:
            return differ, None
        of_pieces = self._prints.of_events(job.pieces.events) if job.pieces else []
        return differ, (its, states, b"".join(of_pieces))


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
