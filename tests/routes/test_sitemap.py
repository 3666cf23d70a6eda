from xml.etree import ElementTree as ET

from campaign.addresses import Addresses
from campaign.routes import File, sitemap

ADDRESSES = Addresses.published("https://example.org/trains")
NAMES = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
PAGES = ["/", "/letter/", "/act/", "/events/", "/a&b/"]


def listed(file: File, root: str) -> list[str | None]:
    """Return the addresses that a sitemap or an index lists."""
    tree = ET.fromstring(file.text)
    assert tree.tag == f"{NAMES}{root}"
    return [place.text for place in tree.iter(f"{NAMES}loc")]


def test_search_engines_are_told_of_pages_by_their_whole_addresses() -> None:
    (file,) = sitemap.sitemaps(["/", "/a&b/"], ADDRESSES)
    assert file.path == "/sitemap.xml"
    assert listed(file, "urlset") == [
        "https://example.org/trains/",
        "https://example.org/trains/a&b/",
    ]


def test_as_many_addresses_as_a_sitemap_may_list_are_one_file() -> None:
    assert len(list(sitemap.sitemaps(PAGES, ADDRESSES, limit=5))) == 1
    assert sitemap.MOST_ADDRESSES == 50_000


def test_beyond_that_the_sitemap_is_an_index_of_several() -> None:
    index, *parts = sitemap.sitemaps(PAGES, ADDRESSES, limit=2)
    assert index.path == "/sitemap.xml"
    assert [part.path for part in parts] == [f"/sitemap-{number}.xml" for number in (1, 2, 3)]
    assert listed(index, "sitemapindex") == [ADDRESSES.absolute(part.path) for part in parts]
    counts = [len(listed(part, "urlset")) for part in parts]
    assert counts == [2, 2, 1]
    assert [it for part in parts for it in listed(part, "urlset")] == [
        ADDRESSES.absolute(path) for path in PAGES
    ]


def test_a_file_of_the_editors_keeps_its_name() -> None:
    index, *parts = sitemap.sitemaps(PAGES, ADDRESSES, {"sitemap-1.xml"}, limit=3)
    assert [part.path for part in parts] == ["/sitemap-2.xml", "/sitemap-3.xml"]
    assert listed(index, "sitemapindex") == [ADDRESSES.absolute(part.path) for part in parts]


def test_every_crawler_may_read_every_page_and_finds_the_sitemap_or_its_index() -> None:
    assert sitemap.robots(ADDRESSES) == (
        "User-agent: *\nAllow: /\n\nSitemap: https://example.org/trains/sitemap.xml\n"
    )
