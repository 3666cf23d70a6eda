"""The table after an import: nothing of an editor's is lost, and nothing is written unasked."""

import errno
import json
import os
import shutil
import signal
import subprocess
import sys
from io import StringIO
from pathlib import Path
from typing import Any

import pytest

from campaign import commands
from campaign.build.project import Project
from campaign.commands import check, import_events, locate
from campaign.reading.events import event_row, read_table
from tests.conftest import MakeProject
from tests.projects import ROOT, edit, run, snapshot, write

Capture = pytest.CaptureFixture[str]
IMPORTS = ROOT / "tests" / "imports"
SOURCE = """\
id,title,date,start,venue,city,region,zip
a,Vigil,2024-07-01,18:00,The quay,Oakland,CA,94601
b,Walk,2024-07-02,19:00,The park,Oakland,CA,94601
"""


@pytest.fixture
def made(project: MakeProject) -> Project:
    """A small project without events."""
    return project("minimal")


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """A spreadsheet with two events."""
    return write(tmp_path / "events.csv", SOURCE)


def table(project: Project) -> dict[str, dict[str, str]]:
    """Return the cells of each event's row in the table."""
    text = (project.content / "events.csv").read_text(encoding="utf-8-sig")
    table = read_table(text, "events.csv")
    rows = (event_row(table, row) for row in table.rows)
    return {row.id: row.cells for row in rows}


def import_(project: Project, file: Path, *, yes: bool = True, **options: Any) -> int:  # noqa: ANN401 (of every kind)
    return import_events.run(project, str(file), yes=yes, **options)


# Adding


def test_events_are_added_located_and_counted(made: Project, source: Path, capsys: Capture) -> None:
    assert import_(made, source) == 0
    assert capsys.readouterr().out.splitlines() == [
        "added    2024-07-01 18:00 America/Los_Angeles  Vigil (a), Oakland, CA",
        "added    2024-07-02 19:00 America/Los_Angeles  Walk (b), Oakland, CA",
        "2 added, 0 changed, 0 as before, 0 gone.",
        "content/events.csv is written.",
    ]
    assert table(made)["a"] == {
        "id": "a",
        "title": "Vigil",
        "date": "2024-07-01",
        "start": "18:00",
        "venue": "The quay",
        "city": "Oakland",
        "region": "CA",
        "postal_code": "94601",
        "country": "US",
        "latitude": "37.7806",
        "longitude": "-122.2166",
        # The campaign's is London's.
        "timezone": "America/Los_Angeles",
        "updated": "2024-06-15T12:00:00Z",
    }
    assert check.run(made) == 0


def test_a_place_that_is_not_known_is_told(made: Project, source: Path, capsys: Capture) -> None:
    rows = "Vigil,2024-07-01,Linz,Austria\nWalk,2024-07-02,Graz,AT\n"
    write(source, f"title,date,city,country\n{rows}")
    assert import_(made, source) == 0
    assert (
        "no place Vigil (2024-07-01-vigil-linz), Walk (2024-07-02-walk-graz): only places"
        " in the United States are known here, and the country is AT; write latitude and longitude yourself"
    ) in capsys.readouterr().out.splitlines()


@pytest.mark.parametrize("name", ["signups.csv", "calendar.ics", "mobilize.json"])
def test_importing_twice_changes_nothing(made: Project, name: str, capsys: Capture) -> None:
    import_(made, IMPORTS / name)
    before = snapshot(made.content)
    os.environ["SOURCE_DATE_EPOCH"] = "1718539200"
    capsys.readouterr()
    import_(made, IMPORTS / name)
    assert snapshot(made.content) == before
    count = len(table(made))
    assert (
        capsys.readouterr().out.splitlines()[-1]
        == f"0 added, 0 changed, {count} as before, 0 gone."
    )


@pytest.mark.parametrize("name", ["signups.csv", "calendar.ics", "mobilize.json"])
def test_what_was_imported_passes_the_check(made: Project, name: str) -> None:
    import_(made, IMPORTS / name)
    assert table(made)
    assert check.run(made) == 0


