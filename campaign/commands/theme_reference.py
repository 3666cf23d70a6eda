"""The reference of the theme: what each kind of page is given, and the names that every template knows."""

from __future__ import annotations

import ast
import inspect
import re
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from pathlib import Path
from typing import Any, get_origin

from campaign.build.templates import Repeated
from campaign.build.theme import Functions, Theme, Values
from campaign.content.schema import Schema
from campaign.routes import Route
from campaign.routes.contexts import CONTEXTS

PAGE = "docs/theme.md"

_BEGIN = """\
# The theme

Written by `invoke docs` from `campaign/build/theme.py` and `campaign/routes/contexts.py`; change it there.

The theme is a folder of Jinja templates (`theme/templates/`), style sheets (`theme/static/css/`),
scripts (`theme/static/js/`) and words (`theme/translations/`). Every page is made by one template,
which is given what its kind of page has (see "Pages"), and knows the names of every template.
A name that is mistyped ends the build with file and line; every text is escaped.

- `templates/*.html` are the pages; each extends `base.html` and fills its block `main`.
- `templates/macros/*.html` are components, each with its examples in `theme/examples/`.
- `templates/partials/*.html` are parts that all pages share; they know the names of every template only.
- Words are in `translations/`, one flat file a language: a template writes `{{ t("read_letter") }}`.
- What is in `static/css` and `static/js` is joined for every page; a folder in them is a bundle for
  the pages that ask for it: `{{ cached_include("partials/bundle.html", bundle="events") }}`.

## To change one template

Change it in `theme/`, or leave the theme as it is and put another template of the same name into a
folder of your own, which `pelicanconf.py` names by Pelican's setting:

```python
THEME_TEMPLATES_OVERRIDES = ["templates"]
```

What is not changed comes from the theme's own, as `!theme/…`. This `templates/page.html` adds the
day of the campaign's beginning below each page of `content/pages/`:

```jinja
{% extends "!theme/page.html" %}
{% block main %}
  {{ super() }}
  <p class="hint">{{ campaign.name }}, since {{ date(campaign.begun) }}</p>
{% endblock %}
```
"""

_OBJECTS = """\
The fields of content are in [fields.md](fields.md). All content also has its `path`; its texts are
shown by `html`."""
_COMPONENTS = """\
A template calls them after `{% from "macros/event.html" import event_item %}`. The pictures are made
of the examples by `invoke pictures`."""


def reference(theme: Path) -> str:
    """Return the reference of the theme in a folder as Markdown."""
    objects = _Objects()
    lines = [_BEGIN, "## Names in every template", "", *_table("value", objects.fields(Values)), ""]
    lines += _table("function", map(objects.function, _functions()))
    lines += ["", *_table("test", (Theme.EVENT_TESTS | Theme.DAY_TESTS).items()), ""]
    lines += ["## Pages", "", f"Each has `here`: {_lower(_summary(Route))}", ""]
    lines += _table("name", objects.fields(Route))
    for context in CONTEXTS:
        lines += ["", f"### `{context.TEMPLATE}.html`", "", _summary(context)]
        if rows := list(objects.fields(context)):
            lines += ["", *_table("name", rows)]
    lines += ["", "## Objects", "", _OBJECTS]
    for kind in objects.found():
        if rows := list(objects.fields(kind)):
            lines += ["", f"### {kind.__name__}", "", _summary(kind), "", *_table("name", rows)]
    lines += ["", "## Components", "", _COMPONENTS]
    for file in sorted((theme / "templates" / "macros").glob("*.html")):
        lines += ["", *_component(file, theme)]
    return "\n".join(lines) + "\n"


