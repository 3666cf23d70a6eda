"""Excerpts of one page that others show: a change of anything else does not make these anew."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from campaign.content.model import Action, Titled, Update


@dataclass(frozen=True)
class PageLink:
    """A link to another page of the site: its title and its path."""

    title: str
    path: str


class ActionExcerpt(NamedTuple):
    """An action in a list; `number` is that of a step, None of any other."""

    number: int | None
    kind: str
    title: str
    why: str
    path: str

    @classmethod
    def of(cls, action: Action) -> ActionExcerpt:
        """Return that of an action."""
        return cls(action.number, action.kind, action.title, action.why, action.path)


class UpdateExcerpt(NamedTuple):
    """An update in a list."""

    title: str
    date: date
    summary: str
    path: str

    @classmethod
    def of(cls, update: Update) -> UpdateExcerpt:
        """Return that of an update."""
        return cls(update.title, update.date, update.summary, update.path)


def link_to(item: Titled) -> PageLink:
    """Return a link to the page of something."""
    return PageLink(item.title, item.path)
