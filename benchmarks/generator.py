"""A generator that is compared: its site, how that is built, and what comes out."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.events import Sample

ROOT = Path(__file__).resolve().parent.parent
#: The user's cache folder of each build, from its site's folder.
CACHE = "../cache"


@dataclass(frozen=True)
class Generator:
    """A generator with its site: the command that builds it, where the pages are, what builds keep.

    `source` is the file that is changed: the one that holds the first event, or a page; `letter` that
    of a text which no event shows. `data` says whether it makes calendars and GeoJSON beside the pages.
    """

    name: str
    version: str
    folder: Path
    command: Sequence[str]
    output: str
    source: str
    kept: tuple[str, ...] = ()
    data: bool = True
    letter: str = ""

    @property
    def title(self) -> str:
        """Its name and version."""
        return f"{self.name} {self.version}".strip()

    @property
    def events(self) -> Path:
        """The folder of all that was built of events."""
        return self.folder / self.output / "events"

    def page(self, event: Sample) -> Path:
        """Return the file of an event's page."""
        return self.events / event.id / "index.html"

    def calendar(self, event: Sample) -> Path:
        """Return the calendar file of an event, whatever its name; a page has one at most."""
        folder = self.page(event).parent
        return next(folder.glob("*.ics"), folder / "none.ics")

    def lists(self) -> Iterator[Path]:
        """Yield the pages that list events."""
        for file in sorted(self.events.rglob("index.html")):
            if '<li class="event"' in file.read_text(encoding="utf-8"):
                yield file
