"""Messages and exit statuses of the commands: a sentence for every mistake, and never a traceback."""

import errno
import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from unittest.mock import Mock

import pytest

from campaign import commands
from campaign.build.project import Project
from campaign.commands import build, check, docs
from campaign.commands.registry import COMMANDS
from tests.conftest import MakeProject
from tests.pages import read_pages
from tests.projects import ROOT, build_site, edit, run, snapshot, write

Capture = pytest.CaptureFixture[str]

MESSAGE = "link: 'htps://petitions.example/' is not a web address; did you mean 'https://petitions.example/'?"


def break_content(project: Project) -> None:
    edit(
        project.content / "actions/1-write.md",
        "kind: post",
        "link: htps://petitions.example/\nbutton: Sign\nkind: post",
    )


# Content with problems


def test_a_check_of_good_content_says_so(project: MakeProject, capsys: Capture) -> None:
    made = project("minimal")
    assert check.run(made) == 0
    assert capsys.readouterr() == ("The content is in order.\n", "")
    assert not made.output.exists()


@pytest.mark.parametrize("command", [check, build], ids=["check", "build"])
def test_problems_are_reported_and_nothing_changes(
    project: MakeProject, capsys: Capture, command: Callable[..., object]
) -> None:
    made = project("minimal")
    before = snapshot(build_site(made))
    break_content(made)
    capsys.readouterr()
    assert command.run(made) == 2  # type: ignore[attr-defined]
    out, err = capsys.readouterr()
    assert out == ""
    assert err == (
        f"content/actions/1-write.md:3: {MESSAGE}\n"
        "\n1 thing to mend. The site in output/ stays as it is.\n"
    )
    assert snapshot(made.output) == before


def test_on_github_problems_are_annotations_too(
    project: MakeProject, capsys: Capture, environment: pytest.MonkeyPatch
) -> None:
    environment.setenv("GITHUB_ACTIONS", "true")
    made = project("minimal")
    break_content(made)
    edit(made.content / "letter.md", "Please keep", "![](100%.png)\n\nPlease keep")
    assert build.run(made) == 2
    out, err = capsys.readouterr()
    assert out.splitlines() == [
        f"::error file=content/actions/1-write.md,line=3::{MESSAGE}",
        (
            "::error file=content/letter.md,line=8::image '100%25.png' has no alternative text;"
            " describe it between the brackets: ![what it shows](100%25.png)"
        ),
        (
            "::error file=content/letter.md,line=8::image '100%25.png' leads nowhere;"
            " there is no such file in the content folder"
        ),
    ]
    assert "3 things to mend" in err


LONG = "title: this title has 301 characters; shorten it to 300, and put the rest into the text"


def lengthen_title(project: Project) -> None:
    write(
        project.content / "pages" / "long.md",
        f"---\ntitle: {'A' * 301}\nsummary: It goes on.\n---\n\nText.\n",
    )


@pytest.mark.parametrize("command", [check, build], ids=["check", "build"])
def test_a_notice_is_shown_with_its_line_and_stops_nothing(
    project: MakeProject, capsys: Capture, command: Callable[..., object]
) -> None:
    made = project("minimal")
    lengthen_title(made)
    assert command.run(made) == 0  # type: ignore[attr-defined]
    err = capsys.readouterr().err
    assert err == f"content/pages/long.md:2: {LONG}\n\n1 notice; nothing is stopped by this.\n"
    assert (made.output / "long" / "index.html").is_file() is (command.__name__ == build.__name__)


def test_errors_come_before_notices(
    project: MakeProject, capsys: Capture, environment: pytest.MonkeyPatch
) -> None:
    environment.setenv("GITHUB_ACTIONS", "true")
    made = project("minimal")
    lengthen_title(made)
    edit(made.content / "pages" / "long.md", "---\n\nText", "colour: red\n---\n\nText")
    assert check.run(made) == 2
    out, err = capsys.readouterr()
    assert [line.partition(" ")[0] for line in out.splitlines()] == ["::error", "::notice"]
    assert [line.partition(";")[0] for line in err.splitlines() if line] == [
        "content/pages/long.md:4: colour: unknown field",
        "1 thing to mend.",
        f"content/pages/long.md:2: {LONG}".partition(";")[0],
        "1 notice",
    ]


