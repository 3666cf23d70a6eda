"""The content model: one frozen class a kind of content, each field described once.

This is the only place that knows the fields, which are required, and what a good value is. The
descriptions here are what error messages and the reference of fields say. Values are parsed by
`campaign.content.fields`, lists and groups of them by `campaign.content.schema`; what must hold between fields of
one object is in its `contradictions`; what must hold between files is in `campaign.checking`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from dataclasses import field as dataclass_field
from datetime import UTC, datetime, timedelta
from functools import cache, cached_property, lru_cache
from itertools import chain, count
from types import NoneType
from typing import Any, ClassVar, Literal, Self, TypeVar, get_args
from zoneinfo import ZoneInfo

from campaign.content import coordinates
from campaign.content.fields import (
    PartialDate,
    parse_choice,
    parse_count,
    parse_country,
    parse_day,
    parse_filled_list,
    parse_handle,
    parse_hashtag,
    parse_link,
    parse_moment,
    parse_names,
    parse_number,
    parse_partial_date,
    parse_plain,
    parse_region,
    parse_several,
    parse_site,
    parse_site_path,
    parse_slug,
    parse_text,
    parse_time,
    parse_timezone,
    parse_web_address,
    parse_word,
)
from campaign.content.markdown import Body, render
from campaign.content.problems import Origin, Problem
from campaign.content.schema import Parser, Schema, by_name, described, each
from campaign.support.cache import digest

# An event is listed on each of its days: a longer one is a slip, or a row of events.
_LONGEST = 366
# What a digest takes as it is.
_PLAIN = frozenset({str, int, float, bool, NoneType})
# What can look otherwise though it is the same.
_TIME_DEPENDENT = frozenset({dt.date, ZoneInfo, Body})

CampaignStatus = Literal["live", "won", "lost", "ended"]
ActionKind = Literal["post", "picture", "sign", "share", "call", "write"]
Online = Literal["yes", "no", "mixed"]
EventStatus = Literal["confirmed", "postponed", "cancelled"]
Menu = Literal["main", "footer", "none"]


def _choice(words: Any) -> Parser[Any]:  # noqa: ANN401 (a Literal)
    return parse_choice(*get_args(words))


def _plain(value: object) -> str:
    """Return a value as its digest is made of: a text by its HTML, in which all of it is."""
    return value.html if isinstance(value, Body) else repr(value)


def _parse_markdown(value: object) -> Body:
    return render(parse_text(value))


class Kind(Schema):
    """A kind of content, read from one file or one row.

    `origin` and `body` do not come from fields: they are where the object was read, and the
    text below its fields. `FILE` is the name of the file of a kind of which there is one object;
    `FOLDER` is that of the folder in which any other has its files. `ADDRESS` is the path of its
    page, with `{}` for the value of the field `NAMED_BY`; `DERIVED` are the fields that are made
    where an editor does not write them; `ALSO_CALLED` are words that editors use for a field.
    """

    FILE: ClassVar[str] = ""
    FOLDER: ClassVar[str] = ""
    ADDRESS: ClassVar[str]
    NAMED_BY: ClassVar[str] = ""
    ALSO_CALLED: ClassVar[Mapping[str, str]] = {}
    DERIVED: ClassVar[frozenset[str]] = frozenset()
    NEEDS_BODY: ClassVar[bool] = True

    origin: Origin
    body: Body = Body()
    aliases: tuple[str, ...] = described(
        each(parse_site_path, parse_names),
        "former addresses of this page, which lead to it: /old/page/",
        default=(),
    )

    @classmethod
    @cache
    def field_names(cls) -> tuple[str, ...]:
        return (*(name for name in super().field_names() if name != "aliases"), "aliases")

    @classmethod
    def required_names(cls) -> list[str]:
        return [name for name in super().required_names() if name not in cls.DERIVED]

    @classmethod
    def list_address(cls) -> str:
        """Return the path of the page that lists the objects of the kind: `/events/`."""
        return cls.ADDRESS.partition("{}")[0]

    @classmethod
    def in_order(cls, objects: Iterable[Self]) -> tuple[Self, ...]:
        """Return objects of the kind in the order in which the site has them."""
        return tuple(objects)

    @cached_property
    def path(self) -> str:
        """The page's address within the site, from the first slash to the last."""
        return self.ADDRESS.format(getattr(self, self.NAMED_BY, ""))

    @cached_property
    def digest(self) -> bytes:
        """The digest of all that it holds, but for where it was read."""
        values = [getattr(self, name) for name in self.members() if name != "origin"]
        return digest([it if type(it) in _PLAIN else _plain(it) for it in values])

    @cached_property
    def time_dependent(self) -> tuple[dt.date | ZoneInfo | Body, ...]:
        """Members whose look depends on the day, on the rules of a zone, or on where links lead."""
        found = [it for it in vars(self).values() if type(it) in _TIME_DEPENDENT]
        return tuple(it for it in found if not isinstance(it, Body) or it.references)

    def contradictions(self) -> Iterator[Problem]:
        """Yield what does not go with another field, as a problem of a field."""
        yield from ()