def test_the_tables_own_manner_and_rows_stay(made: Project, source: Path) -> None:
    own = '"title";"date"\r\n"Ours; by hand";"6/30/2024"\r\n'
    write(made.content / "events.csv", own.encode("utf-8-sig"))
    import_(made, source)
    lines = (made.content / "events.csv").read_bytes().split(b"\r\n")
    assert lines[1].startswith(b'"Ours; by hand";"6/30/2024";')
    assert lines[2].startswith(b'"Vigil";"2024-07-01";')
    assert len(table(made)) == 3


# Merging


def test_what_only_the_source_changed_is_followed_and_counted(
    made: Project, source: Path, capsys: Capture
) -> None:
    import_(made, source)
    edit(source, "18:00,The quay", "18:30,The pier")
    capsys.readouterr()
    os.environ["SOURCE_DATE_EPOCH"] = "1718539200"
    assert import_(made, source) == 0
    assert capsys.readouterr().out.splitlines() == [
        "changed  content/events.csv:2: Vigil (a)",
        "           start: '18:00' → '18:30'",
        "           venue: 'The quay' → 'The pier'",
        "0 added, 1 changed, 1 as before, 0 gone.",
        "content/events.csv is written.",
    ]
    cells = table(made)["a"]
    assert (cells["start"], cells["sequence"], cells["updated"]) == (
        "18:30",
        "1",
        "2024-06-16T12:00:00Z",
    )
    assert "sequence" not in table(made)["b"]


def test_the_sources_own_time_of_change_counts(made: Project, tmp_path: Path) -> None:
    file = Path(shutil.copy(IMPORTS / "calendar.ics", tmp_path))
    import_(made, file)
    assert table(made)["night-walk-sleepers-example"]["updated"] == "2024-06-02T10:00:00Z"
    assert table(made)["night-walk-sleepers-example"]["sequence"] == "2"
    edit(file, "LAST-MODIFIED:20240602T100000Z", "LAST-MODIFIED:20240603T100000Z")
    edit(file, "SUMMARY:Night walk", "SUMMARY:Night ride")
    import_(made, file)
    cells = table(made)["night-walk-sleepers-example"]
    assert (cells["title"], cells["sequence"], cells["updated"]) == (
        "Night ride",
        "3",
        "2024-06-03T10:00:00Z",
    )


def test_what_an_editor_changed_is_kept_and_told_once(
    made: Project, source: Path, capsys: Capture
) -> None:
    import_(made, source)
    edit(made.content / "events.csv", "The quay", "The boathouse")
    edit(made.content / "events.csv", "19:00", "19:15")
    before = snapshot(made.content)["events.csv"]
    edit(source, "The quay", "The pier")
    capsys.readouterr()
    assert import_(made, source) == 0
    assert capsys.readouterr().out.splitlines() == [
        "kept     content/events.csv:2: Vigil (a)",
        "           venue: 'The boathouse'; the source now says 'The pier'",
        "0 added, 0 changed, 2 as before, 0 gone.",
    ]
    import_(made, source)
    assert "kept" not in capsys.readouterr().out
    assert snapshot(made.content)["events.csv"] == before


def test_what_a_spreadsheet_program_writes_otherwise_is_no_change(
    made: Project, source: Path
) -> None:
    import_(made, source)
    for old, new in (("2024-07-01", "7/1/2024"), ("18:00", "6:00:00 PM"), ("37.7806", "37.78060")):
        edit(made.content / "events.csv", old, new)
    edit(made.content / "events.csv", "2024-07-02", "7/31/2024")
    edit(source, "18:00", "18:30")
    edit(source, "2024-07-02", "2024-07-31")
    import_(made, source)
    text = (made.content / "events.csv").read_text(encoding="utf-8-sig")
    assert "Vigil,7/1/2024,18:30," in text
    assert ",37.78060," in text
    assert "Walk,7/31/2024,19:00," in text


