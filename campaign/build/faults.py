"""Errors of a theme or of the settings, as a sentence that names the file and the line."""

from __future__ import annotations

import dataclasses
import re
import sys
import traceback
from collections.abc import Sequence
from pathlib import Path
from traceback import FrameSummary

import jinja2
import markupsafe
from jinja2 import TemplateError, TemplateNotFound, TemplateSyntaxError

from campaign.build import compiler, templates
from campaign.build.assets import AssetError
from campaign.content.problems import nearest
from campaign.words import MissingWordError

# What carries out an expression of a template, and raises what is wrong with it.
_JINJA = (
    Path(jinja2.__file__).parent,
    Path(markupsafe.__file__).parent,
    Path(compiler.__file__),
    Path(templates.__file__),
)


class SettingsError(Exception):
    """The settings cannot be read; the message is the sentence."""


def of_theme(error: Exception, theme: Path) -> str:
    """Return in which file and line of the theme an error came up; nothing where the theme is not its cause."""
    if isinstance(error, TemplateSyntaxError):
        return f"{_shown(error.filename, theme)}:{error.lineno}: {error.message}"
    within, beyond = _frames(error)
    where = f"{_place(within[-1], theme)}: " if within else ""
    if isinstance(error, TemplateNotFound):
        return f"{where}the theme has no template '{error.name}'"
    if isinstance(error, (TemplateError, MissingWordError, AssetError)):
        return f"{where}{error}{_nearest_member(error)}{_to_give(error, within, theme)}"
    # What a template's own expression raises, such as a sum of words and numbers, or a macro that
    # is called with too much.
    is_expression = not beyond or str(error).startswith("macro '")
    return f"{where}{_named(error)}" if within and is_expression else ""


def in_a_call(error: Exception, theme: Path) -> str:
    """Return where the theme calls what raised an error; nothing where it does not."""
    within, beyond = _frames(error)
    if not within or not beyond:
        return ""
    return f"{_place(within[-1], theme)}: look at what is given to '{beyond[0].name}' here"


def of_settings(error: BaseException, file: Path) -> str:
    """Return in which file and line, of the settings in `file` or of what lies beside them, an error came up."""
    if isinstance(error, SyntaxError) and error.filename:
        return f"{Path(error.filename).name}:{error.lineno}: {error.msg}; mend this line"
    frames = traceback.extract_tb(error.__traceback__)
    within = [it for it in frames if Path(it.filename).parent == file.parent]
    if isinstance(error, FileNotFoundError) and not file.exists():
        return f"{file.name}: cannot be read ({error.strerror}); put this file back"
    if not within:
        return f"{file.name}: {_named(error)}"
    is_exit = isinstance(error, SystemExit)
    what = "the settings end the program here; take that out" if is_exit else _named(error)
    return f"{Path(within[-1].filename).name}:{within[-1].lineno}: {what}"


def of_options(error: templates.OptionsError, file: Path) -> str:
    """Return in which file and line of the settings an option of the templates is missing or wrong."""
    # Those for publishing build on those of a preview. What is written last holds.
    for settings in (file, file.with_name("pelicanconf.py")):
        lines = list(enumerate(settings.read_text(encoding="utf-8").split("\n"), 1))
        if found := [at for at, line in lines if re.match(rf"{error.setting}\b", line)]:
            return f"{settings.name}:{found[-1]}: {error}"
    return f"pelicanconf.py:1: {error}"


def _named(error: BaseException) -> str:
    """Return an error as Python shows it."""
    return f"{type(error).__name__}: {error}" if str(error) else type(error).__name__


def _nearest_member(error: Exception) -> str:
    """Return the end of a sentence that names what a template mistyped of an object of the engine's, or nothing."""
    found = re.fullmatch(r"'([\w.]+)\.(\w+) object' has no attribute '(\w+)'", str(error))
    kind = found and getattr(sys.modules.get(found[1]), found[2], None)
    if not found or not kind:
        return ""
    # A field that a dataclass requires is no attribute of the class.
    fields = [it.name for it in dataclasses.fields(kind)] if dataclasses.is_dataclass(kind) else []
    return nearest(found[3], sorted({*dir(kind), *fields}))


def _to_give(error: Exception, within: Sequence[FrameSummary], theme: Path) -> str:
    """Return where an argument is to be given that a macro lacks, which has a line of its own."""
    # So Jinja calls what is neither a block nor a whole template.
    is_macro = len(within) > 1 and within[-1].name == "template"
    if not is_macro or not str(error).startswith("parameter '"):
        return ""
    return f"; give it in {_place(within[-2], theme)}, where the macro is called"


def _frames(error: Exception) -> tuple[list[FrameSummary], list[FrameSummary]]:
    """Return the places in templates at which an error came up, and those in the engine beyond the last of these."""
    within: list[FrameSummary] = []
    beyond: list[FrameSummary] = []
    for frame in traceback.extract_tb(error.__traceback__):
        path = Path(frame.filename)
        if path.suffix == ".html":
            within.append(frame)
            beyond = []
        elif not any(path.is_relative_to(it) for it in _JINJA):
            beyond.append(frame)
    return within, beyond


def _place(frame: FrameSummary, theme: Path) -> str:
    return f"{_shown(frame.filename, theme)}:{frame.lineno}"


def _shown(file: str | None, theme: Path) -> str:
    """Return a file as a person types it, from the folder of the project; another as it is."""
    path, root = Path(file or theme), theme.parent
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else str(path)
