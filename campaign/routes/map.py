"""The page that shows on a picture where events are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from campaign.addresses import PATHS
from campaign.events.map import US_HEIGHT, WIDTH, Dot, State, draw, state_of, states
from campaign.routes.page import Route
from campaign.routes.places import Place, overview, place_path
from campaign.routes.site import Site
from campaign.words import Words

# Of captions, in units of the picture; a letter's width is that of most.
LETTER_WIDTH, LINE_HEIGHT, GAP = 10, 20, 6


@dataclass(frozen=True)
class Mark:
    """A dot that can be pressed: where it leads, and what it says."""

    dot: Dot
    path: str
    label: str


@dataclass(frozen=True)
class Caption:
    """The name of a country after its largest dot, or before it, where it ends at `x`."""

    x: int
    y: int
    text: str
    before: bool

    @property
    def span(self) -> tuple[int, int]:
        """From where to where it goes, about."""
        width = LETTER_WIDTH * len(self.text)
        return (self.x - width, self.x) if self.before else (self.x, self.x + width)


@dataclass(frozen=True)
class Area:
    """A state that has events, and the list of them."""

    state: State
    place: Place


def map_routes(site: Site) -> Iterator[Route]:
    """Yield the page of the map, where there is something to show on it."""
    events = [event for event in site.events if not event.is_online_only]
    placed = [event for event in events if event.point]
    if not placed:
        return
    drawing = draw(placed)
    areas = _areas(place for country in site.countries for place in country.regions)
    bare = [state.outline for code, state in states().items() if code not in areas]
    context = {
        "areas": tuple(areas.values()),
        "bare": "".join(bare),
        "width": WIDTH,
        "height": US_HEIGHT,
        "has_usa": bool(areas or drawing.usa),
        "usa": tuple(_mark(dot, site.words) for dot in drawing.usa),
        "world": tuple(_mark(dot, site.words) for dot in drawing.world),
        "captions": _captions(drawing.world, site.words),
        "graticule": drawing.graticule,
        "countries": overview(site.countries),
        "unplaced": len(events) - len(placed),
    }
    title, description = site.words.text("map_title"), site.words.text("map_description")
    yield Route(PATHS.map, "map", title, description, context)


def _areas(places: Iterable[Place]) -> dict[str, Area]:
    """Return the states that have events, by their codes."""
    found: dict[str, Area] = {}
    for place in places:
        code = state_of(place.region) if place.country == "US" and place.region else None
        if code:
            found[code] = Area(states()[code], place)
    return dict(sorted(found.items()))


def _mark(dot: Dot, words: Words) -> Mark:
    """Link the dot of one event to it, and that of several to the list of the place that has the most of them."""
    if len(dot.events) == 1:
        (event,) = dot.events
        status = words.text(f"event_{event.status}") if not event.is_confirmed else ""
        label = words.joined(event.title, event.city, words.date(event.date), status)
        return Mark(dot, event.path, label)
    chief = dot.chief
    country = words.country(chief.country) if chief.country else ""
    place = words.joined(chief.city, chief.region) or country or words.text("place_unknown")
    count = words.text("events_count", count=len(dot.events))
    key = "map_dot" if dot.is_one_city else "map_dot_around"
    label = words.text(key, place=place, events=count)
    return Mark(dot, place_path(chief) or PATHS.events, label)


def _captions(dots: Iterable[Dot], words: Words) -> tuple[Caption, ...]:
    """Name each country beside its largest dot, upon no other name, and upon another dot only where it must be."""
    found: dict[str, Caption] = {}
    spots = tuple(dots)
    for dot in sorted(spots, key=lambda dot: -len(dot.events)):
        code = dot.chief.country
        if code and code not in found:
            away, text = dot.radius + GAP, words.country(code)
            both = (
                Caption(dot.x + away, dot.y + GAP, text, before=False),
                Caption(dot.x - away, dot.y + GAP, text, before=True),
            )
            free = [it for it in both if _is_free(it, found.values())]
            clear = [it for it in free if not any(_covers(it, other) for other in spots)]
            if free:
                found[code] = (clear or free)[0]
    return tuple(found.values())


def _is_free(caption: Caption, others: Iterable[Caption]) -> bool:
    """Whether a name is within the picture, and on no other one."""
    left, right = caption.span
    return left >= 0 and right <= WIDTH and not any(_collide(caption, it) for it in others)


def _collide(one: Caption, other: Caption) -> bool:
    return _overlap(one.span, other.span) and abs(one.y - other.y) < LINE_HEIGHT


def _covers(caption: Caption, dot: Dot) -> bool:
    across = dot.x - dot.radius, dot.x + dot.radius
    return _overlap(caption.span, across) and abs(caption.y - GAP - dot.y) < LINE_HEIGHT // 2


def _overlap(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one[0] <= other[1] and other[0] <= one[1]
