"""The table's writer: what is set is read back, and everything else keeps its bytes."""

import csv
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.importing.sheet import Sheet
from campaign.reading.table import Columns, Row, parse
from campaign.reading.text import decode

COLUMNS = Columns(["title", "date", "city", "latitude"])
TABLE = 'title,date\r\n"A, b" ,2024-06-14\r\n\r\n\'C\',"2024-06-15"'


def rows(data: bytes) -> list[Row]:
    """Return the rows of a table as the site reads them."""
    text, problems = decode(data, "a.csv")
    table = parse(text, "a.csv", COLUMNS)
    assert not problems
    assert not table.problems
    return table.rows


@pytest.mark.parametrize(
    "data",
    [
        b"title,date\nA,1\n",
        b"title,date\r\nA,1\r\n\r\n\r\n",
        b"\xef\xbb\xbftitle;date\rA;1",
        "title\tdate\r\nCafé\t1\r\n".encode("utf-16"),
        b'sep=;\r\n"title";"date"\r\n"A ""big""\r\nrally";1\r\n',
        b"\n\ntitle , date,,\n A ,1,,\n",
    ],
)
def test_what_is_not_changed_keeps_every_byte(data: bytes) -> None:
    assert Sheet(data).encode() == data


@pytest.mark.parametrize(
    ("data", "after"),
    [
        (b"title,date\nA,1\nB,2", b"title,date\nA,1\nB,3"),
        (b"title;date\r\nA;1\r\n B ;2\r\n", b"title;date\r\nA;1\r\n B ;3\r\n"),
        (b'"title","date"\n"A","1"\n"B","2"\n', b'"title","date"\n"A","1"\n"B","3"\n'),
        (b"sep=|\ntitle|date\nA|1\nB|2\n", b"sep=|\ntitle|date\nA|1\nB|3\n"),
    ],
)
def test_a_cell_is_changed_in_the_tables_own_manner(data: bytes, after: bytes) -> None:
    sheet = Sheet(data)
    sheet.set(rows(data)[1].line, {"date": "3"})
    assert sheet.encode() == after


def test_a_column_is_added_only_where_it_is_missing() -> None:
    sheet = Sheet(b"title,date\r\nA,1\r\n\r\nB,2\r\n")
    sheet.set(4, {"city": "Linz", "date": "3"})
    assert sheet.encode() == b"title,date,city\r\nA,1,\r\n\r\nB,3,Linz\r\n"


def test_rows_are_added_below_the_last_one_and_taken_out() -> None:
    sheet = Sheet(b"title,date\r\nA,1\r\nB,2\r\n\r\n")
    sheet.add({"date": "3", "title": 'C "c"'})
    sheet.remove(2)
    assert sheet.encode() == b'title,date\r\nB,2\r\n"C ""c""",3\r\n\r\n'
    unended = Sheet(b"title\nA")
    unended.add({"title": "B"})
    assert unended.encode() == b"title\nA\nB\n"


def test_a_new_table_is_one_that_excel_reads_rightly() -> None:
    sheet = Sheet.new(["title", "city"])
    sheet.add({"title": "Vigil", "city": "Zürich"})
    assert sheet.encode() == "\ufefftitle,city\nVigil,Zürich\n".encode()


@pytest.mark.parametrize(
    "text", ["=1+1", '=HYPERLINK("x")', "@SUM(1)", "+1 dance", "-bring a lamp"]
)
def test_no_text_from_elsewhere_is_run_as_a_formula(text: str) -> None:
    sheet = Sheet(b"title,date\n")
    sheet.add({"title": text, "date": "1"})
    (cells,) = list(csv.reader(StringIO(sheet.encode().decode())))[1:]
    assert cells[0] == f" {text}"
    assert rows(sheet.encode())[0].cells["title"] == text


def test_numbers_are_written_as_they_are() -> None:
    sheet = Sheet(b"title,latitude\nA,\n")
    sheet.set(2, {"latitude": "-12.5"})
    assert sheet.encode() == b"title,latitude\nA,-12.5\n"


words = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cn", "Cf", "Zl", "Zp"])
    | st.sampled_from('",;\n=+-@'),
    max_size=8,
).map(str.strip)
cells = st.lists(words, min_size=2, max_size=2)
tables = st.tuples(
    st.lists(cells, min_size=1, max_size=5),
    st.sampled_from(",;\t"),
    st.sampled_from(["\n", "\r\n"]),
    st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
)
Made = tuple[list[list[str]], str, str, int, str]


def save(made: Made) -> bytes:
    """Save a table as some spreadsheet program would."""
    body, separator, end, quoting, encoding = made
    file = StringIO(newline="")
    writer = csv.writer(file, delimiter=separator, lineterminator=end, quoting=quoting)  # type: ignore[arg-type]
    writer.writerows([["title", "date"], *body])
    return file.getvalue().encode(encoding)


@given(tables, cells.filter(any))
def test_what_is_written_is_read_back_and_all_else_keeps_its_bytes(
    made: Made, new: list[str]
) -> None:
    data = save(made)
    before = rows(data)
    sheet = Sheet(data)
    assert sheet.encode() == data
    written = {name: cell for name, cell in zip(("title", "date"), new, strict=True) if cell}
    sheet.add(written)
    added = sheet.encode()
    assert [row.cells for row in rows(added)] == [*(row.cells for row in before), written]
    if before:
        sheet.set(before[0].line, {"city": new[0]})
        changed = [row.cells for row in rows(sheet.encode())]
        kept = {name: cell for name, cell in before[0].cells.items() if name != "city"}
        assert changed[0] == kept | ({"city": new[0]} if new[0] else {})
        assert changed[1:] == [*(row.cells for row in before[1:]), written]
