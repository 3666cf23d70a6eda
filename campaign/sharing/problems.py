"""Problems of the networks and messages that a campaign names. Each rule is a small generator."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from campaign.content.model import Action, Campaign
from campaign.content.problems import Problem, nearest, shorten
from campaign.sharing.links import message_networks
from campaign.sharing.messages import TOKENS, length, message, variants
from campaign.sharing.networks import FOR_APPS_ONLY, NETWORKS, OTHER_NAMES, Network

# How much of a message is shown on either side of where it is too long.
_SHOWN = 20


def problems(campaign: Campaign, actions: Iterable[Action] = ()) -> Iterator[Problem]:
    """Yield every problem; `actions` are those of the campaign, whose pages messages carry."""
    asking = [action for action in actions if action.is_message]
    yield from _wrong_accounts(campaign)
    yield from _unknown_networks(campaign)
    if campaign.is_live and not all(action.link for action in asking):
        yield from _nobody_reached(campaign)
    yield from _unused_overrides(campaign)
    messages = {"share.messages": campaign.share.messages}
    messages |= {
        f"share.overrides.{name}": texts for name, texts in campaign.share.overrides.items()
    }
    for field, texts in messages.items():
        for number, text in enumerate(texts, 1):
            yield from _unknown_tokens(campaign, f"{field}.{number}", text)
    paths = [campaign.path, *(action.path for action in asking)]
    yield from _too_long(campaign, campaign.site + max(paths, key=len))


def _wrong_accounts(campaign: Campaign) -> Iterator[Problem]:
    """Every account of the addressee has the form that its network's accounts have."""
    for name, account in campaign.addressee.handles.items():
        field = f"addressee.handles.{name}"
        network = NETWORKS.get(name)
        if not network:
            yield campaign.origin.problem(field, _unknown(name))
        elif not re.fullmatch(network.account, account):
            meant = _account_meant(account, network)
            remedy = (
                f"did you mean '{meant}'?"
                if meant
                else f"write one such as {network.account_example}"
            )
            message = f"'{shorten(account)}' is not the name of an account on {network.label or name}; {remedy}"
            yield campaign.origin.problem(field, message)


def _account_meant(text: str, network: Network) -> str:
    """Guess at the account that an address, or a number as people write it, stands for, or nothing."""
    bare = re.sub("^(mailto|sms|tel):", "", text)
    if re.fullmatch(r"[+0-9\s()./-]+", bare):
        bare = re.sub("^00", "+", re.sub(r"\(0\)|[\s()./-]", "", bare))
    else:
        path = re.split("[?#]", bare)[0].rstrip("/")
        bare = path.rpartition("/")[2].removeprefix("@")
    return bare if re.fullmatch(network.account, bare) else ""


def _unknown_networks(campaign: Campaign) -> Iterator[Problem]:
    """Every network is known, and named once."""
    share = campaign.share
    for number, name in enumerate(share.networks):
        field = f"share.networks.{number + 1}"
        if name in share.networks[:number]:
            yield campaign.origin.problem(field, f"'{name}' is named twice; remove one")
        elif name not in NETWORKS:
            yield campaign.origin.problem(field, _unknown(name))


def _unknown(name: str) -> str:
    """Return the sentence that there is no such network."""
    if other := FOR_APPS_ONLY.get(name.lower()):
        return f"no link can open {other} with a message; take it out"
    linked = (network.name for network in NETWORKS.values() if network.address)
    known = nearest(name, linked, OTHER_NAMES) or f"; the networks are {', '.join(NETWORKS)}"
    return f"'{name}' is not a network known here{known}"


def _nobody_reached(campaign: Campaign) -> Iterator[Problem]:
    """Where an action is nothing but a message to the addressee, one of the networks carries it."""
    named = campaign.share.networks
    if named and NETWORKS.keys() >= set(named) and not message_networks(campaign):
        fields = [f"addressee.handles.{name}" for name in named if NETWORKS[name].takes_addressee]
        remedy = ", or ".join(["add x", *fields])
        message = f"none of these reaches {campaign.addressee.name}; {remedy}"
        yield campaign.origin.problem("share.networks", message)


def _unused_overrides(campaign: Campaign) -> Iterator[Problem]:
    """Every network with messages of its own is known, and carries them to the addressee."""
    used = {network.name for network in message_networks(campaign)}
    for name in campaign.share.overrides:
        network = NETWORKS.get(name)
        if not network:
            message = _unknown(name)
        elif not network.carries_messages:
            message = f"'{name}' carries no message to {campaign.addressee.name}; take this out"
        elif name not in campaign.share.networks:
            message = f"'{name}' is not among share.networks; add it there, or take this out"
        elif name not in used:
            message = (
                f"'{name}' does not reach {campaign.addressee.name};"
                f" add addressee.handles.{name}, or take this out"
            )
        else:
            continue
        yield campaign.origin.problem(f"share.overrides.{name}", message)


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
