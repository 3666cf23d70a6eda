"""Links that are filled in for each page are the ones that would be made for it alone."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup, escape

from campaign import sharing
from campaign.addresses import Addresses
from campaign.build.assets import Assets
from campaign.build.templates import environment
from campaign.build.theme import Theme
from campaign.content.model import Campaign
from campaign.forms import Form, Formed, blank, encoded, sealed
from campaign.routes import Route, Site
from pelicanconf import JINJA_ENVIRONMENT
from tests.lengths import FAMILY, FLAG, PAGE, TEXTS, WORDS, all_networks
from tests.projects import ROOT, write
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
        forms = [Form(sealed(link.href).markup) for link in links(any_page.ways)]
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


def test_a_form_has_its_blanks_filled_and_nothing_else_changed() -> None:
    name, other = blank("name"), blank("other")
    form = Form(sealed(f"%01 a={quote(name)}&{name} \x01 {other}%02").markup)
    values = {name: other, encoded(name): "%01name%02", other: ""}
    # What is filled in is not taken for a blank.
    assert form.filled(values) == f"%01 a=%01name%02&amp;{other} \x01 %02"


def test_what_only_looks_like_a_blank_stands_for_itself() -> None:
    name = blank("name")
    form = Form(f"%01x%02 {blank('x')} {quote(name)} {name}")
    assert form.filled({name: "A", encoded(name): "B"}) == f"%01x%02 {blank('x')} {quote(name)} A"


ADDRESSES = Addresses.published("https://example.org/trains")
SITE = Site(content(), WORDS, datetime(2024, 6, 1, tzinfo=UTC), ADDRESSES.absolute)
THEME = Theme(SITE, ADDRESSES)
TEMPLATES = environment(ROOT / "theme" / "templates", JINJA_ENVIRONMENT, THEME, Assets({}, {}))


def macro(file: str, name: str) -> Formed:
    found: Formed = getattr(TEMPLATES.get_template(f"macros/{file}.html").module, name)
    return found


@pytest.mark.parametrize("title", PLAIN + ODD)
def test_a_page_shows_the_ways_to_pass_it_on_as_if_they_were_made_for_it(title: str) -> None:
    for path, summary in (("/a/", title), ("/b/", "Plain."), ("/c/", "")):
        page = Route(path, "page", title, summary)
        share_page = macro("share", "share_page")
        made = share_page(THEME.page_ways(page), "Share", "Print")
        assert THEME.with_ways(share_page, page, "Share", "Print") == made


@pytest.mark.parametrize("label", ["%01title%02", "%01x%02", "\x01x\x02"])
def test_a_label_that_looks_like_a_blank_is_shown_as_it_is(label: str) -> None:
    share_page, page = macro("share", "share_page"), Route("/a/", "page", "Vigil", "Plain.")
    made = share_page(THEME.page_ways(page), label, "Print")
    assert THEME.with_ways(share_page, page, label, "Print") == made


def test_labels_that_are_the_same_for_python_are_told_apart() -> None:
    share_page, page = macro("share", "share_page"), Route("/a/", "page", "Vigil", "Plain.")
    for label in (1, True, "<b>", Markup("<b>")):
        made = share_page(THEME.page_ways(page), label, "Print")
        assert THEME.with_ways(share_page, page, label, "Print") == made


@pytest.mark.parametrize("title", PLAIN)
def test_an_event_shows_the_ways_into_calendars_as_if_they_were_made_for_it(title: str) -> None:
    found = event(title="A vigil", date="2024-06-14", start="18:00", city="Graz")
    found = replace(found, title=title)
    add = macro("calendar", "add")
    assert THEME.with_calendars(add, found) == add(THEME.calendar_links(found))
    past = replace(found, status="cancelled")
    assert THEME.with_calendars(add, past).strip() == add(THEME.calendar_links(past)).strip() == ""


@pytest.mark.parametrize(
    ("file", "name"),
    [
        ("share", "share_page"),
        ("share", "fold_page"),
        ("share", "share_event"),
        ("calendar", "add"),
    ],
)
def test_the_themes_own_macros_have_a_form(file: str, name: str) -> None:
    ways = sharing.AnyPage(all_networks(), WORDS).ways
    given = ways if file == "share" else [*ways.links]
    labels = ["Share", "Print"] if name.endswith("page") else []
    assert macro(file, name).form(sealed(given), *labels)


# What macros of another theme may do with the ways to pass a page on, beside showing them.
COMPUTED = [
    "{{ ways.title|length }}",
    "{{ ways.title|upper }}",
    "{{ ways.title.upper() }}",
    "{{ ways.title|tojson }}",
    "{{ ways|string }}",
    "{{ ways.title|truncate(20) }}",
    "{{ ways.title|safe }}",
    "{{ ways.title|int }}",
    "{{ ways.title[0] }}",
    "{{ ways.title[1] is defined }}",
    "{{ ways.title|default(1) }}",
    "{{ ways.title is string }} {{ ways.title is escaped }} {{ ways.title is sequence }}",
    "{{ ways.title == 'Vigil' }} {{ ways.title != 'Vigil' }} {{ ways.title in ['Vigil'] }}",
    "{{ 'Vigil' in ways.title }} {{ ways.title > 'V' }}",
    "{{ 'long' if ways.title|length > 12 else 'short' }}",
    "{% for sign in ways.title %}{{ sign }}.{% endfor %}",
    "{% set found = ways.title ~ '!' %}{{ found|length }}",
    "{% set found %}<b>{{ ways.title }}</b>{% endset %}{{ found|length }} {{ 'Vigil' in found }}",
    "{% filter upper %}{{ ways.title }}{% endfilter %}",
    "{{ shown(ways)|length }}",
    "{{ shown(ways)|upper }}",
    "{% if 'Vigil' in shown(ways) %}yes{% endif %}",
    "{{ ('<i>%s</i>'|safe) % ways.title }} {{ '<i>%s</i>' % ways.title }}",
    "{{ ('<i>'|safe) + ways.title }}",
    "{{ ways.links|map(attribute='href')|join(' ') }}",
    "{{ ways.links|map(attribute='href')|map('length')|list }}",
    "{{ ways.links|selectattr('href', 'in', ['x'])|list|length }}",
    "{{ (ways.links|first).href|length }} {{ ways.links[0].href|urlencode }}",
    "{{ ways.links }}",
    "{{ {ways.title: 1}|tojson }}",
    "{% autoescape false %}{{ ways.title }}{% endautoescape %}",
    "{{ t('time_in', place=ways.title) }}",
    "{% call around() %}{{ ways.title }}{% endcall %}",
]  # fmt: skip


@pytest.mark.parametrize("does", COMPUTED)
def test_a_macro_may_compute_with_what_is_each_pages_own(does: str, tmp_path: Path) -> None:
    text = f"{{% macro show(ways) %}}{does}{{% endmacro %}}"
    text += "{% macro shown(ways) %}<b>{{ ways.title }}</b>{% endmacro %}"
    text += "{% macro around() %}{{ caller()|length }} {{ caller() }}{% endmacro %}"
    write(tmp_path / "own.html", text)
    module = (
        environment(tmp_path, JINJA_ENVIRONMENT, THEME, Assets({}, {}))
        .get_template("own.html")
        .module
    )
    show = module.show  # type: ignore[attr-defined]
    for title in ("Vigil", "A vigil of many words, & more", "2024", "<b>now</b>"):
        page = Route("/a/", "page", title, "Plain.")
        assert THEME.with_ways(show, page) == show(THEME.page_ways(page)), title


def test_a_macro_that_knows_the_page_is_made_for_each(tmp_path: Path) -> None:
    write(tmp_path / "own.html", "{% macro show(ways) %}{{ ways.title }} {{ word }}{% endmacro %}")
    write(
        tmp_path / "page.html",
        '{% from "own.html" import show with context %}{{ with_ways(show, here) }}',
    )
    templates = environment(tmp_path, JINJA_ENVIRONMENT, THEME, Assets({}, {}))
    for word in ("one", "two"):
        page = Route("/a/", "page", "Vigil", "Plain.")
        made = templates.get_template("page.html").render(here=page, word=word)
        assert made == f"Vigil {word}"
