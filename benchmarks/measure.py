"""One build measured from outside, and how several are summed up."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

from benchmarks.events import TODAY
from benchmarks.generator import CACHE, ROOT, Generator

# A process of its own, as what it starts is accounted at least the memory that it holds itself
# (`setmax_mm_hiwater_rss` in Linux's `exec_mmap`), and a benchmark holds much.
_TIMED = """
import os, subprocess, sys, time
start = time.perf_counter()
process = subprocess.Popen(sys.argv[1:], stdout=subprocess.DEVNULL)
_, status, usage = os.wait4(process.pid, 0)
seconds = time.perf_counter() - start
cpu = usage.ru_utime + usage.ru_stime
print(os.waitstatus_to_exitcode(status), seconds, cpu, usage.ru_maxrss)
"""
# To look at memory takes time itself, so that it is not done while the time is measured.
_PAUSE = 0.02


class BuildError(Exception):
    """A generator has failed; the message says which, and where."""


@dataclass(frozen=True)
class Measure:
    """A build: seconds from start to end, seconds of all processors, and the most MB that one process held."""

    seconds: float
    cpu: float
    megabytes: float


def measure(site: Generator) -> Measure:
    """Build a site and measure the whole process, and those that it starts.

    Time of processors and memory are the operating system's own account of the finished process.
    Raises BuildError.
    """
    account = subprocess.run(
        [sys.executable, "-c", _TIMED, *site.command],
        cwd=site.folder,
        env=_environment(site),
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    ).stdout
    status, seconds, cpu, most = map(float, account.split())
    if status:
        raise BuildError(f"{' '.join(site.command)} failed in {site.folder}.")
    # KiB on Linux, bytes on macOS (getrusage(2) of each).
    unit = 1_000_000 if sys.platform == "darwin" else 1_000_000 / 1024
    return Measure(seconds, cpu, most / unit)


def memory_of_all(site: Generator) -> float:
    """Build a site; return the most MB that its processes held together, what they share counted once.

    Linux tells it (`Pss` in `smaps_rollup` of proc(5)); elsewhere it is 0.
    """
    most = 0.0
    with subprocess.Popen(
        site.command, cwd=site.folder, env=_environment(site), stdout=subprocess.DEVNULL
    ) as process:
        while process.poll() is None:
            most = max(most, sum(map(_share, _tree(process.pid))))
            time.sleep(_PAUSE)
    return most


def _tree(process: int) -> Iterator[int]:
    """Yield a process and all that it has started."""
    yield process
    for children in Path(f"/proc/{process}/task").glob("*/children"):
        with suppress(OSError):  # it may have ended meanwhile
            for child in children.read_text().split():
                yield from _tree(int(child))


def _share(process: int) -> float:
    """Return the MB of a process, of what others share its part."""
    with suppress(OSError, StopIteration):
        lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
        return int(next(line for line in lines if line.startswith("Pss:")).split()[1]) / 1000
    return 0.0


def _environment(site: Generator) -> dict[str, str]:
    now = datetime(TODAY.year, TODAY.month, TODAY.day, tzinfo=UTC)
    environment = {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "SOURCE_DATE_EPOCH": f"{now.timestamp():.0f}",
        "XDG_CACHE_HOME": str((site.folder / CACHE).resolve()),
    }
    # Python keeps its modules compiled, unless it is told not to.
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    return environment


def medians(measures: Sequence[Measure]) -> Measure:
    """Return the median of each number by itself."""
    return Measure(
        median(it.seconds for it in measures),
        median(it.cpu for it in measures),
        median(it.megabytes for it in measures),
    )


def ratios(ours: Sequence[Measure], others: Sequence[Measure]) -> Measure:
    """Return what of the others' time, processors and memory ours took: medians of the ratios run by run."""
    return medians(
        [
            Measure(mine.seconds / its.seconds, mine.cpu / its.cpu, mine.megabytes / its.megabytes)
            for mine, its in zip(ours, others, strict=True)
        ]
    )


def bare_loop(built: Path, copy: Path) -> tuple[int, float]:
    """Write what was built once more, from memory; gives the number of files and the seconds that it took.

    No generator can be faster on this file system, but with several processes.
    """
    files = {
        file.relative_to(built): file.read_bytes() for file in built.rglob("*") if file.is_file()
    }
    start = time.perf_counter()
    for folder in sorted({file.parent for file in files}):
        (copy / folder).mkdir(parents=True, exist_ok=True)
    for file, data in files.items():
        (copy / file).write_bytes(data)
    return len(files), time.perf_counter() - start