def test_a_build_tells_where_the_site_is_and_how_much_changed(
    project: MakeProject, capsys: Capture
) -> None:
    made = project("minimal")
    build.run(made)
    count = len(snapshot(made.output))
    edit(made.content / "letter.md", "Please keep", "Do keep")
    build.run(made)
    build.run(made)
    assert capsys.readouterr().out.splitlines() == [
        f"The site is in output/ ({count} files changed).",
        "The site is in output/ (1 file changed).",
        "The site is in output/ (nothing changed).",
    ]


def test_a_file_in_the_place_of_the_site_is_told(project: MakeProject, capsys: Capture) -> None:
    made = project("minimal")
    write(made.root / "output", "mine")
    assert build.run(made) == 2
    assert capsys.readouterr().err == (
        f"'{made.output}' is a file, where the site's folder belongs; move it away\n"
    )
    assert made.output.read_text() == "mine"


def test_a_full_disk_is_told_as_what_it_is(
    project: MakeProject, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = project("minimal")
    full = OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    monkeypatch.setattr("campaign.build.output.begin", Mock(side_effect=full))
    monkeypatch.setattr("campaign.commands.tempfile.NamedTemporaryFile", Mock(side_effect=full))
    with pytest.raises(SystemExit):
        commands.run(lambda: build.run(made))
    assert capsys.readouterr().err == (
        "No space left on device. Nothing of the last good site was lost.\n"
    )


# The command line


def test_the_tasks_read_like_a_table_of_contents(project: MakeProject) -> None:
    made = project("minimal")
    for line in (("invoke", "--list"), ("campaign", "--help")):
        done = run(made, *line)
        assert done.returncode == 0
        listed = " ".join(done.stdout.split())
        for command in COMMANDS:
            assert f" {command.name} {command.help} " in listed


@pytest.mark.parametrize("line", ["invoke", "campaign"])
def test_a_strict_check_counts_notices_as_errors(project: MakeProject, line: str) -> None:
    made = project("minimal")
    assert run(made, line, "check", "--strict").returncode == 0
    lengthen_title(made)
    strict = run(made, line, "check", "--strict")
    assert (strict.returncode, strict.stdout) == (2, "")
    assert strict.stderr.endswith(f"{LONG}\n\n1 notice; --strict counts them as errors.\n")
    assert run(made, line, "check").returncode == 0


@pytest.mark.parametrize("line", ["invoke", "campaign"])
def test_the_command_line_gives_the_exit_status(project: MakeProject, line: str) -> None:
    made = project("minimal")
    good = run(made, line, "check")
    break_content(made)
    bad = run(made, line, "build")
    assert (good.returncode, good.stdout, good.stderr) == (0, "The content is in order.\n", "")
    assert (bad.returncode, bad.stdout) == (2, "")
    assert bad.stderr.startswith(f"content/actions/1-write.md:3: {MESSAGE}\n")


def test_without_invoke_a_build_gives_the_same_site(project: MakeProject) -> None:
    made = project("minimal")
    assert run(made, "invoke", "build", "--publish").returncode == 0
    before = snapshot(made.output)
    done = run(made, "campaign", "build", "--publish")
    assert (done.returncode, done.stdout) == (0, "The site is in output/ (nothing changed).\n")
    assert snapshot(made.output) == before


def test_the_command_line_names_its_tasks(project: MakeProject) -> None:
    wrong = run(project("minimal"), "campaign", "bild")
    assert wrong.returncode == 2
    assert "invalid choice: 'bild'" in wrong.stderr
    assert all(name in wrong.stderr for name in ("build", "check", "publish", "site"))


def test_pelican_alone_reports_every_problem_too(project: MakeProject) -> None:
    made = project("minimal")
    break_content(made)
    edit(made.content / "letter.md", "title:", "titel:")
    done = run(made, "pelican", "content", "--fatal", "warnings", environment={"COLUMNS": "300"})
    said = done.stdout + done.stderr
    assert done.returncode == 2
    assert f"content/actions/1-write.md:3: {MESSAGE}" in said
    assert "content/letter.md:2: titel: unknown field; did you mean 'title'?" in said
    assert "Traceback" not in said
    assert not (made.output / "index.html").exists()


def test_pelican_alone_shows_notices_and_builds(project: MakeProject) -> None:
    made = project("minimal")
    lengthen_title(made)
    done = run(made, "pelican", "content", "--fatal", "warnings")
    assert done.returncode == 0
    assert f"content/pages/long.md:2: {LONG}\n" in done.stderr
    assert (made.output / "long" / "index.html").is_file()


# The theme


def test_the_settings_may_say_how_many_templates_stay_loaded(project: MakeProject) -> None:
    made = project("minimal")
    edit(made.root / "pelicanconf.py", '"auto_reload": False,', '"cache_size": 50,')
    assert build.run(made) == 0


@pytest.mark.slow
@pytest.mark.parametrize(
    ("file", "line", "said"),
    [
        ("templates/home.html", "{% if %}", "Expected an expression, got 'end of statement block'"),
        ("templates/home.html", "{{ nobody }}", "'nobody' is undefined"),
        (
            "templates/partials/footer.html",
            "{{ campaign.nmae }}",
            "has no attribute 'nmae'; did you mean 'name'?",
        ),
        (
            "templates/partials/footer.html",
            "{{ 1 + campaign.name }}",
            "TypeError: unsupported operand",
        ),
        ("templates/partials/footer.html", "{{ t('nothing') }}", "the words 'nothing' are missing"),
        (
            "templates/base.html",
            "{% include 'partials/none.html' %}",
            "no template 'partials/none.html'",
        ),
        ("templates/macros/pass-on.html", "{% macro %}", "expected token 'name'"),
        (
            "templates/home.html",
            '{{ "one"|round }}',
            "TypeError: type str doesn't define __round__",
        ),
        (
            "templates/home.html",
            '{% from "macros/pass-on.html" import row %}{{ row("a", [], 3) }}',
            "TypeError: macro 'row' takes not more than 2 argument(s)",
        ),
        (
            "templates/home.html",
            '{% from "macros/pass-on.html" import row %}{{ row("a", lnks=[]) }}',
            "TypeError: macro 'row' takes no keyword argument 'lnks'",
        ),
    ],
)
def test_a_mistake_in_a_template_is_told_with_its_line(
    project: MakeProject, capsys: Capture, file: str, line: str, said: str
) -> None:
    made = project("minimal")
    before = snapshot(build_site(made))
    capsys.readouterr()
    edit(made.content / "letter.md", "Please keep", "Do keep")
    template = made.theme / file
    lines = template.read_text(encoding="utf-8").split("\n")
    number = next(at for at, text in enumerate(lines, 1) if "<" in text)
    write(template, "\n".join([*lines[: number - 1], line, *lines[number - 1 :]]))
    assert build.run(made) == 1
    out, err = capsys.readouterr()
    assert err.startswith(f"theme/{file}:{number}: ")
    assert said in err
    assert "Traceback" not in out + err
    assert snapshot(made.output) == before


def test_an_argument_that_a_macro_lacks_is_told_with_the_line_of_the_call(
    project: MakeProject, capsys: Capture
) -> None:
    made = project("minimal")
    row = "{% macro row(label) %}\n{{ label }}\n{% endmacro %}"
    write(made.theme / "templates" / "macros" / "row.html", row)
    call = '<h1>\n{% from "macros/row.html" import row %}{{ row() }}'
    edit(made.theme / "templates" / "404.html", "<h1>", call)
    lines = (made.theme / "templates" / "404.html").read_text(encoding="utf-8").split("\n")
    number = next(at for at, text in enumerate(lines, 1) if "row()" in text)
    assert build.run(made) == 1
    assert capsys.readouterr().err == (
        "theme/templates/macros/row.html:2: parameter 'label' was not provided;"
        f" give it in theme/templates/404.html:{number}, where the macro is called\n"
    )


def test_what_a_template_gives_to_the_engine_is_told_with_its_line(
    project: MakeProject, capsys: Capture
) -> None:
    made = project("minimal")
    write(made.theme / "templates" / "404.html", "<p>\n{{ url(3) }}")
    with pytest.raises(SystemExit):
        commands.run(lambda: build.run(made))
    said = "theme/templates/404.html:2: look at what is given to 'url' here\n"
    assert said in capsys.readouterr().err


@pytest.mark.parametrize(
    ("name", "where"), [("letter.html", ""), ("base.html", "theme/templates/home.html:1: ")]
)
def test_a_template_that_is_missing_is_named(
    project: MakeProject, capsys: Capture, name: str, where: str
) -> None:
    made = project("minimal")
    (made.theme / "templates" / name).unlink()
    assert build.run(made) == 1
    assert capsys.readouterr().err == f"{where}the theme has no template '{name}'\n"


def test_a_template_in_another_encoding_is_named(project: MakeProject, capsys: Capture) -> None:
    made = project("minimal")
    write(made.theme / "templates" / "partials" / "old.html", "<p>\n<i>é</i>".encode("latin-1"))
    write(made.theme / "templates" / "404.html", "{% include 'partials/old.html' %}")
    assert build.run(made) == 1
    said = "theme/templates/partials/old.html:2: this file is not UTF-8; save it again with that encoding\n"
    assert capsys.readouterr().err == said


@pytest.mark.parametrize("text", [b"\xe9", b"{% if %}", b"{{ 'a'|none_such }}", b"{% none %}"])
def test_a_template_that_no_page_uses_may_be_unfinished(project: MakeProject, text: bytes) -> None:
    made = project("minimal")
    write(made.theme / "templates" / "partials" / "new.html", text)
    assert build.run(made) == 0


def test_hidden_files_among_the_templates_are_no_templates(project: MakeProject) -> None:
    made = project("minimal")
    # Emacs marks a file that it changes, and macOS keeps what it knows of one beside it.
    (made.theme / "templates" / ".#home.html").symlink_to("someone@somewhere.1:2")
    write(made.theme / "templates" / "partials" / "._footer.html", b"\x00\x05\x16\x07\xff")
    assert build.run(made) == 0


def test_a_mistake_in_a_style_sheet_is_told_with_its_file(
    project: MakeProject, capsys: Capture
) -> None:
    made = project("minimal")
    write(made.theme / "static/css/35-letter.css", "p {}\nb {\n")
    write(made.theme / "static/css/36-mistake.css", "p {}\n}} b {\n")
    assert build.run(made) == 1
    err = capsys.readouterr().err
    assert "theme/static/css/36-mistake.css:1:" in err
    assert "Traceback" not in err


# The variables that a build reads


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        (
            "SOURCE_DATE_EPOCH",
            "yesterday",
            (
                "SOURCE_DATE_EPOCH: 'yesterday' is not a number of seconds since 1970 in this"
                " calendar; set one, or unset it"
            ),
        ),
        (
            "SOURCE_DATE_EPOCH",
            "1718452800.5",
            (
                "SOURCE_DATE_EPOCH: '1718452800.5' is not a number of seconds since 1970 in this"
                " calendar; set one, or unset it"
            ),
        ),
        (
            "SITEURL",
            "library.example",
            "SITEURL: 'library.example' is not a web address; did you mean 'https://library.example'?",
        ),
        (
            "SITEURL",
            "https://library.example/?page=1",
            (
                "SITEURL: 'https://library.example/?page=1' holds '?' or '#'; write the site's own address,"
                " such as https://example.org/reunite"
            ),
        ),
    ],
)
def test_a_variable_that_cannot_be_meant_is_told(  # noqa: PLR0913, PLR0917
    project: MakeProject,
    capsys: Capture,
    environment: pytest.MonkeyPatch,
    name: str,
    value: str,
    said: str,
) -> None:
    environment.setenv(name, value)
    made = project("minimal")
    assert build.run(made) == 2
    assert capsys.readouterr() == ("", f"{said}\n")
    assert not made.output.exists()


