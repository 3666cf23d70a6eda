"""The content model: one frozen class a kind of content, each field described once.

This is the only place that knows the fields, which are required, and what a good value is. The
descriptions here are what error messages and the reference of fields say. Values are parsed by
`campaign.fields`; what must hold between fields of one object is in its `contradictions`; what
must hold between files is in `campaign.check`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from dataclasses import fields as dataclass_fields
from datetime import UTC, datetime, timedelta
from functools import cache, cached_property, lru_cache
from typing import Annotated, Any, ClassVar, Literal, get_args

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, InstanceOf, PlainValidator

from campaign import fields
from campaign.fields import (
    AsList,
    AsNames,
    Count,
    Country,
    Day,
    DayOrMonth,
    Handle,
    Hashtag,
    Latitude,
    Link,
    Longitude,
    Moment,
    NotEmpty,
    PartialDate,
    Region,
    Several,
    Site,
    SitePath,
    Slug,
    Text,
    Time,
    Timezone,
    WebAddress,
    Word,
)
from campaign.markdown import Body, render
from campaign.problems import Origin

# An event is listed on each of its days: a longer one is a slip, or a row of events.
_LONGEST = 366

Contradictions = Iterator[tuple[str, str]]
MarkdownText = Annotated[Body, PlainValidator(lambda value: render(fields.parse_text(value)))]


def _choice(words: Any) -> PlainValidator:  # noqa: ANN401 (a Literal)
    return PlainValidator(fields.parse_choice(*get_args(words)))


_CampaignStatus = Literal["live", "won", "lost", "ended"]
_ActionKind = Literal["post", "picture", "sign", "share", "call", "write"]
_Online = Literal["yes", "no", "mixed"]
_EventStatus = Literal["confirmed", "postponed", "cancelled"]
_Menu = Literal["main", "footer", "none"]
CampaignStatus = Annotated[_CampaignStatus, _choice(_CampaignStatus)]
ActionKind = Annotated[_ActionKind, _choice(_ActionKind)]
Online = Annotated[_Online, _choice(_Online)]
EventStatus = Annotated[_EventStatus, _choice(_EventStatus)]
Menu = Annotated[_Menu, _choice(_Menu)]


class Part(BaseModel):
    """A group of fields within a kind of content."""

    # What reads a kind is made when the first of it is read, which takes a while.
    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)


class Kind(Part):
    """A kind of content, read from one file or one row.

    `origin` and `body` do not come from fields: they are where the object was read, and the
    text below its fields. `ADDRESS` is the path of its page, with `{}` for the value of the
    field `NAMED_BY`; `DERIVED` are the fields that are made where an editor does not write them;
    `ALSO_CALLED` are words that editors use for a field.
    """

    FOLDER: ClassVar[str]
    ADDRESS: ClassVar[str]
    NAMED_BY: ClassVar[str] = ""
    ALSO_CALLED: ClassVar[Mapping[str, str]] = {}
    DERIVED: ClassVar[frozenset[str]] = frozenset()
    NOT_FIELDS: ClassVar[frozenset[str]] = frozenset({"origin", "body"})
    NEEDS_BODY: ClassVar[bool] = True

    origin: InstanceOf[Origin]
    body: InstanceOf[Body] = Body()
    aliases: Annotated[tuple[SitePath, ...], AsNames] = Field(
        (), description="former addresses of this page, which lead to it: /old/page/"
    )

    @classmethod
    @cache
    def field_names(cls) -> tuple[str, ...]:
        """Give the names that an editor can write, in the order of their declaration."""
        own = [name for name in cls.model_fields if name not in {"aliases", *cls.NOT_FIELDS}]
        return (*own, "aliases")

    @classmethod
    def required_names(cls) -> list[str]:
        """Give the fields that an editor must write."""
        return [
            name
            for name, info in cls.model_fields.items()
            if info.is_required() and name not in {*cls.DERIVED, *cls.NOT_FIELDS}
        ]

    @property
    def path(self) -> str:
        """The page's address within the site, from the first slash to the last."""
        return self.ADDRESS.format(getattr(self, self.NAMED_BY, ""))

    def contradictions(self) -> Contradictions:
        """Yield the field and the sentence of each thing that does not go with another field."""
        yield from ()


