"""Makes the pages and files of a site, as far as the old site does not have them as they shall be."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from hashlib import sha256
from typing import NamedTuple

from campaign.cache import Cache
from campaign.fingerprint import Fingerprints
from campaign.output import Stage, State
from campaign.parallel import spread
from campaign.routes import Collection, File, file_of

# So many bytes are made, and then written: to turn from one to the other for each file takes a sixth
# longer, as processors then have neither at hand.
_AHEAD = 1_000_000
_DIGEST = sha256().digest_size


class Job(NamedTuple):
    """Files that are made of the same parts: how the text of each is made, by its name below the output folder.

    Without parts they are made in every build. The text of a `collection`, which is then the only
    file, is made of its old text where that is known.
    """

    files: dict[str, Callable[[], str]]
    parts: object
    collection: Collection | None = None

    @classmethod
    def of(cls, file: File | Collection) -> Job:
        """Give the job of a file that says what it is made of."""
        name = file_of(file.path)
        if isinstance(file, File):
            return cls({name: file.make}, file.make)
        return cls({name: lambda: file.text}, (file.write, file.join), file)

    @property
    def name(self) -> str:
        """The name of its first file."""
        return next(iter(self.files))


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
        made = list(map(self._made_of, jobs))
        kept = [self._keeps(job, its) for job, its in zip(jobs, made, strict=True)]
        todo = [
            it for it, keeps in zip(zip(jobs, made, strict=True), kept, strict=True) if not keeps
        ]
        texts = _some_ahead(text for job, its in todo for text in self._texts(job, its))
        return [
            None if keeps else self._write(job, its, texts)
            for job, its, keeps in zip(jobs, made, kept, strict=True)
        ]

    def _made_of(self, job: Job) -> Made:
        each = self._prints.of_events(job.collection.events) if job.collection else []
        parts = (job.parts, *each) if each else job.parts
        return Made(self._prints.digest(parts) if parts else None, each)

    def _keeps(self, job: Job, its: Made) -> bool:
        """Tell whether the files of a job are as they shall be."""
        last = self._cache.get(job.name)
        return bool(
            last and last[0] == its.whole and all(map(self._stage.keeps, job.files, last[1]))
        )

    def _texts(self, job: Job, its: Made) -> Iterator[bytes]:
        last = self._cache.get(job.name)
        if job.collection and last and self._stage.keeps(job.name, *last[1]):
            yield self._renewed(job, job.collection, its.each, last[2]).encode()
        else:
            for make in job.files.values():
                yield make().encode()

    def _renewed(self, job: Job, it: Collection, each: list[bytes], last: bytes) -> str:
        """Make the text of a collection, in which of unchanged events stands what stood in the last one."""
        shared, *digests = each
        old: dict[bytes, str] = {}
        if last.startswith(shared):
            known = (last[at : at + _DIGEST] for at in range(_DIGEST, len(last), _DIGEST))
            old = dict(zip(known, it.split(self._stage.read(job.name)), strict=True))
        pieces = zip(digests, it.events, strict=True)
        return it.join(it.events, [old.get(its) or it.write(event) for its, event in pieces])

    def _write(self, job: Job, its: Made, texts: Iterator[bytes]) -> Done:
        written = [self._stage.write(name, next(texts)) for name in job.files]
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
