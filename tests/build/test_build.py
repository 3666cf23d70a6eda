"""Contents of a built site: real builds of small sites."""

import os
import re
import shutil
import time
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import parse_qs, quote, unquote, urljoin, urlsplit
from xml.etree import ElementTree as ET

import pytest
from PIL import Image, ImageOps

from campaign import words
from campaign.addresses import PATHS
from campaign.build.project import Project
from campaign.content.model import KINDS, Campaign, Event
from campaign.reading import frontmatter
from tests.conftest import BuiltSite, MakeProject
from tests.pages import Page, broken_references, read_pages
from tests.photos import BLUE, TRACES, corner, dot, photo, revealing, save
from tests.projects import (
    NOW,
    ROOT,
    SITES,
    build_site,
    edit,
    finish,
    make_project,
    snapshot,
    start,
    write,
)
from tests.samples import MADE_BY_ITSELF

TEXTS = words.load(ROOT / "theme" / "translations", "en")
ATOM = "{http://www.w3.org/2005/Atom}"
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
RIDE = "https://night-trains.example/ride"

# The days of the events of the full site.
FULL_DAYS = (
    "2024-03-10",
    "2024-03-12",
    "2024-04-20",
    "2024-06-14",
    "2024-06-30",
    "2024-07-01",
    "2024-07-02",
    "2024-07-05",
    "2024-07-06",
    "2024-07-10",
    "2024-07-11",
    "2024-07-12",
    "2024-07-13",
    "2024-07-14",
    "2024-07-20",
)
FULL_PAGES = MADE_BY_ITSELF | {
    "/act/write/",
    "/act/sign/",
    "/act/picture/",
    "/act/share/",
    "/act/call/",
    "/act/postcard/",
    "/events/vienna-main-station/",
    "/events/2024-04-20-picnic-on-the-track-zurich/",
    "/events/2024-06-14-night-walk-los-angeles/",
    "/events/rally-in-the-rain/",
    "/events/2024-07-02-concert-in-a-sleeping-car-salzburg/",
    "/events/2024-06-30-reading-from-timetables/",
    "/events/2024-07-10-week-of-sleep/",
    "/events/2024-07-20-somewhere-in-austria/",
    "/events/2024-03-10-cancelled-long-ago-vienna/",
    "/events/2024-03-12-postponed-and-never-held/",
    "/events/map/",
    "/events/in/at/",
    "/events/in/at/salzburg/",
    "/events/in/at/tyrol/",
    "/events/in/at/vienna/",
    "/events/in/ch/",
    "/events/in/us/ca/",
    "/events/in/us/ny/",
    "/events/in/",
    "/events/in/us/",
    "/events/on/",
    *(f"/events/on/{day}/" for day in FULL_DAYS),
    "/updates/ten-thousand/",
    "/updates/first-train/",
    "/updates/a-promise/",
    "/about/",
    "/privacy/",
    "/hidden/",
}
FULL_CALENDARS = {
    "events/events.ics",
    *(f"{path[1:]}events.ics" for path in FULL_PAGES if re.match("/events/in/.", path)),
    *(
        f"events/{name}/{name}.ics"
        for path in FULL_PAGES
        for name in re.findall("^/events/([^/]+)/$", path)
        if name not in PATHS.reserved_event_names
    ),
}
FORMER_ADDRESSES = {
    "/home/": "/",
    "/index.htm": "/",
    "/open-letter/": "/letter/",
    "/act/post/": "/act/write/",
    "/write.html": "/act/write/",
    "/breakfast/": "/events/vienna-main-station/",
    "/events/breakfast/": "/events/vienna-main-station/",
    "/news/petition/": "/updates/ten-thousand/",
    "/who-we-are/": "/about/",
}
FULL_COPIES = {
    "images/train.png": "images/train.png",
    "extra/CNAME": "CNAME",
    "extra/apple-touch-icon.png": "apple-touch-icon.png",
    "extra/icon.svg": "icon.svg",
    "extra/leaflet.html": "leaflet.html",
    "extra/press/poster.svg": "press/poster.svg",
    "extra/press/timetable.txt": "press/timetable.txt",
    "extra/robots.txt": "robots.txt",
}


# Addresses


def test_the_smallest_site_has_every_page_that_is_made_by_itself(minimal_site: BuiltSite) -> None:
    assert set(minimal_site.pages) == MADE_BY_ITSELF | {"/act/write/"}
    others = {name for name in snapshot(minimal_site.output) if not name.endswith(".html")}
    assert {name for name in others if not name.startswith("theme/")} == {
        "robots.txt",
        "sitemap.xml",
    }


