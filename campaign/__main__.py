"""`python -m campaign build`: the commands without Invoke, whose own start takes as long as a small build.

It is run in a project's folder.
"""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from campaign import commands
from campaign.build.project import Project
from campaign.commands.registry import COMMANDS, Command, Option


def main() -> None:
    """Run the command that is named, and end the process with its exit status."""
    parser = argparse.ArgumentParser(prog="python -m campaign")
    subparsers = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for command in COMMANDS:
        _add(subparsers.add_parser(command.name, help=command.help), command)
    values = vars(parser.parse_args())
    chosen = next(command for command in COMMANDS if command.name == values["command"])
    del values["command"]
    commands.run(lambda: chosen.run(Project(Path.cwd()), **values))
    # All is said and written. To take apart what a large build has made would take it another thirtieth.
    os._exit(commands.OK)


def _add(parser: argparse.ArgumentParser, command: Command) -> None:
    for option in command.options:
        _add_option(parser, option)


def _add_option(parser: argparse.ArgumentParser, option: Option) -> None:
    if option.default is None:
        parser.add_argument(option.parameter, metavar=option.name.upper(), help=option.help)
    elif option.default is False:
        parser.add_argument(f"--{option.name}", action="store_true", help=option.help)
    else:
        parser.add_argument(f"--{option.name}", default=option.default, help=option.help)


if __name__ == "__main__":
    main()
