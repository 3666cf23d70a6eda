"""Text that Markdown would show as rubbish is told in its line, and text that only looks like it is not."""

import pytest

from campaign.content.markdown import render

INDENTED = "this text is indented, which makes it code; begin its lines at the margin"


def together(written: str) -> str:
    return f"this list runs together; write '{written}', and leave a line empty above it"


def within(wanted: int, found: int) -> str:
    remedy = f"indent it by {wanted} spaces, not {found}"
    return f"this list within a list would run into the outer one; {remedy}"


def fenced(sign: str) -> str:
    remedy = "take both lines out, and put '`' before and after what is code within a line"
    return f"'{sign}' does not set code apart here; {remedy}"


def open_at(words: str) -> str:
    remedy = "write '**' where the bold words end, or '\\*\\*' where asterisks are to be seen"
    return f"'{words}' is never closed; {remedy}"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Bring:\n- a\n- b", f"2: {together('- a')}"),
        ("Bring:\n- a", f"2: {together('- a')}"),
        ("Bring these\n1. a\n2. b", f"2: {together('1. a')}"),
        ("## Bring\n\n> these\n> * a\n> * b", f"4: {together('- a')}"),
        ("Text\n\n• one\n• two", f"3: {together('- one')}"),
        ("Bring\n•one", f"2: {together('- one')}"),
        ("1) one\n2) two", f"1: {together('1. one')}"),
        (
            "a\n[the letter] (https://a.org)",
            "2: no space can stand between '[the letter]' and '('; take it out",
        ),
        ("![a] (images/b.png)", "1: no space can stand between '[a]' and '('; take it out"),
        (
            "a\n[the (old)\nletter](/b and\nmore\n\n(c)",
            "3: the link '[the (old) letter](/b' never ends; write ')' after its address",
        ),
        ("[a](/b (c) d", "1: the link '[a](/b' never ends; write ')' after its address"),
        ("a\n[the letter][b]", "2: there is no address for '[b]'; write [the letter](address)"),
        ("[the letter][]", "1: there is no address for '[the letter]'; write [the letter](address)"),
        (
            "a ** bold ** b",
            "1: '** bold **' shows its asterisks; write **bold**, without spaces inside",
        ),
        ("**Note: ** b", "1: '**Note: **' shows its asterisks; write **Note:**, without spaces inside"),
        ("Dear all,\n\n    we write to you.", f"3: {INDENTED}"),
        ("\tDear all,\n\twe write.\n\nText", f"1: {INDENTED}"),
        (
            "Text\n\n| a | b |\n| c | d |",
            "3: this table has no line of dashes; write '| --- | --- |' below its first line",
        ),
        ("a | b\nc | d", "1: this table has no line of dashes; write '| --- | --- |' below its first line"),
        ("## Do\n- a\n- [ ] b\n- [x] c", "3: '[ ]' is no box to tick here, and is shown as it is; take it out"),
        ("1. [X] a", "1: '[X]' is no box to tick here, and is shown as it is; take it out"),
        ("- a\n  - b\n  - c\n    - d\n- e\n  - f", f"2: {within(4, 2)}"),
        ("Text\n\n- a\n\n  - b", f"5: {within(4, 2)}"),
        ("1. a\n   - b\n2. c", f"2: {within(4, 3)}"),
        ("* a\n  1. b", f"2: {within(4, 2)}"),
        ("- a\n    - b\n      - c", f"3: {within(8, 6)}"),
        ("Text\n\n```\nx = 1\n\ny = 2\n```", f"3: {fenced('```')}"),
        ("```python\nx = 1\n```", f"1: {fenced('```')}"),
        ("~~~\n```\n~~~", f"1: {fenced('~~~')}"),
        (
            "It is\n~~on Friday~~ on Saturday",
            "2: '~~on Friday~~' shows its tildes; take them out, and 'on Friday' where it no longer holds",
        ),
        ("a **b** and\n**c of `d`.\n\nMore", f"2: {open_at('**c of ….')}"),
        ("**Note:* b", f"1: {open_at('**Note:')}"),
        ("**[a](/b) c", f"1: {open_at('**[a](/b) c')}"),
        (
            "Text\n---\n\nMore",
            (
                "2: '---' right below a text makes a heading of it;"
                " leave a line empty between them, or begin a heading with '##'"
            ),
        ),
    ],
)  # fmt: skip
def test_a_slip_is_told_once_in_its_line(text: str, said: str) -> None:
    assert [f"{it.line}: {it.message}" for it in render(text).problems] == [said]


@pytest.mark.parametrize(
    "text",
    [
        # Dashes and numbers that begin a line by chance, and lists that are lists.
        "He came\n- and went",
        "It was in\n1945. Then",
        "Call us:\n+1 555 0100",
        "— Ada\n– Ben",
        "- a\n- b\n\n    - c",
        "## Bring\n- a\n- b",
        "1. a\n1) b",
        "a | b\n- | -\n- | x\n- | y",
        # Lines that set apart, and an example of code.
        "Text\n\n---\n\nMore",
        "Two\nlines\n---",
        "- a\n\n    More",
        "    a = 1",
        # Brackets and asterisks that are meant as such.
        "[sic] (so it was)",
        "[1][2]",
        "[sic] [and so on]",
        "\\[a\\](b",
        "smile :( [a](/b)",
        "[a](/b) (https://c.org)",
        "[a](/b(c))",
        "[a][b]\n\n[b]: /c",
        "[A b][]\n\n[a b]: /c",
        "**a!** and **“b”**",
        "**a *b* c** **d**",
        "s**t and f**k",
        "Prices** up. ** See below",
        "**Use `x`**",
        "**`x` and** y",
        "**`x`, `y`**",
        "***a*** b",
        "**a\nb**",
        "f** you",
        "**",
        # Lists in lists, and lines that go on.
        "- a\n    - b\n        - c\n- d",
        "- a\n  b\n- c",
        " - a\n- b\n - c",
        "  - a\n  - b",
        "- May\n  14. We",
        "- a\n\nText\n\n  - b",
        "Text:\n\n    - a: {}\n      - b: 1\n",
        "- [x](/a) b",
        "- [ ] (b)",
        "- [a] b",
        "Mon | Tue",
        "a \\| b\nc \\| d",
        "a | b\nand so on",
        "```x``` is code",
        "a ``` b",
        "~ 5 ~~ 6",
        "a~~b c~~~d",
        "\\~~a~~",
        "`~~a~~` `- [ ] a`",
        "2 ** 3",
        "\\*\\* a \\*\\*",
        "* * *",
        "`** a **` `[a](b`",
        "<!-- [a](b -->\n\nText",
    ],
)
def test_what_only_looks_like_a_slip_is_none(text: str) -> None:
    assert not render(text).problems
