"""The pages and files of a site, and how a long list is cut into pages."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from typing import Annotated, NamedTuple, TypeVar

from campaign.addresses import page_path
from campaign.content.model import Event
from campaign.events import structured
from campaign.routes.contexts import Context

T = TypeVar("T")

# A list's page stays within the budget for HTML at this length.
PAGE_LENGTH = 50


@dataclass(frozen=True)
class Pagination:
    """One page of a list among the others."""

    number: Annotated[int, "its number, from 1"]
    count: Annotated[int, "of how many"]
    previous: Annotated[str | None, "the path of the page before it"]
    next: Annotated[str | None, "the path of the page after it"]


@dataclass(frozen=True)
class Route:
    """The page itself: where it is, and what its template is given.

    What takes time is a `partial`, which is called when the page is made.
    """

    path: Annotated[str, "where it is, such as `/act/`"]
    context: Annotated[Context, "what its template is given"]
    title: Annotated[str, "its title; empty where the campaign's name is the title"]
    about: Annotated[str | partial[str], "what is on it, which `description` gives"]
    described: Annotated[
        tuple[structured.Data | partial[structured.Data], ...],
        "what is on it for search engines, which `data` gives",
    ] = ()
    og_type: Annotated[str, "its kind for previews of links (Open Graph)"] = "website"
    indexed: Annotated[bool, "whether it is in the sitemap, and open to search engines"] = True
    pagination: Annotated[Pagination | None, "where it is among the pages of a list"] = None

    @cached_property
    def description(self) -> str:
        """The page's description, in a sentence."""
        return self.about if isinstance(self.about, str) else self.about()

    @property
    def data(self) -> tuple[structured.Data, ...]:
        """The page's structured data."""
        return tuple(it() if isinstance(it, partial) else it for it in self.described)

    @property
    def file(self) -> str:
        """The page's file below the output folder."""
        return file_of(self.path)

    @property
    def section(self) -> str:
        """The first part of the page's path, such as `/events/`."""
        first, slash, _ = self.path[1:].partition("/")
        return f"/{first}{slash}"


class File(NamedTuple):
    """A file that stands beside the pages: its path within the site, and how its text is made.

    A `partial` of a function of a module says what it is made of, so that it is made again only
    when that has changed.
    """

    path: str
    make: Callable[[], str]

    @property
    def text(self) -> str:
        """The file's text."""
        return self.make()


class Collection(NamedTuple):
    """A file of events, of one at least: a piece for each, joined and split again, as bytes: it may be large."""

    path: str
    events: Sequence[Event]
    write: Callable[[Event], str]
    join: Callable[[Iterable[Event], Iterable[bytes]], bytes]
    split: Callable[[bytes], list[bytes]]


def file_of(path: str) -> str:
    """Return the file that serves an address: `/letter/` is `letter/index.html`, and so is `/letter`.

    Servers tell a file's type by the end of its name, so a page cannot be in a file without one.
    """
    if path.endswith("/"):
        return f"{path.lstrip('/')}index.html"
    return path.lstrip("/") if "." in path.rpartition("/")[2] else f"{path.lstrip('/')}/index.html"


def paged(
    path: str, items: Sequence[T], length: int = PAGE_LENGTH
) -> Iterator[tuple[Sequence[T], Pagination]]:
    """Cut a list into pages of so many items at most; an empty list has one."""
    count = max(1, -(-len(items) // length))
    for number in range(1, count + 1):
        previous = page_path(path, number - 1) if number > 1 else None
        following = page_path(path, number + 1) if number < count else None
        start = (number - 1) * length
        yield items[start : start + length], Pagination(number, count, previous, following)
