"""A site becomes a commit on top of what is published, and goes out, or nothing has changed for anybody."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from campaign.build import output
from campaign.publishing import BRANCH, DOMAIN_FILE, REMOTE, rules
from campaign.publishing.files import SiteFiles, workplace
from campaign.publishing.git import GitError, Repository

# Without it GitHub Pages would make a site of its own of the files.
_NO_JEKYLL = ".nojekyll"
_MODES = frozenset({"100644", "100755"})


class MismatchError(Exception):
    """The commit does not hold the site; the message is the sentence."""


def files(repository: Repository, folder: Path, tip: str | None) -> SiteFiles:
    """Return the files to publish of a site in its folder, with a domain that stands on the branch alone.

    Raises `RefusedError` where one of them is no file.
    """
    names = tuple(sorted(output.listed(folder)))
    published = repository.tree(tip) if tip else {}
    added = {}
    if _NO_JEKYLL not in names:
        added[_NO_JEKYLL] = b""
    standing = published.get(DOMAIN_FILE)
    if DOMAIN_FILE not in names and standing and standing.mode in _MODES:
        added[DOMAIN_FILE] = repository.read(standing.blob)
    site = SiteFiles(folder, names, added)
    rules.enforce(rules.of_irregular_files(folder.name, site.irregular()))
    return site


def commit(repository: Repository, site: SiteFiles, tip: str | None, source: str | None) -> str:
    """Commit a site that was built of the commit `source` on top of `tip`; return the commit, for `push`.

    Raises `GitError`, `RefusedError` where a file is none, and `MismatchError` where the commit is not the site.
    """
    with workplace(site.folder) as place:
        stage, scratch = place / "site", place / "repository"
        stage.mkdir()
        site.stage(stage)
        # What became a link meanwhile was staged as one.
        staged = replace(site, folder=stage).irregular()
        rules.enforce(rules.of_irregular_files(site.folder.name, staged))
        message = rules.publish_message(source)
        commit_id = repository.commit(stage, message, parent=tip, scratch=scratch)
    if names := rules.differing(site.entries(commit_id), repository.tree(commit_id)):
        raise MismatchError(rules.mismatch(site.folder.name, names))
    return commit_id


def is_published(repository: Repository, site: SiteFiles, tip: str | None) -> bool:
    """Whether the newest commit of the branch is this very site."""
    return tip is not None and site.entries(tip) == repository.tree(tip)


def push(repository: Repository, commit_id: str) -> None:
    """Push a commit that `commit` made. Raises `GitError`."""
    repository.push(commit_id, REMOTE, BRANCH)
    # It is published; where the local branch cannot follow, it is only behind.
    with suppress(GitError):
        repository.forward(BRANCH, commit_id)
