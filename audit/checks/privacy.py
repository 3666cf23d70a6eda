"""Nothing leaves the reader's device, nothing is kept on it, and the policy of each page holds."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

import html5lib
from playwright.sync_api import BrowserContext

from audit.browser import browser
from audit.findings import Finding
from audit.site import HTML, Page, Site

#: The names of all that the page keeps on the device. Only a secure context has caches.
STORED = """async () => [
  ...Object.keys(localStorage), ...Object.keys(sessionStorage),
  ...(await indexedDB.databases()).map((it) => it.name),
  ...(window.caches ? await caches.keys() : []),
]"""
REFERRERS = {"no-referrer", "same-origin", "strict-origin", "strict-origin-when-cross-origin"}


def check(site: Site) -> Iterator[Finding]:
    """Look at each page's source and at what it does in a browser."""
    named = _named_storage(site)
    with browser() as program:
        for page in site.pages:
            yield from _policy(page)
            yield from _inline(page)
            if not page.redirects:
                context = program.new_context()
                yield from _behaviour(site, page, context, named)
                context.close()


def _policy(page: Page) -> Iterator[Finding]:
    """The page carries a strict Content-Security-Policy and a referrer policy."""
    metas = list(html5lib.parse(page.file.read_bytes()).iter(f"{HTML}meta"))
    policies = [
        meta.get("content", "")
        for meta in metas
        if meta.get("http-equiv", "").lower() == "content-security-policy"
    ]
    if len(policies) != 1:
        yield Finding(page.path, f"has {len(policies)} Content-Security-Policies instead of one")
        return
    if "default-src 'none'" not in policies[0]:
        yield Finding(
            page.path, "its Content-Security-Policy does not begin with default-src 'none'"
        )
    for word in ("unsafe-", "frame-ancestors", "*"):
        if word in policies[0]:
            yield Finding(page.path, f"its Content-Security-Policy holds '{word}'")
    referrers = [meta.get("content", "") for meta in metas if meta.get("name") == "referrer"]
    if len(referrers) != 1 or referrers[0] not in REFERRERS:
        yield Finding(page.path, "has no referrer policy that keeps a reader's path to the site")


def _inline(page: Page) -> Iterator[Finding]:
    """No script or style stands in the page itself; JSON is data."""
    for element in html5lib.parse(page.file.read_bytes()).iter():
        name = str(element.tag).rpartition("}")[2]
        data = element.get("type") in {"application/ld+json", "application/json"}
        if name == "style" or (name == "script" and not element.get("src") and not data):
            yield Finding(page.path, f"has an inline <{name}>")
        for attribute in element.attrib:
            if attribute == "style" or re.match("on[a-z]", str(attribute)):
                yield Finding(page.path, f"<{name}> has an inline {attribute}")
        if element.get("href", "").strip().lower().startswith("javascript:"):
            yield Finding(page.path, f"<{name}> has an inline script as its address")


def _behaviour(
    site: Site, page: Page, context: BrowserContext, named: set[str]
) -> Iterator[Finding]:
    """The page asks no other host, keeps nothing, and has a quiet console."""
    asked: set[str] = set()
    said: set[str] = set()
    tab = context.new_page()
    tab.on("request", lambda request: asked.add(request.url))
    tab.on("console", lambda line: said.add(f"the console says: {line.text}"))
    tab.on("pageerror", lambda error: said.add(f"a script failed: {error.message}"))
    tab.goto(site.address(page), wait_until="networkidle")
    for address in asked:
        if urlsplit(address).netloc != urlsplit(site.origin).netloc:
            yield Finding(page.path, f"asks another host: {address}")
    yield from (Finding(page.path, line) for line in said)
    for kept in tab.evaluate(STORED):
        if kept not in named:
            yield Finding(page.path, f"keeps '{kept}', which the privacy page does not name")
    if context.cookies():
        yield Finding(page.path, "sets a cookie")


def _named_storage(site: Site) -> set[str]:
    """Return the names of stored values that the privacy page tells of, in `code`."""
    named: set[str] = set()
    for page in site.pages:
        if page.path == "/privacy/":
            codes = html5lib.parse(page.file.read_bytes()).iter(f"{HTML}code")
            named.update("".join(code.itertext()) for code in codes)
    return named
