"""A site for plain Pelican, as it is without plugins: an article each, and lists as it makes them.

It has no rows, so each event is a file, in which every form stands ready. It makes one file of an
article, so it has no calendars and no GeoJSON.
"""

import sys
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path

from benchmarks import models
from benchmarks.events import Sample
from benchmarks.generator import Generator


def make(folder: Path, samples: Sequence[Sample], pieces: models.Pieces) -> Generator:
    """Make the site; `pieces` are of the first event."""
    (folder / "content").mkdir(parents=True)
    (folder / "pelicanconf.py").write_text(_SETTINGS)
    for sample in samples:
        _write_article(folder / "content", sample)
    (folder / "theme" / "static").mkdir(parents=True)
    _write_templates(folder / "theme" / "templates", pieces, samples[0])
    return _generator("Pelican", folder, f"content/{samples[0].id}.md")


def make_empty(folder: Path) -> Generator:
    """Make a site with nothing in it, with Pelican's own settings and theme."""
    (folder / "content").mkdir(parents=True)
    (folder / "pelicanconf.py").write_text('PATH = "content"\nSITENAME = "Benchmark"\n')
    return _generator("Pelican", folder, "pelicanconf.py")


def _generator(name: str, folder: Path, source: str) -> Generator:
    command = [sys.executable, "-m", "pelican", "--quiet"]
    return Generator(name, version("pelican"), folder, command, "output", source, data=False)


_SETTINGS = """
PATH = "content"
OUTPUT_PATH = "output"
SITENAME = "Benchmark"
TIMEZONE = "UTC"
PLUGINS = []
THEME = "theme"
ARTICLE_SAVE_AS = "events/{slug}/index.html"
ARTICLE_URL = "events/{slug}/"
ARTICLE_ORDER_BY = "order"
DIRECT_TEMPLATES = ["index", "country"]
INDEX_SAVE_AS = "events/index.html"
INDEX_URL = "events/"
COUNTRY_SAVE_AS = "events/in/us/index.html"
COUNTRY_URL = "events/in/us/"
CATEGORY_SAVE_AS = "events/in/us/{slug}/index.html"
CATEGORY_URL = "events/in/us/{slug}/"
DAY_ARCHIVE_SAVE_AS = "events/on/{date:%Y-%m-%d}/index.html"
DAY_ARCHIVE_URL = "events/on/{date:%Y-%m-%d}/"
AUTHOR_SAVE_AS = TAG_SAVE_AS = ""
DEFAULT_PAGINATION = 50
PAGINATED_TEMPLATES = {"index": None, "country": None, "category": None, "period_archives": None}
PAGINATION_PATTERNS = [
    (1, "{url}", "{base_name}/index.html"),
    (2, "{url}page/{number}/", "{base_name}/page/{number}/index.html"),
]
FEED_ALL_ATOM = CATEGORY_FEED_ATOM = TRANSLATION_FEED_ATOM = None
"""


def _write_article(folder: Path, sample: Sample) -> None:
    # A field is a line, so the ends of a text's lines are told by a sign, as JSON has it.
    known = {name: text.replace("\n", "\\n") for name, text in models.forms(sample).items()}
    fields = {
        "Title": known.pop("title"),
        "Date": known["day"],
        "Slug": sample.id,
        "Category": sample.cells["region"].lower(),
        "Order": sample.id,
        **known,
    }
    lines = [f"{name}: {value}" for name, value in fields.items()]
    (folder / f"{sample.id}.md").write_text("\n".join([*lines, "", sample.text, ""]))


def _write_templates(folder: Path, pieces: models.Pieces, event: Sample) -> None:
    known = models.forms(event)
    fields = {
        name: f'article.{name}|replace("\\\\n", "\\n")' if "\n" in text else f"article.{name}"
        for name, text in known.items()
    }
    values = {name: f"{{{{ {field} }}}}" for name, field in fields.items()}
    encoded = {
        name: f'{{{{ ({field})|urlencode|replace("/", "%2F") }}}}' for name, field in fields.items()
    }
    of_list = models.writer(models.list_forms(event), _LIST_VALUES, _LIST_VALUES)
    written = pieces.written(models.writer(known, values, encoded), of_list)
    ways = f"{{% if articles_paginator and articles_paginator.num_pages > 1 %}}{_WAYS}{{% endif %}}"
    listed = (
        f"{written.list_head}{_DAYS}{{% set article = day.list[0] %}}{written.day_head}"
        f"{{% for article in day.list %}}{written.item}{{% endfor %}}{written.day_tail}"
        f"{{% endfor %}}{written.list_tail.replace(models.GAP, ways)}"
    )
    folder.mkdir()
    page = written.page.replace(models.GAP, "{{ article.content }}")
    (folder / "article.html").write_text(page)
    for name in ("index", "country", "category", "period_archives"):
        (folder / f"{name}.html").write_text(listed)


_LIST_VALUES = {"path": "{{ output_file|replace('index.html', '') }}", "name": "Events"}
_DAYS = "{% for day in articles_page.object_list|groupby('day') %}"
_WAYS = models.WAYS.format(
    number="{{ articles_page.number }}",
    last="{{ articles_paginator.num_pages }}",
    previous="{% if articles_page.has_previous() %}"
    + models.PREVIOUS.format(address="/{{ articles_previous_page.url }}")
    + "{% endif %}",
    next="{% if articles_page.has_next() %}"
    + models.NEXT.format(address="/{{ articles_next_page.url }}")
    + "{% endif %}",
)
