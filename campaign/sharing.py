"""The networks through which readers share, and the addresses that open each with a message.

One description a network, with the source of its facts. A network that takes no text gets the
page's address alone and shows the page's own preview.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote

from campaign.model import Campaign
from campaign.problems import Problem, nearest
from campaign.words import Words

TOKENS = ("mention", "hashtag", "url")


@dataclass(frozen=True)
class Network:
    """A network: how its address is made, and how it is told whom a message speaks to.

    `address` holds `{text}` (the message without the page), `{message}` (the message with the
    page) and `{url}` (the page), each percent-encoded. `mention` is the form of an account's
    name in a message, or None where the network links no names. `label` is the network's own
    name, or None where each language has a word of its own.
    """

    name: str
    label: str | None
    address: str
    mention: str | None = None


NETWORKS: dict[str, Network] = {
    network.name: network
    for network in (
        # X's web intents: developer.x.com, "Post button: parameter reference".
        Network("x", "X", "https://x.com/intent/tweet?text={text}&url={url}", mention="@{handle}"),
        # Facebook's sharer takes the page alone; a text in `quote` has been ignored since 2021.
        Network("facebook", "Facebook", "https://www.facebook.com/sharer/sharer.php?u={url}"),
        # docs.bsky.app, "Action Intent Links".
        Network(
            "bluesky",
            "Bluesky",
            "https://bsky.app/intent/compose?text={message}",
            mention="@{handle}",
        ),
        # RFC 6068: the subject is the campaign's name.
        Network("email", None, "mailto:?subject={subject}&body={message}"),
    )
}


@dataclass(frozen=True)
class ShareLink:
    """A link that opens a network with a message about one page."""

    network: str
    label: str
    href: str


def links(campaign: Campaign, page: str, words: Words) -> tuple[ShareLink, ...]:
    """Give a link for each of the campaign's networks, with its first message.

    `page` is the absolute address of the page that is shared.
    """
    return tuple(
        ShareLink(
            network.name,
            network.label or words.text(network.name),
            _address(campaign, network, page),
        )
        for network in map(NETWORKS.__getitem__, campaign.share.networks)
    )


def message(campaign: Campaign, network: Network, page: str) -> str:
    """Give a network's first message with its tokens filled in; an empty `page` leaves the address out."""
    variants = campaign.share.overrides.get(network.name, campaign.share.messages)
    handle = campaign.addressee.handles.get(network.name)
    mention = (
        network.mention.format(handle=handle)
        if network.mention and handle
        else campaign.addressee.name
    )
    filled = variants[0]
    for token, value in zip(TOKENS, (mention, campaign.hashtag, page), strict=True):
        filled = filled.replace(f"{{{token}}}", value)
    return " ".join(filled.split())


def problems(campaign: Campaign) -> Iterator[Problem]:
    """Yield what is wrong with the networks and messages that the campaign names."""
    share = campaign.share
    named = [(f"share.networks.{number}", name) for number, name in enumerate(share.networks, 1)]
    for number, (field, name) in enumerate(named):
        if name in share.networks[:number]:
            yield campaign.origin.problem(field, f"'{name}' stands twice; keep one of them")
    named += [(f"share.overrides.{name}", name) for name in share.overrides]
    named += [(f"addressee.handles.{name}", name) for name in campaign.addressee.handles]
    for field, name in named:
        if name not in NETWORKS:
            known = nearest(name, NETWORKS) or f"; the networks are {', '.join(NETWORKS)}"
            yield campaign.origin.problem(field, f"'{name}' is not a network known here{known}")
    messages = {"share.messages": share.messages}
    messages |= {f"share.overrides.{name}": texts for name, texts in share.overrides.items()}
    for field, texts in messages.items():
        for number, text in enumerate(texts, 1):
            yield from _unknown_tokens(campaign, f"{field}.{number}", text)


def _unknown_tokens(campaign: Campaign, field: str, text: str) -> Iterator[Problem]:
    for part in text.split("{")[1:]:
        token, closed, _ = part.partition("}")
        if not closed:
            message = "a '{' never closes; write {mention}, {hashtag} or {url}"
            yield campaign.origin.problem(field, message)
        elif token not in TOKENS:
            # `nearest` names the word alone.
            known = nearest(token, TOKENS).replace("'", "'{", 1).replace("'?", "}'?")
            remedy = known or "; write {mention}, {hashtag} or {url}"
            yield campaign.origin.problem(field, f"'{{{token}}}' stands for nothing{remedy}")


def _address(campaign: Campaign, network: Network, page: str) -> str:
    return network.address.format(
        text=_encode(message(campaign, network, "")),
        message=_encode(message(campaign, network, page)),
        url=_encode(page),
        subject=_encode(campaign.name),
    )


def _encode(text: str) -> str:
    """Encode for a query, a space as `%20`, which every mail program reads (RFC 6068, section 5)."""
    return quote(text, safe="")
