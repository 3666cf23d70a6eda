"""The documentation is true."""

import re
import shutil
from pathlib import Path

import pytest
from invoke import Collection
from invoke.loader import FilesystemLoader

from campaign.build.project import Project
from campaign.checking import check
from campaign.commands import fields
from campaign.content.model import KINDS, Event, Update
from campaign.reading import frontmatter
from campaign.sharing import NETWORKS
from tests.projects import ROOT, SITES, edit, write

README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```(\w*)\n(.*?)^```$", README, flags=re.DOTALL | re.MULTILINE)
EXAMPLES_OF_PROBLEMS = [text for name, text in BLOCKS if not name]


def commands(pattern: str) -> set[str]:
    return set(re.findall(pattern, README, flags=re.MULTILINE))


def test_the_reference_of_fields_is_what_the_model_says() -> None:
    assert (ROOT / fields.PAGE).read_text(encoding="utf-8") == fields.reference()


def test_the_reference_has_every_field_once_and_says_which_are_required() -> None:
    sections = dict(zip(KINDS, fields.reference().split("\n## ")[1:], strict=True))
    for kind, section in sections.items():
        rows = re.findall(r"^\| `([a-z_]+)` \| (yes)? ?\| (.+) \|$", section, flags=re.MULTILINE)
        assert sorted(name for name, _, _ in rows) == sorted(kind.field_names())
        assert {name for name, required, _ in rows if required} == set(kind.required_names())
    assert "`share.networks`" in fields.reference()


def test_invoke_fields_writes_the_reference(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert fields.run(Project(tmp_path)) == 0
    assert (tmp_path / "docs/fields.md").read_text(encoding="utf-8") == fields.reference()
    assert capsys.readouterr().out == "The fields are described in docs/fields.md.\n"


def test_every_task_and_target_that_the_readme_names_is_there() -> None:
    module, _ = FilesystemLoader(start=str(ROOT)).load("tasks")
    tasks = set(Collection.from_module(module).task_names)
    named = commands(r"(?:bin/|Scripts\\|`)invoke ([a-z-]+)")
    assert {"site", "build", "check", "publish"} <= named <= tasks
    targets = commands(r"(?:^|`)make ([a-z]+)")
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    phony = set(re.findall(r"^\.PHONY: (.+)$", makefile, flags=re.MULTILINE)[0].split())
    assert {"site", "test"} <= targets <= phony


def test_the_readme_names_every_network_that_can_be_opened() -> None:
    (sentence,) = re.findall(r"The networks are (.+?);", README)
    assert re.findall(r"`(\w+)`", sentence) == [
        name for name, network in NETWORKS.items() if network.address
    ]


def test_every_path_that_the_readme_names_is_there() -> None:
    cells = re.findall(r"`([\w.*/-]+)`", README)
    named = {cell for cell in cells if "/" in cell and not cell.startswith((".venv", "gh-", "/"))}
    named |= set(re.findall(r"\]\(([\w./-]+)\)", README))
    assert len(named) > 10
    made = {
        "output/",
        "content/.imported.json",
        "content/events/",
        "content/updates/a-promise.md",
        "content/images/",
        "content/extra/",
    }
    places = (ROOT, ROOT / "theme", ROOT / "campaign")
    assert [
        name
        for name in sorted(named - made)
        if not any((place / name).exists() for place in places)
    ] == []


def test_the_example_of_a_table_and_of_a_file_can_be_copied(tmp_path: Path) -> None:
    content = tmp_path / "content"
    for file in (SITES / "minimal").rglob("*.md"):
        write(content / file.relative_to(SITES / "minimal"), file.read_bytes())
    examples = dict(BLOCKS)
    write(content / "events.csv", examples["csv"])
    write(content / "updates/a-promise.md", examples["markdown"])
    draft, problems = check(content, ROOT / "theme")
    assert not problems
    assert len(draft.of(Event)) == len(draft.of(Update)) == 1


def test_the_example_of_messages_can_be_copied_and_one_that_is_too_long_is_told_so(
    tmp_path: Path,
) -> None:
    said, _ = EXAMPLES_OF_PROBLEMS
    share = dict(BLOCKS)["yaml"]
    campaign = (SITES / "minimal" / "campaign.md").read_text(encoding="utf-8")
    shutil.copytree(SITES / "minimal", tmp_path / "content")
    file = write(
        tmp_path / "content/campaign.md", campaign.replace("\n---\n", f"\n{share}---\n", 1)
    )
    assert check(tmp_path / "content", ROOT / "theme")[1] == []
    edit(
        file,
        "You are heard where we are not, {mention}. {hashtag} {url}",
        "a" * 271 + " for them and for us.",
    )
    found = [str(problem) for problem in check(tmp_path / "content", ROOT / "theme")[1]]
    place = re.compile(r":\d+:")
    assert place.sub(":", said.strip()) in [place.sub(":", problem) for problem in found]


def test_the_example_of_a_problem_is_what_is_said(tmp_path: Path) -> None:
    _, said = EXAMPLES_OF_PROBLEMS
    petition = (ROOT / "content/actions/3-petition.md").read_text(encoding="utf-8")
    content = tmp_path / "content"
    write(content / "actions/3-petition.md", petition.replace("link: https://", "link: htps://"))
    _, problems = check(content, ROOT / "theme")
    address = frontmatter.parse(petition, "").data["link"].partition("://")[2]
    assert said.strip().replace("…", address) in map(str, problems)
