from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from campaign.content.text import is_blank
from campaign.reading import frontmatter
from campaign.reading.text import decode
from tests.mutation import FRAGMENTS

PARSERS = [yaml.BaseLoader, *([yaml.CBaseLoader] if hasattr(yaml, "CBaseLoader") else [])]
THIS_LINE = (
    "this line is not 'name: value'; write the field's name, a colon and a space;"
    " if the text begins here, put a line of '---' above it"
)


def parse(fields: str) -> frontmatter.FrontMatter:
    return frontmatter.parse(f"---\n{fields}\n---\nText.\n", "a.md")


@pytest.fixture(params=PARSERS, ids=lambda loader: str(loader.__name__))
def either_parser(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """With libyaml and without it the same is read and the same is said."""
    monkeypatch.setattr(frontmatter, "LOADER", request.param)


def test_fields_and_text_are_told_apart_with_the_line_of_each() -> None:
    front = frontmatter.parse("--- \ntitle: A\nshare:\n  networks: [x]\n---\nText.\n---\n", "a.md")
    assert front.data == {"title": "A", "share": {"networks": ["x"]}}
    assert front.lines == {"title": 2, "share": 3, "share.networks": 4, "share.networks.1": 4}
    assert (front.body, front.body_line) == ("Text.\n---\n", 6)
    assert front.found
    assert not front.problems


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "the first line must be '---', then come the fields, and '---' again before the text"),
        (
            "title: A\n---\nText.",
            "the first line must be '---', then come the fields, and '---' again before the text",
        ),
        (
            "---\ntitle: A\n\nText.",
            "the front matter never closes; put a line of '---' between the fields and the text",
        ),
    ],
)
def test_a_file_without_front_matter_is_not_read(text: str, sentence: str) -> None:
    front = frontmatter.parse(text, "a.md")
    assert [str(problem) for problem in front.problems] == [f"a.md:1: {sentence}"]
    assert not front.found


@pytest.mark.parametrize("line", ["—", "--", "----", "–––", "-— "])
def test_a_line_that_nearly_closes_the_fields_is_told_and_taken_as_meant(line: str) -> None:
    front = frontmatter.parse(f"---\ntitle: A\n{line}\nText.\n---\n", "a.md")
    said = f"a.md:3: '{line.strip()}' does not close the front matter; write '---'"
    assert [str(problem) for problem in front.problems] == [said]
    assert (front.data, front.body) == ({"title": "A"}, "Text.\n---\n")


@pytest.mark.parametrize(
    "typed",
    [
        "18:00",
        "no",
        "Yes",
        "01234",
        "1e3",
        "0x10",
        "~",
        "null",
        "2018-06-14",
        "1_000",
        "-1",
        ".5",
        "a:b",
        "https://example.org/?a=b#c",
        "C# or C",
        "it's",
        "a - b",
        "(a) b?",
        "50% off",
        "a & b",
    ],
)
@pytest.mark.usefixtures("either_parser")
def test_a_value_stays_as_it_was_typed(typed: str) -> None:
    assert parse(f"title: {typed}").data == {"title": typed}
    assert parse(f"titles:\n  - {typed}").data == {"titles": [typed]}


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ('"#Keep"', "#Keep"),
        ("'it''s: here'", "it's: here"),
        ('"a \\"b\\""', 'a "b"'),
        ("live  # | won | lost", "live"),
        ('"#Keep" # the tag', "#Keep"),
        ("one\n  two", "one two"),
        (">\n  one\n  two\n", "one two"),
        ("|\n  one\n  two\n", "one\ntwo"),
        ("\t\tone", "one"),
    ],
)
@pytest.mark.usefixtures("either_parser")
def test_quotes_comments_and_long_texts_are_read_as_yaml_reads_them(typed: str, value: str) -> None:
    front = parse(f"title: {typed}\nlast: x")
    assert front.data == {"title": value, "last": "x"}
    assert not front.problems


