"""`build`: check the content, render the site, and put it in the old one's place when it is whole."""

from __future__ import annotations

import logging
import os
import runpy
from contextlib import AbstractContextManager, nullcontext
from functools import partial
from importlib import import_module
from pathlib import Path

from filelock import FileLock

from campaign import output, words
from campaign.cache import Cache, is_kept
from campaign.check import check
from campaign.clock import build_time
from campaign.commands import FAULT, MENDABLE, OK, Project, complain, faults, say
from campaign.commands.check import report
from campaign.fields import parse_site
from campaign.model import Content
from campaign.parallel import aside
from campaign.reading import language
from campaign.templates import TRANSLATED, OptionsError, examine, translate


def run(project: Project, *, publish: bool = False) -> int:
    """Check the content and build the site; 0, 2 for problems of the content, 1 for one of the theme."""
    with lock(project):
        output.finish(project.output)
        with _translating(project):
            draft, problems = check(project.content, project.theme, project.cache / "content")
            if status := report(problems, project):
                return status
            import_module("campaign.plugin")
        return make(project, draft.content(), publish=publish)


def make(project: Project, content: Content, *, publish: bool) -> int:
    """Build the site of some content; 0, 1 for a fault of the theme, 2 for what can be mended."""
    if message := _obstacle(project):
        complain(message)
        return MENDABLE
    try:
        stage = output.Stage(output.begin(project.output), project.output)
        render(project, content, stage, publish=publish)
    except faults.SettingsError as error:
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
    changed = output.accept(project.output, stage.made)
    files = {0: "nothing", 1: "1 file"}.get(changed, f"{changed} files")
    say(f"The site is in {project.output.name}/ ({files} changed).")
    return OK


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
    kept = project.cache / TRANSLATED
    return nullcontext() if is_kept(kept) else aside(partial(_translate, project, kept))


def _translate(project: Project, kept: Path) -> None:
    texts = words.load(project.theme / "translations", language(project.content))
    # As Pelican reads them, and completes them.
    settings = runpy.run_path(str(project.settings(publish=False)))
    options = {**settings["JINJA_ENVIRONMENT"], "extensions": []}
    translated: Cache[bytes, bytes] = Cache(kept)
    translate(project.theme / "templates", options, texts, translated)
    translated.save()


def _obstacle(project: Project) -> str:
    """Say what is wrong with the place of the site or with the variables that a build reads."""
    if project.output.exists() and not project.output.is_dir():
        return f"'{project.output}' is a file, where the site's folder belongs; move it away"
    try:
        build_time()
    except ValueError as error:
        return str(error)
    try:
        parse_site(os.environ.get("SITEURL") or "https://example.org")
    except ValueError as error:
        return f"SITEURL: {error}"
    return ""