class Titled(Kind):
    """A kind of content with a page that its slug names."""

    NAMED_BY = "slug"
    DERIVED = frozenset({"slug"})

    title: Text = Field(description="the page's title, one line")
    slug: Slug = Field(
        description="the part of the page's address that names it; without it, the name of the file"
    )


class Addressee(Part):
    """Whom the campaign speaks to."""

    name: Text = Field(description="the name of the person or body that the campaign speaks to")
    handles: dict[str, Handle] = Field(
        {}, description='the addressee\'s account on each network, such as x: "@name"'
    )


class Organiser(Part):
    """Who runs the campaign."""

    name: Text = Field(description="the name of the person or group that runs the campaign")
    url: WebAddress | None = Field(None, description="the organiser's own site")


class LabelledLink(Part):
    """A link with the words that stand for it."""

    label: Text = Field(description="the words of the link")
    url: WebAddress = Field(description="where the link leads, https://…")


def _label_by_host(value: object) -> object:
    """Read a bare address as a link that its host names."""
    if isinstance(value, str):
        host = value.partition("://")[2].partition("/")[0].removeprefix("www.")
        return {"label": host or value, "url": value}
    return value


class Card(Part):
    """The picture that previews of a link show."""

    image: Word = Field(description="the picture's file below content/, such as images/card.png")
    alt: Text = Field(description="what the picture shows, for those who do not see it")


class Share(Part):
    """What readers send, and through which networks."""

    networks: Annotated[tuple[Word, ...], AsNames] = Field(
        ("x", "facebook", "email"), description="the networks to share through, in order"
    )
    messages: Annotated[tuple[Text, ...], AsList, NotEmpty] = Field(
        ("{mention} {hashtag} {url}",),
        description="messages to begin with; {mention}, {hashtag} and {url} stand for what they name",
    )
    overrides: dict[str, Annotated[tuple[Text, ...], AsList, NotEmpty]] = Field(
        {}, description="messages for one network only, by its name"
    )


class Campaign(Kind):
    """The campaign itself: its facts, and the opening appeal as its text."""

    FOLDER = ""
    ADDRESS = "/"

    name: Text = Field(description="the campaign's name, as its title and link previews show it")
    summary: Text = Field(
        description="one or two sentences on what the campaign asks, for search results and previews"
    )
    language: Word = Field(
        "en", description="the language of the content, a code such as en or es (BCP 47)"
    )
    hashtag: Hashtag = Field(description='the tag that every post carries, in quotes: "#Reunite"')
    site: Site = Field(
        description="the address at which the site is published, such as https://example.org/reunite"
    )
    begun: DayOrMonth = Field(
        description="when the campaign began: a day, or a month where the day is not known"
    )
    ended: DayOrMonth | None = Field(None, description="when the campaign ended: a day, or a month")
    status: CampaignStatus = Field("live", description="live, won, lost or ended")
    closing: Text | None = Field(
        None, description="one sentence on how the campaign closed, where it is not live"
    )
    successor: WebAddress | None = Field(
        None, description="the address of a campaign that carries this one on"
    )
    timezone: Timezone = Field(
        description="the time zone of events that name none, such as America/New_York"
    )
    addressee: Addressee = Field(description="whom the campaign speaks to: name and handles")
    organiser: Organiser = Field(description="who runs the campaign: name and url")
    publisher: Text | None = Field(
        None, description="who answers for the site by law, where a legal notice is due"
    )
    announced: WebAddress | None = Field(
        None, description="the address where the campaign was announced"
    )
    tone: Text | None = Field(
        None, description="the rule for the tone of messages, which stands beside them"
    )
    card: Card | None = Field(
        None, description="the picture that previews of a link show: image and alt"
    )
    follow: Annotated[tuple[LabelledLink, ...], AsList] = Field(
        (), description="where to follow the campaign: a list of label and url"
    )
    share: Share = Field(Share(), description="what readers send: networks, messages and overrides")

    @property
    def is_live(self) -> bool:
        """Whether the campaign still asks for action."""
        return self.status == "live"

    def contradictions(self) -> Contradictions:
        if not self.is_live and not self.closing:
            yield (
                "closing",
                f"missing; the status is {self.status}, so say in one sentence how the campaign closed",
            )
        for name in ("closing", "ended", "successor") if self.is_live else ():
            if getattr(self, name):
                yield (
                    name,
                    "the status is live; take this out, or set the status to won, lost or ended",
                )
        if self.ended and _last_day(self.ended) < _first_day(self.begun):
            yield (
                "ended",
                f"{self.ended} is before {self.begun}, when the campaign began; mend one of them",
            )


