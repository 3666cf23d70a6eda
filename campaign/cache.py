"""What the last build found out, so that the next one need not: in `.cache/`, and never needed.

A key is made of everything that its value depends on, but for the engine, its data and libraries, and
Python, which are stamped on the whole file. So a value is right, or it is not found. Time stamps
are no part of any key. A file that is damaged, foreign or of another engine counts as empty. Each
build writes a file whole, with what it used itself, and puts it into place at once: of two builds
at a time the last one's stays.
"""

from __future__ import annotations

import fnmatch
import os
import pickle
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Generic, TypeVar

from campaign import vendor

K = TypeVar("K", str, bytes)
V = TypeVar("V")

_ENGINE = Path(__file__).parent
_FORMAT = b"campaign cache 1\n"
_DIGEST = sha256().digest_size
# So many seconds no build takes to write a file.
_LONG = 3600


class Cache(Generic[K, V]):
    """Values by keys, read from a file and written to it by `save`; without a file, none."""

    def __init__(self, file: Path | None = None) -> None:
        self._file = file
        self._old: dict[K, V] = _load(file) if file else {}
        self._new: dict[K, V] = {}
        self._is_new = False

    def get(self, key: K) -> V | None:
        """Give the value of a key, which then stays for the next build; None where there is none."""
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
        new = self._file.with_name(f"{self._file.name}.{os.getpid()}")
        with suppress(OSError):
            self._file.parent.mkdir(exist_ok=True)
            # As the caches of other tools do, it keeps itself out of whatever repository it is in.
            self._file.with_name(".gitignore").write_text("*\n", encoding="utf-8")
            try:
                with new.open("wb") as file:
                    file.write(_FORMAT + _stamp() + sha256(payload).digest())
                    file.write(payload)
                new.replace(self._file)
            finally:
                new.unlink(missing_ok=True)
            _clear(self._file)


def folder(content: Path) -> Path:
    """Give the folder of what is kept of a site: beside its content."""
    return content.parent / ".cache"


def is_kept(file: Path) -> bool:
    """Tell whether a build has kept a file here; one that cannot be looked at counts as none."""
    try:
        return file.exists()
    except OSError:
        return False


def digest(folder: Path, pattern: str = "*") -> bytes:
    """Give the digest of all files below a folder whose names match a pattern, and of their paths within it.

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


def _clear(file: Path) -> None:
    """Delete what killed builds left of a file, so long ago that nobody still writes it. Raises `OSError`."""
    for other in file.parent.iterdir():
        name, _, number = other.name.rpartition(".")
        if name == file.name and number.isdecimal() and time.time() - other.stat().st_mtime > _LONG:
            other.unlink()


def _load(file: Path) -> dict[K, V]:
    try:
        # What is cut from it is no copy.
        data = memoryview(file.read_bytes())
    except OSError:
        return {}
    head, payload = data[: len(_FORMAT) + 2 * _DIGEST], data[len(_FORMAT) + 2 * _DIGEST :]
    if head != _FORMAT + _stamp() + sha256(payload).digest():
        return {}
    # Like `__pycache__`, it is as trustworthy as the code that it lies beside.
    found: dict[K, V] = pickle.loads(payload)  # noqa: S301 (written by this very engine)
    return found


@cache
def _stamp() -> bytes:
    """Give the digest of Python, of every library that is installed, and of the engine's own code and data."""
    stamp = sha256("\n".join([sys.version, *sorted(_libraries())]).encode())
    stamp.update(digest(_ENGINE, "*.py") + digest(vendor.folder()))
    return stamp.digest()


def _libraries() -> Iterator[str]:
    """Yield the name and version of each installed distribution, as its folder has them."""
    for folder in sys.path:
        with suppress(OSError):
            yield from (item.name for item in Path(folder).iterdir() if item.suffix == ".dist-info")
