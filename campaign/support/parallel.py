"""More than one process for what is much: on Linux, which can split one safely (`fork`)."""

from __future__ import annotations

import os
import pickle
import signal
import sys
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from typing import ClassVar, Generic, NoReturn, TypeVar

T = TypeVar("T")
R = TypeVar("R")

# Below so many tenths of a millisecond for each process, a second one costs more than it gains.
_LEAST = 200
# So many parts are there for each process, and at most: the fewer, the longer one waits for another's last.
_PARTS, _MOST_PARTS = 12, 256


def spread(
    work: Callable[[Sequence[T]], list[R]],
    items: Sequence[T],
    *,
    cost: int = 1,
    meanwhile: Callable[[], None] = lambda: None,
) -> list[R]:
    """Give the results of some work on items, in their order: parts of them in several processes.

    An item takes about `cost` tenths of a millisecond; neighbours stay together as far as they
    can. The work must give the same whatever the parts are. What it does beside its results, but
    for files that it writes, is lost. A part that fails is done again in this process, where the
    error is raised as if there had been no other. What is to be done `meanwhile` this process does
    before it takes part.
    """
    count = max(1, min(_processors(), cost * len(items) // _LEAST))
    if count == 1:
        meanwhile()
        return work(items)
    length = -(-len(items) // min(count * _PARTS, _MOST_PARTS))
    parts = [items[start : start + length] for start in range(0, len(items), length)]
    queue = _Queue(len(parts))

    def take() -> dict[int, list[R]]:
        return {number: work(parts[number]) for number in queue}

    children = _children(count - 1, take)
    try:
        meanwhile()
        done = take()
        for child in children:
            done |= child.results() or {}
    finally:
        queue.close()
        for child in children:
            child.end()
    for number, part in enumerate(parts):
        if number not in done:
            done[number] = work(part)
    return [result for number in range(len(parts)) for result in done[number]]


def _processors() -> int:
    # Windows cannot split a process, and macOS not safely (Python's `multiprocessing`, "Contexts and
    # start methods"). One that has other threads, as a preview has, may be split while one of them
    # holds a lock.
    if sys.platform != "linux" or threading.active_count() > 1 or _Child.is_here:
        return 1
    return len(os.sched_getaffinity(0))


class _Queue:
    """Numbers from 0, each of which one process takes: a pipe gives a byte to one reader only."""

    def __init__(self, count: int) -> None:
        self._reading, writing = os.pipe()
        # Each number is a byte, and the smallest pipe holds them all, so that nobody waits (pipe(7)).
        os.write(writing, bytes(range(count)))
        os.close(writing)

    def __iter__(self) -> Iterator[int]:
        while found := os.read(self._reading, 1):
            yield found[0]

    def close(self) -> None:
        os.close(self._reading)


class _Child(Generic[R]):
    """A copy of this process that does some work, and sends what comes out; it has no copies of its own."""

    is_here: ClassVar[bool] = False

    def __init__(self, work: Callable[[], R]) -> None:
        reading, writing = os.pipe()
        parent = os.getpid()
        # Ctrl-C comes to every process. A copy that it caught before its own work would go on as
        # this process does: end the other copies, and release the lock that it shares with this one.
        allowed = signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT])
        try:
            self._process: int | None = os.fork()
            if not self._process:
                _be_a_copy(work, parent, reading, writing, allowed)
        except OSError:
            os.close(reading)
            os.close(writing)
            raise
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, allowed)
        os.close(writing)
        self._pipe = os.fdopen(reading, "rb")

    def results(self) -> R | None:
        """Wait for what comes out; None where the work failed."""
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


def _children(count: int, work: Callable[[], R]) -> list[_Child[R]]:
    """Begin so many copies of this process, or fewer where the system allows no more of them."""
    children: list[_Child[R]] = []
    with suppress(OSError):
        while len(children) < count:
            children.append(_Child(work))
    return children


def _be_a_copy(
    work: Callable[[], object], parent: int, reading: int, writing: int, allowed: Iterable[int]
) -> NoReturn:
    """Do some work, send what comes out, and end this process, which is a copy of the parent."""
    status = 1
    try:
        _Child.is_here = True
        signal.pthread_sigmask(signal.SIG_SETMASK, allowed)
        _end_with(parent)
        os.close(reading)
        with os.fdopen(writing, "wb") as pipe:
            pickle.dump(work(), pipe, pickle.HIGHEST_PROTOCOL)
        status = 0
    finally:
        # Nothing that the other process has begun is to be ended here too.
        os._exit(status)


def _end_with(parent: int) -> None:
    """End this process at once when the one that it is a copy of ends, however it does.

    What that one was to have is nobody's then, and the next build may be at work in the same
    folder: a lock is not passed on to copies.
    """
    import ctypes  # noqa: PLC0415 (only a copy needs it)

    set_signal = 1  # PR_SET_PDEATHSIG of prctl(2)
    ctypes.CDLL(None).prctl(set_signal, signal.SIGKILL)
    if os.getppid() != parent:  # it had ended before that
        os._exit(1)
