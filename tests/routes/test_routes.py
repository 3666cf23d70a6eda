"""Which pages a site has, and what each is given."""

import re
from datetime import UTC, date, datetime
from typing import Any

import pytest

from campaign import words
from campaign.content.model import Action, Event, Page, Update
from campaign.events.summary import Summary, summarize
from campaign.routes import (
    PAGE_LENGTH,
    EnginePaths,
    PageLink,
    Route,
    Site,
    file_of,
    links_to_lists,
    place_path,
    routes,
)
from campaign.routes.contexts import (
    ActionPage,
    EventList,
    EventPage,
    NotFoundPage,
    RedirectPage,
    TextPage,
    UpdatePage,
)
from campaign.routes.counts import EventCount
from campaign.routes.excerpts import UpdateExcerpt, link_to
from campaign.routes.places import REGIONS_LENGTH, Place
from tests.projects import ROOT
from tests.samples import MADE_BY_ITSELF, action, content, event, page, update

NOW = datetime(2024, 6, 15, 12, tzinfo=UTC)
WORDS = words.load(ROOT / "theme" / "translations", "en")


def make(
    *,
    actions: tuple[Action, ...] = (),
    events: tuple[Event, ...] = (),
    updates: tuple[Update, ...] = (),
    pages: tuple[Page, ...] = (),
    **facts: object,
) -> dict[str, Any]:
    """Return the routes by their paths; `facts` are the campaign's."""
    whole = content(actions=actions, events=events, updates=updates, pages=pages, **facts)
    site = Site(whole, WORDS, NOW, lambda path: f"https://example.org{path}")
    found = list(routes(site))
    made = {route.path: route for route in found}
    assert len(made) == len(found)
    return made


def tallied(*events: Event) -> EventCount:
    """Count events on the day of the tests."""
    over = max(event.ends_at_utc for event in events)
    return EventCount(len(events), over, over <= NOW)


def events_on(*days: str) -> tuple[Event, ...]:
    return tuple(event(id=f"on-{day}", date=day) for day in days)


@pytest.mark.parametrize(
    ("path", "file"),
    [("/", "index.html"), ("/act/write/", "act/write/index.html"), ("/404.html", "404.html")],
)
def test_an_address_is_served_by_one_file(path: str, file: str) -> None:
    assert file_of(path) == file
    assert Route(path, NotFoundPage(), "", "").file == file


def test_the_smallest_site_has_its_fixed_pages() -> None:
    made = make()
    assert set(made) == MADE_BY_ITSELF
    assert not made["/404.html"].indexed
    assert made["/"].title == ""
    assert made["/"].context.latest_update is None
    assert made["/letter/"].data[0]["@type"] == "Article"


def test_a_list_of_nothing_keeps_its_address_but_is_not_shown_by_search_engines() -> None:
    lists = ("/events/", "/events/online/", "/events/past/", "/updates/")
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
    assert (context.previous, context.following) == (link_to(first), link_to(third))
    assert made["/act/step-1/"].context.previous is None
    assert made["/act/step-3/"].context.following is None
    assert made["/act/call/"].context == ActionPage(other, (), None, None)
    assert made["/act/step-1/"].description == "She reads it."
    assert made["/act/call/"].description == "Call them."


def days_in(route: Route, side: str) -> list[str]:
    return [day.isoformat() for day, _ in getattr(route.context, side)]


def test_coming_and_past_events_are_apart_the_next_and_the_last_first() -> None:
    days = ("2024-06-01", "2024-06-02", "2024-06-15", "2024-06-16", "2024-07-01")
    made = make(events=events_on(*days))
    for path in ("/events/", "/events/past/"):
        assert days_in(made[path], "past") == ["2024-06-02", "2024-06-01"]
    assert days_in(made["/events/"], "coming") == ["2024-06-15", "2024-06-16", "2024-07-01"]
    assert days_in(made["/events/past/"], "coming") == []
    context = made["/events/"].context
    assert (context.coming_count, context.past_count) == (3, 2)
    home = made["/"].context
    assert [found.date.isoformat() for found in home.next_events] == list(days[2:])
    assert [found.date.isoformat() for found in home.last_events] == ["2024-06-02", "2024-06-01"]


def test_an_event_that_goes_on_stands_under_today() -> None:
    fair = event(id="fair", date="2024-06-10", end_date="2024-06-20")
    night = event(id="night", date="2024-06-13", end_date="2024-06-15", end="13:00")
    made = make(events=(fair, night, *events_on("2024-06-15", "2024-06-16")))
    assert days_in(made["/events/"], "coming") == ["2024-06-15", "2024-06-16"]
    assert made["/events/"].context.coming[0][1][:2] == (fair, night)


