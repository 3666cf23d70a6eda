"""The baseline of imports: what each source said of each event when it was last imported.

It is what tells an editor's change from the source's. It lies beside the table, as
`content/.imported.json`, where reading passes over it, and belongs under version control with
the table. It is written after the table: where an import ends between the two, the next one
finds that both say the same.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import PurePath

from campaign.content.text import slugify

NAME = ".imported.json"
_VERSION = 1


@dataclass(frozen=True)
class Entry:
    """A source's account of an event: the source's name, and cells without the empty ones.

    `cancelled` is true where the source no longer told of it, and it was marked as cancelled for that.
    """

    source: str
    cells: Mapping[str, str]
    cancelled: bool = False


@dataclass
class Baseline:
    """The entries by the events' ids."""

    entries: dict[str, Entry] = field(default_factory=dict)

    @classmethod
    def decode(cls, data: bytes) -> Baseline:
        """Read a baseline; one of no bytes is empty. Raises `ValueError` for what is none."""
        if not data:
            return cls()
        try:
            held = json.loads(data)
            if held["version"] != _VERSION:
                raise KeyError(held["version"])  # noqa: TRY301 (told below, like any other surprise)
            entries = {
                str(name): Entry(
                    str(it["source"]),
                    {str(column): str(cell) for column, cell in it["cells"].items()},
                    cancelled=bool(it.get("cancelled")),
                )
                for name, it in held["events"].items()
            }
        except (KeyError, TypeError, AttributeError, RecursionError) as error:
            message = "this is no baseline of imports"
            raise ValueError(message) from error
        return cls(entries)

    def encode(self) -> bytes:
        """Return its bytes, an event's cell a line, so that versions are compared easily."""
        events = {
            name: {
                "source": entry.source,
                "cells": dict(sorted(entry.cells.items())),
                **({"cancelled": True} if entry.cancelled else {}),
            }
            for name, entry in sorted(self.entries.items())
        }
        held = {"version": _VERSION, "events": events}
        return f"{json.dumps(held, ensure_ascii=False, indent=1)}\n".encode()

    def copy(self) -> Baseline:
        """Return a baseline that can be changed without this one."""
        return replace(self, entries=dict(self.entries))


def source_name(file: PurePath) -> str:
    """Return the name of a source by its file's, without what programs add to each download of it."""
    stem = re.sub(r"(\s*\([0-9]+\)|[ _-]+copy([ _-][0-9]+)?)$", "", file.stem, flags=re.IGNORECASE)
    stem = re.sub(
        r"[ _-]*[0-9]{4}[-_.]?[0-9]{2}[-_.]?[0-9]{2}([T _-]*[0-9]{2}[-_.:]?[0-9]{2}([-_.:]?[0-9]{2})?)?",
        "",
        stem,
    )
    return f"{slugify(stem) or 'events'}{file.suffix.lower()}"
