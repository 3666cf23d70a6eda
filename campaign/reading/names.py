"""Names of files: which are nobody's content, and which cannot stand in an address or a report."""

from __future__ import annotations

import re
from fnmatch import translate
from pathlib import Path

from campaign.content.model import Action, Kind
from campaign.content.problems import Problem
from campaign.content.text import find_invisible, slugify, without_unseen
from campaign.reading.parsing import split_name

# What operating systems, editors and git leave in a folder for themselves.
_LEFTOVERS = (
    ".DS_Store", "._*", "Thumbs.db", "desktop.ini", "*~", ".*.sw?", "~$*", ".~lock.*#",
    ".git", ".gitkeep",
)  # fmt: skip
_LEFT_OVER = re.compile("|".join(map(translate, _LEFTOVERS)))
# What some systems take for `.git`, so that git refuses it (its `verify_path`).
_GITS_OWN = re.compile(r"\.git[. ]*|git~[0-9]+", re.IGNORECASE)


def is_left_over(name: str) -> bool:
    """Whether a file is a computer's own, such as `.DS_Store` or `letter.md~`."""
    return bool(_LEFT_OVER.match(name))


def is_ignored(name: str) -> bool:
    """Whether a file is nobody's content: left over, hidden, or about to become another."""
    return is_left_over(name) or name.startswith(".") or name.endswith(".tmp")


def name_problem(name: str) -> Problem | None:
    """Return why no address, no report or no repository can hold a path, None where all can."""
    if any(map(_GITS_OWN.fullmatch, name.split("/"))):
        return Problem(f"'{name}' is a name of git's own; rename it")
    if name.isascii() and name.isprintable() and '"' not in name:
        return None
    unseen = next((f"U+{ord(letter):04X}" for letter in name if not without_unseen(letter)), "")
    signs = {"\n": "a line end", "\t": "a tab", '"': "a quotation mark"}
    sign = next((signs[letter] for letter in name if letter in signs), "")
    character = find_invisible(name) or sign or unseen
    if not character:
        return None
    shown = "".join(
        letter if letter.isprintable() else letter.encode("unicode_escape").decode()
        for letter in name
    )
    what = f"the name of the file '{shown}' holds {character}, which no address can"
    return Problem(f"{what}; rename it")


def picture_name_problem(name: str) -> Problem | None:
    """Return which sign in a picture's name means something else in a link, None where there is none."""
    if not (sign := re.search("[#?%]", name)):
        return None
    file = Path(name)
    meant = f"{slugify(file.stem) or 'picture'}{file.suffix}"
    return Problem(f"'{sign[0]}' means something else in a link; call the file '{meant}'")


def stem_problem(kind: type[Kind], stem: str) -> Problem | None:
    """Return what is wrong with the name of a file that holds a text, None where nothing is."""
    if kind is Action and stem[:1].isdecimal() and split_name(kind, stem)[0] is None:
        begun = re.match(r"(\d{1,3})(?!\d)(.*)", stem)
        number, rest = (int(begun[1]), begun[2]) if begun else (1, stem)
        meant = f"{number}-{slugify(rest) or 'a-short-name'}.md"
        what = "a name that begins with a digit is a step's, its number and a hyphen"
        return Problem(f"{what}; call the file '{meant}'")
    if "." in stem:
        remedy = "rename the file so that only '.md' follows the name"
        return Problem(f"'{stem}' holds a point; {remedy}")
    return None
