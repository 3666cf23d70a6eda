"""What Markdown would show as rubbish is told in its line, and what only looks like it is not."""

import pytest

from campaign.markdown import render

INDENTED = "this text is indented, which makes it code; begin its lines at the margin"


def together(written: str) -> str:
    return f"this list runs together; write '{written}', and leave a line empty above it"


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
            "Text\n---\n\nMore",
            (
                "2: '---' right below a text makes a heading of it;"
                " leave a line empty between them, or begin a heading with '##'"
            ),
        ),
    ],
)  # fmt: skip
def test_a_slip_is_told_once_in_its_line(text: str, said: str) -> None:
    assert [f"{line}: {message}" for line, message in render(text).mistakes] == [said]


@pytest.mark.parametrize(
    "text",
    [
        # Dashes and numbers that begin a line by chance, and lists that are lists.
        *("He came\n- and went", "It was in\n1945. Then", "Call us:\n+1 555 0100", "— Ada\n– Ben"),
        *("- a\n- b\n\n    - c", "## Bring\n- a\n- b", "1. a\n1) b", "a | b\n- | -\n- | x\n- | y"),
        # Lines that set apart, and an example of code.
        *("Text\n\n---\n\nMore", "Two\nlines\n---", "- a\n\n    More", "    a = 1"),
        # Brackets and asterisks that are meant as such.
        *("[sic] (so it was)", "[1][2]", "[sic] [and so on]", "\\[a\\](b", "smile :( [a](/b)"),
        *("[a](/b) (https://c.org)", "[a](/b(c))", "[a][b]\n\n[b]: /c", "[A b][]\n\n[a b]: /c"),
        *("**a!** and **“b”**", "**a *b* c** **d**", "s**t and f**k", "Prices** up. ** See below"),
        *("2 ** 3", "\\*\\* a \\*\\*", "* * *", "`** a **` `[a](b`", "<!-- [a](b -->\n\nText"),
    ],
)
def test_what_only_looks_like_a_slip_is_none(text: str) -> None:
    assert not render(text).mistakes