def test_a_past_event_of_several_days_stands_under_its_first_day() -> None:
    fair = event(id="fair", date="2024-06-10", end_date="2024-06-13")
    night = event(id="night", date="2024-06-12", end_date="2024-06-15", end="02:00")
    made = make(events=(fair, *events_on("2024-06-11"), night, *events_on("2024-06-13")))
    for path in ("/events/", "/events/past/"):
        days = ["2024-06-13", "2024-06-12", "2024-06-11", "2024-06-10"]
        assert days_in(made[path], "past") == days


def test_a_list_of_more_than_a_page_has_past_events_elsewhere() -> None:
    coming = events_on(*(f"2024-{month:02}-{day:02}" for month in (7, 8) for day in range(1, 27)))
    past = events_on(*(f"2024-{month:02}-{day:02}" for month in (4, 5) for day in range(1, 27)))
    made = make(events=(*past, *coming))
    assert days_in(made["/events/page/2/"], "coming") == ["2024-08-25", "2024-08-26"]
    assert "/events/page/3/" not in made
    assert made["/events/page/2/"].context.past == ()
    assert made["/events/"].context.past_count == 52
    made = make(events=past)
    assert len(made["/events/"].context.past) == PAGE_LENGTH
    assert "/events/page/2/" not in made
    assert len(made["/events/past/page/2/"].context.past) == 2


def test_only_a_list_that_is_whole_on_its_page_can_be_narrowed() -> None:
    some = events_on("2024-06-01", "2024-07-01")
    many = tuple(event(id=f"e-{number}", date="2024-07-01") for number in range(PAGE_LENGTH + 1))
    assert make(events=some)["/events/"].context.is_whole
    assert not make(events=many)["/events/"].context.is_whole
    assert not make(events=(*some, *many))["/events/"].context.is_whole


