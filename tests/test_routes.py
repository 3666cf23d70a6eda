"""Which pages a site has, and what each is given."""

from datetime import UTC, date, datetime

import pytest

from campaign import words
from campaign.model import Action, Content, Event, Page, Update
from campaign.routes import PAGE_LENGTH, Route, Site, file_of, place_path, routes
from campaign.routes.events import Place
from tests.projects import ROOT
from tests.samples import action, campaign, event, letter, page, update

NOW = datetime(2024, 6, 15, 12, tzinfo=UTC)
WORDS = words.load(ROOT / "theme" / "translations", "en")


def make(
    *,
    actions: tuple[Action, ...] = (),
    events: tuple[Event, ...] = (),
    updates: tuple[Update, ...] = (),
    pages: tuple[Page, ...] = (),
    **facts: object,
) -> dict[str, Route]:
    """Give the routes by their paths; `facts` are the campaign's."""
    content = Content(campaign(**facts), letter(), actions, events, updates, pages, frozenset(), {})
    site = Site(content, WORDS, NOW, lambda path: f"https://example.org{path}")
    found = list(routes(site))
    made = {route.path: route for route in found}
    assert len(made) == len(found)
    return made


def events_on(*days: str) -> tuple[Event, ...]:
    return tuple(event(id=f"on-{day}", date=day) for day in days)


@pytest.mark.parametrize(
    ("path", "file"),
    [("/", "index.html"), ("/act/write/", "act/write/index.html"), ("/404.html", "404.html")],
)
def test_an_address_is_served_by_one_file(path: str, file: str) -> None:
    assert file_of(path) == file
    assert Route(path, "page", "", "").file == file


def test_the_smallest_site_has_its_fixed_pages() -> None:
    made = make()
    assert set(made) == {
        "/",
        "/letter/",
        "/act/",
        "/events/",
        "/events/past/",
        "/updates/",
        "/404.html",
    }
    assert not made["/404.html"].indexed
    assert made["/"].title == ""
    assert made["/"].context["latest_update"] is None
    assert made["/letter/"].data[0]["@type"] == "Article"


def test_a_list_of_nothing_keeps_its_address_but_is_not_shown_by_search_engines() -> None:
    lists = ("/events/", "/events/past/", "/updates/")
    assert [path for path in lists if make()[path].indexed] == []
    made = make(events=events_on("2024-07-01"), updates=(update(),))
    assert [path for path in lists if made[path].indexed] == ["/events/", "/updates/"]
    made = make(events=events_on("2024-06-01"))
    assert [path for path in lists if made[path].indexed] == ["/events/", "/events/past/"]


@pytest.mark.parametrize("status", ["won", "lost", "ended"])
def test_a_campaign_that_is_over_tells_of_its_actions_instead_of_asking(status: str) -> None:
    live, closed = make()["/act/"], make(status=status, closing="It is over.")["/act/"]
    assert live.title == WORDS.text("actions_title")
    assert live.description == WORDS.text("actions_description")
    assert closed.title == WORDS.text("actions_title_closed")
    assert closed.description == WORDS.text("actions_description_closed")


def test_each_step_knows_its_neighbours_and_a_further_action_none() -> None:
    first, second, third = (action(number, slug=f"step-{number}") for number in (1, 2, 3))
    other = action(slug="call", summary="Call them.")
    made = make(actions=(first, second, third, other))
    context = made["/act/step-2/"].context
    assert (context["previous"], context["following"]) == (first, third)
    assert made["/act/step-1/"].context["previous"] is None
    assert made["/act/step-3/"].context["following"] is None
    assert made["/act/call/"].context == {"action": other, "previous": None, "following": None}
    assert made["/act/step-1/"].description == "She reads it."
    assert made["/act/call/"].description == "Call them."


def test_upcoming_and_past_events_are_apart_the_next_and_the_last_first() -> None:
    made = make(
        events=events_on("2024-06-01", "2024-06-02", "2024-06-15", "2024-06-16", "2024-07-01")
    )
    upcoming, past = made["/events/"].context["upcoming"], made["/events/past/"].context["past"]
    assert [day.isoformat() for day, _ in upcoming] == ["2024-06-15", "2024-06-16", "2024-07-01"]
    assert [day.isoformat() for day, _ in past] == ["2024-06-02", "2024-06-01"]
    assert made["/events/"].context["past"] == ()
    assert (made["/events/"].context["upcoming_count"], made["/events/"].context["past_count"]) == (
        3,
        2,
    )
    assert [found.id for found in made["/"].context["next_events"]] == [
        "on-2024-06-15",
        "on-2024-06-16",
        "on-2024-07-01",
    ]
    assert [found.id for found in made["/"].context["last_events"]] == [
        "on-2024-06-02",
        "on-2024-06-01",
    ]


