"""The data of the message composer in the browser, as it stands in its page in JSON."""

from __future__ import annotations

from typing import Any

from campaign.content.model import Campaign
from campaign.sharing.counting import RULES
from campaign.sharing.links import label, message_networks
from campaign.sharing.messages import encode_account, mention
from campaign.sharing.networks import Network
from campaign.words import Words


def composer_data(campaign: Campaign, page: str, domains: str, words: Words) -> dict[str, Any]:
    """Return the networks with their rules, the campaign's messages, and what their tokens become.

    `page` is the absolute address that messages carry; `domains` is where the browser finds the
    top-level domains.
    """
    return {
        "networks": [_network(campaign, network, words) for network in message_networks(campaign)],
        "rules": RULES,
        "messages": list(campaign.share.messages),
        "overrides": {name: list(texts) for name, texts in campaign.share.overrides.items()},
        "hashtag": campaign.hashtag,
        "name": campaign.addressee.name,
        "subject": campaign.name,
        "url": page,
        "domains": domains,
    }


def _network(campaign: Campaign, network: Network, words: Words) -> dict[str, Any]:
    """Describe a network, its address already with the addressee's account."""
    account = encode_account(network, campaign.addressee.handles.get(network.name, ""))
    return {
        "name": network.name,
        "label": label(network, words),
        "address": network.address.replace("{to}", account),
        "takes_text": network.takes_text,
        "mention": mention(campaign, network),
        "unit": network.unit,
        "limit": network.limit,
        "url_length": network.url_length,
        "line_end": network.line_end,
    }
