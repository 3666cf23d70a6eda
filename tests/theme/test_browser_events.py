"""Events in a browser: what the clock changes, the reader's own time, and a list that is narrowed."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Browser, Locator, Page

from campaign import words
from tests.conftest import build_once, serve
from tests.projects import ROOT, SITES, write

TEXTS = words.load(ROOT / "theme" / "translations", "en")
#: Opens a page of the site at a moment, in a zone.
Open = Callable[..., Page]

EVENTS = """\
title,id,date,start,end,end_date,timezone,city,region,country,online,status,sign_up
Picnic,picnic,2024-06-14,12:00,,,Europe/London,Bath,,,no,,
Reading,reading,2024-06-15,18:00,,,Europe/London,Bath,Somerset,GB,no,,https://library.example/reading
Walk,walk,2024-06-15,19:00,20:00,,Europe/London,Bristol,,,no,cancelled,
March,march,2024-06-16,11:00,14:00,,Europe/London,Bath,,,no,,
Fair,fair,2024-06-16,,,2024-06-17,Europe/London,Wells,,GB,no,,
Call,call,2024-06-20,18:00,19:00,,America/Los_Angeles,,,,yes,,
Vigil,vigil,2024-06-21,18:00,,,America/Los_Angeles,Oakland,CA,US,no,,
Concert,concert,2024-06-22,18:00,,,Europe/London,Zürich,,,no,,
Talk,talk,2024-06-23,18:00,,,Europe/London,Bath,,,no,,
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A site that was built on June 15, 2024, at 12:00 UTC."""
    content = tmp_path_factory.mktemp("calendar") / "content"
    for name in ("campaign.md", "letter.md", "actions/1-write.md"):
        write(content / name, (SITES / "minimal" / name).read_bytes())
    write(content / "events.csv", EVENTS)
    with serve(build_once(tmp_path_factory.mktemp("clock"), content)) as served:
        yield served


@pytest.fixture
def open_at(chromium: Browser, site: str) -> Iterator[Open]:
    contexts = []
    errors: list[str] = []

    def open_page(path: str, moment: str, zone: str = "Europe/London") -> Page:
        context = chromium.new_context(timezone_id=zone)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.clock.install(time=datetime.fromisoformat(moment).astimezone(UTC))
        page.goto(site + path)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert errors == []


def listed(page: Page, part: str) -> list[str]:
    """Return the headings of days and the titles of events that can be seen in a part of a page."""
    found = page.locator(f"{part} :is([data-day] > .label, .event-title)")
    return [item.inner_text() for item in found.all() if item.is_visible()]


def finder(page: Page) -> Locator:
    return page.get_by_role("navigation", name=TEXTS.text("finder"))


def labels(page: Page, title: str) -> list[str]:
    item = page.locator(".event").filter(has=page.get_by_role("link", name=title, exact=True))
    return item.locator(".label").all_inner_texts()


def test_as_long_as_nothing_is_over_the_page_stays_as_it_was_built(open_at: Open) -> None:
    page = open_at("/events/", "2024-06-15T13:30+01:00")
    assert listed(page, "[data-past]") == ["Friday, June 14, 2024", "Picnic"]
    assert listed(page, "[data-coming]")[:6] == [
        "Today, Saturday, June 15, 2024",
        "Reading",
        "Walk",
        "Tomorrow, Sunday, June 16, 2024",
        "Fair",
        "March",
    ]
    assert page.get_by_role("heading", name="8 events to come").is_visible()


def test_a_list_left_open_over_midnight_corrects_itself(open_at: Open) -> None:
    page = open_at("/events/", "2024-06-15T23:58:30+01:00")
    assert listed(page, "[data-past]") == [
        "Today, Saturday, June 15, 2024",
        "Walk",
        "Friday, June 14, 2024",
        "Picnic",
    ]
    assert listed(page, "[data-coming]")[:2] == ["Today, Saturday, June 15, 2024", "Reading"]
    page.clock.run_for("02:00")
    assert listed(page, "[data-past]") == [
        "Saturday, June 15, 2024",
        "Walk",
        "Reading",
        "Friday, June 14, 2024",
        "Picnic",
    ]
    assert listed(page, "[data-coming]")[:3] == ["Today, Sunday, June 16, 2024", "Fair", "March"]
    assert labels(page, "Reading") == [TEXTS.text("past")]
    assert labels(page, "Walk") == [TEXTS.text("event_cancelled")]
    headings = page.locator(".listing > h2").all_inner_texts()
    assert headings == [TEXTS.text("events_coming_up"), TEXTS.text("events_last")]


def test_a_cached_list_of_which_all_is_over_has_nothing_to_come(open_at: Open) -> None:
    page = open_at("/events/", "2024-07-01T12:00+01:00")
    assert page.locator("[data-coming]").is_hidden()
    assert page.get_by_text(TEXTS.text("events_none_upcoming")).count() == 1
    past = listed(page, "[data-past]")
    assert past[:2] == ["Sunday, June 23, 2024", "Talk"]
    assert past[-2:] == ["Friday, June 14, 2024", "Picnic"]
    assert "Today" not in page.inner_text("main")


def test_the_next_events_at_home_correct_themselves(open_at: Open) -> None:
    page = open_at("/", "2024-06-16T15:00+01:00")
    assert listed(page, "[data-coming]") == ["Fair"]
    assert listed(page, "[data-past]") == ["Reading", "Walk"]
    assert "Today, Sunday, June 16, 2024" in page.locator("[data-coming]").inner_text()
    assert labels(page, "Reading") == [TEXTS.text("past")]
    page = open_at("/", "2024-06-15T12:30+01:00")
    assert page.get_by_text(TEXTS.text("events_next")).is_visible()
    assert page.locator("[data-past]").is_hidden()


def test_the_ways_to_lists_say_which_of_them_have_nothing_to_come(open_at: Open) -> None:
    page = open_at("/events/", "2024-06-15T23:58:30+01:00")
    ways = finder(page)
    assert ways.get_by_text(TEXTS.text("past"), exact=True).count() == 0
    page.clock.run_for("02:00")
    over = ways.get_by_role("listitem").filter(has_text=TEXTS.text("past"))
    assert [text.split() for text in over.all_inner_texts()] == [
        ["15", "Sat", "2", "events", TEXTS.text("past")]
    ]
    ways = finder(open_at("/events/", "2024-06-21T12:00+01:00"))
    places = ways.locator(".finder-places > li").all_inner_texts()
    assert [" ".join(text.split()) for text in places] == [
        "United Kingdom 2 events Past",
        "United States 1 event",
    ]
    online = ways.locator(".labelled").filter(has_text=TEXTS.text("online")).inner_text()
    assert online.split() == ["Online", "1", "event", "Past"]


@pytest.mark.parametrize(
    ("path", "before", "after"),
    [("/events/on/", 1, 8), ("/events/in/", 0, 4), ("/events/in/gb/", 0, 1)],
)
def test_lists_of_days_and_places_say_which_of_them_have_nothing_to_come(
    open_at: Open, path: str, before: int, after: int
) -> None:
    for moment, count in (("2024-06-15T13:30+01:00", before), ("2024-07-01T12:00+01:00", after)):
        page = open_at(path, moment)
        items = page.locator(":is(.finder-days, .finder-places) > li")
        assert items.filter(has_text=TEXTS.text("past")).count() == count


def test_the_list_of_a_day_says_what_is_over(open_at: Open) -> None:
    page = open_at("/events/on/2024-06-15/", "2024-06-16T00:30+01:00")
    assert labels(page, "Reading") == [TEXTS.text("past")]
    assert labels(page, "Walk") == [TEXTS.text("event_cancelled")]


def test_the_page_of_an_event_no_longer_asks_to_come_once_it_is_over(open_at: Open) -> None:
    page = open_at("/events/reading/", "2024-06-15T23:59:30+01:00")
    sign_up = page.get_by_role("link", name=TEXTS.text("sign_up_button"))
    assert sign_up.is_visible()
    assert page.get_by_text(TEXTS.text("share_event"), exact=True).is_visible()
    assert "Today, Saturday, June 15, 2024" in page.inner_text("main")
    page.clock.run_for("01:00")
    assert page.get_by_text(TEXTS.text("event_passed")).is_visible()
    assert sign_up.is_hidden()
    assert page.get_by_text(TEXTS.text("share_event"), exact=True).is_hidden()
    page = open_at("/events/walk/", "2024-06-17T12:00+01:00")
    assert page.get_by_text(TEXTS.text("event_passed")).count() == 0


@pytest.mark.parametrize(
    ("zone", "said"),
    [
        ("Europe/Vienna", "3:00 AM on Saturday for you"),
        ("America/New_York", "9:00 PM for you"),
        ("America/Los_Angeles", None),
        ("America/Vancouver", None),
    ],
)
def test_an_event_elsewhere_has_the_readers_own_time_too(
    open_at: Open, zone: str, said: str | None
) -> None:
    page = open_at("/events/vigil/", "2024-06-15T12:00+00:00", zone)
    found = page.get_by_text("for you").all_inner_texts()
    assert [text.replace("\u202f", " ") for text in found] == ([said] if said else [])


def test_printed_an_event_says_no_readers_own_time(open_at: Open) -> None:
    page = open_at("/events/vigil/", "2024-06-15T12:00+00:00", "Europe/Vienna")
    own = page.get_by_text("for you")
    assert own.is_visible()
    page.emulate_media(media="print")
    assert own.is_hidden()
    assert page.get_by_text("6:00 PM", exact=False).first.is_visible()


def test_a_name_of_one_word_has_room_in_the_finder_of_any_screen(open_at: Open) -> None:
    page = open_at("/events/in/", "2024-06-15T12:00+00:00")
    link = page.locator(".finder-places a").first
    measure = "(link, name) => { link.textContent = name; return link.clientHeight; }"
    for width in (*range(320, 600, 8), 768, 1280):
        page.set_viewport_size({"width": width, "height": 640})
        assert link.evaluate(measure, "Massachusetts") == link.evaluate(measure, "Ohio"), width


def test_in_lists_the_readers_own_time_stands_beside_what_is_online(open_at: Open) -> None:
    page = open_at("/events/", "2024-06-15T12:00+00:00", "Europe/Vienna")
    (found,) = page.get_by_text("for you").all()
    assert found.inner_text().replace("\u202f", " ") == "3:00 AM on Friday for you"


def test_a_list_is_narrowed_in_place_by_what_is_typed(open_at: Open) -> None:
    page = open_at("/events/", "2024-06-15T12:00+00:00")
    field = page.get_by_role("searchbox", name=TEXTS.text("narrow"))
    field.fill("zurich")
    assert page.locator(".event:visible").locator(".event-title").all_inner_texts() == ["Concert"]
    assert page.get_by_role("status").inner_text() == "1 of 9"
    assert listed(page, ".listing") == ["Saturday, June 22, 2024", "Concert"]
    field.fill("BATH june 16")
    assert page.locator(".event:visible").locator(".event-title").all_inner_texts() == ["March"]
    field.fill("")
    assert page.locator(".event:visible").count() == 9
    assert not page.get_by_role("status").inner_text()


def test_a_short_list_has_no_field_to_narrow_it(open_at: Open) -> None:
    page = open_at("/events/on/2024-06-15/", "2024-06-15T12:00+00:00")
    assert page.get_by_role("searchbox").count() == 0
