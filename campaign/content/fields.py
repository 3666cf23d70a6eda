"""The types of value that fields have: each turns what an editor typed into a value, or says what is wrong.

A parser takes the text as typed and raises `ValueError` with a sentence that ends in the remedy.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from datetime import UTC, date, datetime, time
from functools import cache
from typing import Any, NamedTuple
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from campaign.content import dates, zones
from campaign.content.problems import nearest, shorten
from campaign.content.text import is_blank, slugify, without_quotes, without_unseen

#: The pattern of an address of mail, close enough to RFC 5322 to find what cannot be one.
MAILBOX = r"[^@\s?,;:]+@[\w-]+(?:\.[\w-]+)+"
# The most letters that a page's or a file's name in an address has.
LONGEST_NAME = 100
# A name that stands in an address.
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


class PartialDate(NamedTuple):
    """A day, or a month where the day is not known (`day` is then None)."""

    year: int
    month: int
    day: int | None = None

    def __str__(self) -> str:
        day = "" if self.day is None else f"-{self.day:02}"
        return f"{self.year:04}-{self.month:02}{day}"


def _show(text: str) -> str:
    return f"'{shorten(text)}'"


def parse_text(value: object) -> str:
    """Read one piece of text."""
    if not isinstance(value, str):
        message = (
            "write one value here, not several; put a text that holds ':', '[' or '{' in quotes"
        )
        raise ValueError(message)  # noqa: TRY004 (what a parser raises)
    return value


# What would be HTML or Markdown in a text: tags, two asterisks around words, links.
_MARKS = re.compile(
    r"</?[A-Za-z][A-Za-z0-9]*(?:\s[^<>]*)?/?>"
    r"|(?<![\w*])\*\*(?=[^\s*])[^*]+(?<=\S)\*\*(?![\w*])"
    r"|\[[^\[\]]+\]\([^()\s]+\)"
)


def parse_plain(value: object) -> str:
    """Read a text that is shown as it is typed."""
    text = parse_text(value)
    # Every mark has one of these, and hardly any text.
    if ("<" in text or "**" in text or "](" in text) and (mark := _MARKS.search(text)):
        message = (
            f"{_show(mark[0])} would be shown as it is typed; write plain words only in this field"
        )
        raise ValueError(message)
    return text


def parse_word(value: object) -> str:
    """Read a value that is no running text, without what came along unseen when it was copied."""
    text = without_unseen(parse_text(value)).strip()
    bare = without_quotes(text)
    if bare != text:
        message = f'the quotes in {_show(text)} count as part of it; write straight ones: "{bare}"'
        raise ValueError(message)
    return text


_ISO_MONTH = re.compile(r"([0-9]{4})-([0-9]{2})")


def parse_day(value: object) -> date:
    """Read a day, `2018-06-14` (ISO 8601), or as people write it where that has one meaning."""
    return dates.read_day(parse_word(value))


def parse_partial_date(value: object) -> PartialDate:
    """Read a day, or a month where the day is not known: `2018-06-14` or `2018-06`."""
    text = parse_word(value)
    month = _ISO_MONTH.fullmatch(text)
    if not month:
        if not dates.is_like_day(text):
            message = f"{_show(text)} is not a date; write 2018-06-14, or 2018-06 where the day is not known"
            raise ValueError(message)
        day = dates.read_day(text)
        return PartialDate(day.year, day.month, day.day)
    year, number = int(month[1]), int(month[2])
    if not 1 <= number <= 12:  # noqa: PLR2004 (months)
        message = f"'{text}' is not a month; write it as year-month, such as 2018-06"
        raise ValueError(message)
    dates.check_year(year, text)
    return PartialDate(year, number)


def parse_time(value: object) -> time:
    """Read a time of day on the 24-hour clock, `18:00`, or as people write it where that has one meaning."""
    return dates.read_time(parse_word(value))


def parse_moment(value: object) -> datetime:
    """Read a day or a moment, `2018-06-12` or `2018-06-12T10:00Z` (ISO 8601); without an offset it is UTC."""
    moment = dates.read_moment(parse_word(value))
    return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)


def parse_timezone(value: object) -> ZoneInfo:
    """Read the name of a time zone in the IANA database, `America/New_York`."""
    return zones.find(parse_word(value))


def parse_hashtag(value: object) -> str:
    """Read a hashtag that every network links: letters, marks, digits and `_`, at least one letter.

    Source: twitter-text, `Regex.java`, the hashtag pattern, which is the strictest in use.
    """
    text = parse_word(value)
    tag = text[1:] if text[:1] in {"#", "\uff03"} else text  # the second is East Asian keyboards'
    if not tag:
        message = "the hashtag is missing after '#'; write it in quotes, such as \"#Reunite\""
        raise ValueError(message)
    if tag == text:
        message = f"{_show(text)} does not begin with '#'; write it in quotes: \"#{shorten(text)}\""
        raise ValueError(message)
    for character in tag:
        if (
            character != "_"
            and unicodedata.category(character)[0] not in "LM"
            and not character.isdecimal()
        ):
            shown = f"'{character}'" if character.isprintable() else f"U+{ord(character):04X}"
            shown = "a space" if character.isspace() else shown
            message = (
                f"networks stop linking {_show(text)} at {shown}; use letters, digits and '_' only"
            )
            raise ValueError(message)
    if not any(unicodedata.category(character)[0] == "L" for character in tag):
        message = f"networks do not link {_show(text)}, which has no letter; add one"
        raise ValueError(message)
    return "#" + tag


def parse_handle(value: object) -> str:
    """Read an account's name on a network, with or without the `@` before it, and return it without.

    What names a network has is known to `campaign.sharing`.
    """
    text = parse_word(value)
    name = text.removeprefix("@")
    if not name:
        message = (
            f"the account's name is missing after {_show(text)}; write it as the network shows it"
        )
        raise ValueError(message)
    return name


_WEB_SCHEMES = ("http", "https")
_LINK_SCHEMES = (*_WEB_SCHEMES, "mailto", "tel", "sms")


def parse_web_address(value: object) -> str:
    """Read the address of a web page, `https://example.org/…` (RFC 3986)."""
    return _parse_address(value, _WEB_SCHEMES, "https://…")


def parse_link(value: object) -> str:
    """Read an address that can be acted on: a web page, or `mailto:`, `tel:` or `sms:`."""
    return _parse_address(value, _LINK_SCHEMES, "https://…, mailto:… or tel:…")


def _parse_address(value: object, schemes: tuple[str, ...], form: str) -> str:
    text = parse_word(value)
    wrong = f"{_show(text)} is not a web address"
    if re.search(r"\s|[<>\"`\\^{|}]", text):
        message = (
            f"{wrong}; it holds a space or a sign that no address has, so write {form} without it"
        )
        raise ValueError(message)
    scheme, colon, rest = text.partition(":")
    if not colon or "." in scheme:
        meant = complete_address(text)
        known = meant.partition(":")[0] in schemes
        message = f"{wrong}; did you mean '{meant}'?" if known else f"{wrong}; write {form}"
        raise ValueError(message)
    if scheme.lower() not in schemes:
        hint = nearest(scheme, schemes)
        if hint:
            hint = hint.replace("'?", f":{rest}'?")
        message = f"{wrong}{hint or f'; write {form}'}"
        raise ValueError(message)
    if scheme.lower() in _WEB_SCHEMES:
        _check_host(text, wrong)
    elif scheme.lower() == "mailto":
        if not re.fullmatch(rf"{MAILBOX}(,{MAILBOX})*(\?.*)?", rest):
            message = (
                f"{wrong}; write a whole address after 'mailto:', such as mailto:name@example.org"
            )
            raise ValueError(message)
    elif not rest:
        message = f"{wrong}; write what comes after '{text}'"
        raise ValueError(message)
    return text


def complete_address(text: str) -> str:
    """Return the address that one without its beginning stands for, `https://…` or `mailto:…`, or nothing."""
    if re.fullmatch(MAILBOX, text):
        return f"mailto:{text}"
    return f"https://{re.sub(r'^[a-z]*;?//+', '', text)}" if "." in text else ""


def _check_host(text: str, wrong: str) -> None:
    try:
        parts = urlsplit(text)
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        host = ""
    if "." not in host.strip(".") or ".." in host or "//" not in text:
        message = f"{wrong}; it needs a site's name after '//', such as https://example.org/"
        raise ValueError(message)
    if "@" in parts.netloc:
        message = f"{_show(text)} holds a name or a password before '@', which everybody would see; take it out"
        raise ValueError(message)


def parse_site(value: object) -> str:
    """Read the address at which the site will be published, and return it without a slash at its end."""
    text = parse_web_address(value)
    if "?" in text or "#" in text:
        message = f"{_show(text)} holds '?' or '#'; write the site's own address, such as https://example.org/reunite"
        raise ValueError(message)
    path = urlsplit(text).path.rstrip("/")
    if any(not segment.strip(".") for segment in path.split("/")[1:]):
        message = f"{_show(text)} holds '//' or '..' in its path; write the site's own address, such as https://example.org/reunite"
        raise ValueError(message)
    return text.rstrip("/")


def parse_site_path(value: object) -> str:
    """Read a former address within the site, `/old/page/`, and return that of a folder with a slash at its end."""
    text = parse_word(value)
    segments = text.removeprefix("/").removesuffix("/").split("/")
    if (
        not text.startswith("/")
        or not re.fullmatch(r"[A-Za-z0-9._~/-]+", text)
        or any(not segment.strip(".") for segment in segments)
    ):
        remedy = "write it from the first slash to the last, such as /old/page/"
        message = f"{_show(text)} is not an address within the site; {remedy}"
        raise ValueError(message)
    for segment in segments:
        _check_length(segment)
    if text.endswith(("/", ".html", ".htm")):
        return text
    if "." in segments[-1]:
        message = f"{_show(text)} is not a page's address; one ends in a slash or in .html"
        raise ValueError(message)
    return f"{text}/"


def parse_slug(value: object) -> str:
    """Read the part of an address that names a page: `sign-the-petition`."""
    text = parse_word(value)
    if not text:
        message = "the file's name has nothing that can stand in an address; write a name here, such as 'a-short-name'"
        raise ValueError(message)
    if not _SLUG.fullmatch(text):
        message = f"{_show(text)} cannot stand in an address; did you mean '{slugify(text) or 'a-short-name'}'?"
        raise ValueError(message)
    _check_length(text)
    return text


def _check_length(name: str) -> None:
    """Refuse a name that file systems may not keep: they end at 255 bytes."""
    if len(name) > LONGEST_NAME:
        message = f"{_show(name)} is too long for an address; write at most {LONGEST_NAME} letters"
        raise ValueError(message)


def parse_region(value: object) -> str:
    """Read the name or code of a part of a country, which has a page of its own: `CA`."""
    text = parse_word(value)
    if not 0 < len(slugify(text)) <= LONGEST_NAME:
        message = f"{_show(text)} is not the name of a region; write its name or code, such as CA"
        raise ValueError(message)
    return text


@cache
def countries() -> dict[str, str]:
    """Return the English name of each country by its code (ISO 3166-1 alpha-2).

    Source: `iso3166.tab` of the IANA time zone database.
    """
    table = zones.database("zoneinfo", "iso3166.tab")
    rows = (line.split("\t", 1) for line in table.splitlines() if line and not line.startswith("#"))
    return {code: name for code, name in rows}  # noqa: C416 (says what the columns are)


def parse_country(value: object) -> str:
    """Read a country's code, `US` (ISO 3166-1 alpha-2)."""
    text = parse_word(value)
    if text.upper() in countries():
        return text.upper()
    code = country_called(text)
    message = f"{_show(text)} is not a country's code; " + (
        f"did you mean '{code}'?" if code else "write one such as US or MX"
    )
    raise ValueError(message)


