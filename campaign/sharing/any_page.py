"""The ways to pass on any page: links with blanks for what is each page's own."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from markupsafe import escape

from campaign.content.model import Campaign
from campaign.forms import blank, encoded
from campaign.sharing.counting import most, percent_encode
from campaign.sharing.links import Ways, linked_networks, page_links
from campaign.sharing.messages import room
from campaign.sharing.networks import Network
from campaign.words import Words

_PAGE, _TITLE, _SUMMARY = map(blank, ("page", "title", "summary"))
_PAGE_ENCODED, _TITLE_ENCODED, _SUMMARY_ENCODED = map(encoded, (_PAGE, _TITLE, _SUMMARY))


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
            _PAGE_ENCODED: escape(percent_encode(page)),
            _TITLE_ENCODED: escape(percent_encode(title)),
            _SUMMARY_ENCODED: escape(percent_encode(summary)),
        }

    @cached_property
    def _rooms(self) -> list[tuple[Network, int]]:
        """Give how much of a page's own each network takes, where that is not any text.

        Of those that count alike, it is the one that takes the least.
        """
        least: dict[tuple[object, ...], tuple[Network, int]] = {}
        for network in linked_networks(self.campaign):
            space = room(self.campaign, network, _PAGE, _TITLE, _SUMMARY)
            key = network.private, network.unit, network.url_length
            if space is not None and (key not in least or space < least[key][1]):
                least[key] = network, space
        return list(least.values())


def _is_plain(text: str) -> bool:
    """Tell whether a text stands in every message as it is: some leave out what is around it, or end its lines anew."""
    return bool(text) and text == text.strip() and "\n" not in text
