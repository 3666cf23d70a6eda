"""Several processes give what one would, and none is left behind."""

import multiprocessing
import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import pytest

from campaign.support.parallel import map_parallel
from tests.projects import ROOT

PARENT = os.getpid()

forked = pytest.mark.skipif(sys.platform != "linux", reason="no process is copied elsewhere")


@pytest.fixture(autouse=True)
def several(monkeypatch: pytest.MonkeyPatch) -> None:
    """Use three processes, however little there is to do."""
    monkeypatch.setattr("campaign.support.parallel.processes", 3)


def square(numbers: Sequence[int]) -> list[int]:
    return [number**2 for number in numbers]


def where(items: Sequence[object]) -> list[int]:
    """Return the process that does each item, after a while in which others can begin."""
    time.sleep(0.02)
    return [os.getpid() for _ in items]


@pytest.mark.parametrize("count", [0, 1, 2, 3, 10, 1_000])
def test_results_come_in_the_order_of_the_items(count: int) -> None:
    assert map_parallel(square, range(count)) == square(range(count))


@forked
def test_this_process_and_others_take_part() -> None:
    assert {PARENT} < set(map_parallel(where, range(100)))


@forked
def test_what_is_done_meanwhile_comes_first_here() -> None:
    done: list[str] = []

    def note(items: Sequence[int]) -> list[int]:
        done.append("work")
        return list(items)

    assert map_parallel(note, range(100), meanwhile=lambda: done.append("meanwhile"))
    assert done[0] == "meanwhile"
    assert map_parallel(note, [1], meanwhile=lambda: done.append("again"))
    assert done[-2:] == ["again", "work"]


def test_an_error_is_that_of_the_first_item_that_has_one() -> None:
    def fail(items: Sequence[int]) -> list[int]:
        for item in items:
            if item in bad:
                raise LookupError(item)
        return list(items)

    for first in range(10):
        bad = {first, 9}
        with pytest.raises(LookupError, match=f"^{first}$"):
            map_parallel(fail, range(10))


@forked
@pytest.mark.parametrize("way", ["dies", "exits", "fails", "returns what cannot be passed on"])
def test_what_another_process_cannot_do_is_done_here(way: str) -> None:
    def work(numbers: Sequence[int]) -> list[object]:
        if os.getpid() != PARENT:
            match way:
                case "dies":
                    os._exit(3)
                case "exits":
                    sys.exit("no more of this")
                case "fails":
                    raise ZeroDivisionError
                case _:
                    return [lambda: 0 for _ in numbers]
        return list(square(numbers))

    assert map_parallel(work, range(10)) == square(range(10))


def test_a_process_with_threads_is_not_copied(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("threading.active_count", lambda: 2)
    monkeypatch.setattr(os, "fork", None)
    assert set(map_parallel(where, range(100))) == {PARENT}


@forked
def test_a_copy_has_no_copies_of_its_own() -> None:
    def work(items: Sequence[int]) -> list[set[int]]:
        time.sleep(0.02)
        if os.getpid() == PARENT:
            return [{PARENT} for _ in items]
        return [{os.getpid(), *map_parallel(where, range(10))} for _ in items]

    found = map_parallel(work, range(3))
    assert {PARENT} != set().union(*found)
    assert all(len(processes) == 1 for processes in found)


def test_too_little_is_not_worth_another_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("campaign.support.parallel.processes", None)
    assert set(map_parallel(where, range(100))) == {PARENT}


@forked
@pytest.mark.parametrize("allowed", [0, 1])
def test_a_system_that_allows_no_more_processes_has_the_work_done_all_the_same(
    monkeypatch: pytest.MonkeyPatch, allowed: int
) -> None:
    fork = os.fork
    begun: list[int] = []

    def refuse() -> int:
        begun.append(len(begun))
        if len(begun) > allowed:
            raise BlockingIOError
        return fork()

    before = len(list(Path("/proc/self/fd").iterdir()))
    monkeypatch.setattr(os, "fork", refuse)
    assert map_parallel(square, range(10)) == square(range(10))
    assert len(begun) == allowed + 1
    assert multiprocessing.active_children() == []
    # Python itself leaves both pipes of a process that is refused (`multiprocessing.popen_fork`).
    assert len(list(Path("/proc/self/fd").iterdir())) <= before + 4


SLOW = """
import os, time
from campaign.support import parallel

def work(items):
    os.write(1, b"at work\\n")  # at once, whatever others write
    time.sleep({seconds})
    return items

parallel.processes = 3
try:
    # A signal that comes just before a sleep is noticed after it.
    parallel.map_parallel(work, range(1000), meanwhile=lambda: [time.sleep(0.1) for _ in range(600)])
except KeyboardInterrupt:
    os.write(1, b"stopped\\n")
"""


@forked
def test_no_process_goes_on_when_the_one_that_began_it_is_gone() -> None:
    # What it writes would come into the next build's site.
    command = [sys.executable, "-c", SLOW.format(seconds=60)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        assert [process.stdout.readline() for _ in range(2)] == ["at work\n"] * 2
        process.kill()
        # It is at its end when all that can write have gone.
        process.communicate(timeout=30)


@forked
def test_ctrl_c_ends_all_processes_without_a_word_of_others() -> None:
    command = [sys.executable, "-c", SLOW.format(seconds=0.1)]
    with subprocess.Popen(
        command,
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as process:
        assert process.stdout
        assert process.stdout.readline() == "at work\n"
        os.killpg(process.pid, signal.SIGINT)
        said, complained = process.communicate(timeout=30)
    assert said.endswith("stopped\n")
    assert said.count("at work") < 12
    assert (complained, process.returncode) == ("", 0)


STOPPED = """
import os, signal
from campaign.support import parallel

fork = os.fork

def fork_and_stop():
    process = fork()
    if not process:
        os.kill(os.getpid(), signal.SIGINT)
    return process

os.fork = fork_and_stop
parallel.processes = 3
try:
    total = sum(parallel.map_parallel(list, range(1000)))
finally:
    os.write(1, b"the end\\n")
os.write(1, b"%d\\n" % total)
"""


@forked
def test_a_copy_that_is_stopped_at_its_beginning_does_nothing_of_its_parents() -> None:
    command = [sys.executable, "-c", STOPPED]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True, timeout=60)
    assert (done.stdout, done.stderr) == ("the end\n499500\n", "")
