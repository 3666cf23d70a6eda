"""Makes the pages and files of a site, as far as the old site does not have them as they shall be."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import compress
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
    """Files that are made of the same parts: how the text of each is made, by its name below the output folder.

    Without parts they are made in every build.
    """

    files: dict[str, Callable[[], str]]
    parts: object

    @property
    def name(self) -> str:
        """The name of its first file."""
        return next(iter(self.files))


#: What a build left of a job: the digest of its parts, and the state of each file.
Left = tuple[bytes, list[State]]


#: What came of a job: whether each file differs from the old site's, and what is left; None where all was kept.
Done = tuple[list[bool], Left | None] | None


def make(
    jobs: Sequence[Job],
    others: Iterable[Job],
    stage: Stage,
    cache: Cache[str, Left],
    digest: Digest,
) -> None:
    """Do the jobs whose parts differ from those of the last build, or whose files are not as that build left them.

    To find out which `others` there are takes time; meanwhile another process begins with the jobs.
    """

    def work(part: Sequence[Job]) -> list[Done]:
        return list(_do(part, stage, cache, digest))

    def keep(done: Iterable[tuple[Job, Done]]) -> None:
        for job, it in done:
            if it is None:
                stage.made.update(dict.fromkeys(job.files, False))
                cache.get(job.name)
            else:
                differ, left = it
                stage.made.update(zip(job.files, differ, strict=True))
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
    needed = [
        not its
        or not (left := cache.get(job.name))
        or left[0] != its
        or not _stays(job, left, stage)
        for job, its in zip(jobs, inputs, strict=True)
    ]
    texts = _some_ahead(
        make().encode() for job in compress(jobs, needed) for make in job.files.values()
    )
    for job, its, is_needed in zip(jobs, inputs, needed, strict=True):
        if not is_needed:
            yield None
        else:
            written = [stage.write(name, next(texts)) for name in job.files]
            yield (
                [differs for _, differs in written],
                (its, [it for it, _ in written]) if its else None,
            )


def _stays(job: Job, left: Left, stage: Stage) -> bool:
    """Tell whether all files of a job are as the last build left them."""
    return all(map(stage.keeps, job.files, left[1]))


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
