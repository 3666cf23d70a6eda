"""The output folder: the old site stays until the new one is whole, and what is not the site's stays for good.

A build renders into a folder of its own beside the output folder, but for what the old site has
already, which is left where it is. When all is there, a plan is written, the list of the new site's
files; then the files that differ are renamed into place, and those that vanished are removed last. A
build that fails before the plan leaves the old site as it was; one that is interrupted after it is
finished by the next build before anything else.

Beside the output folder lies the list of the files that builds have put there. Nothing else in the
folder is ever replaced or removed, and a list or a plan that names anything outside of it counts as
none, wherever it came from.
"""

from __future__ import annotations

import json
import os
import shutil
import stat
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from filecmp import cmp
from pathlib import Path, PurePosixPath

from campaign.support import disk

_PLAN = "plan.json"
_SITE = "site"
_REPOSITORY = ".git"
# What macOS leaves in each folder that somebody looks at.
_FINDERS = ".DS_Store"

#: How a build left a file: its size, and when it was written (ns). Plain, as a cache is full of them.
State = tuple[int, int]


class OutputError(Exception):
    """The site cannot be put into its folder; the message is a sentence with the remedy."""


@dataclass(frozen=True)
class Outcome:
    """What came of a build: how many files changed or vanished, and the files in the folder that are not the site's."""

    changed: int
    foreign: tuple[str, ...]


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
        """Whether a file of the old site is as a build left it: of that size and time, as git asks too."""
        try:
            found = os.lstat(f"{self._old}/{name}")
        except OSError:
            return False
        return _state(found) == state and stat.S_ISREG(found.st_mode)

    def read(self, name: str) -> bytes:
        """Return what is in a file of the old site. Raises `OSError`."""
        return Path(self._old, name).read_bytes()

    def write(self, name: str, data: bytes) -> tuple[State, bool]:
        """Write a file, unless the old site has the very same; return its state, and whether it differs."""
        if not self._is_first:
            with suppress(OSError):
                found = os.lstat(f"{self._old}/{name}")
                # What is no regular file may have no end.
                is_alike = found.st_size == len(data) and stat.S_ISREG(found.st_mode)
                if is_alike and self.read(name) == data:
                    return _state(found), False
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
    """Return the folder beside the output folder in which a new site is made."""
    return output.parent / f".{output.name}.new"


def inspect(output: Path) -> None:
    """Raise `OutputError` where the output folder, or the one beside it, is not a folder of this project's own."""
    for folder in (output, staging(output)):
        # A junction of Windows leads elsewhere as a link does, and is none to Python.
        if folder.is_symlink() or folder.resolve() != folder.parent.resolve() / folder.name:
            message = (
                f"'{folder}' is a link, and a build would change what it leads to; delete the link,"
                " and copy the finished site to where it is wanted"
            )
            raise OutputError(message)
        if folder.exists() and not folder.is_dir():
            message = f"'{folder}' is a file, where the site's folder belongs; move it away"
            raise OutputError(message)


def begin(output: Path) -> Path:
    """Finish what an interrupted build left; return an empty folder to render into. Raises `OutputError`."""
    finish(output)
    shutil.rmtree(staging(output), ignore_errors=True)
    site = staging(output) / _SITE
    site.mkdir(parents=True)
    return site


def accept(output: Path, made: Mapping[str, bool]) -> Outcome:
    """Put the new site in the old one's place. Raises `OutputError`, and then nothing has changed.

    `made` are the files of which a `Stage` knows already whether they differ; the others are those
    in the folder to render into.
    """
    site = staging(output) / _SITE
    copied = _scan(site).files - made.keys()
    moved = {name for name, differs in made.items() if differs}
    for name in copied:
        old = output / name
        if disk.is_regular(old) and cmp(old, site / name, shallow=False):
            (site / name).unlink()
        else:
            moved.add(name)
    new = copied | made.keys()
    found, own = _scan(output), listed(output)
    _refuse_conflicts(output, found, own, new, moved)
    vanished = _vanished(found, own, new)
    _write(staging(output) / _PLAN, new)
    _carry_out(output, new, own, vanished)
    foreign = (found.files | found.others) - own - new
    return Outcome(
        len(moved) + len(found.files.intersection(vanished)),
        tuple(sorted(name for name in foreign if PurePosixPath(name).name != _REPOSITORY)),
    )


def finish(output: Path) -> None:
    """Finish a build that was interrupted while it put its site into place. Raises `OutputError`.

    A plan that is damaged, or does not fit what lies beside it or in the output folder, counts as none.
    """
    inspect(output)
    plan = _read(staging(output) / _PLAN)
    if plan is None:
        return
    new, own = frozenset(plan), listed(output)
    staged, found = _scan(staging(output) / _SITE), _scan(output)
    if staged.others or not staged.files <= new:
        return
    with suppress(OutputError):
        _refuse_conflicts(output, found, own, new, staged.files)
        _carry_out(output, new, own, _vanished(found, own, new))


