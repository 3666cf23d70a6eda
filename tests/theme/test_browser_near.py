"""A reader looks for events nearby, in a browser: by ZIP code, by city, by where they are, and by a link."""

import gzip
import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from math import acos, cos, radians, sin
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Locator, Page, Request, expect

from campaign import words
from campaign.routes import Site
from campaign.routes.near import near_files
from tests.conftest import BuiltSite, build_once, serve
from tests.many import many_events
from tests.projects import NOW, ROOT, SITES, write
from tests.samples import content

TEXTS = words.load(ROOT / "theme" / "translations", "en")
SCRIPT = ROOT / "theme/static/js/events/50-distance.js"
OAKLAND = {"latitude": 37.8, "longitude": -122.27}
EVENTS = """\
id,title,date,start,city,region,country,latitude,longitude,status,online,end_date
maine,Maine vigil,2024-07-01,,Portland,ME,US,43.6591,-70.2568,,,
oregon,Oregon vigil,2024-07-01,,Portland,OR,US,45.5152,-122.6784,,,2024-07-03
oakland,Oakland vigil,2024-07-02,18:00,Oakland,CA,US,37.8044,-122.2712,,,
berkeley,Berkeley vigil,2024-06-16,,Berkeley,CA,US,37.8715,-122.2730,,,
alameda,Alameda vigil,2024-07-02,,Alameda,CA,US,37.7652,-122.2416,cancelled,,
montreal,Montréal vigil,2024-07-03,,Montréal,QC,CA,45.5019,-73.5674,,,
laval,Laval vigil,2024-07-03,,Laval,Québec,CA,45.6066,-73.7124,,,
york,New York vigil,2024-07-03,,New York,NY,US,40.7128,-74.0060,,,
somewhere,Vigil somewhere,2024-07-03,,Springfield,IL,US,,,,,
call,Call from anywhere,2024-07-03,,,,,,,,yes,
"""
SEATTLE = "".join(
    f"seattle-{number},Seattle vigil {number},2024-07-0{number % 9 + 1},,Seattle,WA,US,47.6062,-122.3321,,,\n"
    for number in range(12)
)
Visit = Callable[..., Page]


def copy_minimal(content: Path) -> Path:
    """Copy the smallest site's files, to add events to them."""
    for file in SITES.joinpath("minimal").rglob("*.md"):
        write(content / file.relative_to(SITES / "minimal"), file.read_bytes())
    return content


@pytest.fixture(scope="session")
def near_site(tmp_path_factory: pytest.TempPathFactory) -> BuiltSite:
    """A site with events on both coasts and in Canada."""
    content = copy_minimal(tmp_path_factory.mktemp("near-content"))
    write(content / "events.csv", EVENTS + SEATTLE)
    return build_once(tmp_path_factory.mktemp("near"), content)


@pytest.fixture
def visit(chromium: Browser, near_site: BuiltSite) -> Iterator[Visit]:
    """Open the list of events on the day of the build; what the page asked for by script is in `asked`."""
    contexts = []
    complaints: list[str] = []

    def open_page(query: str = "", *, now: datetime | None = None, **options: Any) -> Page:  # noqa: ANN401 (a context's options)
        context = chromium.new_context(**{"locale": "en-US", **options})
        contexts.append(context)
        context.set_default_timeout(10_000)
        context.on("request", watch)
        context.on("weberror", lambda error: complaints.append(str(error.error)))
        page = context.new_page()
        page.clock.set_fixed_time(now or datetime.fromtimestamp(NOW, UTC))
        page.goto(f"{address}/events/{query}")
        return page

    def watch(request: Request) -> None:
        if not request.url.startswith(f"{address}/"):
            complaints.append(request.url)

    with serve(near_site) as address:
        yield open_page
        for context in contexts:
            context.close()
    assert complaints == []


def near(page: Page) -> Locator:
    return page.locator("#near")


def look_for(page: Page, place: str) -> None:
    near(page).get_by_role("searchbox").fill(place)
    near(page).get_by_role("button", name=TEXTS.text("near_search")).click()


def said(page: Page, key: str, **values: str) -> bool:
    near(page).get_by_role("status").get_by_text(TEXTS.text(key, **values), exact=True).wait_for()
    return True


def found(page: Page) -> list[str]:
    return near(page).get_by_role("listitem").get_by_role("link").all_inner_texts()


