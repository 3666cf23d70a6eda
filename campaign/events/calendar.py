"""Calendars of events (iCalendar): one event to keep, or many to subscribe to.

Sources: RFC 5545 (iCalendar), RFC 7986 (what a calendar says of itself). A calendar here has no
METHOD, which would make it a message between calendar programs and ask for the organiser's mail
address (RFC 5546, section 3.2.1); so DTSTAMP is when an event last changed (RFC 5545, 3.8.7.2).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property, lru_cache
from zoneinfo import ZoneInfo

from campaign.content.model import Campaign, Event
from campaign.events.vtimezone import Observance, compact, definitions, observance
from campaign.words import Words

# What a line may have, in octets, without the line break (RFC 5545, section 3.1).
LONGEST_LINE = 75
# How often a program that subscribes is to look again: events change by the hour before a day of action.
_REFRESH = "PT4H"
_DAY = timedelta(days=1)
_LINE_END = "\r\n"
# What stands before each event, and after the last.
_BEFORE, _AFTER = "\r\nBEGIN:VEVENT\r\n", "\r\nEND:VCALENDAR\r\n"
_BEGINNING = ("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//pelican-campaign//Events//EN")
# An event has no status for "postponed" (RFC 5545, section 3.8.1.11). Cancelled would take it out of
# calendars for good; it is to take place, and its day is not certain.
_STATUS = {"confirmed": "CONFIRMED", "postponed": "TENTATIVE", "cancelled": "CANCELLED"}
# TEXT has no control characters but the tab (RFC 5545, section 3.3.11).
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f]")
# What else ends a line, or does in some programs.
_LINE_BREAK = re.compile("\r\n|[\r\x85\u2028\u2029]")


@dataclass(frozen=True)
class About:
    """The description of a calendar to subscribe to: `page` and `source` are absolute addresses.

    `page` shows the same events, `source` is the calendar's own.
    """

    name: str
    description: str
    page: str
    source: str


@dataclass(frozen=True)
class Calendars:
    """Writes the calendars of one campaign; an event that stands in several is written once."""

    campaign: Campaign
    words: Words
    absolute: Callable[[str], str]

    @cached_property
    def _entries(self) -> dict[str, str]:
        # No field: what has been written already is nothing that a calendar is made of.
        return {}

    @cached_property
    def _begun(self) -> datetime:
        begun = self.campaign.begun
        return datetime(begun.year, begun.month, begun.day or 1, tzinfo=UTC)

    def of_event(self, event: Event) -> str:
        """Write the calendar of one event, to be added to a reader's own."""
        return f"{_head((), [event])}{_BEFORE}{self.entry(event)}{_AFTER}"

    def of_events(self, about: About, events: Iterable[Event], entries: Iterable[bytes]) -> bytes:
        """Write the calendar of many events, to be subscribed to; `entries` are theirs, in UTF-8."""
        head = (
            _text("NAME", about.name),
            # What programs read that do not know NAME.
            _text("X-WR-CALNAME", about.name),
            _text("DESCRIPTION", about.description),
            _line(f"URL:{about.page}"),
            _line(f"SOURCE;VALUE=URI:{about.source}"),
            f"REFRESH-INTERVAL;VALUE=DURATION:{_REFRESH}",
            f"X-PUBLISHED-TTL:{_REFRESH}",
        )
        pieces = [_head(head, events).encode(), *entries]
        pieces[-1] += _AFTER.encode()
        return _BEFORE.encode().join(pieces)

    def entry(self, event: Event) -> str:
        """Write an event as it stands in every calendar, but for its first line."""
        if event.id not in self._entries:
            self._entries[event.id] = self._write(event)
        return self._entries[event.id]

    def _write(self, event: Event) -> str:
        moments = times(event)
        changed = compact(event.updated or self._begun)
        # An event keeps its name wherever the site is looked at; so it is made of the campaign's own address.
        site = self.campaign.site.partition("://")[2]
        lines = (
            _line(f"UID:{event.id}@{site}"),
            f"DTSTAMP:{changed}Z",
            f"LAST-MODIFIED:{changed}Z",
            f"SEQUENCE:{event.sequence}",
            *(_moment_lines(moments, event.timezone.key) if moments else _days(event)),
            f"STATUS:{_STATUS[event.status]}",
            *self._texts(event),
            "END:VEVENT",
        )
        return _LINE_END.join(lines)

    def _texts(self, event: Event) -> Iterator[str]:
        page = self.absolute(event.path)
        yield _text("SUMMARY", title(event, self.words))
        # Many programs show no URL, so the description ends in it.
        description = details(event, self.campaign, self.words)
        yield _text("DESCRIPTION", "\n\n".join(filter(None, (description, page))))
        if where := location(event, self.campaign, self.words):
            yield _text("LOCATION", where)
        if event.point:
            latitude, longitude = event.point
            yield f"GEO:{latitude:.6f};{longitude:.6f}"
        yield _line(f"URL:{page}")
        # An ORGANIZER would need a mail address.
        for name in event.organiser:
            yield _text("CONTACT", name)


def title(event: Event, words: Words) -> str:
    """Return an event's title, after its state where it is cancelled or postponed: many programs show only titles."""
    if event.is_confirmed:
        return event.title
    return f"{words.text(f'event_{event.status}')}{words.text('label_end')} {event.title}"


