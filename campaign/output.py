"""The output folder: the old site stays until the new one is whole.

A build renders into a folder of its own beside the output folder, but for what the old site has
already, which is left where it is. When all is there, a plan is written; then the files that
differ are renamed into place, and those that vanished are removed last. A build that fails before
the plan leaves the old site as it was; one that is interrupted after it is finished by the next
build before anything else.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Mapping
from contextlib import suppress
from filecmp import cmp
from pathlib import Path

_PLAN = "plan.json"
_SITE = "site"


#: How a build left a file: its size, and when it was written (ns). Plain, as a cache is full of them.
State = tuple[int, int]


class Stage:
    """Where a new site is made, and what of the old one stays.

    `made` tells of each file by its name whether it differs from the old site's, and is in
    `folder`; else it stays as it is in `old`. Without a folder of its own for the new site the two
    are one. Paths are plain text here: this is asked of every file of a site, and objects take longer.
    """

    def __init__(self, folder: Path, old: Path) -> None:
        self.made: dict[str, bool] = {}
        self.folder = str(folder)
        self._old = str(old)
        self._is_first = not old.exists()
        self._folders: set[str] = set()

    def keeps(self, name: str, state: State) -> bool:
        """Tell whether a file of the old site is as a build left it: of that size and time, as git asks too."""
        try:
            return _state(os.stat(f"{self._old}/{name}")) == state  # noqa: PTH116 (see above)
        except OSError:
            return False

    def read(self, name: str) -> bytes:
        """Give what is in a file of the old site. Raises `OSError`."""
        return Path(self._old, name).read_bytes()

    def write(self, name: str, data: bytes) -> tuple[State, bool]:
        """Write a file, unless the old site has the very same; gives its state, and whether it differs."""
        if not self._is_first:
            with suppress(OSError), open(f"{self._old}/{name}", "rb") as old:  # noqa: PTH123 (see above)
                state = _state(os.fstat(old.fileno()))
                if state[0] == len(data) and old.read() == data:
                    return state, False
        folder = name.rpartition("/")[0]
        if folder not in self._folders:
            os.makedirs(f"{self.folder}/{folder}", exist_ok=True)  # noqa: PTH103 (see above)
            self._folders.add(folder)
        with open(f"{self.folder}/{name}", "wb") as new:  # noqa: PTH123 (see above)
            new.write(data)
            new.flush()
            return _state(os.fstat(new.fileno())), True


def _state(found: os.stat_result) -> State:
    return found.st_size, found.st_mtime_ns


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


def accept(output: Path, made: Mapping[str, bool]) -> int:
    """Put the new site in the old one's place; gives how many files changed or vanished.

    `made` are the files of which a `Stage` knows already whether they differ; the others are those
    in the folder to render into.
    """
    site = staging(output) / _SITE
    changed = sum(made.values())
    new = _files(site)
    for name in new - made.keys():
        old = output / name
        if old.is_file() and cmp(old, site / name, shallow=False):
            (site / name).unlink()
        else:
            changed += 1
    vanished = sorted(_files(output) - new - made.keys())
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
    found = set()
    folders = [("", str(folder))] if folder.is_dir() else []
    for prefix, place in folders:
        with os.scandir(place) as items:
            for item in items:
                name = prefix + item.name
                if name == ".git":  # which is a file in a work tree of its own
                    continue
                if not item.is_dir():
                    found.add(name)
                elif not item.is_symlink():
                    folders.append((f"{name}/", item.path))
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
