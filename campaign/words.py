"""The theme's own words in one language, and dates, times and countries as that language writes them."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Literal
from zoneinfo import ZoneInfo

from babel import Locale, UnknownLocaleError
from babel.dates import (
    format_date,
    format_skeleton,
    format_time,
    get_timezone_gmt,
    get_timezone_location,
)
from babel.numbers import format_decimal

from campaign.content.fields import PartialDate
from campaign.content.problems import Problem, nearest
from campaign.content.text import find_invisible

DateStyle = Literal["long", "full", "short", "month", "weekday"]
# CLDR's skeletons of the styles that are no format of their own.
_SKELETONS = {"short": "MMMd", "month": "yMMMM", "weekday": "Ed"}
Texts = Mapping[str, str | Mapping[str, str]]
REFERENCE = "en"


class MissingWordError(LookupError):
    """A template asks for words that the language's file does not have."""


@dataclass(frozen=True)
class Words:
    """The theme's words in one language."""

    code: Annotated[str, "the language's code, such as `en` (BCP 47)"]
    texts: Annotated[Texts, "the words by key: a text or its plural forms (CLDR)"]
    locale: Annotated[Locale, "how the language writes dates and numbers (Babel)"]

    @property
    def direction(self) -> str:
        """`ltr` or `rtl`."""
        return str(self.texts["direction"])

    def text(self, key: str, **values: object) -> str:
        """Return the words for a key, with `{names}` filled in; `count` chooses among plural forms."""
        try:
            found = self.texts[key]
        except KeyError:
            message = f"the words '{key}' are missing in the translation '{self.code}'"
            raise MissingWordError(message) from None
        if not isinstance(found, str):
            count = values["count"]
            form = "other"
            if isinstance(count, int):
                form = self.locale.plural_form(count)
                values["count"] = _decimal(count, self.locale)
            found = found.get(form, found["other"])
        return found.format(**values) if values else found

    def joined(self, *parts: str | None) -> str:
        """Return those of several names that are there in one line: "Springfield, IL"."""
        return self.text("list_separator").join(filter(None, parts))

    def date(self, day: date | PartialDate, style: DateStyle = "long") -> str:
        """Write a day, or a month where the day is not known: "June 14, 2018", "June 2018".

        `full` adds the weekday, `short` leaves the year out; `month` gives the month alone,
        `weekday` the day within it: "14 Thu".
        """
        if isinstance(day, PartialDate):
            if day.day is None:
                return self.date(date(day.year, day.month, 1), "month")
            day = date(day.year, day.month, day.day)
        skeleton = _SKELETONS.get(style)
        return _skeleton(skeleton, day, self.locale) if skeleton else _date(day, style, self.locale)

    def clock(self, moment: time) -> str:
        """Write a time of day: "6:00 PM", with plain spaces."""
        return _clock(moment, self.locale)

    def country(self, code: str) -> str:
        """Return a country's name by its code (ISO 3166-1)."""
        return _country(code, self.locale)

    def zone(self, zone: ZoneInfo) -> str:
        """Return whose time a zone's is by the city that names it: "time in Chicago"; without one, "GMT+00:00"."""
        city = _city(zone, self.locale)
        return self.text("time_in", place=city) if city else _offset(zone, self.locale)


@lru_cache(4096)
def _date(day: date, style: str, locale: Locale) -> str:
    return format_date(day, style, locale)


@lru_cache(4096)
def _skeleton(skeleton: str, day: date, locale: Locale) -> str:
    return format_skeleton(skeleton, day, locale=locale)


@lru_cache(4096)
def _decimal(number: int, locale: Locale) -> str:
    return format_decimal(number, locale=locale)


@lru_cache(1500)
def _clock(moment: time, locale: Locale) -> str:
    return format_time(moment, "short", locale=locale).replace("\u202f", "\u00a0")


@lru_cache(300)
def _country(code: str, locale: Locale) -> str:
    return str(locale.territories.get(code, code))


@lru_cache(1000)
def _city(zone: ZoneInfo, locale: Locale) -> str:
    """Return the city that names a zone, the empty text where it has none, as UTC."""
    if zone.key == "UTC" or zone.key.startswith("Etc/"):
        return ""
    city = get_timezone_location(zone, locale=locale, return_city=True)
    # Where the language has no name for it, Babel gives the zone's key from its second part.
    return city.rpartition("/")[2]


def _offset(zone: ZoneInfo, locale: Locale) -> str:
    """Name a zone that knows no summer time by what it is ahead of Greenwich."""
    return get_timezone_gmt(datetime(2000, 1, 1, tzinfo=zone), locale=locale)


