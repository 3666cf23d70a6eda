"""Sharing by the device itself: its own menu, the page's address copied, the page printed."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page

from campaign import words
from tests.projects import ROOT

TEXTS = words.load(ROOT / "theme" / "translations", "en")
SITE = "https://example.org/reunite"
EVENT = "/events/2018-06-17-families-belong-together-seattle/"
WITH_ALL = ["/letter/", "/act/post/", "/act/picture/", "/act/petition/", "/act/congress/", EVENT]
ABLE = """
    window.done = [];
    navigator.share = async (given) => { window.done.push(given); };
    navigator.clipboard.writeText = async (text) => { window.done.push(text); };
    window.print = () => { window.done.push("printed"); };
"""


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    """Open a browser that notes what it is asked to do."""
    page = chromium.new_page()
    page.set_default_timeout(10_000)
    page.add_init_script(ABLE)
    yield page
    page.close()


def device(page: Page, key: str) -> Locator:
    return page.locator(".pass-on-device").get_by_role("button", name=TEXTS.text(key))


@pytest.mark.parametrize("path", [*WITH_ALL, "/updates/executive-order/", "/about/"])
def test_a_page_shares_copies_and_prints_itself(page: Page, address: str, path: str) -> None:
    page.goto(address + path)
    heading = page.get_by_role("heading", level=1).inner_text().replace("\n", " ")
    device(page, "share_device").click()
    device(page, "share_copy").click()
    page.get_by_role("status").get_by_text(TEXTS.text("share_copied"), exact=True).wait_for()
    device(page, "print_letter" if path == "/letter/" else "print_page").click()
    given = {"title": heading, "url": SITE + path}
    assert page.evaluate("window.done") == [given, SITE + path, "printed"]


def test_passing_on_shares_the_whole_campaign(page: Page, address: str) -> None:
    page.goto(f"{address}/act/share/")
    device(page, "share_copy").click()
    assert page.evaluate("window.done") == [f"{SITE}/"]


@pytest.mark.parametrize("path", WITH_ALL)
def test_more_ways_are_links_to_be_unfolded_and_carry_the_pages_own_address(
    chromium: Browser, address: str, path: str
) -> None:
    page = chromium.new_page(java_script_enabled=False)
    page.goto(address + path)
    mastodon = page.locator("a[href^='https://share.joinmastodon.org/']")
    assert not mastodon.is_visible()
    page.locator(".pass-on summary").click()
    assert mastodon.is_visible()
    name = (SITE + path).replace(":", "%3A").replace("/", "%2F")
    assert (mastodon.get_attribute("href") or "").endswith(name)
    assert page.locator(".pass-on-device button").count() == 0
    page.close()


def test_where_copying_is_denied_the_address_stands_there(page: Page, address: str) -> None:
    page.add_init_script(
        "navigator.clipboard.writeText = async () => { throw new DOMException('', 'NotAllowedError'); };"
    )
    page.goto(f"{address}/letter/")
    device(page, "share_copy").click()
    page.get_by_role("status").get_by_text(f"{SITE}/letter/").wait_for()


def test_a_device_that_cannot_share_has_no_button_for_it(page: Page, address: str) -> None:
    page.add_init_script("delete navigator.share; delete Navigator.prototype.share;")
    page.goto(f"{address}/letter/")
    assert device(page, "print_letter").is_visible()
    assert device(page, "share_device").count() == 0