class Titled(Kind):
    """A kind of content with a page that its slug names."""

    NAMED_BY = "slug"
    DERIVED = frozenset({"slug"})

    title: str = described(parse_plain, "the page's title, one line")
    slug: str = described(
        parse_slug, "the part of the page's address that names it; without it, the name of the file"
    )


class Numbered(Titled):
    """A kind of content in an order of its own: that of the numbers before the names of its files."""

    number: int | None = None

    @classmethod
    def in_order(cls, objects: Iterable[Self]) -> tuple[Self, ...]:
        return tuple(sorted(objects, key=cls._order))

    def _order(self) -> tuple[bool, int, str]:
        return self.number is None, self.number or 0, self.slug


class Addressee(Schema):
    """Whom the campaign speaks to."""

    name: str = described(parse_plain, "the name of the person or body that the campaign speaks to")
    handles: dict[str, str] = described(
        by_name(parse_handle),
        'the addressee\'s account on each network, such as x: "@name"',
        default_factory=dict,
    )


class Organiser(Schema):
    """Who runs the campaign."""

    name: str = described(parse_plain, "the name of the person or group that runs the campaign")
    url: str | None = described(parse_web_address, "the organiser's own site", default=None)


class LabelledLink(Schema):
    """A link with the words that stand for it."""

    label: str = described(parse_plain, "the words of the link")
    url: str = described(parse_web_address, "where the link leads, https://…")


def _parse_source(value: object) -> LabelledLink:
    """Read a link; a bare address is one that its host names."""
    if isinstance(value, str):
        host = value.partition("://")[2].partition("/")[0].removeprefix("www.")
        return LabelledLink.parse({"label": host or value, "url": value})
    return LabelledLink.parse(value)


class Card(Schema):
    """The picture that previews of a link show."""

    image: str = described(parse_word, "the picture's file below content/, such as images/card.png")
    alt: str = described(parse_plain, "what the picture shows, for those who do not see it")


class Share(Schema):
    """Messages that readers send, and the networks that they send them through."""

    networks: tuple[str, ...] = described(
        each(parse_word, parse_names),
        "the networks to share through, in order",
        default=("x", "facebook", "email"),
    )
    messages: tuple[str, ...] = described(
        each(parse_plain, parse_filled_list),
        "messages to begin with; {mention}, {hashtag} and {url} stand for what they name",
        default=("{mention} {hashtag} {url}",),
    )
    overrides: dict[str, tuple[str, ...]] = described(
        by_name(each(parse_plain, parse_filled_list)),
        "messages for one network only, by its name",
        default_factory=dict,
    )


