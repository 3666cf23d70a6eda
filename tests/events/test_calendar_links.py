"""The links to web calendars and maps, read back as these read them."""

from dataclasses import replace
from html import unescape
from urllib.parse import parse_qs, quote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign import words
from campaign.content.markdown import render
from campaign.content.model import Event
from campaign.events.calendar_links import LONGEST_ADDRESS, calendar_links, map_link
from tests.projects import ROOT
from tests.samples import campaign, event

WORDS = words.load(ROOT / "theme" / "translations", "en")
PAGE = "https://example.org/trains/events/vigil/"


def links(found: Event) -> dict[str, str]:
    return {link.label: link.href for link in calendar_links(found, campaign(), PAGE, WORDS)}


def asked(address: str) -> dict[str, str]:
    """Return what an address asks for, each once."""
    query = parse_qs(urlsplit(address).query, strict_parsing=True, keep_blank_values=True)
    assert all(len(values) == 1 for values in query.values())
    return {name: value for name, (value,) in query.items()}


def google(found: Event) -> dict[str, str]:
    return asked(links(found)["Google"])


def outlook(found: Event) -> dict[str, str]:
    return asked(links(found)["Outlook"])


FULL = replace(
    event(
        title="Tea & “scones” + cake, 50% off?",
        start="18:00",
        end="20:30",
        venue="Town Hall",
        city="Springfield",
        sign_up="https://act.example/?a=1&b=2",
    ),
    body=render("Bring a lamp.\n\nAnd <3, a friend & hope."),
)


def test_google_gets_what_is_known_of_an_event() -> None:
    assert links(FULL)["Google"].startswith("https://calendar.google.com/calendar/render?")
    assert google(FULL) == {
        "action": "TEMPLATE",
        "text": "Tea & “scones” + cake, 50% off?",
        "dates": "20240614T220000Z/20240615T003000Z",
        "ctz": "America/New_York",
        "location": "Town Hall, Springfield",
        "details": "Bring a lamp.\n\nAnd <3, a friend & hope.\n\n"
        f"Sign up: https://act.example/?a=1&b=2\n\n{PAGE}",
    }


def test_outlook_gets_the_same_with_its_details_as_html() -> None:
    assert links(FULL)["Outlook"].startswith(
        "https://outlook.live.com/calendar/0/deeplink/compose?"
    )
    found = outlook(FULL)
    body = found.pop("body")
    assert found == {
        "path": "/calendar/action/compose",
        "rru": "addevent",
        "subject": "Tea & “scones” + cake, 50% off?",
        "startdt": "2024-06-14T22:00:00Z",
        "enddt": "2024-06-15T00:30:00Z",
        "location": "Town Hall, Springfield",
    }
    assert "&lt;3, a friend &amp; hope.<br><br>" in body
    assert unescape(body.replace("<br>", "\n")) == google(FULL)["details"]


@pytest.mark.parametrize(
    ("facts", "for_google", "for_outlook"),
    [
        (
            {"start": "18:00"},
            {"dates": "20240614T220000Z/20240614T220000Z", "ctz": "America/New_York"},
            {"startdt": "2024-06-14T22:00:00Z", "enddt": "2024-06-14T22:00:00Z"},
        ),
        (
            {},
            {"dates": "20240614/20240615"},
            {"startdt": "2024-06-14", "enddt": "2024-06-15", "allday": "true"},
        ),
        (
            {"end_date": "2024-06-16"},
            {"dates": "20240614/20240617"},
            {"startdt": "2024-06-14", "enddt": "2024-06-17", "allday": "true"},
        ),
        (
            {"date": "2018-11-04", "start": "01:30", "end": "03:00"},
            {"dates": "20181104T053000Z/20181104T080000Z", "ctz": "America/New_York"},
            {"startdt": "2018-11-04T05:30:00Z", "enddt": "2018-11-04T08:00:00Z"},
        ),
    ],
)
def test_web_calendars_get_days_and_moments(
    facts: dict[str, object], for_google: dict[str, str], for_outlook: dict[str, str]
) -> None:
    found = event(**facts)
    times = {"dates", "ctz", "startdt", "enddt", "allday"}
    assert {name: it for name, it in google(found).items() if name in times} == for_google
    assert {name: it for name, it in outlook(found).items() if name in times} == for_outlook


TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=300)


@given(title=TEXTS, city=TEXTS, told=TEXTS, times=st.integers(1, 20))
def test_no_address_is_too_long_and_every_one_ends_in_the_page(
    title: str, city: str, told: str, times: int
) -> None:
    found = replace(
        event(city="Springfield"), title=title, city=city, accessibility=f"{told} " * times
    )
    for address in links(found).values():
        assert len(address) <= LONGEST_ADDRESS
        assert address.isascii()
    assert google(found)["details"].endswith(PAGE)
    assert outlook(found)["body"].endswith(PAGE)
    if len(quote(title, safe="")) <= 400:
        assert google(found)["text"] == outlook(found)["subject"] == title


def test_a_long_text_is_cut_after_a_word() -> None:
    found = replace(event(), body=render("Bring a lantern. " * 300))
    details = google(found)["details"]
    assert details.startswith("Bring a lantern. Bring")
    assert details.removesuffix(f"\n\n{PAGE}").rpartition(" ")[2] in {
        "Bring…",
        "a…",
        "lantern.…",
    }


@pytest.mark.parametrize(
    ("facts", "query"),
    [
        (
            {"latitude": "39.8", "longitude": "-89.65"},
            "/#map=12/39.80000/-89.65000",
        ),
        (
            {"venue": "Hall 7", "city": "Graz", "latitude": "47.07", "longitude": "15.43"},
            "/search?query=Hall%207%2C%20Graz#map=15/47.07000/15.43000",
        ),
        (
            {"venue": "Hall 7", "address": "1 Main St", "city": "Graz", "country": "AT"},
            "/search?query=1%20Main%20St%2C%20Graz%2C%20AT",
        ),
        ({"venue": "Hall & Co", "city": "Graz"}, "/search?query=Hall%20%26%20Co%2C%20Graz"),
        ({"city": "Graz"}, "/search?query=Graz"),
        (
            {"address": "1 Main St", "postal_code": "62701"},
            "/search?query=1%20Main%20St%2C%2062701",
        ),
        ({"country": "AT"}, None),
        ({"venue": "Hall 7"}, None),
        ({"online": "yes", "city": "Graz"}, None),
        ({"online": "yes", "latitude": "1", "longitude": "2"}, None),
    ],
)
def test_a_map_shows_the_place_where_it_is_known_well_enough(
    facts: dict[str, object], query: str | None
) -> None:
    found = map_link(event(**facts), WORDS)
    assert found == (query and f"https://www.openstreetmap.org{query}")
