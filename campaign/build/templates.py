"""The theme's templates: one Jinja environment for a whole build."""

from __future__ import annotations

import marshal
import re
from collections.abc import Callable, Iterable, Mapping, MutableMapping, Sequence
from contextlib import suppress
from functools import wraps
from hashlib import sha256
from keyword import iskeyword
from pathlib import Path, PurePosixPath
from typing import Any, NamedTuple

from jinja2 import (
    Environment,
    FileSystemLoader,
    StrictUndefined,
    Template,
    TemplateError,
    TemplateSyntaxError,
    nodes,
)
from jinja2.compiler import CodeGenerator, Frame
from jinja2.environment import TemplateModule
from jinja2.runtime import Context, Macro
from jinja2.utils import missing
from jinja2.visitor import NodeTransformer
from markupsafe import Markup, escape

from campaign.build.assets import Assets
from campaign.build.theme import Theme, told_apart
from campaign.forms import Form, RefusedError, Sealed, has_blanks
from campaign.routes import Route
from campaign.support.cache import Cache
from campaign.support.parallel import map_parallel
from campaign.words import Words

#: The name of the file in which a build keeps templates as Python runs them.
TRANSLATED = "templates"
# Of translating a template, in tenths of a millisecond.
_COST = 50
_SIGNS = re.compile("[&<>\"']").search


class OptionsError(ValueError):
    """Jinja's options do not do for a site."""

    def __init__(self, message: str = "") -> None:
        wanted = 'JINJA_ENVIRONMENT = {"autoescape": True, "undefined": StrictUndefined, …}'
        super().__init__(
            message or f"write {wanted}, so that every text is escaped and no name mistyped"
        )


def examine(options: Mapping[str, Any]) -> None:
    """See whether Jinja takes some options, and with them escapes every text. Raises `OptionsError`."""
    if options.get("autoescape") is not True or options.get("undefined") is not StrictUndefined:
        raise OptionsError
    try:
        Environment(**options)  # noqa: S701 (see above)
    except (TypeError, AssertionError) as error:
        message = f"JINJA_ENVIRONMENT: {error}; take out what is no option of Jinja's"
        raise OptionsError(message) from None


def environment(
    folder: Path,
    options: Mapping[str, Any],
    theme: Theme,
    assets: Assets,
    translated: Cache[bytes, bytes] | None = None,
) -> Environment:
    """Give the environment of the templates in a folder.

    `options` are Jinja's own. Beside what the theme gives, templates have `assets` and `part`.
    In `translated` they are kept as Python runs them. Raises `OptionsError`.
    """
    made = _environment(folder, options, theme.words, theme.tests, translated or Cache())
    made.globals.update(theme.globals, assets=assets, part=_Parts(made).part)
    made.forming = _Forming(made, options)
    return made


def _environment(
    folder: Path,
    options: Mapping[str, Any],
    words: Words,
    tests: Mapping[str, Callable[..., bool]],
    translated: Cache[bytes, bytes],
) -> _Environment:
    loader = _Loader(folder)
    examine(options)
    made = _Environment(loader=loader, **options)
    made.globals["t"] = words.text
    made.tests.update(tests)
    loader.fill(made, translated, repr((options, words.code, words.texts)))
    return made


def render(templates: Environment, page: Route) -> str:
    """Give a page's HTML."""
    return templates.get_template(f"{page.template}.html").render(page.context, here=page)


class _Source(NamedTuple):
    """A template as it is written."""

    text: str
    name: str
    filename: str


