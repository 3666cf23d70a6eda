"""The output folder: the old site stays until the new one is whole.

A build renders into a folder of its own beside the output folder. When all is there, a plan is
written; then the files that differ are renamed into place, and those that vanished are removed
last. A build that fails before the plan leaves the old site as it was; one that is interrupted
after it is finished by the next build before anything else.
"""

from __future__ import annotations

import json
import os
import shutil
from filecmp import cmp
from pathlib import Path

_PLAN = "plan.json"
_SITE = "site"


def staging(output: Path) -> Path:
    """Give the folder beside the output folder in which a new site is made."""
    return output.parent / f".{output.name}.new"


def begin(output: Path) -> Path:
    """Finish what an interrupted build left, and give an empty folder to render into."""
    finish(output)
    shutil.rmtree(staging(output), ignore_errors=True)
    site = staging(output) / _SITE
    site.mkdir(parents=True)
    return site


def accept(output: Path) -> int:
    """Put the new site in the old one's place; gives how many files changed or vanished."""
    site = staging(output) / _SITE
    new = _files(site)
    vanished = sorted(_files(output) - new)
    changed = 0
    for name in new:
        old = output / name
        if old.is_file() and cmp(old, site / name, shallow=False):
            (site / name).unlink()
        else:
            changed += 1
    plan = staging(output) / _PLAN
    plan.with_suffix(".tmp").write_text(json.dumps(vanished), encoding="utf-8")
    plan.with_suffix(".tmp").replace(plan)
    finish(output)
    return changed + len(vanished)


def finish(output: Path) -> None:
    """Do what the plan says, or what is left of it; without a plan nothing."""
    plan = staging(output) / _PLAN
    if not plan.is_file():
        return
    vanished = json.loads(plan.read_text(encoding="utf-8"))
    output.mkdir(exist_ok=True)
    _move(staging(output) / _SITE, output)
    for name in vanished:
        _remove(output, name)
    shutil.rmtree(staging(output))


def _files(folder: Path) -> set[str]:
    """Give the files below a folder; a repository in it is its owner's and no part of the site."""
    found: set[str] = set()
    for place, folders, files in os.walk(folder):
        if Path(place) == folder:
            # In a work tree of its own, `.git` is a file.
            for names in (folders, files):
                names[:] = [name for name in names if name != ".git"]
        prefix = Path(place).relative_to(folder).as_posix()
        found.update(files if prefix == "." else (f"{prefix}/{name}" for name in files))
    return found


def _move(source: Path, target: Path) -> None:
    """Move all that is in a folder into another; a folder that is not there yet moves whole."""
    for item in list(source.iterdir()):
        old = target / item.name
        if item.is_dir() and old.is_dir():
            _move(item, old)
            continue
        if old.is_dir():
            shutil.rmtree(old)
        elif item.is_dir():
            old.unlink(missing_ok=True)
        item.replace(old)


def _remove(output: Path, name: str) -> None:
    """Remove a file that vanished, and the folders that it leaves empty."""
    # Where a folder took the file's place, or a file its folder's, it is gone already.
    if (output / name).is_file():
        (output / name).unlink()
    for folder in (output / name).parents:
        if folder == output or (folder.is_dir() and any(folder.iterdir())):
            return
        if folder.is_dir():
            folder.rmdir()
