"""The tasks of this project; the work is in the engine, `campaign/commands/`."""

import sys
from pathlib import Path

from invoke import Context, task

from campaign import commands
from campaign.build.project import Project

PROJECT = Project(Path(__file__).parent)


@task
def site(_: Context, port: str = "8000") -> None:
    """Build the site, show it on this machine, and follow every change."""
    from campaign.commands import site as command

    commands.run(lambda: command.run(PROJECT, port))


@task
def check(_: Context) -> None:
    """Check the content and say what to mend, without building."""
    from campaign.commands import check as command

    commands.run(lambda: command.run(PROJECT))


@task
def build(_: Context, publish: bool = False) -> None:
    """Check the content and write the site to output/; --publish for its own address."""
    from campaign.commands import build as command

    commands.run(lambda: command.run(PROJECT, publish=publish))


@task(
    help={
        "replace": "publish even where that undoes what somebody else published, after showing it",
        "yes": "do not ask",
    }
)
def publish(_: Context, replace: bool = False, yes: bool = False) -> None:
    """Build for the site's own address and publish it to GitHub Pages."""
    from campaign.commands import publish as command

    options = command.Options(yes=yes, replace=replace)
    commands.run(lambda: command.run(PROJECT, options))


@task(
    help={
        "file": "a spreadsheet (.csv), a calendar (.ics) or an export of the Mobilize API (.json)",
        "yes": "write without asking",
        "dry-run": "only show what would change",
        "overwrite": "let the source undo changes made by hand",
        "gone": "keep, cancel or remove events that are no longer in the source",
    }
)
def import_events(
    _: Context,
    file: str,
    yes: bool = False,
    dry_run: bool = False,
    overwrite: bool = False,
    gone: str = "keep",
) -> None:
    """Merge events from a file into content/events.csv, showing each change before it is written."""
    from campaign.commands import import_events as command

    options = command.Options(yes=yes, dry_run=dry_run, overwrite=overwrite, gone=gone)
    commands.run(lambda: command.run(PROJECT, file, options))


@task
def locate(_: Context) -> None:
    """Fill in missing coordinates and zones in content/events.csv, by ZIP code or city."""
    from campaign.commands import locate as command

    commands.run(lambda: command.run(PROJECT))


@task
def clean(_: Context) -> None:
    """Delete the site and all that builds keep for the next one; other files in output/ stay."""
    from campaign.commands import clean as command

    commands.run(lambda: command.run(PROJECT))


@task
def links(_: Context, online: bool = False) -> None:
    """List the addresses of other sites in outside-links.txt; --online asks whether they are there."""
    from campaign.commands import links as command

    commands.run(lambda: command.run(PROJECT, online=online))


@task
def fields(_: Context) -> None:
    """Write the reference of every field to docs/fields.md."""
    from campaign.commands import fields as command

    commands.run(lambda: command.run(PROJECT))


@task
def test(context: Context) -> None:
    """Check the code's form and types, and run all tests."""
    with context.cd(PROJECT.root):
        for module in (
            "tests.browser",
            "ruff format --check --quiet .",
            "ruff check --quiet .",
            "mypy",
            "pytest",
        ):
            context.run(f'"{sys.executable}" -m {module}')


@task
def audit(context: Context, only: str = "") -> None:
    """Prove that every page is valid, accessible, fast and private; --only links for one check."""
    modules = ["tests.browser", "pytest -q audit/proof", "audit"]
    with context.cd(PROJECT.root):
        for module in ["tests.browser", f"audit {only}"] if only else modules:
            context.run(f'"{sys.executable}" -m {module}')