def test_a_column_that_a_source_no_longer_has_says_nothing(made: Project, source: Path) -> None:
    import_(made, source)
    write(source, "id,title,date\na,Vigil,2024-07-01\nb,Walk,2024-07-03\n")
    import_(made, source)
    cells = table(made)
    assert (cells["a"]["venue"], cells["a"]["start"]) == ("The quay", "18:00")
    assert (cells["b"]["date"], cells["b"]["start"]) == ("2024-07-03", "19:00")
    # What it said of that column is still known.
    write(source, SOURCE.replace("The quay", "The pier"))
    import_(made, source)
    assert table(made)["a"]["venue"] == "The pier"


def test_a_row_that_an_editor_took_out_stays_out_until_the_source_is_to_count(
    made: Project, source: Path, capsys: Capture
) -> None:
    import_(made, source)
    file = made.content / "events.csv"
    write(file, b"".join(file.read_bytes().splitlines(keepends=True)[:2]))
    edit(file, "The quay", "The boathouse")
    capsys.readouterr()
    import_(made, source)
    assert (
        "left out Walk (b): its row was taken out of content/events.csv by hand; --overwrite brings it back"
        in (capsys.readouterr().out.splitlines())
    )
    assert list(table(made)) == ["a"]
    import_(made, source, overwrite=True)
    assert list(table(made)) == ["a", "b"]
    assert table(made)["a"]["venue"] == "The quay"


def test_without_a_baseline_what_is_empty_is_filled_and_what_differs_is_kept(
    made: Project, source: Path, capsys: Capture
) -> None:
    own = "title,date,start,venue,city\nVigil,2024-07-01,,The boathouse,Oakland\n"
    write(made.content / "events.csv", own)
    write(source, SOURCE.replace("id,", "").replace("a,V", "V").replace("b,W", "W"))
    import_(made, source)
    cells = table(made)["2024-07-01-vigil-oakland"]
    assert (cells["start"], cells["venue"]) == ("18:00", "The boathouse")
    assert "venue: 'The boathouse'; the source now says 'The quay'" in capsys.readouterr().out
    # From now on its id does not depend on its facts.
    assert cells["id"] == "2024-07-01-vigil-oakland"


def test_coordinates_that_were_looked_up_follow_the_place_and_others_stay(
    made: Project, source: Path
) -> None:
    import_(made, source)
    edit(made.content / "events.csv", "37.7806,-122.2166", "37.8,-122.2")
    write(source, SOURCE.replace("Oakland,CA,94601", "Los Angeles,CA,90012"))
    import_(made, source)
    assert table(made)["a"]["latitude"] == "37.8"
    assert table(made)["b"]["latitude"].startswith("34.0")
    write(source, SOURCE.replace("Oakland,CA,94601", "Nowhere,CA,"))
    import_(made, source)
    assert "latitude" not in table(made)["b"]


def test_a_zone_that_was_looked_up_follows_the_place_and_counts(
    made: Project, source: Path, capsys: Capture
) -> None:
    import_(made, source)
    edit(made.content / "events.csv", "America/Los_Angeles", "America/New_York")
    write(source, SOURCE.replace("Oakland,CA,94601", "Boise,ID,83702"))
    capsys.readouterr()
    import_(made, source)
    cells = table(made)
    # What an editor wrote stays, and is told.
    assert (cells["a"]["timezone"], cells["b"]["timezone"]) == ("America/New_York", "America/Boise")
    said = capsys.readouterr().out
    assert "           timezone: 'America/Los_Angeles' → 'America/Boise'\n" in said
    assert (
        "zone     Vigil (a): its timezone is America/New_York, but its place is in America/Boise;"
        " correct one of them\n"
    ) in said


def test_an_event_in_the_campaigns_own_zone_needs_none(made: Project, source: Path) -> None:
    edit(made.content / "campaign.md", "Europe/London", "America/Los_Angeles")
    import_(made, source)
    assert "timezone" not in table(made)["a"]


def test_a_row_that_got_its_zone_later_counts_the_change(made: Project, source: Path) -> None:
    write(
        made.content / "events.csv",
        SOURCE.replace("zip", "postal_code,country").replace("94601", "94601,US"),
    )
    import_(made, source)
    assert table(made)["a"]["timezone"] == "America/Los_Angeles"
    assert table(made)["a"]["sequence"] == "1"


# Gone


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


