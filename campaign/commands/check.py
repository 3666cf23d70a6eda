"""`check`: tell every problem of the content without building."""

from __future__ import annotations

import os
from collections.abc import Sequence

from campaign.check import check
from campaign.commands import MENDABLE, OK, Project, complain, say
from campaign.problems import Problem


def run(project: Project) -> int:
    """Check the content; 0 when all is well, 2 when there is something to mend."""
    _, problems = check(project.content, project.theme, project.cache / "content")
    if problems:
        return report(problems, project)
    say("The content is in order.")
    return OK


def report(problems: Sequence[Problem], project: Project) -> int:
    """Tell problems, on GitHub Actions as annotations of the lines too; gives the exit status."""
    for problem in problems:
        complain(str(problem))
        if os.environ.get("GITHUB_ACTIONS") == "true":
            say(problem.annotation())
    things = "1 thing" if len(problems) == 1 else f"{len(problems)} things"
    kept = f" The site in {project.output.name}/ stays as it is." if project.output.is_dir() else ""
    complain(f"\n{things} to mend.{kept}")
    return MENDABLE
