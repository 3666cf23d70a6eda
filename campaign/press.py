"""Makes the pages and files of a site, as far as the old site does not have them as they shall be."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from campaign.cache import Cache
from campaign.output import Stage, State
from campaign.parallel import spread

# So many bytes are made, and then written: to turn from one to the other for each file takes a sixth
# longer, as processors then have neither at hand.
_AHEAD = 1_000_000

#: Gives the digest of all that something is made of; None where that is not known.
Digest = Callable[[object], bytes | None]


class Job(NamedTuple):
    """A page or a file: its name below the output folder, all that it is made of, and how it is made.

    Without parts it is made in every build.
    """

    name: str
    parts: object
    make: Callable[[], str]


#: What a build left of a file: the digest of what it was made of, and its state.
Left = tuple[bytes, State]


#: What came of a job: whether its file differs from the old site's, and what is left of it.
Done = tuple[bool, Left | None]


def make(
    jobs: Sequence[Job],
    others: Iterable[Job],
    stage: Stage,
    cache: Cache[str, Left],
    digest: Digest,
) -> None:
    """Do the jobs whose parts differ from those of the last build, or whose file is not as that build left it.

    To find out which `others` there are takes time; meanwhile another process begins with the jobs.
    """

    def work(part: Sequence[Job]) -> list[Done]:
        return list(_do(part, stage, cache, digest))

    def keep(done: Iterable[tuple[Job, Done]]) -> None:
        for job, (differs, left) in done:
            stage.made[job.name] = differs
            if left:
                cache.put(job.name, left)

    def do_others() -> None:
        found = list(others)
        keep(zip(found, work(found), strict=True))

    keep(zip(jobs, spread(work, jobs, meanwhile=do_others), strict=True))


def _do(
    jobs: Sequence[Job], stage: Stage, cache: Cache[str, Left], digest: Digest
) -> Iterator[Done]:
    """Do jobs as far as they are needed."""
    inputs = [digest(job.parts) if job.parts else None for job in jobs]
    kept = [
        last if last and last[0] == its and stage.keeps(job.name, last[1]) else None
        for job, its, last in zip(jobs, inputs, [cache.get(job.name) for job in jobs], strict=True)
    ]
    texts = _some_ahead(
        job.make().encode() for job, left in zip(jobs, kept, strict=True) if not left
    )
    for job, its, left in zip(jobs, inputs, kept, strict=True):
        if left:
            yield False, left
        else:
            state, differs = stage.write(job.name, next(texts))
            yield differs, (its, state) if its else None


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
