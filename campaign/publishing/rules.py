"""Rules of what is refused, and the remedy: facts in, refusals out. Each rule is a small generator."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from urllib.parse import urlsplit

from campaign.content.fields import parse_site
from campaign.content.problems import shorten
from campaign.publishing import BRANCH, REMOTE
from campaign.publishing.git import Commit, Entry

_FIRST = "the first version"
# The id is short in what older versions published.
_PUBLISH = re.compile(rf"Publish (?:{_FIRST}|([0-9a-f]{{4,64}}))")
# RFC 2606: domains that nobody has, such as the one of the shipped campaign. What ends in '.example' is
# left out: it stands for a real domain wherever one is shown.
_EXAMPLE = re.compile(r"(?:.+\.)?(?:example\.(?:com|net|org)|test|invalid|localhost)\.?")
#: How many commits or files are named at most.
SHOWN = 10
_SHORT_ID = 10


@dataclass(frozen=True)
class Clone:
    """A project's clone, before its remote is asked.

    `error` is what git says where there is no repository. `is_branch_here` where the branch is
    checked out in the project itself, `checkouts` are other work trees that have it checked out.
    """

    is_git_installed: bool = True
    error: str = ""
    has_remote: bool = True
    has_identity: bool = True
    is_branch_here: bool = False
    checkouts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Source:
    """The commit of which the newest publish was made; `missing` are those in its history and not in HEAD's."""

    id: str
    is_known: bool = True
    is_in_head: bool = True
    missing: tuple[Commit, ...] = ()


@dataclass(frozen=True)
class Branch:
    """The branch as the remote has it; `tip` is its newest commit, None where there is no such branch.

    `error` is what git says of a fetch that failed. `publish` is the newest publish of ours,
    `source` what it was made of. `foreign` are the commits above it that change anything but the
    domain, or all commits of a branch without a publish; `unpushed` are those that the local
    branch has and the remote has not, but for publishes.
    """

    tip: str | None = None
    error: str = ""
    publish: Commit | None = None
    source: Source | None = None
    foreign: tuple[Commit, ...] = ()
    unpushed: tuple[Commit, ...] = ()
    is_shallow: bool = False


@dataclass(frozen=True)
class Address:
    """Where the site is published: the field `site:`, its place in the content, and the variable `SITEURL`."""

    site: str
    place: str
    variable: str = ""


@dataclass(frozen=True)
class Refusal:
    """Why nothing is published and what to do; `lost` is what a replacement would cost, line by line."""

    message: str
    lost: tuple[str, ...] = ()
    is_replaceable: bool = False


class RefusedError(Exception):
    """Nothing is published."""

    def __init__(self, refusals: Sequence[Refusal]) -> None:
        super().__init__("\n".join(refusal.message for refusal in refusals))
        self.refusals = refusals


def enforce(refusals: Iterable[Refusal]) -> None:
    """Raise `RefusedError` where there is any refusal."""
    if found := tuple(refusals):
        raise RefusedError(found)


# The message of a publish


def publish_message(source: str | None) -> str:
    """Return the message of a publish that is made of a commit, or before the first one."""
    return f"Publish {source or _FIRST}"


def is_publish(commit: Commit) -> bool:
    """Whether a commit is a publish of ours."""
    return bool(_PUBLISH.fullmatch(commit.subject))


def source_id(publish: Commit) -> str | None:
    """Return the id of the commit that a publish names, which may be short; None where it names none."""
    found = _PUBLISH.fullmatch(publish.subject)
    return found[1] if found else None


# The clone


def of_clone(clone: Clone) -> Iterator[Refusal]:
    """Yield why nothing can be published from a clone."""
    rules = (has_git, is_in_a_repository, has_a_remote, is_not_checked_out, names_who_commits)
    yield from chain.from_iterable(rule(clone) for rule in rules)


def has_git(clone: Clone) -> Iterator[Refusal]:
    """Git is installed."""
    if not clone.is_git_installed:
        yield Refusal(
            "git is not installed, and publishing needs it; install it from https://git-scm.com/ and try again."
        )


def is_in_a_repository(clone: Clone) -> Iterator[Refusal]:
    """The project is in a repository."""
    if clone.error:
        yield Refusal(
            "This folder is not a git repository; publish from a clone of the campaign's repository."
            f" git says:\n{clone.error}"
        )


def has_a_remote(clone: Clone) -> Iterator[Refusal]:
    """There is a remote to publish to."""
    if not clone.has_remote:
        yield Refusal(
            f"The repository has no remote '{REMOTE}'; add it: git remote add {REMOTE} <address>"
        )


def is_not_checked_out(clone: Clone) -> Iterator[Refusal]:
    """Nobody works on the branch, here or in another work tree."""
    if clone.is_branch_here:
        yield Refusal(
            f"The branch {BRANCH} is checked out, and publishing would replace it; switch first: git switch main"
        )
    for place in clone.checkouts:
        yield Refusal(
            f"The branch {BRANCH} is checked out in {place}, and publishing would replace it;"
            f" leave it there first: git -C '{place}' switch --detach"
        )


def names_who_commits(clone: Clone) -> Iterator[Refusal]:
    """Git knows a name and an e-mail address to write into the commit."""
    if not clone.has_identity:
        yield Refusal(
            "git does not know your name and e-mail address, which a publish carries; write them:"
            ' git config user.name "Your Name", then git config user.email you@your-domain'
        )


# The branch


def of_branch(branch: Branch) -> Iterator[Refusal]:
    """Yield why nothing can be published on top of what the remote and the local branch have."""
    rules = (
        is_fetched,
        is_pushed,
        holds_a_publish,
        is_published_from_here,
        is_changed_by_publishes,
    )
    yield from chain.from_iterable(rule(branch) for rule in rules)


