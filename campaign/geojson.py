"""The events as data that others can reuse, described in `docs/events-data.md` (GeoJSON, RFC 7946)."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from typing import Any

from campaign.model import Event

_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
# Fields that are data as they are.
_PLAIN = (
    "venue",
    "address",
    "city",
    "region",
    "postal_code",
    "country",
    "organiser",
    "sign_up",
    "source",
    "accessibility",
)


def collection(events: Iterable[Event], absolute: Callable[[str], str]) -> str:
    """Write events as a FeatureCollection, one a line; `absolute` makes an address of a page's path."""
    features = ",\n".join(_encode(_feature(event, absolute(event.path))) for event in events)
    return f'{{"type":"FeatureCollection","features":[\n{features}\n]}}\n'


def _feature(event: Event, url: str) -> dict[str, Any]:
    return {
        "type": "Feature",
        "id": event.id,
        "geometry": _geometry(event),
        "properties": _properties(event, url),
    }


def _geometry(event: Event) -> dict[str, Any] | None:
    """Give where people meet: first east, then north (RFC 7946, section 3.1.1)."""
    if event.point is None:
        return None
    latitude, longitude = event.point
    return {"type": "Point", "coordinates": [longitude, latitude]}


def _properties(event: Event, url: str) -> dict[str, Any]:
    """Give what is known of an event by the names of its fields, with its moments and its page's address."""
    starts, ends = event.starts, event.ends
    told = {
        "title": event.title,
        "url": url,
        "date": event.date.isoformat(),
        "start": event.start and event.start.isoformat("minutes"),
        "end": event.end and event.end.isoformat("minutes"),
        "end_date": event.end_date and event.end_date.isoformat(),
        "timezone": event.timezone.key,
        "starts": starts and starts.isoformat(),
        "ends": ends and ends.isoformat(),
        **{name: getattr(event, name) for name in _PLAIN},
        "online": event.online,
        "status": event.status,
        "description": event.body.text,
        "updated": event.updated and event.updated.isoformat(),
    }
    known = {name: value for name, value in told.items() if value}
    return {**known, "sequence": event.sequence}
