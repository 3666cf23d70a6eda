"""Our own site: the shipped campaign, with the benchmark's events in place of its own."""

import platform
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

from benchmarks import events
from benchmarks.events import Sample
from benchmarks.generator import CACHE, ROOT, Generator


def make_small(folder: Path) -> Generator:
    """Make a project with the shipped campaign's own pages, some twenty, and no events."""
    site = _site(folder, "content/pages/about.md")
    (folder / "content" / "events.csv").unlink()
    return site


def make(folder: Path, samples: Sequence[Sample], *, stories: bool) -> Generator:
    """Make a project with the shipped campaign's texts and these events, a row each or a file."""
    source = f"content/events/{samples[0].id}.md" if stories else "content/events.csv"
    site = _site(folder, source)
    (folder / "content" / "events.csv").unlink()
    if stories:
        (folder / "content" / "events").mkdir()
        for sample in samples:
            file = folder / "content" / "events" / f"{sample.id}.md"
            file.write_text(events.file(sample), encoding="utf-8")
    else:
        (folder / source).write_text(events.table(samples), encoding="utf-8")
    return site


def _site(folder: Path, source: str) -> Generator:
    for name in ("content", "theme"):
        shutil.copytree(ROOT / name, folder / name)
    for name in ("pelicanconf.py", "publishconf.py", "tasks.py"):
        shutil.copy(ROOT / name, folder / name)
    return Generator(
        "ours",
        f"(Python {platform.python_version()})",
        folder,
        [sys.executable, "-m", "campaign", "build"],
        "output",
        source,
        (CACHE, ".output.list"),
        letter="content/letter.md",
    )
