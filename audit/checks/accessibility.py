"""Accessible to everyone: axe-core in Chromium, in each way that people look at a page."""

from __future__ import annotations

import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Literal

from playwright.sync_api import Browser, BrowserContext
from playwright.sync_api import Page as Tab

from audit.browser import browser
from audit.findings import Finding
from audit.site import Page, Site
from audit.tools import node_module

#: WCAG 2.2 A and AA, and what axe holds to be good practice; contrast of AAA for running text.
RULES = {
    "runOnly": [
        "wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa",
        "best-practice",
    ],
    "rules": {"color-contrast-enhanced": {"enabled": True}, "target-size": {"enabled": True}},
}  # fmt: skip
#: Rules of AAA hold for running text only, which is what stands in these.
RUNNING_TEXT = "p, li, dd, blockquote"
#: The narrowest width that WCAG 2.2 asks a page to fit (1.4.10 Reflow), in CSS pixels.
NARROW = 320

# axe reads the fill of a text, which Chromium gives as if no colours were forced; its colour is right.
FORCED = """() => document.querySelectorAll("*").forEach((it) => {
  it.style.webkitTextFillColor = getComputedStyle(it).color;
})"""

Way = Literal["light", "dark", "forced colours", "narrow", "large text"]
WAYS: tuple[Way, ...] = ("light", "dark", "forced colours", "narrow", "large text")


def check(site: Site) -> Iterator[Finding]:
    """No violation on any page in any way of looking at it; nothing is wider than the screen."""
    script = node_module("axe-core/axe.min.js").read_text(encoding="utf-8")
    # Each way has a browser of its own, so that all of the machine's processors have work.
    with ThreadPoolExecutor(max_workers=os.cpu_count()) as pool:
        for findings in pool.map(lambda way: _look_at_all(site, way, script), WAYS):
            yield from findings


def _look_at_all(site: Site, way: Way, script: str) -> list[Finding]:
    with browser() as program:
        # One tab for all pages: Chromium then reads axe's script once.
        tab = _context(program, way).new_page()
        return [
            finding
            for page in site.lasting
            for finding in _look(page, site.address(page), way, tab, script)
        ]


def _context(program: Browser, way: Way) -> BrowserContext:
    """Open a browser as someone who looks in this way has it."""
    return program.new_context(
        # The audit's own script is what the page's policy would rightly refuse.
        bypass_csp=True,
        viewport={"width": NARROW if way in {"narrow", "large text"} else 1280, "height": 900},
        color_scheme="dark" if way == "dark" else "light",
        forced_colors="active" if way == "forced colours" else "none",
    )


def _look(page: Page, address: str, way: Way, tab: Tab, script: str) -> Iterator[Finding]:
    tab.goto(address)
    if way == "large text":
        tab.add_style_tag(content=":root { font-size: 200% !important }")
    if way == "forced colours":
        tab.evaluate(FORCED)
    tab.evaluate(script)
    for violation in tab.evaluate("rules => axe.run(document, rules)", RULES)["violations"]:
        for node in violation["nodes"]:
            if violation["id"] != "color-contrast-enhanced" or tab.evaluate(
                "([target, text]) => Boolean(document.querySelector(target)?.closest(text))",
                [node["target"][0], RUNNING_TEXT],
            ):
                yield Finding(page.path, f"{way}: {_say(violation, node)}")
    width: int = tab.evaluate("document.documentElement.scrollWidth")
    room: int = tab.evaluate("document.documentElement.clientWidth")
    if width > room:
        yield Finding(page.path, f"{way}: scrolls sideways, {width} pixels in {room}")


def _say(violation: dict[str, Any], node: dict[str, Any]) -> str:
    why = " ".join(node.get("failureSummary", "").split())
    return f"{violation['id']}: {node['target'][0]}: {why}"
