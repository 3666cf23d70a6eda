"""The domain of a site on GitHub Pages: the one line of `extra/CNAME`.

Source: GitHub's "Troubleshooting custom domains and GitHub Pages", section "CNAME errors": the
bare domain alone, in one line; a name that is not ASCII stands there as Punycode.
"""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import urlsplit

from campaign.content.problems import Problem, shorten
from campaign.reading.text import decode, read_bytes

#: The name of the file, in `extra/` and at the root of the site.
FILE = "CNAME"
# RFC 1123, section 2.1; the last label holds a letter, so that no IP address is a domain.
_LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_HOST_NAME = re.compile(
    rf"(?=.{{1,253}}\Z)(?:{_LABEL}\.)+(?=[a-z0-9-]*[a-z]){_LABEL}", re.IGNORECASE
)


def problems(file: Path, path: str, root: Path) -> list[Problem]:
    """Return what is wrong with the file, below the content folder `root`; `path` is how problems name it."""
    data, found = read_bytes(file, path, root)
    text, found = ("", found) if found else decode(data, path)
    if found:
        return found
    first, *others = text.rstrip("\n").split("\n")
    if any(others):
        number = next(number for number, line in enumerate(others, 2) if line)
        message = "only one line belongs here, the site's domain; take the others out"
        return [Problem(message, path, number)]
    if is_host_name(first) and data.isascii():
        return []
    return [Problem(_message(first), path, 1)]


def is_host_name(text: str) -> bool:
    """Whether a text is the bare name of a host, such as `www.example.org`."""
    return bool(_HOST_NAME.fullmatch(text))


def _message(line: str) -> str:
    if not line.strip():
        return (
            "the site's domain is missing; write it, such as www.example.org, or delete this file"
        )
    if line != line.strip() and is_host_name(line.strip()):
        return "a space stands beside the domain; take it out"
    if is_host_name(line):
        return "an invisible mark stands before the domain; save this file as plain ASCII or UTF-8 without BOM"
    wanted = _bare(line)
    remedy = f"did you mean '{wanted}'?" if wanted else "write it alone, such as www.example.org"
    return f"'{shorten(line)}' is not a bare domain; {remedy}"


def _bare(line: str) -> str:
    """Return the host name that somebody probably meant, or nothing."""
    text = line.strip()
    try:
        host = urlsplit(text if "//" in text else f"//{text}").hostname or ""
        host = host.rstrip(".").encode("idna").decode()
    except ValueError:
        return ""
    return host if is_host_name(host) else ""
