"""The formats that can be imported."""

from pathlib import Path

from campaign.importing.registry import IMPORTERS, described, find_importer, suffixes
from campaign.importing.source import Context


def test_a_file_is_read_by_the_importer_of_its_ending(tmp_path: Path) -> None:
    for importer in IMPORTERS:
        for suffix in importer.suffixes:
            assert find_importer(tmp_path / f"events{suffix.upper()}") is importer
        assert importer.read(b"", Context("empty")).problems
    assert find_importer(tmp_path / "events.xlsx") is None


def test_sentences_name_every_format_once() -> None:
    assert suffixes() == ".csv, .ics and .json"
    assert described() == (
        "a spreadsheet (.csv), a calendar (.ics) or an export of the Mobilize API (.json)"
    )
