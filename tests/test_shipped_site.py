"""The site that this project ships, built for the root and for its own address below a path.

"Now" is the moment that every test has unless it says otherwise; the shipped events are past by then.
"""

import csv
import gzip
import json
import re
from collections.abc import Iterator
from html import unescape
from itertools import pairwise
from typing import Any
from urllib.parse import urljoin, urlsplit
from xml.etree import ElementTree as ET

import pytest

from tests.conftest import BuiltSite
from tests.pages import HEADINGS, Page, broken_references, words
from tests.projects import SHIPPED

SITE = "https://example.org/reunite"
KILOBYTE = 1024
# What a browser loads by itself while a page is read; `link` only where it is one of these.
LOADED = {
    "img",
    "script",
    "iframe",
    "audio",
    "video",
    "source",
    "track",
    "embed",
    "object",
    "input",
}
LOADED_LINKS = {"stylesheet", "icon", "apple-touch-icon", "preload", "modulepreload", "manifest"}

# Every page that has no address of its own in the content, and each kind that has one.
ADDRESSES = {
    "/",
    "/letter/",
    "/act/",
    "/act/post/",
    "/act/picture/",
    "/act/petition/",
    "/act/share/",
    "/act/congress/",
    "/events/",
    "/events/past/",
    "/events/online/",
    "/events/in/",
    "/events/in/us/",
    "/events/in/us/ca/",
    "/events/on/",
    "/events/on/2018-06-30/",
    "/events/2018-06-17-families-belong-together-seattle/",
    "/updates/",
    "/updates/executive-order/",
    "/about/",
    "/privacy/",
    "/tone/",
    "/404.html",
}


@pytest.fixture(params=["at the root", "below a path"])
def built(
    request: pytest.FixtureRequest, shipped_site: BuiltSite, published_site: BuiltSite
) -> tuple[BuiltSite, str]:
    """The site and its base path."""
    at_root = request.param == "at the root"
    return (shipped_site, "") if at_root else (published_site, "/reunite")


def every(site: BuiltSite) -> Iterator[Page]:
    """Yield each page that is for readers."""
    return (page for page in site.pages.values() if not page.is_redirect)


def gzipped(text: str | bytes) -> int:
    """Return the bytes that a text takes on its way."""
    return len(gzip.compress(text.encode() if isinstance(text, str) else text, 9))


# Addresses


def test_every_address_that_the_design_promises_is_there(shipped_site: BuiltSite) -> None:
    assert ADDRESSES - shipped_site.pages.keys() == set()


def test_every_address_within_the_site_leads_somewhere(built: tuple[BuiltSite, str]) -> None:
    site, base = built
    assert broken_references(site.output, site.pages, base) == []


def test_absolute_addresses_of_the_site_lead_to_its_pages(built: tuple[BuiltSite, str]) -> None:
    site, _ = built
    listed = [
        str(location.text)
        for location in ET.parse(site.output / "sitemap.xml").iter()
        if location.tag.endswith("loc")
    ]
    indexed = sorted(f"{SITE}{page.path}" for page in site.pages.values() if page.is_indexed)
    assert sorted(listed) == indexed
    for page in every(site):
        if page.is_indexed:
            assert page.canonical == [f"{SITE}{page.path}"]
            assert page.meta("og:url") == f"{SITE}{page.path}"
        image = page.meta("og:image")
        assert image is None or (site.output / image.removeprefix(f"{SITE}/")).is_file()
    feed = ET.parse(site.output / "updates/atom.xml")
    links = [link.get("href") or "" for link in feed.iter("{http://www.w3.org/2005/Atom}link")]
    assert f"{SITE}/updates/court-order/" in links
    assert {link.removeprefix(SITE) for link in links} <= {*site.pages, "/updates/atom.xml"}


