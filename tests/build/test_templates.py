"""Templates are compiled in a way of our own, and mean what Jinja's documentation says."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader
from markupsafe import Markup

from campaign import words
from campaign.addresses import Addresses
from campaign.build import assets, templates
from campaign.build.assets import Assets
from campaign.build.theme import Theme
from campaign.reading.reader import read
from campaign.routes import Site, routes
from pelicanconf import JINJA_ENVIRONMENT
from tests.lengths import WORDS
from tests.projects import NOW, ROOT, SITES, write
from tests.samples import content, event

ADDRESSES = Addresses.published("https://example.org/trains")


def render(folder: Path, **files: str) -> str:
    """Return what the template `page` makes of an event, beside others by their names."""
    for name, text in files.items():
        write(folder / f"{name}.html", text)
    site = Site(content(), WORDS, datetime(2024, 6, 1, tzinfo=UTC), ADDRESSES.absolute)
    made = templates.environment(
        [folder], JINJA_ENVIRONMENT, Theme(site, ADDRESSES, Assets({}, {}))
    )
    return made.get_template("page.html").render(event=event(title="A vigil"))


def plain(made: Environment) -> Environment:
    """Return Jinja's own environment with the globals and tests of another, and nothing cached."""
    options: dict[str, Any] = {**JINJA_ENVIRONMENT}
    jinja = Environment(loader=FileSystemLoader(ROOT / "theme" / "templates"), **options)  # noqa: S701 (they say so)
    jinja.globals.update(
        made.globals,
        cached_include=lambda name, **values: Markup(jinja.get_template(name).render(values)),  # noqa: S704
        cached_macro=lambda macro, *arguments: macro(*arguments),
    )
    jinja.tests.update(made.tests)
    return jinja


def test_plain_jinja_makes_the_same_pages() -> None:
    texts = words.load(ROOT / "theme" / "translations", "en")
    now = datetime.fromtimestamp(NOW, UTC)
    for name in ("minimal", "full"):
        site = Site(read(SITES / name).content(), texts, now, ADDRESSES.absolute)
        theme = Theme(site, ADDRESSES, assets.make(ROOT / "theme"))
        made = templates.environment([ROOT / "theme" / "templates"], JINJA_ENVIRONMENT, theme)
        jinja = plain(made)
        for route in routes(site):
            assert templates.render(made, route) == templates.render(jinja, route), route.path


def test_macros_of_one_name_in_two_files_are_two(tmp_path: Path) -> None:
    html = render(
        tmp_path,
        one="{% macro show(event) %}<b>{{ event.title }}</b>{% endmacro %}",
        other="{% macro show(event) %}<i>{{ event.title }}</i>{% endmacro %}",
        page='{% import "one.html" as one %}{% import "other.html" as other %}'
        "{{ cached_macro(one.show, event) }}{{ cached_macro(other.show, event) }}",
    )
    assert html == "<b>A vigil</b><i>A vigil</i>"


def test_a_block_can_be_shown_twice(tmp_path: Path) -> None:
    html = render(
        tmp_path, page="{% block name %}<b>{{ event.title }}</b>{% endblock %}{{ self.name() }}"
    )
    assert html == "<b>A vigil</b>" * 2


# Values that are the same for Python, and are not shown alike.
ALIKE = "[1, true, 1.0, '<b>', '<b>'|safe]"
SHOWN = "1 True 1.0 &lt;b&gt; <b> "


def test_an_include_is_cached_by_its_values(tmp_path: Path) -> None:
    html = render(
        tmp_path,
        shown="{{ it }} ",
        page=f"{{% for it in {ALIKE} %}}{{{{ cached_include('shown.html', it=it) }}}}{{% endfor %}}",
    )
    assert html == SHOWN


def test_a_macro_is_cached_by_its_arguments(tmp_path: Path) -> None:
    html = render(
        tmp_path,
        page="{% macro show(event, it) %}{{ it }} {% endmacro %}"
        f"{{% for it in {ALIKE} %}}{{{{ cached_macro(show, event, it) }}}}{{% endfor %}}",
    )
    assert html == SHOWN
