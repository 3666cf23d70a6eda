"""Every page and file of the site: its address, its template, and what the template is given.

Pages that others may link to do not depend on the day; only how lists are divided does.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from campaign.addresses import PATHS, page_path
from campaign.content.model import Action, Page, Update
from campaign.events import structured
from campaign.events.summary import record
from campaign.routes.data import event_calendar, event_files
from campaign.routes.events import event_lists, event_page, links_to_lists
from campaign.routes.excerpts import ActionExcerpt, UpdateExcerpt, link_to
from campaign.routes.existing import EnginePaths, may_exist
from campaign.routes.lists import divide
from campaign.routes.near import near_files
from campaign.routes.page import (
    PAGE_LENGTH,
    Collection,
    File,
    PageLink,
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
        yield Route(page.path, "page", page.title, page.summary, {"page": page})
    yield Route(PATHS.not_found, "404", site.words.text("not_found_title"), "", indexed=False)
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
    yield Route(
        PATHS.home,
        "home",
        "",
        campaign.summary,
        {
            "campaign": campaign,
            "steps": tuple(ActionExcerpt.of(step) for step in site.content.steps),
            "next_events": coming[:3],
            "last_events": past[:3],
            "record": None if coming else record(past),
            "latest_update": UpdateExcerpt.of(updates[0]) if updates else None,
        },
        (structured.website(campaign, site.absolute),),
    )
    data = (structured.article(letter, campaign, site.absolute),)
    yield Route(
        letter.path, "letter", letter.title, letter.summary, {"letter": letter}, data, "article"
    )


def _actions(site: Site) -> Iterator[Route]:
    words, content = site.words, site.content
    form = "" if content.campaign.is_live else "_closed"
    yield Route(
        PATHS.actions,
        "actions",
        words.text(f"actions_title{form}"),
        words.text(f"actions_description{form}"),
        {
            "steps": content.steps,
            "further_actions": tuple(ActionExcerpt.of(it) for it in content.further_actions),
        },
    )
    steps = content.steps
    slugs = tuple(step.slug for step in steps)
    for number, action in enumerate(steps):
        context = {
            "action": action,
            "step_slugs": slugs,
            "previous": link_to(steps[number - 1]) if number else None,
            "following": link_to(steps[number + 1]) if number + 1 < len(steps) else None,
        }
        yield Route(action.path, "action", action.title, action.summary or action.why, context)
    for action in content.further_actions:
        context = {"action": action, "step_slugs": (), "previous": None, "following": None}
        yield Route(action.path, "action", action.title, action.summary or action.why, context)


def _updates(site: Site) -> Iterator[Route]:
    words, updates = site.words, site.content.of(Update)
    title = words.text("updates_title")
    for items, pagination in paged(PATHS.updates, updates):
        context = {"updates": tuple(UpdateExcerpt.of(it) for it in items), "pagination": pagination}
        description = words.text("updates_description")
        yield Route(
            page_path(PATHS.updates, pagination.number),
            "updates",
            title,
            description,
            context,
            indexed=bool(items),
        )
    for number, update in enumerate(updates):
        context = {
            "update": update,
            "newer": link_to(updates[number - 1]) if number else None,
            "older": link_to(updates[number + 1]) if number + 1 < len(updates) else None,
        }
        yield Route(update.path, "update", update.title, update.summary, context, og_type="article")


def _redirects(site: Site) -> Iterator[Route]:
    title = site.words.text("moved_title")
    for item in site.content.all:
        for alias in item.aliases:
            yield Route(alias, "redirect", title, "", {"target": item.path}, indexed=False)