@pytest.mark.parametrize(
    ("fields", "data"),
    [
        ("", {}),
        ("# title: A", {}),
        ("title:\ngroup: {}\nlast: ''\nunseen: \u200b", {}),
        ("list: []\ngroup: {list: []}", {"list": [], "group": {"list": []}}),
        ("list:\n  -\n  - ''", {}),
        ("\u200btitle\u200b: A", {"title": "A"}),
        ("list:\n  -\n  - a\n  - ''\ngroup:\n  name:", {"list": ["a"]}),
        ("list:\n- a\n- b", {"list": ["a", "b"]}),
        ("list: [\n  a,\n]", {"list": ["a"]}),
        ("group:\n\tname: A\n\tof:\n\t\tmore: B", {"group": {"name": "A", "of": {"more": "B"}}}),
        ("{title: A}", {"title": "A"}),
        (" title: A\n date: B", {"title": "A", "date": "B"}),
        (" title: A\ndate: B", {"title": "A", "date": "B"}),
        ('"title": A', {"title": "A"}),
    ],
)
@pytest.mark.usefixtures("either_parser")
def test_all_that_can_be_understood_is_read_and_what_is_empty_left_out(
    fields: str, data: dict[str, Any]
) -> None:
    front = parse(fields)
    assert front.data == data
    assert front.found
    assert not front.problems


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        *(
            (
                written,
                (
                    f"{where}: what follows '#' would be lost;"
                    f' put the value in quotes: "{whole}", or a comment on a line of its own'
                ),
            )
            for written, where, whole in (
                ("hashtag: #Keep", "3: hashtag", "#Keep"),
                ("hashtag:  #Keep", "3: hashtag", "#Keep"),
                ("title: We #Keep it", "3: title", "We #Keep it"),
                ("title: C #", "3: title", "C #"),
                ("list: [a,\n  b #c\n  ]", "4: list.2", "b #c"),
            )
        ),
        (
            "menu: main # top",
            (
                "3: menu: what follows '#' would be lost;"
                ' put a comment on a line of its own, or the whole value in quotes: "main # top"'
            ),
        ),
        ("title: A: b", "3: title: a value that holds ': ' needs quotes: \"A: b\""),
        ("title: “A: b”", "3: title: a value that holds ': ' needs quotes: \"A: b\""),
        ("title: Why:", "3: title: a value that holds ': ' needs quotes: \"Why:\""),
        ('title: A "b": c', "3: title: a value that holds ': ' needs quotes: 'A \"b\": c'"),
        *(
            (
                f"title: {sign}a b",
                f"3: title: a value that begins with '{sign}' needs quotes: \"{sign}a b\"",
            )
            for sign in "@`%|>},]"
        ),
        (
            "title: {mention} {url}",
            "3: title: a value that begins with '{' needs quotes: \"{mention} {url}\"",
        ),
        ("title: *a* b", "3: title: a value that begins with '*' needs quotes: \"*a* b\""),
        ("title: ? a", "3: title: a value that begins with '?' needs quotes: \"? a\""),
        ("title: *a", "3: title: a value that begins with '*' needs quotes"),
        ("title: &a b", "3: title: a value that begins with '&' needs quotes"),
        ("title: !a b", "3: title: a value that begins with '!' needs quotes"),
        ("title: !a {b: c}", "3: title: a value that begins with '!' needs quotes"),
        (
            "group:\n  list:\n    - @a",
            "5: group.list: a value that begins with '@' needs quotes: \"@a\"",
        ),
        (
            "group:\n  x: y\n  name: @a",
            "5: group.name: a value that begins with '@' needs quotes: \"@a\"",
        ),
        (
            "list:\n  - label: A: b\n    url: c",
            "4: list.label: a value that holds ': ' needs quotes: \"A: b\"",
        ),
        ('title: "A', '3: title: the quote before this value never closes; put " at its end'),
        ("title: 'A", "3: title: the quote before this value never closes; put ' at its end"),
        # Another quote, lines below, closes it for YAML.
        (
            'group:\n  list:\n    - "A\n    - "B"\n    - C: d',
            '5: group.list: the quote before this value never closes; put " at its end',
        ),
        (
            "group:\n  title: 'A\n\n  name: 'B'",
            "4: group.title: the quote before this value never closes; put ' at its end",
        ),
        ('group:\n  title: "A\n    B" C', f"5: {THIS_LINE}"),
        (
            "title: 'It's A'",
            '3: title: the value goes on after its second quote; put the whole in quotes: "It\'s A"',
        ),
        (
            'title: "A" and "B"',
            '3: title: the value goes on after its second quote; put the whole in quotes: \'"A" and "B"\'',
        ),
        (
            "title: 'A' isn't \"B\"",
            "3: title: the value goes on after its second quote; put the whole in quotes: '''A'' isn''t \"B\"'",
        ),
        (
            'title: "A "good" letter"',
            "3: title: the value goes on after its second quote; put the whole in quotes: 'A \"good\" letter'",
        ),
        (
            'title: "C:\\path"',
            "3: title: a backslash within double quotes means something else; use single ones: 'C:\\path'",
        ),
        (
            'title: "A\\aB"',
            "3: title: holds an invisible character (U+0007) that no page can show; take what stands for it out",
        ),
        (
            "list: [a, b",
            "3: list: the ']' after this list is missing; write [a, b], or put a text in quotes: \"[a, b\"",
        ),
        (
            "list: [a, b] c",
            (
                "3: list: this list in brackets does not work; write its items on lines of their own below,"
                " each after '- ', or put a text in quotes: \"[a, b] c\""
            ),
        ),
        (
            "list: - a",
            "3: list: a list begins on a line of its own below the field's name, each item after '- '",
        ),
        (
            "link:https://a.org",
            "3: link: a space is missing after the colon; write 'link: https://a.org'",
        ),
        (
            "group:\n  url:a\n  b: c",
            "4: group.url: a space is missing after the colon; write 'url: a'",
        ),
        ("This is no field", f"3: {THIS_LINE}"),
        ("This is no field\n\nnor this\n\nnor that", f"3: {THIS_LINE}"),
        *(
            (
                written,
                (
                    f"{where}: an item of a list stands where none can;"
                    " a list goes below its field, which has no other value"
                ),
            )
            for written, where in (
                ("- a", "3: first"),
                ("group:\n  b: c\n  - d", "5: group.b"),
            )
        ),
        (
            "title: A\n  date: B",
            "4: date: this line begins too far left or right; begin it exactly below the one that it goes with",
        ),
        (
            "group:\n    a: b\n  c: d",
            "5: group.c: this line begins too far left or right; begin it exactly below the one that it goes with",
        ),
        ("...", "3: '...' begins no field; take this line out"),
        ("--- # fields", "3: '---' begins no field; take this line out"),
        ("%YAML 1.2", "3: '%YAML' begins no field; take this line out"),
        ("first: again", "3: first: is set twice, first on line 2; remove one"),
        ("first: [a, {b: c}]", "3: first: is set twice, first on line 2; remove one"),
        (
            "group:\n  a: b\n  a: {c: d}",
            "5: group.a: is set twice, first on line 4; remove one",
        ),
        (
            "? [a, {b: c}]\n: d",
            "3: a field's name is one word before ':'; put a text that holds ':', '{' or '[' in quotes",
        ),
        (
            "group:\n  {mention}: a",
            "4: group: a field's name is one word before ':'; put a text that holds ':', '{' or '[' in quotes",
        ),
        (
            '"a\\nb": c',
            "3: a field's name is one word before ':'; put a text that holds ':', '{' or '[' in quotes",
        ),
        (
            "deep: [[[[a]]]]",
            "3: deep.1.1.1: is nested too deeply; put a text that holds '[' or '{' in quotes",
        ),
    ],
)
@pytest.mark.usefixtures("either_parser")
def test_a_mistake_is_told_once_in_its_line_and_hides_no_other_field(wrong: str, said: str) -> None:
    front = parse(f"first: A\n{wrong}\nlast: Z")
    assert [str(problem) for problem in front.problems] == [f"a.md:{said}"]
    assert front.data.get("last") == "Z"


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        ("hashtag: #Keep", "hashtag"),
        ("title: A: b", "title"),
        ("group:\n  name: @a", "group"),
        ("Title The letter", "title"),
        ("link:https://a.org", "link"),
        ("title: A\n  date: B", "date"),
        ("just a text", "just"),
    ],
)
def test_a_field_that_is_told_of_is_not_missing_as_well(fields: str, name: str) -> None:
    assert name in parse(fields).refused