class Campaign(Kind):
    """The campaign itself: its facts, and the opening appeal as its text."""

    FILE = "campaign.md"
    ADDRESS = "/"

    name: str = described(
        parse_plain, "the campaign's name, as its title and link previews show it"
    )
    summary: str = described(
        parse_plain,
        "one or two sentences on what the campaign asks, for search results and previews",
    )
    language: str = described(
        parse_word, "the language of the content, a code such as en or es (BCP 47)", default="en"
    )
    hashtag: str = described(
        parse_hashtag, 'the tag that every post carries, in quotes: "#Reunite"'
    )
    site: str = described(
        parse_site,
        "the address at which the site is published, such as https://example.org/reunite",
    )
    begun: PartialDate = described(
        parse_partial_date, "when the campaign began: a day, or a month where the day is not known"
    )
    ended: PartialDate | None = described(
        parse_partial_date, "when the campaign ended: a day, or a month", default=None
    )
    status: CampaignStatus = described(
        _choice(CampaignStatus), "live, won, lost or ended", default="live"
    )
    closing: str | None = described(
        parse_plain, "one sentence on how the campaign closed, where it is not live", default=None
    )
    successor: str | None = described(
        parse_web_address, "the address of a campaign that carries this one on", default=None
    )
    timezone: ZoneInfo = described(
        parse_timezone, "the time zone of events that name none, such as America/New_York"
    )
    addressee: Addressee = described(
        Addressee.parse, "whom the campaign speaks to: name and handles"
    )
    organiser: Organiser = described(Organiser.parse, "who runs the campaign: name and url")
    publisher: str | None = described(
        parse_plain, "who answers for the site by law, where a legal notice is due", default=None
    )
    announced: str | None = described(
        parse_web_address, "the address where the campaign was announced", default=None
    )
    tone: str | None = described(
        parse_plain, "the rule for the tone of messages, which stands beside them", default=None
    )
    card: Card | None = described(
        Card.parse, "the picture that previews of a link show: image and alt", default=None
    )
    follow: tuple[LabelledLink, ...] = described(
        each(LabelledLink.parse),
        "where to follow the campaign: a list of label and url",
        default=(),
    )
    share: Share = described(
        Share.parse, "what readers send: networks, messages and overrides", default=Share()
    )

    @cached_property
    def facts(self) -> Campaign:
        """The campaign without its text: what every page can show."""
        return replace(self, body=Body())

    @property
    def is_live(self) -> bool:
        """Whether the campaign still asks for action."""
        return self.status == "live"

    def contradictions(self) -> Iterator[Problem]:
        if not self.is_live and not self.closing:
            yield Problem(
                f"missing; the status is {self.status}, so say in one sentence how the campaign closed",
                field="closing",
            )
        for name in ("closing", "ended", "successor") if self.is_live else ():
            if getattr(self, name):
                yield Problem(
                    "the status is live; take this out, or set the status to won, lost or ended",
                    field=name,
                )
        if self.ended and _last_day(self.ended) < _first_day(self.begun):
            yield Problem(
                f"{self.ended} is before {self.begun}, when the campaign began; correct one of them",
                field="ended",
            )


class Letter(Kind):
    """The open letter."""

    FILE = "letter.md"
    ADDRESS = "/letter/"

    title: str = described(parse_plain, "the letter's title, one line")
    summary: str = described(
        parse_plain, "one or two sentences on what the letter says, for search results and previews"
    )
    addressee: str = described(parse_plain, "whom the letter greets, as it stands at its head")
    date: dt.date | None = described(
        parse_day, "the day of the letter, where it has one", default=None
    )
    signed_by: str = described(parse_plain, "who signs the letter, as it stands at its foot")
    note: Body = described(
        _parse_markdown,
        "a short note beside the letter: how it came about (Markdown)",
        default=Body(),
    )


class Action(Numbered):
    """Something a reader can do. With a number before its file's name it is a step of the campaign."""

    FOLDER = "actions"
    ADDRESS = "/act/{}/"

    summary: str | None = described(
        parse_plain, "one sentence for search results; without it, `why`", default=None
    )
    kind: ActionKind = described(_choice(ActionKind), "post, picture, sign, share, call or write")
    link: str | None = described(
        parse_link, "where the action is done: https://…, tel:… or mailto:…", default=None
    )
    button: str | None = described(
        parse_plain, "the words on the button, such as Sign the petition", default=None
    )
    why: str = described(parse_plain, "one sentence on why this helps")

    @classmethod
    def in_order(cls, objects: Iterable[Self]) -> tuple[Self, ...]:
        """Return the steps, numbered from 1 whatever gaps an editor left between them, then the others."""
        numbers = count(1)
        return tuple(
            action if action.number is None else replace(action, number=next(numbers))
            for action in super().in_order(objects)
        )

    @property
    def is_message(self) -> bool:
        """Whether the action is done by a message to the addressee."""
        return self.kind in {"post", "picture"}

    @property
    def is_picture(self) -> bool:
        """Whether the message is to have a picture."""
        return self.kind == "picture"

    @property
    def is_sharing(self) -> bool:
        """Whether the action is done by passing the campaign on."""
        return self.kind == "share"

    @property
    def is_elsewhere(self) -> bool:
        """Whether the action is done at an address of somebody else."""
        return self.kind in {"sign", "call", "write"}

    def contradictions(self) -> Iterator[Problem]:
        if self.is_elsewhere and not self.link:
            yield Problem(
                f"missing; an action of the kind {self.kind} needs to know where it is done, such as https://…",
                field="link",
            )
        if self.link and not self.button:
            yield Problem(
                "missing; write the words on the button that opens the link", field="button"
            )


