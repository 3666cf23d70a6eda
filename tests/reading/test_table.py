import csv
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.reading.table import Columns, Row, parse
from campaign.reading.text import decode
from tests.mutation import FRAGMENTS

COLUMNS = Columns(["title", "date", "city", "sign_up"], {"town": "city"})


@pytest.mark.parametrize(
    "text",
    [
        "title,date,city\nVigil,2018-06-14,Springfield\n",
        "city,title,date\nSpringfield,Vigil,2018-06-14\n",
        "title;date;city\nVigil;2018-06-14;Springfield\n",
        "title\tdate\tcity\nVigil\t2018-06-14\tSpringfield\n",
        ' Title ,"DATE",city\n"Vigil", 2018-06-14 ,Springfield',
        "\u200btitle,date,city\u200b\nVigil,2018-06-14,Springfield\n\u200b,,",
    ],
)
def test_columns_stand_in_any_order_and_are_set_apart_as_spreadsheets_do(text: str) -> None:
    table = parse(text, "a.csv", COLUMNS)
    assert table.rows == [Row(2, {"title": "Vigil", "date": "2018-06-14", "city": "Springfield"})]
    assert not table.problems
    assert table.whole


def test_a_column_can_be_named_in_words() -> None:
    assert parse("Title,Sign  up\nVigil,x", "a.csv", COLUMNS).columns == ["title", "sign_up"]


@pytest.mark.parametrize("said", ["sep=;", "sep=; ", "sep=|", "sep=\t"])
def test_excels_line_above_the_columns_says_what_separates_the_cells(said: str) -> None:
    table = parse(f"{said}\ntitle;date\nA, b;1\n".replace(";", said[4]), "a.csv", COLUMNS)
    assert table.rows == [Row(3, {"title": "A, b", "date": "1"})]
    assert not table.problems


def test_a_cell_may_be_as_long_as_an_editor_likes() -> None:
    table = parse(f"title\n{'a' * 200_000}", "a.csv", COLUMNS)
    assert [len(row.cells["title"]) for row in table.rows] == [200_000]


@pytest.mark.parametrize(
    ("header", "said"),
    [
        ("title,city", "1: date: this column is missing; write the day"),
        ("title,dat", "1: dat: unknown column; did you mean 'date'?"),
    ],
)
def test_without_a_column_that_is_needed_no_row_is_read_and_none_is_told_of(
    header: str, said: str
) -> None:
    needed = Columns(COLUMNS.names, needed={"title": "a title", "date": "the day"})
    table = parse(f"{header}\nA,1\nB\nC,2,3\n", "a.csv", needed)
    assert [str(problem) for problem in table.problems] == [f"a.csv:{said}"]
    assert not table.rows
    assert not table.whole


def test_rows_have_the_line_where_they_begin_and_empty_ones_are_passed_over() -> None:
    text = '\ntitle,date\n\n"A ""big""\nrally",1\n , \nVigil,\n'
    table = parse(text, "a.csv", COLUMNS)
    assert table.rows == [
        Row(4, {"title": 'A "big"\nrally', "date": "1"}),
        Row(7, {"title": "Vigil"}),
    ]


@pytest.mark.parametrize(
    ("text", "said", "whole"),
    [
        (
            "",
            "1: the table is empty; its first row names the columns: title, date, city, sign_up",
            False,
        ),
        (
            " \n",
            "1: the table is empty; its first row names the columns: title, date, city, sign_up",
            False,
        ),
        ("titel\nA", "1: titel: unknown column; did you mean 'title'?", True),
        ("title,Home  Town\nA,", "1: Home Town: unknown column; did you mean 'city'?", True),
        (
            "Vigil,2018-06-14,Springfield\nA,B,C",
            (
                "1: this row names no column;"
                " write a row above it with the names of the columns: title, date, city, sign_up"
            ),
            False,
        ),
        (
            "Our events,\n,\nas of June,\nTitle,City\nA,B",
            "1: this row names no column; delete all rows above the one with the names of the columns",
            False,
        ),
        (
            "Our events\n\nTitle;City\nA;B",
            "1: this row names no column; delete all rows above the one with the names of the columns",
            False,
        ),
        (
            'Our events\nTitle\t"City"\nA\t"B"',
            "1: this row names no column; delete all rows above the one with the names of the columns",
            False,
        ),
        ("title,x\nA,", "1: x: unknown column; the columns are title, date, city, sign_up", True),
        ("title,title\nA,B", "1: title: this column is there twice; remove one", True),
        ("title,date\nA", "2: this row has 1 of 2 cells; write ',' for each empty cell too", False),
        ("title;date\nA", "2: this row has 1 of 2 cells; write ';' for each empty cell too", False),
        (
            "title\tdate\nA",
            "2: this row has 1 of 2 cells; write a tab for each empty cell too",
            False,
        ),
        (
            "title,date\nA, the first,1",
            (
                "2: this row has 3 cells for 2 columns;"
                " put a cell that holds ',' in quotes, or take out empty cells at its end"
            ),
            False,
        ),
        (
            'title,date\nA,1\n"B" b,2\nC,3',
            '3: the quotes of this row do not fit; a cell that holds quotes is written so: "the ""big"" rally"',
            False,
        ),
        (
            'title,date\nA,1\n"B,2\nC,3',
            '3: the quotes of this row do not fit; a cell that holds quotes is written so: "the ""big"" rally"',
            False,
        ),
        (
            "title,,\nA,,\nB,x,y\nC,z,",
            "3: 'y' stands in a column without a name; name it in the first row",
            False,
        ),
    ],
)
def test_a_mistake_is_told_once_in_its_line(text: str, said: str, whole: bool) -> None:  # noqa: FBT001
    table = parse(text, "a.csv", COLUMNS)
    assert [str(problem) for problem in table.problems] == [f"a.csv:{said}"]
    assert table.whole is whole


def test_one_wrong_row_hides_no_other() -> None:
    table = parse("title,date\nA\nB,2\nC,3,4\nD,5", "a.csv", COLUMNS)
    assert [row.cells["title"] for row in table.rows] == ["B", "D"]


cells = st.text(st.characters(exclude_characters="\r\0", codec="utf-8")).map(str.strip)


@given(st.lists(st.lists(cells, min_size=2, max_size=2), min_size=1))
def test_what_a_spreadsheet_saves_is_read_back(rows: list[list[str]]) -> None:
    file = StringIO(newline="")
    csv.writer(file).writerows([["title", "date"], *rows])
    table = parse(file.getvalue().replace("\r\n", "\n"), "a.csv", COLUMNS)
    read = [[row.cells.get("title", ""), row.cells.get("date", "")] for row in table.rows]
    assert read == [row for row in rows if any(row)]
    assert not table.problems


@given(st.lists(st.sampled_from(FRAGMENTS) | st.text(), max_size=12))
def test_whatever_stands_there_is_read_or_explained(parts: list[str]) -> None:
    text, _ = decode("".join(parts).encode(), "a.csv")
    table = parse(text, "a.csv", COLUMNS)
    lines = range(1, text.count("\n") + 2)
    assert all(problem.line in lines for problem in table.problems)
    assert all(row.line in lines for row in table.rows)


def test_a_row_of_very_many_names_is_told_and_not_read() -> None:
    names = ",".join(f"name {number}" for number in range(501))
    table = parse(f"title,date,{names}\nA,2024-01-01\n", "a.csv", COLUMNS)
    assert [str(problem) for problem in table.problems] == [
        "a.csv:1: this row names 503 columns; take out those that are none of the table's"
    ]
    assert not table.rows
    assert not table.whole
