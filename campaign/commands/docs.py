"""`docs`: write the references of fields and of the theme from what the engine says of them."""

from __future__ import annotations

from collections.abc import Iterator

from campaign.build.project import Project
from campaign.commands import OK, say, theme_reference
from campaign.content.model import KINDS, Event, Kind
from campaign.content.schema import Schema, describe, schema_of

PAGE = "docs/fields.md"


def run(project: Project) -> int:
    """Write `docs/fields.md` and `docs/theme.md`."""
    pages = {PAGE: reference(), theme_reference.PAGE: theme_reference.reference(project.theme)}
    for name, text in pages.items():
        file = project.root / name
        file.parent.mkdir(exist_ok=True)
        file.write_text(text, encoding="utf-8")
    say(f"The fields are described in {PAGE}, the theme in {theme_reference.PAGE}.")
    return OK


def reference() -> str:
    """Return the reference as Markdown: the fields of each kind of content, which are required, and what they mean."""
    lines = [
        "# The fields of each kind of content",
        "",
        "Written by `invoke docs` from `campaign/content/model.py`; change it there.",
    ]
    for kind in KINDS:
        where = kind.FILE or f"{kind.FOLDER}/*.md"
        also = " and the rows of `content/events.csv`" if kind is Event else ""
        lines += ["", f"## {kind.__name__}", "", f"`content/{where}`{also}. {_summary(kind)}", ""]
        lines += ["| field | required | what it is |", "| --- | --- | --- |"]
        lines += _rows(kind)
    return "\n".join(lines) + "\n"


def _summary(kind: type[Kind]) -> str:
    return (kind.__doc__ or "").split("\n\n")[0].replace("\n    ", " ")


def _rows(group: type[Schema], prefix: str = "") -> Iterator[str]:
    needed = group.required_names()
    for name in group.field_names():
        required = "yes" if name in needed else ""
        yield f"| `{prefix}{name}` | {required} | {describe(group, name)} |"
        if inner := schema_of(group, name):
            yield from _rows(inner, f"{prefix}{name}.")
