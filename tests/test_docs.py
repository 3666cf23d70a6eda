"""The documentation is true."""

import re
import shutil
from importlib import import_module
from inspect import signature
from pathlib import Path

import pytest
from jinja2.defaults import DEFAULT_NAMESPACE

import tasks
from audit.examples import Renderer
from campaign.build.project import Project
from campaign.checking import check
from campaign.commands import docs, theme_reference
from campaign.commands.registry import COMMANDS
from campaign.content.model import KINDS, Event, Update
from campaign.reading import frontmatter
from campaign.sharing import NETWORKS
from tests.pages import read_pages
from tests.projects import ROOT, SITES, build_site, edit, make_project, write

README = (ROOT / "README.md").read_text(encoding="utf-8")
EDITING = (ROOT / "docs" / "editing.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```(\w*)\n(.*?)^```$", EDITING, flags=re.DOTALL | re.MULTILINE)
EXAMPLES_OF_PROBLEMS = [text for name, text in BLOCKS if not name]


def commands(pattern: str) -> set[str]:
    return set(re.findall(pattern, README, flags=re.MULTILINE))


def test_the_reference_of_fields_is_what_the_model_says() -> None:
    assert (ROOT / docs.PAGE).read_text(encoding="utf-8") == docs.reference()


THEME = (ROOT / theme_reference.PAGE).read_text(encoding="utf-8")


def test_the_reference_of_the_theme_is_what_the_engine_says() -> None:
    assert theme_reference.reference(ROOT / "theme") == THEME


def test_the_reference_of_the_theme_says_what_everything_is() -> None:
    rows = re.findall(r"^\| `([^`]+)` \| (?:`[^`]+`(?:: )?)?(.*) \|$", THEME, flags=re.MULTILINE)
    assert len(rows) > 100
    assert [name for name, about in rows if not about] == []


def test_every_component_is_in_the_reference_with_a_picture() -> None:
    names = {file.stem for file in (ROOT / "theme" / "templates" / "macros").glob("*.html")}
    assert set(re.findall(r"^### `macros/(.+)\.html`$", THEME, flags=re.MULTILINE)) == names
    assert set(re.findall(r"\(components/(.+)\.webp\)", THEME)) == names
    assert {file.stem for file in (ROOT / "docs" / "components").glob("*.webp")} == names
    for name in names:
        macros = re.findall(r"\{% macro (\w+\(.*?\))", _macros(name))
        assert [it.split("(")[0] for it in macros] == re.findall(r"\{# (\w+)\(", _macros(name))


def _macros(name: str) -> str:
    return (ROOT / "theme" / "templates" / "macros" / f"{name}.html").read_text(encoding="utf-8")


def test_every_template_of_a_page_is_in_the_reference() -> None:
    pages = {file.name for file in (ROOT / "theme" / "templates").glob("*.html")} - {"base.html"}
    assert set(re.findall(r"^### `([^/`]+)`$", THEME, flags=re.MULTILINE)) == pages


def test_templates_know_the_names_that_the_reference_lists() -> None:
    environment = Renderer(ROOT / "theme").environment
    listed = THEME.partition("## Pages")[0].partition("## Names")[2]
    names = set(re.findall(r"^\| `(\w+)", listed, flags=re.MULTILINE)) - {
        "past",
        "today",
        "tomorrow",
    }
    assert names == environment.globals.keys() - DEFAULT_NAMESPACE.keys()
    assert {"past", "today", "tomorrow"} <= environment.tests.keys()


def test_one_template_takes_the_place_of_the_themes(tmp_path: Path) -> None:
    project = make_project(tmp_path / "project", SITES / "minimal")
    ((setting, template),) = re.findall(
        r"^```python\n(.+?)^```.+?^```jinja\n(.+?)^```", THEME, flags=re.DOTALL | re.MULTILINE
    )
    settings = project.root / "pelicanconf.py"
    settings.write_text(settings.read_text(encoding="utf-8") + setting, encoding="utf-8")
    write(project.root / "templates" / "page.html", template)
    write(project.content / "pages" / "about.md", "---\ntitle: A\nsummary: S.\n---\nWe ride.\n")
    html = read_pages(build_site(project))["/about/"].html
    assert "We ride." in html
    assert "Keep the Library Open, since May 2024" in html