class Event(Kind):
    """A gathering, in a place or online: one file, or one row of events.csv."""

    FOLDER = "events"
    ADDRESS = "/events/{}/"
    NAMED_BY = "id"
    ALSO_CALLED: ClassVar[Mapping[str, str]] = {
        word: name
        for name, words in {
            "id": "event_id uid",
            "title": "name event event_name event_title",
            "date": "day event_date start_date datetime date_time",
            "start": "start_time begins starts time times event_time hour hours when",
            "end": "end_time ends finish",
            "timezone": "time_zone tz",
            "venue": "place venue_name location_name",
            "address": "street street_address address_line_1 address_1",
            "city": "town locality",
            "region": "state province",
            "postal_code": "zip zip_code zipcode postcode",
            "country": "country_code",
            "latitude": "lat",
            "longitude": "lng lon long",
            "online": "virtual is_virtual",
            "organiser": "organisation organization group sponsor",
            "sign_up": "signup sign_up_link rsvp rsvp_link rsvp_url registration link url website",
            "source": "source_url announcement",
            "status": "event_status",
            "accessibility": "accessibility_notes",
            "description": "details about",
            "updated": "modified last_modified updated_at",
        }.items()
        for word in words.split()
    }
    DERIVED = frozenset({"id", "timezone"})
    NEEDS_BODY = False
    BODY_COLUMN: ClassVar[str] = "description"

    id: str = described(
        parse_slug, "a lasting name for the event; without it, one is made of date, title and city"
    )
    title: str = described(parse_plain, "the event's title, one line")
    date: dt.date = described(parse_day, "the day, such as 2018-06-14, in the event's own place")
    start: dt.time | None = described(
        parse_time, "when it begins, on the 24-hour clock: 18:00; empty if not known", default=None
    )
    end: dt.time | None = described(
        parse_time, "when it ends, on the 24-hour clock: 20:30; empty if not known", default=None
    )
    end_date: dt.date | None = described(
        parse_day, "the last day, where it is not the first", default=None
    )
    timezone: ZoneInfo = described(
        parse_timezone, "the place's time zone, such as America/Chicago; else the campaign's"
    )
    venue: str | None = described(parse_plain, "the building, park or square", default=None)
    address: str | None = described(parse_plain, "street and number", default=None)
    city: str | None = described(parse_plain, "the town or city", default=None)
    region: str | None = described(
        parse_region, "the state, province or region, such as CA", default=None
    )
    postal_code: str | None = described(parse_plain, "the ZIP or postal code", default=None)
    country: str | None = described(
        parse_country, "the country's code, such as US (ISO 3166-1)", default=None
    )
    latitude: float | None = described(
        parse_number(-90, 90), "degrees north, from -90 to 90", default=None
    )
    longitude: float | None = described(
        parse_number(-180, 180), "degrees east, from -180 to 180", default=None
    )
    online: Online = described(
        _choice(Online), "yes, no, or mixed for both a place and online", default="no"
    )
    organiser: tuple[str, ...] = described(
        each(parse_plain, parse_several), "who holds it; several with ';' between them", default=()
    )
    sign_up: str | None = described(parse_web_address, "where to sign up, https://…", default=None)
    source: str | None = described(
        parse_web_address, "where the event was announced, https://…", default=None
    )
    status: EventStatus = described(
        _choice(EventStatus), "confirmed, postponed or cancelled", default="confirmed"
    )
    accessibility: str | None = described(
        parse_plain, "what people with disabilities need to know", default=None
    )
    updated: datetime | None = described(
        parse_moment, "when these facts last changed: 2018-06-12 or 2018-06-12T10:00Z", default=None
    )
    sequence: int = described(
        parse_count, "how many times these facts changed, for calendars: 0, 1, 2 …", default=0
    )

    @classmethod
    def in_order(cls, objects: Iterable[Self]) -> tuple[Self, ...]:
        """Return events by day and time; those without a time stand first on their day."""
        return tuple(sorted(objects, key=cls._order))

    def _order(self) -> tuple[Any, ...]:
        return self.date, self.start is not None, self.start, self.title, self.id

    @property
    def is_confirmed(self) -> bool:
        """Whether it takes place on its day."""
        return self.status == "confirmed"

    @property
    def is_postponed(self) -> bool:
        """Whether it takes place on another day, which is not known."""
        return self.status == "postponed"

    @property
    def is_cancelled(self) -> bool:
        """Whether it does not take place."""
        return self.status == "cancelled"

    @property
    def is_online(self) -> bool:
        """Whether people can take part online."""
        return self.online != "no"

    @property
    def is_online_only(self) -> bool:
        """Whether there is no place where people meet."""
        return self.online == "yes"

    @property
    def is_hybrid(self) -> bool:
        """Whether people meet both in a place and online."""
        return self.online == "mixed"

    @property
    def last_day(self) -> dt.date:
        """The event's last day in its own place."""
        return self.end_date or self.date

    @property
    def starts(self) -> datetime | None:
        """The moment it begins, in its own zone; None where the time is not known."""
        return (
            None if self.start is None else datetime.combine(self.date, self.start, self.timezone)
        )

    @property
    def ends(self) -> datetime | None:
        """The moment it ends, in its own zone; None where the time is not known."""
        return (
            None if self.end is None else datetime.combine(self.last_day, self.end, self.timezone)
        )

    @property
    def ends_at_utc(self) -> datetime:
        """The moment (UTC) from which it is past: its end, or the end of its last day where that is not known."""
        return _ends_at_utc(self.last_day, self.end, self.timezone)

    @property
    def region_and_code(self) -> str:
        """The region and the postal code as addresses have them, `CA 94612`, as far as they are known."""
        return " ".join(filter(None, (self.region, self.postal_code)))

    @property
    def point(self) -> tuple[float, float] | None:
        """Where people meet, in degrees north and east; None where that is not known, or it is only online."""
        if self.latitude is None or self.longitude is None or self.is_online_only:
            return None
        return self.latitude, self.longitude

    def is_past(self, now: datetime) -> bool:
        """Whether the event is over."""
        return self.ends_at_utc <= now

    def contradictions(self) -> Iterator[Problem]:
        if self.end_date and self.end_date < self.date:
            yield Problem(
                f"{self.end_date} is before {self.date}, the day it begins; correct one of them",
                field="end_date",
            )
        elif (self.last_day - self.date).days > _LONGEST:
            message = (
                f"{self.end_date} is {(self.last_day - self.date).days} days after {self.date}"
            )
            yield Problem(
                f"{message}, and an event lasts a year at most; correct one of them, or write several events",
                field="end_date",
            )
        elif self.start and self.end and self.end <= self.start and self.last_day == self.date:
            message = f"{self.end:%H:%M} is not after the start, {self.start:%H:%M}"
            next_day = self.date + timedelta(days=1)
            yield Problem(
                f"{message}; if it ends the next day, write {next_day} in end_date", field="end"
            )
        clocks = (("start", self.date, self.start), ("end", self.last_day, self.end))
        for name, day, clock in clocks:
            if clock and _is_skipped(day, clock, self.timezone):
                message = f"clocks go forward on {day} and there is no {clock:%H:%M}"
                yield Problem(f"{message} in {self.timezone}; correct one of them", field=name)
        if self.is_online_only and self.venue:
            yield Problem(
                "an event with a venue is not only online; write mixed, or leave the venue out",
                field="online",
            )
        if (self.latitude is None) != (self.longitude is None):
            missing = "latitude" if self.latitude is None else "longitude"
            yield Problem("missing; latitude and longitude go together", field=missing)
        elif self.latitude is not None and self.longitude is not None:
            yield from coordinates.find_problems(self.latitude, self.longitude, self.country)
        if self.region and not self.country:
            yield Problem(
                f"missing; the region '{self.region}' needs its country's code, such as US",
                field="country",
            )