class Letter(Kind):
    """The open letter."""

    FOLDER = ""
    ADDRESS = "/letter/"

    title: Text = Field(description="the letter's title, one line")
    summary: Text = Field(
        description="one or two sentences on what the letter says, for search results and previews"
    )
    addressee: Text = Field(description="whom the letter greets, as it stands at its head")
    date: Day | None = Field(None, description="the day of the letter, where it has one")
    signed_by: Text = Field(description="who signs the letter, as it stands at its foot")
    note: MarkdownText = Field(
        Body(), description="a short note beside the letter: how it came about (Markdown)"
    )


class Action(Titled):
    """Something a reader can do. With a number before its file's name it is a step of the campaign."""

    FOLDER = "actions"
    ADDRESS = "/act/{}/"
    NOT_FIELDS = Kind.NOT_FIELDS | {"number"}

    number: int | None = None
    summary: Text | None = Field(
        None, description="one sentence for search results; without it, `why`"
    )
    kind: ActionKind = Field(description="post, picture, sign, share, call or write")
    link: Link | None = Field(
        None, description="where the action is done: https://…, tel:… or mailto:…"
    )
    button: Text | None = Field(
        None, description="the words on the button, such as Sign the petition"
    )
    why: Text = Field(description="one sentence on why this helps")

    @property
    def is_message(self) -> bool:
        """Whether the action is done by a message to the addressee."""
        return self.kind in {"post", "picture"}

    def contradictions(self) -> Contradictions:
        if self.kind in {"sign", "call", "write"} and not self.link:
            yield (
                "link",
                f"missing; an action of the kind {self.kind} needs to know where it is done, such as https://…",
            )
        if self.link and not self.button:
            yield "button", "missing; write the words on the button that opens the link"


