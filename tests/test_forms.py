"""Links that are filled in for each page are the ones that would be made for it alone."""

from dataclasses import replace
from datetime import UTC, datetime
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2.runtime import Macro
from markupsafe import escape

from campaign import sharing
from campaign.addresses import Addresses
from campaign.assets import Assets
from campaign.encoding import Encoder
from campaign.forms import Form, blank, encoded
from campaign.model import Campaign
from campaign.routes import Route, Site
from campaign.templates import environment
from campaign.theme import Theme
from pelicanconf import JINJA_ENVIRONMENT
from tests.lengths import FAMILY, FLAG, PAGE, TEXTS, WORDS, all_networks
from tests.projects import ROOT
from tests.samples import content, event

PLAIN = [
    "A vigil",
    "Tea & “scones” + cake, 50% off?",
    '<b>It\'s</b> "now" & %41',
    "{title} {url}",
    f"{FAMILY} and {FLAG}",
    "أبقوا القطارات",
    "שלום רכבות",
    "守护孩子们" * 8,
    "Café, as one and cafe\u0301, apart",
    "See www.example.org.",
]
ODD = ["", " a", "a ", "a\nb", "\na", "word " * 80, "ü" * 300, "中" * 600, FAMILY * 90, "a." * 90]

titles = st.sampled_from(PLAIN + ODD) | TEXTS


def links(ways: sharing.Ways) -> list[sharing.ShareLink]:
    return [*ways.links, *ways.more]


def assert_filled(campaign: Campaign, page: str, title: str, summary: str) -> None:
    any_page = sharing.AnyPage(campaign, WORDS)
    direct = sharing.page_links(campaign, page, title, summary, WORDS)
    values = any_page.values(page, title, summary)
    if values is not None:
        forms = [Form(escape(link.href)) for link in links(any_page.ways)]
        assert [form.filled(values) for form in forms] == [
            escape(link.href) for link in links(direct)
        ]
        assert Form(any_page.ways.title).filled(values) == escape(direct.title)
        assert Form(any_page.ways.url).filled(values) == escape(direct.url)


@given(titles, titles, st.sampled_from([PAGE, f"{PAGE}it's-&-$1!(~)/"]))
def test_links_that_are_filled_in_are_those_made_for_a_page(
    title: str, summary: str, page: str
) -> None:
    assert_filled(all_networks(), page, title, summary)


@pytest.mark.parametrize("length", [1, 100, 200, 260, 400])
def test_what_is_cut_is_never_filled_in(length: int) -> None:
    tagged = replace(all_networks(), hashtag="#" + "a" * length)
    for count in range(0, 500, 7):
        assert_filled(tagged, PAGE, "a" * count, "b" * (count * 4))
        assert_filled(tagged, PAGE, "ü" * count, "中" * count)


@pytest.mark.parametrize("title", PLAIN)
def test_most_pages_only_fill_in(title: str) -> None:
    assert sharing.AnyPage(all_networks(), WORDS).values(PAGE, title, title) is not None


def test_a_campaign_that_is_over_has_its_pages_title_filled_in() -> None:
    over = replace(all_networks(), status="ended")
    any_page = sharing.AnyPage(over, WORDS)
    assert any_page.ways == sharing.Ways(any_page.ways.title)
    assert_filled(over, PAGE, "A vigil & more", "")


@given(st.text(st.characters(codec="utf-8")), st.sampled_from(["", "!'()*"]))
def test_a_text_is_encoded_as_python_does(text: str, safe: str) -> None:
    encoder = Encoder(safe)
    # The second time its words are known.
    assert {encoder.encode(text), encoder.encode(text)} == {quote(text, safe=safe)}


def test_a_form_has_its_blanks_filled_and_nothing_else_changed() -> None:
    name, other = blank("name"), blank("other")
    form = Form(f"%01 a={quote(name)} {name} \x01 {other}%02")
    values = {name: other, encoded(name): "%01name%02", other: ""}
    # What is filled in is not taken for a blank.
    assert form.filled(values) == f"%01 a=%01name%02 {other} \x01 %02"


ADDRESSES = Addresses.published("https://example.org/trains")
SITE = Site(content(), WORDS, datetime(2024, 6, 1, tzinfo=UTC), ADDRESSES.absolute)
THEME = Theme(SITE, ADDRESSES)
TEMPLATES = environment(ROOT / "theme" / "templates", JINJA_ENVIRONMENT, THEME, Assets({}, {}))


def macro(file: str, name: str) -> Macro:
    found = getattr(TEMPLATES.get_template(f"macros/{file}.html").module, name)
    assert isinstance(found, Macro)
    return found


@pytest.mark.parametrize("title", PLAIN + ODD)
def test_a_page_shows_the_ways_to_pass_it_on_as_if_they_were_made_for_it(title: str) -> None:
    for path, summary in (("/a/", title), ("/b/", "Plain."), ("/c/", "")):
        page = Route(path, "page", title, summary)
        share_page = macro("share", "share_page")
        made = share_page(THEME.page_ways(page), "Share", "Print")
        assert THEME.with_ways(share_page, page, "Share", "Print") == made


@pytest.mark.parametrize("title", PLAIN)
def test_an_event_shows_the_ways_into_calendars_as_if_they_were_made_for_it(title: str) -> None:
    found = event(title="A vigil", date="2024-06-14", start="18:00", city="Graz")
    found = replace(found, title=title)
    add = macro("calendar", "add")
    assert THEME.with_calendars(add, found) == add(THEME.calendar_links(found))
    past = replace(found, status="cancelled")
    assert THEME.with_calendars(add, past).strip() == add(THEME.calendar_links(past)).strip() == ""
