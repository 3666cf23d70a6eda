"""A site's content as it was read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import chain, count
from typing import Any

from campaign.content.model import Action, Campaign, Content, Event, Kind, Letter, Page, Update
from campaign.content.problems import Problem, has_errors
from campaign.reading.parsing import TextBlock


@dataclass
class Draft:
    """A site's content, as far as it could be read.

    `files` are the files that are not made of texts, by their paths within the site; `pictures`
    are the digests of what is published of those that are not copied as they are.
    `addresses` are the paths of these and of all pages, those with problems among them, by
    their files below `content/`. `text_blocks` are all texts, whether or not the fields beside
    them are in order; `unread` are the kinds of content that hold something whose address is
    not known, because its file or row has problems.
    """

    root: str
    campaign: Campaign | None = None
    letter: Letter | None = None
    actions: list[Action] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    updates: list[Update] = field(default_factory=list)
    pages: list[Page] = field(default_factory=list)
    addresses: dict[str, str] = field(default_factory=dict)
    files: dict[str, str] = field(default_factory=dict)
    pictures: dict[str, bytes] = field(default_factory=dict)
    text_blocks: list[TextBlock] = field(default_factory=list)
    unread: set[type[Kind]] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)

    @property
    def kinds(self) -> Iterator[Kind]:
        """All objects that could be read."""
        yield from filter(None, (self.campaign, self.letter))
        yield from chain(self.actions, self.events, self.updates, self.pages)

    def content(self) -> Content:
        """Return the whole content, in order. Raises `ValueError` where an error is left."""
        if has_errors(self.problems) or not self.campaign or not self.letter:
            message = "content with problems cannot be built"
            raise ValueError(message)
        return Content(
            campaign=self.campaign,
            letter=self.letter,
            actions=_counted(sorted(self.actions, key=_by_number)),
            events=tuple(sorted(self.events, key=_by_start)),
            updates=tuple(
                sorted(self.updates, key=lambda update: (update.date, update.slug), reverse=True)
            ),
            pages=tuple(sorted(self.pages, key=_by_number)),
            files=frozenset(self.files),
            addresses=self.addresses,
            pictures=self.pictures,
        )


def _counted(actions: list[Action]) -> tuple[Action, ...]:
    """Number the steps from 1, whatever gaps an editor left between the files' numbers."""
    numbers = count(1)
    return tuple(
        action if action.number is None else replace(action, number=next(numbers))
        for action in actions
    )


def _by_number(item: Action | Page) -> tuple[bool, int, str]:
    return item.number is None, item.number or 0, item.slug


def _by_start(event: Event) -> tuple[Any, ...]:
    return event.date, event.start is not None, event.start, event.title, event.id
