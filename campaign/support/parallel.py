"""More than one process for what is much: on Linux, where a process can be copied safely (`fork`)."""

from __future__ import annotations

import ctypes
import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from multiprocessing.connection import Connection
from typing import TypeVar

T = TypeVar("T")
R = TypeVar("R")

#: How many there are where more than one is safe; None: as many as find a processor and enough to do.
processes: int | None = None
_LEAST = 200  # tenths of a millisecond: a process that has less to do costs more than it gains
_CHUNKS = 30  # for each process: the fewer, the longer one waits for another's last


def map_parallel(
    work: Callable[[Sequence[T]], list[R]],
    items: Sequence[T],
    *,
    cost: int = 1,
    meanwhile: Callable[[], None] = lambda: None,
) -> list[R]:
    """Return the results of some work on items, in their order; several processes take chunks of these.

    An item takes about `cost` tenths of a millisecond. The work must give the same whatever the
    chunks are, and may write files beside. What fails is done again here, so that its error is raised
    as by one process. This one does what there is `meanwhile` before it takes part.
    """
    count = min(processes or cost * len(items) // _LEAST, _most(), len(items))
    if count <= 1:
        meanwhile()
        return work(items)
    length = -(-len(items) // min(count * _CHUNKS, 256))
    chunks = [items[start : start + length] for start in range(0, len(items), length)]
    waiting, end = os.pipe()  # gives each byte, the number of a chunk, to one process (pipe(7))
    os.write(end, bytes(range(len(chunks))))
    os.close(end)

    def take() -> dict[int, list[R]]:
        done = {}
        while number := os.read(waiting, 1):
            with suppress(Exception):
                done[number[0]] = work(chunks[number[0]])
        return done

    with os.fdopen(waiting), _copies(count - 1, take) as copies:
        meanwhile()
        done = take()
        for copy in copies:
            with suppress(EOFError):  # it has failed
                done |= copy.recv()
    results = (done.get(number) or work(chunk) for number, chunk in enumerate(chunks))
    return [result for chunk in results for result in chunk]


@contextmanager
def in_background(work: Callable[[], object]) -> Iterator[None]:
    """Have another process do some work meanwhile; where there can be none, it is not done."""
    if _most() == 1:
        yield
        return
    with _copies(1, work) as copies:
        yield
        for copy in copies:
            copy.poll(None)


def _most() -> int:
    # Windows cannot copy a process, and macOS not safely (Python's `multiprocessing`, "Contexts and
    # start methods"); another thread, as a preview has, may hold a lock at that moment.
    is_safe = sys.platform == "linux" and threading.active_count() == 1
    is_first = multiprocessing.parent_process() is None
    return processes or len(os.sched_getaffinity(0)) if is_safe and is_first else 1


@contextmanager
def _copies(count: int, work: Callable[[], object]) -> Iterator[list[Connection]]:
    """Yield what copies of this process send the result of some work through; the system may allow fewer."""
    parent, connections = os.getpid(), list[Connection]()

    def run(end: Connection) -> None:
        ctypes.CDLL(None).prctl(1, signal.SIGKILL)  # PR_SET_PDEATHSIG: it ends with its parent
        with suppress(BaseException):
            if os.getppid() == parent:
                end.send(work())

    with ExitStack() as stack:
        # Ctrl-C comes to all processes; this one ends the others.
        allowed = signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT])
        try:
            while len(connections) < count:
                connection, end = multiprocessing.Pipe(duplex=False)
                connections.append(stack.enter_context(connection))
                copy = multiprocessing.get_context("fork").Process(target=run, args=(end,))
                with end:
                    copy.start()
                stack.callback(copy.join)
                stack.callback(copy.kill)
        except OSError:
            pass
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, allowed)
        yield connections
