"""The files from elsewhere that the engine reads; each has its source and licence beside it."""

from __future__ import annotations

from pathlib import Path

_HERE = Path(__file__).resolve().parent


def read(name: str) -> str:
    """Give the text of a file by its path below `vendor`, which stands beside the package, or in it once installed."""
    folder = _HERE / "vendor"
    if not folder.is_dir():
        folder = _HERE.parent / "vendor"
    return (folder / name).read_text(encoding="utf-8")
