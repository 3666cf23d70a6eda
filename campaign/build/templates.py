"""The theme's templates: one Jinja environment for a whole build."""

from __future__ import annotations

from collections.abc import Callable, Mapping, MutableMapping
from contextlib import suppress
from pathlib import Path, PurePosixPath
from typing import Any

from jinja2 import (
    BytecodeCache,
    Environment,
    FileSystemLoader,
    StrictUndefined,
    TemplateError,
    TemplateSyntaxError,
)
from jinja2.bccache import Bucket
from jinja2.runtime import Macro
from markupsafe import Markup

from campaign.build.assets import Assets
from campaign.build.compiler import Compiler, escape
from campaign.build.theme import Theme
from campaign.routes import Route
from campaign.support.cache import Cache

#: The name of the file in which a build keeps templates as Python's code.
COMPILED = "templates"


class OptionsError(ValueError):
    """Jinja's options do not do for a site."""

    def __init__(self, message: str = "") -> None:
        wanted = 'JINJA_ENVIRONMENT = {"autoescape": True, "undefined": StrictUndefined, …}'
        super().__init__(
            message or f"write {wanted}, so that every text is escaped and no name mistyped"
        )


def examine(options: Mapping[str, Any]) -> None:
    """Raise `OptionsError` unless Jinja takes some options, and with them escapes every text."""
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
    compiled: Cache[str, bytes] | None = None,
) -> Environment:
    """Return the environment of the templates in a folder, each of which is compiled.

    `options` are Jinja's own. Beside what the theme gives, templates have `assets`,
    `cached_include` and `cached_macro`. In `compiled` they are kept as Python's code. Raises
    `OptionsError`.
    """
    made = _environment(folder, options, theme.tests, compiled or Cache())
    repeated = _Repeated(made)
    made.globals.update(
        theme.globals,
        assets=assets,
        cached_include=repeated.cached_include,
        cached_macro=repeated.cached_macro,
    )
    _load_all(made)
    return made


def compile_all(folder: Path, options: Mapping[str, Any], compiled: Cache[str, bytes]) -> None:
    """Compile the templates in a folder, for `environment` to find them in `compiled`."""
    tests = dict.fromkeys((*Theme.EVENT_TESTS, *Theme.DAY_TESTS), bool)
    _load_all(_environment(folder, options, tests, compiled))


def render(templates: Environment, page: Route) -> str:
    """Return a page's HTML."""
    template = templates.get_template(f"{page.context.TEMPLATE}.html")
    return template.render(vars(page.context), here=page)


def _environment(
    folder: Path,
    options: Mapping[str, Any],
    tests: Mapping[str, Callable[[Any], bool]],
    compiled: Cache[str, bytes],
) -> Environment:
    examine(options)
    kept = _Compiled(compiled, repr(options))
    # All stay loaded: to count which was used last is 3 % of the instructions of an event's page.
    chosen = {"cache_size": -1, **options}
    made = _Environment(loader=_Loader(folder), bytecode_cache=kept, **chosen)
    made.tests.update(tests)
    return made


def _load_all(templates: Environment) -> None:
    """Load all templates; what is wrong with one is told when it is used."""
    for name in templates.list_templates(extensions=["html"]):
        # A hidden file is an editor's own, or the system's, and may lead nowhere or be no text.
        if not PurePosixPath(name).name.startswith("."):
            with suppress(TemplateError, OSError):
                templates.get_template(name)


class _Environment(Environment):
    """Jinja's, whose templates are compiled by `Compiler`."""

    code_generator_class = Compiler
    escape = staticmethod(escape)

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """Return a plain dict, one for most templates: Jinja's own takes a cold build of 1,000 rows 11 % more CPU."""
        return {**self.globals, **d} if d else self.globals


class _Loader(FileSystemLoader):
    """Loads templates from a folder; one that is not UTF-8 has a syntax error."""

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


class _Compiled(BytecodeCache):
    """Templates as Python's code, in a cache of ours, which says why what it holds can be trusted.

    `options` are what the code depends on beside the template.
    """

    def __init__(self, cache: Cache[str, bytes], options: str) -> None:
        self._cache = cache
        self._options = options

    def load_bytecode(self, bucket: Bucket) -> None:
        if code := self._cache.get(self._key_of(bucket)):
            bucket.bytecode_from_string(code)

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._cache.put(self._key_of(bucket), bucket.bytecode_to_string())

    def _key_of(self, bucket: Bucket) -> str:
        return f"{self._options} {bucket.key} {bucket.checksum}"


class _Repeated:
    """Parts that several pages share, rendered once a build."""

    def __init__(self, templates: Environment) -> None:
        self._templates = templates
        self._cache: dict[tuple[object, ...], tuple[object, Markup]] = {}

    def cached_include(self, name: str, **values: object) -> Markup:
        """Render a template that knows these values only, once for the same ones."""
        # 1 is True, and a text its markup, for Python.
        key = (name, *values.items(), *map(type, values.values()))
        if key not in self._cache:
            # Safe: this is what a template makes, with every text escaped.
            text = Markup(self._templates.get_template(name).render(values))  # noqa: S704
            self._cache[key] = name, text
        return self._cache[key][1]

    def cached_macro(self, macro: Macro, item: object, *arguments: object) -> Markup:
        """Call a macro once for the same object of the content, and the same arguments."""
        key = (macro, id(item), *arguments, *map(type, arguments))
        if key not in self._cache:
            # The object is kept, so that no other one gets its identity.
            self._cache[key] = item, Markup(macro(item, *arguments))  # noqa: S704 (escaped by the macro)
        return self._cache[key][1]
