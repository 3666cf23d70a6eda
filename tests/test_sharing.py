from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign import sharing, words
from campaign.model import Campaign
from tests.projects import ROOT
from tests.samples import campaign

WORDS = words.load(ROOT / "theme" / "translations", "en")
PAGE = "https://example.org/trains/act/write/"
MESSAGE = "Dear {mention}, keep them: 50% & more!\n {hashtag} {url}"


def links(found: Campaign) -> dict[str, str]:
    return {link.network: link.href for link in sharing.message_links(found, PAGE, WORDS)}


def sharing_campaign(**share: object) -> Campaign:
    return campaign(
        addressee={"name": "Minister Gruber", "handles": {"x": "@gruber", "facebook": "gruber"}},
        share={"networks": list(sharing.NETWORKS), "messages": MESSAGE, **share},
    )


def test_there_is_a_link_for_each_network_in_the_editors_order() -> None:
    found = sharing.campaign_links(sharing_campaign(networks=["email", "x"]), PAGE, WORDS)
    assert [(link.network, link.label) for link in found] == [("email", "Email"), ("x", "X")]


def test_x_gets_text_mention_hashtag_and_page() -> None:
    address = urlsplit(links(sharing_campaign())["x"])
    assert (address.scheme, address.netloc, address.path) == ("https", "x.com", "/intent/tweet")
    assert parse_qs(address.query) == {
        "text": ["Dear @gruber, keep them: 50% & more! #KeepTheTrains"],
        "url": [PAGE],
    }


def test_facebook_gets_the_page_alone() -> None:
    address = urlsplit(links(sharing_campaign())["facebook"])
    assert parse_qs(address.query) == {"u": [PAGE]}


def test_bluesky_gets_the_page_within_the_text_and_a_name_where_there_is_no_account() -> None:
    address = urlsplit(links(sharing_campaign())["bluesky"])
    assert parse_qs(address.query) == {
        "text": [f"Dear Minister Gruber, keep them: 50% & more! #KeepTheTrains {PAGE}"]
    }


def test_a_message_by_email_goes_to_the_addressee_or_there_is_none() -> None:
    assert "email" not in links(sharing_campaign())
    reached = {"name": "Minister Gruber", "handles": {"email": "gruber@ministry.example"}}
    address = urlsplit(links(campaign(addressee=reached, share={"networks": ["email"]}))["email"])
    assert (address.scheme, address.path) == ("mailto", "gruber@ministry.example")
    assert parse_qs(address.query)["subject"] == ["Keep the trains"]


def test_the_campaign_is_passed_on_in_public_by_its_message_and_in_private_by_what_it_is() -> None:
    shared = sharing.campaign_links(sharing_campaign(), PAGE, WORDS)
    found = {link.network: urlsplit(link.href) for link in shared}
    assert parse_qs(found["x"].query)["text"] == [
        "Dear @gruber, keep them: 50% & more! #KeepTheTrains"
    ]
    assert found["email"].path == ""
    assert parse_qs(found["email"].query) == {
        "subject": ["Keep the trains"],
        "body": [f"A letter for the night trains. {PAGE}"],
    }


def test_a_page_is_passed_on_by_its_title_and_nobody_is_addressed() -> None:
    shared = sharing.page_links(sharing_campaign(), PAGE, "A vigil", "June 14, Vienna", WORDS)
    found = {link.network: parse_qs(urlsplit(link.href).query) for link in shared}
    assert found == {
        "x": {"text": ["A vigil #KeepTheTrains"], "url": [PAGE]},
        "facebook": {"u": [PAGE]},
        "bluesky": {"text": [f"A vigil #KeepTheTrains {PAGE}"]},
        "email": {"subject": ["A vigil"], "body": [f"June 14, Vienna {PAGE}"]},
    }


def test_no_plus_stands_for_a_space() -> None:
    shared = sharing.page_links(sharing_campaign(), PAGE, "A vigil", "June 14, Vienna", WORDS)
    assert shared[-1].href.startswith("mailto:?subject=A%20vigil&body=June%2014%2C%20Vienna%20")


def test_a_network_may_have_a_message_of_its_own() -> None:
    found = links(sharing_campaign(overrides={"bluesky": ["Hello {mention}", "Never first"]}))
    assert parse_qs(urlsplit(found["bluesky"]).query) == {"text": ["Hello Minister Gruber"]}
    assert "Dear" in found["x"]


@given(st.text(st.characters(codec="utf-8", exclude_characters="{}"), min_size=1))
def test_any_message_arrives_as_it_was_written(text: str) -> None:
    href = links(sharing_campaign(messages=[text]))["bluesky"]
    assert href.isascii()
    assert parse_qs(urlsplit(href).query, keep_blank_values=True) == {
        "text": [" ".join(text.split())]
    }


@pytest.mark.parametrize(
    ("share", "said"),
    [
        ({}, []),
        (
            {"networks": ["x", "facebok", "x"]},
            [
                "share.networks.3: 'x' stands twice; keep one of them",
                "share.networks.2: 'facebok' is not a network known here; did you mean 'facebook'?",
            ],
        ),
        (
            {"networks": ["fax"]},
            [
                "share.networks.1: 'fax' is not a network known here; the networks are x, facebook, bluesky, email"
            ],
        ),
        (
            {"messages": ["{mention} {url}", "{ulr} {}", "{mention"]},
            [
                "share.messages.2: '{ulr}' stands for nothing; did you mean '{url}'?",
                "share.messages.2: '{}' stands for nothing; write {mention}, {hashtag} or {url}",
                "share.messages.3: a '{' never closes; write {mention}, {hashtag} or {url}",
            ],
        ),
        (
            {"overrides": {"blusky": "{name}", "x": "}"}},
            [
                "share.overrides.blusky: 'blusky' is not a network known here; did you mean 'bluesky'?",
                "share.overrides.blusky.1: '{name}' stands for nothing; write {mention}, {hashtag} or {url}",
            ],
        ),
    ],
)
def test_networks_and_tokens_must_be_known(share: dict[str, object], said: list[str]) -> None:
    found = list(sharing.problems(sharing_campaign(**share)))
    assert [f"{problem.field}: {problem.message}" for problem in found] == said


def test_an_account_is_on_a_network_that_is_known() -> None:
    found = campaign(addressee={"name": "A", "handles": {"mastodn": "a"}})
    assert [str(problem) for problem in sharing.problems(found)] == [
        (
            "content/campaign.md:1: addressee.handles.mastodn: 'mastodn' is not a network known here;"
            " the networks are x, facebook, bluesky, email"
        )
    ]
