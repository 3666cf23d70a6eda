"""Shared parts of the tests beside this file."""

from collections.abc import Mapping
from datetime import UTC, datetime

from campaign.importing import ical, mobilize, spreadsheet
from campaign.importing.gazetteer import find_place
from campaign.importing.source import Context, Source
from tests.projects import ROOT

IMPORTS = ROOT / "tests" / "imports"


CHANGED = datetime(2024, 6, 2, 10, tzinfo=UTC)


VIENNA = "Europe/Vienna"


# Whatever is of people in the sources there.
PEOPLE = ("pat", "sam", "doe", "people.example", "555", "elm st", "39.8001", "meet.sleepers")


CONTACTS = (
    "mail addresses and telephone numbers in texts; add to the table those that are to be public"
)


def zone_of(cells: Mapping[str, str]) -> str:
    """Return a place's zone as the command does."""
    return find_place(cells).get("timezone", "")


def read(name: str) -> Source:
    data = (IMPORTS / name).read_bytes()
    if name.endswith(".csv"):
        return spreadsheet.read(data, Context(name))
    if name.endswith(".ics"):
        return ical.read(data, Context(name, VIENNA, zone_of))
    return mobilize.read(data, Context(name, VIENNA, zone_of))


def calendar(*events: str) -> bytes:
    """Make a calendar of events by their properties."""
    whole = "".join(f"BEGIN:VEVENT\n{properties}\nEND:VEVENT\n" for properties in events)
    return f"BEGIN:VCALENDAR\nVERSION:2.0\n\n{whole}END:VCALENDAR\n".replace("\n\n", "\n").encode()


def told(source: Source) -> list[str]:
    return [str(problem) for problem in source.problems]