def data_of(requests: list[str]) -> list[str]:
    return [url.rpartition("/")[2] for url in requests if url.endswith(".json")]


@pytest.mark.parametrize("place", ["94601", "94601-1234", "946011234", " 94601 "])
def test_a_zip_code_finds_the_nearest_events_first(visit: Visit, place: str) -> None:
    page = visit()
    look_for(page, place)
    assert said(page, "near_found", place=place.strip())
    assert found(page)[:3] == ["Oakland vigil", "Alameda vigil", "Berkeley vigil"]
    first, second = near(page).get_by_role("listitem").all()[:2]
    assert "0.3 miles" in first.inner_text()
    assert "Tuesday, July 2, 2024 at 6:00 PM" in " ".join(first.inner_text().split())
    assert "Oakland, CA" in first.inner_text()
    assert TEXTS.text("event_cancelled").lower() in second.inner_text().lower()
    first.get_by_role("link").click()
    assert page.url.endswith("/events/oakland/")


@pytest.mark.parametrize(
    "place", ["Oakland CA 94601", "5000 Main St, Oakland, CA 94601-1234", "CA 94601, USA"]
)
def test_a_zip_code_at_the_end_of_an_address_is_used(visit: Visit, place: str) -> None:
    page = visit()
    look_for(page, place)
    assert said(page, "near_found", place=place)
    assert found(page)[:3] == ["Oakland vigil", "Alameda vigil", "Berkeley vigil"]


def test_printed_what_was_found_is_there_and_nothing_before(visit: Visit) -> None:
    page = visit()
    page.emulate_media(media="print")
    expect(near(page)).to_be_hidden()
    page.emulate_media(media="screen")
    look_for(page, "94601")
    assert said(page, "near_found", place="94601")
    page.emulate_media(media="print")
    expect(near(page).get_by_role("listitem").first).to_be_visible()
    expect(near(page).get_by_role("searchbox")).to_be_hidden()


@pytest.mark.parametrize("place", ["Portland OR 00000", "Portland, Oregon, United States"])
def test_without_a_zip_code_that_is_known_the_city_counts(visit: Visit, place: str) -> None:
    page = visit()
    look_for(page, place)
    assert said(page, "near_found", place="Portland, OR")


@pytest.mark.parametrize("place", ["springfield", "Springfield, IL", "Springfield Illinois"])
def test_a_city_of_whose_events_no_place_is_known_leads_to_the_list_of_its_region(
    visit: Visit, place: str
) -> None:
    page = visit()
    look_for(page, place)
    assert said(page, "near_city_unplaced", place="Springfield, IL")
    assert found(page) == ["Events in Illinois, United States"]
    near(page).get_by_role("listitem").get_by_role("link").click()
    page.get_by_role("link", name="Vigil somewhere").wait_for()


@pytest.mark.parametrize(
    ("place", "state"),
    [
        ("Ohio", "Ohio"),
        ("OH", "Ohio"),
        ("Columbus, Ohio", "Ohio"),
        ("Columbus OH 00000", "Ohio"),
        ("Sioux Falls South Dakota, USA", "South Dakota"),
        ("mass", "Massachusetts"),
    ],
)
def test_of_a_state_without_an_event_it_is_said_with_a_way_to_all_regions(
    visit: Visit, place: str, state: str
) -> None:
    page = visit()
    look_for(page, place)
    assert said(page, "near_empty_region", place=state)
    near(page).get_by_role("link", name=TEXTS.text("places_title")).click()
    assert page.get_by_role("main").get_by_role("link", name="California").is_visible()


def test_what_is_searched_is_told_to_nobody(visit: Visit) -> None:
    page = visit()
    sent: list[str] = []
    page.context.on(
        "request", lambda request: sent.append(f"{request.url} {request.all_headers()}")
    )
    look_for(page, "94601")
    assert said(page, "near_found", place="94601")
    assert "near=94601" in page.url
    near(page).get_by_role("link", name="Oakland vigil").click()
    page.wait_for_url("**/events/oakland/")
    assert len(sent) > 2
    assert [request for request in sent if "94601" in request] == []


@pytest.mark.parametrize(
    "place", ["Oakland", "oakland", "OAKLAND, CA", "oakland ca", "Oakland, California", "oak"]
)
def test_a_city_is_found_however_it_is_written(visit: Visit, place: str) -> None:
    page = visit()
    look_for(page, place)
    assert said(page, "near_found", place="Oakland, CA")
    assert found(page)[0] == "Oakland vigil"