def test_every_kind_of_content_has_its_address(full_site: BuiltSite) -> None:
    assert set(full_site.pages) == FULL_PAGES | set(FORMER_ADDRESSES) | {"/leaflet.html"}
    others = {name for name in snapshot(full_site.output) if not name.endswith((".html", ".htm"))}
    assert {name for name in others if not name.startswith("theme/")} == {
        "sitemap.xml",
        "updates/atom.xml",
        "events/near.json",
        "events/events.json",
        *FULL_CALENDARS,
        *(name for name in FULL_COPIES.values() if name != "leaflet.html"),
    }


def test_the_full_site_of_these_tests_uses_every_field() -> None:
    content = SITES / "full"
    for kind in KINDS:
        folder = content / kind.FOLDER
        files = folder.glob("*.md") if kind.FOLDER else [folder / f"{kind.__name__.lower()}.md"]
        used: set[str] = set()
        for file in files:
            used.update(frontmatter.parse(file.read_text(encoding="utf-8"), file.name).data)
        if kind is Campaign:
            used |= {"ended", "closing", "successor"}  # of a campaign that is over: see `close`
        assert used == set(kind.field_names()), kind.__name__
    columns = (content / "events.csv").read_text(encoding="utf-8").split("\n")[0].split(",")
    assert {*columns, "aliases"} == {*Event.field_names(), Event.BODY_COLUMN}


def test_every_address_within_the_site_leads_somewhere(
    minimal_site: BuiltSite, full_site: BuiltSite
) -> None:
    assert broken_references(minimal_site.output, minimal_site.pages, "") == []
    assert broken_references(full_site.output, full_site.pages, "/ride") == []


def test_every_page_is_html_without_an_error_and_names_itself(full_site: BuiltSite) -> None:
    for path in sorted(FULL_PAGES):
        page = full_site.pages[path]
        assert len(page.all("h1")) == 1, path
        assert page.canonical == ([f"{RIDE}{path}"] if page.is_indexed else []), path
        if page.is_indexed:
            assert page.meta("og:url") == f"{RIDE}{path}", path
            assert page.meta("og:image") == f"{RIDE}/images/train.png", path


def test_what_an_editor_typed_stands_on_the_page_as_typed(full_site: BuiltSite) -> None:
    page = full_site.pages["/updates/ten-thousand/"]
    title = '10,000 names: &lt;b&gt;bold&lt;/b&gt; & "quoted"'
    summary = "The petition has 10,000 names, more than < 9,999 & fewer than > 10,001."
    (heading,) = page.all("h1")
    assert heading.text == title
    assert summary in page.text
    assert page.meta("description") == summary
    assert page.meta("og:title") == title


def test_links_between_files_become_links_between_pages(full_site: BuiltSite) -> None:
    def linked(path: str, label: str) -> str | None:
        (link,) = [item for item in full_site.pages[path].all("a") if item.text == label]
        return urljoin(f"/ride{path}", link.get("href"))

    update = "/updates/ten-thousand/"
    assert linked("/", "the letter") == "/ride/letter/"
    assert linked("/", "the steps") == "/ride/act/"
    assert linked("/", "how it began") == "/ride/about/#how-it-began"
    assert linked("/letter/", "the pages") == "/ride/about/"
    assert linked("/about/", "a leaflet") == "/ride/leaflet.html"
    assert linked("/about/", "a poster") == "/ride/press/poster.svg"
    assert linked("/about/", "how it began") == "/ride/about/#how-it-began"
    assert linked("/about/", "from the top") == "/ride/privacy/"
    assert linked("/privacy/", "the beginning") == "/ride/"
    assert linked(update, "what comes next") == f"/ride{update}#what-comes-next"
    assert linked(update, "the picture") == "/ride/images/train.png"


# Former addresses


def test_a_former_address_leads_to_the_page(full_site: BuiltSite) -> None:
    for alias, target in FORMER_ADDRESSES.items():
        page = full_site.pages[alias]
        (refresh,) = page.all("meta", **{"http-equiv": "refresh"})
        assert refresh.get("content") == f"0; url=/ride{target}", alias
        assert f"/ride{target}" in page.links, alias
        assert page.canonical == [f"{RIDE}{target}"], alias
        assert not page.is_indexed, alias


