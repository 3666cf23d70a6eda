"""Calls of git, without a shell and without a decision.

Git speaks the user's language in any encoding, so its words are only shown. What is parsed comes
from its plumbing, with names that end in NUL where they may hold anything.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

# What would lead git away from the repository that is named (`git rev-parse --local-env-vars`).
_MISLEADING = frozenset({"GIT_COMMON_DIR", "GIT_INDEX_FILE", "GIT_NAMESPACE", "GIT_WORK_TREE"})
# The branch of a commit's own repository.
_SITE = "site"
_IDENTITY = re.compile(r"(.*) <(.*)> ([0-9]+ [+-][0-9]{4})", re.DOTALL)


class GitError(Exception):
    """Git could not do what it was asked; the message is what it said."""


@dataclass(frozen=True)
class Commit:
    """A commit; `date` is the day on which it was made, `files` the names that it changes, where they were asked."""

    id: str
    author: str
    date: str
    subject: str
    files: tuple[str, ...] = ()


class Identity(NamedTuple):
    """Who commits, and when, as git writes it: seconds since 1970 and the offset from UTC."""

    name: str
    email: str
    date: str


class Entry(NamedTuple):
    """A file in a tree: its mode, such as `100644`, and the id of its blob."""

    mode: str
    blob: str


class _Done(NamedTuple):
    status: int
    output: bytes
    words: str

    @property
    def line(self) -> str:
        """The output of one line, without its end."""
        return _text(self.output).rstrip("\r\n")


def is_installed() -> bool:
    """Whether there is git on this computer."""
    return shutil.which("git") is not None


@dataclass(frozen=True)
class Repository:
    """The repository to which a folder belongs. Each method raises `GitError` where git fails."""

    folder: Path

    def directory(self) -> Path:
        """Return the folder in which git keeps the repository."""
        return self.folder / self._line("rev-parse", "--git-dir")

    def has_remote(self, remote: str) -> bool:
        """Whether a remote of that name is set up."""
        return self._run("remote", "get-url", remote).status == 0

    def is_shallow(self) -> bool:
        """Whether older commits are missing here."""
        return self._line("rev-parse", "--is-shallow-repository") == "true"

    def identity(self) -> Identity | None:
        """Return who commits, by the variables and settings that git reads; None without a name or an address."""
        only_named = ("-c", "user.useConfigOnly=true")
        done = self._run(*only_named, "var", "GIT_COMMITTER_IDENT")
        found = _IDENTITY.fullmatch(done.line)
        return None if done.status or not found else Identity(*found.groups())

    def head(self) -> str | None:
        """Return the commit that is checked out; None before the first one."""
        return self.resolve("HEAD")

    def branch(self) -> str | None:
        """Return the name of the branch that is checked out; None where a commit is, or none."""
        done = self._run("symbolic-ref", "--quiet", "HEAD")
        return done.line.removeprefix("refs/heads/") if done.status == 0 else None

    def resolve(self, name: str) -> str | None:
        """Return the id of the commit that a name stands for, or None."""
        done = self._run("rev-parse", "--verify", "--quiet", f"{name}^{{commit}}")
        return done.line if done.status == 0 else None

    def checkouts(self, branch: str) -> Iterator[Path]:
        """Yield the work trees in which a branch is checked out, of those that are there."""
        place = Path()
        for line in _text(self._ask("worktree", "list", "--porcelain").output).split("\n"):
            key, _, value = line.partition(" ")
            if key == "worktree":
                place = Path(value)
            elif key == "branch" and value == f"refs/heads/{branch}" and place.is_dir():
                yield place

    def remote_tip(self, remote: str, branch: str) -> str | None:
        """Ask a remote for the newest commit of a branch; None where it has no such branch."""
        wanted = f"refs/heads/{branch}"
        for line in _text(self._ask("ls-remote", remote, wanted).output).split("\n"):
            commit, _, name = line.partition("\t")
            if name == wanted:
                return commit
        return None

    def fetch(self, remote: str, branch: str) -> str | None:
        """Fetch a branch; return its newest commit, or None where the remote has no such branch."""
        if self.remote_tip(remote, branch) is None:
            return None
        tracking = f"refs/remotes/{remote}/{branch}"
        self._ask("fetch", "--quiet", "--no-tags", remote, f"+refs/heads/{branch}:{tracking}")
        return self.resolve(tracking)

    def commits(self, newest: str, *, without: str | None = None, beside: str = "") -> list[Commit]:
        """Return a commit and those before it, the newest first, but for `without` and those before that.

        `beside` is a file: commits that change nothing else are left out.
        """
        paths = ["--full-history", "--", ":(top)", f":(top,exclude,literal){beside}"]
        done = self._ask(
            "rev-list", "--topo-order", "--encoding=UTF-8", "--format=%H%x00%an%x00%cs%x00%s",
            *(newest, *([f"^{without}"] if without else []), *(paths if beside else ["--"])),
        )  # fmt: skip
        # Each is announced by a line of its own, without a NUL.
        found = (line.split("\0") for line in _printable(_text(done.output)).split("\n"))
        return [Commit(it[0], it[1], it[2], it[3]) for it in found if len(it) > 1]

    def changed_files(self, commit: str) -> tuple[str, ...]:
        """Return the names of the files that a commit changes."""
        options = ("-r", "-z", "-m", "--root", "--no-commit-id", "--name-only", "--no-renames")
        done = self._ask("diff-tree", *options, commit)
        return tuple(dict.fromkeys(filter(None, _text(done.output).split("\0"))))

    def is_ancestor(self, older: str, newer: str) -> bool:
        """Whether a commit is another one or comes before it."""
        done = self._run("merge-base", "--is-ancestor", older, newer)
        if done.status > 1:
            raise GitError(done.words)
        return done.status == 0

    def tree(self, commit: str) -> dict[str, Entry]:
        """Return every file of a commit by its name, links and other repositories among them."""
        found = {}
        listed = self._ask("ls-tree", "-r", "-z", "--full-tree", commit).output
        for item in filter(None, _text(listed).split("\0")):
            about, _, name = item.partition("\t")
            mode, _, blob = about.split(" ")
            found[name] = Entry(mode, blob)
        return found

    def read(self, blob: str) -> bytes:
        """Return what is in a file, as it was committed."""
        return self._ask("cat-file", "blob", blob).output

    def commit(self, site: Path, message: str, *, parent: str | None, scratch: Path) -> str:
        """Commit a folder on top of `parent` with ghp-import; return the commit, which no branch holds yet.

        It is made in a repository of its own, in the folder `scratch`, that keeps its objects in
        this one: whatever comes between, no branch of the editor's was touched.
        """
        apart = self._apart(scratch)
        kind = self._line("rev-parse", "--show-object-format")
        init = ("init", "--quiet", "--bare", "--template=", f"--object-format={kind}")
        self._ask(*init, environment=apart)
        if parent:
            self._ask("update-ref", f"refs/heads/{_SITE}", parent, environment=apart)
        ghp_import = (sys.executable, "-P", "-m", "ghp_import", "--branch", _SITE)
        done = self._call(*ghp_import, "--message", message, str(site), environment=apart)
        if done.status:
            # ghp-import adds a traceback of its own to git's words.
            raise GitError(done.words.partition("Traceback (most recent call last)")[0].strip())
        return self._ask("rev-parse", "--verify", f"refs/heads/{_SITE}", environment=apart).line

    def _apart(self, scratch: Path) -> dict[str, str]:
        """Return the variables for a repository in a folder of its own that keeps its objects in this one.

        ghp-import reads no other settings of who commits than the user's, and takes a date as it stands.
        """
        identity = self.identity()
        if identity is None:
            message = "it is not known who commits"
            raise GitError(message)
        objects = self.folder / self._line("rev-parse", "--git-path", "objects")
        return {
            "GIT_DIR": str(scratch),
            "GIT_OBJECT_DIRECTORY": str(objects.resolve()),
            "GIT_COMMITTER_NAME": identity.name,
            "GIT_COMMITTER_EMAIL": identity.email,
            "GIT_COMMITTER_DATE": identity.date,
        }

    def push(self, commit: str, remote: str, branch: str) -> None:
        """Push a commit to a branch, which it must continue; whether that worked, the remote knows best."""
        plainly = ("--no-follow-tags", "--recurse-submodules=no")
        done = self._run("push", *plainly, remote, f"{commit}:refs/heads/{branch}")
        if done.status and not self._is_at(commit, remote, branch):
            raise GitError(done.words)

    def forward(self, branch: str, commit: str) -> None:
        """Move a local branch on to a commit that continues it, or make it; one that has other commits stays."""
        old = self.resolve(f"refs/heads/{branch}")
        if old is None or self.is_ancestor(old, commit):
            # An empty old value stands for a branch that is not there.
            self._ask("update-ref", f"refs/heads/{branch}", commit, old or "")

    def _is_at(self, commit: str, remote: str, branch: str) -> bool:
        try:
            return self.remote_tip(remote, branch) == commit
        except GitError:
            return False

    def _line(self, *arguments: str) -> str:
        return self._ask(*arguments).line

    def _ask(self, *arguments: str, environment: Mapping[str, str] | None = None) -> _Done:
        """Call git, which must succeed."""
        done = self._run(*arguments, environment=environment)
        if done.status:
            raise GitError(done.words)
        return done

    def _run(self, *arguments: str, environment: Mapping[str, str] | None = None) -> _Done:
        return self._call("git", *arguments, environment=environment)

    def _call(self, *command: str, environment: Mapping[str, str] | None = None) -> _Done:
        """Call a program; in another environment it is led to the repository that this one names."""
        inherited = os.environ.items()
        variables = {name: value for name, value in inherited if name not in _MISLEADING}
        done = subprocess.run(  # noqa: S603 (no shell; the arguments are this module's own)
            command,
            cwd=self.folder,
            env={**variables, **environment} if environment else None,
            capture_output=True,
            check=False,
        )
        words = done.stderr.decode("utf-8", "replace").strip()
        return _Done(done.returncode, done.stdout, words)


def _text(output: bytes) -> str:
    """Return git's output as text in which every name of a file differs from every other one."""
    return output.decode("utf-8", "surrogateescape")


def _printable(text: str) -> str:
    """Return what somebody wrote as a terminal can show it, which obeys some characters."""
    kept = {"\0", "\n"}
    return "".join(
        it if it.isprintable() or it in kept else "\N{REPLACEMENT CHARACTER}" for it in text
    )
