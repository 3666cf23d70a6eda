"""Days and times of day as people and spreadsheet programs write them.

What has one meaning is read. What has several is never guessed: the sentence of the error names
each of them, unless the other days of its table prove in which order such days are written.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime, time, timedelta
from enum import Enum
from functools import lru_cache
from types import MappingProxyType

from campaign.content.problems import shorten

# No campaign is older, and none is planned so far ahead: other years are slips.
YEARS = range(1900, 2101)
# For a set of a pattern: hyphens, dashes and the minus sign.
DASHES = "-\u2010-\u2015\u2212"

# How many digits a year has that is written in full.
_YEAR = 4
_MONTHS = {
    name[:length]: number
    for number, name in enumerate(
        (
            "january", "february", "march", "april", "may", "june",
            "july", "august", "september", "october", "november", "december",
        ),
        1,
    )
    for length in (3, len(name))
} | {"sept": 9}  # fmt: skip
_WEEKDAYS = {
    name[:length]: number
    for number, name in enumerate(
        ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
    )
    for length in (3, len(name))
} | {"tues": 1, "wednes": 2, "thur": 3, "thurs": 3}

_ISO = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_ISO_CLOCK = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]")
# The others are compiled when something else stands where a day or a time belongs.
_NUMBERS = r"([0-9]{4}|[0-9]{1,2})([-/.]) ?([0-9]{1,2})\2 ?([0-9]{4}|[0-9]{1,2})"
_NAMED = (
    r"(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?[ -]?(?:of )?(?P<month>[a-z]+)\.?,?[ -]?(?P<year>[0-9]{4}|(?<=-)[0-9]{2})"
    r"|(?P<month_>[a-z]+)\.?[ -]?(?P<day_>[0-9]{1,2})(?:st|nd|rd|th)?(?:, ?| |-)(?P<year_>[0-9]{4})"
)
_MIDNIGHT = r"(?<=[0-9])[ t](?:0?0:00(?::00(?:\.0+)?)?|12:00(?::00)? am)"
_WEEKDAY = r"([a-z]+)\.?,? (?=[a-z0-9])"
_CLOCK = (
    r"(?P<hour>[0-9]{1,2})(?:[:.h](?P<minute>[0-9]{2}))?(?::(?P<second>[0-9]{2})(?:\.0+)?)?"
    r" ?(?:(?P<half>[ap])\.?(?: ?m\.?)?|h|uhr)?"
)
_FRACTION = r"0?[.,]([0-9]+)"
_BETWEEN = rf" ?(?:[{DASHES}]|\bto\b|\buntil\b|\btill\b) ?"
_NOON = {"noon", "12 noon", "midday"}
_DAY_AND_TIME = (
    r"(?P<day>.*?[0-9]{2})(?:,? at |, |[tT]| )"
    r"(?P<time>[0-9]{1,2}(?:[:.][0-9]{2}.*|:? ?[aApP]\.? ?[mM]?\.?)|noon)"
)
# Spreadsheet programs count days from here (ECMA-376, part 1, section 18.17.4.1, the 1900 system).
_DAY_0 = date(1899, 12, 30)
_SERIAL = r"([2-7][0-9]{4})(?:[.,][0-9]+)?"


class Order(Enum):
    """Which number of a day comes first."""

    MONTH_FIRST = "month/day/year"
    DAY_FIRST = "day/month/year"


#: The order of each sign that stands between the numbers of a day: `/`, `.` or `-`.
Orders = Mapping[str, Order]
_NO_ORDERS: Orders = MappingProxyType({})


@lru_cache(4096)  # days are those of many events
def read_day(text: str) -> date:
    """Read a day in any form that has one meaning.

    Raises `ValueError` with a sentence that ends in the remedy.
    """
    if _ISO.fullmatch(text):
        try:
            day = date.fromisoformat(text)
        except ValueError:
            message = (
                f"'{text}' is not a day in the calendar; write one that is, such as 2018-06-14"
            )
            raise ValueError(message) from None
        check_year(day.year, text)
        return day
    return _read_other_day(text, _NO_ORDERS)


def in_iso_form(text: str, orders: Orders = _NO_ORDERS) -> str:
    """Return a day as year-month-day where it has one meaning, by the orders at the latest; any other text as it is."""
    if _ISO.fullmatch(text):
        return text
    try:
        return _read_other_day(text, orders).isoformat()
    except ValueError:
        return text


def proven_orders(texts: Iterable[str]) -> Orders:
    """Return the order of day and month that all days with one reading share, for each sign between their numbers.

    A sign is left out where no day proves its order, or two prove different ones.
    """
    proven: dict[str, set[Order]] = {}
    for text in texts:
        if not _ISO.fullmatch(text):
            plain, _ = _plain(text)
            readings = _numeric_readings(plain)
            if len(readings) == 1:
                proven.setdefault(_sign(plain), set()).update(filter(None, readings))
    return {sign: orders.pop() for sign, orders in proven.items() if len(orders) == 1}


@lru_cache(4096)  # times are those of many events
def read_time(text: str) -> time:
    """Read a time of day in any form that has one meaning.

    Raises `ValueError` with a sentence that ends in the remedy.
    """
    if _ISO_CLOCK.fullmatch(text):
        return time.fromisoformat(text)
    plain = " ".join(text.lower().split())
    if plain in _NOON:
        return time(12)
    found = re.fullmatch(_CLOCK, plain)
    moment = _time_of(found) if found else None
    if not found or moment is None:
        raise ValueError(_explain_time(text, plain))
    if len(found["hour"]) == 1 and moment.hour > 0 and not found["half"] and not found["second"]:
        # The hand of a clock, or the 24-hour clock without its zero: half a day lies between.
        evening = moment.replace(hour=moment.hour + 12)
        message = f"'{text}' may be {moment:%H:%M} or {evening:%H:%M}; write one of them"
        raise ValueError(message)
    return moment


def split_moment(text: str) -> tuple[str, str]:
    """Split a text such as `6/30/2018 11:00 AM` into day and time, each as typed; the second may be empty."""
    found = re.fullmatch(_DAY_AND_TIME, " ".join(text.split()))
    if found and is_like_day(found["day"]):
        return found["day"], found["time"]
    return text, ""


def split_range(text: str) -> tuple[str, str]:
    """Split a text such as `11am - 1pm` into the two times; the second is empty where there are not two clear ones.

    The first of `1-3pm` takes the half of the day from the second, where it then comes before it.
    """
    first, second = _two_times(text)
    end = _read_clock(second)
    lent = f"{first}{second.lstrip('0123456789:. ')}"
    begin = _read_clock(lent)
    if begin and end and begin < end:
        return lent, second
    return (first, second) if _read_clock(first) and end else (text, "")


def _two_times(text: str) -> tuple[str, str]:
    parts = re.split(_BETWEEN, " ".join(text.split()))
    plain = [part.lower() for part in parts]
    if len(parts) == 2 and all(it in _NOON or re.fullmatch(_CLOCK, it) for it in plain):  # noqa: PLR2004 (from and to)
        return parts[0], parts[1]
    return text, ""


def _read_clock(text: str) -> time | None:
    try:
        return read_time(text)
    except ValueError:
        return None


def read_moment(text: str) -> datetime:
    """Read a day, or a day and a time with or without an offset, `2018-06-12T10:00Z` or `6/30/2018 11 AM`.

    Raises `ValueError` with a sentence that ends in the remedy.
    """
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        day, clock = split_moment(text)
        if not is_like_day(day):
            message = (
                f"'{shorten(text)}' is not a day or a moment; write 2018-06-12 or 2018-06-12T10:00Z"
            )
            raise ValueError(message) from None
        moment = datetime.combine(read_day(day), read_time(clock) if clock else time())
    check_year(moment.year, text)
    return moment


def is_like_day(text: str) -> bool:
    """Whether a text has the form of a day, be there such a day or not."""
    plain, _ = _plain(text)
    return bool(re.fullmatch(_NUMBERS, plain) or re.fullmatch(_NAMED, plain))


def _read_other_day(text: str, orders: Orders) -> date:
    plain, weekday = _plain(text)
    readings = _numeric_readings(plain)
    days = set(readings.values()) or _named_reading(plain)
    order = orders.get(_sign(plain)) if len(days) > 1 else None
    if order and order in readings:
        days = {readings[order]}
    if not days:
        raise ValueError(_explain_day(text, plain))
    if len(days) > 1:
        message = (
            f"'{text}' may be {' or '.join(map(str, sorted(days)))}; write the one that is meant"
        )
        raise ValueError(message)
    day = days.pop()
    check_year(day.year, text)
    if weekday is not None and day.weekday() != weekday:
        message = f"'{shorten(text)}' contradicts itself, {day} is a {day:%A}; mend the day"
        raise ValueError(message)
    return day


@lru_cache(4096)  # days are those of many events, and asked for several times
def _plain(text: str) -> tuple[str, int | None]:
    """Return a day's text in small letters without its weekday and midnight, and the weekday's number."""
    plain = re.sub(f"[{DASHES}]", "-", " ".join(text.lower().split()))
    plain = re.sub(_MIDNIGHT, "", plain)
    named = re.match(_WEEKDAY, plain)
    weekday = _WEEKDAYS.get(named[1]) if named else None
    return (plain[named.end() :] if named and weekday is not None else plain), weekday


def _sign(plain: str) -> str:
    """Return what stands between the numbers of a day."""
    found = re.fullmatch(_NUMBERS, plain)
    return found[2] if found else ""


@lru_cache(4096)  # likewise
def _numeric_readings(plain: str) -> Mapping[Order | None, date]:
    """Return the days that three numbers can mean by the order that they then have; the year's coming first is None."""
    found = re.fullmatch(_NUMBERS, plain)
    if not found or (len(found[4]) == 1 and len(found[1]) < _YEAR):
        return {}
    first, second, third = (int(found[group]) for group in (1, 3, 4))
    tried: dict[Order | None, tuple[int, int, int]] = {}
    if len(found[1]) == _YEAR:
        tried[None] = (first, second, third)
    else:
        year = third if len(found[4]) == _YEAR else 2000 + third
        tried[Order.DAY_FIRST] = (year, second, first)
        tried[Order.MONTH_FIRST] = (year, first, second)
        if found[2] == "-" and year != third:
            tried[None] = (2000 + first, second, third)
    return {order: day for order, parts in tried.items() if (day := _day(*parts))}


