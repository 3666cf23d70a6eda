"""The message composer: words that a reader sends."""

import re
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, Route

from tests.theme.composer import (
    HASHTAG,
    MENTION,
    NAME,
    POST,
    SITE,
    TEXTS,
    WORDS,
    Read,
    button,
    count_of,
    link,
    query_of,
    text_of,
)


def test_without_scripts_the_first_message_stands_in_a_link(read: Read) -> None:
    page = read(java_script_enabled=False).open(POST)
    assert not text_of(page).is_visible()
    assert not page.get_by_text(TEXTS.text("done_this")).is_visible()
    name = TEXTS.text("button_post") + TEXTS.text("label_end")
    found = page.get_by_role("link", name=f"{name} X")
    assert query_of(found.get_attribute("href") or "")["text"][0].startswith(f"Dear {MENTION}, you")


def test_the_composer_takes_the_place_of_the_links_and_begins_with_the_first_message(
    read: Read,
) -> None:
    page = read().open(POST)
    assert text_of(page).input_value().startswith(f"Dear {MENTION}, you are a mother.")
    assert text_of(page).input_value().endswith(HASHTAG)
    assert page.locator("main [data-doing]").count() == 0
    assert page.get_by_role("note").get_by_text(TEXTS.text("tone")).is_visible()


def test_what_a_reader_writes_goes_to_x_and_the_page_with_it(read: Read) -> None:
    reader = read()
    page = reader.open(POST)
    text_of(page).fill(f"{WORDS}\n50% & more")
    assert reader.left == []
    with page.expect_popup() as opened:
        link(page, "X").click()
    opened.value.wait_for_load_state()
    (address,) = reader.left
    assert address.startswith("https://x.com/intent/tweet?")
    assert query_of(address) == {"text": [f"{WORDS}\n50% & more"], "url": [f"{SITE}{POST}"]}
    assert opened.value.evaluate("window.opener") is None
    assert path_of(page) == POST


def path_of(page: Page) -> str:
    return urlsplit(page.url).path


def test_the_count_turns_where_the_message_is_too_long(read: Read) -> None:
    page = read().open(POST)
    fits = f"{MENTION} {HASHTAG} "
    fits += "a" * (280 - 24 - len(fits))
    text_of(page).fill(fits)
    assert count_of(page, "x") == TEXTS.text("composer_left", count=0)
    assert page.locator("mark").inner_text() == ""
    text_of(page).fill(f"{fits}bcd")
    assert count_of(page, "x") == TEXTS.text("composer_over", count=3)
    assert page.locator("mark").inner_text() == "bcd"
    told = TEXTS.text("composer_over_from", count=3, words="bcd")
    page.get_by_role("status").get_by_text(f"X: {told}.").wait_for()


def test_where_an_address_counts_in_full_the_words_must_end_before_it(read: Read) -> None:
    page = read().open(POST)
    page.get_by_label("Bluesky").check()
    page.get_by_label("X", exact=True).uncheck()
    room = 300 - len(f" {SITE}{POST}")
    text_of(page).fill("\N{MAN}\u200d\N{WOMAN}\u200d\N{GIRL}" + "a" * (room - 1))
    assert count_of(page, "bluesky") == TEXTS.text("composer_left", count=0)
    text_of(page).press("End")
    page.keyboard.type("bc")
    assert count_of(page, "bluesky") == TEXTS.text("composer_over", count=2)
    assert page.locator("mark").inner_text() == "bc"


def test_each_network_chosen_is_counted_in_its_own_way(read: Read) -> None:
    page = read().open(POST)
    assert not page.locator("[data-count='bluesky']").is_visible()
    page.get_by_label("Bluesky").check()
    text_of(page).fill(f"{WORDS} 👩‍👩‍👧")
    bluesky = f"{WORDS} ".replace(MENTION, "Ivanka Trump")
    assert count_of(page, "x") == TEXTS.text("composer_left", count=280 - 24 - len(WORDS) - 3)
    left = 300 - len(bluesky) - 1 - len(f" {SITE}{POST}")
    assert count_of(page, "bluesky") == TEXTS.text("composer_left", count=left)


def test_an_address_counts_as_each_network_counts_it(read: Read) -> None:
    page = read().open(POST)
    page.get_by_label("Bluesky").check()
    text_of(page).fill(f"{WORDS} https://example.org/{'a' * 50}")
    assert count_of(page, "x") == TEXTS.text("composer_left", count=280 - len(WORDS) - 2 * 24)
    text_of(page).fill(f"{WORDS} library.museum/{'a' * 50}")
    assert count_of(page, "x") == TEXTS.text("composer_left", count=280 - len(WORDS) - 2 * 24)


