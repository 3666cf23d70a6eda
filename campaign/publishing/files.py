"""The files to publish: those that the build lists, and the few that belong to the branch itself."""

from __future__ import annotations

import glob
import hashlib
import os
import shutil
import stat
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

from campaign.publishing.git import Entry

_FILE, _PROGRAM = "100644", "100755"
_SHA256_DIGITS = 64


@dataclass(frozen=True)
class SiteFiles:
    """Files in a folder by their names, with `/` between their parts; `added` are more of them, with what they hold."""

    folder: Path
    names: tuple[str, ...]
    added: Mapping[str, bytes] = field(default_factory=dict)

    def irregular(self) -> list[str]:
        """Return the names behind which is no regular file of the folder: a link, a device, nothing."""
        return [name for name in self.names if not self._is_regular(name)]

    def stage(self, stage: Path) -> None:
        """Put the files into an empty folder on the same disk, without a copy where the disk can."""
        for name in self.names:
            target = stage / name
            target.parent.mkdir(parents=True, exist_ok=True)
            try:
                os.link(self.folder / name, target, follow_symlinks=False)
            except (OSError, NotImplementedError):
                shutil.copy2(self.folder / name, target, follow_symlinks=False)
        for name, data in self.added.items():
            (stage / name).write_bytes(data)

    def entries(self, example: str) -> dict[str, Entry]:
        """Return the files as git lists them in a tree; the algorithm of their ids is that of an example."""
        algorithm = "sha256" if len(example) == _SHA256_DIGITS else "sha1"
        found = {}
        for name in self.names:
            file = self.folder / name
            mode = _PROGRAM if os.access(file, os.X_OK) else _FILE
            found[name] = Entry(mode, _blob_id(file.read_bytes(), algorithm))
        for name, data in self.added.items():
            found[name] = Entry(_FILE, _blob_id(data, algorithm))
        return found

    def _is_regular(self, name: str) -> bool:
        file, parts = self.folder / name, PurePosixPath(name).parts
        if name.startswith("/") or ".." in parts:
            return False
        if any(folder.is_symlink() for folder in file.parents[: len(parts) - 1]):
            return False
        try:
            return stat.S_ISREG(file.lstat().st_mode)
        except OSError:
            return False


@contextmanager
def workplace(output: Path) -> Iterator[Path]:
    """Make a folder beside the output folder, on the same disk, that is gone afterwards.

    It is called with the lock of the output folder: what lies there is left of a process that was killed.
    """
    prefix = f".{output.name}.publish-"
    for old in output.parent.glob(f"{glob.escape(prefix)}*"):
        shutil.rmtree(old, ignore_errors=True)
    with TemporaryDirectory(prefix=prefix, dir=output.parent, ignore_cleanup_errors=True) as place:
        yield Path(place)


def _blob_id(data: bytes, algorithm: str) -> str:
    """Return the id that git gives a file (gitformat-loose, "header")."""
    return hashlib.new(
        algorithm, b"blob %d\0" % len(data) + data, usedforsecurity=False
    ).hexdigest()
