"""The message composer: a reader's own picture."""

import base64
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from tests.photos import BLUE, RED, TRACES, drawing, photo
from tests.theme.composer import (
    HEIC,
    PICTURE,
    POST,
    SHARING,
    SITE,
    SLOW_PICTURES,
    TEXTS,
    WORDS,
    Read,
    attach,
    button,
    choose,
    link,
    query_of,
    shared_by,
    text_of,
)


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
