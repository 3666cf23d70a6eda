"""Whether another generator has made files equal to ours; a comparison of their times would be void else."""

import json
import re
import sys
from collections.abc import Callable, Sequence
from functools import partial
from random import Random

from benchmarks.events import Sample
from benchmarks.generator import Generator
from benchmarks.models import normal, unfolded

#: Of so many events, chosen by chance, pages and calendars are compared; of all others that they are there.
COMPARED = 100

# What is compared of a site, by the name under which a difference is told.
Part = dict[str, str]


def check_equal(ours: Generator, other: Generator, samples: Sequence[Sample]) -> None:
    """End the benchmark where the other generator's files tell more, less or other than ours."""
    chosen = Random(0).sample(samples, min(COMPARED, len(samples)))  # noqa: S311 (no secret)
    parts: list[Callable[[Generator], Part]] = [
        partial(_names, pattern="*-gathering-*/index.html"),
        partial(_pages, chosen=chosen),
        _lists,
    ]
    if other.data:
        calendars = partial(_names, pattern="*-gathering-*/*.ics")
        parts += [calendars, partial(_calendars, chosen=chosen), _features]
    for part in parts:
        mine, its = part(ours), part(other)
        for name in sorted(mine.keys() | its.keys()):
            one, two = mine.get(name, _NOTHING), its.get(name, _NOTHING)
            if one != two:
                sys.exit(f"{other.name} differs in {name}:\n{_first_difference(one, two)}")


_NOTHING = "(nothing)"


def _first_difference(one: str, two: str) -> str:
    """Return two texts, a line each, from shortly before where they differ."""
    ends = (at for at, pair in enumerate(zip(one, two, strict=False)) if pair[0] != pair[1])
    start = next(ends, min(len(one), len(two)))
    place = slice(max(0, start - 60), start + 60)
    return f"{one[place]}\n{two[place]}"


def _names(site: Generator, pattern: str) -> Part:
    """Return the events that have a file of a kind."""
    return {file.parent.name: f"has {pattern}" for file in site.events.glob(pattern)}


def _pages(site: Generator, chosen: Sequence[Sample]) -> Part:
    pages = (site.page(event) for event in chosen)
    return {page.parent.name: normal(page.read_text(encoding="utf-8")) for page in pages}


def _lists(site: Generator) -> Part:
    """Return the events of each page of a list as it shows them."""
    found = {}
    for page in site.lists():
        items = re.findall(r'<li class="event".*?</li>', page.read_text("utf-8"), re.DOTALL)
        found[page.relative_to(site.events).as_posix()] = normal("\n".join(items))
    return found


def _calendars(site: Generator, chosen: Sequence[Sample]) -> Part:
    """Return the events of some events' calendars, and of all lists'.

    What stands before them are time zones, here those of the templates' own place.
    """
    files = {event.id: site.calendar(event) for event in chosen}
    files |= {
        file.relative_to(site.events).as_posix(): file for file in site.events.rglob("events.ics")
    }
    return {
        name: "\n".join(unfolded(file.read_bytes()).partition("BEGIN:VEVENT")[2].split())
        for name, file in files.items()
    }


def _features(site: Generator) -> Part:
    """Return all events of the GeoJSON."""
    data = json.loads((site.events / "events.json").read_text(encoding="utf-8"))
    return {it["id"]: json.dumps(it, sort_keys=True) for it in data["features"]}
