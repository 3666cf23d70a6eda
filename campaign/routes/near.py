"""The files that a reader's browser loads to find the events nearest to a place."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import partial

from campaign import vendor
from campaign.map import states
from campaign.nearby import Data, cities, parts
from campaign.routes.page import File, Site

NEAR_PATH = "/events/near.json"
ZIP_PATH = "/events/near-zip.json"


def near_files(site: Site) -> Iterator[File]:
    """Yield the index, the cells and the cities, and the places of ZIP codes where there are events in the USA."""
    if not site.near.events:
        return
    regions = {code: state.name for code, state in states().items()}
    towns = cities(site.content.events, site.words.country, regions, site.words.joined)
    for name, data in parts(site.near, towns, site.words.joined).items():
        yield File(f"/events/near-{name}.json" if name else NEAR_PATH, partial(_json, data))
    if site.near.search.by_zip:
        yield File(ZIP_PATH, partial(vendor.read, "us-zip-prefixes/prefixes.json"))


def _json(data: Data) -> str:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))
