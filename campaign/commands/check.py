"""`check`: tell every problem of the content without building."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence

from campaign.build.project import Project
from campaign.checking import check
from campaign.commands import MENDABLE, OK, annotate, complain, say
from campaign.content.problems import Problem


def run(project: Project, *, strict: bool = False) -> int:
    """Check the content; 0 when nothing keeps the site from being built, 2 when something does."""
    _, problems = check(project.content, project.theme, project.cache)
    status = report(problems, project, strict=strict)
    if status == OK:
        say("The content is in order.")
    return status


def report(problems: Sequence[Problem], project: Project, *, strict: bool = False) -> int:
    """Print errors, then notices, each with their count; return the exit status.

    Where it is `strict`, notices count as errors.
    """
    errors = [problem for problem in problems if problem.is_error]
    notices = [problem for problem in problems if not problem.is_error]
    if errors:
        _show(errors)
        stays = (
            f" The site in {project.output.name}/ stays as it is."
            if project.output.is_dir()
            else ""
        )
        complain(f"\n{_count(errors, 'thing')} to mend.{stays}")
    if notices:
        _show(notices)
        so_what = "--strict counts them as errors" if strict else "nothing is stopped by this"
        complain(f"\n{_count(notices, 'notice')}; {so_what}.")
    return MENDABLE if errors or (strict and notices) else OK


def _show(problems: Iterable[Problem]) -> None:
    """Print problems, on GitHub Actions as annotations of the lines too."""
    for problem in problems:
        complain(str(problem))
        if os.environ.get("GITHUB_ACTIONS") == "true":
            annotate(problem)


def _count(problems: Sequence[Problem], noun: str) -> str:
    return f"1 {noun}" if len(problems) == 1 else f"{len(problems)} {noun}s"
