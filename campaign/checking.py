"""Rules across files. Each rule is a small generator with the rule as its docstring."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path

from campaign import sharing, words
from campaign.addresses import PATHS, resolve
from campaign.content.fields import complete_address
from campaign.content.model import KINDS, Action, Event, Update
from campaign.content.problems import Problem, nearest, nearest_name, shorten
from campaign.content.text import slugify
from campaign.events.map import state_of
from campaign.reading.draft import Draft
from campaign.reading.parsing import TextBlock, split_name
from campaign.reading.reader import read
from campaign.routes import EnginePaths, event_calendar, file_of, may_exist

# The kinds of picture that the previews of every network show.
_PREVIEWED = (".png", ".jpg", ".jpeg", ".webp")


def check(folder: Path, theme: Path, cache: Path | None = None) -> tuple[Draft, list[Problem]]:
    """Read a site's content and give it with every problem of every file, in the order of files and lines.

    In the folder `cache` is kept what the next reading need not make again.
    """
    draft = read(folder, cache)
    if not folder.is_dir():
        return draft, draft.problems
    rules = (
        has_steps,
        has_no_step_twice,
        names_each_state_one_way,
        sends_what_fits,
        names_existing_pictures,
        links_within_by_path,
    )
    own = EnginePaths(draft.of(Event))
    problems = [
        *draft.problems,
        *chain.from_iterable(rule(draft) for rule in rules),
        *has_no_address_twice(draft, own),
        *links_to_what_exists(draft, own),
        *speaks_a_known_language(draft, theme),
    ]
    # Those of one line stay in the order of the list or the text in which they were found.
    return draft, sorted(dict.fromkeys(problems), key=lambda problem: (problem.path, problem.line))


def has_steps(draft: Draft) -> Iterator[Problem]:
    """A campaign asks for something: it has at least one numbered action, whether or not its name is right."""
    if not any(re.match(r"actions/\d", name) for name in draft.addresses):
        message = f"there is no step yet; write the first one, {draft.root}/actions/1-….md"
        yield Problem(message, draft.root, 1)


def has_no_step_twice(draft: Draft) -> Iterator[Problem]:
    """A step's number belongs to one file."""
    first: dict[int, str] = {}
    for number, name in _steps(draft):
        if first.setdefault(number, name) != name:
            other = f"{draft.root}/{first[number]}"
            message = f"step {number} is {other} already; give this file another number"
            yield Problem(message, f"{draft.root}/{name}", 1)


def has_no_address_twice(draft: Draft, own: EnginePaths) -> Iterator[Problem]:
    """An address belongs to one page or file, and no page stands where another's folder does."""
    owners = _Owners(draft, own)
    for item in filter(lambda item: item.NAMED_BY, draft.all):
        owner = owners.take(file_of(item.path), f"{item.origin.path}:{item.origin.line}")
        if owner:
            field = item.NAMED_BY
            message = f"{item.path} is already the address of {owner}; write another {field}"
            yield item.origin.problem(field, message)
    for item in draft.all:
        for number, alias in enumerate(item.aliases, 1):
            owner = owners.take(file_of(alias), item.origin.path)
            if owner:
                message = f"{alias} is already the address of {owner}; take it out"
                yield item.origin.problem(f"aliases.{number}", message)
    for path, name in draft.files.items():
        owner = owners.take(path.lstrip("/"), f"{draft.root}/{name}")
        if owner:
            message = f"{path} is already the address of {owner}; give this file another name"
            yield Problem(message, f"{draft.root}/{name}", 1)


class _Owners:
    """Who has which address, by the file that serves it; letters in both cases are one, as on some computers."""

    def __init__(self, draft: Draft, own: EnginePaths) -> None:
        self._own = own
        self._files: dict[str, str] = {}
        self._folders: dict[str, str] = {}
        files = {file_of(kind.ADDRESS): f"{draft.root}/{kind.FILE}" for kind in KINDS if kind.FILE}
        for file, owner in (own.owners | files).items():
            self._give(file, owner)

    def take(self, file: str, owner: str) -> str | None:
        """Take a file, or give who has it, or has a folder or a file in its way."""
        file = file.lower()
        names = (file, *_folders(file))
        if not self._files.keys().isdisjoint(names):
            return next(self._files[name] for name in names if name in self._files)
        if file in self._folders:
            return self._folders[file]
        if other := next(filter(None, map(self._own.owner_of, names)), None):
            return other
        self._files[file] = owner
        self._folders.update(dict.fromkeys(names[1:], owner))
        return None

    def _give(self, file: str, owner: str) -> None:
        self._files[file] = owner
        self._folders.update(dict.fromkeys(_folders(file), owner))


def _folders(file: str) -> list[str]:
    """Return the folders of a file, from that in which it is to the first."""
    folders = []
    while file := file.rpartition("/")[0]:
        folders.append(file)
    return folders


def names_each_state_one_way(draft: Draft) -> Iterator[Problem]:
    """A state of the USA is written in one way, code or name, as each way makes a list of its own."""
    first: dict[str, Event] = {}
    for event in draft.of(Event):
        code = state_of(event.region) if event.country == "US" and event.region else None
        other = first.setdefault(code, event) if code else event
        if slugify(event.region or "") != slugify(other.region or ""):
            message = (
                f"'{event.region}' is '{other.region}' in {other.origin.path}:{other.origin.line}"
            )
            yield event.origin.problem("region", f"{message}; write it in one way")


def sends_what_fits(draft: Draft) -> Iterator[Problem]:
    """Networks and the tokens of messages are those that `sharing` knows, and each message fits its networks."""
    if draft.campaign:
        yield from sharing.problems(draft.campaign, draft.of(Action))


