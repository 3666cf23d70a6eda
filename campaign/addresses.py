"""Addresses within the site: what a link in a text means, and where a page is from another page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import astuple, dataclass
from functools import lru_cache
from pathlib import PurePosixPath
from posixpath import normpath
from typing import Annotated, Protocol
from urllib.parse import quote, unquote, urlsplit

from campaign.content.model import Action, Campaign, Event, Letter, Update
from campaign.content.problems import Origin

#: Where the theme's style sheets and scripts are, which every page trusts: nothing else is put there.
ASSETS = "/theme/"
# What a path may hold as it is (RFC 3986, section 3.3).
_SAFE_IN_PATH = "/!$&'()*+,;=:@"


@dataclass(frozen=True)
class SitePaths:
    """The paths within the site of the pages and files that the engine makes by itself.

    Those of lists that events make, by day and by place, begin with `days` and `places`.
    """

    home: Annotated[str, "the first page"] = Campaign.ADDRESS
    letter: Annotated[str, "the letter"] = Letter.ADDRESS
    actions: Annotated[str, "all actions"] = Action.list_address()
    events: Annotated[str, "all events"] = Event.list_address()
    past_events: Annotated[str, "the past events"] = f"{Event.list_address()}past/"
    online_events: Annotated[str, "the events online"] = f"{Event.list_address()}online/"
    days: Annotated[str, "the days that have events"] = f"{Event.list_address()}on/"
    places: Annotated[str, "the countries that have events"] = f"{Event.list_address()}in/"
    map: Annotated[str, "the map"] = f"{Event.list_address()}map/"
    events_data: Annotated[str, "all events as data"] = f"{Event.list_address()}events.json"
    near_index: Annotated[str, "the index of the search by distance"] = (
        f"{Event.list_address()}near.json"
    )
    updates: Annotated[str, "all updates"] = Update.list_address()
    feed: Annotated[str, "the feed of the updates"] = f"{Update.list_address()}atom.xml"
    not_found: Annotated[str, "the page where there is none"] = "/404.html"
    sitemap: Annotated[str, "the list of all pages"] = "/sitemap.xml"
    robots: Annotated[str, "the rules for crawlers"] = "/robots.txt"

    @property
    def reserved_event_names(self) -> frozenset[str]:
        """The names below the list of all events that no event can have, now or later."""
        below = [it.removeprefix(self.events) for it in astuple(self) if it.startswith(self.events)]
        below.append(page_path("", 2))
        return frozenset(name for path in below if (name := path.partition("/")[0]))


#: The paths of this engine's sites; templates know them as `addresses`.
PATHS = SitePaths()


class Located(Protocol):
    """Anything with a page of its own: the page's path within the site."""

    @property
    def path(self) -> str: ...


class Written(Located, Protocol):
    """Anything with a page that was read from a file."""

    @property
    def origin(self) -> Origin: ...


@dataclass(frozen=True)
class Addresses:
    """Turns the site's own paths into addresses.

    `site` is where the site is published, without a slash at its end; `base` is what stands
    before each path in a link: empty at the root of a host, `/repo` for a project site.
    """

    site: str
    base: str

    @classmethod
    def preview(cls, site: str) -> Addresses:
        """Return the addresses of a preview, which sits at the root of its host."""
        return cls(site, "")

    @classmethod
    def published(cls, site: str) -> Addresses:
        """Return the addresses of the published site, below the path of its own address."""
        return cls(site, urlsplit(site).path.rstrip("/"))

    def url(self, target: str | Located) -> str:
        """Return the address of a path or an object for a link within the site."""
        return self.base + _encode(target if isinstance(target, str) else target.path)

    def absolute(self, target: str | Located) -> str:
        """Return the absolute address of a path or an object."""
        return self.site + _encode(target if isinstance(target, str) else target.path)


def page_path(path: str, number: int) -> str:
    """Return the address of a list's page by its number from 1."""
    return path if number == 1 else f"{path}page/{number}/"


def resolve(addresses: Mapping[str, str], item: Written, target: str) -> tuple[str, str]:
    """Return the path within the site and the fragment that a link in an object's text means.

    A target is a path from the site's root (`/act/`), a heading of the same page (`#heading`),
    or a file, named from the text's own folder or from the content folder. `addresses` are the
    paths of all pages and copied files by their files below the content folder. What is in
    none of them is given as a path all the same.
    """
    name, fragment = map(unquote, target.partition("#")[::2])
    if not name:
        return item.path, fragment
    if name.startswith("/"):
        return name, fragment
    folder = PurePosixPath(*PurePosixPath(item.origin.path).parts[1:-1])
    beside = normpath(folder / name)
    file = beside if beside in addresses else normpath(name)
    return addresses.get(file, f"/{beside}"), fragment


@lru_cache(1024)  # a page names its own address several times, and most pages those of the menu
def _encode(path: str) -> str:
    """Return a path as it stands in an address; a file's name may hold any character (RFC 3986, section 2.1)."""
    return quote(path, safe=_SAFE_IN_PATH)
