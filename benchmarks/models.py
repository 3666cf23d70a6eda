"""Our own files as templates of other generators: equal files, made by each in its own way.

What our files show of an event is known here in every form, a day as `2018-06-01` and as `Friday,
June 1, 2018`. Each form becomes an expression of the other generator; all else stands in its
templates as it is. So what all pages share costs the others nothing.
"""

import json
import re
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from html import unescape
from urllib.parse import quote, unquote
from zoneinfo import ZoneInfo

from benchmarks.events import REGIONS, Sample
from benchmarks.generator import Generator

#: What a page's text, and the ways to the other pages of a list, leave in the templates.
GAP = "\0"
#: The ways to the other pages of a list: `previous` and `next` are each a link or nothing.
WAYS = (
    '<nav class="sequel" aria-label="Pages of this list"><p>Page {number} of {last}</p>'
    '<ul class="sequel-ways">{previous}{next}</ul></nav>'
)
PREVIOUS = '<li><a href="{address}" rel="prev">Previous page</a></li>'
NEXT = '<li class="sequel-next"><a href="{address}" rel="next">Next page</a></li>'

#: What a calendar ends with, and what stands before and after the features of a GeoJSON file.
CALENDAR_TAIL = "END:VCALENDAR\r\n"
FEATURES_HEAD = '{"type":"FeatureCollection","features":[\n'
FEATURES_TAIL = "\n]}\n"

#: What stands in our files as it does in the cells.
PLAIN = ("address", "postal_code", "latitude", "longitude", "organiser", "sign_up", "source")

#: How many digits coordinates have after the point, on maps and in calendars.
DIGITS = (5, 6)

Writer = Callable[[str], str]


@dataclass(frozen=True)
class Pieces:
    """Pieces of our files: of one event, and of a list under whose days its events stand.

    `calendar` is that part of a calendar which is an event's, as `feature` is of the GeoJSON. `page`
    has a gap for the text, `list_tail` one for the ways to the other pages.
    """

    page: str
    calendar_head: str
    calendar: str
    calendars_head: str
    feature: str
    list_head: str
    day_head: str
    item: str
    day_tail: str
    list_tail: str

    def written(self, of_event: Writer, of_list: Writer) -> "Pieces":
        """Return the pieces as templates, as the writers of what is an event's and of what is a list's make them."""
        return Pieces(
            of_event(self.page),
            of_event(self.calendar_head),
            of_event(self.calendar),
            of_list(self.calendars_head),
            of_event(self.feature),
            of_list(self.list_head),
            of_event(self.day_head),
            of_event(self.item),
            self.day_tail,
            of_list(self.list_tail),
        )


def read(site: Generator, event: Sample) -> Pieces:
    """Read the pieces in our own site, which is built; the event is the first of its day and of its place."""
    page = site.page(event).read_text(encoding="utf-8")
    # Up to the end of the box that holds the text.
    page, boxes = re.subn(
        r'(<div class="prose">).*?(</div>)', rf"\1{GAP}\2", page, count=1, flags=re.DOTALL
    )
    if not boxes:
        sys.exit("An event's page has no text where the benchmark looks for it.")
    path = site.events / "in" / forms(event)["place"]
    head, calendar, _ = re.split(
        r"(BEGIN:VEVENT.*?END:VEVENT\r\n)",
        unfolded(site.calendar(event).read_bytes()),
        flags=re.DOTALL,
    )
    heads = unfolded((path / "events.ics").read_bytes()).partition("BEGIN:VEVENT")[0]
    feature = (site.events / "events.json").read_text(encoding="utf-8").split("\n")[1].rstrip(",")
    pieces = _list_pieces((path / "index.html").read_text(encoding="utf-8"))
    return Pieces(page, head, calendar, heads, feature, *pieces)


