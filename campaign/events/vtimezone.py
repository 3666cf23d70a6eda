"""Time zones as calendars carry them (iCalendar): when clocks change, as far as a calendar's events need it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from functools import cache, lru_cache
from itertools import groupby
from typing import NamedTuple
from zoneinfo import ZoneInfo

# No zone has changed its clocks twice within this time since 1900, or will by the rules of today.
_STEP = timedelta(days=5)
_SECOND = timedelta(seconds=1)


class Observance(NamedTuple):
    """The clocks of a zone from one change to the next (RFC 5545, section 3.6.5).

    `onset` is the moment of the change, in UTC; `before` and `offset` are how far clocks are
    ahead of UTC before it and after it; `name` is what people there call this time: "EDT".
    """

    zone: str
    onset: datetime
    before: timedelta
    offset: timedelta
    name: str
    daylight: bool

    def shows_as(self, other: Observance) -> bool:
        """Whether clocks show the same as under another."""
        return self[3:] == other[3:]


def observance(moment: datetime) -> Observance:
    """Return the observance in which a moment falls; its `tzinfo` is a `ZoneInfo`.

    Where clocks have not changed since the year before the moment's, it begins with that year.
    """
    zone = moment.tzinfo
    if not isinstance(zone, ZoneInfo):
        message = f"{moment} is in no zone of the IANA database"
        raise TypeError(message)
    return _observance(zone, moment.replace(tzinfo=None), moment.fold)


@lru_cache(4096)  # days and hours are those of many events
def _observance(zone: ZoneInfo, shown: datetime, fold: int) -> Observance:
    utc = shown.replace(tzinfo=zone, fold=fold).astimezone(UTC)
    years = (utc.year, utc.year - 1)
    changes = (change for year in years for change in reversed(_changes(zone, year)))
    return next((it for it in changes if it.onset <= utc), None) or _unchanged(zone, utc.year - 1)


def compact(moment: datetime) -> str:
    """Write what a clock shows in the basic form of ISO 8601: `20240614T180000` (RFC 5545, section 3.3.5)."""
    return _compact(moment.replace(tzinfo=None))


@lru_cache(4096)  # likewise
def _compact(shown: datetime) -> str:
    return shown.isoformat(timespec="seconds").replace("-", "").replace(":", "")


def definitions(observances: Iterable[Observance]) -> list[str]:
    """Return the lines of a VTIMEZONE for each zone, by its name, with no more than these observances."""
    lines = []
    for zone, found in groupby(sorted(set(observances)), key=lambda it: it.zone):
        lines += ["BEGIN:VTIMEZONE", f"TZID:{zone}"]
        last: Observance | None = None
        for it in found:
            # Where clocks show the same as in the last, that one goes on.
            if last is None or not it.shows_as(last):
                lines += _definition(it)
            last = it
        lines.append("END:VTIMEZONE")
    return lines


@cache
def _definition(it: Observance) -> tuple[str, ...]:
    kind = "DAYLIGHT" if it.daylight else "STANDARD"
    # The onset is told by the clocks as they were before it.
    onset = compact(it.onset + it.before)
    return (
        f"BEGIN:{kind}",
        f"DTSTART:{onset}",
        # It says the same, to programs that count no onsets but those of rules and dates.
        f"RDATE:{onset}",
        f"TZOFFSETFROM:{_offset(it.before)}",
        f"TZOFFSETTO:{_offset(it.offset)}",
        f"TZNAME:{it.name}",
        f"END:{kind}",
    )


def _offset(offset: timedelta) -> str:
    """Write an offset from UTC: `-0400`, with seconds where it has some (RFC 5545, section 3.3.14)."""
    seconds = round(offset.total_seconds())
    minutes, second = divmod(abs(seconds), 60)
    hour, minute = divmod(minutes, 60)
    return f"{'-' if seconds < 0 else '+'}{hour:02}{minute:02}" + (f"{second:02}" if second else "")


@cache
def _changes(zone: ZoneInfo, year: int) -> tuple[Observance, ...]:
    """Return the observances that begin within a year of UTC, in order: `zoneinfo` has no list of them."""
    found = []
    at, last = (datetime(it, 1, 1, tzinfo=UTC) - _SECOND for it in (year, year + 1))
    while at < last:
        later = min(at + _STEP, last)
        if _shown(zone, at) != _shown(zone, later):
            onset = _first_change(zone, at, later)
            found.append(_begun(zone, onset, _shown(zone, at)[0]))
        at = later
    return tuple(found)


@cache
def _unchanged(zone: ZoneInfo, year: int) -> Observance:
    """Return what clocks show at a year's beginning, as if it began there."""
    start = datetime(year, 1, 1, tzinfo=UTC)
    return _begun(zone, start, _shown(zone, start)[0])


def _begun(zone: ZoneInfo, onset: datetime, before: timedelta) -> Observance:
    offset, daylight, name = _shown(zone, onset)
    return Observance(zone.key, onset, before, offset, name, daylight)


def _first_change(zone: ZoneInfo, early: datetime, late: datetime) -> datetime:
    """Return the first second between two moments at which clocks show what they show at the later one."""
    shown = _shown(zone, late)
    while late - early > _SECOND:
        between = early + (late - early) // _SECOND // 2 * _SECOND
        if _shown(zone, between) == shown:
            late = between
        else:
            early = between
    return late


def _shown(zone: ZoneInfo, moment: datetime) -> tuple[timedelta, bool, str]:
    """Return how far a zone's clocks are ahead of UTC, whether that is summer time, and its name."""
    local = moment.astimezone(zone)
    return local.utcoffset() or timedelta(), bool(local.dst()), local.tzname() or zone.key
