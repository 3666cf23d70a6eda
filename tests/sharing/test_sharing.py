from dataclasses import replace
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign import sharing
from campaign.content.model import Action, Campaign
from campaign.sharing.counting import measure
from campaign.sharing.networks import NETWORKS, Network
from tests.lengths import PAGE, WORDS
from tests.samples import action, campaign

WRITE = action()  # its page is PAGE
MESSAGE = "Dear {mention}, keep them: 50% & more!\n {hashtag} {url}"
SENT = "Dear Minister Gruber, keep them: 50% & more! #KeepTheTrains"
TOLD = "June 14, Vienna"
HANDLES = {"x": "@gruber", "facebook": "gruber", "mastodon": "gruber@social.example"}
PRIVATE = {"email": "gruber@ministry.example", "whatsapp": "+431234567", "sms": "+431234567"}


def sharing_campaign(handles: dict[str, str] = HANDLES, **share: object) -> Campaign:
    return campaign(
        addressee={"name": "Minister Gruber", "handles": handles},
        share={"networks": list(sharing.NETWORKS), "messages": MESSAGE, **share},
    )


def opened(found: tuple[sharing.ShareLink, ...]) -> dict[str, tuple[str, dict[str, list[str]]]]:
    """Return what opens each network: the address, and what is handed over in it."""
    parts = {link.network: urlsplit(link.href) for link in found}
    return {
        network: (
            part._replace(query="").geturl(),
            # A plus stands for itself in addresses of mail (RFC 6068, section 5).
            parse_qs(part.query.replace("+", "%2B"), keep_blank_values=True),
        )
        for network, part in parts.items()
    }


def messages(found: Campaign) -> dict[str, tuple[str, dict[str, list[str]]]]:
    return opened(sharing.message_links(found, PAGE, WORDS))


def passed_on(found: Campaign, title: str = "A vigil", summary: str = TOLD) -> Any:  # noqa: ANN401
    return opened(sharing.page_links(found, PAGE, title, summary, WORDS).links)


# Messages to the addressee


@pytest.mark.parametrize("network", NETWORKS.values(), ids=NETWORKS)
def test_a_text_that_is_very_much_too_long_is_told_so(network: Network) -> None:
    found = measure("a" * 25_000, network)
    assert found.used == 25_000
    assert found.cut == network.limit


def test_every_network_is_opened_with_the_message_in_the_parts_that_it_takes() -> None:
    to_x, to_mastodon = SENT.replace("Minister Gruber", "@gruber"), "@gruber@social.example"
    assert messages(sharing_campaign(HANDLES | PRIVATE)) == {
        "x": ("https://x.com/intent/tweet", {"text": [to_x], "url": [PAGE]}),
        "facebook": ("https://www.facebook.com/sharer/sharer.php", {"u": [PAGE]}),
        "bluesky": ("https://bsky.app/intent/compose", {"text": [f"{SENT} {PAGE}"]}),
        "mastodon": (
            "https://share.joinmastodon.org/",
            {"text": [f"{SENT.replace('Minister Gruber', to_mastodon)} {PAGE}"]},
        ),
        "threads": ("https://www.threads.com/intent/post", {"text": [SENT], "url": [PAGE]}),
        "whatsapp": ("https://wa.me/431234567", {"text": [f"{SENT} {PAGE}"]}),
        "reddit": ("https://www.reddit.com/submit", {"url": [PAGE], "title": [SENT]}),
        "linkedin": ("https://www.linkedin.com/sharing/share-offsite/", {"url": [PAGE]}),
        "email": (
            "mailto:gruber@ministry.example",
            {"subject": ["Keep the trains"], "body": [f"{SENT} {PAGE}"]},
        ),
        "sms": ("sms:+431234567", {"body": [f"{SENT} {PAGE}"]}),
    }


