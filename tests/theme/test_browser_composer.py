"""Writing to the addressee, in a browser: words, counts, pictures, sharing, and what is kept of it."""

import base64
import gzip
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Locator, Page, Route

from campaign import words
from tests.conftest import BuiltSite
from tests.photos import BLUE, RED, TRACES, drawing, photo
from tests.projects import ROOT

TEXTS = words.load(ROOT / "theme" / "translations", "en")
NAME, MENTION, HASHTAG = "Ivanka Trump", "@IvankaTrump", "#IvankaReuniteRefugeeChildren"
WORDS = f"{MENTION}, I thought of you tonight. Please speak with your father. {HASHTAG}"
POST, PICTURE = "/act/post/", "/act/picture/"
SITE = "https://example.org/reunite"
HEIC = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + bytes(200)

# What a browser that can share files has; it notes what it is given, and the test reads it back.
SHARING = """
    window.shared = [];
    navigator.canShare = ({ files }) => files.length === 1;
    navigator.share = async ({ files: [file], text }) => {
        const bytes = new Uint8Array(await file.arrayBuffer());
        const data = btoa(bytes.reduce((all, byte) => all + String.fromCharCode(byte), ""));
        window.shared.push({ text, name: file.name, type: file.type, data });
    };
"""
# Copying is noted too: a browser without a window has no clipboard to paste from.
COPYING = """
    window.copied = [];
    Object.defineProperty(navigator, "clipboard", {
        configurable: true,
        value: { writeText: async (text) => { window.copied.push(text); } },
    });
"""
# The longer a file's name, the longer its picture takes to open.
SLOW_PICTURES = """
    const open = createImageBitmap;
    window.createImageBitmap = async (file, options) => {
        await new Promise((done) => setTimeout(done, 80 * file.name.length));
        const picture = await open(file, options);
        setTimeout(() => document.documentElement.dataset[`made${file.name.length}`] = "", 200);
        return picture;
    };
"""
NO_STORAGE = """
    for (const name of ["localStorage", "sessionStorage"])
        Object.defineProperty(window, name, { get() { throw new DOMException("", "SecurityError"); } });
"""


@dataclass
class Reader:
    """A reader with a browser of their own; `left` are the addresses beyond the site that it opened."""

    context: BrowserContext
    address: str
    left: list[str]

    def open(self, path: str) -> Page:
        page = self.context.new_page()
        page.goto(self.address + path)
        return page


Read = Callable[..., Reader]


@pytest.fixture
def read(chromium: Browser, address: str) -> Iterator[Read]:
    """Open a page for a reader whose browser may have `scripts` of its own; it must have nothing to complain of."""
    complaints: list[str] = []
    contexts = []

    def begin(*scripts: str, **options: Any) -> Reader:  # noqa: ANN401 (a browser context's options)
        context = chromium.new_context(**options)
        context.set_default_timeout(10_000)
        contexts.append(context)
        reader = Reader(context, address, [])

        def outside(route: Route) -> None:
            reader.left.append(route.request.url)
            route.fulfill(body="Another site.")

        context.route(lambda url: not url.startswith(address), outside)
        context.on(
            "console",
            lambda it: complaints.append(it.text) if it.type in {"error", "warning"} else None,
        )
        context.on("weberror", lambda error: complaints.append(str(error.error)))
        for script in (COPYING, *scripts):
            context.add_init_script(script)
        return reader

    yield begin
    for context in contexts:
        context.close()
    assert complaints == []


def text_of(page: Page) -> Locator:
    return page.get_by_label(TEXTS.text("composer_message"), exact=True)


def button(page: Page, key: str, **values: object) -> Locator:
    return page.get_by_role("button", name=TEXTS.text(key, **values))


def link(page: Page, network: str, key: str = "composer_open") -> Locator:
    return page.get_by_role("link", name=TEXTS.text(key, network=network))


def count_of(page: Page, network: str) -> str:
    """Return what a network is said to count, which is told once the composer is used."""
    count = page.locator(f"[data-count='{network}']")
    count.filter(has_text=re.compile(r"\w")).wait_for()
    return count.inner_text()


def query_of(address: str) -> dict[str, list[str]]:
    return parse_qs(urlsplit(address).query)


def choose(page: Page, data: bytes, name: str = "IMG_4711.jpg", kind: str = "image/jpeg") -> None:
    page.locator("input[type=file]").set_input_files(
        {"name": name, "mimeType": kind, "buffer": data}
    )


def attach(page: Page, data: bytes, name: str = "IMG_4711.jpg", kind: str = "image/jpeg") -> None:
    choose(page, data, name, kind)
    page.locator("canvas").wait_for()


