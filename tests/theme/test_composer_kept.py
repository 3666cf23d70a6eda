"""The message composer keeps what a reader wrote, and forgets it when asked."""

from tests.photos import photo
from tests.theme.composer import PICTURE, POST, WORDS, Read, attach, button, kept, link, text_of


def test_a_draft_survives_a_reload_and_is_the_same_on_both_steps(read: Read) -> None:
    page = read().open(POST)
    text_of(page).fill(WORDS)
    page.get_by_label("Bluesky").check()
    page.reload()
    assert text_of(page).input_value() == WORDS
    assert page.get_by_label("Bluesky").is_checked()
    page.get_by_role("link", name="Add your own words and a picture").click()
    page.wait_for_url(f"**{PICTURE}")
    assert text_of(page).input_value() == WORDS
    text_of(page).fill(f"{WORDS} Thank you.")
    page.go_back()
    page.wait_for_url(f"**{POST}")
    assert text_of(page).input_value() == f"{WORDS} Thank you."


def test_a_draft_that_was_shared_is_gone_with_its_tab(read: Read) -> None:
    reader = read()
    page = reader.open(POST)
    text_of(page).fill(WORDS)
    with page.expect_popup():
        link(page, "X").click()
    page.close()
    page = reader.open(POST)
    assert text_of(page).input_value() != WORDS
    assert kept(page) == (0, 1)


def test_a_reader_starts_again(read: Read) -> None:
    page = read().open(PICTURE)
    first = text_of(page).input_value()
    text_of(page).fill(WORDS)
    page.get_by_label("X", exact=True).uncheck()
    attach(page, photo())
    button(page, "composer_clear").click()
    assert text_of(page).input_value() == first
    assert page.get_by_label("X", exact=True).is_checked()
    assert not page.locator("canvas").is_visible()
    assert kept(page) == (0, 0)


def test_nothing_is_kept_of_one_who_only_reads(read: Read) -> None:
    page = read().open(POST)
    text_of(page).focus()
    page.keyboard.press("Tab")
    assert kept(page) == (0, 0)
