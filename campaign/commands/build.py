"""`build`: check the content, render the site, and put it in the old one's place when it is whole."""

from __future__ import annotations

import logging
import os
import re
import traceback
from pathlib import Path

from filelock import FileLock
from jinja2 import TemplateError, TemplateNotFound, TemplateSyntaxError

from campaign import assets, output, words
from campaign.check import check
from campaign.commands import FAULT, MENDABLE, OK, Project, complain, say
from campaign.commands.check import report
from campaign.fields import parse_site
from campaign.model import Content


def run(project: Project, *, publish: bool = False) -> int:
    """Build the site into the output folder; 0, 2 for problems of the content, 1 for one of the theme."""
    draft, problems = check(project.content, project.theme)
    if problems:
        return report(problems)
    if message := _environment_problem():
        complain(message)
        return MENDABLE
    with lock(project):
        try:
            render(project, draft.content(), output.begin(project.output), publish=publish)
        except Exception as error:
            if message := _fault_of_theme(error, project.theme):
                complain(message)
                return FAULT
            raise
        changed = output.accept(project.output)
    files = (
        "nothing changed"
        if not changed
        else f"{changed} {'file' if changed == 1 else 'files'} changed"
    )
    say(f"The site is in {project.output.name}/ ({files}).")
    return OK


def lock(project: Project) -> FileLock:
    """Give the lock of the output folder, which one process holds at a time, and can take more than once."""
    return FileLock(project.output.with_name(f".{project.output.name}.lock"), is_singleton=True)


def render(project: Project, content: Content, folder: Path, *, publish: bool) -> None:
    """Let Pelican make the site of some content in a folder."""
    import pelican  # noqa: PLC0415 (takes a third of a second, which a check does not need)
    from pelican import log, settings  # noqa: PLC0415

    from campaign.plugin import CONTENT  # noqa: PLC0415

    # A warning ends the build, and is told as it is; what Pelican says of a good one is not.
    log.init(level=logging.WARNING, fatal="warnings", handler=logging.StreamHandler())
    log.console.quiet = True
    overrides = {CONTENT: content, "OUTPUT_PATH": str(folder)}
    pelican.Pelican(
        settings.read_settings(str(project.settings(publish=publish)), override=overrides)
    ).run()


def _environment_problem() -> str:
    """Say what is wrong with the variables that a build reads."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if epoch and not re.fullmatch(r"[0-9]{1,11}", epoch):
        return f"SOURCE_DATE_EPOCH: '{epoch}' is not a number of seconds since 1970; set one, or unset it"
    address = os.environ.get("SITEURL", "")
    try:
        parse_site(address or "https://example.org")
    except ValueError as error:
        return f"SITEURL: {error}"
    return ""


def _fault_of_theme(error: Exception, theme: Path) -> str:
    """Say in which file and line of the theme an error came up; nothing where the theme is not its cause."""
    if isinstance(error, TemplateSyntaxError):
        return f"{_shown(error.filename, theme)}:{error.lineno}: {error.message}"
    frames = traceback.extract_tb(error.__traceback__)
    within = [frame for frame in frames if Path(frame.filename).is_relative_to(theme)]
    where = f"{_shown(within[-1].filename, theme)}:{within[-1].lineno}: " if within else ""
    if isinstance(error, TemplateNotFound):
        return f"{where}the theme has no template '{error.name}'"
    if isinstance(error, (TemplateError, words.MissingWordError, assets.StyleError)):
        return f"{where}{error}"
    # What a template's own expression raises, such as a sum of words and numbers.
    return f"{where}{type(error).__name__}: {error}" if within and within[-1] is frames[-1] else ""


def _shown(file: str | None, theme: Path) -> str:
    """Give a file of the theme as a person types it, from the project's folder; another as it is."""
    path = Path(file or theme)
    return path.relative_to(theme.parent).as_posix() if path.is_relative_to(theme) else str(path)
