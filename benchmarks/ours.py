"""Our own site: the shipped campaign, with the benchmark's events in place of its own."""

import platform
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

from benchmarks import events
from benchmarks.events import Sample
from benchmarks.generator import ROOT, Generator


def make(folder: Path, samples: Sequence[Sample], *, stories: bool) -> Generator:
    """Make a project with the shipped campaign's texts and these events."""
    for name in ("content", "theme"):
        shutil.copytree(ROOT / name, folder / name)
    for name in ("pelicanconf.py", "publishconf.py", "tasks.py"):
        shutil.copy(ROOT / name, folder / name)
    source = _write_events(folder / "content", samples, stories=stories)
    return Generator(
        "ours",
        f"(Python {platform.python_version()})",
        folder,
        [sys.executable, "-m", "campaign", "build"],
        "output",
        f"content/{source}",
        ".cache",
    )


def _write_events(content: Path, samples: Sequence[Sample], *, stories: bool) -> str:
    """Write events as rows, or as a file each; gives the first one's file."""
    (content / "events.csv").unlink()
    if not stories:
        (content / "events.csv").write_text(events.table(samples))
        return "events.csv"
    (content / "events").mkdir()
    for sample in samples:
        (content / "events" / f"{sample.id}.md").write_text(events.file(sample))
    return f"events/{samples[0].id}.md"
