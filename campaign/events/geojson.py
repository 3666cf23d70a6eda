"""The events as data that others can reuse, described in `docs/events-data.md` (GeoJSON, RFC 7946)."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from typing import Any

from campaign.content.model import Event

_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_HEAD, _BETWEEN, _END = b'{"type":"FeatureCollection","features":[\n', b",\n", b"\n]}\n"
# These have a form of their own in the data; every other field of an event stands there as it is.
_FORMED = frozenset(
    {
        "id", "title", "date", "start", "end", "end_date", "timezone", "latitude", "longitude",
        "online", "status", "updated", "sequence", "aliases",
    }
)  # fmt: skip
_PLAIN = tuple(name for name in Event.field_names() if name not in _FORMED)


def collection(_: Iterable[Event], features: Iterable[bytes]) -> bytes:
    """Put what is written of events, of one at least, in UTF-8, into a FeatureCollection, one on a line."""
    lines = list(features)
    lines[0] = _HEAD + lines[0]
    lines[-1] += _END
    return _BETWEEN.join(lines)


def split_features(collection: bytes) -> list[bytes]:
    """Take the features out of a collection that was written here."""
    # A text in JSON has no line breaks.
    lines = collection.split(_BETWEEN)
    lines[0] = lines[0].removeprefix(_HEAD)
    lines[-1] = lines[-1].removesuffix(_END)
    return lines


def feature(event: Event, absolute: Callable[[str], str]) -> str:
    """Write an event as a Feature; `absolute` makes an address of a page's path."""
    return _encode(
        {
            "type": "Feature",
            "id": event.id,
            "geometry": _geometry(event),
            "properties": properties(event, absolute(event.path)),
        }
    )


def _geometry(event: Event) -> dict[str, Any] | None:
    """Return where people meet: first east, then north (RFC 7946, section 3.1.1)."""
    if event.point is None:
        return None
    latitude, longitude = event.point
    return {"type": "Point", "coordinates": [longitude, latitude]}


def properties(event: Event, url: str) -> dict[str, Any]:
    """Return what is known of an event by the names of its fields, with its moments and its page's address."""
    starts, ends = event.starts, event.ends
    properties = {
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
    known = {name: value for name, value in properties.items() if value}
    return {**known, "sequence": event.sequence}