@pytest.mark.parametrize(
    ("place", "lists"),
    [
        ("California", ["California, United States"]),
        ("california, united states", ["California, United States"]),
        ("Calif", ["California, United States"]),
        ("OR", ["Oregon, United States"]),
        ("usa", ["United States"]),
        ("U.S.A.", ["United States"]),
        ("CA", ["Canada", "California, United States"]),
    ],
)
def test_a_state_or_a_country_leads_to_the_list_of_its_events(
    visit: Visit, place: str, lists: list[str]
) -> None:
    page = visit()
    look_for(page, place)
    assert said(page, "near_region", place=place)
    assert found(page) == [TEXTS.text("events_in_title", place=name) for name in lists]
    near(page).get_by_role("listitem").get_by_role("link").last.click()
    page.get_by_role("heading", name=TEXTS.text("events_in_title", place=lists[-1])).wait_for()


@pytest.mark.parametrize(
    "place",
    [
        "Fresno, California",
        "Fresno, CA, USA",
        "fresno,ca",
        "Fresno CA",
        "12345 Main St, Fresno, CA",
    ],
)
def test_a_city_that_is_not_known_leads_to_the_list_of_what_is_around_it(
    visit: Visit, place: str
) -> None:
    page = visit()
    look_for(page, place)
    assert said(page, "near_around", place=place)
    assert found(page)[-1].startswith(("Events in California", "Events in United States"))


def test_before_a_search_no_room_is_kept_for_its_answer(visit: Visit) -> None:
    page = visit()
    for part in ("status", "regions", "choices", "results"):
        assert page.locator(f"[data-part={part}]").is_hidden()


def test_a_city_that_is_called_as_a_region_is_found_beside_the_regions_list(visit: Visit) -> None:
    page = visit("?near=new+york")
    assert said(page, "near_found_in_region", place="New York, NY")
    assert found(page)[:2] == ["Events in New York, United States", "New York vigil"]
    look_for(page, "94601")
    assert said(page, "near_found", place="94601")
    assert found(page)[0] == "Oakland vigil"


def test_a_region_of_which_all_events_are_over_is_said_to_be_so(visit: Visit) -> None:
    page = visit("?near=quebec", now=datetime(2024, 7, 5, tzinfo=UTC))
    assert said(page, "near_region", place="quebec")
    (item,) = near(page).get_by_role("listitem").all()
    assert item.inner_text().split() == ["Events", "in", "Québec,", "Canada", TEXTS.text("past")]


def test_accents_make_no_difference(visit: Visit) -> None:
    page = visit()
    look_for(page, "montreal")
    assert said(page, "near_found", place="Montréal, QC, Canada")
    assert found(page)[0] == "Montréal vigil"


def test_of_two_cities_of_one_name_the_reader_is_asked_which(visit: Visit) -> None:
    page = visit()
    look_for(page, "Portland")
    assert said(page, "near_which")
    assert found(page) == []
    near(page).get_by_role("button", name="Portland, OR").press("Enter")
    assert said(page, "near_found", place="Portland, OR")
    assert found(page)[0] == "Oregon vigil"
    assert page.url.endswith("/events/?near=Portland%2C+OR")
    assert near(page).get_by_role("button", name="Portland, ME").count() == 0


@pytest.mark.parametrize("place", ["00000", "Atlantis", "<Atlantis>", "!"])
def test_an_unknown_place_is_said_to_be_so_with_a_way_to_all_regions(
    visit: Visit, place: str
) -> None:
    page = visit()
    elsewhere = near(page).get_by_role("link", name=TEXTS.text("places_title"))
    assert not elsewhere.is_visible()
    look_for(page, place)
    assert said(page, "near_unknown", place=place)
    elsewhere.click()
    assert page.get_by_role("main").get_by_role("link", name="California").is_visible()


def test_where_the_reader_is_is_asked_only_when_the_button_is_pressed(visit: Visit) -> None:
    page = visit(geolocation=OAKLAND, permissions=["geolocation"])
    assert found(page) == []
    near(page).get_by_role("button", name=TEXTS.text("near_locate")).click()
    assert said(page, "near_found", place=TEXTS.text("near_here"))
    assert found(page)[0] == "Oakland vigil"
    assert page.url.endswith("/events/")