def test_a_text_without_the_line_before_it_is_one_mistake() -> None:
    text = "---\ntitle: A\n\nDear all,\n\nwe write to you.\n\n---\n\nYours\n"
    assert [str(problem) for problem in frontmatter.parse(text, "a.md").problems] == [
        f"a.md:4: {THIS_LINE}"
    ]


# YAML takes the white space around a value away, and a text that shows nothing is none.
clean = (
    st.text(min_size=1)
    .map(str.strip)
    .filter(lambda text: not is_blank(text) and decode(text.encode(), "")[0] == text)
)


@given(clean)
def test_any_text_survives_in_single_quotes(value: str) -> None:
    quoted = value.replace("'", "''").replace("\n", "\n\n  ")
    front = parse(f"title: '{quoted}'")
    assert front.data == {
        "title": "\n".join(line.strip() for line in value.replace("\t", "  ").split("\n"))
    }


@given(st.lists(st.sampled_from(FRAGMENTS) | st.text(), max_size=12))
def test_whatever_stands_there_is_read_or_explained_alike_with_libyaml_and_without(
    parts: list[str],
) -> None:
    text, _ = decode("".join(parts).encode(), "a.md")
    answers = []
    with pytest.MonkeyPatch.context() as patch:
        for loader in PARSERS:
            patch.setattr(frontmatter, "LOADER", loader)
            answers.append(parse(text))
    for answer in answers:
        assert all(1 <= problem.line <= text.count("\n") + 4 for problem in answer.problems)
        assert all(len(str(problem).splitlines()) == 1 for problem in answer.problems)
    if not any(answer.problems for answer in answers):
        assert all(answer.data == answers[0].data for answer in answers)


@pytest.mark.parametrize("sign", ["[", "{", "[a, ", "- [{"])
def test_very_many_open_brackets_are_told_in_their_line_and_not_read(sign: str) -> None:
    front = frontmatter.parse(f"---\ntitle: A\nnames: {sign * 101}\n---\nText", "a.md")
    assert [str(problem) for problem in front.problems] == [
        (
            "a.md:3: more than 100 '[' or '{' are open here;"
            " close them, or put the text that holds them in quotes"
        )
    ]
    assert front.body == "Text"


def test_brackets_in_quotes_or_closed_ones_are_read() -> None:
    text = f"---\na: '{'[' * 200}'\nb: \"{'{' * 200}\"\nc: [{'[], ' * 200}]\n---\n"
    assert not frontmatter.parse(text, "a.md").problems


def test_very_many_fields_are_one_problem() -> None:
    fields = "".join(f"field{number}: x\n" for number in range(2_001))
    front = frontmatter.parse(f"---\n{fields}---\n\nText.", "a.md")
    assert [str(problem) for problem in front.problems] == [
        "a.md:1: more than 2,000 lines of fields stand here; put what is no field below a second line of '---'"
    ]