def test_the_reference_has_every_field_once_and_says_which_are_required() -> None:
    sections = dict(zip(KINDS, docs.reference().split("\n## ")[1:], strict=True))
    for kind, section in sections.items():
        rows = re.findall(r"^\| `([a-z_]+)` \| (yes)? ?\| (.+) \|$", section, flags=re.MULTILINE)
        assert sorted(name for name, _, _ in rows) == sorted(kind.field_names())
        assert {name for name, required, _ in rows if required} == set(kind.required_names())
    assert "`share.networks`" in docs.reference()


def test_invoke_docs_writes_the_references(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert docs.run(Project(tmp_path)) == 0
    assert (tmp_path / "docs/fields.md").read_text(encoding="utf-8") == docs.reference()
    assert capsys.readouterr().out == (
        "The fields are described in docs/fields.md, the theme in docs/theme.md.\n"
    )
    assert (tmp_path / "docs/theme.md").is_file()


def test_the_readme_lists_every_command_with_its_options() -> None:
    table = README.partition("## Commands")[2].partition("\n\n`make`")[0]
    rows = {
        name: row for row in table.splitlines() for name in re.findall(r"invoke ([a-z-]+)", row)
    }
    assert {command.name for command in COMMANDS} <= rows.keys() == set(tasks.namespace.task_names)
    importing = (ROOT / "docs" / "importing.md").read_text(encoding="utf-8")
    for command in COMMANDS:
        row = rows[command.name] + (importing if command.name == "import-events" else "")
        switches = [option.name for option in command.options if option.default is False]
        assert [name for name in switches if f"--{name}" not in row] == [], command.name
    options = {option.name for command in COMMANDS for option in command.options}
    assert set(re.findall(r"--([a-z-]+)", table)) - {"-"} <= options


def test_every_command_is_a_task_with_its_options_and_its_module_takes_them() -> None:
    for command in COMMANDS:
        wanted = {option.parameter for option in command.options}
        arguments = tasks.namespace[command.name].get_arguments()
        assert {argument.name.replace("-", "_") for argument in arguments} == wanted
        module = import_module(f"campaign.commands.{command.name.replace('-', '_')}")
        assert {*signature(module.run).parameters} == {"project", *wanted}


def test_every_task_and_target_that_the_readme_names_is_there() -> None:
    named = commands(r"(?:bin/|Scripts\\|`)invoke ([a-z-]+)")
    assert {"site", "build", "check", "publish"} <= named <= set(tasks.namespace.task_names)
    targets = commands(r"(?:^|`)make ([a-z]+)")
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    phony = set(re.findall(r"^\.PHONY: (.+)$", makefile, flags=re.MULTILINE)[0].split())
    assert {"site", "test"} <= targets <= phony


def test_the_readme_names_every_network_that_can_be_opened() -> None:
    (sentence,) = re.findall(r"The networks are (.+?);", EDITING)
    assert re.findall(r"`(\w+)`", sentence) == [
        name for name, network in NETWORKS.items() if network.address
    ]


@pytest.mark.parametrize(
    "name", ["README.md", "CONTRIBUTING.md", *(f"docs/{it}.md" for it in ("editing", "publishing"))]
)
def test_every_path_that_a_page_for_people_names_is_there(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    cells = re.findall(r"`([\w.*/-]+)`", text)
    named = {cell for cell in cells if "/" in cell and not cell.startswith((".venv", "gh-", "/"))}
    folder = "docs/" if name.startswith("docs/") else ""
    named |= {f"{folder}{path}" for path in re.findall(r"\]\(([\w./-]+)(?:#[\w-]+)?\)", text)}
    assert len(named) > 2
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


def test_every_path_that_the_architecture_names_is_there() -> None:
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    paths = set(re.findall(r"`([\w.*/-]+/[\w.*/-]*|[\w-]+\.(?:py|md|toml))`", text))
    places = (ROOT, ROOT / "campaign", ROOT / "docs")
    assert len(paths) > 50
    made = {"content/events/", "output/"}
    assert [
        it for it in sorted(paths - made) if not any((place / it).exists() for place in places)
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
    _, said = EXAMPLES_OF_PROBLEMS
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
    said, _ = EXAMPLES_OF_PROBLEMS
    petition = (ROOT / "content/actions/3-petition.md").read_text(encoding="utf-8")
    content = tmp_path / "content"
    write(content / "actions/3-petition.md", petition.replace("link: https://", "link: htps://"))
    _, problems = check(content, ROOT / "theme")
    address = frontmatter.parse(petition, "").data["link"].partition("://")[2]
    assert said.strip().replace("…", address) in map(str, problems)
