"""What is sent about a page: the campaign's own messages, or what the page itself is about."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import quote

from campaign.content.model import Campaign
from campaign.sharing.counting import Length, encode, fits, measure
from campaign.sharing.networks import Network

TOKENS = ("mention", "hashtag", "url")


@dataclass(frozen=True)
class Post:
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
    """Give the address that opens a network with a post."""
    text, url = post.apart
    values = {
        "text": text,
        "message": post.text,
        "url": url,
        "page": post.page,
        "subject": post.subject,
    }
    encoded = {name: encode(values[name], network) for name in network.fields & values.keys()}
    if network.takes_addressee:
        encoded["to"] = encode_account(network, post.to)
    return network.address.format(**encoded)


def encode_account(network: Network, account: str) -> str:
    """Encode whom a message goes to, for a network's address."""
    return quote(account.removeprefix(network.to_omits), safe="!'()*@+")


def length(network: Network, post: Post) -> Length:
    """Count what a network takes of a post as its text."""
    return measure(*_counted(network, post))


def _counted(network: Network, post: Post) -> tuple[str, Network, int]:
    """Give what counts of a post: the text, and the length of what stands around it."""
    takes_page = not network.fields.isdisjoint(("message", "url"))
    text = post.text if takes_page else post.apart[0]
    around = len(address(network, replace(post, text=""))) if network.unit == "address" else 0
    return text, network, around


def variants(campaign: Campaign, network: Network) -> tuple[str, ...]:
    """Give the messages that go through a network: its own where it has some, else all networks'."""
    return campaign.share.overrides.get(network.name, campaign.share.messages)


def mention(campaign: Campaign, network: Network) -> str:
    """Give what `{mention}` becomes: the addressee's account where the network links it, else the name."""
    handle = campaign.addressee.handles.get(network.name)
    return (
        network.mention.format(handle=handle)
        if network.mention and handle
        else campaign.addressee.name
    )


def message(campaign: Campaign, network: Network, page: str, variant: int = 0) -> Post:
    """Give one of a network's messages to the addressee, the first where none is chosen, with its tokens filled in."""
    values = {"mention": mention(campaign, network), "hashtag": campaign.hashtag, "url": page}
    return Post(
        text=_fill(variants(campaign, network)[variant], values),
        page=page,
        subject=campaign.name,
        to=campaign.addressee.handles.get(network.name, ""),
    )


def about(campaign: Campaign, network: Network, page: str, title: str, summary: str) -> Post:
    """Say what a page is about: to the public under the hashtag, in private in its own words.

    What a network has no room for is left out before its end.
    """
    told, end = _told(campaign, network, page, title, summary)
    post = Post(f"{told}{end}".lstrip(), page, subject=title)
    if fits(*_counted(network, post)):
        return post
    rest = replace(post, text=f"…{end}")
    cut = measure(told, network, length(network, rest).used).cut
    return replace(post, text=f"{told[:cut].rstrip()}…{end}")


def room(campaign: Campaign, network: Network, page: str, title: str, summary: str) -> int | None:
    """Give how much a network takes beside what a page is about, less than nothing where even that is too much.

    None is for a network that takes any text.
    """
    told, end = _told(campaign, network, page, title, summary)
    found = length(network, Post(f"{told}{end}", page, subject=title))
    return None if found.limit is None else found.limit - found.used


def _told(
    campaign: Campaign, network: Network, page: str, title: str, summary: str
) -> tuple[str, str]:
    """Give what is told of a page, and the end that stands in any case."""
    if network.private:
        return summary, f"\n{page}"
    return title, f" {campaign.hashtag} {page}"


def _fill(text: str, values: Mapping[str, str]) -> str:
    for token, value in values.items():
        text = text.replace(f"{{{token}}}", value)
    return " ".join(text.split())
