"""Templates are translated in a way of our own, and mean what Jinja's documentation says."""

from datetime import UTC, datetime
from pathlib import Path

from campaign.addresses import Addresses
from campaign.build.assets import Assets
from campaign.build.templates import environment
from campaign.build.theme import Theme
from campaign.routes import Site
from pelicanconf import JINJA_ENVIRONMENT
from tests.lengths import WORDS
from tests.projects import write
from tests.samples import content, event

ADDRESSES = Addresses.published("https://example.org/trains")


def render(folder: Path, **files: str) -> str:
    """Give what the template `page` makes of an event, beside others by their names."""
    for name, text in files.items():
        write(folder / f"{name}.html", text)
    site = Site(content(), WORDS, datetime(2024, 6, 1, tzinfo=UTC), ADDRESSES.absolute)
    theme = Theme(site, ADDRESSES)
    templates = environment(folder, JINJA_ENVIRONMENT, theme, Assets({}, {}))
    return templates.get_template("page.html").render(event=event(title="A vigil"))


def test_macros_of_one_name_in_two_files_are_two(tmp_path: Path) -> None:
    html = render(
        tmp_path,
        one="{% macro show(event) %}<b>{{ event.title }}</b>{% endmacro %}",
        other="{% macro show(event) %}<i>{{ event.title }}</i>{% endmacro %}",
        page='{% import "one.html" as one %}{% import "other.html" as other %}'
        "{{ once(one.show, event) }}{{ once(other.show, event) }}",
    )
    assert html == "<b>A vigil</b><i>A vigil</i>"


def test_a_block_can_be_shown_twice(tmp_path: Path) -> None:
    html = render(
        tmp_path, page="{% block name %}<b>{{ event.title }}</b>{% endblock %}{{ self.name() }}"
    )
    assert html == "<b>A vigil</b>" * 2


# Values that are the same for Python, and are not shown alike.
ALIKE = "[1, true, 1.0, (1,), (true,), '<b>', '<b>'|safe]"
SHOWN = "1 True 1.0 (1,) (True,) &lt;b&gt; <b> "


def test_a_part_of_pages_is_made_for_each_value(tmp_path: Path) -> None:
    html = render(
        tmp_path,
        shown="{{ it }} ",
        page=f"{{% for it in {ALIKE} %}}{{{{ part('shown.html', it=it) }}}}{{% endfor %}}",
    )
    assert html == SHOWN


def test_what_a_macro_makes_once_is_made_for_each_argument(tmp_path: Path) -> None:
    html = render(
        tmp_path,
        page="{% macro show(event, it) %}{{ it }} {% endmacro %}"
        f"{{% for it in {ALIKE} %}}{{{{ once(show, event, it) }}}}{{% endfor %}}",
    )
    assert html == SHOWN