def names_existing_pictures(draft: Draft) -> Iterator[Problem]:
    """The picture of link previews is there."""
    campaign = draft.campaign
    if campaign and campaign.card and f"/{campaign.card.image}" not in draft.files:
        wanted = campaign.card.image
        hint = nearest(wanted, (path.lstrip("/") for path in draft.files))
        remedy = hint or "; put the picture into images/ and write images/ before its name"
        message = f"there is no file '{wanted}' in {draft.root}/{remedy}"
        yield campaign.origin.problem("card.image", message)
    elif campaign and campaign.card and not campaign.card.image.lower().endswith(_PREVIEWED):
        message = f"previews do not show '{campaign.card.image}'; save it as one of {', '.join(_PREVIEWED)}"
        yield campaign.origin.problem("card.image", message)


def links_to_what_exists(draft: Draft, own: EnginePaths) -> Iterator[Problem]:
    """Every link within the site leads to a page, a file or a heading that is there, and every picture is there."""
    text_blocks = [text_block for text_block in draft.text_blocks if text_block.body.references]
    known = known_paths(draft, own) if text_blocks else set()
    ordered: list[str] = []
    anchors = {
        text_block.path: text_block.body.anchors
        for text_block in draft.text_blocks
        if not text_block.field
    }
    for text_block in text_blocks:
        for reference in text_block.body.references:
            path, fragment = resolve(draft.addresses, text_block, reference.target)
            message = ""
            if path not in known:
                if not may_exist(path, draft.unread):
                    # The order of a set is another one in each process, and so would be the hint.
                    ordered = ordered or sorted(known)
                    hint = _suggest(reference.target, path, ordered, draft.addresses)
                    message = f" leads nowhere{hint}"
            elif reference.image and path not in draft.files:
                message = " is no picture; name one of the files in images/"
            elif fragment and fragment not in anchors.get(path, {fragment}):
                remedy = "; name one of its headings, in small letters with hyphens"
                hint = nearest(fragment, anchors[path]) or remedy
                message = f": the page has no heading '{shorten(fragment)}'{hint}"
            if message:
                what = "image" if reference.image else "link"
                message = f"{what} '{shorten(reference.target)}'{message}"
                yield _in_passage(text_block, reference.line, message)


def links_within_by_path(draft: Draft) -> Iterator[Problem]:
    """A link within the site does not name the site's own address, which is another one in a preview."""
    if not draft.campaign:
        return
    own = re.compile(rf"{re.escape(draft.campaign.site)}(?=[/?#]|$)", re.IGNORECASE)
    for text_block in draft.text_blocks:
        for reference in text_block.body.outside:
            if found := own.match(reference.target):
                path = f"/{reference.target[found.end() :].removeprefix('/')}"
                shown = shorten(reference.target)
                message = f"link '{shown}' leads to this site itself; write it from the first slash: '{shorten(path)}'"
                yield _in_passage(text_block, reference.line, message)


def speaks_a_known_language(draft: Draft, theme: Path) -> Iterator[Problem]:
    """The theme has all its words in the campaign's language."""
    campaign = draft.campaign
    if campaign is None:
        return
    folder = theme / "translations"
    known = words.languages(folder)
    if campaign.language in known:
        yield from words.problems(folder, campaign.language)
    else:
        main = re.split("[-_]", campaign.language)[0].lower()
        others = f"write one of {', '.join(known)}, or translate {theme.name}/translations/en.toml"
        if not known:
            others = f"put {theme.name}/translations/en.toml back, and write en or translate it"
        remedy = f"did you mean '{main}'?" if main in known else others
        message = f"the theme has no words in '{campaign.language}' yet; {remedy}"
        yield campaign.origin.problem("language", message)


def known_paths(draft: Draft, own: EnginePaths) -> set[str]:
    """Return the addresses that texts may link to, those of pages whose files have problems among them."""
    return {
        *(own.paths - ({PATHS.feed} if not draft.of(Update) else set())),
        *map(event_calendar, draft.of(Event)),
        *draft.addresses.values(),
        *chain.from_iterable((item.path, *item.aliases) for item in draft.all),
    }


def _steps(draft: Draft) -> Iterator[tuple[int, str]]:
    """Yield the number and the file of each step, those with problems among them."""
    for name in draft.addresses:
        folder, _, file = name.partition("/")
        number, _ = split_name(Action, file.removesuffix(".md"))
        if folder == "actions" and number is not None:
            yield number, name


def _in_passage(text_block: TextBlock, line: int, message: str) -> Problem:
    """Return a problem of a text: at its own line, or at that of the field or the row that it is."""
    if text_block.field:
        return text_block.origin.problem(text_block.field, message)
    return Problem(message, text_block.origin.path, line)


def _suggest(target: str, path: str, known: Sequence[str], addresses: dict[str, str]) -> str:
    """Name the nearest file for a link to a file, else the nearest address."""
    if re.match(r"www\.|[\w-][\w.-]*\.[a-z]{2,}/|[^/]+@", target):
        return f"; did you mean '{complete_address(target)}'?"
    if target.startswith("/"):
        return nearest(path, known) or "; there is no page or file with this address"
    # Of two files with one name the first counts, which is nearest to the top.
    by_name = {file.rpartition("/")[2]: file for file in reversed(addresses)}
    name = nearest_name(target.partition("#")[0].rpartition("/")[2], by_name, 0.75)
    return (
        f"; did you mean '{by_name[name]}'?"
        if name
        else "; there is no such file in the content folder"
    )
