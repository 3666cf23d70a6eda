"""Links that open an event in a web calendar or on a map, made when the site is built.

Neither Google nor Microsoft documents these addresses. What they take was tried out by the
maintainers of `InteractionDesignFoundation/add-event-to-calendar-docs`: `services/google.md`
and `services/outlook-web.md`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC
from html import escape
from urllib.parse import quote

from campaign.calendar import day_after, details, location, times
from campaign.model import Campaign, Event
from campaign.timezones import compact
from campaign.words import Words

# Outlook takes some 2,048 characters (Microsoft, "How to compose a new message or event and
# populate fields in Office365"), and people pass long addresses on badly.
LONGEST_ADDRESS = 1_900
# Of a title and of a place, so many characters of the address at most: the details have what is left.
_LONGEST_PART = 400

_GOOGLE = "https://calendar.google.com/calendar/render?action=TEMPLATE"
_OUTLOOK = "https://outlook.live.com/calendar/0/deeplink/compose?path=/calendar/action/compose&rru=addevent"
_OPENSTREETMAP = "https://www.openstreetmap.org"


class _Codes(dict[str, str]):
    """How each character is written in a query: twice as fast as `quote`, of which every event needs much."""

    def __missing__(self, character: str) -> str:
        code = self[character] = quote(character, safe="")
        return code

    def encode(self, text: str) -> str:
        return "".join(map(self.__getitem__, text))


_PLAIN = _Codes()
# Outlook reads the details as HTML.
_HTML = _Codes({sign: quote(escape(sign, quote=False)) for sign in "&<>"} | {"\n": quote("<br>")})


@dataclass(frozen=True)
class CalendarLink:
    """A way to put one event into a reader's calendar."""

    label: str
    href: str


def calendar_links(
    event: Event, campaign: Campaign, page: str, words: Words
) -> tuple[CalendarLink, ...]:
    """Give the links that open an event in web calendars; `page` is the absolute address of its page."""
    title = _fit(event.title, _LONGEST_PART)
    where = _fit(location(event, campaign, words), _LONGEST_PART)
    told = details(event, campaign, words)
    google = f"{_GOOGLE}&text={title}&dates={_google_dates(event)}&location={where}&details="
    outlook = f"{_OUTLOOK}&subject={title}&{_outlook_dates(event)}&location={where}&body="
    return (
        CalendarLink("Google", _with_details(google, told, page, _PLAIN)),
        CalendarLink("Outlook", _with_details(outlook, told, page, _HTML)),
    )


def map_link(event: Event, words: Words) -> str | None:
    """Give the address of a map of the event's place, None where that is not known well enough.

    Source: OpenStreetMap's own search, which makes addresses of this form. Coordinates may be those
    of a whole city, so they say which part of the map is shown, and no marker pretends to know more.
    A building's name stands in the search only for want of a street: nothing is found where one word is wrong.
    """
    if event.online == "yes":
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
    return f"{_OPENSTREETMAP}/search?query={_PLAIN.encode(query)}{part}"


def _google_dates(event: Event) -> str:
    """Say when an event is as Google reads it: moments in UTC, and the zone to show them in."""
    if moments := times(event):
        # Google wants an end. Without one an event ends where it begins (RFC 5545, section 3.6.1).
        starts, ends = (compact(it.astimezone(UTC)) for it in (moments[0], moments[-1]))
        return f"{starts}Z/{ends}Z&ctz={event.timezone.key}"
    return f"{event.date:%Y%m%d}/{day_after(event):%Y%m%d}"


def _outlook_dates(event: Event) -> str:
    """Say when an event is as Outlook reads it, which shows moments in the reader's own zone."""
    if moments := times(event):
        starts, ends = (it.astimezone(UTC).isoformat()[:19] for it in (moments[0], moments[-1]))
        return f"startdt={starts}Z&enddt={ends}Z"
    return f"startdt={event.date}&enddt={day_after(event)}&allday=true"


def _with_details(head: str, told: str, page: str, codes: _Codes) -> str:
    """Complete an address with the event's details, as far as there is room, and the address of its page."""
    end = codes.encode(f"\n\n{page}" if told else page)
    return head + _fit(told, LONGEST_ADDRESS - len(head) - len(end), codes) + end


def _fit(text: str, room: int, codes: _Codes = _PLAIN) -> str:
    """Encode a text; one that has no room is cut after a word."""
    encoded = codes.encode(text)
    while text and len(encoded) > room:
        kept = text[: len(text) * max(room, 0) // len(encoded)]
        text = kept.rpartition(" ")[0] or kept[:-1]
        encoded = codes.encode(f"{text}…") if text else ""
    return encoded
