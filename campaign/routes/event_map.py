"""The page that shows on a picture where events are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from campaign.addresses import PATHS
from campaign.events.map import US_HEIGHT, WIDTH, Dot, draw, state_of, states
from campaign.routes import contexts
from campaign.routes.contexts import Area, Caption, Marker
from campaign.routes.page import Route
from campaign.routes.places import Place, overview, place_path
from campaign.routes.site import Site
from campaign.words import Words

# Of captions, in units of the picture; a letter's width is that of most.
LETTER_WIDTH, LINE_HEIGHT, GAP = 10, 20, 6


def map_routes(site: Site) -> Iterator[Route]:
    """Yield the page of the map, where there is something to show on it."""
    events = [event for event in site.events if not event.is_online_only]
    placed = [event for event in events if event.point]
    if not placed:
        return
    drawing = draw(placed)
    areas = _areas(place for country in site.countries for place in country.regions)
    others = [state.outline for code, state in states().items() if code not in areas]
    context = contexts.EventMap(
        areas=tuple(areas.values()),
        other_states="".join(others),
        has_usa=bool(areas or drawing.usa),
        usa=tuple(_marker(dot, site.words) for dot in drawing.usa),
        world=tuple(_marker(dot, site.words) for dot in drawing.world),
        captions=_captions(drawing.world, site.words),
        graticule=drawing.graticule,
        countries=overview(site.countries),
        unplaced=len(events) - len(placed),
        height=US_HEIGHT,
    )
    title, description = site.words.text("map_title"), site.words.text("map_description")
    yield Route(PATHS.map, context, title, description)


def _areas(places: Iterable[Place]) -> dict[str, Area]:
    """Return the states that have events, by their codes."""
    found: dict[str, Area] = {}
    for place in places:
        code = state_of(place.region) if place.country == "US" and place.region else None
        if code:
            found[code] = Area(states()[code], place)
    return dict(sorted(found.items()))


def _marker(dot: Dot, words: Words) -> Marker:
    """Link the dot of one event to it, and that of several to the list of the place that has the most of them."""
    if len(dot.events) == 1:
        (event,) = dot.events
        status = words.text(f"event_{event.status}") if not event.is_confirmed else ""
        label = words.joined(event.title, event.city, words.date(event.date), status)
        return Marker(dot, event.path, label)
    chief = dot.chief
    country = words.country(chief.country) if chief.country else ""
    place = words.joined(chief.city, chief.region) or country or words.text("place_unknown")
    count = words.text("events_count", count=len(dot.events))
    key = "map_dot" if dot.is_one_city else "map_dot_around"
    label = words.text(key, place=place, events=count)
    return Marker(dot, place_path(chief) or PATHS.events, label)


def _captions(dots: Iterable[Dot], words: Words) -> tuple[Caption, ...]:
    """Name each country beside its largest dot, upon no other name, and upon another dot only where it must be."""
    found: dict[str, Caption] = {}
    spots = tuple(dots)
    for dot in sorted(spots, key=lambda dot: -len(dot.events)):
        code = dot.chief.country
        if code and code not in found:
            away, text = dot.radius + GAP, words.country(code)
            both = (
                Caption(dot.x + away, dot.y + GAP, text, is_before=False),
                Caption(dot.x - away, dot.y + GAP, text, is_before=True),
            )
            free = [it for it in both if _is_free(it, found.values())]
            clear = [it for it in free if not any(_covers(it, other) for other in spots)]
            if free:
                found[code] = (clear or free)[0]
    return tuple(found.values())


def _is_free(caption: Caption, others: Iterable[Caption]) -> bool:
    """Whether a name is within the picture, and on no other one."""
    left, right = span(caption)
    return left >= 0 and right <= WIDTH and not any(_collide(caption, it) for it in others)


def _collide(one: Caption, other: Caption) -> bool:
    return _overlap(span(one), span(other)) and abs(one.y - other.y) < LINE_HEIGHT


def _covers(caption: Caption, dot: Dot) -> bool:
    across = dot.x - dot.radius, dot.x + dot.radius
    return _overlap(span(caption), across) and abs(caption.y - GAP - dot.y) < LINE_HEIGHT // 2


def span(caption: Caption) -> tuple[int, int]:
    """Return from where to where a caption goes, about."""
    width = LETTER_WIDTH * len(caption.text)
    return (caption.x - width, caption.x) if caption.is_before else (caption.x, caption.x + width)


def _overlap(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one[0] <= other[1] and other[0] <= one[1]