def shared_by(page: Page) -> tuple[dict[str, str], bytes]:
    """Return what the device's own share was handed, and the bytes of the picture in it."""
    page.wait_for_function("window.shared.length")
    (shared,) = page.evaluate("window.shared")
    return shared, base64.b64decode(shared["data"])


def kept(page: Page) -> tuple[int, int]:
    """Return how many things are kept for the tab, and how many for longer."""
    found: list[int] = page.evaluate("[sessionStorage.length, localStorage.length]")
    return found[0], found[1]


# Words


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


# Pictures


def test_a_photo_is_shared_upright_smaller_and_with_nothing_in_it_but_what_can_be_seen(
    read: Read,
) -> None:
    original = photo()
    assert [original.count(trace) for trace in TRACES] == [3, 1]
    reader = read(SHARING)
    page = reader.open(PICTURE)
    attach(page, original)
    page.get_by_label(TEXTS.text("picture_alt")).fill("My two children.")
    assert page.get_by_role("img", name="My two children.").is_visible()
    text_of(page).fill(WORDS)
    button(page, "picture_share").click()

    shared, data = shared_by(page)
    assert (shared["name"], shared["type"]) == ("picture.jpeg", "image/jpeg")
    assert shared["text"] == f"{WORDS} {SITE}{PICTURE}"
    image = Image.open(BytesIO(data))
    assert image.size == (1365, 2048)
    assert near(image, (1300, 50), RED)
    assert near(image, (50, 50), BLUE)
    assert not image.getexif()
    # Chromium writes the profile of the canvas, which is the same for all pictures.
    own = {"jfif", "jfif_version", "jfif_unit", "jfif_density", "icc_profile"}
    assert image.info.keys() <= own
    for trace in (*TRACES, b"Exif", b"GPS", b"xmp", b"adobe", b"IMG_"):
        assert trace.lower() not in data.lower()
    assert reader.left == []


def near(image: Image.Image, place: tuple[int, int], color: tuple[int, int, int]) -> bool:
    """Whether a point has a colour, but for what JPEG makes of it."""
    found = image.convert("RGB").getpixel(place)
    assert isinstance(found, tuple)
    return all(abs(one - other) < 8 for one, other in zip(found, color, strict=True))


@pytest.mark.parametrize(("see_through", "kind"), [(True, "PNG"), (False, "JPEG")])
def test_a_drawing_stays_as_it_is_where_it_can_be_seen_through(
    read: Read, kind: str, *, see_through: bool
) -> None:
    page = read(SHARING).open(PICTURE)
    attach(page, drawing(see_through=see_through), "drawing.png", "image/png")
    button(page, "picture_share").click()
    _, data = shared_by(page)
    image = Image.open(BytesIO(data))
    assert (image.format, image.size) == (kind, (300, 200))
    assert TRACES[0] not in data
    assert near(image, (50, 50), RED)
    if see_through:
        assert image.convert("RGBA").getpixel((250, 150)) == (0, 0, 0, 0)


def test_a_browser_that_cannot_share_leads_through_three_steps(read: Read, tmp_path: Path) -> None:
    reader = read()
    page = reader.open(PICTURE)
    attach(page, photo())
    text_of(page).fill(WORDS)
    assert not button(page, "picture_share").is_visible()
    steps = page.get_by_role("listitem")
    with page.expect_download() as saved:
        steps.get_by_role("link", name=TEXTS.text("picture_save")).click()
    saved.value.save_as(tmp_path / "saved.jpeg")
    assert saved.value.suggested_filename == "picture.jpeg"
    assert TRACES[0] not in (tmp_path / "saved.jpeg").read_bytes()
    steps.get_by_role("button", name=TEXTS.text("composer_copy")).click()
    assert page.evaluate("window.copied") == [f"{WORDS} {SITE}{PICTURE}"]
    with page.expect_popup():
        steps.get_by_role("link", name=TEXTS.text("composer_open", network="X")).click()
    assert query_of(reader.left[0])["text"] == [WORDS]


def test_a_picture_that_was_taken_back_before_it_was_ready_does_not_come_back(read: Read) -> None:
    page = read(SLOW_PICTURES).open(PICTURE)
    choose(page, photo(), "a.jpg")
    button(page, "composer_clear").click()
    page.locator("html[data-made5]").wait_for()
    assert not page.locator("canvas").is_visible()


