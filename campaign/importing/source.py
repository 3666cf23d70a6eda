"""A source of events: these by columns of the table, and what of it is not imported."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256

from campaign.content.fields import LONGEST_NAME, country_called, parse_web_address
from campaign.content.problems import Problem
from campaign.content.text import slugify
from campaign.importing.places import AMERICAN, state_code, whole_zip
from campaign.importing.texts import clean, names_contact, without_contacts
from campaign.reading.events import generate_id

#: Gives the zone of a place, by cells of the table, or nothing where it is not known.
FindZone = Callable[[Mapping[str, str]], str]

#: The facts that sources of every format tell: when an event is, where, and what it is.
WHEN = frozenset({"date", "start", "end", "end_date", "timezone"})
PLACE = frozenset({"online", "venue", "address", "city", "region", "postal_code", "country"})
FACTS = WHEN | PLACE | {"latitude", "longitude", "title", "description"}

_TEXTS = frozenset({"title", "venue", "address", "organiser", "accessibility", "description"})
_CONTACTS = (
    "mail addresses and telephone numbers in texts; add to the table those that are to be public"
)
MEETING = (
    "the address of an online meeting as its place; write it in sign_up where everybody may have it"
)
JOINING = (
    "how to join an online meeting, at the end of a description;"
    " write its address in sign_up where everybody may have it"
)
_LINKS = frozenset({"sign_up", "source"})
_WORDS = {
    "online": {
        "yes": "yes true 1 virtual online y",
        "no": "no false 0 in-person in_person n",
        "mixed": "mixed hybrid both",
    },
    "status": {
        "": "confirmed tentative active scheduled",
        "cancelled": "cancelled canceled",
        "postponed": "postponed rescheduled",
    },
}


@dataclass(frozen=True)
class Context:
    """The facts about a file beside its bytes.

    `path` is how problems name it; `zone` is the campaign's own, for times of which nothing tells
    another; `find_zone` gives that of a place.
    """

    path: str
    zone: str = "UTC"
    find_zone: FindZone = lambda _: ""


@dataclass(frozen=True)
class Incoming:
    """An event as its source has it: cells without the empty ones, and the line where it stands."""

    id: str
    cells: dict[str, str]
    line: int
    modified: datetime | None = None
    sequence: int = 0


@dataclass
class Source:
    """The events that were read from a file, and its problems.

    `columns` are those that the source speaks of: a cell of them that is empty there is empty
    indeed. `whole` is false where the file does not hold all events of its source. `present`
    are the ids of all events in it, those with problems too. `skipped` says what was not taken
    over, with the lines or the events where it stands.
    """

    path: str
    columns: frozenset[str]
    events: dict[str, Incoming] = field(default_factory=dict)
    whole: bool = True
    present: set[str] = field(default_factory=set)
    skipped: dict[str, list[str]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def add(self, event: Incoming, raw: Mapping[str, str]) -> None:
        """Take an event, or report that another has its id; `raw` are its cells as the source has them."""
        other = self.events.setdefault(event.id, event)
        self.present.add(event.id)
        if any(names_contact(raw.get(name, "")) for name in _TEXTS):
            self.skip(_CONTACTS, event.id)
        if other is not event:
            message = f"the event in line {other.line} has the id {event.id} too; give each an id of its own"
            self.problem(event.line, "id", message)

    def skip(self, reason: str, where: str) -> None:
        """Note that something was not taken over, and why."""
        self.skipped.setdefault(reason, []).append(where)

    def problem(self, line: int, name: str, message: str) -> None:
        """Report what an editor, or whoever made the source, can mend."""
        self.problems.append(Problem(message, self.path, line, field=name))


def normalize(cells: Mapping[str, str]) -> dict[str, str]:
    """Return cells as the table has them: no empty ones, codes for names, and nothing by which a person is reached."""
    raw = {name: _normalize_cell(name, clean(text)) for name, text in cells.items()}
    country, region = raw.get("country", ""), raw.get("region", "")
    raw["country"] = country = country_called(country) or country.upper()
    state = state_code(region)
    if state and country in {"", "US"}:
        raw["region"], raw["country"] = state, "US"
    if raw["country"] in AMERICAN:
        raw["postal_code"] = whole_zip(raw.get("postal_code", ""))
    return {name: text for name, text in raw.items() if text}


def _normalize_cell(name: str, text: str) -> str:
    if name != "description":
        text = " ".join(text.split())
    if name in _TEXTS:
        return without_contacts(text)
    if name in _LINKS:
        return "" if names_contact(text) else _with_scheme(text)
    for meant, words in _WORDS.get(name, {}).items():
        if text.lower().replace(" ", "-") in words.split():
            return meant
    return text


def _with_scheme(text: str) -> str:
    """Return an address that was typed without its beginning the one of the web; any other text as it is."""
    host = text.partition("/")[0]
    whole = f"https://{text}"
    return whole if "." in host and ":" not in host and web_address(whole) else text


def lasting_id(text: str, cells: Mapping[str, str]) -> str:
    """Return the id of an event by what its source calls it, else by its facts.

    What is too long for an address is cut, and told apart by a hash of the whole.
    """
    name = slugify(text) or generate_id(cells)
    if len(name) <= LONGEST_NAME:
        return name
    mark = sha256(text.encode()).hexdigest()[:8]
    return f"{name[: LONGEST_NAME - 9].rstrip('-')}-{mark}"


def web_address(text: str) -> str:
    """Return an address of the web, or nothing where a text is none."""
    try:
        return parse_web_address(text)
    except ValueError:
        return ""


def degrees(latitude: float, longitude: float) -> dict[str, str]:
    """Return coordinates by columns of the table, to a metre; none where both are 0, which means unknown."""
    if not latitude and not longitude:
        return {}
    return {
        name: f"{value:.5f}".rstrip("0").rstrip(".")
        for name, value in (("latitude", latitude), ("longitude", longitude))
    }