def _named_reading(plain: str) -> set[date]:
    """Return the day that a month's name and two numbers mean, in a set that else is empty."""
    found = re.fullmatch(_NAMED, plain)
    month = found and _MONTHS.get(found["month"] or found["month_"])
    if not found or not month:
        return set()
    year = found["year"] or found["year_"]
    named = _day(
        int(year) if len(year) == _YEAR else 2000 + int(year),
        month,
        int(found["day"] or found["day_"]),
    )
    return {named} if named else set()


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def check_year(year: int, text: str) -> None:
    """Refuse a year that no campaign can mean. Raises `ValueError`."""
    if year not in YEARS:
        message = f"'{shorten(text)}' is too long ago or too far ahead; write a year from {YEARS[0]} to {YEARS[-1]}"
        raise ValueError(message)


def _explain_day(text: str, plain: str) -> str:
    """Return what is wrong with a text that is no day, by what people and programs leave in its place."""
    shown = f"'{shorten(text)}'"
    day, clock = split_moment(text)
    if clock:
        return f"{shown} holds a time as well; write only the day here: {in_iso_form(day)}"
    if serial := re.fullmatch(_SERIAL, plain):
        counted = _DAY_0 + timedelta(days=int(serial[1]))
        what = f"{shown} is how a spreadsheet counts days, likely for {counted}"
        return f"{what}; write it so, or give the column the format of a date and save it again"
    if re.fullmatch(_NUMBERS, plain) or (re.fullmatch(_NAMED, plain) and _named_month(plain)):
        return f"{shown} is not a day in the calendar; write one that is, such as 2018-06-14"
    if _named_month(plain) and not re.search("[0-9]{4}", plain):
        return f"{shown} has no year; write the day as year-month-day, such as 2018-06-14"
    return f"{shown} is not a date; write the day as year-month-day, such as 2018-06-14"