def test_a_long_list_goes_on_on_further_pages() -> None:
    many = tuple(
        event(id=f"event-{number}", date="2024-07-01") for number in range(2 * PAGE_LENGTH + 1)
    )
    made = make(events=many)
    first, second, third = (
        made[f"/events/{page}"].pagination for page in ("", "page/2/", "page/3/")
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
    (day,) = made["/events/page/3/"].context.coming
    assert day[1] == many[-1:]


def test_the_ways_to_other_lists_are_on_the_first_page_of_all_events_only() -> None:
    many = tuple(
        event(id=f"e{number}", date="2024-07-01", country="AT") for number in range(PAGE_LENGTH + 1)
    )
    made = make(events=many)
    assert made["/events/"].context.finder
    others = (route for route in made.values() if isinstance(route.context, EventList))
    assert [route.path for route in others if route.context.finder] == ["/events/"]


def test_the_ways_to_other_lists_do_not_grow_with_them() -> None:
    days = [f"2024-{month:02}-{day:02}" for month in (5, 6, 7) for day in range(1, 29)]
    codes = ("AT", "BE", "CA", "CH", "DE", "DK", "ES", "FI", "FR", "GB", "IT", "US")
    made = make(
        events=tuple(
            event(
                id=f"on-{day}-{number}",
                date=day,
                country=codes[(place + number) % len(codes)],
                online="mixed" if number else "no",
            )
            for place, day in enumerate(days)
            for number in range(2)
        )
    )
    finder = made["/events/"].context.finder
    shown = [day.date.isoformat() for _, month in finder.months for day in month]
    assert shown == days[42:50]
    assert finder.day_count == len(days)
    assert (len(finder.places), finder.place_count) == (8, 12)
    assert finder.online.number == len(days)
    assert all(day in made["/events/on/"].context.months[1][1] for day in finder.months[0][1])


def test_when_all_days_are_over_the_ways_lead_to_the_last_ones() -> None:
    made = make(events=events_on("2024-05-30", "2024-06-01"))
    (may, (first,)), (june, (last,)) = made["/events/"].context.finder.months
    assert (may, june) == (date(2024, 5, 1), date(2024, 6, 1))
    assert (first.path, last.path) == ("/events/on/2024-05-30/", "/events/on/2024-06-01/")


def test_the_ways_say_from_when_on_they_lead_only_to_what_is_over() -> None:
    made = make(
        events=(
            event(
                id="fair", date="2024-06-14", end_date="2024-06-15", country="AT", online="mixed"
            ),
            event(id="talk", date="2024-06-14", start="09:00", end="12:00", country="AT"),
            event(id="walk", date="2024-06-10", country="CH"),
        )
    )
    finder = made["/events/"].context.finder
    assert {
        place.country: (place.count.ends_at_utc, place.count.is_past) for place in finder.places
    } == {
        "AT": (datetime(2024, 6, 16, 4, tzinfo=UTC), False),
        "CH": (datetime(2024, 6, 11, 4, tzinfo=UTC), True),
    }
    assert finder.online == EventCount(1, datetime(2024, 6, 16, 4, tzinfo=UTC), is_past=False)
    # On its first day what goes on longer is over at midnight.
    ((_, days),) = made["/events/on/"].context.months
    assert [
        (day.date.day, day.count.number, day.count.ends_at_utc, day.count.is_past) for day in days
    ] == [
        (10, 1, datetime(2024, 6, 11, 4, tzinfo=UTC), True),
        (14, 2, datetime(2024, 6, 15, 4, tzinfo=UTC), True),
        (15, 1, datetime(2024, 6, 16, 4, tzinfo=UTC), False),
    ]
    ((_, shown),) = finder.months
    assert [day.date.day for day in shown] == [15]


def test_a_campaign_in_one_country_leads_to_its_regions_at_once() -> None:
    made = make(
        events=tuple(event(id=code.lower(), country="US", region=code) for code in ("CA", "NY"))
    )
    finder = made["/events/"].context.finder
    assert [place.region for place in finder.places] == ["CA", "NY"]
    made = make(events=(event(country="US"),))
    assert [place.region for place in made["/events/"].context.finder.places] == [None]


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


def test_each_country_and_each_region_has_a_page_with_its_events() -> None:
    here = event(id="here", country="US", region="CA")
    past = event(id="past-one", country="US", region="CA", date="2024-06-01")
    somewhere = event(id="somewhere", country="US")
    there = event(id="there", country="AT")
    made = make(events=(past, there, here, somewhere))
    california = Place("US", "CA", "/events/in/us/ca/", tallied(past, here))
    assert made["/events/in/"].context.countries == (
        Place("AT", None, "/events/in/at/", tallied(there)),
        Place("US", None, "/events/in/us/", tallied(past, here, somewhere), (california,)),
    )
    assert made["/events/in/us/"].context.regions == (california,)
    assert made["/events/in/us/ca/"].context.regions == ()
    assert made["/events/in/us/ca/"].title == "Events in California, United States"
    assert made["/events/in/us/ca/"].context.past == (
        (here.date, (here,)),
        (past.date, (past,)),
    )
    assert made["/events/in/us/"].context.past == (
        (here.date, (here, somewhere)),
        (past.date, (past,)),
    )
    assert made["/events/in/at/"].title == "Events in Austria"


def test_a_country_of_very_many_regions_names_them_on_the_pages_of_its_list() -> None:
    names = [f"Region {number:03}" for number in range(2 * REGIONS_LENGTH + 11)]
    made = make(
        events=tuple(event(id=f"e-{name[7:]}", country="SI", region=name) for name in names)
    )
    pages = [made[f"/events/in/si/{page}"] for page in ("", "page/2/", "page/3/", "page/4/")]
    listed = [[place.region for place in page.context.regions] for page in pages]
    assert listed == [
        names[:REGIONS_LENGTH],
        names[REGIONS_LENGTH : 2 * REGIONS_LENGTH],
        names[2 * REGIONS_LENGTH :],
        [],
    ]
    assert [country.regions for country in made["/events/in/"].context.countries] == [()]


def test_an_event_is_on_the_list_of_each_of_its_days() -> None:
    fair = event(id="fair", date="2024-07-01", end_date="2024-07-03")
    vigil = event(id="vigil", date="2024-07-03")
    made = make(events=(fair, vigil))
    days = {path for path in made if re.match(r"/events/on/\d", path)}
    assert days == {f"/events/on/2024-07-0{day}/" for day in (1, 2, 3)}
    assert made["/events/on/2024-07-02/"].context.day.events == (fair,)
    assert made["/events/on/2024-07-03/"].context.day.events == (fair, vigil)
    assert made["/events/on/2024-07-02/"].title == "Events on Tuesday, July 2, 2024"


def test_a_day_leads_to_the_days_before_and_after_it_that_have_events() -> None:
    made = make(events=events_on("2024-06-01", "2024-06-20", "2024-07-04"))
    first, second, third = (
        made[f"/events/on/{day}/"].context for day in ("2024-06-01", "2024-06-20", "2024-07-04")
    )
    assert (first.previous, third.following) == (None, None)
    assert second.previous == PageLink("Saturday, June 1, 2024", "/events/on/2024-06-01/")
    assert second.following == PageLink("Thursday, July 4, 2024", "/events/on/2024-07-04/")
    assert first.following == third.previous


def test_a_days_events_stand_by_place_those_online_last() -> None:
    facts: dict[str, dict[str, object]] = {
        "aloud": {"online": "yes", "country": "AT"},
        "unknown": {},
        "city": {"city": "Vaduz"},
        "ny": {"country": "US", "region": "NY", "start": "09:00"},
        "ca": {"country": "US", "region": "CA", "online": "mixed", "start": "20:00"},
        "vienna": {"country": "AT"},
    }
    made = make(events=tuple(event(id=name, **values) for name, values in facts.items()))
    groups = made["/events/on/2024-06-14/"].context.places
    assert [(name, [found.id for found in listed]) for name, listed in groups] == [
        ("Austria", ["vienna"]),
        ("California, United States", ["ca"]),
        ("New York, United States", ["ny"]),
        ("Place not known", ["unknown"]),
        ("Vaduz", ["city"]),
        ("Online", ["aloud"]),
    ]


def test_the_list_of_those_online_has_the_mixed_ones_too() -> None:
    modes = ("yes", "no", "mixed")
    made = make(events=tuple(event(id=mode, date="2024-07-01", online=mode) for mode in modes))
    ((_, listed),) = made["/events/online/"].context.coming
    assert [found.id for found in listed] == ["yes", "mixed"]


def test_a_list_says_what_it_lists_and_how_many() -> None:
    made = make(
        events=(
            event(id="a", country="AT"),
            event(id="b", country="AT"),
            event(id="c", online="yes"),
        )
    )
    said = {
        path: route.description
        for path, route in made.items()
        if not isinstance(route.context, EventPage)
    }
    day = "/events/on/2024-06-14/"
    assert said["/events/"] == "Events: 3 events, with day, time and place."
    assert said["/events/past/"] == "Past events: 3 events, with day, time and place."
    assert said["/events/in/at/"] == "Events in Austria: 2 events, with day, time and place."
    assert said["/events/online/"] == "Events online: 1 event, with day, time and place."
    assert said[day] == f"{made[day].title}: 3 events, with day, time and place."
    assert said["/events/on/"] == "The 1 day that has events, with their number."
    assert said["/events/in/"] == "Where in the country there are events, with their numbers."


def test_the_lists_that_check_knows_are_those_that_are_made() -> None:
    some = (
        event(id="fair", end_date="2024-06-16", country="US", region="CA"),
        event(id="here", country="AT"),
        event(id="aloud", online="yes", country="CH"),
        event(id="nowhere"),
    )
    for events in (some, some[2:], ()):
        lists = {path for path in make(events=events) if re.match("/events/(in|on)/", path)}
        known = {
            path for path in EnginePaths(events).paths if re.match("/events/(in|on)/[^.]*$", path)
        }
        assert known == lists


def test_an_event_leads_to_the_lists_that_it_is_in() -> None:
    vigil = event(country="US", region="CA", online="mixed")
    made = make(events=(vigil,))
    ways = links_to_lists(vigil, WORDS)
    assert [way.path for way in ways] == [
        "/events/on/2024-06-14/",
        "/events/in/us/ca/",
        "/events/online/",
        "/events/",
    ]
    assert {way.path for way in ways} <= made.keys()


def test_when_all_is_over_the_lists_say_what_it_came_to() -> None:
    past = event(id="past-one", date="2024-06-01", city="Hamlet", region="WA", country="US")
    for events, sums in ((past,), True), ((past, *events_on("2024-07-01")), False), ((), False):
        made = make(events=events)
        assert bool(made["/"].context.summary) is sums
        assert bool(made["/events/"].context.summary) is sums


def test_the_record_counts_what_was_held_and_where() -> None:
    facts: tuple[dict[str, object], ...] = (
        {"city": "Hamlet", "region": "WA", "country": "US", "date": "2024-06-01"},
        {"city": "Hamlet", "region": "OR", "country": "US", "date": "2024-06-02"},
        {"city": "Hamlet", "region": "OR", "country": "US", "end_date": "2024-06-16"},
        {"city": "Vienna", "country": "AT"},
        {"city": "Graz", "country": "AT", "online": "yes"},
        {"city": "Linz", "country": "DE", "status": "cancelled", "date": "2024-01-01"},
        {"city": "Wels", "country": "DE", "status": "postponed"},
    )
    events = [event(id=f"e-{number}", **values) for number, values in enumerate(facts)]
    assert summarize(events) == Summary(5, 3, 2, 2, date(2024, 6, 1), date(2024, 6, 16))
    assert summarize(events[5:]) is None


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
    assert made["/"].context.latest_update == UpdateExcerpt.of(newest)
    assert made["/updates/"].context.updates == tuple(
        map(UpdateExcerpt.of, (newest, middle, oldest))
    )
    assert made["/updates/b/"].context == UpdatePage(middle, link_to(newest), link_to(oldest))
    assert made["/updates/c/"].context.newer is None
    assert made["/updates/a/"].context.older is None
    assert made["/updates/b/"].og_type == "article"


def test_a_former_address_leads_to_the_page() -> None:
    about = page(aliases=["/who/", "/about.html"])
    made = make(pages=(about,))
    assert made["/about/"].context == TextPage(about)
    for alias in about.aliases:
        assert made[alias].context == RedirectPage("/about/")
        assert not made[alias].indexed