def country_called(name: str) -> str | None:
    """Return the code of the country that people call so, or None."""
    return _countries_by_name().get(name.lower())


@cache
def _countries_by_name() -> dict[str, str]:
    by_name = {name.lower(): code for code, name in countries().items()}
    by_name |= {"usa": "US", "u.s.": "US", "u.s.a.": "US", "united states of america": "US"}
    return by_name | {"uk": "GB", "england": "GB"}


def parse_number(low: float, high: float) -> Callable[[object], float]:
    """Return a parser of decimal numbers from `low` to `high`."""

    def parse(value: object) -> float:
        text = parse_word(value)
        if re.fullmatch(r"[+-]?[0-9]{1,15}(\.[0-9]{1,15})?", text):
            if low <= float(text) <= high:
                return float(text)
            message = f"{_show(text)} is not from {low:g} to {high:g}; look for a digit too many, or a point left out"
            raise ValueError(message)
        message = f"{_show(text)} is not a number from {low:g} to {high:g}; write it with a point, such as {high / 4:g}"
        raise ValueError(message)

    return parse


def parse_count(value: object) -> int:
    """Read a whole number from 0."""
    text = parse_word(value)
    if re.fullmatch(r"[0-9]{1,9}", text):
        return int(text)
    message = f"{_show(text)} is not a whole number; write one such as 0 or 3"
    raise ValueError(message)


