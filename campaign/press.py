"""Makes the pages and files of a site, as far as the old site does not have them as they shall be."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from campaign.cache import Cache
from campaign.output import Stage, State
from campaign.parallel import spread

#: Gives the digest of all that something is made of; None where that is not known.
Digest = Callable[[object], bytes | None]


@dataclass(frozen=True)
class Job:
    """A page or a file: its name below the output folder, all that it is made of, and how it is made.

    Without parts it is made in every build.
    """

    name: str
    parts: object
    make: Callable[[], str]


class Left(NamedTuple):
    """What a build left of a file: the digest of what it was made of, and its state."""

    inputs: bytes
    state: State


def make(jobs: Iterable[Job], stage: Stage, cache: Cache[str, Left], digest: Digest) -> None:
    """Do the jobs whose parts differ from those of the last build, or whose file is not as that build left it."""
    # By name, what is made of the same event stands together, and is looked at once.
    todo = sorted(jobs, key=lambda job: job.name)

    def work(part: Sequence[Job]) -> list[tuple[bool, Left | None]]:
        return [_do(job, stage, cache.get(job.name), digest) for job in part]

    for job, (differs, left) in zip(todo, spread(work, todo), strict=True):
        stage.made[job.name] = differs
        if left:
            cache.put(job.name, left)


def _do(job: Job, stage: Stage, last: Left | None, digest: Digest) -> tuple[bool, Left | None]:
    """Do a job unless that is needless; gives whether its file differs from the old site's, and what is left."""
    inputs = digest(job.parts) if job.parts else None
    if last and last.inputs == inputs and stage.keeps(job.name, last.state):
        return False, last
    state, differs = stage.write(job.name, job.make().encode())
    return differs, Left(inputs, state) if inputs else None
