"""Digests of plain values: the same for equal ones in each process, and for different ones another."""

from __future__ import annotations

import marshal
from hashlib import sha256
from typing import Any

# The last form of `marshal` in which the same value is the same bytes, however often it stands there.
_FORM = 2


def digest(told: Any) -> bytes:  # noqa: ANN401 (plain values, one in another)
    """Give the digest of what `marshal` can write: texts, numbers, bytes, None, and lists, tuples and dicts of them.

    Raises `ValueError` for anything else.
    """
    return sha256(marshal.dumps(told, _FORM)).digest()
