"""The folders and files of one campaign's project."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from campaign.support import cache


@dataclass(frozen=True)
class Project:
    """The folders and files of one campaign's project."""

    root: Path

    @property
    def content(self) -> Path:
        """The folder that editors write in."""
        return self.root / "content"

    @property
    def theme(self) -> Path:
        """How it looks."""
        return self.root / "theme"

    @property
    def output(self) -> Path:
        """The finished site."""
        return self.root / "output"

    @property
    def cache(self) -> Path | None:
        """The folder of what a build keeps for the next one, which can do without."""
        return cache.folder(self.root)

    def settings(self, *, publish: bool) -> Path:
        """Return Pelican's settings file for a preview or for publishing."""
        return self.root / ("publishconf.py" if publish else "pelicanconf.py")
