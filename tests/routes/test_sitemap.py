from xml.etree import ElementTree as ET

from campaign.addresses import Addresses
from campaign.routes import sitemap

ADDRESSES = Addresses.published("https://example.org/trains")
NAMES = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def test_search_engines_are_told_of_pages_by_their_whole_addresses() -> None:
    root = ET.fromstring(sitemap.sitemap(["/", "/a&b/"], ADDRESSES))
    assert root.tag == f"{NAMES}urlset"
    assert [place.text for place in root.iter(f"{NAMES}loc")] == [
        "https://example.org/trains/",
        "https://example.org/trains/a&b/",
    ]


def test_every_crawler_may_read_every_page_and_finds_the_list() -> None:
    assert sitemap.robots(ADDRESSES) == (
        "User-agent: *\nAllow: /\n\nSitemap: https://example.org/trains/sitemap.xml\n"
    )
