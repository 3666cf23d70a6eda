"""A source or a table that is not in order loses nothing."""

from pathlib import Path

import pytest

from campaign.build.project import Project
from campaign.commands import check
from tests.commands.imports import SOURCE, Capture, import_, table
from tests.projects import edit, snapshot, write


def test_what_would_not_pass_the_check_is_told_all_at_once_and_left_out(
    made: Project, source: Path, capsys: Capture
) -> None:
    bad = "in,Reserved,2024-07-03,18:00,,,,\nd,Late,2024-07-03,late,,,,\ne,**Bold**,soon,,,,,\n"
    write(source, SOURCE + bad)
    assert import_(made, source) == 2
    assert capsys.readouterr().err.splitlines() == [
        f"{source}:4: in: id: 'in' is the address of a page that the site makes by itself",
        f"{source}:5: d: start: 'late' is not a time; write it on the 24-hour clock, such as 18:00",
        f"{source}:6: e: date: 'soon' is not a date; write the day as year-month-day, such as 2018-06-14",
        f"{source}:6: e: title: '**Bold**' would be shown as it is typed; write plain words only in this field",
        "These are left out until they are mended in the source.",
    ]
    assert list(table(made)) == ["a", "b"]
    assert check.run(made) == 0


def test_a_change_for_the_worse_leaves_the_row_as_it_is(
    made: Project, source: Path, capsys: Capture
) -> None:
    import_(made, source)
    before = snapshot(made.content)
    edit(source, "18:00", "late")
    assert import_(made, source) == 2
    assert "2: a: start: 'late' is not a time" in capsys.readouterr().err
    assert snapshot(made.content) == before


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("a.csv", "Café".encode("cp1252"), "a.csv:1: this file is not UTF-8;"),
        ("a.ics", b"x", "a.ics:1: this is not a calendar"),
        ("a.json", b"x", "a.json:1: this is not JSON;"),
        ("a.xlsx", b"x", "a.xlsx: only .csv, .ics and .json are read;"),
        ("a.csv", None, "a.csv: cannot be read (No such file or directory);"),
    ],
)
def test_a_source_that_cannot_be_read_is_told_and_nothing_is_gone(  # noqa: PLR0913, PLR0917 (a source and what is said of it)
    made: Project, tmp_path: Path, name: str, data: bytes | None, said: str, capsys: Capture
) -> None:
    file = tmp_path / name
    if data is not None:
        file.write_bytes(data)
    before = snapshot(made.content)
    assert import_(made, file) == 2
    out, err = capsys.readouterr()
    assert err.startswith(f"{tmp_path}/{said}")
    assert out == ""
    assert snapshot(made.content) == before


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        (
            "events.csv",
            "title,dat\n",
            "content/events.csv:1: dat: unknown column; did you mean 'date'?",
        ),
        (
            ".imported.json",
            "{",
            "content/.imported.json: this is not the record of earlier imports;",
        ),
        ("campaign.md", "---\n---\n", "Mend content/ first; invoke check says how."),
    ],
)
def test_content_that_cannot_be_read_is_told_before_anything_is_written(  # noqa: PLR0913, PLR0917 (likewise)
    made: Project, source: Path, name: str, text: str, said: str, capsys: Capture
) -> None:
    write(made.content / name, text)
    before = snapshot(made.content)
    assert import_(made, source) == 2
    assert said in capsys.readouterr().err
    assert snapshot(made.content) == before
