"""The theme's templates: one Jinja environment for a whole build."""

from __future__ import annotations

from collections.abc import Callable, Mapping, MutableMapping, Sequence
from contextlib import suppress
from pathlib import Path, PurePosixPath
from typing import Any

from jinja2 import (
    BytecodeCache,
    ChoiceLoader,
    Environment,
    FileSystemLoader,
    PrefixLoader,
    StrictUndefined,
    TemplateError,
    TemplateSyntaxError,
)
from jinja2.bccache import Bucket
from jinja2.runtime import Macro
from markupsafe import Markup

from campaign.build.compiler import Compiler, escape
from campaign.build.theme import Theme
from campaign.routes import Route
from campaign.support.cache import Cache

#: The name of the file in which a build keeps templates as Python's code.
COMPILED = "templates"
#: What stands before the name of a template of the theme itself, where another has taken its place.
ORIGINAL = "!theme"


class OptionsError(ValueError):
    """A setting of the templates does not do for a site."""

    def __init__(self, message: str, setting: str = "JINJA_ENVIRONMENT") -> None:
        super().__init__(message)
        self.setting = setting


def examine(options: Mapping[str, Any]) -> None:
    """Raise `OptionsError` unless Jinja takes some options, and with them escapes every text."""
    if options.get("autoescape") is not True or options.get("undefined") is not StrictUndefined:
        wanted = 'JINJA_ENVIRONMENT = {"autoescape": True, "undefined": StrictUndefined, …}'
        message = f"write {wanted}, so that every text is escaped and no name mistyped"
        raise OptionsError(message)
    try:
        Environment(**options)  # noqa: S701 (see above)
    except (TypeError, AssertionError) as error:
        message = f"JINJA_ENVIRONMENT: {error}; take out what is no option of Jinja's"
        raise OptionsError(message) from None


def environment(
    folders: Sequence[Path],
    options: Mapping[str, Any],
    theme: Theme,
    compiled: Cache[str, bytes] | None = None,
) -> Environment:
    """Return the environment of the templates in some folders, each of which is compiled.

    The last folder is the theme's; a template in one before it takes the place of the theme's.
    `options` are Jinja's own. Beside what the theme gives, templates have `cached_include` and
    `cached_macro`. In `compiled` they are kept as Python's code. Raises `OptionsError`.
    """
    made = _environment(folders, options, theme.tests, compiled or Cache())
    repeated = Repeated(made)
    made.globals.update(
        theme.globals,
        cached_include=repeated.cached_include,
        cached_macro=repeated.cached_macro,
    )
    _load_all(made)
    return made


def compile_all(
    folders: Sequence[Path], options: Mapping[str, Any], compiled: Cache[str, bytes]
) -> None:
    """Compile the templates in some folders, for `environment` to find them in `compiled`."""
    tests = dict.fromkeys((*Theme.EVENT_TESTS, *Theme.DAY_TESTS), bool)
    _load_all(_environment(folders, options, tests, compiled))


def template_folders(settings: Mapping[str, Any], theme: Path) -> list[Path]:
    """Return the folders of templates that Pelican's settings name, from the project's folder, and the theme's own.

    Raises `OptionsError` where one is not there.
    """
    setting = "THEME_TEMPLATES_OVERRIDES"
    own = [theme.parent / folder for folder in settings.get(setting, ())]
    if lost := next((folder for folder in own if not folder.is_dir()), None):
        message = f"{setting}: there is no folder '{lost.name}'; name it from the project's folder"
        raise OptionsError(message, setting)
    return [*own, theme / "templates"]


def render(templates: Environment, page: Route) -> str:
    """Return a page's HTML."""
    template = templates.get_template(f"{page.context.TEMPLATE}.html")
    return template.render(vars(page.context), here=page)


def _environment(
    folders: Sequence[Path],
    options: Mapping[str, Any],
    tests: Mapping[str, Callable[[Any], bool]],
    compiled: Cache[str, bytes],
) -> Environment:
    examine(options)
    kept = _Compiled(compiled, repr(options))
    # All stay loaded: to count which was used last is 3 % of the instructions of an event's page.
    chosen = {"cache_size": -1, **options}
    loader = ChoiceLoader([_Loader(folders), PrefixLoader({ORIGINAL: _Loader(folders[-1])})])
    made = _Environment(loader=loader, bytecode_cache=kept, **chosen)
    made.tests.update(tests)
    return made


def _load_all(templates: Environment) -> None:
    """Load all templates; what is wrong with one is raised when it is used."""
    for name in templates.list_templates(extensions=["html"]):
        # A hidden file is an editor's own, or the system's, and may lead nowhere or be no text.
        path = PurePosixPath(name)
        if not path.name.startswith(".") and path.parts[0] != ORIGINAL:
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
            places = (Path(folder, template) for folder in self.searchpath)
            file = str(next(place for place in places if place.is_file()))
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


class Repeated:
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