def test_of_two_pictures_the_one_chosen_last_counts(read: Read) -> None:
    page = read(SLOW_PICTURES).open(PICTURE)
    choose(page, photo(), "a-long-name.jpg")
    choose(page, drawing(see_through=True), "b.png", "image/png")
    page.locator("html[data-made15]").wait_for()
    saved = page.get_by_role("link", name=TEXTS.text("picture_save"))
    assert saved.get_attribute("download") == "picture.png"


def test_the_description_is_copied_by_one_press(read: Read) -> None:
    page = read().open(PICTURE)
    attach(page, photo())
    assert not button(page, "picture_alt_copy").is_visible()
    page.get_by_label(TEXTS.text("picture_alt")).fill("My two children.")
    button(page, "picture_alt_copy").click()
    assert page.evaluate("window.copied") == ["My two children."]


def test_a_picture_is_removed_and_with_it_what_was_said_of_it(read: Read) -> None:
    page = read(SHARING).open(PICTURE)
    attach(page, photo())
    page.get_by_label(TEXTS.text("picture_alt")).fill("My two children.")
    button(page, "picture_remove").click()
    assert not page.locator("canvas").is_visible()
    assert not button(page, "picture_share").is_visible()
    assert link(page, "X").is_visible()
    attach(page, photo())
    assert page.get_by_label(TEXTS.text("picture_alt")).input_value() == ""


def test_a_share_that_fails_is_told_and_one_that_is_called_off_is_not(read: Read) -> None:
    page = read(SHARING).open(PICTURE)
    attach(page, photo())
    done = page.get_by_label(TEXTS.text("done_this"))
    for name, said in (("AbortError", ""), ("NotAllowedError", TEXTS.text("composer_unshared"))):
        page.evaluate(
            "name => { navigator.share = async () => { throw new DOMException('', name); }; }", name
        )
        button(page, "picture_share").click()
        told = page.locator("[data-part=status]")
        if said:
            page.get_by_text(said).wait_for()
        else:
            assert TEXTS.text("composer_unshared") not in told.inner_text()
        assert not done.is_checked()


@pytest.mark.parametrize(
    ("name", "kind", "data", "said"),
    [
        ("IMG_4711.HEIC", "image/heic", HEIC, "picture_heic"),
        ("IMG_4711", "", HEIC, "picture_heic"),
        ("torn.jpg", "image/jpeg", photo()[:300], "picture_broken"),
        ("empty.jpg", "image/jpeg", b"", "picture_empty"),
        ("letter.pdf", "application/pdf", b"%PDF-1.7", "picture_other"),
    ],
)
def test_a_file_that_is_no_picture_gets_a_sentence(
    read: Read, name: str, kind: str, data: bytes, said: str
) -> None:
    page = read().open(PICTURE)
    page.locator("input[type=file]").set_input_files(
        {"name": name, "mimeType": kind, "buffer": data}
    )
    alert = page.locator("[role=alert]")
    alert.get_by_text(TEXTS.text(said)).wait_for()
    assert not page.locator("canvas").is_visible()
    attach(page, photo())
    assert alert.inner_text() == ""


def test_a_file_that_is_far_too_large_is_not_even_opened(read: Read, tmp_path: Path) -> None:
    file = tmp_path / "large.jpg"
    with file.open("wb") as large:
        large.truncate(64_000_001)
    page = read().open(PICTURE)
    page.locator("input[type=file]").set_input_files(file)
    page.get_by_role("alert").get_by_text(TEXTS.text("picture_large")).wait_for()


@pytest.mark.parametrize("how", ["drop", "paste"])
def test_a_picture_may_be_dropped_or_pasted(read: Read, how: str) -> None:
    page = read().open(POST)
    page.evaluate(
        """([how, data]) => {
            const given = new DataTransfer();
            const bytes = Uint8Array.from(atob(data), (letter) => letter.charCodeAt());
            given.items.add(new File([bytes], "IMG_4711.jpg", { type: "image/jpeg" }));
            const kind = { bubbles: true, cancelable: true };
            const event = how === "drop"
                ? new DragEvent(how, { ...kind, dataTransfer: given })
                : new ClipboardEvent(how, { ...kind, clipboardData: given });
            document.querySelector("#message").dispatchEvent(event);
        }""",
        [how, base64.b64encode(photo()).decode()],
    )
    page.locator("canvas").wait_for()


def test_a_picture_is_offered_on_the_first_step_and_asked_for_on_the_second(read: Read) -> None:
    reader = read()
    for path, is_open in ((POST, False), (PICTURE, True)):
        page = reader.open(path)
        assert button(page, "picture_choose").is_visible() == is_open


# What is kept


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


# Steps done


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


# By keyboard, small, light


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