def test_empty_variables_count_as_unset(
    project: MakeProject, environment: pytest.MonkeyPatch
) -> None:
    environment.setenv("SOURCE_DATE_EPOCH", "")
    environment.setenv("SITEURL", "")
    pages = read_pages(build_site(project("minimal")))
    assert pages["/"].canonical == ["https://library.example/"]


# The settings


WANTED = (
    'write JINJA_ENVIRONMENT = {"autoescape": True, "undefined": StrictUndefined, …},'
    " so that every text is escaped and no name mistyped"
)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("x = (", "'(' was never closed; mend this line"),
        ("x = 1 / 0", "ZeroDivisionError: division by zero"),
        ("import none_such", "ModuleNotFoundError: No module named 'none_such'"),
        ("raise SystemExit", "the settings end the program here; take that out"),
        ("sys.exit('No.')", "the settings end the program here; take that out"),
        ("JINJA_ENVIRONMENT = {}", WANTED),
        ('JINJA_ENVIRONMENT["autoescape"] = False', WANTED),
        (
            'JINJA_ENVIRONMENT["x"] = 1',
            (
                "JINJA_ENVIRONMENT: Environment.__init__() got an unexpected keyword argument 'x';"
                " take out what is no option of Jinja's"
            ),
        ),
    ],
)
def test_a_mistake_in_the_settings_is_told_with_its_line(
    project: MakeProject, capsys: Capture, line: str, said: str
) -> None:
    made = project("minimal")
    settings = made.settings(publish=False)
    lines = settings.read_text(encoding="utf-8").split("\n")
    write(settings, "\n".join([*lines, line]))
    assert build.run(made) == 2
    assert capsys.readouterr().err == f"pelicanconf.py:{len(lines) + 1}: {said}\n"


