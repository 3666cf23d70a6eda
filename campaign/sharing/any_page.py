"""The ways to pass on any page: links with blanks for what is each page's own."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from markupsafe import escape

from campaign.forms import blank, encoded
from campaign.model import Campaign
from campaign.sharing.counting import most, percent_encode
from campaign.sharing.links import Ways, linked_networks, page_links
from campaign.sharing.messages import room
from campaign.sharing.networks import Network
from campaign.words import Words

_PAGE, _TITLE, _SUMMARY = map(blank, ("page", "title", "summary"))


@dataclass(frozen=True)
class AnyPage:
    """The ways to pass on any page of a campaign, and what makes them those of one page."""

    campaign: Campaign
    words: Words

    @property
    def ways(self) -> Ways:
        """The ways, each with blanks: markup that shows them is a form of every page's."""
        return page_links(self.campaign, _PAGE, _TITLE, _SUMMARY, self.words)

    def values(self, page: str, title: str, summary: str) -> dict[str, str] | None:
        """Give what fills the blanks of markup for one page, by its absolute address, title and summary.

        It is None where the links of that page differ in more: one that has no summary, or of which
        a network may have no room for all.
        """
        if not _is_plain(title) or not _is_plain(summary):
            return None
        public, private = f"{title} {page}", f"{title} {summary} {page}"
        for network, space in self._rooms:
            if most(private if network.private else public, network) > space:
                return None
        return {
            _PAGE: escape(page),
            _TITLE: escape(title),
            **{
                encoded(name): escape(percent_encode(value))
                for name, value in ((_PAGE, page), (_TITLE, title), (_SUMMARY, summary))
            },
        }

    @cached_property
    def _rooms(self) -> list[tuple[Network, int]]:
        """Give how much of a page's own each network takes, where that is not any text."""
        rooms = (
            (network, room(self.campaign, network, _PAGE, _TITLE, _SUMMARY))
            for network in linked_networks(self.campaign)
        )
        return [(network, space) for network, space in rooms if space is not None]


def _is_plain(text: str) -> bool:
    """Tell whether a text stands in every message as it is: some leave out what is around it, or end its lines anew."""
    return bool(text) and text == text.strip() and "\n" not in text
