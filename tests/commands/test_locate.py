"""Coordinates and zones of places that are known."""

from pathlib import Path

import pytest

from campaign.build.project import Project
from campaign.commands import locate
from tests.commands.imports import Capture, import_, table
from tests.projects import edit, run, write


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
