"""The formats that events are imported from: one module each, found by how a file's name ends."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from importlib import import_module
from pathlib import PurePath
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # every command knows the registry, and few import events
    from campaign.importing.source import Context, Source


@dataclass(frozen=True)
class Importer:
    """A format: what a sentence calls it, and how its files' names end, the usual ending first.

    It is read by the function `read` of the module of its name, which is imported when it is called.
    """

    module: str
    called: str
    suffixes: tuple[str, ...]

    def read(self, data: bytes, context: Context) -> Source:
        """Read a file."""
        source: Source = import_module(f"campaign.importing.{self.module}").read(data, context)
        return source


IMPORTERS: tuple[Importer, ...] = (
    Importer("spreadsheet", "a spreadsheet", (".csv", ".tsv", ".txt")),
    Importer("ical", "a calendar", (".ics",)),
    Importer("mobilize", "an export of the Mobilize API", (".json",)),
)


def find_importer(file: PurePath) -> Importer | None:
    """Return the importer of a file, None where there is none."""
    suffix = file.suffix.lower()
    return next((importer for importer in IMPORTERS if suffix in importer.suffixes), None)


def described() -> str:
    """Return what can be imported, as a sentence has it: "a spreadsheet (.csv), a calendar (.ics) or …"."""
    return _listed(f"{it.called} ({it.suffixes[0]})" for it in IMPORTERS)


def suffixes() -> str:
    """Return how files that can be imported end, as a sentence has it: ".csv, .ics and .json"."""
    return _listed((it.suffixes[0] for it in IMPORTERS), "and")


def _listed(names: Iterable[str], last: str = "or") -> str:
    *first, final = names
    return f"{', '.join(first)} {last} {final}"
