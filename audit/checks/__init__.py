"""The checks, in the order in which they are run and shown: the quick ones first."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from audit.checks import (
    accessibility,
    budget,
    data,
    form,
    html,
    keyboard,
    lighthouse,
    links,
    privacy,
    reproducible,
)
from audit.findings import Finding
from audit.site import Site

CHECKS: dict[str, Callable[[Site], Iterable[Finding]]] = {
    "form": form.check,
    "budget": budget.check,
    "data": data.check,
    "links": links.check,
    "html": html.check,
    "reproducible": reproducible.check,
    "privacy": privacy.check,
    "keyboard": keyboard.check,
    "accessibility": accessibility.check,
    "lighthouse": lighthouse.check,
}
