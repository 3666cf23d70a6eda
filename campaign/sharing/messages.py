"""Messages about a page: the campaign's own, or what the page itself is about."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import quote

from campaign.content.model import Campaign
from campaign.sharing.counting import Length, fits, measure, percent_encode
from campaign.sharing.networks import Network

TOKENS = ("mention", "hashtag", "url")


class Post(NamedTuple):
    """A text about a page, whose address it may hold, with a subject and to whom it goes."""

    text: str
    page: str
    subject: str
    to: str = ""

    @property
    def apart(self) -> tuple[str, str]:
        """The text and the page's address, for networks that take them apart and join them again in this order."""
        if self.text.endswith(self.page):
            return self.text.removesuffix(self.page).rstrip(), self.page
        return self.text, ""


def address(network: Network, post: Post) -> str:
    """Return the address that opens a network with a post."""
    to = encode_account(network, post.to) if post.to and network.takes_addressee else ""
    found = network.address.format(**_encoded(post), to=to)
    return found if network.line_end == "\n" else found.replace("%0A", quote(network.line_end))


@lru_cache(16)  # most networks take the same post
def _encoded(post: Post) -> dict[str, str]:
    """Return what the address of a network can hold of a post, percent-encoded."""
    text, url = post.apart
    between = post.text[len(text) :].removesuffix(url)
    return {
        "text": percent_encode(text),
        "message": "".join(map(percent_encode, (text, between, url))),
        "url": percent_encode(url),
        "page": percent_encode(post.page),
        "subject": percent_encode(post.subject),
    }


def encode_account(network: Network, account: str) -> str:
    """Encode whom a message goes to, for a network's address."""
    return quote(account.removeprefix(network.to_omits), safe="!'()*@+")


def length(network: Network, post: Post) -> Length:
    """Count what a network takes of a post as its text."""
    return measure(*_counted(network, post))


def _counted(network: Network, post: Post) -> tuple[str, Network, int]:
    """Return what counts of a post: the text, and the length of what stands around it."""
    text = post.text if network.takes_page else post.apart[0]
    around = len(address(network, post._replace(text=""))) if network.unit == "address" else 0
    return text, network, around


def _fits(network: Network, post: Post) -> bool:
    if network.unit == "address":
        return network.limit is None or len(address(network, post)) <= network.limit
    return fits(post.text if network.takes_page else post.apart[0], network)


def variants(campaign: Campaign, network: Network) -> tuple[str, ...]:
    """Return the messages that go through a network: its own where it has some, else all networks'."""
    return campaign.share.overrides.get(network.name, campaign.share.messages)


def mention(campaign: Campaign, network: Network) -> str:
    """Return what `{mention}` becomes: the addressee's account where the network links it, else the name."""
    handle = campaign.addressee.handles.get(network.name)
    return (
        network.mention.format(handle=handle)
        if network.mention and handle
        else campaign.addressee.name
    )


def message(campaign: Campaign, network: Network, page: str, variant: int = 0) -> Post:
    """Return one of a network's messages to the addressee with its tokens filled in."""
    values = {"mention": mention(campaign, network), "hashtag": campaign.hashtag, "url": page}
    return Post(
        text=_fill(variants(campaign, network)[variant], values),
        page=page,
        subject=campaign.name,
        to=campaign.addressee.handles.get(network.name, ""),
    )


class Announcement:
    """A message about a page: to the public its title under the hashtag, in private its summary."""

    def __init__(self, campaign: Campaign, page: str, title: str, summary: str) -> None:
        self._public = title, f" {campaign.hashtag} {page}"
        self._private = summary, f"\n{page}"
        self._posts = [
            Post(f"{text}{end}".lstrip(), page, subject=title)
            for text, end in (self._public, self._private)
        ]

    def post(self, network: Network) -> Post:
        """Return what goes through a network; what it has no room for is left out before the end."""
        post = self._posts[network.private]
        if network.limit is None or _fits(network, post):
            return post
        text, end = self._private if network.private else self._public
        rest = post._replace(text=f"…{end}")
        cut = measure(text, network, length(network, rest).used).cut
        return post._replace(text=f"{text[:cut].rstrip()}…{end}")


def _fill(text: str, values: Mapping[str, str]) -> str:
    for token, value in values.items():
        text = text.replace(f"{{{token}}}", value)
    return " ".join(text.split())
