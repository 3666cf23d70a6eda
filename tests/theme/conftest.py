"""Fixtures of the tests in this folder."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Route

from tests.theme.composer import COPYING, Read, Reader


@pytest.fixture
def read(chromium: Browser, address: str) -> Iterator[Read]:
    """Open a page for a reader whose browser may have `scripts` of its own; it must have nothing to complain of."""
    complaints: list[str] = []
    contexts = []

    def begin(*scripts: str, **options: Any) -> Reader:  # noqa: ANN401 (a browser context's options)
        context = chromium.new_context(**options)
        context.set_default_timeout(10_000)
        contexts.append(context)
        reader = Reader(context, address, [])

        def outside(route: Route) -> None:
            reader.left.append(route.request.url)
            route.fulfill(body="Another site.")

        context.route(lambda url: not url.startswith(address), outside)
        context.on(
            "console",
            lambda it: complaints.append(it.text) if it.type in {"error", "warning"} else None,
        )
        context.on("weberror", lambda error: complaints.append(str(error.error)))
        for script in (COPYING, *scripts):
            context.add_init_script(script)
        return reader

    yield begin
    for context in contexts:
        context.close()
    assert complaints == []