class Update(Titled):
    """News of the campaign: something that happened, with its sources."""

    FOLDER = "updates"
    ADDRESS = "/updates/{}/"

    date: dt.date = described(parse_day, "the day it happened, such as 2018-06-20")
    summary: str = described(parse_plain, "one sentence on what happened, for lists and feeds")
    sources: tuple[LabelledLink, ...] = described(
        each(_parse_source), "where it is reported: a list of label and url", default=()
    )

    @classmethod
    def in_order(cls, objects: Iterable[Self]) -> tuple[Self, ...]:
        """Return updates, the newest first."""
        return tuple(sorted(objects, key=lambda it: (it.date, it.slug), reverse=True))


class Page(Numbered):
    """A page of its own, such as About."""

    FOLDER = "pages"
    ADDRESS = "/{}/"

    summary: str = described(
        parse_plain, "one sentence on what the page says, for search results and previews"
    )
    menu: Menu = described(
        _choice(Menu), "where the page is linked: main, footer or none", default="footer"
    )

    @property
    def is_in_main_menu(self) -> bool:
        """Whether the main menu leads to the page."""
        return self.menu == "main"

    @property
    def is_in_footer(self) -> bool:
        """Whether the footer leads to the page."""
        return self.menu == "footer"


#: Every kind of content. All that goes through kinds goes through this list.
KINDS: tuple[type[Kind], ...] = (Campaign, Letter, Action, Event, Update, Page)