def test_a_former_address_without_a_slash_at_its_end_is_a_page_too(project: MakeProject) -> None:
    made = project("minimal")
    edit(made.content / "letter.md", "---\n", "---\naliases: [/old/letter, /v1.html]\n")
    output = build_site(made)
    assert read_pages(output)["/old/letter/"].is_redirect
    assert read_pages(output)["/v1.html"].is_redirect


# Copied files

# Bytes that nothing may change on their way: both kinds of line end, and none at the end.
ANYTHING = b"<svg>one\r\ntwo\n\tthree</svg>"


def test_files_are_copied_as_they_are(full_site: BuiltSite) -> None:
    for source, target in FULL_COPIES.items():
        copied = (full_site.output / target).read_bytes()
        assert copied == (SITES / "full" / source).read_bytes(), source


def test_a_robots_txt_of_ones_own_wins(full_site: BuiltSite, minimal_site: BuiltSite) -> None:
    assert "Disallow: /press/" in (full_site.output / "robots.txt").read_text(encoding="utf-8")
    robots = (minimal_site.output / "robots.txt").read_text(encoding="utf-8")
    assert robots.splitlines() == [
        "User-agent: *",
        "Allow: /",
        "",
        "Sitemap: https://library.example/sitemap.xml",
    ]


@pytest.mark.parametrize(
    "name",
    [
        "extra/.nojekyll",
        "extra/.well-known/security.txt",
        "extra/README.md",
        "extra/no extension",
        "extra/deep/er/page two.html",
        "images/2024-99-99.svg",
        "images/Fête & Straße [1] (2).svg",
        "images/{slug}.svg",
        "images/昼行灯.svg",
    ],
)
def test_a_file_of_any_name_is_copied_and_can_be_linked(project: MakeProject, name: str) -> None:
    made = project("minimal")
    write(made.content / name, ANYTHING)
    address = f"/{name.removeprefix('extra/')}"
    with (made.content / "letter.md").open("a", encoding="utf-8") as letter:
        letter.write(f"\nLook at [this file]({quote(name)}) and [the same]({quote(address)}).\n")
    output = build_site(made)
    assert (output / address.lstrip("/")).read_bytes() == ANYTHING
    links = [item for item in read_pages(output)["/letter/"].links if unquote(item) == address]
    assert len(links) == 2
    for link in links:
        assert quote(unquote(link)) == quote(link, safe="/%"), (
            "not an address that is valid (RFC 3986)"
        )


def reveals(output: Path) -> list[str]:
    """Return the files of a site in which something stands that a camera added."""
    return [name for name, data in snapshot(output).items() if TRACES[0] in data]


@pytest.fixture
def with_pictures(project: MakeProject) -> Project:
    """A site with pictures that cannot be published as they are, and one that can."""
    made = project("minimal")
    files = {
        **{f"images/a.{kind}": save(kind, corner(), **revealing(6)) for kind in ("webp", "avif")},
        "images/more/A photo.JPG": photo(60, 40),
        "images/b.png": save("PNG", corner(), **revealing()),
        "images/dance.gif": save("GIF", corner(), corner(colour=BLUE), comment=TRACES[0]),
        "images/plain.png": dot(),
        "extra/images/plain.jpg": dot("JPEG"),
    }
    for name, data in files.items():
        write(made.content / name, data)
    return made


def test_pictures_are_published_upright_and_without_metadata(with_pictures: Project) -> None:
    output = build_site(with_pictures)
    assert not reveals(output)
    for name in ("a.webp", "a.avif", "more/A photo.JPG"):
        with Image.open(output / "images" / name) as image:
            assert image.height > image.width
            assert not image.getexif()
    for name in ("images/plain.png", "extra/images/plain.jpg"):
        copied = output / name.removeprefix("extra/")
        assert copied.read_bytes() == (with_pictures.content / name).read_bytes()
    assert TRACES[0] in (with_pictures.content / "images/b.png").read_bytes()


