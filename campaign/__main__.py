"""`python -m campaign build`: the everyday tasks without Invoke, whose own start takes as long as a small build.

It is run in a project's folder. All tasks, these among them, are in `tasks.py`.
"""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from campaign import commands
from campaign.build.project import Project


def main() -> None:
    """Run the task that is named, and end the process with its exit status."""
    parser = argparse.ArgumentParser(prog="python -m campaign")
    tasks = parser.add_subparsers(dest="task", required=True, metavar="TASK")
    site = tasks.add_parser("site", help="build the site, show it on this machine, follow changes")
    site.add_argument("--port", default="8000", help="where it is shown: http://127.0.0.1:PORT/")
    tasks.add_parser("check", help="say what in the content needs mending")
    build = tasks.add_parser("build", help="check the content and write the site to output/")
    build.add_argument("--publish", action="store_true", help="for the site's own address")
    publish = tasks.add_parser("publish", help="build for the site's own address and publish it")
    publish.add_argument("--replace", action="store_true", help="even where that undoes something")
    publish.add_argument("--yes", action="store_true", help="do not ask")
    tasks.add_parser("clean", help="delete the site and all that builds keep")
    options = parser.parse_args()
    project = Project(Path.cwd())
    commands.run(lambda: _run(project, options))
    # All is said and written. To take apart what a large build has made would take it another thirtieth.
    os._exit(commands.OK)


def _run(project: Project, options: argparse.Namespace) -> int:
    """Run a task; only what it needs is imported. Gives its exit status."""
    match options.task:
        case "build":
            from campaign.commands import build  # noqa: PLC0415 (see above)

            return build.run(project, publish=options.publish)
        case "check":
            from campaign.commands import check  # noqa: PLC0415 (see above)

            return check.run(project)
        case "clean":
            from campaign.commands import clean  # noqa: PLC0415 (see above)

            return clean.run(project)
        case "site":
            from campaign.commands import site  # noqa: PLC0415 (see above)

            return site.run(project, options.port)
        case _:
            from campaign.commands import publish  # noqa: PLC0415 (see above)

            wishes = publish.Options(yes=options.yes, replace=options.replace)
            return publish.run(project, wishes)


if __name__ == "__main__":
    main()
