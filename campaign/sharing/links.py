"""The links of one page that open a network with a message.

Readers share for one of two purposes: to write to the addressee, with one of the campaign's
messages, or to pass a page on to people they know.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache
from typing import Annotated, NamedTuple

from campaign.content.model import Action, Campaign
from campaign.sharing.messages import Announcement, Post, address, message
from campaign.sharing.networks import NETWORKS, Network
from campaign.words import Words


class ShareLink(NamedTuple):
    """A link that opens a network with a message about one page, or with the page alone."""

    network: Annotated[str, "the network's name, such as `x`"]
    label: Annotated[str, "what the link says"]
    href: Annotated[str, "where it leads"]
    takes_text: Annotated[bool, "whether the message goes along"] = True


class ShareLinks(NamedTuple):
    """The links that pass a page on."""

    title: Annotated[str, "the page's title, for the device's own menu"]
    url: Annotated[str, "its absolute address; empty where it is not to be passed on"] = ""
    links: Annotated[tuple[ShareLink, ...], "those through the campaign's networks"] = ()
    more: Annotated[tuple[ShareLink, ...], "those through other networks"] = ()


def message_links(campaign: Campaign, page: str, words: Words) -> tuple[ShareLink, ...]:
    """Return the links that open a message to the addressee, the first of the campaign's.

    `page` is the absolute address that the message carries.
    """
    networks = message_networks(campaign)
    return _links(networks, words, lambda network: message(campaign, network, page))


def campaign_links(campaign: Campaign, page: str, words: Words) -> ShareLinks:
    """Return the links that pass the whole campaign on, whose page is at an absolute address.

    In public that is a message that the addressee sees too. In private, and on networks for which
    the messages were not written, it says what the campaign is about. There are none once it asks
    for nothing.
    """
    if not campaign.is_live:
        return ShareLinks(campaign.name)
    about = Announcement(campaign, page, campaign.name, campaign.summary)

    def sent(network: Network) -> Post:
        return about.post(network) if network.private else message(campaign, network, page)

    links = _links(_networks(campaign.share.networks), words, sent)
    return ShareLinks(
        campaign.name, page, links, _links(_others(campaign.share.networks), words, about.post)
    )


def page_links(campaign: Campaign, page: str, title: str, summary: str, words: Words) -> ShareLinks:
    """Return the links that pass one page on, by its absolute address, title and summary.

    There are none once the campaign asks for nothing.
    """
    if not campaign.is_live:
        return ShareLinks(title)
    about = Announcement(campaign, page, title, summary)
    links = _links(_networks(campaign.share.networks), words, about.post)
    return ShareLinks(
        title, page, links, _links(_others(campaign.share.networks), words, about.post)
    )


def action_links(
    campaign: Campaign, action: Action, page: str, home: str, words: Words
) -> tuple[ShareLink, ...]:
    """Return the links by which an action is done: to write to the addressee, or to pass the campaign on.

    `page` and `home` are the absolute addresses of the action's page and of the campaign's. There
    are none once the campaign asks for nothing.
    """
    if campaign.is_live and action.is_message:
        return message_links(campaign, page, words)
    return campaign_links(campaign, home, words).links if action.is_sharing else ()


def link_only(links: Iterable[ShareLink]) -> tuple[str, ...]:
    """Return the labels of those links that pass on a page's address alone."""
    return tuple(link.label for link in links if not link.takes_text)


def message_networks(campaign: Campaign) -> list[Network]:
    """Return the networks of the campaign that carry a message to the addressee.

    A private one does where it can be told whom it goes to, and the addressee has an account there.
    """
    return [
        network
        for network in _networks(campaign.share.networks)
        if network.carries_messages
        and (not network.private or network.name in campaign.addressee.handles)
    ]


def label(network: Network, words: Words) -> str:
    """Return a network's name as readers know it."""
    return network.label or words.text(network.name)


@cache  # the same on every page
def _networks(named: tuple[str, ...]) -> list[Network]:
    """Return the networks that a campaign names and that a link can open."""
    return [NETWORKS[name] for name in named if name in NETWORKS and NETWORKS[name].address]


@cache
def _others(named: tuple[str, ...]) -> list[Network]:
    """Return those that it does not name; none where it wants no network at all."""
    return [it for it in NETWORKS.values() if named and it.name not in named and it.address]


def _links(
    networks: Iterable[Network], words: Words, post: Callable[[Network], Post]
) -> tuple[ShareLink, ...]:
    return tuple(
        ShareLink(
            network.name,
            label(network, words),
            address(network, post(network)),
            takes_text=network.takes_text,
        )
        for network in networks
    )
