"""The addresses of other sites that the content links to, and where each of them stands."""

from __future__ import annotations

from collections.abc import Iterator

from campaign.content.markdown import Body
from campaign.content.model import Campaign, Kind
from campaign.content.schema import Part
from campaign.reading.draft import Draft


def outside_links(draft: Draft) -> dict[str, tuple[str, ...]]:
    """Give the places, `path:line`, of each web address outside the site, in the order of addresses."""
    found: dict[str, set[tuple[str, int]]] = {}
    for item in draft.kinds:
        for address, line in _addresses(item):
            found.setdefault(address, set()).add((item.origin.path, line))
    return {
        address: tuple(f"{path}:{line}" for path, line in sorted(places))
        for address, places in sorted(found.items())
    }


def _addresses(item: Kind) -> Iterator[tuple[str, int]]:
    for name in item.members():
        value = getattr(item, name)
        if isinstance(value, Body):
            # The text below the fields has lines of its own; one in a field stands at the field.
            at = item.origin.problem(name, "").line
            links = ((it.target, it.line if name == "body" else at) for it in value.outside)
            yield from (link for link in links if _is_web(link[0]))
        elif not (isinstance(item, Campaign) and name == "site"):
            yield from (
                (it, item.origin.problem(field, "").line) for field, it in _values(name, value)
            )


def _values(name: str, value: object) -> Iterator[tuple[str, str]]:
    """Yield the dotted name and the text of each web address that a field holds."""
    if isinstance(value, str):
        if _is_web(value):
            yield name, value
    elif isinstance(value, tuple):
        for number, member in enumerate(value, 1):
            yield from _values(f"{name}.{number}", member)
    elif isinstance(value, Part):
        for field in value.members():
            yield from _values(f"{name}.{field}", getattr(value, field))


def _is_web(address: str) -> bool:
    return address.startswith(("http://", "https://"))
