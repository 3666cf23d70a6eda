"""Data for machines: structured data, feeds, the sitemap, the links between languages."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any
from xml.etree import ElementTree as ET

import html5lib

from audit.findings import Finding
from audit.site import HTML, Page, Site

ATOM = "{http://www.w3.org/2005/Atom}"
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
#: The sitemap, and what it names where it is an index.
SITEMAP_FILE = re.compile(r"sitemap(-[0-9]+)?\.xml")
SCHEMA = "https://schema.org"

#: What each type must have: schema.org, and Google Search Central's guides for "Event" and "Article".
REQUIRED = {
    "WebSite": ("name", "url"),
    "Article": ("headline", "author", "publisher", "url"),
    "Event": ("name", "startDate", "location", "eventStatus", "eventAttendanceMode", "url"),
    "Organization": ("name",),
    "Place": ("name",),
    "PostalAddress": (),
    "VirtualLocation": ("url",),
    "GeoCoordinates": ("latitude", "longitude"),
}
VALUES = {
    "eventStatus": {f"{SCHEMA}/Event{state}" for state in ("Scheduled", "Postponed", "Cancelled")},
    "eventAttendanceMode": {
        f"{SCHEMA}/{mode}EventAttendanceMode" for mode in ("Offline", "Online", "Mixed")
    },
}
MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}:\d{2}([+-]\d{2}:\d{2}|Z))?")


def check(site: Site) -> Iterator[Finding]:
    """All of it parses and is complete, and says the same as the pages."""
    for page in site.pages:
        yield from _structured_data(page)
        yield from _languages(site, page)
    yield from _sitemap(site)
    for feed in sorted(site.folder.rglob("*.xml")):
        name = feed.relative_to(site.folder).as_posix()
        if not SITEMAP_FILE.fullmatch(name):
            yield from (Finding(name, message) for message in _feed(feed.read_bytes()))


def _structured_data(page: Page) -> Iterator[Finding]:
    for script in html5lib.parse(page.file.read_bytes()).iter(f"{HTML}script"):
        if script.get("type") == "application/ld+json":
            try:
                data = json.loads(script.text or "")
            except ValueError as error:
                yield Finding(page.path, f"its JSON-LD does not parse: {error}")
                continue
            if not isinstance(data, dict):
                yield Finding(page.path, "its JSON-LD is no object")
                continue
            if data.get("@context") != SCHEMA:
                yield Finding(page.path, f"its JSON-LD has the context {data.get('@context')}")
            yield from (Finding(page.path, f"JSON-LD: {message}") for message in _thing(data))


def _thing(data: dict[str, Any]) -> Iterator[str]:
    """Judge one thing and those within it."""
    kind = data.get("@type", "nothing")
    if kind not in REQUIRED:
        yield f"{kind} is not a type that is known here"
    for name in REQUIRED.get(kind, ()):
        # The equator's latitude is a value too.
        if data.get(name) in (None, "", [], {}):
            yield f"{kind} lacks {name}"
    for name, allowed in VALUES.items():
        if name in data and data[name] not in allowed:
            yield f"{kind} has the {name} {data[name]}"
    for name, value in data.items():
        if name.endswith("Date") and not MOMENT.fullmatch(str(value)):
            yield f"{kind} has the {name} {value}, which is no day and no moment with its offset"
        for part in value if isinstance(value, list) else [value]:
            if isinstance(part, dict):
                yield from _thing(part)


def _feed(text: bytes) -> Iterator[str]:
    """Judge an Atom feed (RFC 4287, sections 4.1.1 and 4.1.2)."""
    try:
        feed = ET.fromstring(text)
    except ET.ParseError as error:
        yield f"does not parse: {error}"
        return
    if feed.tag != f"{ATOM}feed":
        yield f"is {feed.tag}, not a feed"
        return
    names: set[str] = set()
    for part in [feed, *feed.iter(f"{ATOM}entry")]:
        for required in ("id", "title", "updated"):
            if not part.findtext(f"{ATOM}{required}"):
                yield f"an element <{part.tag.removeprefix(ATOM)}> lacks <{required}>"
        name = part.findtext(f"{ATOM}id") or ""
        if name in names:
            yield f"has the id {name} twice"
        names.add(name)


def _sitemap(site: Site) -> Iterator[Finding]:
    """The sitemap, or those that it names where it is an index, have every indexable page, and nothing else."""
    name, listed = "sitemap.xml", set[str]()
    try:
        tree = ET.fromstring((site.folder / name).read_bytes())
        found = _locations(tree)
        if tree.tag == f"{SITEMAP}sitemapindex":
            for name in sorted(address.removeprefix(f"{site.published}/") for address in found):
                listed |= _locations(ET.fromstring((site.folder / name).read_bytes()))
        else:
            listed = found
    except FileNotFoundError:
        yield Finding(name, "is missing")
        return
    except ET.ParseError as error:
        yield Finding(name, f"does not parse: {error}")
        return
    indexable = {f"{site.published}{page.path}" for page in site.pages if page.indexed}
    for address in listed - indexable:
        yield Finding("sitemap.xml", f"lists {address}, which is no indexable page")
    for address in indexable - listed:
        yield Finding("sitemap.xml", f"does not list {address}")


def _locations(sitemap: ET.Element) -> set[str]:
    return {entry.text or "" for entry in sitemap.iter(f"{SITEMAP}loc")}


def _languages(site: Site, page: Page) -> Iterator[Finding]:
    """A page that names its translation is named by it."""
    for language, address in _alternates(page).items():
        other = next((it for it in site.pages if f"{site.published}{it.path}" == address), None)
        if other is None:
            yield Finding(page.path, f"its version in {language}, {address}, does not exist")
        elif f"{site.published}{page.path}" not in _alternates(other).values():
            yield Finding(page.path, f"its version in {language} does not name it in turn")


def _alternates(page: Page) -> dict[str, str]:
    links = html5lib.parse(page.file.read_bytes()).iter(f"{HTML}link")
    return {
        link.get("hreflang", ""): link.get("href", "") for link in links if link.get("hreflang")
    }
