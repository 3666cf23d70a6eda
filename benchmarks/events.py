"""Events that nobody holds: as many as a benchmark asks for, no two texts alike, and the same in every run."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

#: The day on which every site is built; all events are to come.
TODAY = date(2018, 5, 31)
#: City, region, zone, the first part of its ZIP codes, and a point in it, in degrees north and east.
PLACES = (
    ("Chicago", "IL", "America/Chicago", "606", 41.8819, -87.6278),
    ("New York", "NY", "America/New_York", "100", 40.7128, -74.0059),
    ("Los Angeles", "CA", "America/Los_Angeles", "900", 34.0522, -118.2437),
    ("Denver", "CO", "America/Denver", "802", 39.7392, -104.9903),
    ("Atlanta", "GA", "America/New_York", "303", 33.7488, -84.3877),
    ("Seattle", "WA", "America/Los_Angeles", "981", 47.6062, -122.3321),
)
SENTENCES = (
    "We meet at the fountain and walk together to the courthouse, slowly, so that everyone can keep up.",
    "Bring water, a hat and a picture of someone you love.",
    "There will be songs, a few words from neighbors, and a minute of silence.",
    "Children are welcome, and there is shade and a place to sit for all who need it.",
    "We end at the steps, and nobody goes home alone.",
    "If it rains we gather in the hall across the street, which has a ramp and a wide door.",
    "Volunteers in green vests know the way, and help with whatever you carry.",
    "A choir from the school nearby sings first, and then everyone who likes to.",
)
#: The regions' names, which pages show in full.
REGIONS = {
    "IL": "Illinois",
    "NY": "New York",
    "CA": "California",
    "CO": "Colorado",
    "GA": "Georgia",
    "WA": "Washington",
}
COLUMNS = (
    "title", "date", "start", "end", "timezone", "venue", "address", "city", "region",
    "postal_code", "country", "latitude", "longitude", "organiser", "sign_up", "source",
)  # fmt: skip


@dataclass(frozen=True)
class Sample:
    """One event: its cells by the names of the columns, and its text in Markdown."""

    cells: dict[str, str]
    text: str

    @property
    def id(self) -> str:
        """The name that we make of date and title, under which every generator publishes it."""
        return f"{self.cells['date']}-{self.cells['title'].lower().replace(' ', '-')}"

    @property
    def told(self) -> str:
        """The text without its marks, as calendars show it."""
        return re.sub(r"\*|## |\[|\]\([^)]*\)", "", self.text)


def samples(count: int, *, stories: bool) -> Iterator[Sample]:
    """Yield so many events, spread over half a year and the places.

    Each has a plain description of some 60 words, or a story of some 150 with a few marks.
    """
    for number in range(count):
        text = _story(number) if stories else _description(number)
        yield Sample(dict(zip(COLUMNS, _cells(number), strict=True)), text)


def _cells(number: int) -> Iterator[str]:
    city, region, zone, codes, north, east = PLACES[number % len(PLACES)]
    # By day, time and title, as every generator sorts them, they stand in one order.
    yield f"Gathering {number:05} in {city}"
    yield str(TODAY + timedelta(days=1 + number % 180))
    yield f"{9 + number % 9:02}:30"
    yield f"{11 + number % 9:02}:00"
    yield from (zone, "City Hall", f"{number + 1} Fountain Road", city, region)
    yield f"{codes}{number % 100:02}"
    yield "US"
    # No two events are in one point, and none is far from its city.
    yield str(round(north + number % 97 / 1000, 4))
    yield str(round(east - number % 89 / 1000, 4))
    yield f"Neighbors of District {number}"
    yield f"https://example.org/join/{number}"
    yield f"https://example.org/news/{number}"


def table(events: Iterable[Sample]) -> str:
    """Return events as a CSV file."""
    rows = [",".join([*event.cells.values(), f'"{event.text}"']) for event in events]
    return "\n".join([",".join([*COLUMNS, "description"]), *rows]) + "\n"


def file(event: Sample) -> str:
    """Return an event as a Markdown file."""
    fields = [f'{name}: "{value}"' for name, value in event.cells.items()]
    return "\n".join(["---", *fields, "---", "", event.text, ""])


def _description(number: int) -> str:
    chosen = Random(number).sample(SENTENCES, 4)  # noqa: S311 (no secret)
    return f"Group {number} invites you. {' '.join(chosen)}"


def _story(number: int) -> str:
    one, two, three, *rest = Random(number).sample(SENTENCES, len(SENTENCES))  # noqa: S311 (no secret)
    return "\n\n".join(
        (
            f"Group **{number}** invites you. {one} {two}",
            f"## What to expect\n\n{three} *Please come early.* {' '.join(rest[:2])}",
            "- Water and a hat\n- A picture of someone you love\n- A friend, or two",
            f"{' '.join(rest[2:])} Read [the letter](/letter/) before you come.",
        )
    )
