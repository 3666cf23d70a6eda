"""`publish`: build for the site's own address and put the result on the branch that GitHub Pages serves."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

from campaign import output
from campaign.check import check
from campaign.commands import FAULT, MENDABLE, OK, Project, build, complain, say
from campaign.commands.check import report
from campaign.model import Campaign

BRANCH = "gh-pages"
REMOTE = "origin"
# RFC 2606: hosts that stand for an example, such as the one in the shipped campaign.
_EXAMPLES = {"example.org", "example.com", "example.net"}


def run(project: Project) -> int:
    """Publish; 2 where something must be mended first, 1 where git refuses."""
    if message := _obstacle_in_git(project):
        complain(message)
        return MENDABLE
    _git(project, "fetch", REMOTE, f"+refs/heads/{BRANCH}:refs/remotes/{REMOTE}/{BRANCH}")
    # A preview that runs beside must not build before the site is committed.
    with build.lock(project):
        output.finish(project.output)
        draft, problems = check(project.content, project.theme, project.cache)
        if status := report(problems, project):
            return status
        content = draft.content()
        if message := _obstacle_in_site(project, content.campaign):
            complain(message)
            return MENDABLE
        if status := build.make(project, content, publish=True):
            return status
        done = _commit(project)
    if not done.returncode:
        done = _git(project, "push", REMOTE, BRANCH)
    if done.returncode:
        complain(
            f"Publishing did not go through; the published site is as it was. git says:\n{_reason(done)}"
        )
        return FAULT
    say(f"Published to the branch {BRANCH} of {REMOTE}.")
    return OK


def _commit(project: Project) -> subprocess.CompletedProcess[str]:
    """Commit the site to the local branch, after what the remote's holds. It is pushed apart, to hear git alone."""
    commit = _git(project, "rev-parse", "--short", "HEAD").stdout.strip() or "the first version"
    options = ["--no-jekyll", "--remote", REMOTE, "--branch", BRANCH]
    return _run(
        project,
        *(sys.executable, "-m", "ghp_import", *options),
        *("--message", f"Publish {commit}", str(project.output)),
    )


def _reason(failed: subprocess.CompletedProcess[str]) -> str:
    """Give what a process said of its failure, without the traceback that ghp-import adds to git's words."""
    return failed.stderr.partition("Traceback (most recent call last)")[0].strip()


def _obstacle_in_git(project: Project) -> str:
    """Say what keeps git from publishing at all."""
    if shutil.which("git") is None:
        return "git is not installed, and publishing needs it; install it from https://git-scm.com/ and try again."
    if (done := _git(project, "rev-parse", "--git-dir")).returncode:
        return (
            "This folder is not a git repository; publish from a clone of the campaign's repository."
            f" git says:\n{_reason(done)}"
        )
    if _git(project, "remote", "get-url", REMOTE).returncode:
        return f"The repository has no remote '{REMOTE}'; add it: git remote add {REMOTE} <address>"
    if _git(project, "symbolic-ref", "--short", "HEAD").stdout.strip() == BRANCH:
        return f"The branch {BRANCH} is checked out, and publishing would replace it; switch first: git switch main"
    return ""


def _obstacle_in_site(project: Project, campaign: Campaign) -> str:
    """Say what must not be published."""
    if Path(project.output, ".git").exists():
        return (
            f"{project.output.name}/ holds a git repository of its own, which would be published too;"
            " move it away, then publish again"
        )
    if not os.environ.get("SITEURL") and urlsplit(campaign.site).hostname in _EXAMPLES:
        return (
            f"{campaign.origin.path}:{campaign.origin.lines['site']}: site: {campaign.site} is an example;"
            " write the address at which the site will be published, such as https://name.github.io/repository"
        )
    return ""


def _git(project: Project, *arguments: str) -> subprocess.CompletedProcess[str]:
    return _run(project, "git", *arguments)


def _run(project: Project, *command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603 (no shell; the arguments are this module's own)
        command, cwd=project.root, capture_output=True, encoding="utf-8", check=False
    )