def _list_pieces(page: str) -> tuple[str, str, str, str, str]:
    """Cut a list into what stands before its days, before the events of a day, an event, and what ends both."""
    days = list(re.finditer(r'<section class="ledger" data-day.*?</section>\s*', page, re.DOTALL))
    items = list(re.finditer(r'<li class="event".*?</li>\s*', days[0][0], re.DOTALL))
    tail = page[days[-1].end() :]
    tail, ways = re.subn(r'<nav class="sequel".*?</nav>', GAP, tail, flags=re.DOTALL)
    return (
        page[: days[0].start()],
        days[0][0][: items[0].start()],
        items[0][0],
        days[0][0][items[-1].end() :],
        tail if ways else tail.replace("</main>", f"{GAP}</main>"),
    )


def forms(event: Sample) -> dict[str, str]:
    """Return what our files show of an event, by the names of the forms."""
    cells = event.cells
    begin, end = (
        datetime.fromisoformat(f"{cells['date']}T{cells[name]}").replace(
            tzinfo=ZoneInfo(cells["timezone"])
        )
        for name in ("start", "end")
    )
    return {
        "id": event.id,
        "title": cells["title"],
        "venue": cells["venue"],
        "city": cells["city"],
        "region": cells["region"],
        **{name: cells[name] for name in PLAIN},
        **{
            f"{name}_{digits}": f"{float(cells[name]):.{digits}f}"
            for name in ("latitude", "longitude")
            for digits in DIGITS
        },
        "region_name": REGIONS[cells["region"]],
        "place": f"us/{cells['region'].lower()}",
        "zone": cells["timezone"],
        "long_day": f"{begin:%A, %B} {begin.day}, {begin.year}",
        "day": cells["date"],
        **_times("start", begin),
        **_times("end", end),
        **_told(event.told),
    }


def _told(text: str) -> dict[str, str]:
    """Return the text of an event without its marks: whole, its beginning, and as each format escapes it."""
    return {
        "told": text,
        "told_first": text.partition("\n\n")[0],
        "told_html": text.replace("\n", "<br>"),
        "told_json": json.dumps(text)[1:-1],
        "told_calendar": text.replace(",", "\\,").replace("\n", "\\n"),
    }


def _times(name: str, moment: datetime) -> dict[str, str]:
    return {
        name: moment.isoformat(),
        f"{name}_time": f"{moment:%H:%M}",
        f"{name}_clock": f"{moment.hour % 12 or 12}:{moment:%M}\N{NO-BREAK SPACE}{moment:%p}",
        f"{name}_local": f"{moment:%Y%m%dT%H%M%S}",
        f"{name}_utc": f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}",
        f"{name}_moment": moment.astimezone(UTC).isoformat(),
        f"{name}_zulu": f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}",
    }


def list_forms(event: Sample) -> dict[str, str]:
    """Return what the list of an event's place shows of itself, but for the number of its events."""
    known = forms(event)
    return {
        "path": f"events/in/{known['place']}/",
        "name": f"Events in {known['region_name']}, United States",
    }


def writer(
    known: Mapping[str, str], expressions: Mapping[str, str], encoded: Mapping[str, str]
) -> Writer:
    """Return what writes templates, by the expression of each form that is known, and of its percent-encoding."""
    found: dict[str, str] = {}
    for name, text in known.items():
        found.setdefault(text, expressions[name])
        found.setdefault(quote(text, safe=""), encoded[name])
    # A long text first: the title names the city too.
    texts = sorted(found, key=len, reverse=True)
    # A word of its own, or after a sign in percent-encoding.
    begins = r"(?:(?<![A-Za-z0-9])|(?<=%[0-9A-F]{2}))"
    pattern = re.compile(f"{begins}(?:{'|'.join(map(re.escape, texts))})(?![A-Za-z0-9])")
    return lambda text: pattern.sub(lambda match: found[match[0]], text)


def unfolded(calendar: bytes) -> str:
    """Return a calendar with whole lines (RFC 5545, section 3.1)."""
    return calendar.replace(b"\r\n ", b"").decode()


def normal(page: str) -> str:
    """Return a page as every way to write the same HTML has it, for a comparison; ids of headings left out."""
    text = re.sub(r"<(h[2-6]) id=\"[^\"]*\">", r"<\1>", unescape(unquote(page)).replace("\\/", "/"))
    return re.sub(r"\s*([<>])\s*", r"\1", " ".join(text.split()))
