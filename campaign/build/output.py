"""The output folder: the old site stays until the new one is whole, and what is not the site's stays for good.

A build renders what differs into a folder of its own beside the output folder. When all is there, it
writes a plan, the list of the new site's files; then the files are renamed into place, and those that
vanished are removed last. A build that fails before the plan leaves the old site as it was; one that
is interrupted after it is finished by the next build before anything else.

Beside the output folder lies the list of the files that builds have put there. Nothing else in the
folder is ever replaced or removed. A list or a plan that names anything outside of it counts as none,
and so does one that came from elsewhere, with a clone or a pull: each holds the number that the disk
has given to the folder it is about, which nobody elsewhere knows.
"""

from __future__ import annotations

import json
import os
import shutil
import stat
from collections.abc import Iterable, Iterator
from contextlib import suppress
from filecmp import cmp
from pathlib import Path
from typing import NamedTuple

from filelock import FileLock

from campaign.content.problems import shorten
from campaign.support import disk

_PLAN = "plan.json"
_SITE = "site"
_REPOSITORY = ".git"
# What macOS leaves in each folder that somebody looks at.
_FINDERS = ".DS_Store"
# No list of a site is longer, and no file's name (in bytes, on any system).
_MOST_BYTES, _LONGEST_NAME = 100_000_000, 255

#: Names of files, with `/` between their parts.
Names = frozenset[str]
#: How a build left a file: its size, and when it was written (ns). Plain, as a cache is full of them.
State = tuple[int, int]


class OutputError(Exception):
    """The site cannot be put into its folder; the message is a sentence with the remedy."""


class Outcome(NamedTuple):
    """How many files changed or vanished, and the files in the folder that are not the site's."""

    changed: int
    foreign: tuple[str, ...]


class Stage:
    """Where a new site is made, and what of the old one stays.

    `made` says of each file by its name whether it differs from the old site's, and is in `folder`;
    else it stays as it is in `old`, which can be the same folder. Paths are plain text here: this is
    asked of every file of a site, and objects take longer.
    """

    def __init__(self, folder: Path, old: Path) -> None:
        self.made: dict[str, bool] = {}
        self.folder = str(folder)
        self._old = str(old)
        self._folders: set[str] = set()

    def keeps(self, name: str, state: State) -> bool:
        """Whether a file of the old site is as a build left it: of that size and time, as git asks too."""
        return self._state(name) == state

    def read(self, name: str) -> bytes:
        """Return what is in a file of the old site. Raises `OSError`."""
        return Path(self._old, name).read_bytes()

    def write(self, name: str, data: bytes) -> tuple[State, bool]:
        """Write a file, unless the old site has the very same; return its state, and whether it differs."""
        state = self._state(name)
        with suppress(OSError):
            if state and state[0] == len(data) and self.read(name) == data:
                return state, False
        folder = name.rpartition("/")[0]
        if folder not in self._folders:
            os.makedirs(f"{self.folder}/{folder}", exist_ok=True)  # noqa: PTH103 (see above)
            self._folders.add(folder)
        with open(f"{self.folder}/{name}", "wb") as new:  # noqa: PTH123 (see above)
            new.write(data)
            new.flush()
            found = os.fstat(new.fileno())
        return (found.st_size, found.st_mtime_ns), True

    def _state(self, name: str) -> State | None:
        """Return the state of a file of the old site; what is no regular file may have no end."""
        with suppress(OSError):
            found = os.lstat(f"{self._old}/{name}")
            if stat.S_ISREG(found.st_mode):
                return found.st_size, found.st_mtime_ns
        return None


def staging(output: Path) -> Path:
    """Return the folder beside the output folder in which a new site is made."""
    return output.parent / f".{output.name}.new"


def inspect(output: Path) -> None:
    """Raise `OutputError` where the output folder, or the one beside it, is not a folder of this project's own."""
    listing, locking = _list(output), _lock(output)
    # A list that is a link or a device counts as none, and another takes its place.
    for file, is_foreign in (
        (listing, listing.is_dir() and not listing.is_symlink()),
        (locking, os.path.lexists(locking) and not disk.is_regular(locking)),
    ):
        if is_foreign:
            raise OutputError(f"'{file}' is not the file that builds leave there; delete it")
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


def accept(output: Path, made: Iterable[str]) -> Outcome:
    """Put the new site in the old one's place. Raises `OutputError`, and then nothing has changed.

    `made` are the files that a `Stage` has compared with the old site's already.
    """
    site, known = staging(output) / _SITE, frozenset(made)
    staged, found, own = _scan(site).files, _scan(output), listed(output)
    same = {
        name
        for name in (staged - known) & found.files
        if cmp(output / name, site / name, shallow=False)
    }
    for name in same:
        (site / name).unlink()
    new, moved = staged | known, staged - same
    _refuse_conflicts(output, found, own, new, moved)
    _write(staging(output) / _PLAN, site, new)
    vanished = _carry_out(output, found, own, new)
    foreign = (found.files | found.others) - own - new
    return Outcome(
        len(moved) + len(found.files.intersection(vanished)),
        tuple(sorted(name for name in foreign if name.rpartition("/")[2] != _REPOSITORY)),
    )