def details(event: Event, campaign: Campaign, words: Words) -> str:
    """Return what is known of an event beside its title, time and place, as plain text."""
    facts = []
    if event.start is None:
        known = event.end and words.text("time_until", end=words.clock(event.end))
        facts.append(known or words.text("time_unknown"))
    if event.sign_up and _is_open(event, campaign):
        facts.append(f"{words.text('sign_up')}{words.text('label_end')} {event.sign_up}")
    if event.accessibility:
        facts.append(
            f"{words.text('accessibility')}{words.text('label_end')} {event.accessibility}"
        )
    return (
        "\n\n".join(filter(None, (event.body.text, "\n".join(facts)))) if facts else event.body.text
    )


def location(event: Event, campaign: Campaign, words: Words) -> str:
    """Return an event's place in one line; where it is only online, the address to sign up at, if there is one."""
    if event.is_online_only:
        known = event.sign_up if _is_open(event, campaign) else None
        return known or words.text("online")
    country = words.country(event.country) if event.country else None
    return words.joined(event.venue, event.address, event.city, event.region_and_code, country)


def place_lines(event: Event, words: Words) -> tuple[str, ...]:
    """Return where an event is, from the building to the country, as far as it is known."""
    city = words.joined(event.city, event.region_and_code)
    country = words.country(event.country) if event.country else None
    return tuple(filter(None, (event.venue, event.address, city, country)))


def times(event: Event) -> tuple[datetime, ...]:
    """Return the moments at which an event begins and ends, as far as they are known; no end without a beginning.

    Where of the end only the day is known, the event goes on until that day is over.
    """
    return _when(event)[0]


def _when(event: Event) -> tuple[tuple[datetime, ...], tuple[Observance, ...]]:
    """Return the moments at which an event begins and ends, and the observances of its zone in which they fall."""
    return _found(event.timezone, event.date, event.start, event.last_day, event.end)


@lru_cache(4096)  # days and hours are those of many events
def _found(
    zone: ZoneInfo, day: date, start: time | None, last_day: date, end: time | None
) -> tuple[tuple[datetime, ...], tuple[Observance, ...]]:
    moments = tuple(_moments(zone, day, start, last_day, end))
    return moments, () if zone.key == "UTC" else tuple(map(observance, moments))


def _moments(
    zone: ZoneInfo, day: date, start: time | None, last_day: date, end: time | None
) -> Iterator[datetime]:
    if start is None:
        return
    yield datetime.combine(day, start, zone)
    if end is not None:
        yield datetime.combine(last_day, end, zone)
    elif last_day != day:
        midnight = datetime.combine(last_day + _DAY, time(), zone)
        # By way of UTC, as clocks may go forward at midnight and never show it.
        yield midnight.astimezone(UTC).astimezone(zone)


def day_after(event: Event) -> date:
    """Return the day after an event's last, which is where calendars end whole days."""
    return event.last_day + _DAY


def _is_open(event: Event, campaign: Campaign) -> bool:
    """Whether the event's page asks to sign up, but for what depends on the day."""
    return campaign.is_live and not event.is_cancelled


def _moment_lines(moments: tuple[datetime, ...], zone: str) -> Iterator[str]:
    """Yield the lines of when an event begins and, where that is known, ends.

    Of an hour that clocks show twice, both Python and RFC 5545 (section 3.3.5) mean the first.
    """
    for name, moment in zip(("DTSTART", "DTEND"), moments, strict=False):
        if zone == "UTC":
            yield f"{name}:{compact(moment)}Z"
        else:
            yield f"{name};TZID={zone}:{compact(moment)}"


def _days(event: Event) -> tuple[str, ...]:
    """Yield the lines of the days of an event whose time is not known; it takes nobody's whole day."""
    return (
        f"DTSTART;VALUE=DATE:{event.date:%Y%m%d}",
        f"DTEND;VALUE=DATE:{day_after(event):%Y%m%d}",
        "TRANSP:TRANSPARENT",
    )


def _head(about: Iterable[str], events: Iterable[Event]) -> str:
    """Return what a calendar has before its events."""
    zones = definitions(it for event in events for it in _when(event)[1])
    return _LINE_END.join((*_BEGINNING, *about, *zones))


def split_entries(calendar: bytes) -> list[bytes]:
    """Take the entries of its events out of a calendar that was written here."""
    # Within an entry no line is like this one: texts have no line breaks, and where a line is
    # folded the next one begins with a space.
    _, *entries = calendar.split(_BEFORE.encode())
    return [*entries[:-1], *(last.removesuffix(_AFTER.encode()) for last in entries[-1:])]


def _text(name: str, value: str) -> str:
    """Write a property whose value is text, with its signs escaped (RFC 5545, section 3.3.11)."""
    if not value.replace("\n", "").isprintable():
        value = _CONTROL.sub("", _LINE_BREAK.sub("\n", value))
    value = value.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return _line(f"{name}:{value}".replace("\n", "\\n"))


def _line(line: str) -> str:
    """Fold a long line, never inside a character (RFC 5545, section 3.1)."""
    if len(line) <= LONGEST_LINE and line.isascii():
        return line
    octets = line.encode()
    parts, start, end = [], 0, LONGEST_LINE
    while end < len(octets):
        while octets[end] & 0xC0 == 0x80:  # noqa: PLR2004 (UTF-8: within a character)
            end -= 1
        parts.append(octets[start:end])
        # The space that begins the next line counts too.
        start, end = end, end + LONGEST_LINE - 1
    parts.append(octets[start:])
    return b"\r\n ".join(parts).decode()
