"""A cache of what the last build found out: in the user's cache folder, and never needed.

It lies outside of the project, by the project's path, so that nothing that a clone brings along is
ever loaded: a folder or a file that somebody else can have written counts as none.

A key is made of everything that its value depends on, but for the engine, its data and libraries, and
Python, which are stamped on the whole file. So a value is right, or it is not found. Time stamps
are no part of any key. A file that is damaged, foreign or of another engine counts as empty. Each
build replaces a file whole, with what it used itself.
"""

from __future__ import annotations

import fnmatch
import marshal
import os
import pickle
import re
import shutil
import stat
import sys
from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any, Generic, TypeVar

from platformdirs import user_cache_path

from campaign.support import disk, vendor

K = TypeVar("K", str, bytes)
V = TypeVar("V")

ENGINE = Path(__file__).parents[1]
_FORMAT = b"campaign cache 1\n"
# No site has more to keep.
_MOST_BYTES = 2_000_000_000
_DIGEST = sha256().digest_size

# The last version of `marshal` in which the same value is the same bytes, however often it stands there.
_VERSION = 2


class Cache(Generic[K, V]):
    """Values by keys, read from a file and written to it by `save`; without a file, none."""

    def __init__(self, file: Path | None = None) -> None:
        self._file = file
        self._old: dict[K, V] = _load(file) if file else {}
        self._new: dict[K, V] = {}
        self._is_new = False

    @property
    def is_empty(self) -> bool:
        """Whether no earlier build has left anything."""
        return not self._old

    def get(self, key: K) -> V | None:
        """Return the value of a key, which then stays for the next build; None where there is none."""
        found = self._old.get(key)
        if found is not None:
            self._new[key] = found
        return found

    def put(self, key: K, value: V) -> None:
        """Remember a value."""
        self._new[key] = value
        self._is_new |= self._old.get(key) != value

    def save(self) -> None:
        """Write what this build used; a disk that cannot take it goes without."""
        if self._file is None or not (self._is_new or len(self._new) < len(self._old)):
            return
        payload = pickle.dumps(self._new, pickle.HIGHEST_PROTOCOL)
        with suppress(OSError):
            if make_folder(self._file.parent):
                disk.replace(self._file, sealed(payload))


def sealed(payload: bytes) -> bytes:
    """Return a payload as a file holds it, after the proof that this engine wrote it, and wrote it whole."""
    return _FORMAT + _this_engine() + sha256(payload).digest() + payload


def folder(project: Path) -> Path | None:
    """Return the folder of what is kept of a project; None where there is no place outside of it."""
    project = project.resolve()
    home = user_cache_path("pelican-campaign", appauthor=False)
    # A variable can name any place (XDG Base Directory Specification: a relative one is none).
    if not home.is_absolute() or home.resolve().is_relative_to(project):
        return None
    name = re.sub(r"[^A-Za-z0-9]+", "-", project.name).strip("-")[:40]
    return home / f"{name}-{sha256(os.fsencode(project)).hexdigest()[:16]}"


def make_folder(place: Path) -> bool:
    """Make a folder of the user's own; return whether nobody else can have written there. Raises `OSError`."""
    place.parent.parent.mkdir(parents=True, exist_ok=True)
    for it in (place.parent, place):
        it.mkdir(mode=0o700, exist_ok=True)
    return is_own(place)


def is_own(place: Path) -> bool:
    """Whether a folder and the one above it are the user's own, and not links, and nobody else can write there."""
    if os.name == "nt":  # where the user's cache folder is closed to others already
        return place.is_dir() and not place.is_symlink()
    with suppress(OSError):
        found = [it.lstat() for it in (place.parent, place)]
        return all(
            stat.S_ISDIR(it.st_mode) and it.st_uid == os.geteuid() and not it.st_mode & 0o022
            for it in found
        )
    return False


def clear(project: Path) -> None:
    """Delete what is kept of a project."""
    place = folder(project)
    if place and is_own(place):
        shutil.rmtree(place, ignore_errors=True)


def digest(value: Any) -> bytes:  # noqa: ANN401 (plain values, one in another)
    """Return the digest of what `marshal` can write: texts, numbers, bytes, None, and lists, tuples and dicts of them.

    Raises `ValueError` for anything else.
    """
    return sha256(marshal.dumps(value, _VERSION)).digest()


def folder_digest(folder: Path, pattern: str = "*") -> bytes:
    """Return the digest of all files below a folder whose names match a pattern, and of their paths within it.

    A folder that is a link is one like any other.
    """
    found = sha256()
    files = [
        Path(place, name)
        for place, _, names in os.walk(folder, followlinks=True)
        for name in fnmatch.filter(names, pattern)
    ]
    for file in sorted(filter(Path.is_file, files)):
        data = file.read_bytes()
        found.update(f"{file.relative_to(folder).as_posix()} {len(data)}\n".encode() + data)
    return found.digest()


def _load(file: Path) -> dict[K, V]:
    if not is_own(file.parent):
        return {}
    try:
        # What is cut from it is no copy.
        data = memoryview(disk.read(file, _MOST_BYTES))
    except OSError:
        return {}
    head, payload = data[: len(_FORMAT) + 2 * _DIGEST], data[len(_FORMAT) + 2 * _DIGEST :]
    if head != _FORMAT + _this_engine() + sha256(payload).digest():
        return {}
    # The folder is the user's own, and only this engine writes such a file there.
    found: dict[K, V] = pickle.loads(payload)  # noqa: S301 (written by this very engine)
    return found


@cache
def _this_engine() -> bytes:
    return stamp()


def stamp(engine: Path = ENGINE) -> bytes:
    """Return the digest of Python, of every library that is installed, and of the code and data of an engine."""
    found = sha256("\n".join([sys.version, *sorted(_libraries())]).encode())
    found.update(folder_digest(engine, "*.py") + folder_digest(vendor.folder()))
    return found.digest()


def _libraries() -> Iterator[str]:
    """Yield the name and version of each installed distribution, as its folder has them."""
    for folder in sys.path:
        with suppress(OSError):
            yield from (item.name for item in Path(folder).iterdir() if item.suffix == ".dist-info")
