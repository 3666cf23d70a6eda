"""The budgets: what a page weighs, and how many requests it takes."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import html5lib

from audit.findings import Finding, table
from audit.site import HTML, Page, Site

#: Bytes by gzip -9: HTML and CSS in one round trip of a new connection; scripts; requests.
HTML_AND_CSS = 14_000
SCRIPTS = 10_000
REQUESTS = 8


@dataclass(frozen=True)
class Weight:
    """The weight of one page: compressed bytes of its HTML, CSS and scripts; requests in all."""

    html: int
    css: int
    scripts: int
    requests: int


def check(site: Site) -> Iterator[Finding]:
    """Every page keeps the budgets."""
    for page in site.pages:
        weight = weigh(site, page)
        if weight.html + weight.css > HTML_AND_CSS:
            over = f"HTML and CSS are {weight.html + weight.css} bytes of {HTML_AND_CSS}"
            yield Finding(page.path, over)
        if weight.scripts > SCRIPTS:
            yield Finding(page.path, f"scripts are {weight.scripts} bytes of {SCRIPTS}")
        if weight.requests > REQUESTS:
            yield Finding(page.path, f"takes {weight.requests} requests of {REQUESTS}")


def figures(site: Site) -> str:
    """Return each page's figures as a table."""
    rows: list[tuple[str, ...]] = [("page", "HTML", "CSS", "HTML+CSS", "scripts", "requests")]
    for page in site.pages:
        weight = weigh(site, page)
        numbers = (weight.html, weight.css, weight.html + weight.css, weight.scripts)
        rows.append((page.path, *map(str, numbers), str(weight.requests)))
    return table(rows)


def weigh(site: Site, page: Page) -> Weight:
    """Weigh a page with what it links: style sheets, scripts, pictures and icons."""
    tree = html5lib.parse(page.file.read_bytes())
    sheets, others = set(), set()
    for link in tree.iter(f"{HTML}link"):
        kinds = link.get("rel", "").split()
        if "stylesheet" in kinds:
            sheets.add(link.get("href", ""))
        elif {"icon", "apple-touch-icon", "manifest", "preload"} & set(kinds):
            others.add(link.get("href", ""))
    scripts = {script.get("src", "") for script in tree.iter(f"{HTML}script") if script.get("src")}
    others |= {image.get("src", "") for image in tree.iter(f"{HTML}img")}
    return Weight(
        html=_compressed(page.file),
        css=sum(_compressed(_file(site, page, sheet)) for sheet in sheets),
        scripts=sum(_compressed(_file(site, page, script)) for script in scripts),
        requests=1 + len(sheets | scripts | others),
    )


def _file(site: Site, page: Page, address: str) -> Path:
    path = address.partition("?")[0]
    if path.startswith(site.base):
        return site.folder / path.removeprefix(site.base)
    return page.file.parent / path


def _compressed(file: Path) -> int:
    return len(gzip.compress(file.read_bytes(), 9, mtime=0)) if file.is_file() else 0