def test_nothing_is_requested_from_another_host(built: tuple[BuiltSite, str]) -> None:
    site, base = built
    for page in every(site):
        for element in page.root.iter():
            loads = element.tag in LOADED or (
                element.tag == "link" and LOADED_LINKS & set((element.get("rel") or "").split())
            )
            for address in (element.get("src"), element.get("href"), element.get("data")):
                if loads and address:
                    parts = urlsplit(urljoin(f"http://here{base}{page.path}", address))
                    assert parts.netloc == "here", f"{page.path}: {address}"
    for style in site.output.rglob("*.css"):
        css = style.read_text(encoding="utf-8")
        assert "@import" not in css
        assert not re.search(r"url\(\s*[\"']?(?:https?:)?//", css)


# HTML


def test_every_page_is_html_without_an_error(built: tuple[BuiltSite, str]) -> None:
    site, _ = built
    for page in site.pages.values():
        assert page.root.tag == "html"
        assert len(page.ids) == len(set(page.ids)), page.path


def test_nothing_is_inline_that_a_strict_policy_forbids(shipped_site: BuiltSite) -> None:
    for page in shipped_site.pages.values():
        for element in page.root.iter():
            assert element.tag != "style", page.path
            assert "style" not in element.attrib, page.path
            assert not [name for name in element.attrib if name.startswith("on")], page.path
            if element.tag == "script" and not element.get("src"):
                data = {"application/ld+json", "application/json"}
                assert element.get("type") in data, page.path
        assert not [link for link in page.links if link.startswith("javascript:")], page.path


def test_the_policy_is_strict_and_stands_before_what_it_governs(shipped_site: BuiltSite) -> None:
    for page in every(shipped_site):
        head = [element for element in page.all("head")[0] if element.tag != "title"]
        names = [element.get("http-equiv") for element in head]
        policy = head[names.index("Content-Security-Policy")].get("content") or ""
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        loading = [at for at, element in enumerate(head) if element.tag in {"link", "script"}]
        assert names.index("Content-Security-Policy") < loading[0], page.path


def test_a_page_has_one_h1_and_its_headings_in_order(shipped_site: BuiltSite) -> None:
    for page in every(shipped_site):
        levels = [int(element.tag[1]) for element in page.all(*HEADINGS)]
        assert levels.count(1) == 1, page.path
        assert levels[0] == 1, page.path
        for before, after in pairwise(levels):
            assert after <= before + 1, f"{page.path}: {levels}"
        assert all(words(element) for element in page.all(*HEADINGS)), page.path


def test_a_page_has_its_landmarks(shipped_site: BuiltSite) -> None:
    for page in every(shipped_site):
        (main,) = page.all("main")
        assert main.get("id"), page.path
        body = page.all("body")[0]
        assert [child.tag for child in body if child.tag in {"header", "main", "footer"}] == [
            "header",
            "main",
            "footer",
        ], page.path
        labels = [element.get("aria-label") for element in page.all("nav")]
        assert all(labels), page.path
        assert len(labels) == len(set(labels)), page.path


def test_a_page_names_its_language_title_and_description(shipped_site: BuiltSite) -> None:
    titles: dict[str, str] = {}
    for page in every(shipped_site):
        assert page.root.get("lang") == "en"
        assert page.root.get("dir") == "ltr"
        (title,) = page.all("title")
        assert "Reunite Refugee Children" in words(title), page.path
        assert titles.setdefault(words(title), page.path) == page.path
        assert page.meta("viewport") == "width=device-width, initial-scale=1"
        if page.is_indexed:
            assert 20 < len(page.meta("description") or "") < 300, page.path
            assert page.meta("og:title"), page.path
            assert page.meta("twitter:card") == "summary_large_image"
            assert page.meta("og:image:alt"), page.path


