"""The files from elsewhere that the engine reads; each has its source and licence beside it."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parents[1]


def folder() -> Path:
    """Return the folder `vendor`, which stands beside the package, or in it once installed."""
    within = _PACKAGE / "vendor"
    return within if within.is_dir() else _PACKAGE.parent / "vendor"


def read(name: str) -> str:
    """Return the text of a file by its path below `vendor`."""
    return (folder() / name).read_text(encoding="utf-8")