class _Objects:
    """The engine's classes that values have, found by their names in annotations."""

    def __init__(self) -> None:
        self._noted: dict[type, None] = {}

    def found(self) -> Iterator[type]:
        """Yield each class that was noted, and those of their members, once."""
        done: set[type] = set()
        while waiting := [kind for kind in self._noted if kind not in done]:
            for kind in waiting:
                done.add(kind)
                yield kind

    def fields(self, kind: type) -> Iterator[tuple[str, str]]:
        """Yield the members of a class with what they are: its fields in their order, then its properties."""
        declared = {} if issubclass(kind, Schema) else inspect.get_annotations(kind)
        for name, annotation in declared.items():
            if name.startswith("_") or str(annotation).startswith("ClassVar"):
                continue
            # That of a named tuple is a reference to what was written.
            written = getattr(annotation, "__forward_arg__", annotation)
            of_type, about = _read_annotation(str(written))
            self._note(of_type, kind)
            yield name, f"`{of_type}`" + (f": {about}" if about else "")
        for name, member in vars(kind).items():
            if isinstance(member, property | cached_property) and not name.startswith("_"):
                get = member.fget if isinstance(member, property) else member.func
                returned = str(inspect.get_annotations(get)["return"]) if get else ""
                self._note(returned, kind)
                yield name, f"`{returned}`: {_lower(_summary(member))}"

    def function(self, function: Callable[..., Any]) -> tuple[str, str]:
        """Return how a function is called, and what it returns."""
        signature = inspect.signature(function)
        parameters = list(signature.parameters.values())[1:]
        shown = ", ".join(str(it.replace(annotation=inspect.Parameter.empty)) for it in parameters)
        self._note(signature.return_annotation, function)
        about = _summary(function).removeprefix("Return ")
        return f"{function.__name__}({shown})", f"`{signature.return_annotation}`: {_lower(about)}"

    def _note(self, annotation: str, of: object) -> None:
        """Take down the classes of the engine that an annotation names in its module."""
        known = vars(inspect.getmodule(of))
        for found in map(known.get, re.findall(r"\b[A-Z]\w+", annotation)):
            if get_origin(found):  # a name for a longer type
                self._note(str(found), of)
            elif inspect.isclass(found) and found.__module__.startswith("campaign."):
                self._noted[found] = None


def _component(file: Path, theme: Path) -> Iterator[str]:
    """Yield what a file of macros has, with the picture of its examples and its style sheet."""
    text = file.read_text(encoding="utf-8")
    sheets = sorted((theme / "static" / "css").rglob(f"*-{file.stem}.css"))
    yield f"### `macros/{file.name}`"
    yield ""
    yield from _table("macro", re.findall(r"\{# (\w+\(.*?\)): (.*?) #\}", text))
    yield ""
    if sheets:
        yield f"Style: `{sheets[0].relative_to(theme).as_posix()}`."
    yield f"Examples: `examples/{file.stem}.yaml`."
    yield ""
    yield f"![The first examples of {file.stem}](components/{file.stem}.webp)"


def _functions() -> Iterator[Callable[..., Any]]:
    for group in (Functions, Repeated):
        yield from (it for name, it in vars(group).items() if not name.startswith("_"))


def _table(title: str, rows: Iterable[tuple[str, str]]) -> list[str]:
    lines = [f"| {title} | what it is |", "| --- | --- |"]
    for name, about in rows:
        shown = about.removesuffix(".").replace("|", "\\|")
        lines.append(f"| `{name}` | {shown} |")
    return lines


def _read_annotation(text: str) -> tuple[str, str]:
    """Return the type that an annotation names, and its description where it has one."""
    found = ast.parse(text, mode="eval").body
    if isinstance(found, ast.Subscript) and ast.unparse(found.value) == "Annotated":
        of_type, about = found.slice.elts  # type: ignore[attr-defined]  # a tuple of two
        return ast.unparse(of_type), ast.literal_eval(about)
    return text, ""


def _summary(thing: object) -> str:
    """Return the first paragraph of a docstring, in one line."""
    return " ".join((inspect.getdoc(thing) or "").partition("\n\n")[0].split())


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]