def test_settings_without_options_for_templates_are_told(
    project: MakeProject, capsys: Capture
) -> None:
    made = project("minimal")
    edit(made.settings(publish=False), "JINJA_ENVIRONMENT", "OTHER")
    assert build.run(made) == 2
    assert capsys.readouterr().err == f"pelicanconf.py:1: {WANTED}\n"


def test_settings_that_are_missing_are_told(project: MakeProject, capsys: Capture) -> None:
    made = project("minimal")
    made.settings(publish=False).unlink()
    assert build.run(made) == 2
    said = "pelicanconf.py: cannot be read (No such file or directory); put this file back\n"
    assert capsys.readouterr().err == said


# What is nobody's mistake in the content


def test_a_fault_of_ours_is_a_sentence_with_the_details_in_a_file(
    tmp_path: Path, capsys: Capture, environment: pytest.MonkeyPatch
) -> None:
    environment.setattr(tempfile, "tempdir", str(tmp_path))

    def fail() -> int:
        raise LookupError("the moon")

    with pytest.raises(SystemExit) as end:
        commands.run(fail)
    assert end.value.code == 1
    (details,) = tmp_path.iterdir()
    assert capsys.readouterr().err.splitlines() == [
        "This is a fault in the generator or its theme, not in your content: the moon",
        f"Details for whoever mends it: {details}",
    ]
    assert "LookupError: the moon" in details.read_text(encoding="utf-8")


