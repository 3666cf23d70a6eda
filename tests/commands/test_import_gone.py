"""Events that are no longer in their source."""

import shutil
from pathlib import Path

import pytest

from campaign.build.project import Project
from tests.commands.imports import IMPORTS, SOURCE, Capture, import_, table
from tests.projects import edit, snapshot, write


def without_walk(source: Path) -> None:
    write(source, "".join(SOURCE.splitlines(keepends=True)[:2]))


def test_an_event_that_is_gone_is_shown_and_stays(
    made: Project, source: Path, capsys: Capture
) -> None:
    import_(made, source)
    before = snapshot(made.content)
    without_walk(source)
    capsys.readouterr()
    import_(made, source)
    gone = f"gone     content/events.csv:3: Walk (b) is no longer in {source}"
    assert f"{gone}; it stays; --gone cancel or --gone remove says otherwise" in (
        capsys.readouterr().out.splitlines()
    )
    assert snapshot(made.content) == before


@pytest.mark.parametrize(
    ("change", "is_told"),
    [
        (("Walk,2024-07-02", "Walk,2024-07-09"), True),
        (("park,Oakland", "park,Berkeley"), True),
        (("Walk,2024-07-02", "March,2024-07-02"), False),
    ],
)
def test_an_event_that_may_be_there_under_another_id_is_told(
    made: Project, source: Path, capsys: Capture, change: tuple[str, str], *, is_told: bool
) -> None:
    text = "\n".join(line.partition(",")[2] for line in SOURCE.splitlines())
    write(source, text)
    import_(made, source)
    write(source, text.replace(*change).replace("94601", ""))
    capsys.readouterr()
    import_(made, source)
    lines = capsys.readouterr().out.splitlines()
    added = next(iter(table(made).keys() - {"2024-07-01-vigil-oakland", "2024-07-02-walk-oakland"}))
    said = f"           it looks like {added}, which is added; keep one of the two"
    assert (said in lines) == is_told
    assert not is_told or lines[lines.index(said) - 1].startswith(
        "gone     content/events.csv:3: Walk"
    )


def test_an_event_that_is_gone_is_cancelled_where_the_editor_says_so(
    made: Project, source: Path, capsys: Capture
) -> None:
    import_(made, source)
    without_walk(source)
    import_(made, source, gone="cancel")
    assert (table(made)["b"]["status"], table(made)["b"]["sequence"]) == ("cancelled", "1")
    before = snapshot(made.content)
    capsys.readouterr()
    import_(made, source, gone="cancel")
    assert snapshot(made.content) == before
    assert "gone  " not in capsys.readouterr().out


def test_an_event_that_was_cancelled_and_comes_back_takes_place(
    made: Project, source: Path
) -> None:
    import_(made, source)
    without_walk(source)
    import_(made, source, gone="cancel")
    write(source, SOURCE)
    import_(made, source)
    assert "status" not in table(made)["b"]
    assert table(made)["b"]["sequence"] == "2"
    before = snapshot(made.content)
    import_(made, source)
    assert snapshot(made.content) == before


def test_an_event_that_its_calendar_cancels_is_cancelled_and_may_be_taken_up_again(
    made: Project, tmp_path: Path
) -> None:
    file = Path(shutil.copy(IMPORTS / "calendar.ics", tmp_path))
    import_(made, file)
    edit(file, "STATUS:CONFIRMED", "STATUS:CANCELLED")
    import_(made, file)
    assert table(made)["night-walk-sleepers-example"]["status"] == "cancelled"
    edit(file, "STATUS:CANCELLED", "STATUS:CONFIRMED")
    import_(made, file)
    assert "status" not in table(made)["night-walk-sleepers-example"]


def test_an_event_that_is_gone_is_removed_where_the_editor_says_so(
    made: Project, source: Path
) -> None:
    import_(made, source)
    without_walk(source)
    import_(made, source, gone="remove")
    assert list(table(made)) == ["a"]
    write(source, SOURCE)
    import_(made, source)
    assert list(table(made)) == ["a", "b"]


def test_what_is_over_or_of_another_source_or_page_is_not_gone(
    made: Project, source: Path, tmp_path: Path, capsys: Capture
) -> None:
    write(source, SOURCE.replace("2024-07-02", "2024-06-02"))
    import_(made, source)
    other = write(tmp_path / "others.csv", "title,date\nOther,2024-07-01\n")
    import_(made, other)
    without_walk(source)
    import_(made, source)
    page = write(tmp_path / "page.json", (IMPORTS / "mobilize.json").read_bytes())
    import_(made, page)
    write(page, '{"data": [], "next": "https://mobilize.example/?page=2"}')
    import_(made, page)
    assert "gone  " not in capsys.readouterr().out


def test_gone_is_one_of_three_words(made: Project, source: Path, capsys: Capture) -> None:
    assert import_(made, source, gone="delete") == 2
    assert capsys.readouterr().err == "--gone: write one of keep, cancel, remove\n"
