"""The theme's components as their examples show them; the audit looks at the same examples in a browser."""

import re
import unicodedata
from pathlib import Path
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element

import html5lib
import pytest
from jinja2 import nodes
from jinja2.runtime import Macro

from audit import examples
from audit.examples import Component, Example, Renderer
from tests.pages import Page, words
from tests.projects import ROOT, write

THEME = ROOT / "theme"
MACROS = THEME / "templates" / "macros"
COMPONENTS = examples.read(THEME)
EVERY = [
    pytest.param(component, example, id=f"{component.name}: {example.name}")
    for component in COMPONENTS
    for example in component.examples
]
# All but those that show days and hours, which are none of an editor's words.
WORDY = [component for component in COMPONENTS if component.name != "dates"]


@pytest.fixture(scope="session")
def renderer() -> Renderer:
    return Renderer(THEME, "https://example.org/library")


def parse(html: str) -> Element:
    """Return the tree of a piece of HTML. Raises `ParseError` at its first error."""
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    tree = parser.parseFragment(html, container="main")
    assert isinstance(tree, Element)
    return tree


def test_every_macro_file_has_examples() -> None:
    assert [component.name for component in COMPONENTS] == sorted(
        file.stem for file in MACROS.glob("*.html")
    )


@pytest.mark.parametrize("component", COMPONENTS, ids=lambda component: component.name)
def test_every_macro_is_called_by_an_example(component: Component, renderer: Renderer) -> None:
    module = renderer.environment.get_template(f"macros/{component.name}.html").module
    macros = {name for name, value in vars(module).items() if isinstance(value, Macro)}
    called = set()
    for example in component.examples:
        tree = renderer.environment.parse(component.template(example))
        (imported,) = tree.find_all(nodes.FromImport)
        names = {
            alias: name
            for name, alias in (
                name if isinstance(name, tuple) else (name, name) for name in imported.names
            )
        }
        called |= {
            names[call.node.name]
            for call in tree.find_all(nodes.Call)
            if isinstance(call.node, nodes.Name) and call.node.name in names
        }
    assert called == macros


@pytest.mark.parametrize(("component", "example"), EVERY)
def test_a_reader_finds_what_the_example_promises(
    component: Component, example: Example, renderer: Renderer
) -> None:
    tree = parse(renderer.fragment(component, example))
    said = words(tree)
    assert [text for text in example.shows if text not in said] == []
    assert [text for text in example.hides if text in said] == []
    links = {link.get("href", "").removeprefix("/library") for link in tree.iter("a")}
    assert links >= set(example.leads_to)


@pytest.mark.parametrize("component", WORDY, ids=lambda component: component.name)
def test_examples_try_what_editors_may_write(component: Component) -> None:
    shown = [text for example in component.examples for text in (*example.shows, *example.leads_to)]
    assert any("&" in text and re.search("[\"']", text) for text in shown)
    assert any(re.search(r"\w{50}", text) for text in shown)
    assert any(unicodedata.bidirectional(letter) == "AL" for text in shown for letter in text)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("event: {title: Vigil, dat: 2024-06-14}", "dat: unknown field; did you mean 'date'?"),
        ("action: {title: Call, kind: call, why: It helps.}", "link: missing; an action of the"),
        ("evnt: {title: Vigil, date: 2024-06-14}", "'evnt'"),
    ],
)
def test_a_mistake_in_an_example_is_told_with_its_place(
    given: str, said: str, tmp_path: Path
) -> None:
    example = f"  - {{name: a vigil, template: Vigil, shows: [Vigil], {given}}}\n"
    write(tmp_path / "examples" / "event.yaml", f"imports: [item]\nexamples:\n{example}")
    with pytest.raises(ValueError, match=r"event\.yaml: a vigil: ") as error:
        examples.read(tmp_path)
    assert said in str(error.value)


def test_examples_are_shown_as_pages_that_no_search_engine_lists(tmp_path: Path) -> None:
    examples.write(tmp_path, "https://example.org/library", THEME)
    files = sorted(tmp_path.rglob("*.html"))
    pages = [Page(file.parent.name, file.read_text(encoding="utf-8")) for file in files]
    said = " ".join(page.text for page in pages)
    for component in COMPONENTS:
        assert [example.name for example in component.examples if example.name not in said] == []
    for page in pages:
        assert not page.is_indexed
        assert page.all("h1")
        for address in (*page.values("script", "src"), *page.values("link", "href")):
            name = urlsplit(address).path.removeprefix("/library/")
            assert (tmp_path / name).is_file()
