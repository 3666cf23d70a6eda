from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.content.text import find_invisible
from campaign.reading.text import decode, read_text


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"", ""),
        ("Straße 漢字 مرحبا 🧒\n".encode(), "Straße 漢字 مرحبا 🧒\n"),
        (b"\xef\xbb\xbfA\n", "A\n"),
        ("A\n\ufeffB\ufeff\n".encode(), "A\nB\n"),
        ("क्\u200cष 👨\u200d👧".encode(), "क्\u200cष 👨\u200d👧"),
        (b"A\r\nB\rC\n", "A\nB\nC\n"),
        ("Café\r\n漢字\r\n".encode("utf-16"), "Café\n漢字\n"),
        (b"\xfe\xff" + "Café".encode("utf-16-be"), "Café"),
        ("tab\tand no-break\u00a0space".encode(), "tab\tand no-break\u00a0space"),
    ],
)
def test_a_text_is_read_with_one_kind_of_line_end_and_without_a_mark_before_it(
    tmp_path: Path, data: bytes, text: str
) -> None:
    (tmp_path / "a.md").write_bytes(data)
    assert read_text(tmp_path / "a.md", "a.md", tmp_path) == (text, [])


@pytest.mark.parametrize(
    ("data", "line"),
    [
        ("A\nB\nCafé".encode("latin-1"), 3),
        ("Café\n".encode("utf-16")[:-1], 1),
        ("A\nB\n".encode("utf-16-le"), 1),
    ],
)
def test_another_encoding_is_one_mistake_in_its_first_line(data: bytes, line: int) -> None:
    text, problems = decode(data, "a.md")
    assert [str(problem) for problem in problems] == [
        f"a.md:{line}: this file is not UTF-8; save it again with the encoding UTF-8"
    ]
    assert not text


def test_who_saves_a_table_is_told_what_excel_calls_its_encoding() -> None:
    _, problems = decode("A\nCafé\n".encode("cp1252"), "content/events.csv")
    assert [str(problem) for problem in problems] == [
        (
            "content/events.csv:2: this file is not UTF-8; save it again with the encoding UTF-8,"
            " which Excel calls 'CSV UTF-8'"
        )
    ]


@pytest.mark.parametrize(
    ("character", "name"),
    [
        ("\x07", "U+0007"),
        ("\x7f", "U+007F"),
        ("\x85", "U+0085"),
        ("\u2028", "U+2028"),
        ("\ufdd0", "U+FDD0"),
        ("\ufffe", "U+FFFE"),
        ("\U0010ffff", "U+10FFFF"),
    ],
)
def test_a_character_that_nobody_sees_is_told_once_for_each_line(character: str, name: str) -> None:
    text, problems = decode(f"A\n{character} B {character}\n\n{character}".encode(), "a.md")
    sentence = (
        f"an invisible character ({name}) that no page can show; type the words around it anew"
    )
    assert [str(problem) for problem in problems] == [f"a.md:2: {sentence}", f"a.md:4: {sentence}"]
    assert not text


def test_a_file_that_cannot_be_opened_is_a_problem_too(tmp_path: Path) -> None:
    text, problems = read_text(tmp_path / "gone.md", "gone.md", tmp_path)
    assert [str(problem) for problem in problems] == [
        "gone.md:1: cannot be read (No such file or directory); check the file's permissions"
    ]
    assert not text


@given(st.binary() | st.text().map(str.encode))
def test_any_bytes_are_a_clean_text_or_a_problem_in_one_of_their_lines(data: bytes) -> None:
    text, problems = decode(data, "a.md")
    assert find_invisible(text) is None
    lines = data.replace(b"\r\n", b"\n").replace(b"\r", b"\n").count(b"\n") + 1
    assert all(1 <= problem.line <= lines for problem in problems)
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return
    assert problems or text.encode() == data.replace(b"\xef\xbb\xbf", b"").replace(
        b"\r\n", b"\n"
    ).replace(b"\r", b"\n")