def test_a_refusal_is_no_dead_end(visit: Visit) -> None:
    page = visit(permissions=[])
    near(page).get_by_role("button", name=TEXTS.text("near_locate")).click()
    assert said(page, "near_refused")
    look_for(page, "94601")
    assert said(page, "near_found", place="94601")


def test_a_search_can_be_linked_to(visit: Visit) -> None:
    page = visit("?near=94601")
    assert said(page, "near_found", place="94601")
    assert near(page).get_by_role("searchbox").input_value() == "94601"
    page = visit("?near=portland,%20me")
    assert said(page, "near_found", place="Portland, ME")


def test_the_address_follows_the_search_without_a_step_in_the_history(visit: Visit) -> None:
    page = visit()
    steps = page.evaluate("history.length")
    look_for(page, "94601")
    assert said(page, "near_found", place="94601")
    assert page.url.endswith("/events/?near=94601")
    assert page.evaluate("history.length") == steps


@pytest.mark.parametrize(
    ("locale", "length"),
    [
        ("en-US", "4.9 miles"),
        ("en-GB", "4.9 miles"),
        ("de-DE", "8 kilometers"),
        ("fr-CA", "8 kilometers"),
        ("en", "4.9 miles"),
    ],
)
def test_lengths_are_those_of_the_readers_region(visit: Visit, locale: str, length: str) -> None:
    page = visit("?near=94601", locale=locale)
    assert said(page, "near_found", place="94601")
    text = near(page).get_by_role("listitem").filter(has_text="Berkeley vigil").inner_text()
    assert length in text


def test_of_an_event_of_several_days_the_last_is_shown_too(visit: Visit) -> None:
    page = visit("?near=Portland,+OR", now=datetime(2024, 7, 2, tzinfo=UTC))
    assert said(page, "near_found", place="Portland, OR")
    first = " ".join(near(page).get_by_role("listitem").first.inner_text().split())
    assert "Monday, July 1, 2024 until Wednesday, July 3, 2024" in first


def test_what_is_over_by_the_readers_clock_is_left_out(visit: Visit) -> None:
    page = visit("?near=94601", now=datetime(2024, 6, 20, tzinfo=UTC))
    assert said(page, "near_found", place="94601")
    assert found(page)[:2] == ["Oakland vigil", "Alameda vigil"]
    assert "Berkeley vigil" not in found(page)


def test_when_everything_is_over_the_past_is_shown_as_past(visit: Visit) -> None:
    page = visit("?near=94601", now=datetime(2025, 1, 1, tzinfo=UTC))
    assert said(page, "near_found_past", place="94601")
    first = near(page).get_by_role("listitem").first
    assert TEXTS.text("past").lower() in first.inner_text().lower()


def test_more_is_shown_on_demand_and_the_reader_goes_on_where_it_begins(visit: Visit) -> None:
    page = visit("?near=Seattle")
    assert said(page, "near_found", place="Seattle, WA")
    assert len(found(page)) == 10
    more = near(page).get_by_role("button", name=TEXTS.text("near_more"))
    more.press("Enter")
    near(page).get_by_role("link", name="Oregon vigil").wait_for()
    assert len(found(page)) == 20
    assert page.evaluate("document.activeElement.textContent") == found(page)[10]
    assert more.is_hidden()


def test_nothing_is_fetched_before_a_reader_asks_and_no_more_than_is_needed(visit: Visit) -> None:
    page = visit()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    near(page).get_by_role("searchbox").fill("94601")
    assert asked == []
    look_for(page, "Oakland")
    assert said(page, "near_found", place="Oakland, CA")
    assert data_of(asked) == ["near.json"]
    look_for(page, "94601")
    assert said(page, "near_found", place="94601")
    look_for(page, "94602")
    assert said(page, "near_found", place="94602")
    assert data_of(asked) == ["near.json", "near-zip.json"]


def test_when_the_data_does_not_come_it_is_said_and_tried_again_on_demand(visit: Visit) -> None:
    page = visit()
    page.route("**/*.json", lambda route: route.abort())
    look_for(page, "94601")
    assert said(page, "near_failed")
    page.unroute("**/*.json")
    look_for(page, "94601")
    assert said(page, "near_found", place="94601")


def test_how_many_events_cannot_be_found_is_said(visit: Visit) -> None:
    assert near(visit()).get_by_text(TEXTS.text("near_unplaced", count=1)).is_visible()


