"""`build`: check the content, render the site, and put it in the old one's place when it is whole."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module

from campaign.build import builder, output
from campaign.build.project import Project
from campaign.checking import check
from campaign.commands import FAULT, MENDABLE, OK, complain, say
from campaign.commands.check import report
from campaign.content.model import Content
from campaign.content.problems import Problem

# So many files that are not the site's are named one by one.
_MOST_FOREIGN = 10


def run(project: Project, *, publish: bool = False) -> int:
    """Check the content and build the site; 0, 2 for problems of the content, 1 for one of the theme."""
    try:
        return _run(project, publish=publish)
    except output.OutputError as error:
        complain(str(error))
        return MENDABLE


def _run(project: Project, *, publish: bool) -> int:
    with output.lock(project.output):
        output.finish(project.output)
        with builder.compiling_templates(project):
            draft, problems = check(project.content, project.theme, project.cache)
            if status := report(problems, project):
                return status
            import_module("campaign.plugin")
        return make(project, draft.content(), publish=publish)


def make(project: Project, content: Content, *, publish: bool) -> int:
    """Build the site of some content; 0, 1 for a fault of the theme, 2 for what can be mended."""
    try:
        outcome = builder.make(project, content, publish=publish)
    except builder.BuildError as error:
        complain(str(error))
        return MENDABLE if error.is_mendable else FAULT
    report(list(_foreign(project, outcome)), project)
    files = {0: "nothing", 1: "1 file"}.get(outcome.changed, f"{outcome.changed} files")
    say(f"The site is in {project.output.name}/ ({files} changed).")
    return OK


def _foreign(project: Project, outcome: output.Outcome) -> Iterator[Problem]:
    """A file that somebody put into the output folder is never published; of many the first are named."""
    shown = outcome.foreign[:_MOST_FOREIGN]
    for name in shown:
        message = "no build has made this file; it stays, and is never published"
        yield Problem(message, f"{project.output.name}/{name}", 1, severity="notice")
    if more := len(outcome.foreign) - len(shown):
        message = f"{more} more files here that no build has made stay, and are never published"
        yield Problem(message, project.output.name, 1, severity="notice")
