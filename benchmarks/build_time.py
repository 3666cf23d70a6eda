"""How long a build takes, and how much memory, beside plain Pelican on as many pages.

    .venv/bin/python -m benchmarks.build_time [--events 12 1000 10000] [--runs 3] [--files]

Both are timed from outside, as whole processes, in turn; the figures are medians, and the ratio
is taken run by run, so that it holds where the machine's speed drifts. Events are rows of
`events.csv`, or with `--files` a Markdown file each. Plain Pelican gets an article each with the
same text, and a theme that is one of our own pages with its title and text left open.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parent.parent
PLACES = (
    ("Chicago", "IL", "America/Chicago"),
    ("New York", "NY", "America/New_York"),
    ("Los Angeles", "CA", "America/Los_Angeles"),
    ("Denver", "CO", "America/Denver"),
    ("Atlanta", "GA", "America/New_York"),
    ("Seattle", "WA", "America/Los_Angeles"),
)
DESCRIPTION = (
    "We meet at the fountain and walk together to the courthouse, slowly, so that everyone can "
    "keep up. Bring water, a hat and a picture of someone you love. There will be songs, a few "
    "words from neighbors, and a minute of silence. Children are welcome, and there is shade and "
    "a place to sit for all who need it. We end at the steps, and nobody goes home alone."
)
COLUMNS = ("title", "date", "start", "end", "timezone", "venue", "city", "region", "country")
PLAIN_SETTINGS = """
PATH = "content"
OUTPUT_PATH = "output"
SITENAME = "Benchmark"
TIMEZONE = "UTC"
PLUGINS = []
THEME = "theme"
ARTICLE_SAVE_AS = "events/{slug}/index.html"
ARTICLE_URL = "events/{slug}/"
DIRECT_TEMPLATES = []
AUTHOR_SAVE_AS = CATEGORY_SAVE_AS = TAG_SAVE_AS = ""
FEED_ALL_ATOM = CATEGORY_FEED_ATOM = TRANSLATION_FEED_ATOM = None
"""


@dataclass(frozen=True)
class Measure:
    """One run of a process: seconds from start to end, and the most memory it held, in MB."""

    seconds: float
    megabytes: float


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure each number of events and print a row for it."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--events", type=int, nargs="+", default=[12, 1_000, 10_000])
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--files", action="store_true", help="events as Markdown files")
    options = parser.parse_args(arguments)
    print(f"medians of {options.runs} alternating runs, whole processes, nothing cached")
    print(f"{'events':>7} {'ours':>15} {'plain Pelican':>17} {'time ratio':>11} {'rebuild':>9}")
    for count in options.events:
        with tempfile.TemporaryDirectory() as folder:
            print(compare(Path(folder), count, options.runs, files=options.files), flush=True)


def compare(folder: Path, count: int, runs: int, *, files: bool) -> str:
    """Build both sites in turn; give the row of the table."""
    ours, plain = folder / "ours", folder / "plain"
    make_campaign(ours, count, files=files)
    make_plain(plain, count)
    measure(["invoke", "build"], ours)
    make_theme(plain / "theme", ours / "output" / "events")
    our_runs, plain_runs, again = [], [], []
    for _ in range(runs):
        for site in (ours, plain):
            shutil.rmtree(site / "output", ignore_errors=True)
        our_runs.append(measure(["invoke", "build"], ours))
        again.append(measure(["invoke", "build"], ours))
        plain_runs.append(measure(["pelican", "--quiet"], plain))
        pages = len(list((plain / "output" / "events").glob("*/index.html")))
        if pages != len(list((ours / "output" / "events").glob("2*/index.html"))):
            sys.exit("The two sites do not have the same number of events.")
    pairs = zip(our_runs, plain_runs, strict=True)
    ratio = median(one.seconds / other.seconds for one, other in pairs)
    shown = [_show(found) for found in (our_runs, plain_runs)]
    rebuilt = median(run.seconds for run in again)
    return f"{count:>7} {shown[0]:>15} {shown[1]:>17} {ratio:>11.2f} {rebuilt:>7.2f} s"


def make_campaign(folder: Path, count: int, *, files: bool) -> None:
    """Make a project with the shipped campaign's texts and so many events."""
    for name in ("content", "theme"):
        shutil.copytree(ROOT / name, folder / name)
    for name in ("pelicanconf.py", "publishconf.py", "tasks.py"):
        shutil.copy(ROOT / name, folder / name)
    table = folder / "content" / "events.csv"
    rows = list(events(count))
    if not files:
        lines = [",".join([*row, f'"{DESCRIPTION}"']) for row in rows]
        table.write_text("\n".join([",".join([*COLUMNS, "description"]), *lines]) + "\n")
        return
    table.unlink()
    (folder / "content" / "events").mkdir()
    for number, row in enumerate(rows):
        fields = [f'{name}: "{value}"' for name, value in zip(COLUMNS, row, strict=True)]
        text = "\n".join(["---", *fields, "---", "", DESCRIPTION, ""])
        (folder / "content" / "events" / f"event-{number}.md").write_text(text)


def make_plain(folder: Path, count: int) -> None:
    """Make a site of plain Pelican with an article for each event."""
    (folder / "content").mkdir(parents=True)
    (folder / "pelicanconf.py").write_text(PLAIN_SETTINGS)
    for number, (title, day, *_) in enumerate(events(count)):
        text = f"Title: {title}\nDate: {day}\nCategory: events\nSlug: event-{number}\n\n{DESCRIPTION}\n"
        (folder / "content" / f"event-{number}.md").write_text(text)


def make_theme(folder: Path, pages: Path) -> None:
    """Make a theme of plain Pelican from one of our event pages: equal pages but for the address."""
    page = min(pages.glob("2*/index.html")).read_text()
    title = page.partition("<h1>")[2].partition("</h1>")[0]
    for ours, theirs in ((title, "article.title"), (f"<p>{DESCRIPTION}</p>", "article.content")):
        page = page.replace(ours, f"{{% endraw %}}{{{{ {theirs} }}}}{{% raw %}}")
    (folder / "templates").mkdir(parents=True)
    (folder / "static").mkdir()
    (folder / "templates" / "article.html").write_text(f"{{% raw %}}{page}{{% endraw %}}")


def events(count: int) -> Iterable[tuple[str, ...]]:
    """Yield the cells of so many events, spread over half a year and the places."""
    for number in range(count):
        city, region, zone = PLACES[number % len(PLACES)]
        day = date(2018, 6, 1) + timedelta(days=number % 180)
        title = f"Gathering {number} in {city}"
        yield (title, str(day), "18:00", "20:00", zone, "City Hall", city, region, "US")


def measure(command: list[str], folder: Path) -> Measure:
    """Run a module of this Python in a folder and measure the whole process.

    Memory is the operating system's own account of the finished process.
    """
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    start = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", *command],
        cwd=folder,
        env=environment,
        stdout=subprocess.DEVNULL,
    )
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"{' '.join(command)} failed in {folder}.")
    # Kilobytes on Linux, bytes on macOS (getrusage(2) of each).
    return Measure(seconds, usage.ru_maxrss / (1_000_000 if sys.platform == "darwin" else 1_000))


def _show(runs: list[Measure]) -> str:
    seconds = median(run.seconds for run in runs)
    return f"{seconds:.2f} s {median(run.megabytes for run in runs):.0f} MB"


if __name__ == "__main__":
    main()