class _Loader(FileSystemLoader):
    """Loads templates as Python's code, which is kept: to translate all of them takes a fifth of a second."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self._codes: dict[str, bytes] = {}

    def fill(self, templates: Environment, kept: Cache[bytes, bytes], told: str) -> None:
        """Translate the templates that are not kept yet, in several processes.

        `told` is what a translation depends on beside the template itself. What is wrong with one
        is told when it is used, and it may never be.
        """
        # A hidden file is an editor's own, or the system's, and may lead nowhere or be no text.
        names = [
            name
            for name in self.list_templates()
            if name.endswith(".html") and not PurePosixPath(name).name.startswith(".")
        ]
        sources = [it for name in names if (it := self._source(templates, name))]
        keys = [sha256(f"{told} {source!r}".encode()).digest() for source in sources]
        found = [kept.get(key) for key in keys]
        lacking = [it for it, code in zip(sources, found, strict=True) if not code]

        def translate(part: Sequence[_Source]) -> list[bytes]:
            return [_translated(templates, source) for source in part]

        made = iter(map_parallel(translate, lacking, cost=_COST))
        for source, key, code in zip(sources, keys, found, strict=True):
            now = code or next(made)
            if now:
                self._codes[source.name] = now
            if now and not code:
                kept.put(key, now)

    def get_source(
        self, environment: Environment, template: str
    ) -> tuple[str, str, Callable[[], bool]]:
        try:
            return super().get_source(environment, template)
        except UnicodeDecodeError as error:
            line = error.object.count(b"\n", 0, error.start) + 1
            file = str(Path(self.searchpath[0], template))
            message = "this file is not UTF-8; save it again with that encoding"
            raise TemplateSyntaxError(message, line, template, file) from None

    def load(
        self,
        environment: Environment,
        name: str,
        globals: MutableMapping[str, Any] | None = None,  # noqa: A002 (Jinja's own)
    ) -> Template:
        if name not in self._codes:
            return super().load(environment, name, globals)
        # It was made by this process, or lies in the cache, which says why that can be trusted.
        code = marshal.loads(self._codes[name])  # noqa: S302 (see above)
        return environment.template_class.from_code(environment, code, globals or {})

    def _source(self, templates: Environment, name: str) -> _Source | None:
        with suppress(TemplateError, OSError):
            text, filename, _ = self.get_source(templates, name)
            return _Source(text, name, filename)
        return None


def _translated(templates: Environment, source: _Source) -> bytes:
    """Give a template as Python's code, nothing where there is something wrong with it."""
    with suppress(TemplateError):
        return marshal.dumps(templates.compile(*source))
    return b""


class _PutIn(NodeTransformer):
    """Puts in the words that a template asks for by their key alone: they are the same on every page."""

    def __init__(self, text: Callable[[str], str]) -> None:
        self._text = text

    def visit_Call(self, node: nodes.Call) -> nodes.Node:  # noqa: N802 (Jinja's own)
        """Replace a call such as `t("letter")`; what is wrong with one is told when it is made."""
        self.generic_visit(node)
        match node:
            case nodes.Call(node=nodes.Name(name="t"), args=[nodes.Const(value=key)]) if not (
                node.kwargs or node.dyn_args or node.dyn_kwargs
            ):
                with suppress(LookupError):
                    return nodes.Const(self._text(key), lineno=node.lineno)
        return node


class _CodeGenerator(CodeGenerator):
    """Translates templates for functions and macros none of which takes a context, and texts that are but joined."""

    def visit_Template(self, node: nodes.Template, frame: Frame | None = None) -> None:  # noqa: N802 (Jinja's own)
        """Translate a whole template."""
        text: Any = self.environment.globals["t"]
        super().visit_Template(_PutIn(text).visit(node), frame)

    def visit_Call(self, node: nodes.Call, frame: Frame, forward_caller: bool = False) -> None:  # noqa: FBT001, FBT002, N802 (Jinja's own)
        """Write a plain call, where Jinja asks every function whether it takes a context."""
        if node.dyn_args or node.dyn_kwargs:
            super().visit_Call(node, frame, forward_caller=forward_caller)
            return
        self.visit(node.node, frame)
        self.write("(")
        for argument in (*node.args, *node.kwargs):
            self.visit(argument, frame)
            self.write(", ")
        self.write("caller=caller)" if forward_caller else ")")

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:  # noqa: N802 (Jinja's own)
        """Write an attribute as Python's own: Jinja would look for an item of that name too, where there is none."""
        # The blocks of a page, `self.title()`, are items.
        is_block = isinstance(node.node, nodes.Name) and node.node.name == "self"
        if is_block or iskeyword(node.attr):
            super().visit_Getattr(node, frame)
            return
        self.write("(")
        self.visit(node.node, frame)
        self.write(f").{node.attr}")

    def write_commons(self) -> None:
        """Let blocks write their values by a function of ours, and define macros of ours."""
        super().write_commons()
        self.writeline("escape = environment.escaped")
        self.writeline("Macro = environment.macro")


class _Macro(Macro):
    """A macro that most calls reach at once: those without names and without a caller."""

    def __init__(self, *described: Any) -> None:  # noqa: ANN401 (Jinja's own, passed on)
        super().__init__(*described)
        takes_more = self.caller or self.catch_kwargs or self.catch_varargs
        self._missing = None if takes_more else [missing] * self._argument_count

    def __call__(self, *arguments: object, **named: object) -> str:
        """Give what the macro makes of its arguments."""
        if named or self._missing is None or len(arguments) > self._argument_count:
            return super().__call__(*arguments, **named)
        # Safe: a macro escapes what it is given. Its own defaults stand in for what is missing.
        return Markup(self._func(*arguments, *self._missing[len(arguments) :]))  # noqa: S704

    def form(self, *arguments: object) -> Form | None:
        """Give the form of what the macro makes of arguments some of which are sealed.

        It is None where it does more with these than to show them, and where it may know more than
        its arguments: one that was not imported, or with the context of a page.
        """
        templates: Any = self._environment
        template = templates.get_template(self._func.__globals__["name"])
        if getattr(template.known_module, self.name, None) is not self:
            return None
        with suppress(Exception):  # what is wrong with the macro is told of the page that shows it
            made = getattr(templates.forming.get_template(template.name).module, self.name)
            return Form(templates.forming.escaped(made(*arguments)))
        return None