def test_a_picture_that_was_made_is_not_made_again(
    with_pictures: Project, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    before = snapshot(build_site(with_pictures))
    monkeypatch.setattr(Image, "open", None)
    assert snapshot(build_site(with_pictures)) == before
    assert capsys.readouterr().out.endswith("(nothing changed).\n")
    # Nor where the site is made anew.
    shutil.rmtree(with_pictures.output)
    assert snapshot(build_site(with_pictures)) == before


def test_pictures_without_a_cache_are_made_anew(with_pictures: Project) -> None:
    before = snapshot(build_site(with_pictures))
    assert with_pictures.cache
    shutil.rmtree(with_pictures.cache)
    write(with_pictures.cache, "no folder")
    assert snapshot(build_site(with_pictures)) == before


def test_pictures_that_are_kept_and_damaged_are_made_anew(with_pictures: Project) -> None:
    before = snapshot(build_site(with_pictures))
    assert with_pictures.cache
    for file in (with_pictures.cache / "pictures").iterdir():
        file.write_bytes(file.read_bytes()[:-1])
    shutil.rmtree(with_pictures.output)
    assert snapshot(build_site(with_pictures)) == before


def test_a_picture_that_is_another_one_is_published_anew(with_pictures: Project) -> None:
    output = build_site(with_pictures)
    picture, published = with_pictures.content / "images/b.png", output / "images/b.png"
    for data in (
        save("PNG", corner(colour=BLUE), **revealing(3)),
        dot(),
        save("PNG", corner("L"), **revealing(8)),
    ):
        picture.write_bytes(data)
        build_site(with_pictures)
        with Image.open(picture) as given, Image.open(published) as found:
            assert found.size == ImageOps.exif_transpose(given).size
            assert not found.getexif()
        assert not reveals(output)
    picture.unlink()
    build_site(with_pictures)
    assert not published.exists()


def test_pelican_alone_publishes_the_same_pictures(with_pictures: Project) -> None:
    expected = snapshot(build_site(with_pictures))
    shutil.rmtree(with_pictures.output)
    options = ["-s", "pelicanconf.py", "--fatal", "warnings"]
    for _ in range(2):
        done = finish(start(with_pictures, "pelican", "content", *options))
        assert done.returncode == 0, done.stderr
        assert snapshot(with_pictures.output) == expected


# Lists


def listed(page: Page) -> list[str]:
    """Return the events of a list, in its order."""
    links = [item.find("a") for item in page.all("li", **{"class": "event"})]
    return [str(link.get("href")).split("/")[-2] for link in links if link is not None]


def test_events_are_listed_by_day_and_place(full_site: BuiltSite) -> None:
    upcoming = [
        "2024-06-30-reading-from-timetables",
        "rally-in-the-rain",
        "2024-07-02-concert-in-a-sleeping-car-salzburg",
        "vienna-main-station",
        "2024-07-10-week-of-sleep",
        "2024-07-20-somewhere-in-austria",
    ]
    past = [
        "2024-06-14-night-walk-los-angeles",
        "2024-04-20-picnic-on-the-track-zurich",
        "2024-03-12-postponed-and-never-held",
        "2024-03-10-cancelled-long-ago-vienna",
    ]
    lists = {
        "/": upcoming[:3],
        "/events/": upcoming + past,
        "/events/past/": past,
        "/events/online/": [upcoming[0], upcoming[3]],
        "/events/in/at/": [*upcoming[2:], past[3]],
        "/events/in/at/vienna/": [upcoming[3], past[3]],
        "/events/in/us/ca/": past[:1],
        "/events/on/2024-07-05/": [upcoming[3]],
        "/events/on/2024-07-06/": [upcoming[3]],
        "/events/on/2024-07-12/": [upcoming[4]],
    }
    assert {path: listed(full_site.pages[path]) for path in lists} == lists


def test_a_long_list_goes_on_on_further_pages(project: MakeProject) -> None:
    made = project("minimal")
    rows = [f"2024-07-{1 + number % 31:02},Vigil {number}" for number in range(120)]
    write(made.content / "events.csv", "\n".join(["date,title", *rows]) + "\n")
    output = build_site(made)
    pages = read_pages(output)
    parts = [pages["/events/"], pages["/events/page/2/"], pages["/events/page/3/"]]
    assert "/events/page/4/" not in pages
    counts = Counter(link for page in parts for link in page.links if "vigil" in link)
    assert len(counts) == 120
    assert set(counts.values()) == {1}
    for page, before, after in zip(parts, [None, *parts], [*parts[1:], None], strict=False):
        neighbours = {"prev": before, "next": after}
        for rel, other in neighbours.items():
            hrefs = [link.get("href") for link in page.all("a", rel=rel)]
            assert hrefs == ([other.path] if other else [])
    assert len({page.all("title")[0].text for page in parts}) == 3
    assert {page.path for page in parts} <= {
        urlsplit(location).path for location in sitemap_locations(output)
    }
    assert broken_references(output, pages, "") == []


def test_updates_are_listed_the_newest_first(full_site: BuiltSite) -> None:
    links = full_site.pages["/updates/"].links
    updates = [link for link in links if link.startswith("/ride/updates/") and link.count("/") == 4]
    assert updates == [
        "/ride/updates/first-train/",
        "/ride/updates/ten-thousand/",
        "/ride/updates/a-promise/",
    ]


def test_steps_stand_in_the_order_of_their_numbers(full_site: BuiltSite) -> None:
    for path in ("/", "/act/"):
        links = full_site.pages[path].links
        steps = [link for link in links if link.startswith("/ride/act/") and link != "/ride/act/"]
        assert list(dict.fromkeys(steps))[:4] == [
            "/ride/act/write/",
            "/ride/act/sign/",
            "/ride/act/picture/",
            "/ride/act/share/",
        ]


# Sharing


def test_x_gets_text_mention_hashtag_and_the_pages_own_address(full_site: BuiltSite) -> None:
    link, composed, _ = [item for item in full_site.pages["/act/write/"].links if "/x.com/" in item]
    assert composed == link
    query = parse_qs(urlsplit(link).query)
    assert query == {
        "text": [
            "@TransportMinisters, please bring back the night trains: 100% sleep & no flights. #NightTrains"
        ],
        "url": [f"{RIDE}/act/write/"],
    }


def test_facebook_gets_the_page_alone(full_site: BuiltSite) -> None:
    found = [item for item in full_site.pages["/act/write/"].links if "facebook.com/sharer" in item]
    assert [parse_qs(urlsplit(link).query) for link in found] == [{"u": [f"{RIDE}/act/write/"]}] * 3


def test_a_step_is_passed_on_by_its_title_beside_the_message(full_site: BuiltSite) -> None:
    *_, link = [item for item in full_site.pages["/act/write/"].links if "/x.com/" in item]
    assert parse_qs(urlsplit(link).query) == {
        "text": ["Write to the ministers #NightTrains"],
        "url": [f"{RIDE}/act/write/"],
    }


def test_passing_on_shares_the_whole_site(full_site: BuiltSite) -> None:
    (link,) = [item for item in full_site.pages["/act/share/"].links if "/x.com/" in item]
    assert parse_qs(urlsplit(link).query)["url"] == [f"{RIDE}/"]


# Time


@pytest.mark.parametrize(
    ("row", "over"),
    [
        ("2024-06-15,,,,Pacific/Kiritimati", "2024-06-15T10:00Z"),
        ("2024-06-15,,,,Pacific/Pago_Pago", "2024-06-16T11:00Z"),
        ("2024-06-15,20:00,22:30,,Europe/Vienna", "2024-06-15T20:30Z"),
        ("2024-06-15,20:00,,,Europe/Vienna", "2024-06-15T22:00Z"),
        ("2024-06-15,22:00,02:00,2024-06-16,Europe/Vienna", "2024-06-16T00:00Z"),
        ("2024-06-15,,,2024-06-16,Europe/Vienna", "2024-06-16T22:00Z"),
        ("2024-10-27,,,,Europe/Vienna", "2024-10-27T23:00Z"),
        ("2024-06-15,,,,", "2024-06-15T23:00Z"),
    ],
    ids=[
        "a day in the furthest east",
        "a day in the furthest west",
        "an end",
        "a start alone",
        "an end after midnight",
        "several days",
        "a day on which summer time ends",
        "a day in the campaign's own zone",
    ],
)
def test_an_event_is_past_when_it_is_over_where_it_is(
    project: MakeProject, environment: pytest.MonkeyPatch, row: str, over: str
) -> None:
    made = project("minimal")
    header = "title,id,date,start,end,end_date,timezone"
    write(made.content / "events.csv", f"{header}\nVigil,vigil,{row}\n")
    moment = int(datetime.fromisoformat(over).timestamp())
    for now, past in ((moment - 1, False), (moment, True)):
        environment.setenv("SOURCE_DATE_EPOCH", str(now))
        pages = read_pages(build_site(made))
        assert (TEXTS.text("event_passed") in pages["/events/vigil/"].text) is past
        assert ("/events/vigil/" in pages["/events/past/"].links) is past
        assert (TEXTS.text("events_none_upcoming") in pages["/events/"].text) is past


def test_without_a_given_moment_now_is_now(
    project: MakeProject, environment: pytest.MonkeyPatch
) -> None:
    environment.delenv("SOURCE_DATE_EPOCH")
    made = project("minimal")
    year = datetime.now(UTC).year
    rows = [f"Last year,last,{year - 1}-06-01", f"Next year,next,{year + 1}-06-01"]
    write(made.content / "events.csv", "\n".join(["title,id,date", *rows]))
    pages = read_pages(build_site(made))
    assert "/events/next/" in pages["/events/"].links
    assert "/events/last/" in pages["/events/past/"].links
    assert "/events/next/" not in pages["/events/past/"].links


def test_an_event_that_will_not_be_held_says_so(full_site: BuiltSite) -> None:
    cancelled = full_site.pages["/events/rally-in-the-rain/"]
    postponed = full_site.pages["/events/2024-07-02-concert-in-a-sleeping-car-salzburg/"]
    assert TEXTS.text("event_cancelled") in cancelled.text
    assert "https://sleepers.example/rain" not in cancelled.links
    assert TEXTS.text("event_postponed") in postponed.text
    listed = full_site.pages["/events/"].text
    assert TEXTS.text("event_cancelled") in listed
    assert TEXTS.text("event_postponed") in listed


def test_an_event_that_was_never_held_is_not_called_past(full_site: BuiltSite) -> None:
    cancelled = full_site.pages["/events/2024-03-10-cancelled-long-ago-vienna/"]
    postponed = full_site.pages["/events/2024-03-12-postponed-and-never-held/"]
    assert TEXTS.text("event_cancelled") in cancelled.text
    said = TEXTS.text("event_postponed_from", day="Tuesday, March 12, 2024")
    assert said in postponed.text
    for page in (cancelled, postponed):
        assert TEXTS.text("event_passed") not in page.text, page.path
    labels = {
        item.findtext("a"): [label.text for label in item.iter() if "label" in classes(label)]
        for item in full_site.pages["/events/past/"].all("li", **{"class": "event"})
    }
    assert labels["Cancelled long ago"] == [TEXTS.text("event_cancelled")]
    assert labels["Postponed and never held"] == [TEXTS.text("event_postponed")]
    assert labels["Night walk"] == [TEXTS.text("past")]


def classes(element: ET.Element) -> list[str]:
    return (element.get("class") or "").split()


def test_an_event_online_has_a_clock_and_no_place(project: MakeProject) -> None:
    made = project("minimal")
    rows = [
        "Reading,reading,2024-07-01,12:00,13:00,America/Chicago,Hamlet,yes",
        "Vigil,vigil,2024-07-02,18:00,,America/Chicago,Springfield,no",
    ]
    header = "title,id,date,start,end,timezone,city,online"
    write(made.content / "events.csv", "\n".join([header, *rows]))
    pages = read_pages(build_site(made))
    clock = "12:00 PM to 1:00 PM, time in Chicago"
    for path in ("/", "/events/", "/events/reading/"):
        assert clock in pages[path].text, path
        assert pages[path].text.count("time in") == 1, path
    for path in ("/", "/events/"):
        assert "Hamlet" not in pages[path].text, path
    assert f"{TEXTS.text('where')} {TEXTS.text('online')}" in pages["/events/reading/"].text
    assert f"{TEXTS.text('hosted_from')} Hamlet" in pages["/events/reading/"].text


def test_lists_of_nothing_say_so_and_are_not_in_the_sitemap(minimal_site: BuiltSite) -> None:
    listed = {urlsplit(location).path for location in sitemap_locations(minimal_site.output)}
    for path, key in (
        ("/events/", "events_none"),
        ("/events/past/", "events_none"),
        ("/events/online/", "events_none"),
        ("/updates/", "updates_none"),
    ):
        assert TEXTS.text(key) in minimal_site.pages[path].text
        assert not minimal_site.pages[path].is_indexed
        assert path not in listed


def test_where_no_event_has_passed_yet_the_list_of_past_ones_says_so(project: MakeProject) -> None:
    made = project("minimal")
    write(made.content / "events.csv", "title,id,date\nVigil,vigil,2024-07-01\n")
    page = read_pages(build_site(made))["/events/past/"]
    assert TEXTS.text("events_none_past") in page.text
    assert not page.is_indexed


def test_a_time_or_a_place_that_is_not_known_is_not_made_up(full_site: BuiltSite) -> None:
    page = full_site.pages["/events/2024-03-12-postponed-and-never-held/"]
    assert TEXTS.text("time_unknown") in page.text
    assert TEXTS.text("place_unknown") in page.text


# A campaign that is over


def close(project: Project, status: str) -> None:
    edit(
        project.content / "campaign.md",
        "status: live\n",
        f"status: {status}\nended: 2024-06\nclosing: The trains run again.\nsuccessor: https://day-trains.example/\n",
    )


@pytest.mark.parametrize("status", ["won", "lost", "ended"])
def test_a_campaign_that_is_over_says_so_on_every_page_and_asks_for_nothing(
    project: MakeProject, status: str
) -> None:
    made = project("full")
    close(made, status)
    pages = read_pages(build_site(made, publish=True))
    asking = {
        "https://petitions.example/night-trains?from=site&lang=en",
        "tel:+43123456",
        "mailto:minister@ministry.example",
        "https://sleepers.example/breakfast",
    }
    requests = (
        "take_action",
        "actions_title",
        "actions_description",
        "further_actions",
        "steps",
        "letter_after",
        "letter_then",
        "sign_up_button",
    )
    for path in sorted(FULL_PAGES):
        page = pages[path]
        assert TEXTS.text(f"status_{status}") in page.text, path
        assert "The trains run again." in page.text, path
        assert "https://day-trains.example/" in page.links, path
        assert not asking & set(page.links), path
        assert not [link for link in page.links if is_a_message(link)], path
        told = f"{page.text} {page.meta('description')} {page.all('title')[0].text}"
        assert not [key for key in requests if TEXTS.text(key) in told], path
    for link in ("/", "/letter/"):
        buttons = [item for item in pages[link].all("a") if "button" in classes(item)]
        assert TEXTS.text("actions_title_closed") in [item.text for item in buttons], link
    assert TEXTS.text("closed_sign_up") in pages["/events/vienna-main-station/"].text
    for kind, path in (
        ("post", "/act/write/"),
        ("sign", "/act/sign/"),
        ("picture", "/act/picture/"),
        ("share", "/act/share/"),
        ("call", "/act/call/"),
        ("write", "/act/postcard/"),
    ):
        assert TEXTS.text(f"closed_{kind}") in pages[path].text
        assert TEXTS.text(f"closed_{kind}") in pages["/act/"].text


def is_a_message(link: str) -> bool:
    """Whether a link opens a network with a message that asks."""
    return "please%20bring%20back" in link or "we%20miss%20the%20night" in link


def test_a_live_campaign_does_not_say_that_it_is_over(full_site: BuiltSite) -> None:
    closed = [TEXTS.text(f"status_{status}") for status in ("won", "lost", "ended")]
    for page in full_site.pages.values():
        assert not [text for text in closed if text in page.text], page.path
    assert any(is_a_message(link) for link in full_site.pages["/act/write/"].links)


# What others read: the feed, the sitemap


def sitemap_locations(output: Path) -> list[str]:
    tree = ET.fromstring((output / "sitemap.xml").read_bytes())
    return [str(location.text) for location in tree.iter(f"{SITEMAP}loc")]


def test_the_sitemap_lists_every_indexed_page_and_nothing_else(full_site: BuiltSite) -> None:
    indexed = [
        f"{RIDE}{page.path}"
        for page in full_site.pages.values()
        if page.is_indexed and page.path != "/leaflet.html"
    ]
    assert sorted(sitemap_locations(full_site.output)) == sorted(indexed)
    assert len(indexed) == len(FULL_PAGES) - 1
    assert not full_site.pages["/404.html"].is_indexed


def test_the_feed_has_every_update_with_lasting_names_and_dates(full_site: BuiltSite) -> None:
    feed = ET.fromstring((full_site.output / "updates/atom.xml").read_bytes())
    assert feed.findtext(f"{ATOM}title") == "Bring Back the Night Trains"
    assert feed.findtext(f"{ATOM}updated") == "2024-06-01T00:00:00+00:00"
    entries = feed.findall(f"{ATOM}entry")
    assert [entry.findtext(f"{ATOM}title") for entry in entries] == [
        "The first train",
        '10,000 names: &lt;b&gt;bold&lt;/b&gt; & "quoted"',
        "A promise",
    ]
    names = [entry.findtext(f"{ATOM}id") for entry in entries]
    assert names[2] == "tag:night-trains.example,2024-05-01:/ride/updates/a-promise/"
    assert len(set(names)) == 3
    links = [entry.findall(f"{ATOM}link")[0].get("href") for entry in entries]
    assert links[0] == f"{RIDE}/updates/first-train/"
    published = [entry.findtext(f"{ATOM}published") for entry in entries]
    assert published == ["2024-06-01T00:00:00+00:00", *["2024-05-01T00:00:00+00:00"] * 2]


def test_what_stands_in_the_feed_is_html_with_absolute_addresses(full_site: BuiltSite) -> None:
    feed = ET.fromstring((full_site.output / "updates/atom.xml").read_bytes())
    entry = feed.findall(f"{ATOM}entry")[1]
    summary, content = entry.find(f"{ATOM}summary"), entry.find(f"{ATOM}content")
    assert summary is not None
    assert content is not None
    assert summary.get("type") == content.get("type") == "html"
    assert (
        summary.text
        == "The petition has 10,000 names, more than &lt; 9,999 &amp; fewer than &gt; 10,001."
    )
    page = Page("/", f"<!doctype html><title>.</title>{content.text}")
    addresses = [address for _, _, address in page.references()]
    assert len(addresses) == 5
    assert all(address.startswith(f"{RIDE}/") for address in addresses)


def test_a_site_without_updates_has_no_feed_and_names_none(minimal_site: BuiltSite) -> None:
    assert not (minimal_site.output / "updates/atom.xml").exists()
    assert not [page.path for page in minimal_site.pages.values() if "atom" in page.html]


# The same in, the same out


@pytest.mark.parametrize("settings", ["pelicanconf.py", "publishconf.py"])
def test_pelican_alone_makes_the_same_site(
    project: MakeProject, full_site: BuiltSite, settings: str
) -> None:
    made = project("full")
    options = ["-s", settings, "--fatal", "warnings"]
    done = finish(start(made, "pelican", "content", *options))
    assert done.returncode == 0, done.stderr
    if settings == "publishconf.py":
        expected = snapshot(full_site.output)
    else:
        expected = snapshot(build_site(make_project(made.root / "other", SITES / "full")))
    assert snapshot(made.output) == expected


def test_the_same_content_gives_the_same_bytes_on_any_machine(
    tmp_path: Path, full_site: BuiltSite
) -> None:
    machines = [
        {"TZ": "Pacific/Kiritimati", "LANG": "C", "LC_ALL": "C", "PYTHONHASHSEED": "1"},
        {"TZ": "America/Los_Angeles", "LC_ALL": "xx_XX.UTF-8", "PYTHONHASHSEED": "2"},
    ]
    projects = [make_project(tmp_path / str(number), SITES / "minimal") for number in range(2)]
    for made, backwards in zip(projects, (False, True), strict=True):
        shutil.rmtree(made.content)
        files = sorted((SITES / "full").rglob("*.*"), reverse=backwards)
        for number, file in enumerate([*files, SITES / "full" / "extra" / "CNAME"]):
            copy = write(made.content / file.relative_to(SITES / "full"), file.read_bytes())
            os.utime(copy, (number, number))
    processes = [
        start(made, "invoke", "build", "--publish", environment=machine)
        for made, machine in zip(projects, machines, strict=True)
    ]
    for process in processes:
        assert finish(process).returncode == 0
    first, second = (snapshot(made.output) for made in projects)
    assert first == second == snapshot(full_site.output)


def test_a_second_later_nothing_differs(
    project: MakeProject, full_site: BuiltSite, environment: pytest.MonkeyPatch
) -> None:
    """No event begins or ends in that second, so only a time of the build could make a difference."""
    environment.setenv("SOURCE_DATE_EPOCH", str(NOW + 1))
    assert snapshot(build_site(project("full"), publish=True)) == snapshot(full_site.output)


def test_no_file_tells_when_it_was_made(
    project: MakeProject, environment: pytest.MonkeyPatch
) -> None:
    environment.delenv("SOURCE_DATE_EPOCH")
    now = time.gmtime()
    days = [time.strftime(form, now) for form in ("%Y-%m-%d", "%d %b %Y", "%B %d, %Y", "%m/%d/%Y")]
    for name, data in snapshot(build_site(project("full"), publish=True)).items():
        assert not [day for day in days if day.encode() in data], name


# Where the site is


def test_a_preview_sits_at_the_root_and_names_the_published_addresses(project: MakeProject) -> None:
    output = build_site(project("full"))
    pages = read_pages(output)
    assert broken_references(output, pages, "") == []
    assert pages["/letter/"].canonical == [f"{RIDE}/letter/"]


def test_siteurl_names_another_address(
    project: MakeProject, environment: pytest.MonkeyPatch
) -> None:
    environment.setenv("SITEURL", "https://other.example/a/b/")
    output = build_site(project("full"), publish=True)
    pages = read_pages(output)
    assert broken_references(output, pages, "/a/b") == []
    assert pages["/letter/"].canonical == ["https://other.example/a/b/letter/"]
    for name, data in snapshot(output).items():
        # An event keeps its name in calendars wherever the site is.
        said = re.sub(rb"UID:.*", b"", data.replace(b"\r\n ", b""))
        assert name in FULL_COPIES.values() or b"night-trains.example/ride" not in said, name