def finish(output: Path) -> None:
    """Finish a build that was interrupted while it put its site into place. Raises `OutputError`.

    A plan that is damaged, or does not fit what lies beside it or in the output folder, counts as none.
    """
    inspect(output)
    site = staging(output) / _SITE
    plan = _read(staging(output) / _PLAN, site)
    if plan is None or (staged := _scan(site)).others or not staged.files <= plan:
        return
    found, own = _scan(output), listed(output)
    with suppress(OutputError):
        _refuse_conflicts(output, found, own, plan, staged.files)
        _carry_out(output, found, own, plan)


def listed(output: Path) -> Names:
    """Return the files that builds have put into the output folder."""
    return _read(_list(output), output) or frozenset()


def add_to_list(output: Path, names: Iterable[str]) -> None:
    """Note that files in the output folder are the site's. Raises `OSError`."""
    _write(_list(output), output, listed(output).union(names))


def clear(output: Path) -> tuple[str, ...]:
    """Remove the site; return the files in its folder that are not the site's, and stay. Raises `OutputError`."""
    inspect(output)
    found, own = _scan(output), listed(output)
    for name in _vanished(found, own, frozenset()):
        _remove(output, name)
    shutil.rmtree(staging(output), ignore_errors=True)
    _list(output).unlink(missing_ok=True)
    with suppress(OSError):
        output.rmdir()
    return tuple(sorted((found.files | found.others) - own))


class _Found(NamedTuple):
    """The contents of a folder: regular files, and others that are no folders either, such as links."""

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


def _refuse_conflicts(output: Path, found: _Found, own: Names, new: Names, moved: Names) -> None:
    """Raise `OutputError` where the site's files would take the place of what is not the site's."""
    foreign = found.files - own
    if foreign and not own:
        # A site without a list, as engines made it before there was one, is taken over.
        if not foreign & new:
            message = (
                f"{output.name}/ holds files, and none of them is this site's ({shorten(min(foreign))});"
                " move them away, or delete the folder"
            )
            raise OutputError(message)
        foreign -= new
    blocking = foreign - new | foreign & moved | found.others
    wanted = {it for name in new for it in (name, *_parents(name))} if blocking else set()
    if conflicts := [it for it in blocking if it in wanted or not new.isdisjoint(_parents(it))]:
        message = (
            f"{output.name}/{shorten(min(conflicts))} is in the way of the site, and no build has put it"
            " there; move it away"
        )
        raise OutputError(message)


def _parents(name: str) -> Iterator[str]:
    """Yield the folders of a file, from that in which it is to the first."""
    while name := name.rpartition("/")[0]:
        yield name


def _vanished(found: _Found, own: Names, new: Names) -> list[str]:
    """Return the site's files that are to be removed, or whose folders are: none that a link leads to."""
    return [it for it in sorted(own - new) if found.others.isdisjoint((it, *_parents(it)))]


def _carry_out(output: Path, found: _Found, own: Names, new: Names) -> list[str]:
    """Do what is left of a plan; return what vanishes. The list names at any time all that is the site's."""
    output.mkdir(exist_ok=True)
    if not new <= own:
        _write(_list(output), output, own | new)
    _move(staging(output) / _SITE, output)
    vanished = _vanished(found, own, new)
    for name in vanished:
        _remove(output, name)
    if own - new:
        _write(_list(output), output, new)
    shutil.rmtree(staging(output))
    return vanished


def lock(output: Path) -> FileLock:
    """Return the lock of the output folder, which one process holds at a time, and can take more than once.

    Raises `OutputError`.
    """
    inspect(output)
    return FileLock(_lock(output), is_singleton=True)


def _lock(output: Path) -> Path:
    return output.with_name(f".{output.name}.lock")


def _list(output: Path) -> Path:
    return output.with_name(f".{output.name}.list")


def _read(file: Path, folder: Path) -> Names | None:
    """Return the names in a list or a plan about a folder; None where it is damaged, or about another folder."""
    with suppress(OSError, ValueError, RecursionError):
        match json.loads(disk.read(file, _MOST_BYTES)):
            case {"folder": int(number), "files": list(names)}:
                found = folder.lstat()
                is_its_own = stat.S_ISDIR(found.st_mode) and number == found.st_ino
                if is_its_own and all(map(_is_within, names)):
                    return frozenset(names)
    return None


def _is_within(name: object) -> bool:
    """Whether something is the name of a file below a folder on every system, and in no repository there."""
    if not isinstance(name, str) or "\0" in name or (os.name == "nt" and set(name) & set("\\:")):
        return False
    parts = name.split("/")
    is_short = len(max(parts, key=len).encode("utf-8", "surrogatepass")) <= _LONGEST_NAME
    return is_short and {"", ".", "..", _REPOSITORY}.isdisjoint(parts)


def _write(file: Path, folder: Path, names: Iterable[str]) -> None:
    content = {"folder": folder.lstat().st_ino, "files": sorted(names)}
    disk.replace(file, json.dumps(content).encode())


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
    for folder in _parents(name):
        with suppress(OSError):  # it holds something, or is gone
            (output / folder).rmdir()