class _Template(Template):
    """A template whose macros are the same wherever they are imported."""

    def _get_default_module(self, _: Context | None = None) -> TemplateModule:
        # Jinja would look at each import for globals that the importing template alone has.
        if self._module is None:
            self._module = self.make_module()
        return self._module

    @property
    def known_module(self) -> TemplateModule | None:
        """What of it others have imported, without a context; None as long as none has."""
        return self._module


class _Environment(Environment):
    """Reads each template once, and gives all of them the same globals."""

    code_generator_class = _CodeGenerator
    template_class = _Template
    macro: type[Macro] = _Macro
    #: Where the forms of macros are made.
    forming: _Forming

    def __init__(self, **options: Any) -> None:  # noqa: ANN401 (Jinja's own)
        super().__init__(**options)
        self._read: dict[str, Template] = {}

    def get_template(
        self,
        name: str | Template,
        parent: str | None = None,
        globals: MutableMapping[str, Any] | None = None,  # noqa: A002 (Jinja's own)
    ) -> Template:
        """Give a template by its name; what changes on the disk is seen by the next build."""
        if (found := self._read.get(str(name))) is None:
            found = self._read[str(name)] = super().get_template(name, parent, globals)
        return found

    @staticmethod
    def escaped(value: object) -> str:
        """Escape a value that becomes part of a page: `Markup`, which takes longer to make, is not needed."""
        if type(value) is str:
            return escape(value) if _SIGNS(value) else value
        return value if type(value) is Markup else escape(value)

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        return {**self.globals, **d} if d else self.globals


class _SealingMacro(Macro):
    """A macro whose text is sealed where there are blanks in it: it too can be shown alone."""

    def _invoke(self, arguments: list[Any], autoescape: bool) -> Any:  # noqa: ANN401, FBT001 (Jinja's own)
        text = self._func(*arguments)
        # Safe: a macro escapes what it is given.
        return Markup(text) if autoescape and isinstance(text, str) else text  # noqa: S704


class _Forming(_Environment):
    """The same templates, in which whatever does more with something sealed than to show it fails."""

    macro = _SealingMacro

    def __init__(self, templates: Environment, options: Mapping[str, Any]) -> None:
        super().__init__(loader=templates.loader, **options)
        self.globals = templates.globals
        self.filters = {name: _refusing(it) for name, it in templates.filters.items()}
        self.tests = {name: _refusing(it) for name, it in templates.tests.items()}

    @staticmethod
    def escaped(value: object) -> str:
        """Show what is sealed, and escape anything else."""
        return value.markup if isinstance(value, Sealed) else _Environment.escaped(value)

    @staticmethod
    def concat(pieces: Iterable[str]) -> Any:  # noqa: ANN401 (Jinja's own)
        """Join the pieces of a text, of a macro's for one; with blanks in it, it is sealed."""
        text = "".join(pieces)
        return Sealed(text) if has_blanks(text) else text


def _refusing(function: Any) -> Callable[..., Any]:  # noqa: ANN401 (Jinja's own)
    """Give a filter or a test that takes nothing that is sealed: some would take it for an object of no meaning."""

    @wraps(function)
    def refusing(*arguments: Any, **named: Any) -> Any:  # noqa: ANN401 (as the function)
        if any(isinstance(it, Sealed) for it in (*arguments, *named.values())):
            raise RefusedError
        return function(*arguments, **named)

    return refusing


class _Parts:
    """The parts of pages that many pages share, such as the footer."""

    def __init__(self, environment: Environment) -> None:
        self._environment = environment
        self._made: dict[tuple[object, ...], Markup] = {}

    def part(self, name: str, **values: object) -> Markup:
        """Render a template that knows these values only, once for the same ones."""
        key = (name, *values, *told_apart(values.values()))
        if key not in self._made:
            text = self._environment.get_template(name).render(values)
            # Safe: this is what a template made, with every text escaped.
            self._made[key] = Markup(text)  # noqa: S704
        return self._made[key]
