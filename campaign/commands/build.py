"""`build`: check the content, render the site, and put it in the old one's place when it is whole."""

from __future__ import annotations

import logging
import os
import runpy
from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext
from functools import partial
from importlib import import_module
from pathlib import Path

from filelock import FileLock

from campaign import words
from campaign.build import faults, output
from campaign.build.templates import TRANSLATED, OptionsError, examine, translate
from campaign.checking import check
from campaign.commands import FAULT, MENDABLE, OK, Project, complain, say
from campaign.commands.check import report
from campaign.content.fields import parse_site
from campaign.content.model import Content
from campaign.content.problems import Problem
from campaign.reading.reader import language
from campaign.support.cache import Cache, is_kept
from campaign.support.clock import build_time
from campaign.support.parallel import aside

# So many files that are not the site's are named one by one.
_MOST_FOREIGN = 10


def run(project: Project, *, publish: bool = False) -> int:
    """Check the content and build the site; 0, 2 for problems of the content, 1 for one of the theme."""
    with lock(project):
        try:
            output.finish(project.output)
        except output.OutputError as error:
            complain(str(error))
            return MENDABLE
        with _translating(project):
            draft, problems = check(project.content, project.theme, project.cache)
            if status := report(problems, project):
                return status
            import_module("campaign.plugin")
        return make(project, draft.content(), publish=publish)


def make(project: Project, content: Content, *, publish: bool) -> int:
    """Build the site of some content; 0, 1 for a fault of the theme, 2 for what can be mended."""
    if message := _obstacle():
        complain(message)
        return MENDABLE
    try:
        stage = output.Stage(output.begin(project.output), project.output)
        render(project, content, stage, publish=publish)
        outcome = output.accept(project.output, stage.made)
    except (faults.SettingsError, output.OutputError) as error:
        complain(str(error))
        return MENDABLE
    except OptionsError as error:
        complain(faults.of_options(error, project.settings(publish=publish)))
        return MENDABLE
    except Exception as error:
        if message := faults.of_theme(error, project.theme):
            complain(message)
            return FAULT
        if message := faults.in_a_call(error, project.theme):
            complain(message)
        raise
    report(list(_foreign(project, outcome)), project)
    files = {0: "nothing", 1: "1 file"}.get(outcome.changed, f"{outcome.changed} files")
    say(f"The site is in {project.output.name}/ ({files} changed).")
    return OK


def _foreign(project: Project, outcome: output.Outcome) -> Iterator[Problem]:
    """What somebody put into the output folder by hand is never published; of many files the first are named."""
    shown = outcome.foreign[:_MOST_FOREIGN]
    for name in shown:
        message = "no build has made this file, so it is never published; move it away from here"
        yield Problem(f"{project.output.name}/{name}", 1, "", message, "notice")
    if more := len(outcome.foreign) - len(shown):
        message = f"{more} more files here that no build has made are never published"
        yield Problem(project.output.name, 1, "", message, "notice")


def lock(project: Project) -> FileLock:
    """Give the lock of the output folder, which one process holds at a time, and can take more than once."""
    return FileLock(project.output.with_name(f".{project.output.name}.lock"), is_singleton=True)


def render(project: Project, content: Content, stage: output.Stage, *, publish: bool) -> None:
    """Let Pelican make the site of some content. Raises `SettingsError` and `OptionsError`."""
    import pelican  # noqa: PLC0415 (takes a sixth of a second, which a check does not need)
    from pelican import log, settings  # noqa: PLC0415

    from campaign.plugin import CONTENT, STAGE  # noqa: PLC0415

    # A warning ends the build, and is told as it is; what Pelican says of a good one is not.
    log.init(level=logging.WARNING, fatal="warnings", handler=logging.StreamHandler())
    log.console.quiet = True
    overrides = {CONTENT: content, STAGE: stage, "OUTPUT_PATH": stage.folder}
    file = project.settings(publish=publish)
    try:
        found = settings.read_settings(str(file), override=overrides)
    except (Exception, SystemExit) as error:
        raise faults.SettingsError(faults.of_settings(error, file)) from error
    examine(found["JINJA_ENVIRONMENT"])
    pelican.Pelican(found).run()


def _translating(project: Project) -> AbstractContextManager[None]:
    """Before a first build, let another process translate the theme's templates, for the plugin to find them kept."""
    kept = project.cache / TRANSLATED if project.cache else None
    if kept is None or is_kept(kept):
        return nullcontext()
    return aside(partial(_translate, project, kept))


def _translate(project: Project, kept: Path) -> None:
    texts = words.load(project.theme / "translations", language(project.content))
    # As Pelican reads them, and completes them.
    settings = runpy.run_path(str(project.settings(publish=False)))
    options = {**settings["JINJA_ENVIRONMENT"], "extensions": []}
    translated: Cache[bytes, bytes] = Cache(kept)
    translate(project.theme / "templates", options, texts, translated)
    translated.save()


def _obstacle() -> str:
    """Say what is wrong with the variables that a build reads."""
    try:
        build_time()
    except ValueError as error:
        return str(error)
    try:
        parse_site(os.environ.get("SITEURL") or "https://example.org")
    except ValueError as error:
        return f"SITEURL: {error}"
    return ""
