"""`publish`: build for the site's own address and put the result on the branch that GitHub Pages serves."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass

from campaign.build import output
from campaign.build.project import Project
from campaign.checking import check
from campaign.commands import FAULT, MENDABLE, OK, build, can_ask, complain, confirm, say
from campaign.commands.check import report
from campaign.content.problems import Problem, shorten
from campaign.publishing import BRANCH, DOMAIN_FILE, REMOTE, inspection, publisher, rules
from campaign.publishing.files import SiteFiles
from campaign.publishing.git import GitError, Repository
from campaign.publishing.rules import Address, Refusal, RefusedError


@dataclass(frozen=True)
class Options:
    """The options of the command: see `registry`."""

    yes: bool = False
    replace: bool = False


def run(project: Project, *, yes: bool = False, replace: bool = False) -> int:
    """Publish; 2 where something must be mended first, 1 where git fails."""
    try:
        return _publish(project, Repository(project.root), Options(yes, replace))
    except RefusedError as refused:
        _show(refused.refusals)
        return MENDABLE
    except output.OutputError as error:
        complain(str(error))
        return MENDABLE
    except publisher.MismatchError as error:
        complain(str(error))
        return FAULT
    except GitError as error:
        complain(
            f"Publishing did not go through; the published site is as it was. git says:\n{error}"
        )
        return FAULT


def _publish(project: Project, repository: Repository, options: Options) -> int:
    rules.enforce(rules.of_clone(inspection.clone(repository)))
    branch = inspection.branch(repository)
    if not _may_go_on(tuple(rules.of_branch(branch)), options):
        return MENDABLE
    # A preview that runs beside must not build before the site is committed.
    with output.lock(project.output):
        source = repository.head()
        if status := _build(project):
            return status
        site = publisher.files(repository, project.output, branch.tip)
        _print_domain(project, site)
        if publisher.is_published(repository, site, branch.tip):
            say(f"Nothing has changed: the branch {BRANCH} of {REMOTE} holds this very site.")
            return OK
        commit_id = publisher.commit(repository, site, branch.tip, source)
    publisher.push(repository, commit_id)
    say(f"Published to the branch {BRANCH} of {REMOTE}.")
    return OK


def _build(project: Project) -> int:
    """Check the content and build the site; 0, or the exit status. Raises `RefusedError`."""
    output.finish(project.output)
    draft, problems = check(project.content, project.theme, project.cache)
    if status := report(problems, project):
        return status
    content = draft.content()
    origin = content.campaign.origin
    place = f"{origin.path}:{origin.lines['site']}"
    address = Address(content.campaign.site, place, os.environ.get("SITEURL", ""))
    rules.enforce(rules.of_address(address))
    return build.make(project, content, publish=True)


def _may_go_on(refusals: Sequence[Refusal], options: Options) -> bool:
    """Whether nothing is refused, or all of it is to be replaced, asking where that is not said.

    Raises `RefusedError`.
    """
    if not refusals:
        return True
    if not options.replace or not all(refusal.is_replaceable for refusal in refusals):
        raise RefusedError(refusals)
    _show(refusals)
    if options.yes:
        return True
    if not can_ask():
        complain(
            "There is no terminal to ask on, so nothing was published. Add --yes to replace this."
        )
        return False
    if confirm(f"Replace what is published on the branch {BRANCH} of {REMOTE}?"):
        return True
    say("Nothing was published.")
    return False


def _show(refusals: Sequence[Refusal]) -> None:
    """Print why nothing is published, or would be, and what would be lost."""
    for refusal in refusals:
        complain(refusal.message)
        for line in refusal.lost:
            complain(f"  {line}")


def _print_domain(project: Project, site: SiteFiles) -> None:
    """Print that a domain is kept which the content does not name."""
    if DOMAIN_FILE not in site.added:
        return
    domain = shorten(site.added[DOMAIN_FILE].decode("utf-8", "replace"))
    message = (
        f"the branch {BRANCH} alone names the domain {domain}, which is kept; write the line '{domain}' into"
        " this file to keep it with the content, or delete the domain in GitHub's settings for Pages"
    )
    path = f"{project.content.name}/extra/{DOMAIN_FILE}"
    report([Problem(message, path, 1, severity="notice")], project)
