"""Objects of the model with all that is required, in which a test says only what it is about."""

from dataclasses import replace
from typing import Any, TypeVar

from campaign.content.markdown import render
from campaign.content.model import Action, Campaign, Content, Event, Kind, Letter, Page, Update
from campaign.content.problems import Origin
from campaign.reading.parsing import build

K = TypeVar("K", bound=Kind)

# The pages of every site, whatever an editor writes.
MADE_BY_ITSELF = {
    "/",
    "/letter/",
    "/act/",
    "/events/",
    "/events/online/",
    "/events/past/",
    "/updates/",
    "/404.html",
}

TEXT = render("Text.")
REQUIRED: dict[type[Kind], dict[str, Any]] = {
    Campaign: {
        "name": "Keep the trains",
        "summary": "A letter for the night trains.",
        "hashtag": "#KeepTheTrains",
        "site": "https://example.org/trains",
        "begun": "2024-05",
        "timezone": "Europe/Vienna",
        "addressee": {"name": "Minister Gruber"},
        "organiser": {"name": "Friends of the night trains"},
    },
    Letter: {
        "title": "A letter",
        "summary": "What it says.",
        "addressee": "Minister Gruber",
        "signed_by": "All of us",
    },
    Action: {"title": "Write to her", "slug": "write", "kind": "post", "why": "She reads it."},
    Event: {
        "id": "vigil",
        "title": "Vigil",
        "date": "2024-06-14",
        "timezone": "America/New_York",
    },
    Update: {"title": "News", "slug": "news", "date": "2024-06-01", "summary": "It happened."},
    Page: {"title": "About", "slug": "about", "summary": "Who we are."},
}


def read(kind: type[K], /, **fields: object) -> tuple[K | None, list[str]]:
    """Read an object from the fields that an editor wrote, and what is wrong with them; None takes one out."""
    data = {**REQUIRED[kind], **fields}
    data = {name: value for name, value in data.items() if value is not None}
    found, problems = build(
        kind, data, Origin(f"content/{kind.__name__.lower()}.md"), {"body": TEXT}
    )
    return found, [f"{it.field}: {it.message}" for it in problems if it.is_error]


def make(kind: type[K], /, **fields: object) -> K:
    """Make an object whose fields are in order."""
    found, problems = read(kind, **fields)
    assert found is not None
    assert not problems
    return found


def campaign(**fields: object) -> Campaign:
    return make(Campaign, **fields)


def letter(**fields: object) -> Letter:
    return make(Letter, **fields)


def action(number: int | None = None, **fields: object) -> Action:
    return replace(make(Action, **fields), number=number)


def event(**fields: object) -> Event:
    return make(Event, **fields)


def update(**fields: object) -> Update:
    return make(Update, **fields)


def page(number: int | None = None, **fields: object) -> Page:
    return replace(make(Page, **fields), number=number)


def content(
    *,
    actions: tuple[Action, ...] = (),
    events: tuple[Event, ...] = (),
    updates: tuple[Update, ...] = (),
    pages: tuple[Page, ...] = (),
    **facts: object,
) -> Content:
    """Make the content of a site, with a letter and a campaign; `facts` are the campaign's."""
    objects = {
        Campaign: (campaign(**facts),),
        Letter: (letter(),),
        Action: actions,
        Event: events,
        Update: updates,
        Page: pages,
    }
    return Content(objects, files=frozenset(), addresses={})
