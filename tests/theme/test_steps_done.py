"""The steps that a reader has ticked."""

import pytest

from tests.photos import photo
from tests.theme.composer import (
    NO_STORAGE,
    PICTURE,
    POST,
    SHARING,
    TEXTS,
    WORDS,
    Read,
    attach,
    button,
    kept,
    link,
    shared_by,
    text_of,
)


def test_a_step_is_ticked_once_it_was_shared_and_on_every_page(read: Read) -> None:
    reader = read()
    page = reader.open(POST)
    assert page.get_by_text(TEXTS.text("done_count", done=0, count=4)).is_visible()
    with page.expect_popup():
        link(page, "X").click()
    assert page.get_by_label(TEXTS.text("done_this")).is_checked()
    every = reader.open("/act/")
    every.locator("#main li", has_text="Sign the petition").get_by_label(
        TEXTS.text("done_this")
    ).check()
    assert every.get_by_text(TEXTS.text("done_count", done=2, count=4)).is_visible()
    page.get_by_text(TEXTS.text("done_count", done=2, count=4)).wait_for()

    button(every, "done_clear").click()
    assert every.get_by_text(TEXTS.text("done_count", done=0, count=4)).is_visible()
    assert every.locator("[data-done]:checked").count() == 0
    assert not button(every, "done_clear").is_visible()
    page.reload()
    assert not page.get_by_label(TEXTS.text("done_this")).is_checked()
    assert kept(page) == (0, 0)


def test_passing_the_campaign_on_ticks_that_step(read: Read) -> None:
    reader = read()
    page = reader.open("/act/share/")
    page.locator("[data-doing] a[href^='https://x.com/']").click()
    page.wait_for_url("https://x.com/**")
    done = reader.open("/act/share/").get_by_label(TEXTS.text("done_this"))
    assert done.is_checked()
    done.uncheck()
    assert not reader.open("/act/share/").get_by_label(TEXTS.text("done_this")).is_checked()


def test_the_ticks_of_another_campaign_on_the_same_host_are_left_alone(read: Read) -> None:
    page = read().open(POST)
    page.evaluate("localStorage['steps-done'] = JSON.stringify({ '/other/': ['sing'] })")
    page.reload()
    assert page.get_by_text(TEXTS.text("done_count", done=0, count=4)).is_visible()
    page.get_by_label(TEXTS.text("done_this")).check()
    button(page, "done_clear").click()
    assert page.evaluate("localStorage['steps-done']") == '{"/other/":["sing"]}'


def test_the_draft_of_another_campaign_on_the_same_host_is_left_alone(read: Read) -> None:
    page = read().open(POST)
    other = '{"/other/":{"text":"Theirs"}}'
    page.evaluate("other => { sessionStorage['message-draft'] = other; }", other)
    page.reload()
    assert text_of(page).input_value().startswith("Dear")
    text_of(page).fill(WORDS)
    button(page, "composer_clear").click()
    assert page.evaluate("sessionStorage['message-draft']") == other


@pytest.mark.parametrize(
    "kept_before",
    [
        "{",
        "null",
        "7",
        '{"/": 5}',
        '{"/": {"names": 5, "text": 3, "at": "x", "own": [], "alt": {}}}',
    ],
)
def test_what_was_kept_wrongly_hinders_nothing(read: Read, kept_before: str) -> None:
    page = read().open(POST)
    page.evaluate(
        """kept => {
            sessionStorage["message-draft"] = kept;
            localStorage["steps-done"] = kept;
        }""",
        kept_before,
    )
    page.reload()
    assert text_of(page).input_value().startswith("Dear")
    page.get_by_label(TEXTS.text("done_this")).check()
    assert page.get_by_text(TEXTS.text("done_count", done=1, count=4)).is_visible()


def test_a_network_that_the_campaign_has_given_up_hinders_nothing(read: Read) -> None:
    page = read().open(POST)
    page.evaluate(
        """sessionStorage["message-draft"] = '{"/":{"names":["gone"],"text":"Mine"}}'""",
    )
    page.reload()
    assert text_of(page).input_value() == "Mine"
    assert page.locator("[data-target]:checked").count() == 0
    assert page.get_by_text(TEXTS.text("composer_nowhere")).is_visible()
    assert not page.get_by_text(TEXTS.text("composer_posted")).is_visible()
    page.get_by_label("X", exact=True).check()
    assert not page.get_by_text(TEXTS.text("composer_nowhere")).is_visible()
    assert page.get_by_text(TEXTS.text("composer_posted")).is_visible()


def test_a_browser_that_keeps_nothing_hinders_nothing(read: Read) -> None:
    page = read(NO_STORAGE, SHARING).open(PICTURE)
    text_of(page).fill(WORDS)
    attach(page, photo())
    button(page, "picture_share").click()
    assert shared_by(page)[0]["text"].startswith(WORDS)
    assert page.get_by_label(TEXTS.text("done_this")).is_checked()
    button(page, "done_clear").click()
    assert not page.get_by_label(TEXTS.text("done_this")).is_checked()


def test_the_privacy_page_names_all_that_is_kept(read: Read) -> None:
    reader = read()
    page = reader.open(POST)
    text_of(page).fill(WORDS)
    page.get_by_label(TEXTS.text("done_this")).check()
    names = page.evaluate("[...Object.keys(sessionStorage), ...Object.keys(localStorage)]")
    told = reader.open("/privacy/").locator("main code").all_inner_texts()
    assert sorted(told) == sorted(names)
