"""Every command: its name, what it does, and its options, for all that offer commands to people.

`python -m campaign`, the tasks of Invoke (`tasks.py`), `make` and the README follow this list. A
command is the function `run` of the module of its name, which is imported when it is called.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module

from campaign.build.project import Project
from campaign.importing import registry as importers


@dataclass(frozen=True)
class Option:
    """An option, `--name`: a switch where its default is False, else a text; one without a default must be given."""

    name: str
    help: str
    default: bool | str | None = False

    @property
    def parameter(self) -> str:
        """The name of the parameter of `run` that takes it."""
        return self.name.replace("-", "_")


@dataclass(frozen=True)
class Command:
    """A command: its name, what it does in one sentence, and its options."""

    name: str
    help: str
    options: tuple[Option, ...] = ()

    def run(self, project: Project, **values: bool | str) -> int:
        """Run it with values of its options by their parameters; return the exit status."""
        module = import_module(f"campaign.commands.{self.name.replace('-', '_')}")
        status: int = module.run(project, **values)
        return status


_YES = Option("yes", "do not ask")

COMMANDS: tuple[Command, ...] = (
    Command(
        "site",
        "Build the site, show it on this machine, and follow every change.",
        (Option("port", "where it is shown: http://127.0.0.1:PORT/", default="8000"),),
    ),
    Command(
        "check",
        "Check the content and say what to mend, without building.",
        (Option("strict", "count notices as errors"),),
    ),
    Command(
        "build",
        "Check the content and write the site to output/.",
        (Option("publish", "for the site's own address, not for a preview"),),
    ),
    Command(
        "publish",
        "Build for the site's own address and publish it to GitHub Pages.",
        (
            Option("replace", "even where that undoes what somebody else published"),
            _YES,
        ),
    ),
    Command(
        "import-events",
        "Merge events from a file into content/events.csv, showing each change before it is written.",
        (
            Option(
                "file",
                importers.described(),
                default=None,
            ),
            Option("yes", "write without asking"),
            Option("dry-run", "only show what would change"),
            Option("overwrite", "let the source undo changes made by hand"),
            Option(
                "gone",
                "keep, cancel or remove events that are no longer in the source",
                default="keep",
            ),
        ),
    ),
    Command(
        "locate",
        "Fill in missing coordinates and zones in content/events.csv, by ZIP code or city.",
    ),
    Command(
        "links",
        "List the addresses of other sites in outside-links.txt.",
        (Option("online", "ask whether they are there"),),
    ),
    Command("docs", "Write docs/fields.md and docs/theme.md from what the engine says."),
    Command(
        "clean",
        "Delete the site and all that builds keep for the next one; other files in output/ stay.",
    ),
)
