"""The tasks of this project; the work is in the engine, `campaign/commands/`."""

import sys
from inspect import Parameter, Signature
from pathlib import Path
from typing import Any

from invoke import Collection, Context, Task, task

from campaign import commands
from campaign.build.project import Project
from campaign.commands.registry import COMMANDS, Command

PROJECT = Project(Path(__file__).parent)


def _task(command: Command) -> Task[Any]:
    """Return a command as a task with the same options."""

    def body(_: Context, **values: bool | str) -> None:
        commands.run(lambda: command.run(PROJECT, **values))

    parameters = [Parameter("context", Parameter.POSITIONAL_OR_KEYWORD)]
    for option in command.options:
        default = Parameter.empty if option.default is None else option.default
        parameters.append(
            Parameter(option.parameter, Parameter.POSITIONAL_OR_KEYWORD, default=default)
        )
    body.__signature__ = Signature(parameters)  # type: ignore[attr-defined]  # Invoke reads it
    body.__doc__ = command.help
    help_texts = {option.name: option.help for option in command.options}
    return Task(body, name=command.name, help=help_texts)


@task
def test(context: Context) -> None:
    """Check the code's form and types, and run the tests but for those that take long."""
    with context.cd(PROJECT.root):
        for module in (
            "tests.browser",
            "ruff format --check --quiet .",
            "ruff check --quiet .",
            "mypy",
            'pytest -m "not slow"',
        ):
            context.run(f'"{sys.executable}" -m {module}')


@task
def test_slow(context: Context) -> None:
    """Run the tests that take long: generated input, tables of faults, many random edits."""
    with context.cd(PROJECT.root):
        for module in ("tests.browser", "pytest -m slow"):
            context.run(f'"{sys.executable}" -m {module}')


@task
def audit(context: Context, only: str = "") -> None:
    """Prove that every page is valid, accessible, fast and private; --only links for one check."""
    modules = ["tests.browser", "pytest -q audit/proof", "audit"]
    with context.cd(PROJECT.root):
        for module in ["tests.browser", f"audit {only}"] if only else modules:
            context.run(f'"{sys.executable}" -m {module}')


@task
def pictures(context: Context) -> None:
    """Make the pictures in docs/: of the site, and of the theme's components."""
    with context.cd(PROJECT.root):
        for module in ("tests.browser", "audit.pictures"):
            context.run(f'"{sys.executable}" -m {module}')


namespace = Collection(*map(_task, COMMANDS), test, test_slow, audit, pictures)
