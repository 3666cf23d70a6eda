"""What is wrong with the networks and messages that a campaign names. Each rule is a small generator."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from campaign.model import Campaign
from campaign.problems import Problem, nearest
from campaign.sharing.links import message_networks
from campaign.sharing.messages import TOKENS, length, message, variants
from campaign.sharing.networks import NETWORKS, OTHER_NAMES

# How much of a message is shown on either side of where it is too long.
_SHOWN = 20


def problems(campaign: Campaign, pages: Iterable[str] = ()) -> Iterator[Problem]:
    """Yield every problem; `pages` are the absolute addresses of the pages whose messages carry them."""
    yield from _unknown_networks(campaign)
    messages = {"share.messages": campaign.share.messages}
    messages |= {
        f"share.overrides.{name}": texts for name, texts in campaign.share.overrides.items()
    }
    for field, texts in messages.items():
        for number, text in enumerate(texts, 1):
            yield from _unknown_tokens(campaign, f"{field}.{number}", text)
    if longest := max(pages, key=len, default=""):
        yield from _too_long(campaign, longest)


def _unknown_networks(campaign: Campaign) -> Iterator[Problem]:
    """Every network is known, and named once."""
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
                nearest(name, NETWORKS, OTHER_NAMES) or f"; the networks are {', '.join(NETWORKS)}"
            )
            yield campaign.origin.problem(field, f"'{name}' is not a network known here{known}")


def _unknown_tokens(campaign: Campaign, field: str, text: str) -> Iterator[Problem]:
    """Every token of a message stands for something."""
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


def _too_long(campaign: Campaign, page: str) -> Iterator[Problem]:
    """Every message fits the networks that it goes through, with its tokens filled in."""
    for network in filter(lambda network: network.takes_text, message_networks(campaign)):
        own = network.name in campaign.share.overrides
        field = f"share.overrides.{network.name}" if own else "share.messages"
        for variant in range(len(variants(campaign, network))):
            post = message(campaign, network, page, variant)
            found = length(network, post)
            if found.over:
                name = network.label or network.name
                excess = f"{found.over} over on {name} ({found.used} of {found.limit})"
                where = _around(post.text, found.cut or 0)
                yield campaign.origin.problem(f"{field}.{variant + 1}", f"{excess}: {where}")


def _around(text: str, cut: int) -> str:
    """Show where a text is too long, with a few whole words on either side where there are any."""
    before, after = text[:cut][-_SHOWN:], text[cut:][:_SHOWN]
    if len(before) < cut:
        before = "…" + (before.partition(" ")[2] or before)
    if cut + len(after) < len(text):
        after = (after.rpartition(" ")[0] or after) + "…"
    return f"{before}‸{after}"
