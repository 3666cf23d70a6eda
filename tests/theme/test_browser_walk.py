"""A reader's way through the site, in a browser: with and without scripts, by keyboard, small, dark and printed."""

import shutil
from collections.abc import Callable, Iterator
from typing import Any, Literal
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Request

from campaign import words
from tests.conftest import BuiltSite, build_once, serve
from tests.projects import ROOT, SITES, edit, write

TEXTS = words.load(ROOT / "theme" / "translations", "en")
SITE = "https://example.org/reunite"
KINDS_OF_PAGE = [
    "/",
    "/letter/",
    "/act/",
    "/act/post/",
    "/act/congress/",
    "/events/",
    "/events/past/",
    "/events/in/",
    "/events/in/us/",
    "/events/in/us/ny/",
    "/events/on/",
    "/events/on/2018-06-30/",
    "/events/online/",
    "/events/2018-06-17-families-belong-together-seattle/",
    "/updates/",
    "/updates/executive-order/",
    "/about/",
    "/404.html",
]
Visit = Callable[..., Page]


@pytest.fixture
def visit(chromium: Browser, address: str) -> Iterator[Visit]:
    """Open a page of the site as a reader does.

    However they read it, nothing is asked of another host, nothing is stored on their machine,
    and the browser has nothing to complain of.
    """
    complaints: list[str] = []
    contexts = []

    def watch(request: Request) -> None:
        if not request.url.startswith(f"{address}/"):
            complaints.append(f"requested {request.url}")

    def listen(message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            complaints.append(f"{message.type}: {message.text}")

    def open_page(path: str, **options: Any) -> Page:  # noqa: ANN401 (a browser context's options)
        context = chromium.new_context(**options)
        contexts.append(context)
        context.set_default_timeout(10_000)
        context.on("request", watch)
        context.on("console", listen)
        context.on("weberror", lambda error: complaints.append(str(error.error)))
        page = context.new_page()
        page.goto(address + path)
        return page

    yield open_page
    for context in contexts:
        state = context.storage_state(indexed_db=True)
        assert not state["cookies"]
        assert not state["origins"]
        context.close()
    assert complaints == []


def path_of(page: Page) -> str:
    parts = urlsplit(page.url)
    return parts.path + (f"#{parts.fragment}" if parts.fragment else "")


def query_of(link: str) -> dict[str, list[str]]:
    return parse_qs(urlsplit(link).query)


# The way


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_reader_finds_the_letter_the_first_step_and_an_event(
    visit: Visit, *, scripts: bool
) -> None:
    page = visit("/", java_script_enabled=scripts)
    main = page.get_by_role("main")
    main.get_by_role("link", name=TEXTS.text("read_letter")).click()
    assert path_of(page) == "/letter/"
    main.get_by_text("Dear Ivanka,").wait_for()

    main.get_by_role("link", name=TEXTS.text("take_action")).click()
    assert path_of(page) == "/act/"
    main.get_by_role("link", name="Write to Ivanka Trump", exact=True).click()
    assert path_of(page) == "/act/post/"

    x = main.locator("a[href^='https://x.com/']").first.get_attribute("href")
    assert x
    query = query_of(x)
    assert query.keys() == {"text", "url"}
    assert "@IvankaTrump" in query["text"][0]
    assert "#IvankaReuniteRefugeeChildren" in query["text"][0]
    assert "http" not in query["text"][0]
    assert query["url"] == [f"{SITE}/act/post/"]
    facebook = main.locator("a[href^='https://www.facebook.com/']").first.get_attribute("href")
    assert facebook
    assert query_of(facebook) == {"u": [f"{SITE}/act/post/"]}

    page.get_by_role("navigation").get_by_role("link", name=TEXTS.text("events_menu")).click()
    assert path_of(page) == "/events/"
    main.get_by_text(TEXTS.text("events_none_upcoming")).wait_for()
    main.get_by_role("link", name="Families Belong Together Seattle").click()
    assert path_of(page) == "/events/2018-06-17-families-belong-together-seattle/"
    main.get_by_text(TEXTS.text("event_passed")).wait_for()
    page.go_back()
    assert path_of(page) == "/events/"


def test_a_former_address_takes_the_reader_along(chromium: Browser, full_preview: str) -> None:
    page = chromium.new_page()
    page.goto(f"{full_preview}/open-letter/")
    page.wait_for_url(f"{full_preview}/letter/")
    page.close()


# By keyboard


# What has the focus; how its outline looks; and on what ground.
FOCUS = """() => {
    const element = document.activeElement;
    const { outlineStyle, outlineWidth, outlineColor } = getComputedStyle(element);
    return {
        element: element === document.body ? null : element.outerHTML,
        inMain: document.querySelector("main").contains(element),
        style: outlineStyle,
        width: parseFloat(outlineWidth),
        color: outlineColor,
        ground: getComputedStyle(document.body).backgroundColor,
    };
}"""


@pytest.mark.parametrize(
    ("path", "scheme"),
    [("/", "light"), ("/letter/", "dark"), ("/act/", "light"), ("/events/", "dark")],
)
def test_the_keyboard_alone_is_enough_and_shows_where_it_is(
    visit: Visit, path: str, scheme: Literal["light", "dark"]
) -> None:
    page = visit(path, color_scheme=scheme)
    focus = press_tab(page)
    assert TEXTS.text("skip_to_content") in focus["element"]
    box = page.get_by_role("link", name=TEXTS.text("skip_to_content")).bounding_box()
    assert box
    assert min(box["x"], box["y"]) >= 0

    page.keyboard.press("Enter")
    page.wait_for_url(f"**{path}#main")
    focus = press_tab(page)
    assert focus["inMain"]
    seen = []
    while focus["element"]:
        seen.append(focus["element"])
        focus = press_tab(page)
        assert len(seen) < 300
    assert len(seen) > 3


def press_tab(page: Page) -> dict[str, Any]:
    """Go on to what can be used next, which must show that it is there; gives what it is."""
    page.keyboard.press("Tab")
    focus: dict[str, Any] = page.evaluate(FOCUS)
    if focus["element"]:
        assert focus["style"] not in {"none", "hidden"}, focus
        assert focus["width"] >= 2, focus
        assert focus["color"] not in {focus["ground"], "rgba(0, 0, 0, 0)"}, focus
    return focus


def test_steps_are_taken_by_keyboard_alone(visit: Visit) -> None:
    page = visit("/")
    for _ in range(30):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.pathname") == "/act/post/":
            break
    page.keyboard.press("Enter")
    page.wait_for_url("**/act/post/")


# Small, dark, printed


def test_no_page_is_wider_than_a_small_telephone(visit: Visit, address: str) -> None:
    page = visit("/", viewport={"width": 320, "height": 640})
    schemes: tuple[Literal["light", "dark"], ...] = ("light", "dark")
    for path in KINDS_OF_PAGE:
        page.goto(address + path)
        for scheme in schemes:
            page.emulate_media(color_scheme=scheme)
            assert page.evaluate("document.documentElement.scrollWidth") <= 320, path


@pytest.mark.parametrize(
    "path", ["/about/", "/updates/ten-thousand/", "/events/", "/events/vienna-main-station/"]
)
def test_tables_pictures_and_long_words_fit_too(
    chromium: Browser, full_preview: str, path: str
) -> None:
    page = chromium.new_page(viewport={"width": 320, "height": 640})
    page.goto(full_preview + path)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.close()


LONG = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"
TABLE = f"""
Year | Passengers in sleeping cars | Timetables | Connections | Remarks
--- | --- | --- | --: | ---
2023 | {LONG} | many | 12 | none
"""


@pytest.fixture(scope="session")
def crowded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A site with names as long as they get, eight pages of its own in the menu, and a wide table."""
    content = tmp_path_factory.mktemp("content") / "content"
    shutil.copytree(SITES / "full", content)
    edit(content / "campaign.md", "name: Bring Back the Night Trains", f"name: Back, {LONG}")
    for number in range(8):
        fields = f"title: What we ask {number}\nsummary: One of our pages.\nmenu: main"
        write(
            content / "pages" / f"{number + 2}-ask.md",
            f"---\nslug: ask-{number}\n{fields}\n---\n{TABLE}",
        )
    venue = {"venue": LONG, "address": f"{LONG} {LONG}", "city": LONG, "organiser": LONG}
    facts = {
        "id": "long",
        "title": f"{'A long title that goes on ' * 8}{LONG}",
        "date": "2024-07-01",
        **venue,
    }
    fields = "\n".join(f"{name}: {value}" for name, value in facts.items())
    write(content / "events" / "long.md", f"---\n{fields}\n---\n")
    with serve(build_once(tmp_path_factory.mktemp("crowded"), content)) as served:
        yield served


@pytest.mark.parametrize("path", ["/", "/events/", "/events/long/", "/ask-0/", "/404.html"])
def test_long_names_and_many_pages_fit_a_small_telephone(
    chromium: Browser, crowded: str, path: str
) -> None:
    page = chromium.new_page(viewport={"width": 320, "height": 640})
    page.goto(crowded + path)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    heading = page.get_by_role("heading", level=1).bounding_box()
    assert heading
    assert heading["y"] < 640 * 2 / 3, "the menu fills the first screen"
    page.close()


def test_a_wide_table_keeps_its_words_whole_and_scrolls_by_keyboard(
    chromium: Browser, crowded: str
) -> None:
    page = chromium.new_page(viewport={"width": 1280, "height": 640}, bypass_csp=True)
    page.goto(f"{crowded}/ask-0/")
    box = page.get_by_role("group", name="Year Passengers in sleeping cars Timetables")
    cell = page.get_by_role("cell", name=LONG)
    assert cell.evaluate("cell => cell.scrollWidth <= cell.clientWidth")
    assert cell.evaluate(
        "cell => cell.clientHeight < 2 * parseFloat(getComputedStyle(cell).lineHeight)"
    )
    assert box.evaluate("box => box.scrollWidth > box.clientWidth")
    box.focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_function("document.activeElement.scrollLeft > 0")
    page.close()


def test_the_links_of_the_footer_are_large_enough_to_be_pressed(visit: Visit) -> None:
    for link in visit("/").get_by_role("contentinfo").get_by_role("link").all():
        box = link.bounding_box()
        assert box
        assert box["height"] >= 24, link.inner_text()


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_the_reader_chooses_light_or_dark(visit: Visit, *, scripts: bool) -> None:
    def ground(scheme: str) -> tuple[int, ...]:
        page = visit("/letter/", color_scheme=scheme, java_script_enabled=scripts)
        color = page.evaluate("getComputedStyle(document.body).backgroundColor")
        return tuple(int(part) for part in color.removeprefix("rgb(").removesuffix(")").split(","))

    assert min(ground("light")) > 200
    assert max(ground("dark")) < 60


def test_printed_the_letter_is_a_letter(visit: Visit) -> None:
    page = visit("/letter/")
    page.emulate_media(media="print")
    assert page.get_by_text("Dear Ivanka,").is_visible()
    assert (
        page.get_by_text("And then runs.").or_(page.get_by_text("And then runs")).first.is_visible()
    )
    assert page.get_by_text(f"{SITE}/letter/").is_visible()
    for what in ("nav", "button", ".skip", "a[href^='https://x.com/']"):
        shown = [item for item in page.locator(what).all() if item.is_visible()]
        assert shown == [], what
    assert page.evaluate("getComputedStyle(document.body).color") == "rgb(0, 0, 0)"


@pytest.mark.parametrize("path", ["/act/", "/act/sign/"])
def test_printed_a_button_says_where_it_leads(
    chromium: Browser, full_preview: str, path: str
) -> None:
    page = chromium.new_page()
    page.goto(full_preview + path)
    page.emulate_media(media="print")
    button = page.locator("main .buttons .button:visible").first
    shown = button.evaluate("button => getComputedStyle(button, '::after').content")
    assert "https://petitions.example/night-trains" in shown
    assert button.evaluate("button => getComputedStyle(button).borderTopWidth") == "0px"
    page.close()


@pytest.mark.parametrize(
    ("path", "address"),
    [
        ("/events/vienna-main-station/", "https://www.paper.example/breakfast"),
        ("/updates/ten-thousand/", "https://www.paper.example/night-trains"),
    ],
)
def test_printed_a_source_says_where_it_is(
    chromium: Browser, full_preview: str, path: str, address: str
) -> None:
    page = chromium.new_page()
    page.goto(full_preview + path)
    page.emulate_media(media="print")
    source = page.locator(f"a[href='{address}']")
    shown = source.evaluate("source => getComputedStyle(source, '::after').content")
    assert address in shown
    page.close()


def test_printed_nothing_speaks_of_what_only_a_screen_can_open(
    chromium: Browser, full_preview: str
) -> None:
    page = chromium.new_page(java_script_enabled=False)
    page.goto(f"{full_preview}/act/picture/")
    hint = page.get_by_text(TEXTS.text("picture_hint"))
    assert hint.is_visible()
    page.emulate_media(media="print")
    assert not hint.is_visible()
    page.close()


def test_printed_a_step_with_its_whole_text_goes_on_on_the_next_sheet(visit: Visit) -> None:
    page = visit("/act/")
    page.emulate_media(media="print")
    step = page.locator(".step").first
    assert step.evaluate("step => getComputedStyle(step).breakInside") == "auto"


def test_scripts_add_a_button_that_prints(visit: Visit) -> None:
    without = visit("/letter/", java_script_enabled=False)
    name = TEXTS.text("print_letter")
    assert without.get_by_role("button", name=name).count() == 0

    page = visit("/letter/")
    page.evaluate("window.print = () => { window.printed = true; }")
    page.get_by_role("button", name=name).click()
    assert page.evaluate("window.printed")


@pytest.fixture(scope="session")
def full_preview(full_site_at_root: BuiltSite) -> Iterator[str]:
    with serve(full_site_at_root) as served:
        yield served