# Mistakes


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


# Asking


class Terminal(StringIO):
    """The answers of an editor."""

    def isatty(self) -> bool:
        return True


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


# Writing


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


# Locating


@pytest.mark.parametrize("text", [",", '""', "sep=;", "sep=;\n;;\n", " \n,,\n", '\ufeff"";""\r\n'])
def test_a_table_without_a_filled_cell_counts_as_empty(
    made: Project, source: Path, capsys: Capture, text: str
) -> None:
    file = write(made.content / "events.csv", text)
    assert locate.run(made) == 0
    assert file.read_bytes() == text.encode()
    assert import_(made, source) == 0
    assert list(table(made)) == ["a", "b"]
    assert locate.run(made) == 0
    assert capsys.readouterr().out.splitlines()[-1].startswith("0 events located")


def test_no_event_gives_github_a_command(made: Project, source: Path, capsys: Capture) -> None:
    write(source, 'id,title,date,city,country\na,"A\n::error::B",2024-07-01,"X\n::C",XX\n')
    assert import_(made, source) == 2
    write(
        made.content / "events.csv",
        'title,date,city,region,country\n"A\n::error::B",2024-07-01,X,Y,US\n',
    )
    locate.run(made)
    out, err = capsys.readouterr()
    assert "A ::error::B" in out
    assert not [line for line in (out + err).splitlines() if line.lstrip().startswith("::")]


def test_locate_fills_in_what_is_known_and_tells_the_rest(made: Project, capsys: Capture) -> None:
    own = (
        "title;date;online;city;region;postal_code;country;latitude;longitude;updated\r\n"
        "By ZIP;2024-07-01;;;;94601;US;;;\r\n"
        'By city;2024-07-01;no;"Oakland"; CA ;;US;;;2024-06-01\r\n'
        "By hand;2024-07-01;;Oakland;CA;;US;1.5;2.5;\r\n"
        "Online;2024-07-01;yes;;;;;;;\r\n"
        "Abroad;2024-07-01;;Linz;;;AT;;;\r\n"
    )
    file = write(made.content / "events.csv", own.encode("utf-8-sig"))
    edit(made.content / "campaign.md", "Europe/London", "America/Los_Angeles")
    assert locate.run(made) == 0
    assert capsys.readouterr().out.splitlines() == [
        (
            "content/events.csv:6: Abroad: only places in the United States are known here,"
            " and the country is AT; write latitude and longitude yourself"
        ),
        "2 events located in content/events.csv, 1 not known.",
    ]
    written = file.read_bytes().decode("utf-8-sig")
    latitude, longitude = (
        table(made)["2024-07-01-by-city-oakland"]["latitude"],
        table(made)["2024-07-01-by-city-oakland"]["longitude"],
    )
    now = "2024-06-15T12:00:00Z"
    assert written == own.replace("94601;US;;;", f"94601;US;37.7806;-122.2166;{now}").replace(
        '"Oakland"; CA ;;US;;;2024-06-01', f'"Oakland"; CA ;;US;{latitude};{longitude};{now}'
    )
    before = file.read_bytes()
    assert locate.run(made) == 0
    assert file.read_bytes() == before


def test_locate_adds_the_columns_where_they_are_missing(made: Project) -> None:
    file = write(
        made.content / "events.csv", "title,date,country,postal_code\nA,2024-07-01,US,94601\n"
    )
    assert run(made, "invoke", "locate").returncode == 0
    assert file.read_text() == (
        "title,date,country,postal_code,latitude,longitude,timezone,updated\n"
        "A,2024-07-01,US,94601,37.7806,-122.2166,America/Los_Angeles,2024-06-15T12:00:00Z\n"
    )


