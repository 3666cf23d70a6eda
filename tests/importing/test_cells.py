"""Cells as the table has them, lasting ids, and what is remembered of a source."""

from pathlib import Path

import pytest

from campaign.importing.baseline import Baseline, Entry, source_name
from campaign.importing.source import lasting_id, normalize


def test_words_for_the_same_are_written_as_the_table_has_them() -> None:
    assert normalize(
        {
            "country": "usa",
            "region": "California",
            "online": "In person",
            "status": "Canceled",
            "title": " A \n B ",
        }
    ) == {"country": "US", "region": "CA", "online": "no", "status": "cancelled", "title": "A B"}
    assert normalize({"region": "Tyrol", "country": "Austria", "status": "TENTATIVE"}) == {
        "region": "Tyrol",
        "country": "AT",
    }
    assert normalize({"region": "ca", "city": ""}) == {"region": "CA", "country": "US"}


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        ({"region": "NH", "postal_code": "3301"}, "03301"),
        ({"country": "PR", "postal_code": "901"}, "00901"),
        ({"country": "AT", "postal_code": "1010"}, "1010"),
        ({"postal_code": "3301"}, "3301"),
    ],
)
def test_a_zip_code_gets_back_the_zeros_that_a_spreadsheet_took(
    cells: dict[str, str], code: str
) -> None:
    assert normalize(cells)["postal_code"] == code


@pytest.mark.parametrize(
    ("typed", "link"),
    [
        ("www.example.org/b", "https://www.example.org/b"),
        ("example.org/rsvp", "https://example.org/rsvp"),
        *((text, text) for text in ("http://example.org", "TBD", "see below.", "javascript:a.b")),
    ],
)
def test_a_link_gets_the_beginning_that_people_leave_out(typed: str, link: str) -> None:
    assert normalize({"sign_up": typed}) == {"sign_up": link}


def test_an_id_fits_into_an_address() -> None:
    assert lasting_id("Ab@c.example", {}) == "ab-c-example"
    assert lasting_id("", {"title": "Vigil", "date": "2024-06-14"}) == "2024-06-14-vigil"
    one, other = (lasting_id("x" * 200 + end, {}) for end in "ab")
    assert len(one) == len(other) == 100
    assert one != other


@pytest.mark.parametrize(
    ("file", "name"),
    [
        ("events.json", "events.json"),
        ("Events (3).json", "events.json"),
        ("events copy 2.ics", "events.ics"),
        ("events-2024-06-14.csv", "events.csv"),
        ("export_20240614_1830.csv", "export.csv"),
        ("district-12.csv", "district-12.csv"),
        ("2024-06-14.csv", "events.csv"),
    ],
)
def test_a_source_is_known_by_its_file_whenever_it_was_downloaded(file: str, name: str) -> None:
    assert source_name(Path(file)) == name


def test_a_baseline_is_read_back() -> None:
    baseline = Baseline({"b": Entry("a.csv", {"title": "Café"}), "a": Entry("b.ics", {})})
    assert Baseline.decode(baseline.encode()).entries == baseline.entries
    assert Baseline.decode(b"").entries == {}


@pytest.mark.parametrize(
    "data",
    [b"{", b"[]", b'{"version": 2, "events": {}}', b'{"version": 1, "events": {"a": 1}}', b"\xff"],
)
def test_what_is_no_baseline_is_told(data: bytes) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 (of any kind)
        Baseline.decode(data)
