"""The map: where a place is on it, which events are one dot, and what the page weighs."""

import gzip
from datetime import UTC, datetime
from itertools import combinations
from math import dist
from pathlib import Path

import pytest

from campaign import words
from campaign.addresses import PATHS, Addresses
from campaign.build import assets
from campaign.build.templates import environment, render
from campaign.build.theme import Theme
from campaign.content.model import Event
from campaign.events.map import FINEST, MOST_DOTS, WIDTH, albers_usa, draw, state_of, states
from campaign.reading.reader import read
from campaign.routes import EnginePaths, Route, Site, routes
from campaign.routes.contexts import EventMap
from campaign.routes.event_map import span
from pelicanconf import JINJA_ENVIRONMENT
from tests.conftest import BuiltSite
from tests.many import many_events
from tests.projects import ROOT, write
from tests.samples import content, event

NOW = datetime(2024, 6, 15, 12, tzinfo=UTC)
WORDS = words.load(ROOT / "theme" / "translations", "en")


def at(latitude: float, longitude: float, **facts: object) -> Event:
    return event(latitude=str(latitude), longitude=str(longitude), **facts)


def site(*events: Event) -> Site:
    return Site(content(events=events), WORDS, NOW, lambda path: f"https://example.org{path}")


def page(*events: Event) -> Route | None:
    return next((route for route in routes(site(*events)) if route.path == PATHS.map), None)


def shown(*events: Event) -> EventMap:
    """Return what the page's template is given."""
    found = page(*events)
    assert found is not None
    assert isinstance(found.context, EventMap)
    return found.context


def labels(*events: Event) -> dict[str, str]:
    """Return what the dots say, and where they lead."""
    context = shown(*events)
    return {mark.label: mark.path for mark in (*context.usa, *context.world)}


# The projection


@pytest.mark.parametrize(
    ("latitude", "longitude", "x", "y"),
    [
        (37.7749295, -122.4194155, 107.4, 214.1),
        (40.7143528, -74.0059413, 794.6, 176.5),
        (36.1540, -95.9928, 488.8, 298.0),
        (61.2181, -149.9003, 171.2, 446.9),
        (21.3069, -157.8583, 298.5, 451.0),
    ],
    ids=["San Francisco", "New York", "Tulsa", "Anchorage", "Honolulu"],
)
def test_places_are_where_d3_puts_them(
    latitude: float, longitude: float, x: float, y: float
) -> None:
    """Source: d3-geo, test/projection/albersUsa-test.js, at its scale of 1070 around (480, 250)."""
    found = albers_usa(latitude, longitude)
    assert found is not None
    assert (found.x - 487.5) / 1300 * 1070 + 480 == pytest.approx(x, abs=0.1)
    assert (found.y - 305) / 1300 * 1070 + 250 == pytest.approx(y, abs=0.1)


@pytest.mark.parametrize(
    ("latitude", "longitude"),
    [(18.4, -66.1), (13.5, 144.8), (48.2, 16.4), (-37.8, 144.9), (90, 0), (-90, 180)],
)
def test_what_is_not_among_the_states_is_not_on_their_picture(
    latitude: float, longitude: float
) -> None:
    assert albers_usa(latitude, longitude) is None


def test_each_state_has_an_outline_within_the_picture_around_its_capital() -> None:
    assert len(states()) == 51
    assert (ROOT / "vendor/us-states/states.json").stat().st_size < 8_000
    capital = albers_usa(38.5816, -121.4944)
    assert capital is not None
    left, top, right, bottom = box(states()["CA"].outline)
    assert left < capital.x < right
    assert top < capital.y < bottom
    for state in states().values():
        left, top, right, bottom = box(state.outline)
        # An end of the Aleutian Islands is a little outside, as it is with d3.
        assert -60 < left < right < WIDTH, state.name
        assert 0 < top < bottom <= 610, state.name


def box(outline: str) -> tuple[float, float, float, float]:
    """Return the edges of a path with absolute beginnings and relative steps: left, top, right, bottom."""
    xs, ys = [], []
    for ring in outline.strip("Mz").split("zM"):
        begin, _, line = ring.partition("l")
        x, y = map(int, begin.split())
        numbers = [int(number) for number in line.replace("-", " -").split()]
        for dx, dy in zip([0, *numbers[::2]], [0, *numbers[1::2]], strict=True):
            x, y = x + dx, y + dy
            xs.append(x)
            ys.append(y)
    return min(xs), min(ys), max(xs), max(ys)


