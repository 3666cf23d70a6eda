"""Values and functions that every template of the theme can use.

A template receives model objects and these; it computes nothing itself.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any, ClassVar

from markupsafe import Markup

from campaign import sharing
from campaign.addresses import PATHS, Addresses, resolve
from campaign.content.markdown import Body
from campaign.content.model import Action, Event, Kind, Update
from campaign.events.calendar import place_lines
from campaign.events.calendar_links import CalendarLink, calendar_links, map_link
from campaign.routes import Route, Site, event_calendar, links_to_lists
from campaign.routes.menus import footer_pages, navigation


class Theme:
    """The values and functions that every template and macro of one build can use.

    What a function returns depends on its arguments and on `shared` alone; what depends on the
    moment is a test of an event or of a day. So it is known of what each page is made
    (`campaign.build.fingerprint`).
    """

    #: The tests of templates, by what they are of: `event is past`, `day is today`, `day is tomorrow`.
    EVENT_TESTS: ClassVar = ("past",)
    DAY_TESTS: ClassVar = ("today", "tomorrow")

    def __init__(self, site: Site, addresses: Addresses) -> None:
        content = site.content
        self.words = site.words
        self._campaign = content.campaign.facts
        self._addresses = addresses
        self._paths = content.addresses
        self._now, self._today = site.now, site.today
        self._values: dict[str, Any] = {
            "addresses": PATHS,
            "campaign": self._campaign,
            "files": content.files,
            "has_events": bool(content.of(Event)),
            "has_updates": bool(content.of(Update)),
            "language": site.words,
            "navigation": navigation(content, site.words),
            "footer_pages": footer_pages(content),
        }

    @property
    def shared(self) -> object:
        """All that every page can show, whatever else it is given."""
        return self._values, self._addresses

    @property
    def globals(self) -> dict[str, Any]:
        """The names that stand in every template and macro."""
        return {
            **self._values,
            "t": self.words.text,
            "date": self.words.date,
            "clock": self.words.clock,
            "country": self.words.country,
            "zone": self.words.zone,
            "joined": lambda parts: self.words.joined(*parts),
            "url": self._addresses.url,
            "absolute": self._addresses.absolute,
            "html": self.html,
            "page_links": self.page_links,
            "campaign_links": self.campaign_links,
            "action_links": self.action_links,
            "link_only": sharing.link_only,
            "composer": self.composer,
            "calendar_links": self.calendar_links,
            "list_links": partial(links_to_lists, words=self.words),
            "map_link": partial(map_link, words=self.words),
            "place_lines": partial(place_lines, words=self.words),
        }

    @property
    def tests(self) -> dict[str, Callable[[Any], bool]]:
        """Tests of an event or a day at the moment that counts as now."""
        return {
            "past": lambda event: event.is_past(self._now),
            "today": lambda day: day == self._today,
            "tomorrow": lambda day: day - self._today == timedelta(days=1),
        }

    def html(
        self, item: Kind, field: str = "body", demote: int = 0, *, absolute: bool = False
    ) -> Markup:
        """Return a text of an object as HTML with its links resolved.

        `demote` lowers its headings by so many levels, for a page that holds several texts;
        `absolute` gives absolute addresses, for texts that leave the site. At home alone the
        campaign has its text.
        """
        body: Body = getattr(item, field)
        to_address = self._addresses.absolute if absolute else self._addresses.url

        def address(target: str) -> str:
            path, fragment = resolve(self._paths, item, target)
            return to_address(path) + (f"#{fragment}" if fragment else "")

        # Safe: the text's HTML is made by `campaign.content.markdown`, which lets none of the editor's through.
        return Markup(body.resolved(address, demote))  # noqa: S704

    def targets(self, item: Kind, body: Body) -> tuple[tuple[str, str], ...]:
        """Return what the links of an object's text mean, in order: path and fragment."""
        return tuple(resolve(self._paths, item, it.target) for it in body.references)

    def page_links(self, page: Route) -> sharing.ShareLinks:
        """Return the links that pass a page on: none once the campaign asks for nothing."""
        title, address = page.title or self._campaign.name, self._addresses.absolute(page.path)
        return sharing.page_links(self._campaign, address, title, page.description, self.words)

    def campaign_links(self) -> sharing.ShareLinks:
        """Return the links that pass the campaign on: none once it asks for nothing."""
        return sharing.campaign_links(
            self._campaign, self._addresses.absolute(PATHS.home), self.words
        )

    def action_links(self, action: Action) -> tuple[sharing.ShareLink, ...]:
        """Return the links by which an action is done: to write to the addressee, or to pass the campaign on."""
        page, home = self._addresses.absolute(action), self._addresses.absolute(PATHS.home)
        return sharing.action_links(self._campaign, action, page, home, self.words)

    def composer(self, action: Action) -> dict[str, Any]:
        """Return what the message composer of an action works with, for a page to hold in JSON."""
        domains, page = (
            self._addresses.url(sharing.domains_path()),
            self._addresses.absolute(action),
        )
        return sharing.composer_data(self._campaign, page, domains, self.words)

    def calendar_links(self, event: Event) -> tuple[CalendarLink, ...]:
        """Return links that put an event into a reader's own calendar: none where its day is over, or not certain."""
        campaign, words = self._campaign, self.words
        if not campaign.is_live or not event.is_confirmed or event.is_past(self._now):
            return ()
        file = CalendarLink(words.text("calendar_file"), self._addresses.url(event_calendar(event)))
        page = self._addresses.absolute(event)
        return (file, *calendar_links(event, campaign, page, words))