def test_a_file_that_cannot_be_written_is_named(
    tmp_path: Path, project: MakeProject, capsys: Capture, environment: pytest.MonkeyPatch
) -> None:
    environment.setattr(tempfile, "tempdir", str(tmp_path))
    made = project("minimal")
    folder = made.root / ".output.list.new"
    folder.mkdir()  # in the place of the file
    with pytest.raises(SystemExit) as end:
        commands.run(lambda: build.run(made))
    assert end.value.code == 1
    err = capsys.readouterr().err
    assert err.startswith(f"{folder}")
    assert "Nothing of the last good site was lost." in err


def test_to_stop_a_command_is_no_fault(capsys: Capture) -> None:
    def interrupt() -> int:
        raise KeyboardInterrupt

    with pytest.raises(SystemExit) as end:
        commands.run(interrupt)
    assert end.value.code == 130
    assert capsys.readouterr() == ("Stopped.\n", "")


def test_a_command_that_ends_well_ends_quietly() -> None:
    commands.run(lambda: 0)


# The reference of fields


def test_the_reference_of_fields_is_what_the_model_says(project: MakeProject) -> None:
    made = project("minimal")
    assert docs.run(made) == 0
    written = (made.root / "docs/fields.md").read_bytes()
    assert written == (ROOT / "docs/fields.md").read_bytes(), "run: invoke fields"
    assert b"| `share.messages` |" in written
