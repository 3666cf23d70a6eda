"""`links`: list the addresses of other sites, and ask each whether it is still there."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from http import HTTPStatus
from itertools import chain
from typing import Literal
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

from campaign.check import check
from campaign.commands import MENDABLE, OK, Project, say
from campaign.content.problems import in_one_line
from campaign.outside import outside_links
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
    """What came of asking for an address: `gone` is certain, `unknown` is no fault of the link."""

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
    """Tell of every address that is not simply there, with the places where it stands."""
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
