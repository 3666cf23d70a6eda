"""Nothing that an editor types ends in a traceback: very many broken files, made by changing good ones.

`HYPOTHESIS_PROFILE=thorough` tries some hundred times as many.
"""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, reject, settings
from hypothesis import strategies as st

from campaign import words
from campaign.addresses import Addresses
from campaign.check import check
from campaign.problems import Problem
from campaign.reading import Draft
from campaign.routes import Site, routes
from campaign.theme import Theme
from tests.mutation import Mutation, mutate, mutations
from tests.projects import ROOT, SHIPPED, SITES, write

THEME = ROOT / "theme"
WORDS = words.load(THEME / "translations", "en")
ADDRESSES = Addresses.published("https://example.org/trains")
FILES = [
    (file.relative_to(content).as_posix(), file.read_bytes())
    for content in (SHIPPED, *(folder.parent for folder in SITES.rglob("campaign.md")))
    for file in sorted(content.rglob("*"))
    if file.suffix in {".md", ".csv"}
]
many = settings(max_examples=settings().max_examples * 6)


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
    theme = Theme(site, ADDRESSES)
    pages = list(routes(site))
    files = [route.file.lower() for route in pages]
    assert len(set(files)) == len(files)
    for item in draft.kinds:
        theme.html(item).encode()
    shared = [theme.share_links(page) for page in pages]
    done = [theme.action_links(action) for action in draft.actions]
    assert all(link.href.isascii() for links in [*shared, *done] for link in links)


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


UPDATE = """---
title: News
date: 2024-06-01
summary: It happened.
slug: news
aliases: [/old]
sources: https://example.org
---

It *happened* [here](../letter.md) and [there](/act/).
"""
TABLE = """title,date,start,end,country,region,city,online,description
Vigil,2024-06-14,18:00,20:00,US,CA,Oakland,no,"Bring *candles*, [friends](letter.md)"
Call,2024-06-14,,,,,,yes,
"""


@many
@given(
    st.sampled_from(
        [
            *(("updates/a.md", UPDATE.encode()), ("events.csv", TABLE.encode())),
            *((name, data) for name, data in FILES if name in {"campaign.md", "letter.md"}),
        ]
    ),
    mutations.map(lambda changes: changes[:1]),
)
def test_what_the_check_lets_through_becomes_a_site(
    content: Path, chosen: tuple[str, bytes], changes: list[Mutation]
) -> None:
    name, data = chosen
    with changed(content, {name: mutate(data, changes)}):
        draft, problems = check(content, THEME)
        if not problems:
            make(draft)


@given(
    st.sampled_from(["", "actions", "events", "updates", "pages", "images", "extra"]),
    st.text(st.characters(exclude_characters="/\0", codec="utf-8"), min_size=1, max_size=60),
)
def test_whatever_a_file_is_called_it_is_read_or_told(
    content: Path, folder: str, name: str
) -> None:
    file = content / folder / f"{name}.md"
    try:
        write(file, UPDATE.replace("slug: news\n", ""))
    except OSError:
        reject()  # the computer does not call a file so
    draft, problems = check(content, THEME)
    file.unlink()
    for problem in problems:
        assert problem.path.startswith("content")
        assert len(str(problem).splitlines()) == 1
    if not problems:
        make(draft)
