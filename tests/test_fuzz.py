"""Nothing that an editor types ends in a traceback: very many broken files, made by changing good ones.

`HYPOTHESIS_PROFILE=thorough` tries fifty times as many, and others each time.
"""

import csv
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from io import StringIO
from pathlib import Path

import pytest
from hypothesis import given, reject, settings
from hypothesis import strategies as st

from campaign import words
from campaign.addresses import Addresses
from campaign.build.assets import Assets
from campaign.build.theme import Theme
from campaign.checking import check
from campaign.content.model import Action
from campaign.content.problems import Problem
from campaign.reading.draft import Draft
from campaign.routes import Site, routes
from tests.mutation import FRAGMENTS, Mutation, mutate, mutations
from tests.projects import ROOT, SHIPPED, SITES, write

pytestmark = pytest.mark.slow

THEME = ROOT / "theme"
WORDS = words.load(THEME / "translations", "en")
ADDRESSES = Addresses.published("https://example.org/trains")
FILES = [
    (file.relative_to(content).as_posix(), file.read_bytes())
    for content in (SHIPPED, *(folder.parent for folder in SITES.rglob("campaign.md")))
    for file in sorted(content.rglob("*"))
    if file.suffix in {".md", ".csv"}
]
some, many = (settings(max_examples=settings().max_examples * times) for times in (2, 6))


@pytest.fixture(scope="module")
def content(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The content of a small site that is in order."""
    return shutil.copytree(SITES / "minimal", tmp_path_factory.mktemp("fuzz") / "content")


@contextmanager
def changed(content: Path, files: dict[str, bytes]) -> Iterator[None]:
    """Write some files, and have everything as it was at the end."""
    before = {name: file.read_bytes() for name in files if (file := content / name).is_file()}
    for name, data in files.items():
        write(content / name, data)
    try:
        yield
    finally:
        for name in files:
            (content / name).unlink()
        for name, data in before.items():
            write(content / name, data)


def lines_of(file: Path) -> int:
    """Count a file's lines as an editor's program does; what is no file has one."""
    if not file.is_file():
        return 1
    return file.read_bytes().replace(b"\r\n", b"\n").replace(b"\r", b"\n").count(b"\n") + 1


def assert_helpful(problem: Problem, root: Path) -> None:
    """A problem has a place that is there and a sentence."""
    place = root / problem.path
    assert place.exists() or place.parent.is_dir()
    assert 1 <= problem.line <= lines_of(place)
    assert problem.message.strip()
    assert len(str(problem).splitlines()) == 1
    str(problem).encode()


def make(draft: Draft) -> None:
    """Make all that the theme gets of a site, and the addresses and texts in it."""
    site = Site(draft.content(), WORDS, datetime(2024, 6, 15, tzinfo=UTC), ADDRESSES.absolute)
    theme = Theme(site, ADDRESSES, Assets({}, {})).functions
    pages = list(routes(site))
    files = [route.file.lower() for route in pages]
    assert len(set(files)) == len(files)
    for item in draft.all:
        theme.html(item).encode()
    shared = [theme.page_links(page) for page in pages]
    done = [theme.action_links(action) for action in draft.of(Action)]
    done += [links for its in shared for links in (its.links, its.more)]
    assert all(link.href.isascii() for links in done for link in links)


@many
@given(st.lists(st.tuples(st.sampled_from(FILES), mutations), min_size=1, max_size=5))
def test_whatever_stands_in_the_files_every_mistake_has_a_line_and_a_sentence(
    content: Path, chosen: list[tuple[tuple[str, bytes], list[Mutation]]]
) -> None:
    files = {name: mutate(data, changes) for (name, data), changes in chosen}
    with changed(content, files):
        draft, problems = check(content, THEME)
        for problem in problems:
            assert_helpful(problem, content.parent)
        if not problems:
            make(draft)


def quote(text: str) -> str:
    """Return a text as an editor writes it who knows YAML's quotes."""
    return "'" + " ".join(text.split()).replace("'", "''") + "'"


typed = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cn"]), max_size=30)
bodies = st.lists(typed | st.sampled_from(FRAGMENTS), min_size=1, max_size=4).map("".join)
rows = st.fixed_dictionaries(
    {
        "title": typed.map(lambda text: f"A {text}"),
        "date": st.dates(date(1900, 1, 1), date(2100, 12, 31)).map(str),
        "end": st.times().map("{:%H:%M}".format) | st.just(""),
        "country": st.just("US"),
        "region": typed,
        "city": typed,
        "organiser": typed,
        "description": bodies,
    }
)


@some
@given(typed, typed, typed, bodies, rows)
def test_whatever_the_check_lets_through_becomes_a_site(  # noqa: PLR0913, PLR0917 (one editor's whole day)
    content: Path, title: str, summary: str, message: str, body: str, row: dict[str, str]
) -> None:
    campaign = (SITES / "minimal/campaign.md").read_text(encoding="utf-8")
    share = f"share: {{messages: [{quote(message)}]}}\nname: {quote(title)}\n"
    table = StringIO(newline="")
    csv.writer(table).writerows([row, row.values()])
    update = f"title: {quote(title)}\ndate: 2024-06-01\nsummary: {quote(summary)}"
    files = {
        "campaign.md": re.sub(r"^name:.*\n", lambda _: share, campaign, flags=re.MULTILINE),
        "updates/a.md": f"---\n{update}\n---\n{body}",
        "events.csv": table.getvalue(),
    }
    with changed(content, {name: text.encode() for name, text in files.items()}):
        draft, problems = check(content, THEME)
        for problem in problems:
            assert_helpful(problem, content.parent)
        if not problems:
            make(draft)


@given(
    st.sampled_from(["{}.md", "updates/{}.md", "images/{}.png", "extra/{}"]),
    st.text(st.characters(exclude_characters="/\0", codec="utf-8"), min_size=1, max_size=60),
)
def test_whatever_a_file_is_called_it_is_read_or_told(content: Path, place: str, name: str) -> None:
    file = content / place.format(name)
    try:
        like = "images/train.png" if "images" in place else "updates/a-promise.md"
        write(file, (SITES / "full" / like).read_bytes())
    except OSError:
        reject()  # the computer does not call a file so
    draft, problems = check(content, THEME)
    file.unlink()
    for problem in problems:
        assert problem.path.startswith("content")
        assert len(str(problem).splitlines()) == 1
    if not problems:
        make(draft)