def test_the_domains_are_fetched_once_the_composer_is_used(read: Read) -> None:
    page = read().open(POST)
    page.wait_for_load_state("networkidle")
    count = (
        "performance.getEntriesByType('resource').filter((it) => /domains/.test(it.name)).length"
    )
    assert page.evaluate(count) == 0
    text_of(page).fill(WORDS)
    text_of(page).fill(f"{WORDS}!")
    count_of(page, "x")
    assert page.evaluate(count) == 1


def test_the_count_is_told_once_the_reader_pauses_and_not_before(read: Read) -> None:
    page = read().open(POST)
    told = page.get_by_role("status").filter(has_text="X: ")
    page.clock.install()
    text_of(page).focus()
    before = f"X: {count_of(page, 'x')}."
    text_of(page).press_sequentially("abc")
    page.clock.run_for(500)
    assert told.inner_text() == before
    text_of(page).fill(HASHTAG)
    page.clock.run_for(1_000)
    missing = TEXTS.text("composer_lost_mention", name="Ivanka Trump")
    assert told.inner_text() == f"X: {count_of(page, 'x')}. {missing}"
    assert text_of(page).get_attribute("aria-describedby") == "message-address message-told"


def test_a_network_gets_the_mention_as_it_knows_it(read: Read) -> None:
    reader = read()
    page = reader.open(POST)
    text_of(page).fill(WORDS)
    page.get_by_label("Bluesky").check()
    assert text_of(page).input_value() == WORDS
    with page.expect_popup():
        link(page, "Bluesky").click()
    sent = WORDS.replace(MENTION, "Ivanka Trump")
    assert query_of(reader.left[0])["text"] == [f"{sent} {SITE}{POST}"]
    page.get_by_label("X", exact=True).uncheck()
    assert text_of(page).input_value() == sent
    assert not link(page, "X").is_visible()


def test_an_account_whose_name_begins_alike_is_left_alone(read: Read) -> None:
    reader = read()
    page = reader.open(POST)
    text_of(page).fill(f"{MENTION.lower()}, I ask {MENTION}HQ too. {HASHTAG}")
    page.get_by_label("Bluesky").check()
    assert not page.get_by_text(TEXTS.text("composer_lost_mention", name=NAME)).is_visible()
    with page.expect_popup():
        link(page, "Bluesky").click()
    sent = f"{NAME}, I ask {MENTION}HQ too. {HASHTAG}"
    assert query_of(reader.left[0])["text"] == [f"{sent} {SITE}{POST}"]
    text_of(page).fill(f"{MENTION}HQ {HASHTAG}")
    assert page.get_by_text(TEXTS.text("composer_lost_mention", name=NAME)).is_visible()


@pytest.mark.parametrize(("token", "page_too"), [(" {url}", f" {SITE}{POST}"), ("", "")])
def test_a_suggestion_goes_to_each_network_in_that_ones_own_words(
    read: Read, token: str, page_too: str
) -> None:
    reader = read()
    own = f'"overrides": {{"bluesky": ["In fewer words, {{mention}}.{token}"]}}'
    reader.context.route(
        f"{reader.address}{POST}",
        lambda route: route.fulfill(
            response=(found := route.fetch()), body=found.text().replace('"overrides": {}', own)
        ),
    )
    page = reader.open(POST)
    first = text_of(page).input_value()
    page.get_by_label("Bluesky").check()
    with page.expect_popup():
        link(page, "Bluesky").click()
    assert query_of(reader.left[0])["text"] == [f"In fewer words, {NAME}.{page_too}"]
    page.get_by_label("X", exact=True).uncheck()
    assert text_of(page).input_value() == f"In fewer words, {NAME}."
    page.get_by_label("X", exact=True).check()
    page.get_by_label("Bluesky").uncheck()
    assert text_of(page).input_value() == first


def test_suggestions_go_round_and_own_words_are_laid_aside(read: Read) -> None:
    page = read().open(POST)
    text_of(page).fill(WORDS)
    seen = set()
    for _ in range(6):
        button(page, "composer_suggest").click()
        seen.add(text_of(page).input_value())
    assert len(seen) == 6
    assert WORDS not in seen
    button(page, "composer_write").click()
    assert text_of(page).input_value() == WORDS
    assert not button(page, "composer_write").is_visible()


