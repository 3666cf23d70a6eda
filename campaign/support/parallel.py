"""More than one process for what is much: on Linux, where a process can be copied safely (`fork`)."""

from __future__ import annotations

import ctypes
import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent import futures
from contextlib import ExitStack, contextmanager
from typing import Any, TypeVar

T = TypeVar("T")
R = TypeVar("R")

#: How many there are where more than one is safe; None: as many as find a processor and enough to do.
processes: int | None = None
_LEAST = 200  # tenths of a millisecond: a process that has less to do costs more than it gains
_CHUNKS = 12  # for each process: the fewer, the longer one waits for another's last
# What this process does as a worker: copied with the process, it need not be picklable.
_task: Callable[[int], Any] | None = None


def map_parallel(
    work: Callable[[Sequence[T]], list[R]],
    items: Sequence[T],
    *,
    cost: int = 1,
    meanwhile: Callable[[], None] = lambda: None,
) -> list[R]:
    """Return the results of some work on items, in their order; several processes take chunks of these.

    An item takes about `cost` tenths of a millisecond. The work must give the same whatever the
    chunks are, and may write files beside. A chunk that fails is done again here, so that its error
    is raised as by one process. This one does what there is `meanwhile` before it takes part.
    """
    # Windows cannot copy a process, and macOS not safely (Python's `multiprocessing`, "Contexts and
    # start methods"); another thread, as a preview has, may hold a lock at that moment.
    is_safe = sys.platform == "linux" and threading.active_count() == 1 and not _task
    most = processes or len(os.sched_getaffinity(0)) if is_safe else 1
    count = min(processes or cost * len(items) // _LEAST, most, len(items))
    if count <= 1:
        meanwhile()
        return work(items)
    length = -(-len(items) // (count * _CHUNKS))
    chunks = [items[start : start + length] for start in range(0, len(items), length)]
    results: list[R] = []
    with _workers(count - 1, lambda number: work(chunks[number]), len(chunks)) as begun:
        meanwhile()
        for chunk, future in zip(chunks, begun, strict=True):
            results += work(chunk) if future.cancel() or future.exception() else future.result()
    return results


@contextmanager
def _workers(most: int, task: Callable[[int], R], count: int) -> Iterator[list[futures.Future[R]]]:
    """Yield futures of a task for each number below a count; workers, if there can be any, begin at the end."""
    # Ctrl-C comes to all processes; this one ends the others.
    allowed = signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT])
    with ExitStack() as stack:
        try:
            context, given = multiprocessing.get_context("fork"), (os.getpid(), task)
            pool = futures.ProcessPoolExecutor(most, context, _begin_worker, given)
            stack.callback(pool.shutdown, cancel_futures=True)
            # The first forks all workers; only then the executor begins its threads.
            found = [pool.submit(_run, number) for number in reversed(range(count))][::-1]
        except (OSError, futures.BrokenExecutor):
            for child in multiprocessing.active_children():
                child.kill()
                child.join()
            found = [futures.Future() for _ in range(count)]
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, allowed)
        yield found


def _begin_worker(parent: int, task: Callable[[int], Any]) -> None:
    """Prepare a worker, which ends with its parent: the next build may then be at work in the same folder."""
    global _task  # noqa: PLW0603 (a process is one worker)
    _task = task
    ctypes.CDLL(None).prctl(1, signal.SIGKILL)  # PR_SET_PDEATHSIG of prctl(2)
    if os.getppid() != parent:  # it had ended before that
        os._exit(1)


def _run(number: int) -> Any:  # noqa: ANN401 (whatever the task returns)
    return _task(number) if _task else None
