"""Reads a calendar (RFC 5545): one event of ours for each VEVENT that takes place once."""

from __future__ import annotations

import re
import warnings
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from hashlib import sha256
from typing import Any
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, vDDDTypes, vGeo
from icalendar.timezone import tzp
from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

from campaign.content.fields import parse_timezone
from campaign.content.problems import shorten
from campaign.importing.places import is_web_link, split_location
from campaign.importing.source import (
    FACTS,
    JOINING,
    MEETING,
    Context,
    Incoming,
    Source,
    degrees,
    lasting_id,
    normalize,
    web_address,
)
from campaign.importing.texts import as_markdown, without_joining
from campaign.reading.text import decode

_COLUMNS = FACTS | {"source", "status"}
_READ = frozenset({"SUMMARY", "DTSTART", "DTEND", "DURATION"})
# A long line goes on in the next one (RFC 5545, section 3.1).
_FOLD = re.compile("\r?\n[ \t]")
# A zone as Outlook shows it, `(UTC-06:00) Central Time (US & Canada)`, where its name is asked for,
# or as Exchange calls those that have none, `tzone://Microsoft/Custom`.
_SHOWN_ZONE = re.compile(
    r'^([A-Z-]+(?:;[^:"\r\n]*)?;TZID=)'
    r'((?:\((?:UTC|GMT)[^()\r\n]*\)|tzone:)[^":;\r\n]*)(?=[:;])',
    re.IGNORECASE | re.MULTILINE,
)
# A zone beside a moment that is in UTC, where none may stand (RFC 5545, section 3.2.19).
_ZONE_OF_UTC = re.compile(
    r'^([A-Z-]+(?:;[^:"\r\n]*)?;)TZID=((?:"[^"\r\n]*"|[^":;\r\n]*)(?:;[^:"\r\n]*)?:[0-9]{8}T[0-9]{6}Z)',
    re.IGNORECASE | re.MULTILINE,
)
_ANY_ZONE = re.compile(
    r'^(TZID:|[A-Z-]+(?:;[^:"\r\n]*)?;TZID=)("[^"\r\n]*"|(?<=:)[^\r\n]*|(?:\\.|[^":;\\\r\n])*)',
    re.IGNORECASE | re.MULTILINE,
)
# The longest name of a zone has 32 letters; so many are shown of another.
_LONGEST_ZONE = 60
_LONGEST_NAME_OF_FILE = 200
# Under this name it is kept: to show the moment by its clocks.
_SHOWN_IN = "X-TZID"
# What Outlook writes of an event that has no times (Microsoft's [MS-OXCICAL]).
_ALL_DAY = ("X-MICROSOFT-CDO-ALLDAYEVENT", "X-MICROSOFT-MSNCALENDAR-ALLDAYEVENT")
# What Apple writes of a place that was chosen on a map (RFC 5870, section 3.3).
_APPLES_PLACE = "X-APPLE-STRUCTURED-LOCATION"
_GEO = re.compile(r"geo:(-?[0-9]{1,2}(?:\.[0-9]+)?),(-?[0-9]{1,3}(?:\.[0-9]+)?)(?![0-9.])")


def read(data: bytes, context: Context) -> Source:
    """Read a calendar. Times are those of the place; else of the zone that is named; else of the campaign's.

    A zone is named as the IANA database or as Windows does, by the table of Unicode's CLDR, or is
    defined in the calendar.
    """
    source = Source(context.path, _COLUMNS)
    text, source.problems = decode(data, context.path)
    if source.problems:
        return source
    try:
        with warnings.catch_warnings(action="ignore"):  # they speak of code, not of the calendar
            tzp.use_default()  # which forgets the zones that another calendar defined
            calendars = Calendar.from_ical(_repaired(text), multiple=True)
    except (ValueError, RecursionError, LookupError, AttributeError, TypeError) as error:
        reason = shorten(str(error))
        source.problem(1, "", f"this is not a calendar ({reason}); export it again as .ics")
        return source
    if not calendars or len(calendars) < len(_begins("VCALENDAR", text)):
        source.problem(1, "", "this calendar is not whole; export it again as .ics")
        return source
    lines = iter(_begins("VEVENT", text))
    for calendar in calendars:
        named = _zone_of(str(calendar.get("X-WR-TIMEZONE", "")))
        for event in calendar.walk("VEVENT"):
            if isinstance(event, Event):
                default_zone = named if _is_zone(named) else context.zone
                _read_event(event, next(lines, 1), source, replace(context, zone=default_zone))
    return source