def test_own_words_are_not_lost_to_a_suggestion_that_was_changed(read: Read) -> None:
    page = read().open(POST)
    text_of(page).fill(WORDS)
    button(page, "composer_suggest").click()
    changed = f"{text_of(page).input_value()} Thank you."
    text_of(page).fill(changed)
    button(page, "composer_suggest").click()
    seen = []
    for _ in range(3):
        button(page, "composer_write").click()
        seen.append(text_of(page).input_value())
    assert seen == [changed, WORDS, changed]


def test_own_words_begin_between_the_mention_and_the_hashtag(read: Read) -> None:
    page = read().open(POST)
    button(page, "composer_write").click()
    page.keyboard.type("I thought of you.")
    assert text_of(page).input_value() == f"{MENTION} I thought of you. {HASHTAG}"


def test_what_is_missing_is_said_and_put_back_by_one_press(read: Read) -> None:
    page = read().open(POST)
    mention = page.get_by_text(TEXTS.text("composer_lost_mention", name="Ivanka Trump"), exact=True)
    hashtag = page.get_by_text(TEXTS.text("composer_lost_hashtag", hashtag=HASHTAG), exact=True)
    assert not mention.is_visible()
    text_of(page).fill("Please speak with your father.")
    assert mention.is_visible()
    assert hashtag.is_visible()
    button(page, "composer_put_back").first.click()
    button(page, "composer_put_back").click()
    assert text_of(page).input_value() == f"{MENTION} Please speak with your father. {HASHTAG}"
    assert not mention.is_visible()
    assert not hashtag.is_visible()


def test_what_no_suggestion_has_is_neither_added_nor_missed(read: Read) -> None:
    """Where the editor left the tokens out, they are not put in behind the editor's back."""
    reader = read()

    def without_tokens(route: Route) -> None:
        body = route.fetch().text()
        route.fulfill(body=re.sub(r" ?{(mention|hashtag|url)}", "", body), content_type="text/html")

    reader.context.route(reader.address + POST, without_tokens)
    page = reader.open(POST)
    text_of(page).fill("Please speak with your father.")
    assert count_of(page, "x") == TEXTS.text("composer_left", count=250)
    for key in ("mention", "hashtag", "page"):
        assert not page.locator(f"[data-part={key}]").is_visible()
    button(page, "composer_copy").click()
    assert page.evaluate("window.copied") == ["Please speak with your father."]


def test_facebook_takes_no_text_so_it_is_copied_first(read: Read) -> None:
    reader = read()
    page = reader.open(POST)
    text_of(page).fill(WORDS)
    page.get_by_label("Facebook").check()
    assert count_of(page, "facebook") == TEXTS.text("composer_textless")
    with page.expect_popup():
        link(page, "Facebook", "composer_copy_open").click()
    assert query_of(reader.left[0]) == {"u": [f"{SITE}{POST}"]}
    assert page.evaluate("window.copied") == [WORDS.replace(MENTION, "Ivanka Trump")]
    assert page.get_by_text(TEXTS.text("composer_copied")).is_visible()


def test_a_message_goes_to_any_other_network_by_a_copy(read: Read) -> None:
    page = read().open(POST)
    text_of(page).fill(WORDS)
    button(page, "composer_copy").click()
    assert page.evaluate("window.copied") == [f"{WORDS} {SITE}{POST}"]
    page.get_by_text(TEXTS.text("composer_copied")).wait_for()


def test_a_message_goes_to_any_application_by_the_devices_own_share(read: Read) -> None:
    share = "window.shared = []; navigator.share = async (given) => { window.shared.push(given); };"
    page = read(share).open(POST)
    text_of(page).fill(WORDS)
    composer = page.locator("[data-composer]")
    composer.get_by_role("button", name=TEXTS.text("share_device")).click()
    assert page.evaluate("window.shared") == [{"text": f"{WORDS} {SITE}{POST}"}]
    assert page.evaluate("window.copied") == []
    assert page.get_by_label(TEXTS.text("done_this")).is_checked()


def test_without_a_share_of_the_device_no_button_speaks_of_it(read: Read) -> None:
    page = read("delete Navigator.prototype.share;").open(POST)
    assert not button(page, "share_device").first.is_visible()
    assert button(page, "composer_copy").is_visible()


def test_a_browser_that_does_not_let_copy_is_told_of(read: Read) -> None:
    denied = "navigator.clipboard.writeText = async () => { throw new DOMException('', 'NotAllowedError'); };"
    page = read(denied).open(POST)
    page.get_by_label("Facebook").check()
    with page.expect_popup():
        link(page, "Facebook", "composer_copy_open").click()
    page.get_by_text(TEXTS.text("composer_uncopied")).wait_for()
