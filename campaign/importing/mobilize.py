"""Reads an export of the Mobilize API: its public events, one event of ours for each timeslot.

Source: https://github.com/mobilizeamerica/api, section "Event object".
"""

from __future__ import annotations

import json
import math
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from campaign.content.fields import parse_timezone
from campaign.importing.source import (
    FACTS,
    Context,
    Incoming,
    Source,
    degrees,
    lasting_id,
    normalize,
    web_address,
)
from campaign.importing.texts import as_markdown
from campaign.reading.text import decode

# Exports are one long line, as a rule: problems name the event.
_LINE = 1
_COLUMNS = FACTS | {"organiser", "sign_up", "accessibility"}


def read(data: bytes, context: Context) -> Source:
    """Read an export: the answer of the API as it is, or its list of events alone.

    Times are those of the zone that is named; else of the place; else of the campaign's.
    """
    source = Source(context.path, _COLUMNS)
    text, source.problems = decode(data, context.path)
    if source.problems:
        return source
    try:
        answer = json.loads(text)
    except (ValueError, RecursionError) as error:
        line = getattr(error, "lineno", 1)
        source.problem(line, "", "this is not JSON; save the answer of the Mobilize API as it is")
        return source
    events = answer.get("data") if isinstance(answer, dict) else answer
    if not isinstance(events, list):
        remedy = "save the answer of the Mobilize API as it is"
        source.problem(1, "", f"there is no list of events, 'data', in this file; {remedy}")
        return source
    page = _part(answer)
    source.whole = not page.get("next") and not page.get("previous")
    for event in map(_part, events):
        _read_event(event, source, context)
    return source


def _read_event(event: dict[str, Any], source: Source, context: Context) -> None:
    """Take the timeslots of an event that everybody may see."""
    number = _text(event.get("id"))
    shown = f"event {number or 'without an id'}"
    if _text(event.get("visibility")) == "PRIVATE":
        source.skip("not public", shown)
        return
    if _text(event.get("approval_status")) not in {"", "APPROVED"}:
        source.skip("not approved yet", shown)
        return
    slots = event.get("timeslots")
    if not slots or not isinstance(slots, list):
        source.skip("without a timeslot", shown)
        return
    facts = _facts(event)
    zone = _text(event.get("timezone")) or context.find_zone(facts) or context.zone
    for slot in map(_part, slots):
        key = _text(slot.get("id")) or _text(slot.get("start_date"))
        name = lasting_id(f"mobilize-{number}-{key}", facts)
        source.present.add(name)
        try:
            times = _times(slot, parse_timezone(zone))
        except ValueError as error:
            source.problem(_LINE, f"{name}: timeslots", str(error))
            continue
        raw = {**facts, **times, "timezone": zone}
        source.add(Incoming(name, normalize(raw), _LINE, _modified(event)), raw)


def _facts(event: dict[str, Any]) -> dict[str, str]:
    """Return what is the same for all timeslots, without the place of what takes place at somebody's home."""
    place = _part(event.get("location"))
    region = _text(place.get("region"))
    facts = {
        "title": _text(event.get("title")),
        "city": _text(place.get("locality")),
        "region": region,
        "postal_code": _text(place.get("postal_code")),
        "country": _text(place.get("country")) or ("US" if region else ""),
        "online": "yes" if event.get("is_virtual") or not place else "",
        "organiser": _text(_part(event.get("sponsor")).get("name")).replace(";", ","),
        "sign_up": web_address(_text(event.get("browser_url"))),
        "accessibility": _text(event.get("accessibility_notes")),
        "description": as_markdown(_text(event.get("description")) or _text(event.get("summary"))),
    }
    at_home = (
        event.get("address_visibility") == "PRIVATE" or event.get("event_type") == "HOUSE_PARTY"
    )
    if facts["online"] or at_home:
        return facts
    lines = place.get("address_lines")
    point = _part(place.get("location"))
    return {
        **facts,
        "venue": _text(place.get("venue")),
        "address": ", ".join(filter(None, map(_text, lines if isinstance(lines, list) else []))),
        **degrees(_number(point.get("latitude")), _number(point.get("longitude"))),
    }


def _times(slot: dict[str, Any], zone: ZoneInfo) -> dict[str, str]:
    """Return day and times of a timeslot in its place's zone. Raises `ValueError`."""
    start = _moment(slot.get("start_date"))
    if start is None:
        message = "the timeslot has no start_date"
        raise ValueError(message)
    end = _moment(slot.get("end_date"))
    begins = start.astimezone(zone)
    times = {"date": f"{begins:%Y-%m-%d}", "start": f"{begins:%H:%M}"}
    if end and end > start:
        ends = end.astimezone(zone)
        times["end"] = f"{ends:%H:%M}"
        times["end_date"] = f"{ends:%Y-%m-%d}" if ends.date() != begins.date() else ""
    return times


def _modified(event: dict[str, Any]) -> datetime | None:
    try:
        return _moment(event.get("modified_date"))
    except ValueError:
        return None


def _moment(value: object) -> datetime | None:
    """Read seconds since 1970. Raises `ValueError`."""
    seconds = _number(value)
    try:
        return datetime.fromtimestamp(seconds, UTC) if seconds else None
    except (ValueError, OverflowError, OSError):
        message = f"{seconds:g} is no time, in seconds since 1970"
        raise ValueError(message) from None


def _number(value: object) -> float:
    try:
        return float(value) if isinstance(value, int | float) else 0.0
    except OverflowError:
        return math.inf


def _text(value: object) -> str:
    return str(value).strip() if isinstance(value, str | int) and value is not True else ""


def _part(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}
