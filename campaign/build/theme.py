"""The names that every template of the theme knows: values, functions and tests.

A template receives model objects and these; it computes nothing itself. `docs/theme.md` is made
from what is written here.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Annotated, Any, ClassVar
from zoneinfo import ZoneInfo

from markupsafe import Markup

from campaign import sharing
from campaign.addresses import PATHS, Addresses, Located, SitePaths, resolve
from campaign.build.assets import Assets
from campaign.content.fields import PartialDate
from campaign.content.markdown import Body
from campaign.content.model import Action, Campaign, Event, Kind, Update
from campaign.events import calendar, calendar_links
from campaign.events.calendar_links import CalendarLink
from campaign.routes import PageLink, Route, Site, event_calendar, links_to_lists
from campaign.routes.menus import footer_pages, navigation
from campaign.sharing import ShareLink, ShareLinks
from campaign.words import DateStyle, Words


@dataclass(frozen=True)
class Values:
    """The values that every template and macro knows."""

    campaign: Annotated[Campaign, "the campaign's facts, without its text"]
    language: Annotated[Words, "the language of the page: `code` and `direction`"]
    addresses: Annotated[SitePaths, "the paths of the engine's own pages: `addresses.events`"]
    assets: Annotated[Assets, "the style sheets (`css`) and scripts (`js`), by bundle"]
    files: Annotated[frozenset[str], "the paths of the copied files: `/images/card.png`"]
    has_events: Annotated[bool, "whether the campaign has any event"]
    has_updates: Annotated[bool, "whether it has any update"]
    navigation: Annotated[tuple[PageLink, ...], "the main menu"]
    footer_pages: Annotated[tuple[PageLink, ...], "the pages that an editor put into the footer"]


class Functions:
    """The functions that every template and macro knows: each public method is one, by its name.

    What it returns depends on its arguments and on the build's values alone.
    """

    def __init__(self, site: Site, addresses: Addresses) -> None:
        self._site = site
        self._words = site.words
        self._campaign = site.content.campaign.facts
        self._addresses = addresses

    def t(self, key: str, **values: object) -> str:
        """Return the theme's words for a key, with `{names}` filled in; `count` chooses the plural form."""
        return self._words.text(key, **values)

    def date(self, day: dt.date | PartialDate, style: DateStyle = "long") -> str:
        """Return a day as the language writes it: `long`, `full` with the weekday, `short`, `month`, `weekday`."""
        return self._words.date(day, style)

    def clock(self, moment: dt.time) -> str:
        """Return a time of day as the language writes it."""
        return self._words.clock(moment)

    def country(self, code: str) -> str:
        """Return a country's name by its code."""
        return self._words.country(code)

    def zone(self, zone: ZoneInfo) -> str:
        """Return whose time that of a zone is: "time in Chicago"."""
        return self._words.zone(zone)

    def joined(self, parts: Iterable[str | None]) -> str:
        """Return those of several names that are there in one line: "Springfield, IL"."""
        return self._words.joined(*parts)

    def url(self, target: str | Located) -> str:
        """Return the address of a path, or of anything with a `path`, for a link within the site."""
        return self._addresses.url(target)

    def absolute(self, target: str | Located) -> str:
        """Return the absolute address of a path, or of anything with a `path`."""
        return self._addresses.absolute(target)

    def html(
        self, item: Kind, field: str = "body", demote: int = 0, *, absolute: bool = False
    ) -> Markup:
        """Return a text of an object as HTML; `demote` lowers its headings by so many levels.

        `absolute` gives absolute addresses, for texts that leave the site.
        """
        body: Body = getattr(item, field)
        to_address = self._addresses.absolute if absolute else self._addresses.url
        paths = self._site.content.addresses

        def address(target: str) -> str:
            path, fragment = resolve(paths, item, target)
            return to_address(path) + (f"#{fragment}" if fragment else "")

        # Safe: the text's HTML is made by `campaign.content.markdown`, which lets none of the editor's through.
        return Markup(body.resolved(address, demote))  # noqa: S704

    def page_links(self, page: Route) -> ShareLinks:
        """Return the links that pass a page on: none once the campaign asks for nothing."""
        title, address = page.title or self._campaign.name, self._addresses.absolute(page.path)
        return sharing.page_links(self._campaign, address, title, page.description, self._words)

    def campaign_links(self) -> ShareLinks:
        """Return the links that pass the campaign on: none once it asks for nothing."""
        home = self._addresses.absolute(PATHS.home)
        return sharing.campaign_links(self._campaign, home, self._words)

    def action_links(self, action: Action) -> tuple[ShareLink, ...]:
        """Return the links by which an action is done: to write to the addressee, or to pass the campaign on."""
        page, home = self._addresses.absolute(action), self._addresses.absolute(PATHS.home)
        return sharing.action_links(self._campaign, action, page, home, self._words)

    def link_only(self, links: Iterable[ShareLink]) -> tuple[str, ...]:
        """Return the labels of those links that pass on a page's address alone."""
        return sharing.link_only(links)

    def composer(self, action: Action) -> dict[str, Any]:
        """Return what the message composer of an action works with, for a page to hold in JSON."""
        domains = self._addresses.url(sharing.domains_path())
        page = self._addresses.absolute(action)
        return sharing.composer_data(self._campaign, page, domains, self._words)

    def calendar_links(self, event: Event) -> tuple[CalendarLink, ...]:
        """Return links that put an event into a reader's own calendar: none where its day is past, or not certain."""
        campaign, words = self._campaign, self._words
        if not campaign.is_live or not event.is_confirmed or event.is_past(self._site.now):
            return ()
        file = CalendarLink(words.text("calendar_file"), self._addresses.url(event_calendar(event)))
        page = self._addresses.absolute(event)
        return (file, *calendar_links.calendar_links(event, campaign, page, words))

    def list_links(self, event: Event) -> tuple[PageLink, ...]:
        """Return the links from an event to the lists of its day and its place."""
        return links_to_lists(event, self._words)

    def map_link(self, event: Event) -> str | None:
        """Return the address at which a map shows where an event is, where it has a place."""
        return calendar_links.map_link(event, self._words)

    def place_lines(self, event: Event) -> tuple[str, ...]:
        """Return where an event is, as an address has it, a line each."""
        return calendar.place_lines(event, self._words)


