"""The menus that stand on every page."""

from __future__ import annotations

from campaign.addresses import PATHS
from campaign.content.model import Content, Event, Page, Update
from campaign.routes.excerpts import PageLink, link_to
from campaign.words import Words


def navigation(content: Content, words: Words) -> tuple[PageLink, ...]:
    """Return the main menu: what the campaign has, then the editor's own pages."""
    form = "" if content.campaign.is_live else "_closed"
    links = [
        PageLink(words.text("letter_menu"), PATHS.letter),
        PageLink(words.text(f"actions_menu{form}"), PATHS.actions),
    ]
    if content.of(Event):
        links.append(PageLink(words.text("events_menu"), PATHS.events))
    if content.of(Update):
        links.append(PageLink(words.text("updates_menu"), PATHS.updates))
    return (*links, *(link_to(page) for page in content.of(Page) if page.is_in_main_menu))


def footer_pages(content: Content) -> tuple[PageLink, ...]:
    """Return links to the pages that an editor put into the footer."""
    return tuple(link_to(page) for page in content.of(Page) if page.is_in_footer)
