"""What the theme's templates can call: the names that stand in every template.

A template receives model objects and these few functions; it computes nothing itself.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from datetime import date, timedelta
from typing import Any, ClassVar

from jinja2.runtime import Macro
from markupsafe import Markup, escape

from campaign import sharing
from campaign.addresses import Addresses, resolve
from campaign.content.markdown import Body
from campaign.content.model import Action, Content, Event, Kind
from campaign.events.calendar_links import CalendarLink, calendar_links, map_link
from campaign.forms import Form, Formed, blank, sealed
from campaign.routes import Listed, PageLink, Route, Site, event_calendar, links_to_lists

# What stands for the address of each link to a calendar.
_HREFS = tuple(map(blank, ("file", "google", "outlook")))


class Theme:
    """The functions and values that every template and macro of one build can use.

    What they give depends on their arguments and on `shared` alone; what depends on the moment is
    a test of an event or of a day. So it is known of what each page is made (`campaign.build.fingerprint`).
    """

    #: The names of `tests`.
    TESTS: ClassVar = ("past", "today", "tomorrow")

    def __init__(self, site: Site, addresses: Addresses) -> None:
        self._campaign = site.content.campaign.facts
        self._files = site.content.files
        self.words = site.words
        self._addresses = addresses
        self._paths = site.content.addresses
        self._now, self._today = site.now, site.today
        self._has_events = bool(site.content.events)
        self._has_updates = bool(site.content.updates)
        self._navigation = _navigation(site.content, site.words.text)
        self._footer_pages = _pages(site.content, "footer")
        self._past: dict[int, tuple[Event, bool]] = {}
        self._shown: dict[tuple[object, ...], tuple[object, Markup]] = {}
        self._any_page = sharing.AnyPage(self._campaign, self.words)
        self._forms: dict[tuple[object, ...], Form | None] = {}

    @property
    def shared(self) -> dict[str, object]:
        """What the functions know beside their arguments, but for where links lead: see `targets`."""
        apart = {"_paths", "_now", "_today", "_past", "_shown", "_any_page", "_forms"}
        return {name: it for name, it in vars(self).items() if name not in apart}

    @property
    def globals(self) -> dict[str, Any]:
        """Give the names that stand in every template and macro."""
        words = self.words
        return {
            "t": words.text,
            "date": words.date,
            "clock": words.clock,
            "country": words.country,
            "zone": words.zone,
            "url": self._addresses.url,
            "absolute": self._addresses.absolute,
            "html": self.html,
            "once": self.once,
            "action_links": self.action_links,
            "campaign_ways": self.campaign_ways,
            "composer": self.composer,
            "with_ways": self.with_ways,
            "with_calendars": self.with_calendars,
            "with_lists": self.with_lists,
            "place_lines": self.place_lines,
            "map_link": self.map_link,
            "joined": self.joined,
            "campaign": self._campaign,
            "files": self._files,
            "has_events": self._has_events,
            "has_updates": self._has_updates,
            "language": words,
            "navigation": self._navigation,
            "footer_pages": self._footer_pages,
        }

    @property
    def tests(self) -> dict[str, Callable[[Any], bool]]:
        """Give the tests of templates: `event is past`, `day is today`, `day is tomorrow`."""
        return {**self.tests_of_events, **self.tests_of_days}

    @property
    def tests_of_events(self) -> dict[str, Callable[[Event], bool]]:
        """Give what is so of an event at the moment that counts as now."""
        return {"past": self._is_past}

    def _is_past(self, event: Event) -> bool:
        known = self._past.get(id(event))
        if known is None:
            # The event is kept, so that no other one gets its identity.
            known = self._past[id(event)] = event, event.is_past(self._now)
        return known[1]

    @property
    def tests_of_days(self) -> dict[str, Callable[[date], bool]]:
        """Give what is so of a day at that moment."""
        return {
            "today": lambda day: day == self._today,
            "tomorrow": lambda day: day - self._today == timedelta(days=1),
        }

    def once(self, macro: Macro, item: Event | date, *arguments: object) -> Markup:
        """Give what a macro makes of an event or a day, which stands in several places and looks the same in each."""
        key = (macro, id(item) if isinstance(item, Event) else item, *told_apart(arguments))
        if key not in self._shown:
            # The event is kept, so that no other one gets its identity.
            self._shown[key] = item, Markup(macro(item, *arguments))  # noqa: S704 (escaped by the macro)
        return self._shown[key][1]

    def html(
        self, item: Kind, field: str = "body", demote: int = 0, *, absolute: bool = False
    ) -> Markup:
        """Give a text of an object as HTML with its links resolved.

        `demote` lowers its headings by so many levels, for a page that holds several texts;
        `absolute` gives absolute addresses, for texts that leave the site.
        """
        body: Body = getattr(item, field)
        to_address = self._addresses.absolute if absolute else self._addresses.url

        def address(target: str) -> str:
            path, fragment = resolve(self._paths, item, target)
            return to_address(path) + (f"#{fragment}" if fragment else "")

        # Safe: the text's HTML is made by `campaign.content.markdown`, which lets none of the editor's through.
        return Markup(body.resolved(address, demote))  # noqa: S704

    def targets(self, item: Kind, body: Body) -> tuple[tuple[str, str], ...]:
        """Give what the links of an object's text mean, in order: path and fragment."""
        return tuple(resolve(self._paths, item, it.target) for it in body.references)

    def action_links(self, action: Action) -> tuple[sharing.ShareLink, ...]:
        """Give the links through which an action is done: to write to the addressee, or to pass the campaign on."""
        campaign, words = self._campaign, self.words
        if campaign.is_live and action.is_message:
            return sharing.message_links(campaign, self._addresses.absolute(action), words)
        return self.campaign_ways().links if action.kind == "share" else ()

    def composer(self, action: Action) -> dict[str, Any]:
        """Give what the message composer of an action works with, for a page to hold in JSON."""
        domains = self._addresses.url(sharing.domains_path())
        campaign, page = self._campaign, self._addresses.absolute(action)
        return sharing.composer_data(campaign, page, domains, self.words)

    def campaign_ways(self) -> sharing.Ways:
        """Give the ways to pass the campaign on: none once it asks for nothing."""
        campaign = self._campaign
        if not campaign.is_live:
            return sharing.Ways(campaign.name)
        return sharing.campaign_links(campaign, self._addresses.absolute("/"), self.words)

    def page_ways(self, page: Route) -> sharing.Ways:
        """Give the ways to pass a page on: none once the campaign asks for nothing."""
        return sharing.page_links(self._campaign, *self._told(page), self.words)

    def with_ways(self, macro: Formed, page: Route, *arguments: object) -> Markup:
        """Give what a macro makes of the ways to pass a page on, which are its first argument."""
        values = self._any_page.values(*self._told(page))
        form = values and self._form(macro, lambda: self._any_page.ways, *arguments)
        if not values or not form:
            return Markup(macro(self.page_ways(page), *arguments))  # noqa: S704 (escaped by the macro)
        # Safe: the macro escapes what it shows, and the values are escaped too.
        return Markup(form.filled(values))  # noqa: S704

    def _told(self, page: Route) -> tuple[str, str, str]:
        """Give a page's absolute address, its title and its summary."""
        title = page.title or self._campaign.name
        return self._addresses.absolute(page.path), title, page.description

    def _form(self, macro: Formed, given: Callable[[], object], *arguments: object) -> Form | None:
        """Give the form of what a macro makes of something that has blanks; None where it computes with that."""
        key = (macro, *told_apart(arguments))
        if key not in self._forms:
            self._forms[key] = macro.form(sealed(given()), *arguments)
        return self._forms[key]

    def with_lists(self, macro: Macro, event: Event) -> Markup:
        """Give what a macro makes of the ways from an event to the lists of its day and its place."""
        listed = Listed.of(event)
        key = (macro, listed)
        if key not in self._shown:
            self._shown[key] = listed, Markup(macro(links_to_lists(listed, self.words)))  # noqa: S704 (escaped by the macro)
        return self._shown[key][1]

    def calendar_links(self, event: Event) -> tuple[CalendarLink, ...]:
        """Give the ways to put an event into a reader's own calendar: none where its day is over, or not certain."""
        campaign, words = self._campaign, self.words
        if not campaign.is_live or event.status != "confirmed" or self._is_past(event):
            return ()
        file = CalendarLink(words.text("calendar_file"), self._addresses.url(event_calendar(event)))
        page = self._addresses.absolute(event)
        return (file, *calendar_links(event, campaign, page, words))

    def with_calendars(self, macro: Formed, event: Event) -> Markup:
        """Give what a macro makes of the ways to put an event into a reader's own calendar; nothing without any."""
        links = self.calendar_links(event)
        if not links:
            return Markup()

        def given() -> list[CalendarLink]:
            return [link._replace(href=it) for it, link in zip(_HREFS, links, strict=True)]

        form = self._form(macro, given)
        if not form:
            return Markup(macro(list(links)))  # noqa: S704 (escaped by the macro)
        values = {it: escape(link.href) for it, link in zip(_HREFS, links, strict=True)}
        # Safe: the macro escapes what it shows, and the values are escaped too.
        return Markup(form.filled(values))  # noqa: S704

    def place_lines(self, event: Event) -> tuple[str, ...]:
        """Give where an event is, from the building to the country, as far as it is known."""
        city = self.words.joined(event.city, event.region_and_code)
        country = self.words.country(event.country) if event.country else None
        return tuple(filter(None, (event.venue, event.address, city, country)))

    def joined(self, parts: Iterable[str | None]) -> str:
        """Give those of several names or words that are there, in one line."""
        return self.words.joined(*parts)

    def map_link(self, event: Event) -> str | None:
        """Give the address of a map of an event's place, None where that is not known well enough."""
        return map_link(event, self.words)


def told_apart(values: Collection[object]) -> tuple[object, ...]:
    """Give values as a key that they share with the same ones only: 1 is True, a text its markup, for Python."""
    return (*values, *map(_kind, values))


def _kind(value: object) -> object:
    return tuple(map(_kind, value)) if isinstance(value, tuple) else type(value)


def _navigation(content: Content, text: Callable[[str], str]) -> tuple[PageLink, ...]:
    """Give the main menu: what the campaign has, then the editor's own pages."""
    form = "" if content.campaign.is_live else "_closed"
    ways = [
        PageLink(text("letter_menu"), "/letter/"),
        PageLink(text(f"actions_menu{form}"), "/act/"),
    ]
    if content.events:
        ways.append(PageLink(text("events_menu"), "/events/"))
    if content.updates:
        ways.append(PageLink(text("updates_menu"), "/updates/"))
    return (*ways, *_pages(content, "main"))


def _pages(content: Content, menu: str) -> tuple[PageLink, ...]:
    """Return links to the editor's own pages in a menu."""
    return tuple(PageLink(page.title, page.path) for page in content.pages if page.menu == menu)
