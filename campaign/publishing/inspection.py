"""The facts on which the rules decide: of the clone first, then of the branch as it is fetched."""

from __future__ import annotations

from dataclasses import replace

from campaign.publishing import BRANCH, DOMAIN_FILE, REMOTE, git
from campaign.publishing.git import Commit, GitError, Repository
from campaign.publishing.rules import SHOWN, Branch, Clone, Source, is_publish, source_id


def clone(repository: Repository) -> Clone:
    """Return what is known without the remote."""
    if not git.is_installed():
        return Clone(is_git_installed=False)
    try:
        repository.directory()
    except GitError as error:
        return Clone(error=str(error))
    here = repository.branch() == BRANCH
    return Clone(
        has_remote=repository.has_remote(REMOTE),
        has_identity=repository.identity() is not None,
        is_branch_here=here,
        checkouts=() if here else tuple(map(str, repository.checkouts(BRANCH))),
    )


def branch(repository: Repository) -> Branch:
    """Fetch the branch, and return what is known of it."""
    try:
        tip = repository.fetch(REMOTE, BRANCH)
    except GitError as error:
        return Branch(error=str(error))
    found = Branch(tip, unpushed=_unpushed(repository, tip), is_shallow=repository.is_shallow())
    if tip is None:
        return found
    commits = repository.commits(tip)
    publish = next(filter(is_publish, commits), None)
    if publish is None:
        return replace(found, foreign=tuple(commits))
    above = repository.commits(tip, without=publish.id, beside=DOMAIN_FILE)
    return replace(
        found,
        publish=publish,
        source=_source(repository, publish),
        foreign=_with_files(repository, above),
    )


def _unpushed(repository: Repository, tip: str | None) -> tuple[Commit, ...]:
    """Return what somebody committed to the local branch; a publish that never got out is made anew."""
    local = repository.resolve(f"refs/heads/{BRANCH}")
    if local is None:
        return ()
    commits = repository.commits(local, without=tip, beside=DOMAIN_FILE)
    return _with_files(repository, [commit for commit in commits if not is_publish(commit)])


def _source(repository: Repository, publish: Commit) -> Source | None:
    """Return what is known of the commit that a publish names; None where it names none."""
    named = source_id(publish)
    if named is None:
        return None
    known = repository.resolve(named)
    # A branch or a tag may have the name of a short id.
    if known is None or not known.startswith(named):
        return Source(named, is_known=False, is_in_head=False)
    head = repository.head()
    if head and repository.is_ancestor(known, head):
        return Source(known)
    return Source(known, is_in_head=False, missing=tuple(repository.commits(known, without=head)))


def _with_files(repository: Repository, commits: list[Commit]) -> tuple[Commit, ...]:
    """Return commits with the files that they change, as far as these are shown."""
    shown = [replace(it, files=repository.changed_files(it.id)) for it in commits[:SHOWN]]
    return (*shown, *commits[SHOWN:])
