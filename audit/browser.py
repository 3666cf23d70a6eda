"""Pages in a real browser, as the checks look at them."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, sync_playwright

from tests.browser import find

#: What keeps the browser from doing anything of its own accord.
OPTIONS = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)


@contextmanager
def browser() -> Iterator[Browser]:
    """Yield the installed Chromium or Chrome for as long as the block runs."""
    # The sandbox of Chromium refuses to run as root, which CI and containers are.
    as_root = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        program = playwright.chromium.launch(executable_path=find(), args=[*OPTIONS, *as_root])
        try:
            yield program
        finally:
            program.close()
