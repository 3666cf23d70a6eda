"""The message composer by keyboard, on a small screen, and its weight."""

import gzip

import pytest
from playwright.sync_api import Locator, Page

from tests.conftest import BuiltSite
from tests.photos import photo
from tests.theme.composer import (
    PICTURE,
    POST,
    SHARING,
    TEXTS,
    WORDS,
    Read,
    attach,
    button,
    link,
    text_of,
)


def test_the_keyboard_alone_writes_chooses_opens_and_ticks(read: Read) -> None:
    reader = read()
    page = reader.open(POST)
    tab_to(page, text_of(page))
    page.keyboard.press("Control+A")
    page.keyboard.type(WORDS)
    tab_to(page, page.get_by_label("Bluesky"))
    page.keyboard.press("Space")
    tab_to(page, page.get_by_text(TEXTS.text("picture_add")))
    page.keyboard.press("Enter")
    tab_to(page, button(page, "picture_choose"))
    # The window of the system for choosing a file is not waited for: a click on the field opens it.
    page.locator("input[type=file]").evaluate(
        "field => { field.onclick = () => { window.asked = true; return false; }; }"
    )
    page.keyboard.press("Enter")
    assert page.evaluate("window.asked")
    tab_to(page, link(page, "Bluesky"))
    with page.expect_popup():
        page.keyboard.press("Enter")
    assert "bsky.app" in reader.left[0]
    tab_to(page, page.get_by_label(TEXTS.text("done_this")))
    page.keyboard.press("Space")
    assert not page.get_by_label(TEXTS.text("done_this")).is_checked()


def tab_to(page: Page, wanted: Locator) -> None:
    for _ in range(40):
        page.keyboard.press("Tab")
        if wanted.evaluate("wanted => wanted === document.activeElement"):
            assert wanted.evaluate("it => parseFloat(getComputedStyle(it).outlineWidth)") >= 2
            return
    pytest.fail(f"the Tab key does not reach {wanted}")


@pytest.mark.parametrize("size", [16, 32], ids=["plain", "text at 200 %"])
def test_everything_fits_a_small_telephone(read: Read, size: int) -> None:
    page = read(SHARING, viewport={"width": 320, "height": 640}, bypass_csp=True).open(PICTURE)
    page.add_style_tag(content=f":root {{ font-size: {size}px }}")
    attach(page, photo())
    page.get_by_label("Facebook").check()
    page.get_by_label("Bluesky").check()
    text_of(page).fill(WORDS * 5)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_the_sheet_makes_room_for_every_line(read: Read) -> None:
    page = read().open(POST)
    text_of(page).fill("A line.\n" * 40)
    assert text_of(page).evaluate("it => it.scrollHeight <= it.clientHeight")


def test_the_scripts_of_an_action_are_small_and_its_page_too(shipped_site: BuiltSite) -> None:
    def weight(*addresses: str) -> int:
        files = [shipped_site.output / address.lstrip("/") for address in addresses]
        return sum(len(gzip.compress(file.read_bytes(), 9)) for file in files)

    page = shipped_site.pages[POST]
    sheets = [sheet.get("href") or "" for sheet in page.all("link", rel="stylesheet")]
    assert weight(*page.values("script", "src")) <= 10_000
    assert weight("act/post/index.html", *sheets) <= 14_000
