"""The lists of events as readers find them: today first, what came of the past, and small at any number of events."""

import gzip
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from random import Random

import pytest

from audit.examples import Renderer
from campaign import words
from campaign.build import assets
from campaign.build.templates import render
from campaign.content.model import Event
from campaign.routes import Site, routes
from campaign.routes.contexts import EventPage
from tests.conftest import MakeProject
from tests.pages import Page, read_pages
from tests.pages import words as said
from tests.projects import ROOT, build_site, write
from tests.samples import content, event

TEXTS = words.load(ROOT / "theme" / "translations", "en")
NOW = datetime(2024, 6, 15, 12, tzinfo=UTC)
COUNTRIES = [
    "CA",
    "MX",
    "GB",
    "IE",
    "FR",
    "DE",
    "AT",
    "CH",
    "IT",
    "ES",
    "PT",
    "NL",
    "BE",
    "DK",
    "SE",
    "NO",
    "FI",
    "PL",
    "AU",
    "NZ",
]
STATES = [f"{first}{second}" for first in "ACIKM" for second in "ABDEHLNRTY"]


def pages_of(project: MakeProject, *rows: str, header: str = "title,id,date") -> dict[str, Page]:
    """Build the smallest site with some events; it is June 15, 2024, at noon in UTC."""
    made = project("minimal")
    write(made.content / "events.csv", "\n".join([header, *rows]) + "\n")
    return read_pages(build_site(made))


def headings(page: Page) -> list[str]:
    (main,) = page.all("main")
    return [said(item) for item in main.iter() if item.tag in {"h1", "h2", "h3"}]


def test_today_and_tomorrow_are_called_so_and_come_first(project: MakeProject) -> None:
    pages = pages_of(
        project,
        "Vigil,vigil,2024-06-17",
        "March,march,2024-06-16",
        "Reading,reading,2024-06-15",
        "Picnic,picnic,2024-06-14",
    )
    assert headings(pages["/events/"])[-7:] == [
        "3 events to come",
        "Today, Saturday, June 15, 2024",
        "Tomorrow, Sunday, June 16, 2024",
        "Monday, June 17, 2024",
        "1 past event",
        "Friday, June 14, 2024",
        "In your calendar",
    ]
    assert "Reading Today, Saturday, June 15, 2024" in pages["/"].text


def test_when_everything_is_past_the_site_says_what_happened(project: MakeProject) -> None:
    pages = pages_of(
        project,
        "Vigil,vigil,2018-06-14,Seattle,WA,US,",
        "March,march,2018-06-30,Olympia,WA,US,",
        "Rally,rally,2018-06-30,Salem,OR,US,",
        "Picnic,picnic,2018-07-01,Salem,MA,US,cancelled",
        header="title,id,date,city,region,country,status",
    )
    happened = (
        "3 events took place in 3 cities, 2 states or regions, from June 14, 2018 to June 30, 2018."
    )
    for path in ("/", "/events/"):
        assert happened in pages[path].text, path
    assert headings(pages["/events/"])[-5:] == [
        "4 past events",
        "Sunday, July 1, 2018",
        "Saturday, June 30, 2018",
        "Thursday, June 14, 2018",
        "In your calendar",
    ]


def test_a_campaign_whose_events_were_all_cancelled_claims_nothing(project: MakeProject) -> None:
    pages = pages_of(project, "Vigil,vigil,2018-06-14,cancelled", header="title,id,date,status")
    assert "took place" not in pages["/"].text + pages["/events/"].text
    assert TEXTS.text("events_none_upcoming") in pages["/events/"].text