def test_locate_counts_a_revision_only_where_the_moment_of_an_event_changes(made: Project) -> None:
    write(
        made.content / "events.csv",
        "id,title,date,start,postal_code,country,timezone,latitude,longitude,updated,sequence\n"
        "moved,A,2024-07-01,18:00,94601,US,,1.5,2.5,2024-06-01,2\n"
        "day,A,2024-07-01,,94601,US,,,,,2\n"
        "placed,A,2024-07-01,18:00,94601,US,America/Los_Angeles,,,2024-06-01,2\n"
        "later,A,2024-07-01,18:00,94601,US,,,,2024-08-01,\n"
        "told,A,2024-07-01,18:00,94601,US,America/Los_Angeles,1.5,2.5,2024-06-01,2\n"
        "file,,,,94601,US,,,,,\n",
    )
    write(
        made.content / "events/file.md",
        "---\ntitle: B\ndate: 2024-07-01\nstart: 18:00\n---\nText\n",
    )
    assert locate.run(made) == 0
    counted = {
        name: (cells.get("sequence"), cells.get("updated")) for name, cells in table(made).items()
    }
    now = "2024-06-15T12:00:00Z"
    assert counted == {
        "moved": ("3", now),
        "day": ("2", now),
        "placed": ("2", now),
        "later": ("1", "2024-08-01T00:00:00Z"),
        "told": ("2", "2024-06-01"),
        "file": ("1", now),
    }
    before = (made.content / "events.csv").read_bytes()
    assert locate.run(made) == 0
    assert (made.content / "events.csv").read_bytes() == before


def test_coordinates_alone_are_no_revision_that_an_import_counts(
    made: Project, source: Path
) -> None:
    assert import_(made, source) == 0
    known = table(made)["a"]
    file = made.content / "events.csv"
    written = file.read_text("utf-8-sig")
    point = f"{known['latitude']},{known['longitude']}"
    assert point in written
    write(file, written.replace(point, ",", 1).replace("2024-06-15T12:00:00Z", "2024-06-01"))
    assert import_(made, source) == 0
    assert table(made)["a"] == known


def test_locate_tells_what_moves_a_time_and_mends_a_short_zip_code(
    made: Project, capsys: Capture
) -> None:
    write(
        made.content / "events.csv",
        "title,date,city,region,postal_code,country,timezone,latitude,longitude\n"
        "By hand,2024-07-01,Oakland,CA,,US,,1.5,2.5\n"
        "Short,2024-07-01,,NH,3301,US,America/New_York,,\n"
        "Reno,2024-07-01,Reno,NV,,US,America/Chicago,1.5,2.5\n",
    )
    assert locate.run(made) == 0
    assert capsys.readouterr().out.splitlines() == [
        "content/events.csv:2: By hand: timezone: nothing → 'America/Los_Angeles'",
        "content/events.csv:3: Short: postal_code: '3301' → '03301'",
        (
            "content/events.csv:4: Reno: its timezone is America/Chicago, but its place is in"
            " America/Los_Angeles; correct one of them"
        ),
        "1 event located in content/events.csv, 0 not known.",
    ]
    cells = table(made)
    assert cells["2024-07-01-by-hand-oakland"]["timezone"] == "America/Los_Angeles"
    assert cells["2024-07-01-short"]["postal_code"] == "03301"


def test_locate_makes_no_table_where_there_is_none(made: Project) -> None:
    assert locate.run(made) == 0
    assert not (made.content / "events.csv").exists()


@pytest.mark.parametrize("text", ["title,dat\nA,B\n", "title,date\nA\n"])
def test_locate_leaves_a_table_that_it_cannot_read(made: Project, text: str) -> None:
    file = write(made.content / "events.csv", text)
    assert locate.run(made) == 2
    assert file.read_text() == text


# Loading


@pytest.mark.parametrize("command", ["check", "build"])
def test_neither_check_nor_build_loads_what_only_an_import_needs(
    made: Project, command: str
) -> None:
    write(made.content / "events.csv", "title,date,postal_code,country\nA,7/31/2024,94601,US\n")
    code = f"""
import json, sys
from pathlib import Path
from campaign.build.project import Project
from campaign.commands import {command}
assert {command}.run(Project(Path("{made.root}"))) == 0
print(json.dumps([name for name in sys.modules if name.split(".")[0] in ("zipcodes", "icalendar")
                  or name.startswith("campaign.importing")]))
"""
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=made.root, check=True, capture_output=True, text=True
    )
    assert json.loads(done.stdout.splitlines()[-1]) == []
