"""The networks through which readers share, and the addresses that open each with a message.

One description a network, with the source of its facts. A network that takes no text gets the
page's address alone and shows the page's own preview.

Readers share for one of two purposes: to write to the addressee, with one of the campaign's
messages, or to pass a page on to people they know.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
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
    page), `{url}` (the page), `{subject}` and `{to}` (the addressee's account), each
    percent-encoded. `mention` is the form of an account's name in a message, or None where the
    network links no names. `label` is the network's own name, or None where each language has a
    word of its own. What is sent through a `private` network only its recipient reads.
    `also_called` are the names, in small letters, by which editors may call it instead.
    """

    name: str
    label: str | None
    address: str
    mention: str | None = None
    private: bool = False
    also_called: tuple[str, ...] = ()


NETWORKS: dict[str, Network] = {
    network.name: network
    for network in (
        # X's web intents: developer.x.com, "Post button: parameter reference".
        Network(
            "x",
            "X",
            "https://x.com/intent/tweet?text={text}&url={url}",
            mention="@{handle}",
            also_called=("twitter",),
        ),
        # Facebook's sharer takes the page alone; a text in `quote` has been ignored since 2021.
        Network("facebook", "Facebook", "https://www.facebook.com/sharer/sharer.php?u={url}"),
        # docs.bsky.app, "Action Intent Links".
        Network(
            "bluesky",
            "Bluesky",
            "https://bsky.app/intent/compose?text={message}",
            mention="@{handle}",
        ),
        # RFC 6068.
        Network("email", None, "mailto:{to}?subject={subject}&body={message}", private=True),
    )
}

_OTHER_NAMES = {also: it.name for it in NETWORKS.values() for also in it.also_called}


@dataclass(frozen=True)
class ShareLink:
    """A link that opens a network with a message about one page."""

    network: str
    label: str
    href: str


@dataclass(frozen=True)
class _Post:
    """What is sent: a text with the page's address and without, a subject, and to whom."""

    message: str
    text: str
    subject: str
    to: str = ""


def message_links(campaign: Campaign, page: str, words: Words) -> tuple[ShareLink, ...]:
    """Give the links that open a message to the addressee, the first of the campaign's.

    `page` is the absolute address that the message carries. A private network is left out where
    the addressee has no account on it.
    """
    networks = [
        network
        for network in _networks(campaign)
        if not network.private or network.name in campaign.addressee.handles
    ]
    return _links(networks, page, words, lambda network: _message(campaign, network, page))


def campaign_links(campaign: Campaign, page: str, words: Words) -> tuple[ShareLink, ...]:
    """Give the links that pass the whole campaign on, whose page is at an absolute address.

    In public that is a message that the addressee sees too; in private it says what it is about.
    """
    name, summary = campaign.name, campaign.summary
    return _links(
        _networks(campaign),
        page,
        words,
        lambda network: (
            _about(campaign, network, page, name, summary)
            if network.private
            else _message(campaign, network, page)
        ),
    )


def page_links(
    campaign: Campaign, page: str, title: str, summary: str, words: Words
) -> tuple[ShareLink, ...]:
    """Give the links that pass one page on, by its absolute address, title and summary."""
    return _links(
        _networks(campaign),
        page,
        words,
        lambda network: _about(campaign, network, page, title, summary),
    )


def _networks(campaign: Campaign) -> list[Network]:
    return [NETWORKS[name] for name in campaign.share.networks]


def _links(
    networks: Iterable[Network], page: str, words: Words, post: Callable[[Network], _Post]
) -> tuple[ShareLink, ...]:
    return tuple(
        ShareLink(
            network.name,
            network.label or words.text(network.name),
            _address(network, post(network), page),
        )
        for network in networks
    )


def _message(campaign: Campaign, network: Network, page: str) -> _Post:
    """Give the network's first message, with its tokens filled in."""
    handle = campaign.addressee.handles.get(network.name)
    named = network.mention.format(handle=handle) if network.mention and handle else None
    variants = campaign.share.overrides.get(network.name, campaign.share.messages)
    values = {"mention": named or campaign.addressee.name, "hashtag": campaign.hashtag}
    return _Post(
        message=_fill(variants[0], {**values, "url": page}),
        text=_fill(variants[0], {**values, "url": ""}),
        subject=campaign.name,
        to=handle or "",
    )


def _about(campaign: Campaign, network: Network, page: str, title: str, summary: str) -> _Post:
    """Say what a page is about: to the public under the hashtag, in private in its own words."""
    text = f"{title} {campaign.hashtag}"
    told = summary if network.private else text
    return _Post(message=" ".join(filter(None, (told, page))), text=text, subject=title)


def _fill(text: str, values: Mapping[str, str]) -> str:
    for token, value in values.items():
        text = text.replace(f"{{{token}}}", value)
    return " ".join(text.split())


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
            known = (
                nearest(name, NETWORKS, _OTHER_NAMES) or f"; the networks are {', '.join(NETWORKS)}"
            )
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


def _address(network: Network, post: _Post, page: str) -> str:
    return network.address.format(
        text=_encode(post.text),
        message=_encode(post.message),
        url=_encode(page),
        subject=_encode(post.subject),
        to=quote(post.to, safe="@"),
    )


def _encode(text: str) -> str:
    """Encode for a query, a space as `%20`, which every mail program reads (RFC 6068, section 5)."""
    return quote(text, safe="")