def test_a_day_leads_to_its_neighbours_and_an_event_to_its_lists(project: MakeProject) -> None:
    pages = pages_of(
        project,
        "Fair,fair,2024-07-01,2024-07-02,US,WA",
        "Vigil,vigil,2024-07-09,,US,",
        header="title,id,date,end_date,country,region",
    )
    day = pages["/events/on/2024-07-02/"]
    neighbours = {
        rel: [link.get("href") for link in day.all("a", rel=rel)] for rel in ("prev", "next")
    }
    assert neighbours == {
        "prev": ["/events/on/2024-07-01/"],
        "next": ["/events/on/2024-07-09/"],
    }
    assert "Monday, July 1, 2024 until Tuesday, July 2, 2024" in day.text
    assert {"/events/on/2024-07-01/", "/events/in/us/wa/"} <= set(pages["/events/fair/"].links)
    assert {"/events/on/2024-07-09/", "/events/in/us/"} <= set(pages["/events/vigil/"].links)
    assert {"/events/in/us/", "/events/in/us/wa/"} <= set(pages["/events/in/"].links)
    assert "/events/in/us/wa/" in pages["/events/in/us/"].links


def test_events_of_one_day_or_one_place_offer_no_choice(project: MakeProject) -> None:
    pages = pages_of(project, "Vigil,vigil,2024-07-01,US", header="title,id,date,country")
    assert {"/events/on/", "/events/in/", "/events/online/"}.isdisjoint(pages["/events/"].links)


# Many


def many() -> Iterator[Event]:
    """Yield a national day of action, made up: a third of it on one day, the rest over half a year."""
    random = Random(2018)  # noqa: S311 (the same each time)
    made = event(start="18:00", end="20:00", venue="The Old Library")
    for number in range(10_000):
        country = "US" if random.random() < 0.8 else random.choice(COUNTRIES)
        day = date(2024, 6, 1) + timedelta(random.randrange(180) if number % 3 else 60)
        yield replace(
            made,
            id=f"{day}-families-belong-together-{number}",
            title=f"Families Belong Together: the {random.choice(STATES)} vigil {number}",
            date=day,
            end_date=day + timedelta(1) if number % 40 == 0 else None,
            city=f"{random.choice('ABCDEFGHKLMNPRSTW')}town {random.randrange(700)}",
            region=random.choice(STATES) if country == "US" else None,
            country=country,
            online="mixed" if number % 10 == 0 else "no",
        )


@pytest.fixture(scope="module")
def lists() -> dict[str, str]:
    """The first two pages of each list of very many events, by address."""
    events = tuple(sorted(many(), key=lambda found: found.date))
    site = Site(content(events=events), TEXTS, NOW, lambda path: f"https://example.org{path}")
    templates = Renderer(ROOT / "theme").environment
    return {
        route.path: render(templates, route)
        for route in routes(site)
        if not isinstance(route.context, EventPage)
        and not re.search(r"/page/([3-9]|\d\d+)/", route.path)
    }


def gzipped(text: str) -> int:
    return len(gzip.compress(text.encode(), 9))


def test_no_list_grows_past_the_budget(lists: dict[str, str]) -> None:
    files = assets.make(ROOT / "theme").files
    for path, html in lists.items():
        used = [asset for asset in files if asset.path in html]
        styles = sum(gzipped(asset.text) for asset in used if asset.path.endswith(".css"))
        scripts = sum(gzipped(asset.text) for asset in used if asset.path.endswith(".js"))
        assert gzipped(html) + styles <= 14_000, path
        assert scripts <= 10_000, path


def test_each_of_very_many_days_and_places_is_two_links_away(lists: dict[str, str]) -> None:
    pages = {path: Page(path, html) for path, html in lists.items()}
    assert {"/events/on/", "/events/in/", "/events/online/"} <= set(pages["/events/"].links)
    days = {path for path in lists if re.fullmatch(r"/events/on/[\d-]+/", path)}
    assert len(days) == 181
    assert days <= set(pages["/events/on/"].links)
    places = {path for path in lists if re.fullmatch(r"/events/in/[a-z/]+/", path)} - {
        "/events/in/"
    }
    assert len(places) == 71
    assert {path for path in places if "page" not in path} <= set(pages["/events/in/"].links)
