from dataclasses import replace
from typing import Any

import pytest

from campaign.content.markdown import Body, render
from campaign.events import structured
from tests.samples import campaign, event, letter


def absolute(path: str) -> str:
    return f"https://example.org/trains{path}"


def describe_event(**facts: object) -> dict[str, Any]:
    return structured.event(event(**{"city": "Springfield", **facts}), campaign(), absolute)


def test_the_site_names_itself_and_who_runs_it() -> None:
    found = campaign(organiser={"name": "Friends", "url": "https://friends.example"}, language="de")
    assert structured.website(found, absolute) == {
        "@context": "https://schema.org",
        "@type": "WebSite",
        "name": "Keep the trains",
        "description": "A letter for the night trains.",
        "url": "https://example.org/trains/",
        "inLanguage": "de",
        "publisher": {"@type": "Organization", "name": "Friends", "url": "https://friends.example"},
    }


def test_the_letter_is_an_article_with_what_is_known_of_it() -> None:
    plain = structured.article(letter(), campaign(), absolute)
    assert plain == {
        "@context": "https://schema.org",
        "@type": "Article",
        "headline": "A letter",
        "description": "What it says.",
        "url": "https://example.org/trains/letter/",
        "inLanguage": "en",
        "author": {"@type": "Organization", "name": "All of us"},
        "publisher": {"@type": "Organization", "name": "Friends of the night trains"},
        "isPartOf": {
            "@type": "WebSite",
            "name": "Keep the trains",
            "url": "https://example.org/trains/",
        },
    }
    with_card = campaign(card={"image": "images/card.png", "alt": "A card"})
    assert structured.article(letter(date="2024-05-01"), with_card, absolute) == {
        **plain,
        "datePublished": "2024-05-01",
        "image": "https://example.org/trains/images/card.png",
    }


def test_an_event_of_which_little_is_known_makes_nothing_up() -> None:
    bare = replace(event(city="Springfield"), body=Body())
    assert structured.event(bare, campaign(), absolute) == {
        "@context": "https://schema.org",
        "@type": "Event",
        "name": "Vigil",
        "startDate": "2024-06-14",
        "eventStatus": "https://schema.org/EventScheduled",
        "eventAttendanceMode": "https://schema.org/OfflineEventAttendanceMode",
        "location": {
            "@type": "Place",
            "name": "Springfield",
            "address": {"@type": "PostalAddress", "addressLocality": "Springfield"},
        },
        "url": "https://example.org/trains/events/vigil/",
    }


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        (
            {"start": "18:00", "end": "20:00"},
            {"startDate": "2024-06-14T18:00:00-04:00", "endDate": "2024-06-14T20:00:00-04:00"},
        ),
        ({"end_date": "2024-06-15"}, {"startDate": "2024-06-14", "endDate": "2024-06-15"}),
        ({"status": "cancelled"}, {"eventStatus": "https://schema.org/EventCancelled"}),
        ({"status": "postponed"}, {"eventStatus": "https://schema.org/EventPostponed"}),
        (
            {"organiser": "ACLU; MoveOn"},
            {
                "organizer": [
                    {"@type": "Organization", "name": "ACLU"},
                    {"@type": "Organization", "name": "MoveOn"},
                ]
            },
        ),
        (
            {
                "venue": "The pier",
                "address": "1 Dock St",
                "city": "Springfield",
                "region": "IL",
                "postal_code": "01234",
                "country": "US",
                "latitude": "39.8",
                "longitude": "-89.6",
            },
            {
                "location": {
                    "@type": "Place",
                    "name": "The pier",
                    "address": {
                        "@type": "PostalAddress",
                        "streetAddress": "1 Dock St",
                        "addressLocality": "Springfield",
                        "addressRegion": "IL",
                        "postalCode": "01234",
                        "addressCountry": "US",
                    },
                    "geo": {"@type": "GeoCoordinates", "latitude": 39.8, "longitude": -89.6},
                }
            },
        ),
        (
            {"online": "yes"},
            {
                "eventAttendanceMode": "https://schema.org/OnlineEventAttendanceMode",
                "location": {
                    "@type": "VirtualLocation",
                    "url": "https://example.org/trains/events/vigil/",
                },
            },
        ),
        (
            {
                "online": "mixed",
                "city": "Springfield",
                "sign_up": "https://s.org",
                "source": "https://t.org",
            },
            {
                "eventAttendanceMode": "https://schema.org/MixedEventAttendanceMode",
                "location": [
                    {
                        "@type": "Place",
                        "name": "Springfield",
                        "address": {"@type": "PostalAddress", "addressLocality": "Springfield"},
                    },
                    {"@type": "VirtualLocation", "url": "https://s.org"},
                ],
            },
        ),
        (
            {"online": "yes", "source": "https://t.org"},
            {"location": {"@type": "VirtualLocation", "url": "https://t.org"}},
        ),
    ],
)
def test_an_event_says_what_is_known_of_it(facts: dict[str, object], said: dict[str, Any]) -> None:
    assert describe_event(**facts).items() >= said.items()


@pytest.mark.parametrize(
    ("facts", "described"),
    [
        ({}, False),
        ({"region": "IL", "country": "US"}, False),
        ({"city": "Springfield"}, True),
        ({"venue": "The pier"}, True),
        ({"online": "yes"}, True),
        ({"online": "mixed"}, True),
    ],
)
def test_an_event_in_a_place_without_an_address_is_not_described(
    facts: dict[str, object], *, described: bool
) -> None:
    assert structured.has_location(event(**facts)) is described


def test_a_venue_without_a_street_is_the_address() -> None:
    place = describe_event(venue="The pier")["location"]
    assert place["name"] == "The pier"
    assert place["address"]["streetAddress"] == "The pier"


def test_an_event_is_described_by_its_first_words() -> None:
    told = replace(event(city="Springfield"), body=render("Bring a *lamp* & a friend.\n\nOr two."))
    found = structured.event(told, campaign(), absolute)
    assert found["description"] == "Bring a lamp & a friend."


def test_of_those_who_hold_an_event_the_campaigns_own_organiser_has_a_site() -> None:
    own = campaign(organiser={"name": "Friends", "url": "https://friends.example"})
    found = structured.event(event(city="Springfield", organiser="Friends; ACLU"), own, absolute)
    assert found["organizer"] == [
        {"@type": "Organization", "name": "Friends", "url": "https://friends.example"},
        {"@type": "Organization", "name": "ACLU"},
    ]


def test_an_event_without_a_time_ends_on_a_day_too() -> None:
    found = describe_event(end="20:00", end_date="2024-06-15")
    assert (found["startDate"], found["endDate"]) == ("2024-06-14", "2024-06-15")


def test_an_event_shows_the_campaigns_card() -> None:
    with_card = campaign(card={"image": "images/card.png", "alt": "A card"})
    found = structured.event(event(city="Springfield"), with_card, absolute)
    assert found["image"] == "https://example.org/trains/images/card.png"