def _named_month(plain: str) -> bool:
    return any(word in _MONTHS for word in re.findall("[a-z]+", plain))


def _time_of(found: re.Match[str]) -> time | None:
    """Return the time that a clock shows, None where no clock shows it."""
    hour, minute, second = (int(found[part] or 0) for part in ("hour", "minute", "second"))
    if re.fullmatch(_FRACTION, found[0]):
        return None
    if found["half"]:
        if not 1 <= hour <= 12:  # noqa: PLR2004 (a clock's face)
            return None
        hour = hour % 12 + (12 if found["half"] == "p" else 0)
    elif not found["minute"] and not found[0].endswith(("h", "uhr")):
        return None
    return time(hour, minute) if hour < 24 and minute < 60 and not second else None  # noqa: PLR2004 (a clock's range)


def _explain_time(text: str, plain: str) -> str:
    """Return what is wrong with a text that is no time, by what people and programs leave in its place."""
    shown = f"'{shorten(text)}'"
    _, clock = split_moment(text)
    if clock:
        return f"{shown} holds a day as well; write only the time here: {clock}"
    if re.fullmatch(r"(?:12 )?midnight|24[:.]00(?::00)?", plain):
        return f"{shown} may begin a day or end one; write 00:00, on the day that begins then"
    if fraction := re.fullmatch(_FRACTION, plain):
        minutes = round(float(f"0.{fraction[1]}") * 24 * 60) % (24 * 60)
        what = f"{shown} is how a spreadsheet counts time, likely for {minutes // 60:02}:{minutes % 60:02}"
        return f"{what}; write it so, or give the column the format of a time and save it again"
    if _two_times(text)[1]:
        return (
            f"{shown} is two times; write the first in start and the second in end, such as 18:00"
        )
    zoned = re.fullmatch(r"(.*[0-9m.]) ?\(?((?!am|pm)[a-z]{2,4})\)?", plain)
    if zoned and (re.fullmatch(_CLOCK, zoned[1].strip()) or _two_times(zoned[1])[1]):
        return f"{shown} names a time zone; write that in timezone, and only the time here"
    return f"{shown} is not a time; write it on the 24-hour clock, such as 18:00"
