"""`check`: tell every problem of the content without building."""

from __future__ import annotations

import os
from collections.abc import Sequence

from campaign.check import check
from campaign.commands import MENDABLE, OK, Project, complain, say
from campaign.problems import Problem


def run(project: Project) -> int:
    """Check the content; 0 when all is well, 2 when there is something to mend."""
    _, problems = check(project.content, project.theme)
    if problems:
        return report(problems)
    say("The content is in order.")
    return OK


def report(problems: Sequence[Problem]) -> int:
    """Tell problems, on GitHub Actions as annotations of the lines too; gives the exit status."""
    for problem in problems:
        complain(str(problem))
        if os.environ.get("GITHUB_ACTIONS") == "true":
            say(problem.annotation())
    count = len(problems)
    complain(
        f"\n{count} {'thing' if count == 1 else 'things'} to mend; the last good site is untouched."
    )
    return MENDABLE