def parse_choice(*choices: str) -> Callable[[object], str]:
    """Return a parser that takes one of these words."""

    def parse(value: object) -> str:
        text = parse_word(value)
        if text in choices:
            return text
        hint = nearest(text, choices) or "; write one of them"
        message = f"{_show(text)} is none of {', '.join(choices)}{hint}"
        raise ValueError(message)

    return parse


def parse_several(value: object) -> list[str]:
    """Read several names with `;` between them, as one cell of a table holds them, or a list."""
    if isinstance(value, str):
        return [part.strip() for part in value.split(";") if not is_blank(part)]
    if isinstance(value, list):
        return value
    message = "write several names with ';' between them"
    raise ValueError(message)


def parse_list(value: object) -> list[Any]:
    """Read a list; a single value is a list of one."""
    return value if isinstance(value, list) else [value]


def parse_names(value: object) -> list[Any]:
    """Read a list of names, none of which holds a comma; a single name is a list of one."""
    if isinstance(value, str) and "," in value:
        names = ", ".join(name.strip() for name in value.split(",") if not is_blank(name))
        message = f"these are several; write them as a list in brackets: [{names}]"
        raise ValueError(message)
    return parse_list(value)


def parse_filled_list(value: object) -> list[Any]:
    """Read a list of at least one item; a single value is a list of one."""
    items = parse_list(value)
    if not items:
        message = "this list is empty; write at least one item, or take the field out"
        raise ValueError(message)
    return items