def test_where_no_event_is_to_come_the_past_ones_are_shown() -> None:
    made = make(events=events_on("2024-06-01", "2024-06-02"))
    assert made["/events/"].context["upcoming"] == ()
    assert [day.isoformat() for day, _ in made["/events/"].context["past"]] == [
        "2024-06-02",
        "2024-06-01",
    ]


def test_a_long_list_goes_on_on_further_pages() -> None:
    many = tuple(
        event(id=f"event-{number}", date="2024-07-01") for number in range(2 * PAGE_LENGTH + 1)
    )
    made = make(events=many)
    first, second, third = (
        made[f"/events/{page}"].context["pagination"] for page in ("", "page/2/", "page/3/")
    )
    assert (first.number, first.count, first.previous, first.next) == (
        1,
        3,
        None,
        "/events/page/2/",
    )
    assert (second.previous, second.next) == ("/events/", "/events/page/3/")
    assert (third.previous, third.next) == ("/events/page/2/", None)
    assert "/events/page/4/" not in made
    (day,) = made["/events/page/3/"].context["upcoming"]
    assert day[1] == many[-1:]


def test_the_places_are_named_on_the_first_page_of_a_list_only() -> None:
    many = tuple(event(id=f"e{number}", country="AT") for number in range(PAGE_LENGTH + 1))
    made = make(events=tuple(found.model_copy(update={"date": date(2024, 7, 1)}) for found in many))
    assert made["/events/"].context["places"]
    assert not made["/events/page/2/"].context["places"]


@pytest.mark.parametrize(
    ("facts", "path"),
    [
        ({}, None),
        ({"country": "US"}, "/events/in/us/"),
        ({"country": "US", "region": "New York"}, "/events/in/us/new-york/"),
        ({"country": "US", "online": "yes"}, None),
        ({"country": "US", "online": "mixed"}, "/events/in/us/"),
    ],
)
def test_an_event_belongs_to_its_region_or_country(
    facts: dict[str, object], path: str | None
) -> None:
    assert place_path(event(**facts)) == path


def test_each_place_has_a_page_with_its_events() -> None:
    here = event(id="here", country="US", region="CA")
    past = event(id="past-one", country="US", region="CA", date="2024-06-01")
    there = event(id="there", country="AT")
    made = make(events=(past, there, here))
    assert made["/events/"].context["places"] == (
        Place("AT", None, "/events/in/at/", 1),
        Place("US", "CA", "/events/in/us/ca/", 2),
    )
    assert made["/events/in/us/ca/"].title == "Events in CA, United States"
    assert made["/events/in/us/ca/"].context["past"] == (
        (here.date, (here,)),
        (past.date, (past,)),
    )
    assert made["/events/in/at/"].title == "Events in Austria"


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({}, "Friday, June 14, 2024"),
        (
            {"venue": "The pier", "city": "Springfield", "region": "IL", "country": "US"},
            "Friday, June 14, 2024, The pier, Springfield, IL",
        ),
        ({"online": "yes", "city": "Springfield"}, "Friday, June 14, 2024, Online"),
    ],
)
def test_an_event_is_described_by_when_and_where(facts: dict[str, object], said: str) -> None:
    assert make(events=(event(**facts),))["/events/vigil/"].description == said


def test_each_update_knows_the_newer_and_the_older_one() -> None:
    newest, middle, oldest = (update(slug=slug) for slug in ("c", "b", "a"))
    made = make(updates=(newest, middle, oldest))
    assert made["/"].context["latest_update"] is newest
    assert made["/updates/"].context["updates"] == (newest, middle, oldest)
    assert made["/updates/b/"].context == {"update": middle, "newer": newest, "older": oldest}
    assert made["/updates/c/"].context["newer"] is None
    assert made["/updates/a/"].context["older"] is None
    assert made["/updates/b/"].og_type == "article"


def test_a_former_address_leads_to_the_page() -> None:
    about = page(aliases=["/who/", "/about.html"])
    made = make(pages=(about,))
    assert made["/about/"].context == {"page": about}
    for alias in about.aliases:
        assert made[alias].template == "redirect"
        assert made[alias].context == {"target": "/about/"}
        assert not made[alias].indexed