def _repaired(text: str) -> str:
    """Set zones right: those that Outlook does not quote, though a colon is in them, and those of UTC.

    Source: RFC 5545, sections 3.2 and 3.2.19.
    """
    quoted = _SHOWN_ZONE.sub(r'\1"\2"', _FOLD.sub("", text))
    quoted = _ANY_ZONE.sub(_with_searchable_zone, quoted)
    return _ZONE_OF_UTC.sub(rf"\1{_SHOWN_IN}=\2", quoted)


def _with_searchable_zone(found: re.Match[str]) -> str:
    """Return where a zone is defined or named, with a name of it that can be looked for as a file."""
    name = found[2].strip('"')
    if _is_searchable(name):
        return found[0]
    mark = sha256(name.encode()).hexdigest()[:8]
    name = f"{name[:_LONGEST_ZONE]} ({mark})"
    return f"{found[1]}{name}" if found[1].endswith(":") else f'{found[1]}"{name}"'


@lru_cache(256)  # zones are those of many events
def _is_searchable(zone: str) -> bool:
    """Whether no folder is called so, as `America` is, and no name of a file is shorter."""
    if len(zone) > _LONGEST_NAME_OF_FILE:
        return False
    try:
        ZoneInfo(zone.strip("/"))  # as the library looks for it
    except OSError:
        return False
    except (ValueError, LookupError):
        pass
    return True


def _begins(component: str, text: str) -> list[int]:
    """Return the lines where components of a kind begin."""
    begin = f"BEGIN:{component}"
    return [
        number for number, line in enumerate(text.split("\n"), 1) if line.rstrip().upper() == begin
    ]


def _zone_of(name: str) -> str:
    """Return the name in the IANA database of a zone that Windows calls so, or nothing.

    Programs put their own name before it: `/tool.example/Europe/Vienna` (RFC 5545, section 3.2.19).
    """
    name = WINDOWS_TO_OLSON.get(name, name)
    parts = name[-_LONGEST_ZONE:].strip("/").split("/")
    ends = ("/".join(parts[start:]) for start in range(len(parts)))
    return next(filter(_is_zone, ends), "")


def _is_zone(name: str) -> bool:
    try:
        return parse_timezone(name).key != "UTC"
    except ValueError:
        return False


def _read_event(event: Event, line: int, source: Source, context: Context) -> None:
    if _text(event, "CLASS").upper() in {"PRIVATE", "CONFIDENTIAL"}:
        source.skip("not public", f"line {line}")
        return
    if any(name in event for name in ("RRULE", "RDATE", "RECURRENCE-ID")):
        reason = "repeated (RRULE, RDATE or RECURRENCE-ID); enter each day as an event of its own"
        source.skip(reason, f"line {line}")
        source.present.add(lasting_id(_text(event, "UID"), {}))
        return
    facts = _facts(event)
    broken = [f"{name}: {reason}" for name, reason in event.errors if name in _READ]
    try:
        times = _times(event, context.find_zone(normalize(facts)), context.zone)
    except (ValueError, TypeError, AttributeError, OverflowError) as error:
        broken = broken or [f"DTSTART or DTEND: {error}"]
    name = lasting_id(_text(event, "UID"), facts | ({} if broken else times))
    source.present.add(name)
    if broken:
        source.problem(line, "", f"{'; '.join(broken)}; mend it in the calendar")
        return
    if is_web_link(_text(event, "LOCATION")):
        source.skip(MEETING, f"line {line}")
    raw = facts | times
    if without_joining(_text(event, "DESCRIPTION")) != _text(event, "DESCRIPTION"):
        source.skip(JOINING, f"line {line}")
    source.add(Incoming(name, normalize(raw), line, _modified(event), _sequence(event)), raw)


def _facts(event: Event) -> dict[str, str]:
    """Return all but the times. ORGANIZER, ATTENDEE and CONTACT are people, and not read."""
    return {
        "title": _text(event, "SUMMARY"),
        **split_location(_text(event, "LOCATION")),
        **_point(event),
        "source": web_address(_text(event, "URL")),
        "status": _text(event, "STATUS"),
        "description": as_markdown(without_joining(_text(event, "DESCRIPTION"))),
    }