def load(folder: Path, code: str) -> Words:
    """Read a language's words from `<code>.toml` in the folder. Raises what `problems` would tell."""
    texts = tomllib.loads((folder / f"{code}.toml").read_text(encoding="utf-8"))
    return Words(code, texts, Locale.parse(code, sep="-"))


def problems(folder: Path, code: str) -> Iterator[Problem]:
    """Yield what keeps a language from being used; each file is held against English, which must be whole."""
    reference, mistakes = _read(folder, REFERENCE)
    mistakes = mistakes or list(_find_all(folder, REFERENCE, reference, reference))
    if code != REFERENCE and not mistakes:
        texts, mistakes = _read(folder, code)
        mistakes = mistakes or list(_find_all(folder, code, texts, reference))
    yield from mistakes


def _find_all(folder: Path, code: str, texts: Texts, reference: Texts) -> Iterator[Problem]:
    lines = _Lines(folder / f"{code}.toml")
    try:
        Locale.parse(code, sep="-")
    except (ValueError, UnknownLocaleError):
        remedy = "name the file by one such as es or pt-BR"
        yield lines.problem("", f"'{code}' is not the code of a language; {remedy}")
    for key in texts.keys() - reference.keys():
        hint = nearest(key, reference) or "; take them out"
        yield lines.problem(key, f"no template uses these words{hint}")
    for key, wanted in reference.items():
        if key not in texts:
            yield lines.problem(key, f"missing; translate '{_sample(wanted)}'")
        elif message := _word_problem(key, texts[key], wanted):
            yield lines.problem(key, message)


def _word_problem(key: str, found: object, wanted: str | Mapping[str, str]) -> str:
    """Return what is wrong with the words for one key, or nothing."""
    forms = list(found.values()) if isinstance(found, Mapping) else [found]
    if not all(isinstance(form, str) for form in forms) or (
        isinstance(wanted, str) and isinstance(found, Mapping)
    ):
        return 'write the words in quotes: key = "words"'
    if isinstance(found, Mapping) and "other" not in found:
        return "the form 'other' is missing; it stands for each number that has no form of its own"
    if key == "direction" and found not in {"ltr", "rtl"}:
        return 'write "ltr" for a script from left to right, "rtl" for one from right to left'
    for form in map(str, forms):
        if character := find_invisible(form):
            return f"an invisible character ({character}) that no page can show; take it out"
        if message := _filling_problem(form, _names(wanted)):
            return message
    return ""


def _filling_problem(form: str, names: set[str]) -> str:
    """Return what is wrong with what is filled in between braces, or nothing."""
    try:
        form.format(**dict.fromkeys(names, ""))
    except (KeyError, AttributeError, IndexError):
        listed = " and ".join(f"{{{name}}}" for name in sorted(names))
        if not listed:
            return "nothing is filled in here; leave the braces out"
        return f"only {listed} can be filled in here, as in the English words"
    except ValueError:
        return "the braces do not fit; what is filled in stands between '{' and '}'"
    return ""


class _Lines:
    """The lines of a language's file, in which a key's line can be found."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._lines = file.read_text(encoding="utf-8").split("\n")

    def problem(self, key: str, message: str) -> Problem:
        """Return a problem at the line of a key; at the first where there is none."""
        begins = re.compile(rf"\s*\[?{re.escape(key)}\s*[=.\]]")
        found = (number for number, line in enumerate(self._lines, 1) if begins.match(line))
        return Problem(message, _shown(self._file), next(found, 1), field=key)


def languages(folder: Path) -> list[str]:
    """Return the codes of the languages that the theme speaks."""
    return sorted(file.stem for file in folder.glob("*.toml"))


def _read(folder: Path, code: str) -> tuple[Texts, list[Problem]]:
    file = folder / f"{code}.toml"
    try:
        return tomllib.loads(file.read_text(encoding="utf-8")), []
    except OSError as error:
        message = f"cannot be read ({error.strerror}); put this file back, or check its permissions"
        return {}, [Problem(message, _shown(file), 1)]
    except ValueError as error:
        at = re.search(r"at line (\d+)", str(error))
        message = f'this line cannot be read; each is key = "words" (TOML: {error})'
        return {}, [Problem(message, _shown(file), int(at[1]) if at else 1)]


def _shown(file: Path) -> str:
    """Return a language's file as a person would name it, from the project's root."""
    return "/".join(file.parts[-3:])


def _sample(words: str | Mapping[str, str]) -> str:
    return words if isinstance(words, str) else words["other"]


def _names(words: str | Mapping[str, str]) -> set[str]:
    forms = [words] if isinstance(words, str) else words.values()
    return {name for form in forms for name in re.findall(r"{(\w+)", form)}