def test_what_has_no_place_on_the_map_is_said_apart_from_the_list_below_it(visit: Visit) -> None:
    page = visit()
    page.get_by_role("link", name=TEXTS.text("map_link")).click()
    page.wait_for_url("**/events/map/")
    hint = page.locator(".map + .hint").bounding_box()
    listed = page.locator("#places").bounding_box()
    assert hint
    assert listed
    assert listed["y"] - (hint["y"] + hint["height"]) > 8


def test_without_scripts_there_is_no_form_but_a_way_to_the_places(visit: Visit) -> None:
    page = visit(java_script_enabled=False)
    assert near(page).get_by_role("searchbox").count() == 0
    near(page).get_by_role("link", name=TEXTS.text("map_link")).click()
    assert page.url.endswith("/events/map/")


def test_where_only_past_events_have_a_known_place_there_is_a_map_and_no_form(
    chromium: Browser, tmp_path: Path
) -> None:
    content = copy_minimal(tmp_path / "content")
    write(
        content / "events.csv",
        "title,date,latitude,longitude\nPast,2024-06-01,51.5,-0.1\nComing,2024-07-01,,\n",
    )
    errors: list[str] = []
    with serve(build_once(tmp_path / "site", content)) as address, chromium.new_page() as page:
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.goto(f"{address}/events/?near=London")
        assert near(page).get_by_role("searchbox").count() == 0
        assert near(page).get_by_text(TEXTS.text("near_unplaced", count=1)).is_visible()
        assert near(page).get_by_role("link", name=TEXTS.text("map_link")).is_visible()
    assert errors == []


# Ten thousand


@pytest.fixture(scope="module")
def many() -> dict[str, str]:
    """The files of a search among 10,000 events, by their paths."""
    site = Site(content(events=many_events(10_000)), TEXTS, datetime.fromtimestamp(NOW, UTC), str)
    return {file.path: file.text for file in near_files(site)}


@pytest.mark.slow
@pytest.mark.parametrize("zip_code", ["94601", "10001", "60601", "96813", "99501"])
def test_of_ten_thousand_events_those_around_are_loaded_and_the_nearest_found(
    visit: Visit, many: dict[str, str], zip_code: str
) -> None:
    page = visit()
    loaded: dict[str, int] = {}

    def answer(route: Any) -> None:  # noqa: ANN401 (the library's object)
        path = urlsplit(route.request.url).path
        loaded[path] = len(gzip.compress(many[path].encode(), 9, mtime=0))
        route.fulfill(body=many[path], content_type="application/json")

    page.route("**/events/near*.json", answer)
    look_for(page, zip_code)
    assert said(page, "near_found", place=zip_code)
    latitude, longitude = json.loads(many["/events/near-zip.json"])["prefixes"][int(zip_code[:3])]
    events = sorted(
        many_events(10_000),
        key=lambda event: _kilometres(
            latitude, longitude, event.latitude or 0, event.longitude or 0
        ),
    )
    assert found(page) == [event.title for event in events[:10]]
    assert sum(loaded.values()) < 20_000


def _kilometres(south: float, west: float, north: float, east: float) -> float:
    """Return the distance of two places by the spherical law of cosines, another way than the page's."""
    phi, psi, turn = radians(south), radians(north), radians(east - west)
    return 6371.0088 * acos(min(1, sin(phi) * sin(psi) + cos(phi) * cos(psi) * cos(turn)))


@pytest.mark.parametrize(
    ("place", "cell", "kilometres"),
    [
        ([10, 10], "", 0),
        ([45, -90], "2", 0),
        ([45, 10], "2", 784),
        ([-10, -90], "2", 1112),
        ([60, 179], "2", 56),
        ([89, 170], "2", 19),
        ([-89, -90], "3", 10_008),
    ],
)
def test_a_cell_is_never_nearer_than_it_is_thought_to_be(
    visit: Visit, place: list[float], cell: str, kilometres: int
) -> None:
    page = visit()
    script = SCRIPT.read_text(encoding="utf-8")
    page.evaluate(
        f"const events = {{}}; {script}; window.away = (place, cell) => distanceToCell(place, cellOf(cell)); 0"
    )
    assert page.evaluate("([place, cell]) => away(place, cell)", [place, cell]) == pytest.approx(
        kilometres, abs=1
    )