def _point(event: Event) -> dict[str, str]:
    """Return the coordinates of an event as far as it has some."""
    point = _first(event, "GEO")
    if isinstance(point, vGeo):
        return degrees(point.latitude, point.longitude)
    found = _GEO.match(_text(event, _APPLES_PLACE))
    return degrees(float(found[1]), float(found[2])) if found else {}


def _times(event: Event, there: str, default_zone: str) -> dict[str, str]:
    """Return the days and times of an event in its own zone. Raises as icalendar does for what is broken.

    `there` is the zone of its place, empty where that is not known; `usual` counts where it names none either.
    """
    if "DTSTART" not in event:
        message = "there is no DTSTART"
        raise ValueError(message)
    start = _first(event, "DTSTART").dt
    has_end = "DTEND" in event or "DURATION" in event
    end = event.end if has_end else start
    for name, moment in (("DTSTART", start), ("DTEND", end)):
        _refuse_unknown_zone(event, name, moment)
    if not isinstance(start, datetime):
        _refuse_reversed(start, end)
        # The day on which it ends is the first that it does not take in.
        return _days(start, max(start, end - timedelta(days=1)))
    if not isinstance(end, datetime):
        message = "the one is a day and the other a time"
        raise ValueError(message)  # noqa: TRY004 (told like all else that is broken)
    zone = there or _own_zone(event, start) or default_zone
    typed = start, end
    start, end = (_local(moment, parse_timezone(zone)) for moment in typed)
    _refuse_reversed(start.astimezone(UTC), end.astimezone(UTC))
    if any(_text(event, name).upper() == "TRUE" for name in _ALL_DAY):
        for first, last in ((start, end), typed):
            if not any((first.hour, first.minute, last.hour, last.minute)):
                return _days(first.date(), max(first.date(), last.date() - timedelta(days=1)))
    times = {**_days(start.date(), end.date()), "start": f"{start:%H:%M}", "timezone": zone}
    if end.replace(tzinfo=None) > start.replace(tzinfo=None):
        times["end"] = f"{end:%H:%M}"
    return times


def _own_zone(event: Event, start: datetime) -> str:
    """Return the zone that an event names, or nothing."""
    params = _first(event, "DTSTART").params
    key = getattr(start.tzinfo, "key", "")
    if _is_zone(key):
        return str(key)
    return _zone_of(params.get("TZID") or params.get(_SHOWN_IN) or "")


def _local(moment: datetime, zone: ZoneInfo) -> datetime:
    """Return a moment by the clocks of a zone; one that names none is meant by these."""
    return moment.replace(tzinfo=zone) if moment.tzinfo is None else moment.astimezone(zone)


def _refuse_reversed(start: date, end: date) -> None:
    """Raise `ValueError` for an end before the beginning (RFC 5545, section 3.8.2.2)."""
    if end < start:
        message = "it ends before it begins"
        raise ValueError(message)


def _refuse_unknown_zone(event: Event, name: str, moment: date) -> None:
    """Raise `ValueError` for a time whose zone is named and not known: it would be that of another zone."""
    value = _first(event, name)
    named = value.params.get("TZID") if isinstance(value, vDDDTypes) else None
    if named and isinstance(moment, datetime) and moment.tzinfo is None:
        message = (
            f"the timezone '{shorten(named)}' is not known, and the calendar does not define it"
        )
        raise ValueError(message)


def _days(first: date, last: date) -> dict[str, str]:
    return {"date": first.isoformat(), "end_date": last.isoformat() if last > first else ""}


def _modified(event: Event) -> datetime | None:
    value = _first(event, "LAST-MODIFIED")
    moment = value.dt if isinstance(value, vDDDTypes) else None
    return moment.astimezone(UTC) if isinstance(moment, datetime) else None


def _sequence(event: Event) -> int:
    number = _first(event, "SEQUENCE")
    return number if isinstance(number, int) and number > 0 else 0


def _first(event: Event, name: str) -> Any:  # noqa: ANN401 (icalendar's values)
    """Return a property's value, the first one where it stands several times, or None."""
    value = event.get(name)
    return value[0] if isinstance(value, list) else value


def _text(event: Event, name: str) -> str:
    value = _first(event, name)
    return "" if value is None else str(value).strip()
