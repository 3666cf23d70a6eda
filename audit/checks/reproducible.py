"""Two builds on machines that differ in all but their programs give the same bytes."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from audit.findings import Finding
from audit.site import Site

#: What a build starts from.
SOURCES = (
    "campaign",
    "content",
    "theme",
    "vendor",
    "pelicanconf.py",
    "publishconf.py",
    "tasks.py",
)
EPOCH = "1600000000"
MACHINES = (
    {"TZ": "Pacific/Kiritimati", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "1"},
    {
        "TZ": "America/Anchorage",
        "LC_ALL": "tr_TR.UTF-8",
        "PYTHONHASHSEED": "2",
        # Most disks keep the order of a folder's entries to themselves, so the other order is made.
        "PYTHONPATH": str(Path(__file__).parent.parent / "backwards"),
    },
)


def check(site: Site) -> Iterator[Finding]:
    """The same sources and `SOURCE_DATE_EPOCH` give the same site."""
    with TemporaryDirectory() as folder:
        places = [Path(folder, name) for name in ("one", "the other")]
        for place, machine in zip(places, MACHINES, strict=True):
            _copy(site.project, place)
            done = subprocess.run(
                [sys.executable, "-m", "invoke", "build", "--publish"],
                cwd=place,
                env={
                    **os.environ,
                    **machine,
                    "SOURCE_DATE_EPOCH": EPOCH,
                    "XDG_CACHE_HOME": f"{place}-cache",
                },
                capture_output=True,
                encoding="utf-8",
                check=False,
            )
            if done.returncode:
                yield Finding("output", f"a build failed: {done.stderr.strip()}")
                return
        yield from differences(*(place / "output" for place in places))


def differences(one: Path, other: Path) -> Iterator[Finding]:
    """Compare two folders, file by file."""
    names = {
        file.relative_to(folder).as_posix()
        for folder in (one, other)
        for file in folder.rglob("*")
        if file.is_file()
    }
    for name in names:
        files = (one / name, other / name)
        if not all(file.is_file() for file in files):
            yield Finding(name, "only one of two builds has this file")
        elif files[0].read_bytes() != files[1].read_bytes():
            yield Finding(name, "two builds of the same sources differ")


def _copy(project: Path, place: Path) -> None:
    """Copy a project's sources."""
    place.mkdir()
    for source in SOURCES:
        if (project / source).is_dir():
            ignored = shutil.ignore_patterns("__pycache__")
            shutil.copytree(project / source, place / source, ignore=ignored)
        else:
            shutil.copyfile(project / source, place / source)
