"""Lighthouse's four marks, as a phone gets them, on one page of each indexable kind."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

from audit.browser import OPTIONS
from audit.findings import Finding
from audit.site import Page, Site
from audit.tools import NODE, node_module, program
from tests.browser import find

#: The least mark for each category, of 100; performance allows for the machine's noise.
LEAST = {"accessibility": 100, "best-practices": 100, "seo": 100, "performance": 98}
#: How often a page is measured when its first mark for performance is below 100.
REPEATS = 3


def check(site: Site) -> Iterator[Finding]:
    """Every kind of page has full marks."""
    for page in representatives(site.pages):
        report = _measure(site, page)
        yield from _judge(page, report)


def representatives(pages: tuple[Page, ...]) -> list[Page]:
    """Return one indexed page of each kind: the kinds differ in the folders of their paths."""
    first: dict[str, Page] = {}
    for page in pages:
        if page.indexed and not page.redirects:
            parts = page.path.strip("/").split("/")
            kind = parts[0] if len(parts) == 1 else f"{'/'.join(parts[:-1])}/…"
            first.setdefault(kind, page)
    return list(first.values())


def _measure(site: Site, page: Page) -> dict[str, Any]:
    """Measure once, and twice more where performance is not perfect: the median counts."""
    reports = [_run(site, page)]
    if _mark(reports[0], "performance") < 100:  # noqa: PLR2004 (the full mark)
        reports += [_run(site, page) for _ in range(REPEATS - 1)]
        score = median(report["categories"]["performance"]["score"] for report in reports)
        reports[0]["categories"]["performance"]["score"] = score
    return reports[0]


def _run(site: Site, page: Page) -> dict[str, Any]:
    node = program("node", NODE)
    flags = ["--headless=new", "--disable-gpu", *OPTIONS]
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        flags.append("--no-sandbox")
    with TemporaryDirectory() as folder:
        report = Path(folder, "report.json")
        subprocess.run(
            [
                node,
                str(node_module("lighthouse/cli/index.js")),
                site.address(page),
                "--quiet",
                "--output=json",
                f"--output-path={report}",
                f"--only-categories={','.join(LEAST)}",
                f"--chrome-flags={' '.join(flags)}",
            ],
            env={**os.environ, "CHROME_PATH": find()},
            capture_output=True,
            check=True,
        )
        found: dict[str, Any] = json.loads(report.read_text(encoding="utf-8"))
        return found


def _judge(page: Page, report: dict[str, Any]) -> Iterator[Finding]:
    for category, least in LEAST.items():
        mark = _mark(report, category)
        if mark < least:
            audits = ", ".join(_lost(report, category))
            yield Finding(page.path, f"{category} is {mark} of {least}: {audits}")


def _mark(report: dict[str, Any], category: str) -> int:
    return round((report["categories"][category]["score"] or 0) * 100)


def _lost(report: dict[str, Any], category: str) -> Iterator[str]:
    for reference in report["categories"][category]["auditRefs"]:
        audit = report["audits"][reference["id"]]
        if reference["weight"] and audit["score"] is not None and audit["score"] < 1:
            yield audit["title"]
