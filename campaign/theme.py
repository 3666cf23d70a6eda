"""What the theme's templates can call: the names that stand in every template.

A template receives model objects and these few functions; it computes nothing itself.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from markupsafe import Markup

from campaign import sharing
from campaign.addresses import Addresses, resolve
from campaign.markdown import Body
from campaign.model import Content, Event, Kind, Page
from campaign.routes import Route, Site


class Theme:
    """The functions and values that every template and macro of one build can use."""

    def __init__(self, site: Site, addresses: Addresses) -> None:
        self._site = site
        self._addresses = addresses

    @property
    def globals(self) -> dict[str, Any]:
        """Give the names that stand in every template and macro."""
        words, content = self._site.words, self._site.content
        return {
            "t": words.text,
            "date": words.date,
            "clock": words.clock,
            "country": words.country,
            "url": self._addresses.url,
            "absolute": self._addresses.absolute,
            "html": self.html,
            "share_links": self.share_links,
            "campaign": content.campaign,
            "content": content,
            "files": content.files,
            "language": {"code": words.code, "direction": words.direction},
            "navigation": _navigation(content, words.text),
            "footer_pages": tuple(page for page in content.pages if page.menu == "footer"),
        }

    @property
    def tests(self) -> dict[str, Callable[[Event], bool]]:
        """Give the tests of templates: `event is past`."""
        return {"past": lambda event: event.is_past(self._site.now)}

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
            path, fragment = resolve(self._site.content.addresses, item, target)
            return to_address(path) + (f"#{fragment}" if fragment else "")

        # Safe: the text's HTML is made by `campaign.markdown`, which lets none of the editor's through.
        return Markup(body.resolved(address, demote))  # noqa: S704

    def share_links(self, page: str | Route) -> tuple[sharing.ShareLink, ...]:
        """Give the links that share a page, by its path or itself: none once the campaign asks for nothing."""
        if not self._site.content.campaign.is_live:
            return ()
        path = page if isinstance(page, str) else page.path
        return sharing.links(
            self._site.content.campaign, self._addresses.absolute(path), self._site.words
        )


def _navigation(content: Content, text: Callable[[str], str]) -> tuple[dict[str, str], ...]:
    """Give the main menu: what the campaign has, then the editor's own pages."""
    entries = [("/letter/", text("letter_menu")), ("/act/", text("actions_menu"))]
    if content.events:
        entries.append(("/events/", text("events_menu")))
    if content.updates:
        entries.append(("/updates/", text("updates_menu")))
    entries += [(page.path, _label(page)) for page in content.pages if page.menu == "main"]
    return tuple({"path": path, "label": label} for path, label in entries)


def _label(page: Page) -> str:
    return page.title
