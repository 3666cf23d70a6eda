"""A component's examples: written once, rendered for the tests, and shown as pages to the audit.

A component is a macro file of the theme, `theme/templates/macros/<name>.html`; its examples are in
`theme/examples/<name>.yaml`. `imports` are the macros that they call. Each has a `name`; objects
with their fields as an editor writes them (`OBJECTS`); a `template` that calls the macros;
`shows`, what a reader then finds; `hides`, what a reader does not; and `leads_to`, the addresses
of links. `apart: true` gives an example a page of its own, as what it shows stands on a page once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any, cast

import yaml
from markupsafe import Markup

from campaign import words
from campaign.addresses import Addresses
from campaign.build import assets
from campaign.build.templates import environment
from campaign.build.theme import Theme
from campaign.checking import check
from campaign.content.markdown import render
from campaign.content.model import KINDS, Event, Kind, Numbered, Titled
from campaign.content.problems import Origin
from campaign.content.text import slugify
from campaign.events.summary import Summary
from campaign.reading.parsing import build
from campaign.routes import Pagination, Route, Site, file_of
from campaign.routes.contexts import Context, Finder
from campaign.routes.counts import EventCount
from campaign.routes.days import Day, by_month
from campaign.routes.places import Place
from campaign.sharing import ShareLink, ShareLinks
from pelicanconf import JINJA_ENVIRONMENT

#: The campaign to which the examples belong, and the moment that counts as now on their pages.
CAMPAIGN = Path(__file__).parent.parent / "tests" / "sites" / "minimal"
NOW = datetime(2024, 6, 15, 12, tzinfo=UTC)

#: One page of examples, each below its name.
PAGE = """\
{% extends "base.html" %}
{% block main %}
  <h1>{{ here.title }}</h1>
  {% for name, shown in fragments.items() %}
    <section class="flow">
      <h2 class="label">{{ name }}</h2>
      <div>{{ shown }}</div>
    </section>
  {% endfor %}
{% endblock %}
"""


@dataclass(frozen=True)
class Example:
    """One use of a component: what its template is given, and what a reader then finds."""

    name: str
    template: str
    shows: tuple[str, ...]
    hides: tuple[str, ...] = ()
    leads_to: tuple[str, ...] = ()
    apart: bool = False
    objects: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Component:
    """A macro file of the theme: its name, the macros that its examples call, and those."""

    name: str
    imports: tuple[str, ...]
    examples: tuple[Example, ...]

    def template(self, example: Example) -> str:
        """Return an example's template with the import of the macros that it calls."""
        names = ", ".join(self.imports)
        return f'{{% from "macros/{self.name}.html" import {names} %}}{example.template}'


def read(theme: Path) -> tuple[Component, ...]:
    """Read the examples of all components. Raises `ValueError` where one is not as it should be."""
    return tuple(_component(file) for file in sorted(theme.glob("examples/*.yaml")))


class Renderer:
    """Renders examples as the site at an address would show them."""

    def __init__(self, theme: Path, published: str = "https://example.org") -> None:
        content = check(CAMPAIGN, theme)[0].content()
        addresses = Addresses.published(published)
        texts = words.load(theme / "translations", content.campaign.language)
        self.assets = assets.make(theme)
        shown = Theme(Site(content, texts, NOW, addresses.absolute), addresses, self.assets)
        self.environment = environment([theme / "templates"], JINJA_ENVIRONMENT, shown)

    def fragment(self, component: Component, example: Example) -> Markup:
        """Return an example's HTML alone."""
        template = self.environment.from_string(component.template(example))
        # Safe: this is what a template made, with every text escaped.
        return Markup(template.render(example.objects))  # noqa: S704

    def pages(self, component: Component) -> Iterator[tuple[str, str]]:
        """Yield the address and the HTML of each page of a component's examples."""
        path = f"/examples/{component.name}/"
        together = [example for example in component.examples if not example.apart]
        yield path, self._page(path, component, together)
        for example in component.examples:
            if example.apart:
                own = f"{path}{slugify(example.name)}/"
                yield own, self._page(own, component, [example])

    def _page(self, path: str, component: Component, examples: list[Example]) -> str:
        fragments = {example.name: self.fragment(component, example) for example in examples}
        title = f"Examples: {component.name}"
        here = Route(
            path, Context(), title, f"How the component {component.name} looks.", indexed=False
        )
        return self.environment.from_string(PAGE).render(here=here, fragments=fragments)


def write(folder: Path, published: str, theme: Path) -> None:
    """Write all examples as pages, with what they need, below `/examples/` of the site in a folder.

    `published` is the site's address; no search engine is to index these pages.
    """
    renderer = Renderer(theme, published)
    files = [(asset.path, asset.text) for asset in renderer.assets.files]
    for component in read(theme):
        files += renderer.pages(component)
    for path, text in files:
        file = folder / file_of(path)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")