def listed(output: Path) -> frozenset[str]:
    """Return the names of the files that builds have put into the output folder, with `/` between their parts."""
    return frozenset(_read(_list(output)) or ())


def add_to_list(output: Path, names: Iterable[str]) -> None:
    """Note that files in the output folder are the site's. Raises `OSError`."""
    _write(_list(output), listed(output).union(names))


def clear(output: Path) -> tuple[str, ...]:
    """Remove the site; return the files in its folder that are not the site's, and stay. Raises `OutputError`."""
    inspect(output)
    found = _scan(output)
    own = listed(output)
    for name in _vanished(found, own, frozenset()):
        _remove(output, name)
    shutil.rmtree(staging(output), ignore_errors=True)
    _list(output).unlink(missing_ok=True)
    with suppress(OSError):
        output.rmdir()
    return tuple(sorted((found.files | found.others) - own))


@dataclass(frozen=True)
class _Found:
    """What lies below a folder: regular files, and what is neither that nor a folder, such as links."""

    files: frozenset[str]
    others: frozenset[str]


def _scan(folder: Path) -> _Found:
    """Return what lies below a folder. A repository in it is its owner's, and not looked into."""
    files, others = set[str](), set[str]()
    folders = [("", str(folder))] if folder.is_dir() else []
    for prefix, place in folders:
        with os.scandir(place) as items:
            for item in items:
                name = prefix + item.name
                if item.name == _REPOSITORY:  # which is a file in a work tree of its own
                    others.add(name)
                elif item.is_dir(follow_symlinks=False):
                    folders.append((f"{name}/", item.path))
                elif item.name != _FINDERS:
                    (files if item.is_file(follow_symlinks=False) else others).add(name)
    return _Found(frozenset(files), frozenset(others))


def _refuse_conflicts(
    output: Path, found: _Found, own: frozenset[str], new: frozenset[str], moved: Iterable[str]
) -> None:
    """Raise `OutputError` where the site's files would take the place of what is not the site's."""
    foreign = found.files - own
    if foreign and not own:
        # A site without a list, as engines made it before there was one, is taken over.
        if not foreign & new:
            message = (
                f"{output.name}/ holds files, and none of them is this site's ({min(foreign)});"
                " move them away, or delete the folder"
            )
            raise OutputError(message)
        foreign -= new
    blocking = foreign - new | foreign.intersection(moved) | found.others
    if name := next(_in_the_way(blocking, new), None):
        message = (
            f"{output.name}/{name} is in the way of the site, and no build has put it there;"
            " move it away"
        )
        raise OutputError(message)


def _in_the_way(blocking: frozenset[str], new: Iterable[str]) -> Iterator[str]:
    """Yield what stands where a file of the site is to be, or a folder of one."""
    if not blocking:
        return
    folders = {folder: name for name in blocking for folder in _parents(name)}
    for name in sorted(new):
        yield from (it for it in (name, *_parents(name)) if it in blocking)
        if name in folders:
            yield folders[name]


def _parents(name: str) -> Iterator[str]:
    """Yield the folders of a file, from that in which it is to the first."""
    while name := name.rpartition("/")[0]:
        yield name


def _vanished(found: _Found, own: frozenset[str], new: frozenset[str]) -> list[str]:
    """Return the site's files that are to be removed, or whose folders are: none that a link leads to."""
    return [it for it in sorted(own - new) if found.others.isdisjoint((it, *_parents(it)))]


def _carry_out(
    output: Path, new: frozenset[str], own: frozenset[str], vanished: Iterable[str]
) -> None:
    """Do what the plan says, or what is left of it. The list names at any time all that is the site's."""
    if not new <= own:
        _write(_list(output), own | new)
    output.mkdir(exist_ok=True)
    _move(staging(output) / _SITE, output)
    for name in vanished:
        _remove(output, name)
    if own - new:
        _write(_list(output), new)
    shutil.rmtree(staging(output))


def _list(output: Path) -> Path:
    return output.with_name(f".{output.name}.list")


def _read(file: Path) -> list[str] | None:
    """Return the names in a list or a plan; None where there is none, or it is damaged or leaves the output folder."""
    with suppress(OSError, ValueError):
        names = json.loads(disk.read(file))
        if isinstance(names, list) and all(map(_is_within, names)):
            return names
    return None


def _is_within(name: object) -> bool:
    """Whether something is the name of a file below a folder on every system, and in no repository there."""
    if not isinstance(name, str) or "\0" in name or (os.name == "nt" and set(name) & set("\\:")):
        return False
    parts = name.split("/")
    return not {"", ".", "..", ".git"}.intersection(parts) and not PurePosixPath(name).is_absolute()


def _write(file: Path, names: Iterable[str]) -> None:
    disk.replace(file, json.dumps(sorted(names)).encode())


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
