"""Shared parts of the tests beside this file."""

import base64
import re
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import BrowserContext, Locator, Page

from campaign import words
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
