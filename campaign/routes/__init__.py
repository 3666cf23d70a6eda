"""Every page and file of the site: its address, its template, and what the template is given.

Pages that others may link to do not depend on the day; only how lists are divided does.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import TypeVar

from campaign.addresses import PATHS, page_path
from campaign.content.model import Action, Page, Titled, Update
from campaign.events import structured
from campaign.events.summary import summarize
from campaign.routes import contexts
from campaign.routes.data import event_calendar, event_files
from campaign.routes.events import event_lists, event_page, links_to_lists
from campaign.routes.excerpts import ActionExcerpt, PageLink, UpdateExcerpt, link_to
from campaign.routes.existing import EnginePaths, may_exist
from campaign.routes.lists import divide
from campaign.routes.near import near_files
from campaign.routes.page import (
    PAGE_LENGTH,
    Collection,
    File,
    Pagination,
    Route,
    file_of,
    paged,
)
from campaign.routes.places import place_path
from campaign.routes.site import Site
from campaign.sharing import DOMAINS_FILE, domains_path
from campaign.support import vendor

__all__ = [
    "PAGE_LENGTH",
    "Collection",
    "EnginePaths",
    "File",
    "PageLink",
    "Pagination",
    "Route",
    "Site",
    "event_calendar",
    "event_files",
    "event_page",
    "file_of",
    "files",
    "links_to_lists",
    "may_exist",
    "pages",
    "place_path",
    "routes",
]


N = TypeVar("N", bound=Titled)


def routes(site: Site) -> Iterator[Route]:
    """Yield every page of the site, once."""
    yield from pages(site)
    for event in site.events:
        yield event_page(event, site.content.campaign, site.words, site.absolute)


def pages(site: Site) -> Iterator[Route]:
    """Yield every page but those of single events."""
    yield from _front(site)
    yield from _actions(site)
    yield from event_lists(site)
    yield from _updates(site)
    for page in site.content.of(Page):
        yield Route(page.path, contexts.TextPage(page), page.title, page.summary)
    title = site.words.text("not_found_title")
    yield Route(PATHS.not_found, contexts.NotFoundPage(), title, "", indexed=False)
    yield from _redirects(site)


def files(site: Site) -> Iterator[File]:
    """Yield every file that is made beside the pages, but for calendars and the events as data, once."""
    yield from near_files(site)
    live = site.content.campaign.is_live
    if live and any(action.is_message for action in site.content.of(Action)):
        yield File(domains_path(), partial(vendor.read, DOMAINS_FILE))


def _front(site: Site) -> Iterator[Route]:
    campaign, letter, updates = site.content.campaign, site.content.letter, site.content.of(Update)
    coming, past = divide(site, site.events)
    home = contexts.HomePage(
        campaign=campaign,
        steps=tuple(ActionExcerpt.of(step) for step in site.content.steps),
        next_events=coming[:3],
        last_events=past[:3],
        summary=None if coming else summarize(past),
        latest_update=UpdateExcerpt.of(updates[0]) if updates else None,
    )
    data = structured.website(campaign, site.absolute)
    yield Route(PATHS.home, home, "", campaign.summary, (data,))
    data = structured.article(letter, campaign, site.absolute)
    shown = contexts.LetterPage(letter)
    yield Route(letter.path, shown, letter.title, letter.summary, (data,), "article")


def _actions(site: Site) -> Iterator[Route]:
    words, content = site.words, site.content
    form = "" if content.campaign.is_live else "_closed"
    steps, others = content.steps, content.further_actions
    yield Route(
        PATHS.actions,
        contexts.ActionList(steps, tuple(map(ActionExcerpt.of, others))),
        words.text(f"actions_title{form}"),
        words.text(f"actions_description{form}"),
    )
    slugs = tuple(step.slug for step in steps)
    shown = [contexts.ActionPage(it, slugs, *neighbours) for it, *neighbours in _in_row(steps)]
    shown += (contexts.ActionPage(it, (), None, None) for it in others)
    for context in shown:
        action = context.action
        yield Route(action.path, context, action.title, action.summary or action.why)


def _updates(site: Site) -> Iterator[Route]:
    words, updates = site.words, site.content.of(Update)
    title = words.text("updates_title")
    description = words.text("updates_description")
    for items, pagination in paged(PATHS.updates, updates):
        yield Route(
            page_path(PATHS.updates, pagination.number),
            contexts.UpdateList(tuple(map(UpdateExcerpt.of, items))),
            title,
            description,
            indexed=bool(items),
            pagination=pagination,
        )
    for update, newer, older in _in_row(updates):
        context = contexts.UpdatePage(update, newer, older)
        yield Route(update.path, context, update.title, update.summary, og_type="article")


def _redirects(site: Site) -> Iterator[Route]:
    title = site.words.text("moved_title")
    for item in site.content.all:
        for alias in item.aliases:
            yield Route(alias, contexts.RedirectPage(item.path), title, "", indexed=False)


def _in_row(items: Sequence[N]) -> Iterator[tuple[N, PageLink | None, PageLink | None]]:
    """Yield items, each with links to the one before it and the one after it."""
    links = [None, *map(link_to, items), None]
    return zip(items, links, links[2:], strict=False)