@pytest.mark.parametrize("region", ["CA", "ca", "California", "california"])
def test_a_state_is_known_by_its_code_and_by_its_name(region: str) -> None:
    assert state_of(region) == "CA"
    assert state_of(f"Baja {region}") is None


# Dots


def test_the_events_of_a_city_are_one_dot_in_their_middle() -> None:
    facts = {"city": "Chicago", "region": "IL", "country": "US"}
    (dot,) = draw([at(41.8, -87.6, **facts), at(41.9, -87.7, id="b", **facts)]).usa
    middle = albers_usa(41.85, -87.65)
    assert middle is not None
    assert (dot.x, dot.y) == (round(middle.x), round(middle.y))
    assert len(dot.events) == 2


def test_a_dot_grows_with_its_events_but_not_without_end() -> None:
    facts = {"city": "Chicago", "region": "IL", "country": "US"}
    chicago = at(41.8, -87.6, **facts)
    sizes = [draw([chicago] * count).usa[0].radius for count in (1, 4, 25, 10_000, 20_000)]
    assert sizes == [8, 10, 16, 26, 26]


def test_there_are_never_more_dots_than_the_page_has_room_for() -> None:
    for abroad in (0.0, 0.5, 1.0):
        drawing = draw(many_events(3_000, abroad=abroad))
        dots = (*drawing.usa, *drawing.world)
        assert 5 < len(dots) <= MOST_DOTS
        assert sum(len(dot.events) for dot in dots) == 3_000


def test_dots_that_are_near_each_other_are_one() -> None:
    chicago = at(41.8, -87.6, id="a", city="Chicago", region="IL", country="US")
    gary = at(41.6, -87.4, id="b", city="Gary", region="IN", country="US")
    assert len(draw([chicago, gary]).usa) == 1
    dots = draw(many_events(3_000)).usa
    apart = [dist((one.x, one.y), (other.x, other.y)) for one, other in combinations(dots, 2)]
    assert min(apart) > FINEST / 2


def test_neighbouring_countries_are_on_the_picture_of_the_world() -> None:
    drawing = draw([at(43.7, -79.4, country="CA"), at(42.3, -83.0, id="b", country="US")])
    assert [dot.events[0].country for dot in drawing.usa] == ["US"]
    assert [dot.events[0].country for dot in drawing.world] == ["CA"]


@pytest.mark.parametrize(
    "places",
    [
        [(48.2, 16.4)],
        [(0.0, 0.1)],
        [(90.0, 180.0)],
        [(-90.0, -180.0)],
        [(71.0, 10.0), (-54.0, 12.0)],
        [(-41.3, 174.8), (51.5, -0.1), (19.4, -99.1)],
        [(90.0, -180.0), (-90.0, 180.0)],
    ],
)
def test_the_graticule_holds_every_dot_and_is_neither_narrow_nor_flat(
    places: list[tuple[float, float]],
) -> None:
    drawing = draw([at(*place, id=f"e{number}") for number, place in enumerate(places)])
    graticule = drawing.graticule
    assert graticule is not None
    assert WIDTH / 2.01 <= graticule.height <= WIDTH * 1.01
    for dot in drawing.world:
        assert 0 <= dot.x <= WIDTH
        assert 0 <= dot.y <= graticule.height


# The page


def test_without_a_known_place_there_is_no_map() -> None:
    assert page(event(country="US", region="CA")) is None
    assert page(at(1, 1, online="yes")) is None
    assert page() is None


def test_a_state_with_events_leads_to_their_list_and_the_others_are_only_drawn() -> None:
    facts = {"region": "CA", "country": "US"}
    context = shown(at(34, -118, **facts), event(id="b", **facts))
    (area,) = context.areas
    assert (area.state.name, area.place.path, area.place.count.number) == (
        "California",
        "/events/in/us/ca/",
        2,
    )
    assert states()["NV"].outline in context.other_states
    assert states()["CA"].outline not in context.other_states
    assert context.unplaced == 1


def test_a_map_of_other_countries_has_no_states() -> None:
    context = shown(at(48.2, 16.4, city="Vienna", country="AT"))
    assert not context.has_usa
    assert [caption.text for caption in context.captions] == ["Austria"]


