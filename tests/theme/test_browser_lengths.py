"""Lengths of texts in the browser, which must be those at build time."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from playwright.sync_api import Browser, Page

from campaign import sharing
from campaign.sharing import NETWORKS
from campaign.support import vendor
from tests.lengths import CASES, PAGE, TEXTS, WORDS, Case, all_networks, conformance, in_utf16
from tests.projects import ROOT

SCRIPT = ROOT / "theme" / "static" / "js" / "act" / "10-count.js"


@pytest.fixture(scope="module")
def page(chromium: Browser, address: str) -> Iterator[Page]:
    """Open a page that counts by the table which the engine makes for every network there is."""
    page = chromium.new_page(bypass_csp=True)
    page.goto(f"{address}/robots.txt")
    table = sharing.composer_data(all_networks(), PAGE, sharing.domains_path(), WORDS)
    page.add_script_tag(content=f"const act = {{}};{SCRIPT.read_text(encoding='utf-8')}")
    page.evaluate(
        """async (table) => {
            window.table = table;
            window.domains = await loadDomains(table);
            window.count = (text, name) => {
                const network = table.networks.find((it) => it.name == name);
                const { used, over, cut } = measure(text, network, table, domains);
                return [used, over, cut < 0 ? null : cut];
            };
            window.opened = (name) => {
                const network = table.networks.find((it) => it.name == name);
                return shareAddress(network, fill(table.messages[0], network, table), table);
            };
        }""",
        json.loads(json.dumps(table)),
    )
    yield page
    page.close()


def count(page: Page, texts: list[str], network: str) -> list[Any]:
    counted: list[Any] = page.evaluate(
        "([texts, name]) => texts.map((text) => count(text, name))", [texts, network]
    )
    return counted


def test_x_counts_as_its_own_cases_say(page: Page) -> None:
    cases = conformance()
    for (text, expected), (used, over, cut) in zip(
        cases.items(), count(page, list(cases), "x"), strict=True
    ):
        assert used == expected["weightedLength"], text
        assert over == max(0, used - 280)
        if over:
            assert cut == expected["validRangeEnd"] + 1, text


def test_every_domain_that_x_knows_makes_an_address(page: Page) -> None:
    known = vendor.read("twitter-text/domains.txt").split()
    text = " ".join(f"https://twitter.{domain}" for domain in known)
    found = page.evaluate(
        "(text) => addresses(text, domains).map(([start, end]) => text.slice(start, end))", text
    )
    assert found == text.split()


def test_without_the_list_every_word_may_be_a_domain(page: Page) -> None:
    """A count that is too high now and then is better than none."""
    found = page.evaluate(
        """async () => {
            const others = await loadDomains({ ...table, domains: "/nowhere.txt" });
            const text = "See library.nowhere, https://example.org";
            return addresses(text, others).map(([start, end]) => text.slice(start, end));
        }"""
    )
    assert found == ["library.nowhere", "https://example.org"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_each_network_counts_in_its_own_way(page: Page, case: Case) -> None:
    assert {name: count(page, [case.text], name)[0][0] for name in case.used} == case.used


@pytest.mark.slow
@settings(max_examples=60)
@given(TEXTS)
def test_the_browser_counts_what_the_engine_counts(page: Page, text: str) -> None:
    for name in ("x", "bluesky", "mastodon", "threads"):
        for long in (text, text * 9):
            found = sharing.measure(long, NETWORKS[name])
            assert count(page, [long], name) == [
                [found.used, found.over, in_utf16(long, found.cut)]
            ]


def test_the_browser_opens_the_addresses_that_the_engine_makes(page: Page) -> None:
    links = sharing.message_links(all_networks(), PAGE, WORDS)
    assert len(links) == 10
    assert {
        link.network: page.evaluate("(name) => opened(name)", link.network) for link in links
    } == {link.network: link.href for link in links}