K = TypeVar("K", bound=Kind)


@dataclass(frozen=True)
class Content:
    """All that a campaign's site is made of, valid and in order.

    `objects` are those of each kind, as its `in_order` has them. `files` are the paths within the
    site of the files that are copied as they are, such as `/images/card.png`. `addresses` are the
    paths of all pages and copied files by their files below the content folder. `pictures` are the
    copied files that are not published as they are: the digests (SHA-256) of what is, by their paths.
    """

    objects: Mapping[type[Kind], tuple[Any, ...]]
    files: frozenset[str]
    addresses: dict[str, str]
    pictures: dict[str, bytes] = dataclass_field(default_factory=dict)

    def of(self, kind: type[K]) -> tuple[K, ...]:
        """Return the objects of a kind."""
        return self.objects.get(kind, ())

    @property
    def all(self) -> Iterator[Kind]:
        """The objects of every kind."""
        return chain.from_iterable(map(self.of, KINDS))

    @property
    def campaign(self) -> Campaign:
        """The campaign itself."""
        return self.of(Campaign)[0]

    @property
    def letter(self) -> Letter:
        """The open letter."""
        return self.of(Letter)[0]

    @cached_property
    def steps(self) -> tuple[Action, ...]:
        """The numbered actions, in order."""
        return tuple(action for action in self.of(Action) if action.number is not None)

    @cached_property
    def further_actions(self) -> tuple[Action, ...]:
        """The actions that are no step."""
        return tuple(action for action in self.of(Action) if action.number is None)


def _is_skipped(day: dt.date, clock: dt.time, zone: ZoneInfo) -> bool:
    """Whether clocks jump over this moment when summer time begins (PEP 495, "The fold")."""
    if not _clocks_change(day, zone):
        return False
    moment = datetime.combine(day, clock, zone)
    before, after = (moment.replace(fold=fold).utcoffset() for fold in (0, 1))
    return before is not None and after is not None and before < after


@lru_cache(4096)  # days and places are those of many events
def _clocks_change(day: dt.date, zone: ZoneInfo) -> bool:
    """Whether a day's last moment has another offset from UTC than its first."""
    begin = datetime.combine(day, dt.time(), zone)
    end = datetime.combine(day + timedelta(days=1), dt.time(fold=1), zone)
    return begin.utcoffset() != end.utcoffset()


@lru_cache(4096)  # likewise, and each event is asked for it several times
def _ends_at_utc(last_day: dt.date, end: dt.time | None, zone: ZoneInfo) -> datetime:
    if end is None:
        last_day, end = last_day + timedelta(days=1), dt.time()
    return datetime.combine(last_day, end, zone).astimezone(UTC)


def _first_day(when: PartialDate) -> tuple[int, int, int]:
    return when.year, when.month, when.day or 1


def _last_day(when: PartialDate) -> tuple[int, int, int]:
    return when.year, when.month, when.day or 31
