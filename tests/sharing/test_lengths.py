"""Lengths of texts at build time; tests/test_browser_lengths.py asks the same of the browser."""

from dataclasses import replace

import pytest
from hypothesis import given

from campaign.sharing import NETWORKS, measure
from campaign.sharing.counting import fits
from campaign.sharing.web_addresses import find_addresses
from campaign.support import vendor
from tests.lengths import CASES, TEXTS, Case, conformance, in_utf16

COUNTING = [network for network in NETWORKS.values() if network.limit]


@pytest.mark.parametrize("text", conformance())
def test_x_counts_as_its_own_cases_say(text: str) -> None:
    expected = conformance()[text]
    found = measure(text, NETWORKS["x"])
    assert found.used == expected["weightedLength"]
    if found.over:
        assert in_utf16(text, found.cut) == expected["validRangeEnd"] + 1
    else:
        assert found.cut is None
        assert expected["weightedLength"] <= 280


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_each_network_counts_in_its_own_way(case: Case) -> None:
    assert {name: measure(case.text, NETWORKS[name]).used for name in case.used} == case.used


def test_every_domain_that_x_knows_makes_an_address() -> None:
    domains = vendor.read("twitter-text/domains.txt").split()
    text = " ".join(f"https://twitter.{domain}" for domain in domains)
    found = [text[start:end] for start, end, whole in find_addresses(text) if whole]
    assert found == text.split()


@pytest.mark.parametrize("name", ["x", "bluesky", "mastodon", "threads", "reddit", "telegram"])
def test_a_text_fits_up_to_the_limit_and_is_over_by_what_follows(name: str) -> None:
    network = NETWORKS[name]
    limit = network.limit or 0
    text = "a" * limit
    assert measure(text, network).over == 0
    longer = measure(f"{text}bc", network)
    assert (longer.used, longer.over, longer.cut) == (limit + 2, 2, limit)


def test_a_family_is_not_divided_where_a_text_is_too_long() -> None:
    family = "\N{MAN}\u200d\N{WOMAN}\u200d\N{GIRL}"
    found = measure("a" * 279 + family, NETWORKS["x"])
    assert (found.over, found.cut) == (1, 279)
    assert measure("a" * 299 + family, NETWORKS["bluesky"]).over == 0


def test_where_a_text_is_too_long_is_a_place_in_the_text_as_it_was_written() -> None:
    found = measure("e\u0301" * 281, NETWORKS["x"])
    assert (found.used, found.cut) == (281, 560)


def test_where_nothing_is_counted_everything_fits() -> None:
    found = measure("a" * 100_000, NETWORKS["sms"])
    assert (found.over, found.cut) == (0, None)


def test_an_address_of_more_than_x_allows_is_a_text() -> None:
    assert list(find_addresses("https://example.org/" + "a" * 4096)) == []
    assert list(find_addresses(f"https://{'a' * 64}.org")) == []
    assert list(find_addresses(f"https://{'ä' * 63}.org")) == []


def test_what_is_counted_as_it_is_written_is_not_taken_for_its_short_form() -> None:
    text = "\u1112\u1161\u11ab" * 10  # in the short form a third of it
    network = replace(NETWORKS["email"], limit=200)
    assert measure(text, network).used == 270
    assert not fits(text, network)


@given(TEXTS)
def test_whatever_is_said_to_fit_fits(text: str) -> None:
    for network in COUNTING:
        assert fits(text * 20, network) == (measure(text * 20, network).over == 0)