def test_a_private_network_carries_a_message_only_where_the_addressee_can_be_told_by_it() -> None:
    assert set(PRIVATE) | {"telegram"} == {
        name for name, network in sharing.NETWORKS.items() if network.private
    }
    assert not {*PRIVATE, "telegram"} & set(messages(sharing_campaign()))
    assert "telegram" not in messages(sharing_campaign({"telegram": "gruber"}))


def test_networks_stand_in_the_editors_order_by_the_names_that_readers_know() -> None:
    found = sharing.campaign_links(sharing_campaign(networks=["sms", "email", "x"]), PAGE, WORDS)
    assert [link.label for link in found.links] == ["Text message", "Email", "X"]


def test_a_network_may_have_a_message_of_its_own() -> None:
    found = messages(sharing_campaign(overrides={"bluesky": ["Hello {mention}", "Never first"]}))
    assert found["bluesky"][1] == {"text": ["Hello Minister Gruber"]}
    assert "Dear" in found["x"][1]["text"][0]


def test_where_the_address_is_within_the_message_it_is_not_handed_over_twice() -> None:
    found = messages(sharing_campaign(messages=["{url} says it: {hashtag}"]))
    assert found["x"][1] == {"text": [f"{PAGE} says it: #KeepTheTrains"], "url": [""]}
    assert found["facebook"][1] == {"u": [PAGE]}


@given(st.text(st.characters(codec="utf-8", exclude_characters="{}"), min_size=1))
def test_any_message_arrives_as_it_was_written(text: str) -> None:
    (link,) = sharing.message_links(
        sharing_campaign(networks=["bluesky"], messages=[text]), PAGE, WORDS
    )
    assert link.href.isascii()
    assert unquote(link.href).endswith("?text=" + " ".join(text.split()))


# Passing on


def test_the_campaign_is_passed_on_in_public_by_its_message_and_in_private_by_what_it_is() -> None:
    found = opened(sharing.campaign_links(sharing_campaign(PRIVATE), PAGE, WORDS).links)
    assert found["bluesky"][1] == {"text": [f"{SENT} {PAGE}"]}
    told = f"A letter for the night trains.\r\n{PAGE}"
    assert found["email"] == ("mailto:", {"subject": ["Keep the trains"], "body": [told]})
    assert found["sms"] == ("sms:", {"body": [told.replace("\r", "")]})
    assert found["telegram"] == (
        "https://t.me/share/url",
        {"url": [PAGE], "text": ["A letter for the night trains."]},
    )


def test_a_page_is_passed_on_by_its_title_and_nobody_is_addressed() -> None:
    found = {name: query for name, (_, query) in passed_on(sharing_campaign(PRIVATE)).items()}
    assert found == {
        "x": {"text": ["A vigil #KeepTheTrains"], "url": [PAGE]},
        "facebook": {"u": [PAGE]},
        "bluesky": {"text": [f"A vigil #KeepTheTrains {PAGE}"]},
        "mastodon": {"text": [f"A vigil #KeepTheTrains {PAGE}"]},
        "threads": {"text": ["A vigil #KeepTheTrains"], "url": [PAGE]},
        "whatsapp": {"text": [f"{TOLD}\n{PAGE}"]},
        "telegram": {"url": [PAGE], "text": [TOLD]},
        "reddit": {"url": [PAGE], "title": ["A vigil #KeepTheTrains"]},
        "linkedin": {"url": [PAGE]},
        "email": {"subject": ["A vigil"], "body": [f"{TOLD}\r\n{PAGE}"]},
        "sms": {"body": [f"{TOLD}\n{PAGE}"]},
    }


def test_a_line_of_a_mail_ends_as_mail_asks_and_no_plus_stands_for_a_space() -> None:
    found = sharing.page_links(sharing_campaign(networks=["email"]), PAGE, "A vigil", TOLD, WORDS)
    page = "https%3A%2F%2Fexample.org%2Ftrains%2Fact%2Fwrite%2F"
    told = f"June%2014%2C%20Vienna%0D%0A{page}"
    assert [link.href for link in found.links] == [f"mailto:?subject=A%20vigil&body={told}"]


