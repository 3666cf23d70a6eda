"""The table is replaced whole or not at all."""

import errno
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from campaign.build.project import Project
from campaign.commands import check
from tests.commands.imports import SOURCE, Capture, Terminal, import_, table
from tests.projects import edit, snapshot, write


def kill_at(project: Project, source: Path, function: str, call: int) -> None:
    """Import, and end the process for good when it calls a function of the disk for the so-manieth time."""
    code = f"""
import os, signal
from pathlib import Path
from campaign.build.project import Project
from campaign.commands import import_events
calls, real = [], {function}
def die(*arguments, **options):
    calls.append(1)
    if len(calls) == {call}:
        os.kill(os.getpid(), signal.SIGKILL)
    return real(*arguments, **options)
{function} = die
import_events.run(Project(Path("{project.root}")), "{source}", yes=True)
"""
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=project.root, check=False, capture_output=True
    )
    assert done.returncode == -signal.SIGKILL


@pytest.mark.slow
@pytest.mark.parametrize(
    ("function", "call"),
    [("os.fsync", 1), ("Path.replace", 1), ("os.fsync", 2), ("Path.replace", 2)],
)
def test_an_import_that_is_interrupted_leaves_the_old_or_the_new_and_the_next_one_ends_it(
    made: Project, source: Path, function: str, call: int
) -> None:
    import_(made, source)
    old = snapshot(made.content)
    text = SOURCE.replace("The quay", "The pier") + "c,Ride,2024-07-03,,,,,\n"
    write(source, text)
    kill_at(made, source, function, call)
    names = ("events.csv", ".imported.json")
    assert snapshot(made.content)[".imported.json"] == old[".imported.json"]
    assert (snapshot(made.content)["events.csv"] == old["events.csv"]) is (call == 1)
    assert check.run(made) == 0
    import_(made, source)
    ended = {name: snapshot(made.content)[name] for name in names}
    assert table(made)["a"]["venue"] == "The pier"
    assert table(made)["a"]["sequence"] == "1"
    assert list(table(made)) == ["a", "b", "c"]
    import_(made, source)
    assert {name: snapshot(made.content)[name] for name in names} == ended
    edit(source, "The pier", "The dock")
    import_(made, source)
    assert table(made)["a"]["venue"] == "The dock"


def test_a_table_that_changed_meanwhile_is_left_alone(
    made: Project, source: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    def answer(_: str) -> str:
        write(made.content / "events.csv", "title,date\nMeanwhile,2024-07-01\n")
        return "y"

    monkeypatch.setattr(sys, "stdin", Terminal())
    monkeypatch.setattr("builtins.input", answer)
    assert import_(made, source, yes=False) == 2
    assert capsys.readouterr().err == (
        "content/events.csv was changed by somebody else meanwhile; start again."
        " Nothing was written.\n"
    )
    assert list(table(made)) == ["2024-07-01-meanwhile"]


def test_a_table_that_is_open_in_libreoffice_is_left_alone(
    made: Project, source: Path, capsys: Capture
) -> None:
    import_(made, source)
    write(made.content / ".~lock.events.csv#", ",pat,desk,,;")
    # With nothing to write it is in nobody's way.
    assert import_(made, source) == 0
    before = snapshot(made.content)
    edit(source, "The quay", "The pier")
    capsys.readouterr()
    assert import_(made, source) == 2
    assert capsys.readouterr().err == (
        "content/events.csv is open in LibreOffice; close it there, or delete .~lock.events.csv#"
        " where it is not. Nothing was written.\n"
    )
    assert snapshot(made.content) == before


def test_a_table_that_is_read_only_is_left_alone(
    made: Project, source: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    import_(made, source)
    before = snapshot(made.content)
    edit(source, "The quay", "The pier")
    # The administrator, as whom these tests may run, can write what is read-only.
    monkeypatch.setattr(os, "access", lambda *_: False)
    assert import_(made, source) == 2
    assert "content/events.csv is read-only;" in capsys.readouterr().err
    assert snapshot(made.content) == before


def test_a_table_that_the_system_does_not_let_be_replaced_is_told(
    made: Project, source: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    def refuse(file: Path, _: Path) -> None:
        raise PermissionError(errno.EACCES, "Permission denied", str(file))

    monkeypatch.setattr(Path, "replace", refuse)
    assert import_(made, source) == 2
    assert "cannot be written (Permission denied); close it in other programs" in (
        capsys.readouterr().err
    )
    assert not (made.content / "events.csv").exists()
