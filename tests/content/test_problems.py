from dataclasses import replace

import pytest

from campaign.content.problems import (
    Origin,
    Problem,
    has_errors,
    nearest,
    nearest_name,
    printable,
    shorten,
)

ORIGIN = Origin("content/campaign.md", 1, {"share": 7, "share.messages": 8, "share.messages.2": 10})


def test_a_problem_reads_as_path_line_field_and_sentence() -> None:
    assert (
        str(Problem("missing", "content/a.md", 3, field="title"))
        == "content/a.md:3: title: missing"
    )
    assert str(Problem("never closes", "content/a.md", 3)) == "content/a.md:3: never closes"


def test_problems_are_in_the_order_of_files_lines_and_fields() -> None:
    ordered = [
        Problem("z", "a.md", 2, "title"),
        Problem("b", "a.md", 10),
        Problem("a", "a.md", 10, "date"),
        Problem("b", "a.md", 10, "date", "notice"),
        Problem("a", "b.md", 1),
    ]
    assert sorted(ordered[3:] + ordered[:3]) == ordered


def test_a_problem_is_an_annotation_of_its_line_on_github() -> None:
    problem = Problem("50% is\nno title", "content/a,b:c.md", 3, field="title")
    assert (
        problem.annotation()
        == "::error file=content/a%2Cb%3Ac.md,line=3::title: 50%25 is%0Ano title"
    )
    assert Problem("no title", "a.md", 1).annotation() == "::error file=a.md,line=1::no title"


def test_a_problem_is_one_line_whatever_it_tells_of() -> None:
    problem = Problem("d\u2028\x1b[2Je\x85", "content/a\n::error::.md", 3, field="b\r::c")
    assert str(problem) == "content/a ::error::.md:3: b ::c: d [2Je "
    assert problem.annotation().splitlines()[0].startswith("::error file=content/a%0A%3A%3Aerror")


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("a: b::c\n\n2 things to mend.", "a: b::c\n\n2 things to mend."),
        ("::error::a", ": :error::a"),
        ("a\n \t::stop-commands::b", "a\n \t: :stop-commands::b"),
        ("a\r::error::b", "a\ufffd::error::b"),
        ("a ##[error]b", "a ## [error]b"),
        ("a\x1b[2J\x00\x9b", "a\ufffd[2J\ufffd\ufffd"),
    ],
)
def test_what_is_printed_holds_no_command_for_github_or_a_terminal(text: str, printed: str) -> None:
    assert printable(text) == printed


def test_a_notice_stops_nothing_and_is_a_notice_on_github_too() -> None:
    notice = ORIGIN.notice("share.messages.2", "long")
    assert (
        notice.annotation() == "::notice file=content/campaign.md,line=10::share.messages.2: long"
    )
    assert not has_errors([notice])
    assert has_errors([notice, ORIGIN.problem("share", "wrong")])


@pytest.mark.parametrize(
    ("field", "line"),
    [
        ("share.messages.2", 10),
        ("share.messages.3", 8),
        ("share.networks.1.x", 7),
        ("share", 7),
        ("title", 1),
        ("", 1),
    ],
)
def test_a_problem_stands_at_its_field_or_at_what_that_is_part_of(field: str, line: int) -> None:
    assert ORIGIN.problem(field, "wrong") == Problem(
        "wrong", "content/campaign.md", line, field=field
    )


@pytest.mark.parametrize(
    ("word", "name"),
    [("titel", "title"), ("TITLE", "title"), ("dat", "date"), ("colour", None), ("", None)],
)
def test_the_nearest_known_word_is_named(word: str, name: str | None) -> None:
    assert nearest_name(word, ["title", "date"]) == name
    assert nearest(word, ["title", "date"]) == (f"; did you mean '{name}'?" if name else "")


def test_of_very_many_words_the_nearest_is_one_that_begins_alike() -> None:
    names = [f"/events/vigil-{number}/" for number in range(10_000)]
    assert nearest_name("/events/vigil-77777/", names) in names
    assert nearest_name("/evnts/vigil-7/", names) is None


def test_a_long_text_is_cut_and_stands_on_one_line() -> None:
    assert shorten("one\n two\tthree") == "one two three"
    assert shorten("a" * 80) == "a" * 80
    assert shorten("a" * 81) == "a" * 79 + "…"
    assert shorten("abcdef", 5) == "abcd…"


def test_a_problem_gets_the_place_that_it_does_not_have() -> None:
    notice = Problem("long", line=3, field="share.messages.2", severity="notice")
    assert str(ORIGIN.locate(notice)) == "content/campaign.md:3: share.messages.2: long"
    assert ORIGIN.locate(replace(notice, line=0)) == ORIGIN.notice("share.messages.2", "long")


@pytest.mark.parametrize("field", ["organiser", "organiser.2"])
def test_a_problem_of_a_field_that_stands_in_another_file_is_there(field: str) -> None:
    row = Origin("content/events.csv", 12)
    origin = Origin("content/events/a.md", 1, {"title": 2}, {"organiser": row})
    assert origin.problem(field, "wrong") == Problem("wrong", row.path, row.line, field)