def _component(file: Path) -> Component:
    """Read one file; every value in it is a text, as it is in front matter."""
    data = yaml.load(file.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)  # noqa: S506 (texts only)
    examples = []
    for given in data["examples"]:
        try:
            examples.append(_example(dict(given)))
        except (KeyError, TypeError, ValueError) as error:
            message = f"{file.name}: {given.get('name')}: {error}"
            raise ValueError(message) from error
    return Component(file.stem, tuple(data["imports"]), tuple(examples))


def _example(given: dict[str, Any]) -> Example:
    return Example(
        name=given.pop("name"),
        template=given.pop("template"),
        shows=tuple(given.pop("shows")),
        hides=tuple(given.pop("hides", ())),
        leads_to=tuple(given.pop("leads_to", ())),
        apart=given.pop("apart", "false") == "true",
        objects={name: OBJECTS[name](value) for name, value in given.items()},
    )


def _make(kind: type[Kind], given: Mapping[str, Any]) -> Kind:
    """Make an object of the model; what reading would take from a file's name may be left out."""
    data = dict(given)
    derived: dict[str, Any] = {"body": render(data.pop("body", "Text."))}
    if issubclass(kind, Numbered):
        derived["number"] = int(data.pop("number")) if "number" in data else None
    if issubclass(kind, Titled):
        data.setdefault("slug", slugify(data["title"]))
    elif issubclass(kind, Event):
        data.setdefault("id", slugify(data["title"]))
        data.setdefault("timezone", "UTC")
    found, problems = build(kind, data, Origin("theme/examples"), derived)
    if found is None or problems:
        raise ValueError("; ".join(f"{problem.field}: {problem.message}" for problem in problems))
    return found


def _several(make: Callable[[Any], object], given: list[Any]) -> tuple[object, ...]:
    return tuple(make(item) for item in given)


def _pagination(given: Mapping[str, str]) -> Pagination:
    number, count = int(given["number"]), int(given["count"])
    return Pagination(number, count, given.get("previous"), given.get("next"))


def _place(given: Mapping[str, Any]) -> Place:
    regions = tuple(map(_place, given.get("regions", ())))
    return Place(given["country"], given.get("region"), given["path"], _count(given), regions)


def _day(given: Mapping[str, str]) -> Day:
    """Make a day that has so many events."""
    event = cast("Event", _make(Event, {"title": "Vigil", "date": given["date"]}))
    return Day(event.date, given["path"], (event,) * int(given["count"]), _count(given))


def _count(given: Mapping[str, Any]) -> EventCount:
    """Count the events of a list, which are over where it is said that they are `past`."""
    is_past = given.get("past") == "yes"
    return EventCount(int(given["count"]), NOW if is_past else NOW + timedelta(days=30), is_past)


def _finder(given: Mapping[str, Any]) -> Finder:
    return Finder(
        by_month(map(_day, given["days"])),
        int(given["day_count"]),
        tuple(map(_place, given["places"])),
        int(given["place_count"]),
        _count(given["online"]) if "online" in given else None,
    )


def _summary(given: Mapping[str, str]) -> Summary:
    return Summary(
        events=int(given["events"]),
        cities=int(given["cities"]),
        regions=int(given["regions"]),
        countries=int(given["countries"]),
        first=date.fromisoformat(given["first"]),
        last=date.fromisoformat(given["last"]),
    )


def _link(given: Mapping[str, str]) -> ShareLink:
    takes_text = given.get("takes_text", "yes") == "yes"
    return ShareLink(given["network"], given["label"], given["href"], takes_text=takes_text)


def _share_links(given: Mapping[str, Any]) -> ShareLinks:
    links, more = (tuple(map(_link, given.get(name, []))) for name in ("links", "more"))
    return ShareLinks(given["title"], given.get("url", ""), links, more)


_KINDS = {kind.__name__.lower(): kind for kind in KINDS}

#: The objects that an example can give its template, by name, and how each is made of its fields.
OBJECTS: Mapping[str, Callable[[Any], object]] = {
    **{name: partial(_make, kind) for name, kind in _KINDS.items()},
    **{f"{name}s": partial(_several, partial(_make, kind)) for name, kind in _KINDS.items()},
    "pagination": _pagination,
    "days": partial(_several, _day),
    "places": partial(_several, _place),
    "countries": partial(_several, _place),
    "finder": _finder,
    "sum": _summary,
    "links": partial(_several, _link),
    "share_links": _share_links,
}