def test_every_picture_and_every_link_says_what_it_is(shipped_site: BuiltSite) -> None:
    for page in every(shipped_site):
        for image in page.all("img"):
            assert image.get("alt") is not None, page.path
        # What a script takes out of a template it fills in.
        unfilled = {link for template in page.all("template") for link in template.iter("a")}
        for link in set(page.all("a")) - unfilled:
            names = [image.get("alt") or "" for image in link.iter() if image.tag == "img"]
            assert (words(link) + "".join(names)).strip() or link.get("aria-label"), page.path


# Structured data


def described(page: Page) -> list[dict[str, Any]]:
    """Return a page's structured data."""
    blocks = page.all("script", type="application/ld+json")
    return [json.loads(unescape(block.text or "")) for block in blocks]


def test_structured_data_says_what_a_page_is(shipped_site: BuiltSite) -> None:
    pages = shipped_site.pages
    (website,) = described(pages["/"])
    assert (website["@type"], website["url"]) == ("WebSite", f"{SITE}/")
    (article,) = described(pages["/letter/"])
    assert (article["@type"], article["headline"]) == ("Article", "A letter to Ivanka Trump")
    events = [page for path, page in pages.items() if re.match(r"/events/\d{4}-", path)]
    with (SHIPPED / "events.csv").open(encoding="utf-8", newline="") as table:
        assert len(events) == len(list(csv.DictReader(table)))
    for page in events:
        (event,) = described(page)
        assert event["@context"] == "https://schema.org"
        assert event["@type"] == "Event"
        assert event["name"] == words(page.all("h1")[0])
        assert event["startDate"].startswith(page.path.split("/")[2][:10])
        assert event["location"]


def test_each_event_has_a_written_id_so_that_its_address_lasts() -> None:
    with (SHIPPED / "events.csv").open(encoding="utf-8", newline="") as table:
        assert all(row["id"] for row in csv.DictReader(table))


def test_an_events_time_in_structured_data_has_its_own_zone(shipped_site: BuiltSite) -> None:
    page = shipped_site.pages["/events/2018-06-17-families-belong-together-seattle/"]
    (event,) = described(page)
    assert event["startDate"] == "2018-06-17T12:00:00-07:00"
    assert event["location"]["address"]["addressRegion"] == "WA"


# Budgets


def test_a_page_and_its_styles_arrive_in_one_round_trip(built: tuple[BuiltSite, str]) -> None:
    site, base = built
    for page in every(site):
        sheets = [link.get("href") or "" for link in page.all("link", rel="stylesheet")]
        assert len(sheets) <= 2
        styles = [site.output / sheet.removeprefix(f"{base}/").lstrip("/") for sheet in sheets]
        size = gzipped(page.html) + sum(gzipped(style.read_bytes()) for style in styles)
        assert size <= 14 * KILOBYTE, f"{page.path}: {size} bytes"


def test_a_pages_scripts_are_small(built: tuple[BuiltSite, str]) -> None:
    site, base = built
    for page in every(site):
        scripts = page.values("script", "src")
        files = [site.output / script.removeprefix(f"{base}/").lstrip("/") for script in scripts]
        assert sum(gzipped(file.read_bytes()) for file in files) <= 10 * KILOBYTE, page.path


# What the campaign promises


def test_the_letter_is_whole(shipped_site: BuiltSite) -> None:
    text = shipped_site.pages["/letter/"].text
    assert "Dear Ivanka," in text
    assert "The campaign to reunite refugee children and their parents" in text


def test_past_events_say_that_they_are_past(shipped_site: BuiltSite) -> None:
    for path, page in shipped_site.pages.items():
        if re.match(r"/events/\d{4}-", path):
            assert "This event has passed." in page.text


def test_the_four_steps_stand_on_one_page_in_order(shipped_site: BuiltSite) -> None:
    page = shipped_site.pages["/act/"]
    steps = [words(element) for element in page.all("h2")][:4]
    assert steps == [
        "Write to Ivanka Trump",
        "Add your own words and a picture",
        "Sign the petition",
        "Pass it on",
    ]