def test_no_name_of_a_country_stands_upon_another() -> None:
    captions = shown(
        at(48.2, 16.4, id="a", country="AT"),
        at(48.1, 17.1, id="b", country="SK"),
        at(35.7, 139.7, id="c", country="JP"),
    ).captions
    assert [caption.text for caption in captions] == ["Austria", "Japan"]
    crowd = ("AT", 48.2, 16.4), ("SK", 48.1, 17.1), ("CZ", 49.2, 16.6), ("HU", 47.5, 19.0)
    captions = shown(
        *(at(south, west, id=code.lower(), country=code) for code, south, west in crowd)
    ).captions
    for one, other in combinations(captions, 2):
        is_beside = span(one)[1] < span(other)[0] or span(other)[1] < span(one)[0]
        assert is_beside or abs(one.y - other.y) >= 20
    assert all(0 <= edge <= WIDTH for caption in captions for edge in span(caption))


def test_a_name_stands_before_its_dot_at_the_edge_and_where_another_dot_is_after_it() -> None:
    captions = shown(
        at(51.5, -0.1, id="a", country="FR"),
        at(52.5, 13.4, id="b", country="DE"),
        at(-36.8, 174.8, id="c", country="NZ"),
    ).captions
    assert {caption.text: caption.is_before for caption in captions} == {
        "France": True,
        "Germany": False,
        "New Zealand": True,
    }


def test_a_dot_of_one_event_leads_to_it_and_says_what_it_is() -> None:
    facts = {"city": "Chicago", "region": "IL", "country": "US", "date": "2024-07-01"}
    assert labels(at(41.8, -87.6, **facts)) == {"Vigil, Chicago, July 1, 2024": "/events/vigil/"}
    assert list(labels(at(41.8, -87.6, status="cancelled", **facts))) == [
        "Vigil, Chicago, July 1, 2024, Cancelled"
    ]


def test_a_dot_of_several_leads_to_the_list_of_their_place() -> None:
    chicago = {"city": "Chicago", "region": "IL", "country": "US"}
    two = (at(41.8, -87.6, id="a", **chicago), at(41.8, -87.6, id="b", **chicago))
    assert labels(*two) == {"Chicago, IL: 2 events": "/events/in/us/il/"}
    gary = at(41.6, -87.4, id="c", city="Gary", region="IN", country="US")
    assert labels(gary, *two) == {"Chicago, IL and around: 3 events": "/events/in/us/il/"}


def test_a_dot_of_a_place_without_a_name_leads_to_all_events() -> None:
    assert labels(at(5, 5, id="a"), at(5, 5, id="b")) == {
        "Place not known: 2 events": "/events/",
    }


@pytest.mark.parametrize(("place", "is_known"), [("34.05,-118.24", True), (",", False)])
def test_texts_can_link_to_the_map_where_there_is_one(
    tmp_path: Path, place: str, *, is_known: bool
) -> None:
    write(tmp_path / "events.csv", f"title,date,latitude,longitude\nVigil,2024-07-01,{place}\n")
    assert (PATHS.map in EnginePaths(read(tmp_path).of(Event)).paths) is is_known


# Within the budget


def weight(*events: Event) -> int:
    """Return what the page weighs with its style sheets, compressed."""
    made, addresses = assets.make(ROOT / "theme"), Addresses.preview("https://example.org")
    theme = Theme(site(*events), addresses, made)
    templates = environment([ROOT / "theme" / "templates"], JINJA_ENVIRONMENT, theme)
    route = page(*events)
    assert route is not None
    html = render(templates, route)
    return sum(map(compressed, (html, made.css[""].text, made.css["map"].text)))


def compressed(text: str) -> int:
    return len(gzip.compress(text.encode(), 9, mtime=0))


@pytest.mark.slow
@pytest.mark.parametrize("abroad", [0.0, 0.3], ids=["in the USA", "and abroad"])
def test_the_page_of_ten_thousand_events_is_within_the_budget(abroad: float) -> None:
    assert weight(*many_events(10_000, abroad=abroad)) < 14_000


def test_the_shipped_site_has_a_map_whose_links_lead_somewhere(shipped_site: BuiltSite) -> None:
    page = shipped_site.pages["/events/map/"]
    links = [link.get("href") for link in page.all("{http://www.w3.org/2000/svg}a")]
    assert "/events/in/us/ca/" in links
    for link in links:
        assert link in shipped_site.pages
