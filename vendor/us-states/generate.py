"""Write states.json from us-atlas: `python vendor/us-states/generate.py us-atlas-3.0.1.tgz`."""

from __future__ import annotations

import json
import re
import sys
import tarfile
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

Point = tuple[float, float]

SOURCE = "package/states-albers-10m.json"
# In units of the picture, which is 975 wide: what is smaller is not seen.
SMALLEST_BEND = 16.0
SMALLEST_ISLAND = 9.0
CODES = dict(
    re.findall(
        r"(\d\d)=(..)",
        "01=AL 02=AK 04=AZ 05=AR 06=CA 08=CO 09=CT 10=DE 11=DC 12=FL 13=GA 15=HI 16=ID 17=IL 18=IN "
        "19=IA 20=KS 21=KY 22=LA 23=ME 24=MD 25=MA 26=MI 27=MN 28=MS 29=MO 30=MT 31=NE 32=NV 33=NH "
        "34=NJ 35=NM 36=NY 37=NC 38=ND 39=OH 40=OK 41=OR 42=PA 44=RI 45=SC 46=SD 47=TN 48=TX 49=UT "
        "50=VT 51=VA 53=WA 54=WV 55=WI 56=WY",
    )
)


def main(archive: str) -> None:
    """Read the topology, simplify each border once so that neighbours still meet, and write the outlines."""
    with tarfile.open(archive) as package:
        file = package.extractfile(SOURCE)
        if file is None:
            raise SystemExit(f"{archive}: there is no {SOURCE} in it")
        topology = json.load(file)
    arcs = [simplified(arc) for arc in decoded(topology)]
    states = {
        CODES[state["id"]]: {
            "name": state["properties"]["name"],
            "outline": outline(state, arcs),
        }
        for state in topology["objects"]["states"]["geometries"]
    }
    rows = (
        f"{json.dumps(code)}:{json.dumps(states[code], separators=(',', ':'))}"
        for code in sorted(states)
    )
    text = "{\n" + ",\n".join(rows) + "\n}\n"
    Path(__file__).with_name("states.json").write_text(text, encoding="utf-8")


def decoded(topology: dict[str, Any]) -> Iterator[list[Point]]:
    """Yield the arcs as points of the picture (TopoJSON specification, sections 2.1.2 and 2.1.3)."""
    (width, height), (left, top) = (topology["transform"][key] for key in ("scale", "translate"))
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            points.append((x * width + left, y * height + top))
        yield points


def simplified(arc: list[Point]) -> list[Point]:
    """Leave out the bends that are not seen, the smallest first (Visvalingam and Whyatt, 1993)."""
    points = list(arc)
    while len(points) > (4 if arc[0] == arc[-1] else 2):
        bends = [
            abs(area([points[at - 1], points[at], points[at + 1]]))
            for at in range(1, len(points) - 1)
        ]
        smallest = min(bends)
        if smallest >= SMALLEST_BEND:
            break
        del points[bends.index(smallest) + 1]
    return points


def outline(state: dict[str, Any], arcs: list[list[Point]]) -> str:
    """Give a state as the data of an SVG path in whole units, its largest part whatever its size."""
    polygons = state["arcs"] if state["type"] == "MultiPolygon" else [state["arcs"]]
    rings = [ring for polygon in polygons for ring in (joined(part, arcs) for part in polygon)]
    rings.sort(key=lambda ring: -abs(area(ring)))
    return "".join(
        drawn(ring) for ring in rings if ring is rings[0] or abs(area(ring)) > SMALLEST_ISLAND
    )


def joined(ring: list[int], arcs: list[list[Point]]) -> list[Point]:
    """Join the arcs of a ring; a negative number is an arc backwards (section 2.1.4)."""
    points: list[Point] = []
    for number in ring:
        points += arcs[number][:-1] if number >= 0 else arcs[~number][:0:-1]
    return points


def area(ring: list[Point]) -> float:
    """Give the area within a ring, by the sign of its direction."""
    return sum(x * v - u * y for (x, y), (u, v) in pairwise([*ring, ring[0]])) / 2


def drawn(ring: list[Point]) -> str:
    """Write a ring as one closed line with relative steps."""
    whole = [(round(x), round(y)) for x, y in ring]
    steps = [(u - x, v - y) for (x, y), (u, v) in pairwise(whole) if (x, y) != (u, v)]
    line = "".join(f"{' ' if dx >= 0 else ''}{dx}{' ' if dy >= 0 else ''}{dy}" for dx, dy in steps)
    return f"M{whole[0][0]} {whole[0][1]}l{line.lstrip()}z"


main(sys.argv[1])
