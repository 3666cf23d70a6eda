"""More than one process for what is much: on Linux, which can split one safely (`fork`)."""

from __future__ import annotations

import os
import pickle
import signal
import threading
from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

T = TypeVar("T")
R = TypeVar("R")

# Below so many tenths of a millisecond for each process, a second one costs more than it gains.
_LEAST = 200


def spread(work: Callable[[Sequence[T]], list[R]], items: Sequence[T], cost: int = 1) -> list[R]:
    """Give the results of some work on items, in their order: each part of them in a process of its own.

    An item takes about `cost` tenths of a millisecond. The work must give the same whatever the
    parts are. What it does beside its results, but for files that it writes, is lost. A part that
    fails is done again in this process, where the error is raised as if there had been no other.
    """
    count = max(1, min(_processors(), cost * len(items) // _LEAST))
    # Neighbours are alike, so each part gets some of every kind.
    parts = [items[start::count] for start in range(count)]
    children = [_Child(work, part) for part in parts[1:]]
    try:
        done = [work(parts[0])]
        for part, child in zip(parts[1:], children, strict=True):
            found = child.results()
            done.append(work(part) if found is None else found)
    finally:
        for child in children:
            child.end()
    return [done[number % count][number // count] for number in range(len(items))]


def _processors() -> int:
    # Windows cannot split a process, and macOS not safely (Python's `multiprocessing`, "Contexts and
    # start methods"); neither has this function. One that has other threads, as a preview has, may
    # be split while one of them holds a lock.
    if not hasattr(os, "sched_getaffinity") or threading.active_count() > 1:
        return 1
    return len(os.sched_getaffinity(0))


class _Child(Generic[T, R]):
    """A copy of this process that does one part of the work, and sends the results."""

    def __init__(self, work: Callable[[Sequence[T]], list[R]], part: Sequence[T]) -> None:
        reading, writing = os.pipe()
        self._process: int | None = os.fork()
        if self._process:
            os.close(writing)
            self._pipe = os.fdopen(reading, "rb")
            return
        status = 1
        try:
            os.close(reading)
            with os.fdopen(writing, "wb") as pipe:
                pickle.dump(work(part), pipe, pickle.HIGHEST_PROTOCOL)
            status = 0
        finally:
            # Nothing that the other process has begun is to be ended here too.
            os._exit(status)

    def results(self) -> list[R] | None:
        """Wait for the results; None where the part failed."""
        data = self._pipe.read()
        # It comes from a copy of this very process.
        return pickle.loads(data) if self._wait() == 0 else None  # noqa: S301

    def end(self) -> None:
        """End the process where it is still at work."""
        if self._process:
            os.kill(self._process, signal.SIGTERM)
            self._wait()

    def _wait(self) -> int:
        """Wait for the end of the process; gives its exit status."""
        self._pipe.close()
        if self._process is None:
            return 1
        _, status = os.waitpid(self._process, 0)
        self._process = None
        return os.waitstatus_to_exitcode(status)
