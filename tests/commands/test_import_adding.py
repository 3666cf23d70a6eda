"""New events of a source become rows of the table."""

import os
from pathlib import Path

import pytest

from campaign.build.project import Project
from campaign.commands import check
from tests.commands.imports import IMPORTS, Capture, import_, table
from tests.projects import snapshot, write


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
