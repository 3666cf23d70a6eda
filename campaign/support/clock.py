"""The moment that counts as now."""

from __future__ import annotations

import os
from datetime import UTC, datetime


def build_time() -> datetime:
    """Return the moment of a build: `SOURCE_DATE_EPOCH`, in seconds since 1970, else the clock.

    Source: reproducible-builds.org, "SOURCE_DATE_EPOCH specification". Raises `ValueError` with a
    sentence where the variable holds anything else.
    """
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    if not epoch:
        return datetime.now(UTC)
    try:
        return datetime.fromtimestamp(int(epoch), UTC)
    except (ValueError, OverflowError, OSError):
        message = (
            f"SOURCE_DATE_EPOCH: '{epoch}' is not a number of seconds since 1970 in this calendar; "
            "set one, or unset it"
        )
        raise ValueError(message) from None
