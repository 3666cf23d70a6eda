"""Excerpts of one page that others show: a change of anything else does not make these anew."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated, NamedTuple

from campaign.content.model import Action, Titled, Update


@dataclass(frozen=True)
class PageLink:
    """A link to another page of the site."""

    title: Annotated[str, "the page's title"]
    path: Annotated[str, "where it is"]


class ActionExcerpt(NamedTuple):
    """An action in a list."""

    number: Annotated[int | None, "that of a step; None of any other"]
    kind: Annotated[str, "what it is done by"]
    title: Annotated[str, "its title"]
    why: Annotated[str, "why it helps"]
    path: Annotated[str, "where its page is"]

    @classmethod
    def of(cls, action: Action) -> ActionExcerpt:
        """Return that of an action."""
        return cls(action.number, action.kind, action.title, action.why, action.path)


class UpdateExcerpt(NamedTuple):
    """An update in a list."""

    title: Annotated[str, "its title"]
    date: Annotated[date, "the day it happened"]
    summary: Annotated[str, "what happened, in a sentence"]
    path: Annotated[str, "where its page is"]

    @classmethod
    def of(cls, update: Update) -> UpdateExcerpt:
        """Return that of an update."""
        return cls(update.title, update.date, update.summary, update.path)


def link_to(item: Titled) -> PageLink:
    """Return a link to the page of something."""
    return PageLink(item.title, item.path)
