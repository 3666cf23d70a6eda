"""Sharing: what readers send, through which networks, and whether it fits.

`networks` describes each network; `counting` counts as they count, with `web_addresses`;
`messages` fills in what is sent, and `links` makes links of it; `composer` is what the browser
gets; `problems` tells what the campaign's own messages get wrong.
"""

from campaign.sharing.composer import composer_data
from campaign.sharing.counting import Length, measure
from campaign.sharing.links import (
    ShareLink,
    ShareLinks,
    action_links,
    campaign_links,
    link_only,
    message_links,
    page_links,
)
from campaign.sharing.networks import NETWORKS, Network
from campaign.sharing.problems import problems
from campaign.sharing.web_addresses import DOMAINS_FILE, domains_path

__all__ = [
    "DOMAINS_FILE",
    "NETWORKS",
    "Length",
    "Network",
    "ShareLink",
    "ShareLinks",
    "action_links",
    "campaign_links",
    "composer_data",
    "domains_path",
    "link_only",
    "measure",
    "message_links",
    "page_links",
    "problems",
]
