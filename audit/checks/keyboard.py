"""Everything works by keyboard: each control is reached, its focus is seen, it is large enough."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from playwright.sync_api import Page as Tab

from audit.browser import browser
from audit.findings import Finding
from audit.site import Page, Site

#: WCAG 2.2, 2.5.8 Target Size (Minimum), in CSS pixels.
TARGET = 24

# A control of HTML's own that is taken out of the order of the Tab key still has to be reached.
CONTROLS = """() => (window.controls = [...document.querySelectorAll(
  "a[href], button, input, select, textarea, summary, [tabindex]:not([tabindex^='-'])")]
  .filter((it) => !it.disabled && it.checkVisibility({visibilityProperty: true})))
  .map((it) => it.outerHTML.slice(0, 80))"""

# A control within a sentence may be as small as its line (the exception "Inline" of 2.5.8).
# The focus is shown by an outline: forced colours leave shadows and backgrounds out.
FOCUSED = """() => {
  const it = document.activeElement;
  if (!window.controls.includes(it)) return null;
  const style = getComputedStyle(it);
  const box = it.getBoundingClientRect();
  const middle = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
  return {
    number: window.controls.indexOf(it),
    seen: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2
      && !/, 0\\)$/.test(style.outlineColor),
    covered: !(middle && (it.contains(middle) || middle.contains(it))),
    inline: style.display === "inline",
    width: box.width, height: box.height,
  };
}"""


def check(site: Site) -> Iterator[Finding]:
    """Walk through each page by the Tab key."""
    with browser() as program:
        tab = program.new_page(viewport={"width": 1280, "height": 900})
        for page in site.lasting:
            tab.goto(site.address(page))
            yield from _walk(page, tab)


def _walk(page: Page, tab: Tab) -> Iterator[Finding]:
    controls: list[str] = tab.evaluate(CONTROLS)
    missing = set(range(len(controls)))
    # What scrolls takes the focus in between, and so may the browser itself.
    for _ in range(2 * len(controls)):
        if not missing:
            return
        tab.keyboard.press("Tab")
        focused: dict[str, Any] | None = tab.evaluate(FOCUSED)
        if focused and focused["number"] in missing:
            missing.remove(focused["number"])
            what = controls[focused["number"]]
            yield from (Finding(page.path, f"{what}: {text}") for text in _judge(focused))
    for number in missing:
        yield Finding(page.path, f"the Tab key does not reach {controls[number]}")


def _judge(focused: dict[str, Any]) -> Iterator[str]:
    if not focused["seen"]:
        yield "its focus cannot be seen"
    if focused["covered"]:
        yield "something covers it when it has the focus"
    if not focused["inline"] and min(focused["width"], focused["height"]) < TARGET:
        size = f"{focused['width']:.0f} by {focused['height']:.0f}"
        yield f"is {size} pixels, smaller than {TARGET} by {TARGET}"
