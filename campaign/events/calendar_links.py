"""Links that open an event in a web calendar or on a map, made when the site is built.

Neither Google nor Microsoft documents these addresses. What they take was tried out by the
maintainers of `InteractionDesignFoundation/add-event-to-calendar-docs`: `services/google.md`
and `services/outlook-web.md`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC
from functools import partial
from html import escape
from typing import Annotated, NamedTuple
from urllib.parse import quote

from campaign.content.model import Campaign, Event
from campaign.events.calendar import day_after, details, location, times
from campaign.words import Words

# Outlook takes some 2,048 characters (Microsoft, "How to compose a new message or event and
# populate fields in Office365"), and people pass long addresses on badly.
LONGEST_ADDRESS = 1_900
# Of a title and of a place, so many characters of the address at most: the details have what is left.
_LONGEST_PART = 400

_GOOGLE = "https://calendar.google.com/calendar/render?action=TEMPLATE"
_OUTLOOK = "https://outlook.live.com/calendar/0/deeplink/compose?path=/calendar/action/compose&rru=addevent"
_OPENSTREETMAP = "https://www.openstreetmap.org"

_encode = partial(quote, safe="")
# Outlook reads the details as HTML. What an ampersand becomes holds one.
_TO_HTML = [(quote(sign), quote(escape(sign, quote=False))) for sign in "&<>"]
_TO_HTML.append((quote("\n"), quote("<br>")))


class CalendarLink(NamedTuple):
    """A way to put one event into a reader's calendar."""

    label: Annotated[str, "what the link says"]
    href: Annotated[str, "where it leads"]


def calendar_links(
    event: Event, campaign: Campaign, page: str, words: Words
) -> tuple[CalendarLink, ...]:
    """Return the links that open an event in web calendars; `page` is the absolute address of its page."""
    title = _fit(event.title, _encode(event.title), _LONGEST_PART)
    place = location(event, campaign, words)
    where = _fit(place, _encode(place), _LONGEST_PART)
    moments = [moment.astimezone(UTC).isoformat()[:19] for moment in times(event)]
    google = (
        f"{_GOOGLE}&text={title}&dates={_google_dates(event, moments)}&location={where}&details="
    )
    outlook = f"{_OUTLOOK}&subject={title}&{_outlook_dates(event, moments)}&location={where}&body="
    description = details(event, campaign, words)
    plain, end = _encode(description), _encode(f"\n\n{page}" if description else page)
    html, html_end = _to_html(plain), _to_html(end)
    plain = _fit(description, plain, LONGEST_ADDRESS - len(google) - len(end))
    html = _fit(description, html, LONGEST_ADDRESS - len(outlook) - len(html_end), _to_html)
    return (
        CalendarLink("Google", f"{google}{plain}{end}"),
        CalendarLink("Outlook", f"{outlook}{html}{html_end}"),
    )


def map_link(event: Event, words: Words) -> str | None:
    """Return the address of a map of the event's place, None where that is not known well enough.

    Source: OpenStreetMap's own search, which makes addresses of this form. Coordinates may be those
    of a whole city, so they say which part of the map is shown, and no marker pretends to know more.
    A building's name stands in the search only for want of a street: nothing is found where one word is wrong.
    """
    if event.is_online_only:
        return None
    street = event.address or event.venue
    part = ""
    if event.point:
        latitude, longitude = event.point
        part = f"#map={15 if street else 12}/{latitude:.5f}/{longitude:.5f}"
        if not street:
            return f"{_OPENSTREETMAP}/{part}"
    elif not event.city and not (street and event.postal_code):
        return None
    query = words.joined(street, event.city, event.region_and_code, event.country)
    return f"{_OPENSTREETMAP}/search?query={_encode(query)}{part}"


def _google_dates(event: Event, moments: Sequence[str]) -> str:
    """Return when an event is as Google reads it: `moments` in UTC, and the zone to show them in."""
    if moments:
        # Google wants an end. Without one an event ends where it begins (RFC 5545, section 3.6.1).
        starts, ends = (it.replace("-", "").replace(":", "") for it in (moments[0], moments[-1]))
        return f"{starts}Z/{ends}Z&ctz={event.timezone.key}"
    return f"{event.date:%Y%m%d}/{day_after(event):%Y%m%d}"


def _outlook_dates(event: Event, moments: Sequence[str]) -> str:
    """Return when an event is as Outlook reads it, which shows `moments` in the reader's own zone."""
    if moments:
        return f"startdt={moments[0]}Z&enddt={moments[-1]}Z"
    return f"startdt={event.date}&enddt={day_after(event)}&allday=true"


def _to_html(encoded: str) -> str:
    """Return an encoded text as the same text would be encoded in HTML."""
    for sign, code in _TO_HTML:
        encoded = encoded.replace(sign, code)
    return encoded


def _fit(text: str, encoded: str, room: int, form: Callable[[str], str] = str) -> str:
    """Return what a text is encoded; one that has no room is cut after a word. `form` is what more is done to it."""
    while text and len(encoded) > room:
        fitting = text[: len(text) * max(room, 0) // len(encoded)]
        text = fitting.rpartition(" ")[0] or fitting[:-1]
        encoded = form(_encode(f"{text}…")) if text else ""
    return encoded
