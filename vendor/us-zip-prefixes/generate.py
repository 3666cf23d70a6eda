"""Write prefixes.json from the package zipcodes: `python vendor/us-zip-prefixes/generate.py`."""

from __future__ import annotations

import json
from collections import defaultdict
from importlib.metadata import version
from pathlib import Path
from statistics import median

import zipcodes

SOURCE = (
    f"GeoNames (https://www.geonames.org/), CC BY 4.0, by way of zipcodes {version('zipcodes')} (MIT); "
    "changed: the middle of each prefix"
)


def main() -> None:
    """Find the middle of the ZIP codes that begin with the same three digits, and write it in degrees."""
    found: dict[str, list[tuple[float, float]]] = defaultdict(list)
    for code in zipcodes.list_all():
        # A military address is no place: its letters go on to wherever the reader serves.
        if code["zip_code_type"] != "MILITARY" and (float(code["lat"]) or float(code["long"])):
            found[code["zip_code"][:3]].append((float(code["lat"]), float(code["long"])))
    prefixes = [middle(found.get(f"{prefix:03}", [])) for prefix in range(1000)]
    text = json.dumps({"source": SOURCE, "prefixes": prefixes}, separators=(",", ":"))
    Path(__file__).with_name("prefixes.json").write_text(f"{text}\n", encoding="utf-8")


def middle(places: list[tuple[float, float]]) -> list[float] | None:
    """Give the medians, which a few islands far away do not move; nothing where there is no place."""
    return [round(median(values), 2) for values in zip(*places, strict=True)] or None


main()