class Theme:
    """All names that the templates of one build know.

    What depends on the moment is a test of an event or of a day. So it is known of what each page
    is made (`campaign.build.fingerprint`).
    """

    #: The tests of templates, by what they are of: `event is past`, `day is today`, `day is tomorrow`.
    EVENT_TESTS: ClassVar = {"past": "whether an event is over"}
    DAY_TESTS: ClassVar = {
        "today": "whether a day is today, in the campaign's own zone",
        "tomorrow": "whether a day is tomorrow",
    }

    def __init__(self, site: Site, addresses: Addresses, assets: Assets) -> None:
        content = site.content
        self.functions = Functions(site, addresses)
        self.values = Values(
            campaign=content.campaign.facts,
            language=site.words,
            addresses=PATHS,
            assets=assets,
            files=content.files,
            has_events=bool(site.events),
            has_updates=bool(content.of(Update)),
            navigation=navigation(content, site.words),
            footer_pages=footer_pages(content),
        )
        self._addresses = addresses
        self._paths = content.addresses
        self._now, self._today = site.now, site.today

    @property
    def shared(self) -> object:
        """All that every page can show, whatever else it is given."""
        return self.values, self._addresses

    @property
    def globals(self) -> dict[str, Any]:
        """The values and functions by the names that templates call them by."""
        names = [name for name in vars(Functions) if not name.startswith("_")]
        return {**vars(self.values), **{name: getattr(self.functions, name) for name in names}}

    @property
    def tests(self) -> dict[str, Callable[[Any], bool]]:
        """Tests of an event or a day at the moment that counts as now."""
        return {
            "past": lambda event: event.is_past(self._now),
            "today": lambda day: day == self._today,
            "tomorrow": lambda day: day - self._today == dt.timedelta(days=1),
        }

    def targets(self, item: Kind, body: Body) -> tuple[tuple[str, str], ...]:
        """Return what the links of an object's text mean, in order: path and fragment."""
        return tuple(resolve(self._paths, item, it.target) for it in body.references)
