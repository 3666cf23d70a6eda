"""The domain of a site, in `extra/CNAME`: one line, a bare host name."""

from pathlib import Path

import pytest

from campaign.commands import check
from campaign.reading import domain
from tests.conftest import MakeProject
from tests.projects import write

PATH = "content/extra/CNAME"
MISSING = "the site's domain is missing; write it, such as www.example.org, or delete this file"


@pytest.mark.parametrize(
    "text",
    ["library.example", "library.example\n", "www.keep-it.example\r\n", "A.B.xn--p1ai", "1.2.a3"],
)
def test_a_bare_host_name_is_in_order(tmp_path: Path, text: str) -> None:
    assert domain.problems(write(tmp_path / "CNAME", text), PATH, tmp_path) == []


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", f"1: {MISSING}"),
        ("\n", f"1: {MISSING}"),
        (
            "https://library.example/\n",
            "1: 'https://library.example/' is not a bare domain; did you mean 'library.example'?",
        ),
        (
            "library.example/a\n",
            "1: 'library.example/a' is not a bare domain; did you mean 'library.example'?",
        ),
        (
            " library.example",
            "1: a space stands beside the domain; take it out",
        ),
        (
            "bücher.example",
            "1: 'bücher.example' is not a bare domain; did you mean 'xn--bcher-kva.example'?",
        ),
        ("library", "1: 'library' is not a bare domain; write it alone, such as www.example.org"),
        ("10.0.0.1", "1: '10.0.0.1' is not a bare domain; write it alone, such as www.example.org"),
        (
            "-a.example",
            "1: '-a.example' is not a bare domain; write it alone, such as www.example.org",
        ),
        ("//[a", "1: '//[a' is not a bare domain; write it alone, such as www.example.org"),
        (
            f"{'a' * 64}.example",
            f"1: '{'a' * 64}.example' is not a bare domain; write it alone, such as www.example.org",
        ),
        (
            "a.example\n\nb.example\n",
            "3: only one line belongs here, the site's domain; take the others out",
        ),
        (
            "\ufefflibrary.example",
            "1: an invisible mark stands before the domain; save this file as plain ASCII or UTF-8 without BOM",
        ),
    ],
)
def test_what_is_no_domain_is_told_with_its_line(tmp_path: Path, text: str, told: str) -> None:
    file = write(tmp_path / "CNAME", text)
    assert [str(problem) for problem in domain.problems(file, PATH, tmp_path)] == [f"{PATH}:{told}"]


def test_a_wrong_domain_keeps_a_site_from_being_built(
    project: MakeProject, capsys: pytest.CaptureFixture[str]
) -> None:
    made = project("minimal")
    write(made.content / "extra/CNAME", "https://library.example")
    assert check.run(made) == 2
    assert capsys.readouterr().err.startswith(f"{PATH}:1: 'https://library.example' is not")


def test_a_file_of_that_name_elsewhere_is_any_file(project: MakeProject) -> None:
    made = project("minimal")
    write(made.content / "extra/kit/CNAME", "anything")
    assert check.run(made) == 0
