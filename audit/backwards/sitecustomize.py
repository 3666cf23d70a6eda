"""Lists every folder backwards, in a Python that finds this on its path when it starts."""  # noqa: INP001

from __future__ import annotations

import os
from collections.abc import Iterator

_listdir, _scandir = os.listdir, os.scandir


class _Entries(Iterator["os.DirEntry[str]"]):
    """The entries of `os.scandir` in another order."""

    def __init__(self, path: str = ".") -> None:
        with _scandir(path) as entries:
            self._entries = iter(sorted(entries, key=lambda entry: entry.name, reverse=True))

    def __next__(self) -> os.DirEntry[str]:
        return next(self._entries)

    def __enter__(self) -> Iterator[os.DirEntry[str]]:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Nothing is open any more."""


def _names(path: str = ".") -> list[str]:
    return sorted(_listdir(path), reverse=True)


vars(os).update(listdir=_names, scandir=_Entries)
