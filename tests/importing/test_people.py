"""Nothing of people is taken over from a source."""

import pytest

from campaign.importing.texts import without_contacts
from tests.importing.sources import IMPORTS, PEOPLE, read


@pytest.mark.parametrize("name", ["calendar.ics", "mobilize.json", "signups.csv"])
def test_nothing_by_which_a_person_is_named_or_reached_is_taken_over(name: str) -> None:
    source = read(name)
    assert source.events
    taken = " ".join(
        f"{event.id} {cell}" for event in source.events.values() for cell in event.cells.values()
    ).lower()
    raw = (IMPORTS / name).read_text(encoding="utf-8").lower()
    assert any(word in raw for word in PEOPLE)
    assert [word for word in PEOPLE if word in taken] == []


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Write to pat.doe+x@people.example.", "Write to …."),
        ("mailto:pat@people.example", "…"),
        ("Call 213-555-0123, (213) 555 0123 or +43 1 5550123!", "Call …, … or …!"),
        ("On 2024-06-14 at 18:00, 1300 Pennsylvania Ave, 94601-1234", None),
        ("https://example.org/213-555-0123?day=213.555.0123", None),
        ("@sleepers and A&B", None),
    ],
)
def test_addresses_and_numbers_are_left_out_of_texts(text: str, left: str | None) -> None:
    assert without_contacts(text) == (text if left is None else left)
