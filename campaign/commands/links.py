"""`links`: list the addresses of other sites, and ask each whether it is still there."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from http import HTTPStatus
from itertools import chain
from typing import Literal
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

from campaign.build.project import Project
from campaign.checking import check
from campaign.commands import MENDABLE, OK, say
from campaign.content.markdown import Body
from campaign.content.model import Campaign, Kind
from campaign.content.problems import in_one_line
from campaign.content.schema import Schema
from campaign.reading.draft import Draft
from campaign.support import disk

LIST = "outside-links.txt"
#: Seconds between two questions to one host, and until an answer is no longer waited for.
PAUSE, PATIENCE = 1.0, 15.0
#: How many hosts are asked at a time.
HOSTS_AT_ONCE = 8
NAME = "campaign-links/1.0 (checks the links of one campaign's site)"

_GONE = {HTTPStatus.NOT_FOUND, HTTPStatus.GONE}
_ASK_AGAIN = {HTTPStatus.FORBIDDEN, HTTPStatus.METHOD_NOT_ALLOWED, HTTPStatus.NOT_IMPLEMENTED}


@dataclass(frozen=True)
class Answer:
    """The answer of an address: `gone` is certain, `unknown` is no fault of the link."""

    address: str
    state: Literal["there", "moved", "gone", "unknown"]
    detail: str = ""


def run(project: Project, *, online: bool = False) -> int:
    """Write the list; with `online` ask each address too: 2 where one is gone, which slow hosts never cause."""
    draft, _ = check(project.content, project.theme, project.cache)
    found = outside_links(draft)
    lines = [f"{address}  {', '.join(places)}" for address, places in found.items()]
    disk.replace(project.root / LIST, "\n".join([*lines, ""]).encode())
    say(f"{len(found)} addresses of other sites are listed in {LIST}.")
    if not online:
        return OK
    return report(ask(found), found)


def report(answers: Iterable[Answer], places: Mapping[str, tuple[str, ...]]) -> int:
    """Print every address that is not simply there, with the places where it stands."""
    status = OK
    words = {"moved": "has moved to", "gone": "is gone:", "unknown": "did not answer:"}
    for answer in sorted(answers, key=lambda it: (it.state, it.address)):
        if answer.state != "there":
            at = ", ".join(places[answer.address])
            say(in_one_line(f"{at}: {answer.address} {words[answer.state]} {answer.detail}"))
        if answer.state == "gone":
            status = MENDABLE
    return status


def ask(addresses: Iterable[str], pause: float = PAUSE, patience: float = PATIENCE) -> list[Answer]:
    """Ask for each address once; one host is asked one thing at a time, with pauses of so many seconds."""
    hosts: dict[str, list[str]] = {}
    for address in addresses:
        hosts.setdefault(urlsplit(address).netloc, []).append(address)
    with ThreadPoolExecutor(max_workers=HOSTS_AT_ONCE) as pool:
        groups = pool.map(lambda group: _ask_host(group, pause, patience), hosts.values())
        return list(chain.from_iterable(groups))


def _ask_host(addresses: list[str], pause: float, patience: float) -> list[Answer]:
    answers = []
    for number, address in enumerate(addresses):
        if number:
            time.sleep(pause)
        answers.append(_ask(address, patience))
    return answers


def _ask(address: str, patience: float, method: str = "HEAD") -> Answer:
    request = Request(address, method=method, headers={"User-Agent": NAME})  # noqa: S310 (web addresses only)
    try:
        with urlopen(request, timeout=patience) as response:  # noqa: S310 (likewise)
            arrived = response.url
    except HTTPError as error:
        error.close()
        if method == "HEAD" and error.code in _ASK_AGAIN | _GONE:
            return _ask(address, patience, "GET")
        return Answer(
            address, "gone" if error.code in _GONE else "unknown", f"{error.code} {error.reason}"
        )
    except (OSError, ValueError) as error:
        return Answer(address, "unknown", str(getattr(error, "reason", error)))
    if arrived.rstrip("/") == address.partition("#")[0].rstrip("/"):
        return Answer(address, "there")
    return Answer(address, "moved", arrived)


def outside_links(draft: Draft) -> dict[str, tuple[str, ...]]:
    """Return the places, `path:line`, of each web address outside the site, in the order of addresses."""
    found: dict[str, set[tuple[str, int]]] = {}
    for item in draft.all:
        for address, line in _addresses(item):
            found.setdefault(address, set()).add((item.origin.path, line))
    return {
        address: tuple(f"{path}:{line}" for path, line in sorted(places))
        for address, places in sorted(found.items())
    }


def _addresses(item: Kind) -> Iterator[tuple[str, int]]:
    for name in item.members():
        value = getattr(item, name)
        if isinstance(value, Body):
            # The text below the fields has lines of its own; one in a field stands at the field.
            at = item.origin.problem(name, "").line
            links = ((it.target, it.line if name == "body" else at) for it in value.outside)
            yield from (link for link in links if _is_web(link[0]))
        elif not (isinstance(item, Campaign) and name == "site"):
            yield from (
                (it, item.origin.problem(field, "").line) for field, it in _values(name, value)
            )


def _values(name: str, value: object) -> Iterator[tuple[str, str]]:
    """Yield the dotted name and the text of each web address that a field holds."""
    if isinstance(value, str):
        if _is_web(value):
            yield name, value
    elif isinstance(value, tuple):
        for number, member in enumerate(value, 1):
            yield from _values(f"{name}.{number}", member)
    elif isinstance(value, Schema):
        for field in value.members():
            yield from _values(f"{name}.{field}", getattr(value, field))


def _is_web(address: str) -> bool:
    return address.startswith(("http://", "https://"))