class Event(Kind):
    """A gathering, in a place or online: one file, or one row of events.csv."""

    FOLDER = "events"
    ADDRESS = "/events/{}/"
    NAMED_BY = "id"
    # What stands below /events/ and is no event's, now or later.
    RESERVED: ClassVar[frozenset[str]] = frozenset({"in", "map", "on", "online", "page", "past"})
    ALSO_CALLED: ClassVar[Mapping[str, str]] = {
        word: name
        for name, words in {
            "id": "event_id uid",
            "title": "name event event_name event_title",
            "date": "day event_date start_date",
            "start": "start_time begins starts",
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

    id: Slug = Field(
        description="a lasting name for the event; without it, one is made of date, title and city"
    )
    title: Text = Field(description="the event's title, one line")
    date: Day = Field(description="the day, such as 2018-06-14, in the event's own place")
    start: Time | None = Field(
        None, description="when it begins, on the 24-hour clock: 18:00; empty if not known"
    )
    end: Time | None = Field(
        None, description="when it ends, on the 24-hour clock: 20:30; empty if not known"
    )
    end_date: Day | None = Field(None, description="the last day, where it is not the first")
    timezone: Timezone = Field(
        description="the place's time zone, such as America/Chicago; else the campaign's"
    )
    venue: Text | None = Field(None, description="the building, park or square")
    address: Text | None = Field(None, description="street and number")
    city: Text | None = Field(None, description="the town or city")
    region: Region | None = Field(None, description="the state, province or region, such as CA")
    postal_code: Text | None = Field(None, description="the ZIP or postal code")
    country: Country | None = Field(None, description="the country's code, such as US (ISO 3166-1)")
    latitude: Latitude | None = Field(None, description="degrees north, from -90 to 90")
    longitude: Longitude | None = Field(None, description="degrees east, from -180 to 180")
    online: Online = Field("no", description="yes, no, or mixed for both a place and online")
    organiser: Several = Field((), description="who holds it; several with ';' between them")
    sign_up: WebAddress | None = Field(None, description="where to sign up, https://…")
    source: WebAddress | None = Field(None, description="where the event was announced, https://…")
    status: EventStatus = Field("confirmed", description="confirmed, postponed or cancelled")
    accessibility: Text | None = Field(
        None, description="what people with disabilities need to know"
    )
    updated: Moment | None = Field(
        None, description="when these facts last changed: 2018-06-12 or 2018-06-12T10:00Z"
    )
    sequence: Count = Field(
        0, description="how many times these facts changed, for calendars: 0, 1, 2 …"
    )

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
    def over(self) -> datetime:
        """The moment (UTC) from which it is past: its end, or the end of its last day where that is not known."""
        day_after = self.last_day + timedelta(days=1)
        ends = self.ends or datetime.combine(day_after, dt.time(), self.timezone)
        return ends.astimezone(UTC)

    @property
    def region_and_code(self) -> str:
        """The region and the postal code as addresses have them, `CA 94612`, as far as they are known."""
        return " ".join(filter(None, (self.region, self.postal_code)))

    @property
    def point(self) -> tuple[float, float] | None:
        """Where people meet, in degrees north and east; None where that is not known, or it is only online."""
        if self.latitude is None or self.longitude is None or self.online == "yes":
            return None
        return self.latitude, self.longitude

    def is_past(self, now: datetime) -> bool:
        """Tell whether the event is over."""
        return self.over <= now

    def contradictions(self) -> Contradictions:
        if self.end_date and self.end_date < self.date:
            yield (
                "end_date",
                f"{self.end_date} is before {self.date}, the day it begins; mend one of them",
            )
        elif (self.last_day - self.date).days > _LONGEST:
            message = (
                f"{self.end_date} is {(self.last_day - self.date).days} days after {self.date}"
            )
            yield (
                "end_date",
                f"{message}, and an event lasts a year at most; mend one of them, or write several events",
            )
        elif self.start and self.end and self.end <= self.start and self.last_day == self.date:
            message = f"{self.end:%H:%M} is not after the start, {self.start:%H:%M}"
            next_day = self.date + timedelta(days=1)
            yield "end", f"{message}; if it ends the next day, write {next_day} in end_date"
        for name, moment in (("start", self.starts), ("end", self.ends)):
            if moment and _is_skipped(moment):
                message = f"clocks go forward on {moment:%Y-%m-%d} and there is no {moment:%H:%M}"
                yield name, f"{message} in {self.timezone}; mend one of them"
        if self.online == "yes" and self.venue:
            yield (
                "online",
                "an event with a venue is not only online; write mixed, or leave the venue out",
            )
        if (self.latitude is None) != (self.longitude is None):
            missing = "latitude" if self.latitude is None else "longitude"
            yield missing, "missing; latitude and longitude go together"
        if self.region and not self.country:
            yield (
                "country",
                f"missing; the region '{self.region}' needs its country's code, such as US",
            )


class Update(Titled):
    """News of the campaign: something that happened, with its sources."""

    FOLDER = "updates"
    ADDRESS = "/updates/{}/"

    date: Day = Field(description="the day it happened, such as 2018-06-20")
    summary: Text = Field(description="one sentence on what happened, for lists and feeds")
    sources: Annotated[
        tuple[Annotated[LabelledLink, BeforeValidator(_label_by_host)], ...], AsList
    ] = Field((), description="where it is reported: a list of label and url")


class Page(Titled):
    """A page of its own, such as About."""

    FOLDER = "pages"
    ADDRESS = "/{}/"
    NOT_FIELDS = Kind.NOT_FIELDS | {"number"}

    number: int | None = None
    summary: Text = Field(
        description="one sentence on what the page says, for search results and previews"
    )
    menu: Menu = Field("footer", description="where the page is linked: main, footer or none")


@dataclass(frozen=True)
class Common:
    """What of a campaign's content every page can show, valid and in order.

    `actions`: the steps by number, then the others by name; `updates`: the newest first;
    `pages`: by number and name. `files` are the paths within the site of the files that are
    copied as they are, such as `/images/card.png`.
    """

    campaign: Campaign
    letter: Letter
    actions: tuple[Action, ...]
    updates: tuple[Update, ...]
    pages: tuple[Page, ...]
    files: frozenset[str]

    @cached_property
    def steps(self) -> tuple[Action, ...]:
        """The numbered actions, in order."""
        return tuple(action for action in self.actions if action.number is not None)

    @cached_property
    def further_actions(self) -> tuple[Action, ...]:
        """The actions that are no step."""
        return tuple(action for action in self.actions if action.number is None)


@dataclass(frozen=True)
class Content(Common):
    """All that a campaign's site is made of.

    `events`: by day and time, as many as there are; a page gets those that it shows.
    `addresses` are the paths of all pages and copied files by their files below the content folder.
    """

    events: tuple[Event, ...]
    addresses: dict[str, str]

    @property
    def common(self) -> Common:
        """All but what is as much as the events are."""
        return Common(**{it.name: getattr(self, it.name) for it in dataclass_fields(Common)})


KINDS: tuple[type[Kind], ...] = (Campaign, Letter, Action, Event, Update, Page)


def part_of(group: type[Part], name: str) -> type[Part] | None:
    """Give the group of fields that a field holds, or a list of it; None where it holds a value."""
    info = group.model_fields.get(name)
    return _part_within(info.annotation) if info else None


def _part_within(annotation: Any) -> type[Part] | None:  # noqa: ANN401 (a type expression)
    if isinstance(annotation, type) and issubclass(annotation, Part):
        return annotation
    return next(filter(None, map(_part_within, getattr(annotation, "__args__", ()))), None)


def describe(kind: type[Part], name: str) -> str:
    """Give the description of a kind's field, the empty text where there is no such field."""
    info: Any = kind.model_fields.get(name)
    return (info.description or "") if info else ""


def _is_skipped(moment: datetime) -> bool:
    """Tell whether clocks jump over this moment when summer time begins (PEP 495, "The fold")."""
    if not _clocks_change(moment.date(), moment.tzinfo):
        return False
    before, after = (moment.replace(fold=fold).utcoffset() for fold in (0, 1))
    return before is not None and after is not None and before < after


@lru_cache(4096)  # days and places are those of many events
def _clocks_change(day: dt.date, zone: dt.tzinfo | None) -> bool:
    """Tell whether a day's last moment has another offset from UTC than its first."""
    begin = datetime.combine(day, dt.time(), zone)
    end = datetime.combine(day + timedelta(days=1), dt.time(fold=1), zone)
    return begin.utcoffset() != end.utcoffset()


def _first_day(when: PartialDate) -> tuple[int, int, int]:
    return when.year, when.month, when.day or 1


def _last_day(when: PartialDate) -> tuple[int, int, int]:
    return when.year, when.month, when.day or 31