def test_the_networks_that_are_not_named_are_further_ways() -> None:
    found = sharing.page_links(sharing_campaign(networks=["x", "email"]), PAGE, "A", "B", WORDS)
    assert [link.network for link in found.links] == ["x", "email"]
    every = {name for name, network in sharing.NETWORKS.items() if network.address}
    assert {link.network for link in found.more} == every - {"x", "email"}
    none = sharing.page_links(sharing_campaign(networks=[]), PAGE, "A", "B", WORDS)
    assert (none.links, none.more, none.url) == ((), (), PAGE)


@pytest.mark.parametrize("name", ["x", "bluesky", "mastodon", "threads", "reddit"])
@pytest.mark.parametrize("letter", ["a", "ß", "ü", "中", "\N{MAN}\u200d\N{WOMAN}\u200d\N{GIRL}"])
def test_a_title_that_a_network_has_no_room_for_ends_early_and_the_rest_fits(
    name: str, letter: str
) -> None:
    (_, query) = passed_on(sharing_campaign(), letter * 600)[name]
    (text,) = query.get("text") or query["title"]
    network = sharing.NETWORKS[name]
    end = text.index("…")
    assert text[:end] == letter * (end // len(letter))
    assert text[end:].startswith("… #KeepTheTrains")
    whole = text if PAGE in text or name == "reddit" else f"{text} {PAGE}"
    most = network.limit or 0
    assert most - 20 <= sharing.measure(whole, network).used <= most


def test_a_mail_stays_within_what_programs_open_and_its_page_is_whole() -> None:
    found = sharing.page_links(
        sharing_campaign(networks=["email"]), PAGE, "A vigil", "ü" * 900, WORDS
    )
    (href,) = (link.href for link in found.links)
    assert 1_880 <= len(href) < 1_900
    assert unquote(href).endswith(f"ü…\r\n{PAGE}")


# What is wrong with a message


def problems(found: Campaign, *actions: Action) -> list[str]:
    return [f"{problem.field}: {problem.message}" for problem in sharing.problems(found, actions)]


NAMES = "the networks are " + ", ".join(sharing.NETWORKS)


@pytest.mark.parametrize(
    ("share", "said"),
    [
        ({}, []),
        (
            {"networks": ["x", "facebok", "x"]},
            [
                "share.networks.2: 'facebok' is not a network known here; did you mean 'facebook'?",
                "share.networks.3: 'x' is named twice; remove one",
            ],
        ),
        (
            {"networks": ["fax", "Twitter", "Mail", "fb", "Insta"]},
            [
                f"share.networks.1: 'fax' is not a network known here; {NAMES}",
                "share.networks.2: 'Twitter' is not a network known here; did you mean 'x'?",
                "share.networks.3: 'Mail' is not a network known here; did you mean 'email'?",
                "share.networks.4: 'fb' is not a network known here; did you mean 'facebook'?",
                "share.networks.5: no link can open Instagram with a message; take it out",
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
def test_networks_and_tokens_must_be_known(share: dict[str, Any], said: list[str]) -> None:
    assert problems(sharing_campaign(**share)) == said


def test_an_account_is_on_a_network_that_is_known() -> None:
    found = campaign(addressee={"name": "A", "handles": {"mastodn": "a"}})
    assert [str(problem) for problem in sharing.problems(found)] == [
        (
            "content/campaign.md:1: addressee.handles.mastodn: 'mastodn' is not a network known here;"
            " did you mean 'mastodon'?"
        )
    ]


GOOD_ACCOUNTS = [
    ("x", "@IvankaTrump"),
    ("x", "IvankaTrump"),
    ("facebook", "ivanka.trump-1"),
    ("bluesky", "@ivanka.bsky.social"),
    ("bluesky", "example.org"),
    ("mastodon", "@ivanka@example.social"),
    ("threads", "ivanka.t_"),
    ("whatsapp", "+436601234567"),
    ("sms", "+12025550123"),
    ("sms", "50409"),
    ("email", "office+letters@house.example"),
    ("email", "o'neill@mail.house.example"),
]


@pytest.mark.parametrize(("network", "account"), GOOD_ACCOUNTS)
def test_an_account_is_written_as_its_network_shows_it(network: str, account: str) -> None:
    assert problems(sharing_campaign({network: account})) == []


@pytest.mark.parametrize(
    ("network", "account", "name", "remedy"),
    [
        ("email", "IvankaTrump", "email", "write one such as name@example.org"),
        ("email", "mailto:a@b.example", "email", "did you mean 'a@b.example'?"),
        ("sms", "abc", "sms", "write one such as +12025550123"),
        ("sms", "+1 202 555 0123", "sms", "did you mean '+12025550123'?"),
        ("sms", "sms:50409", "sms", "did you mean '50409'?"),
        ("whatsapp", "ivanka", "WhatsApp", "write one such as +12025550123"),
        ("whatsapp", "06601234567", "WhatsApp", "write one such as +12025550123"),
        ("whatsapp", "+1 (202) 555-0123", "WhatsApp", "did you mean '+12025550123'?"),
        ("whatsapp", "0043 (0)660/1234567", "WhatsApp", "did you mean '+436601234567'?"),
        ("mastodon", "ivanka", "Mastodon", "write one such as name@mastodon.social"),
        ("bluesky", "ivanka", "Bluesky", "write one such as name.bsky.social"),
        ("bluesky", "https://bsky.app/profile/a.example", "Bluesky", "did you mean 'a.example'?"),
        ("x", "https://x.com/IvankaTrump?s=20", "X", "did you mean 'IvankaTrump'?"),
        ("threads", "www.threads.com/@ivanka/", "Threads", "did you mean 'ivanka'?"),
        # The words may be somebody else's account when joined.
        ("x", "Ivanka Trump", "X", "write one such as name"),
    ],
)
def test_an_account_that_cannot_be_one_of_its_network_is_told(
    network: str, account: str, name: str, remedy: str
) -> None:
    assert problems(sharing_campaign({network: account})) == [
        f"addressee.handles.{network}: '{account}' is not the name of an account on {name}; {remedy}"
    ]


def test_the_example_of_an_account_is_one() -> None:
    for network in sharing.NETWORKS.values():
        assert problems(sharing_campaign({network.name: network.account_example})) == []


@pytest.mark.parametrize(
    ("networks", "remedy"),
    [
        (["email", "whatsapp"], ", or addressee.handles.email, or addressee.handles.whatsapp"),
        (["copy", "print"], ""),
        (["telegram"], ""),
    ],
)
def test_networks_that_do_not_reach_the_addressee_are_told_where_a_message_is_asked_for(
    networks: list[str], remedy: str
) -> None:
    found = sharing_campaign(networks=networks)
    said = f"share.networks: none of these reaches Minister Gruber; add x{remedy}"
    assert problems(found, WRITE) == [said]
    # There is something else to press, or nothing to do.
    assert problems(found, action(link="https://example.org/form", button="Write")) == []
    assert problems(found, action(kind="share")) == []
    assert problems(replace(found, status="ended"), WRITE) == []
    # What is told of is the network that is not known.
    assert len(problems(sharing_campaign(networks=["facebok"]), WRITE)) == 1


@pytest.mark.parametrize(
    ("network", "said"),
    [
        ("threads", "is not among share.networks; add it there, or take this out"),
        ("email", "does not reach Minister Gruber; add addressee.handles.email, or take this out"),
        ("telegram", "carries no message to Minister Gruber; take this out"),
        ("copy", "carries no message to Minister Gruber; take this out"),
    ],
)
def test_a_network_with_messages_of_its_own_carries_them(network: str, said: str) -> None:
    named = [name for name in sharing.NETWORKS if name != "threads"]
    found = sharing_campaign(networks=named, overrides={network: "Dear {mention}"})
    assert problems(found) == [f"share.overrides.{network}: '{network}' {said}"]


def test_a_message_that_does_not_fit_is_shown_where_it_is_too_long() -> None:
    text = "a" * 240 + " for them and for us"
    assert problems(sharing_campaign(networks=["x"], messages=[f"{text} {{url}}"]), WRITE) == [
        "share.messages.1: 4 over on X (284 of 280): …them and for us ‸https://example.org/…"
    ]
    assert problems(
        sharing_campaign(networks=["x"], messages=[f"{'a' * 272}{text[240:]}"]), WRITE
    ) == ["share.messages.1: 12 over on X (292 of 280): …for the‸m and for us"]


def test_every_variant_is_counted_on_every_network_with_its_tokens_filled_in() -> None:
    long = "{mention} " + "ä" * 260 + " {hashtag} {url}"
    found = problems(sharing_campaign(messages=["Short. {url}", long]), WRITE)
    # X counts the address 23; Bluesky counts it whole, and the name instead of the account.
    on_x = 7 + 1 + 260 + 1 + 14 + 1 + 23
    on_bluesky = 15 + 1 + 260 + 1 + 14 + 1 + len(PAGE)
    assert [problem.partition(": …")[0] for problem in found] == [
        f"share.messages.2: {on_x - 280} over on X ({on_x} of 280)",
        f"share.messages.2: {on_bluesky - 300} over on Bluesky ({on_bluesky} of 300)",
    ]


def test_an_override_is_counted_on_its_network_and_there_the_messages_are_not() -> None:
    long = "a" * 285
    found = sharing_campaign(messages=[long], overrides={"x": ["Short.", long]})
    assert [problem.partition(": …")[0] for problem in problems(found, WRITE)] == [
        "share.overrides.x.2: 5 over on X (285 of 280)"
    ]


def test_a_message_is_counted_with_the_longest_address_that_it_may_carry() -> None:
    found = sharing_campaign(networks=["bluesky"], messages=[f"{'a' * 200} {{url}}"])
    assert problems(found, WRITE) == []
    assert problems(found, WRITE, action(slug="a" * 100)) != []


def test_a_mail_to_the_addressee_is_counted_as_its_whole_address() -> None:
    found = sharing_campaign(PRIVATE, networks=["email"], messages=["ü" * 310])
    (said,) = problems(found, WRITE)
    (link,) = sharing.message_links(found, PAGE, WORDS)
    used = len(link.href)
    assert said.startswith(f"share.messages.1: {used - 1899} over on email ({used} of 1899): …")


# What the browser gets


def test_the_composer_gets_the_networks_by_which_the_addressee_is_reached() -> None:
    found = sharing.composer_data(
        sharing_campaign(overrides={"x": ["Mine"]}), PAGE, "/theme/domains.txt", WORDS
    )
    networks = {network["name"]: network for network in found["networks"]}
    assert list(networks) == [
        link.network for link in sharing.message_links(sharing_campaign(), PAGE, WORDS)
    ]
    assert networks["x"] == {
        "name": "x",
        "label": "X",
        "address": "https://x.com/intent/tweet?text={text}&url={url}",
        "takes_text": True,
        "mention": "@gruber",
        "unit": "weighted",
        "limit": 280,
        "url_length": 23,
        "line_end": "\n",
    }
    assert networks["bluesky"]["mention"] == "Minister Gruber"
    assert networks["linkedin"]["takes_text"] is False
    del found["networks"], found["rules"]
    assert found == {
        "messages": [MESSAGE],
        "overrides": {"x": ["Mine"]},
        "hashtag": "#KeepTheTrains",
        "name": "Minister Gruber",
        "subject": "Keep the trains",
        "url": PAGE,
        "domains": "/theme/domains.txt",
    }


def test_the_address_of_the_domains_changes_with_what_is_in_them() -> None:
    assert sharing.domains_path().startswith("/theme/domains.")
