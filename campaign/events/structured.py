"""Structured data (JSON-LD) for search engines, by schema.org and Google's "Event" and "Article" guides."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from campaign.content.model import Campaign, Event, Letter

Data = dict[str, Any]
Absolute = Callable[[str], str]

_CONTEXT = "https://schema.org"
_STATUS = {
    "confirmed": "EventScheduled",
    "postponed": "EventPostponed",
    "cancelled": "EventCancelled",
}
_ATTENDANCE = {
    "no": "OfflineEventAttendanceMode",
    "yes": "OnlineEventAttendanceMode",
    "mixed": "MixedEventAttendanceMode",
}


def website(campaign: Campaign, absolute: Absolute) -> Data:
    """Describe the whole site."""
    return {
        "@context": _CONTEXT,
        "@type": "WebSite",
        "name": campaign.name,
        "description": campaign.summary,
        "url": absolute("/"),
        "inLanguage": campaign.language,
        "publisher": _organiser(campaign),
    }


def article(letter: Letter, campaign: Campaign, absolute: Absolute) -> Data:
    """Describe the open letter."""
    data: Data = {
        "@context": _CONTEXT,
        "@type": "Article",
        "headline": letter.title,
        "description": letter.summary,
        "url": absolute(letter.path),
        "inLanguage": campaign.language,
        "author": {"@type": "Organization", "name": letter.signed_by},
        "publisher": _organiser(campaign),
        "isPartOf": {"@type": "WebSite", "name": campaign.name, "url": absolute("/")},
    }
    if letter.date:
        data["datePublished"] = letter.date.isoformat()
    if campaign.card:
        data["image"] = absolute(f"/{campaign.card.image}")
    return data


def has_location(event: Event) -> bool:
    """Whether an event can be described: Google asks for the address of a place, and ignores one without."""
    return event.is_online or _has_place(event)


def event(event: Event, campaign: Campaign, absolute: Absolute) -> Data:
    """Describe an event. A time that is not known is left out of its date, and so are offers: nothing is sold."""
    address, starts, ends = absolute(event.path), event.starts, event.ends
    data: Data = {
        "@context": _CONTEXT,
        "@type": "Event",
        "name": event.title,
        "startDate": (starts or event.date).isoformat(),
        "eventStatus": f"{_CONTEXT}/{_STATUS[event.status]}",
        "eventAttendanceMode": f"{_CONTEXT}/{_ATTENDANCE[event.online]}",
        "location": _location(event, address),
        "url": address,
    }
    # Google asks for what the event is, not for its whole story.
    if summary := event.body.text.partition("\n\n")[0]:
        data["description"] = summary
    if event.organiser:
        data["organizer"] = [_organiser_of_event(name, campaign) for name in event.organiser]
    if starts and ends:
        data["endDate"] = ends.isoformat()
    elif event.end_date:
        data["endDate"] = event.end_date.isoformat()
    if campaign.card:
        data["image"] = absolute(f"/{campaign.card.image}")
    return data


def _location(event: Event, address: str) -> Data | list[Data]:
    online: Data = {"@type": "VirtualLocation", "url": event.sign_up or event.source or address}
    if not _has_place(event):
        return online
    parts = {
        "streetAddress": event.address or event.venue,
        "addressLocality": event.city,
        "addressRegion": event.region,
        "postalCode": event.postal_code,
        "addressCountry": event.country,
    }
    postal = {name: value for name, value in parts.items() if value}
    place: Data = {
        "@type": "Place",
        "name": event.venue or event.city or event.address,
        "address": {"@type": "PostalAddress", **postal},
    }
    if event.latitude is not None:
        place["geo"] = {
            "@type": "GeoCoordinates",
            "latitude": event.latitude,
            "longitude": event.longitude,
        }
    return [place, online] if event.is_hybrid else place


def _has_place(event: Event) -> bool:
    return not event.is_online_only and any((event.venue, event.address, event.city))


def _organiser_of_event(name: str, campaign: Campaign) -> Data:
    """Describe who holds an event, with a site of theirs where it is known: that of the campaign's own organiser."""
    if name == campaign.organiser.name:
        return _organiser(campaign)
    return {"@type": "Organization", "name": name}


def _organiser(campaign: Campaign) -> Data:
    data: Data = {"@type": "Organization", "name": campaign.organiser.name}
    if campaign.organiser.url:
        data["url"] = campaign.organiser.url
    return data