def is_fetched(branch: Branch) -> Iterator[Refusal]:
    """Every published file is one of the site's."""
    if branch.error:
        yield Refusal(
            f"What is published could not be fetched from '{REMOTE}', so nothing was published; check the"
            " network, and the address that 'git remote -v' shows, and try again."
            f" git says:\n{branch.error}"
        )


def is_pushed(branch: Branch) -> Iterator[Refusal]:
    """The local branch has no work of somebody's that the remote has not."""
    if branch.unpushed:
        yield Refusal(
            f"The local branch {BRANCH} has commits that {REMOTE} has not, and publishing would pass them by;"
            f" push them, git push {REMOTE} {BRANCH}, or give them up: git branch -D {BRANCH}",
            lost=_list_commits(branch.unpushed),
        )


def holds_a_publish(branch: Branch) -> Iterator[Refusal]:
    """The branch is one that we publish to, not somebody's source."""
    if not branch.tip or branch.publish:
        return
    if branch.is_shallow:
        message = (
            f"Whether the branch {BRANCH} of {REMOTE} was published by this command {_SHALLOW}"
        )
    else:
        message = (
            f"The branch {BRANCH} of {REMOTE} holds work that this command did not publish, and publishing"
            f" would replace its files; move them to another branch, {_REPLACE}"
        )
    yield Refusal(message, lost=_list_commits(branch.foreign), is_replaceable=True)


def is_published_from_here(branch: Branch) -> Iterator[Refusal]:
    """The newest publish was made of a commit in this history, so that nothing newer is undone."""
    publish, source = branch.publish, branch.source
    if not publish or not source or source.is_in_head:
        return
    what = f"the publish of {publish.date} by {publish.author}, made of commit {source.id[:_SHORT_ID]},"
    if branch.is_shallow:
        message = f"Whether {what} is newer than yours {_SHALLOW}"
    elif source.is_known:
        message = (
            f"Something newer may be published: {what} has changes that are not in yours;"
            f" get them, git pull, {_REPLACE}"
        )
    else:
        message = (
            f"Something newer may be published: {what} has changes that are not known here;"
            f" get them, git pull (or ask {publish.author} to push them first), {_REPLACE}"
        )
    lost = _list_commits(source.missing or [publish])
    yield Refusal(message, lost, is_replaceable=True)


def is_changed_by_publishes(branch: Branch) -> Iterator[Refusal]:
    """Nobody changed what is published by hand; GitHub's settings, which write the domain, may."""
    if branch.publish and branch.foreign:
        message = (
            f"The branch {BRANCH} of {REMOTE} was changed by hand since the newest publish, and publishing"
            f" would undo it; take the changes over into the content, {_REPLACE}"
        )
        yield Refusal(message, lost=_list_commits(branch.foreign), is_replaceable=True)


_SHALLOW = (
    "cannot be told, as this clone holds only a part of the history; get the rest, git fetch --unshallow,"
    " and publish again"
)
_REPLACE = "and publish again, or replace what is published: invoke publish --replace"


# The site


def of_address(address: Address) -> Iterator[Refusal]:
    """A site is published at the address that its campaign names, which is its own."""
    if _is_example(address.site):
        yield Refusal(
            f"{address.place}: site: {address.site} is an example; write the address at which the site will"
            " be published, such as https://name.github.io/repository"
        )
    if not address.variable:
        return
    try:
        named = parse_site(address.variable)
    except ValueError as error:
        yield Refusal(f"SITEURL: {error}")
        return
    if _is_example(named) or named != address.site:
        yield Refusal(
            f"SITEURL is {address.variable}, and {address.place} has site: {address.site}; take the variable"
            " away (unset SITEURL), or write into the file at which address the site is published"
        )


def of_irregular_files(folder: str, names: Sequence[str]) -> Iterator[Refusal]:
    """Only files are published, and no links, which may lead to anything."""
    if names:
        yield Refusal(
            f"{_list_names([f'{folder}/{name}' for name in names])}: no file that a build made, but a link,"
            " a folder or nothing; delete what is there and publish again"
        )


def _is_example(address: str) -> bool:
    return bool(_EXAMPLE.fullmatch(urlsplit(address).hostname or ""))


# The commit


def differing(expected: Mapping[str, Entry], found: Mapping[str, Entry]) -> list[str]:
    """Return the names of the files that are in one of two trees alone, or differ."""
    return sorted(
        name
        for name in expected.keys() | found.keys()
        if name not in expected or name not in found or expected[name] != found[name]
    )


def mismatch(folder: str, names: Sequence[str]) -> str:
    """Return the sentence on a commit that differs from the site in its folder."""
    return (
        f"What git committed is not what is in {folder}/ ({_list_names(names)}), so nothing was pushed;"
        " the published site is as it was. Publish again; if it happens again, look whether these files have"
        " unusual names."
    )


def _list_commits(commits: Sequence[Commit]) -> tuple[str, ...]:
    """Return a line for each commit, of many for the newest."""
    lines = [
        f"{commit.id[:_SHORT_ID]} {commit.date} {shorten(commit.author, 40)}: {shorten(commit.subject)}"
        + (f" ({_list_names(commit.files)})" if commit.files else "")
        for commit in commits[:SHOWN]
    ]
    more = len(commits) - SHOWN
    return (*lines, *([f"and {more} more"] if more > 0 else []))


def _list_names(names: Sequence[str]) -> str:
    shown = [
        name.encode("unicode_escape").decode() if not name.isprintable() else name
        for name in names[:3]
    ]
    more = len(names) - len(shown)
    return ", ".join(shown) + (f" and {more} more" if more else "")
