"""A build: Pelican makes the site of checked content beside the old one, whose place it then takes."""

from __future__ import annotations

import logging
import os
import runpy
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext, redirect_stderr, redirect_stdout
from functools import partial
from io import StringIO

from campaign.build import faults, output
from campaign.build.project import Project
from campaign.build.templates import COMPILED, OptionsError, compile_all, examine, template_folders
from campaign.content.fields import parse_site
from campaign.content.model import Content
from campaign.support.cache import Cache
from campaign.support.clock import build_time
from campaign.support.parallel import in_background

#: The setting of Pelican's under which the plugin is handed content that has been read and checked.
CONTENT = "CAMPAIGN_CONTENT"
#: The setting under which it is handed where the site is made.
STAGE = "CAMPAIGN_STAGE"


class BuildError(Exception):
    """The site cannot be made; the message is a sentence. A fault of the theme is no editor's to mend."""

    def __init__(self, message: str, *, is_mendable: bool) -> None:
        super().__init__(message)
        self.is_mendable = is_mendable


def make(project: Project, content: Content, *, publish: bool) -> output.Outcome:
    """Make the site of some content and put it in the old one's place. Raises `BuildError`."""
    _check_variables()
    try:
        stage = output.Stage(output.begin(project.output), project.output)
        _render(project, content, stage, publish=publish)
        return output.accept(project.output, stage.made)
    except (faults.SettingsError, output.OutputError) as error:
        raise BuildError(str(error), is_mendable=True) from error
    except OptionsError as error:
        message = faults.of_options(error, project.settings(publish=publish))
        raise BuildError(message, is_mendable=True) from error
    except Exception as error:
        if message := faults.of_theme(error, project.theme):
            raise BuildError(message, is_mendable=False) from error
        if message := faults.in_a_call(error, project.theme):
            error.add_note(message)
        raise


def _render(project: Project, content: Content, stage: output.Stage, *, publish: bool) -> None:
    """Make the site of some content with Pelican. Raises `SettingsError` and `OptionsError`."""
    import pelican  # noqa: PLC0415 (takes a sixth of a second, which a check does not need)
    from pelican import log, settings  # noqa: PLC0415

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


@contextmanager
def compiling_templates(project: Project) -> Iterator[None]:
    """Before a first build, let another process compile the templates while the content is read.

    That takes a fifth of a second; the build finds them in its cache.
    """
    compiled: Cache[str, bytes] = Cache(project.cache and project.cache / COMPILED)
    work = partial(_compile_templates, project, compiled)
    with in_background(work) if compiled.is_empty else nullcontext():
        yield


def _compile_templates(project: Project, compiled: Cache[str, bytes]) -> None:
    with redirect_stdout(StringIO()), redirect_stderr(StringIO()):  # Pelican reads them too
        settings = runpy.run_path(str(project.settings(publish=False)))
    options = {**settings["JINJA_ENVIRONMENT"], "extensions": []}  # as Pelican completes them
    compile_all(template_folders(settings, project.theme), options, compiled)
    compiled.save()


def _check_variables() -> None:
    """Raise `BuildError` for a variable that a build reads and cannot be meant."""
    try:
        build_time()
    except ValueError as error:
        raise BuildError(str(error), is_mendable=True) from error
    try:
        parse_site(os.environ.get("SITEURL") or "https://example.org")
    except ValueError as error:
        raise BuildError(f"SITEURL: {error}", is_mendable=True) from error
