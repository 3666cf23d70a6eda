from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.addresses import Addresses, resolve
from campaign.content.model import Kind
from campaign.content.problems import Origin
from tests.samples import letter, page

ADDRESSES = {
    "campaign.md": "/",
    "letter.md": "/letter/",
    "pages/about.md": "/about-us/",
    "pages/images/a.png": "/other/",
    "images/a.png": "/images/a.png",
    "images/50% off, #1.png": "/images/50% off, #1.png",
    "extra/CNAME": "/CNAME",
}


@pytest.mark.parametrize("site", ["https://example.org", "https://example.org/reunite"])
def test_a_preview_sits_at_the_root(site: str) -> None:
    addresses = Addresses.preview(site)
    assert addresses.url("/letter/") == "/letter/"
    assert addresses.absolute("/letter/") == f"{site}/letter/"


@pytest.mark.parametrize(
    ("site", "base"),
    [
        ("https://example.org", ""),
        ("https://example.org/reunite", "/reunite"),
        ("https://a.org/b/c", "/b/c"),
    ],
)
def test_the_published_site_sits_below_the_path_of_its_address(site: str, base: str) -> None:
    addresses = Addresses.published(site)
    assert addresses.url("/") == f"{base}/"
    assert addresses.url(letter()) == f"{base}/letter/"
    assert addresses.absolute(letter()) == f"{site}/letter/"


def test_a_files_name_is_written_as_addresses_are() -> None:
    addresses = Addresses.published("https://example.org/reunite")
    assert addresses.url("/images/50% off, #1?.png") == "/reunite/images/50%25%20off,%20%231%3F.png"
    assert addresses.absolute("/images/ü.png") == "https://example.org/reunite/images/%C3%BC.png"


@pytest.mark.parametrize(
    ("target", "path", "fragment"),
    [
        ("/act/", "/act/", ""),
        ("/act/#first", "/act/", "first"),
        ("#first", "/about/", "first"),
        ("", "/about/", ""),
        ("about.md", "/about-us/", ""),
        ("about.md#first", "/about-us/", "first"),
        ("./about.md", "/about-us/", ""),
        ("../letter.md", "/letter/", ""),
        ("letter.md", "/letter/", ""),
        ("../pages/about.md", "/about-us/", ""),
        ("../images/a.png", "/images/a.png", ""),
        # The text's own folder comes first.
        ("images/a.png", "/other/", ""),
        ("../images/50%25%20off,%20%231.png", "/images/50% off, #1.png", ""),
        ("/images/50%25%20off,%20%231.png", "/images/50% off, #1.png", ""),
        ("CNAME", "/pages/CNAME", ""),
        ("../extra/CNAME", "/CNAME", ""),
        ("gone.md#x", "/pages/gone.md", "x"),
        ("../../gone.md", "/../gone.md", ""),
    ],
)
def test_a_target_is_a_path_a_heading_or_a_file(target: str, path: str, fragment: str) -> None:
    item: Kind = replace(page(), origin=Origin("content/pages/us.md"))
    assert resolve(ADDRESSES, item, target) == (path, fragment)


def test_a_file_beside_the_campaign_is_named_from_the_content_folder() -> None:
    item: Kind = replace(letter(), origin=Origin("content/letter.md"))
    assert resolve(ADDRESSES, item, "pages/about.md") == ("/about-us/", "")


@given(st.text())
def test_any_target_is_a_path_from_the_root_or_the_page_itself(target: str) -> None:
    item: Kind = replace(page(), origin=Origin("content/pages/us.md"))
    path, _ = resolve(ADDRESSES, item, target)
    assert path.startswith("/")
    assert Addresses.preview("https://example.org").url(path).isascii()
