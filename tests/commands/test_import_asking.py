"""Nothing is written that nobody agreed to."""

import sys
from pathlib import Path

import pytest

from campaign import commands
from campaign.build.project import Project
from tests.commands.imports import Capture, Terminal, import_, table
from tests.projects import run, snapshot


@pytest.mark.parametrize(
    ("answer", "written"),
    [("y\n", True), ("yes\n", True), ("\n", False), ("no\n", False), ("", False)],
)
def test_an_editor_is_asked_before_anything_is_written(  # noqa: PLR0913, PLR0917 (likewise)
    made: Project,
    source: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: Capture,
    answer: str,
    written: bool,  # noqa: FBT001 (what comes of it)
) -> None:
    monkeypatch.setattr(sys, "stdin", Terminal(answer))
    assert import_(made, source, yes=False) == 0
    out = capsys.readouterr().out
    assert "Write this into content/events.csv? [y/N] " in out
    assert ("Nothing was written." in out) is not written
    assert (made.content / "events.csv").exists() is written
    assert (made.content / ".imported.json").exists() is written


def test_an_editor_who_interrupts_the_question_is_told_and_nothing_is_written(
    made: Project, source: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    def interrupt(_: str) -> str:
        raise KeyboardInterrupt

    monkeypatch.setattr(sys, "stdin", Terminal())
    monkeypatch.setattr("builtins.input", interrupt)
    before = snapshot(made.content)
    with pytest.raises(SystemExit) as end:
        commands.run(lambda: import_(made, source, yes=False))
    assert end.value.code == 130
    assert capsys.readouterr().out.splitlines()[-1] == "Stopped."
    assert snapshot(made.content) == before


def test_a_dry_run_writes_nothing(made: Project, source: Path, capsys: Capture) -> None:
    before = snapshot(made.content)
    assert import_(made, source, dry_run=True) == 0
    assert capsys.readouterr().out.splitlines()[-1] == "Nothing was written."
    assert snapshot(made.content) == before


def test_without_a_terminal_nothing_is_written_and_the_way_out_is_told(
    made: Project, source: Path
) -> None:
    before = snapshot(made.content)
    done = run(made, "invoke", "import-events", str(source))
    assert done.returncode == 2
    assert done.stderr == (
        "There is no terminal to ask on, so nothing was written. Add --yes to write it.\n"
    )
    assert snapshot(made.content) == before
    assert run(made, "invoke", "import-events", str(source), "--yes").returncode == 0
    assert list(table(made)) == ["a", "b"]
    # With nothing to write there is nothing to ask.
    assert run(made, "invoke", "import-events", str(source)).returncode == 0
