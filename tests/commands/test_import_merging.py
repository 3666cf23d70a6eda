"""Changes of the source are taken over, and those of an editor stay."""

import os
import shutil
from pathlib import Path

from campaign.build.project import Project
from tests.commands.imports import IMPORTS, SOURCE, Capture, import_, table
from tests.projects import edit, snapshot, write


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
