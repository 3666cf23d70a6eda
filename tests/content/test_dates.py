"""How people and spreadsheet programs write days and times: one meaning is read, several are told."""

from datetime import date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.content.dates import (
    YEARS,
    Order,
    in_iso_form,
    proven_orders,
    read_day,
    read_moment,
    read_time,
    split_moment,
    split_range,
)

JUNE_30 = date(2018, 6, 30)


@pytest.mark.parametrize(
    "typed",
    [
        "2018-06-30",
        "2018-6-30",
        "2018/06/30",
        "2018–06–30",
        "2018-06-30 00:00:00",
        "2018-06-30T00:00:00",
        "6/30/2018",
        "06/30/2018",
        "6/30/18",
        "6-30-2018",
        "6/30/2018 0:00",
        "6/30/2018 12:00 AM",
        "30.6.2018",
        "30. 6. 2018",
        "30/6/2018",
        "30-Jun-18",
        "30-Jun-2018",
        "June 30, 2018",
        "june 30 2018",
        "Jun. 30, 2018",
        "June 30th, 2018",
        "30 June 2018",
        "30th of June, 2018",
        "Saturday, June 30, 2018",
        "Sat 6/30/2018",
        "Sat, 30 Jun 2018",
    ],
)
def test_a_day_is_read_as_it_is_typed(typed: str) -> None:
    assert read_day(typed) == JUNE_30
    assert in_iso_form(typed) == "2018-06-30"


def test_a_day_whose_two_orders_are_one_day_is_read() -> None:
    assert read_day("5/5/2018") == date(2018, 5, 5)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("6/7/2018", "'6/7/2018' may be 2018-06-07 or 2018-07-06; write the one that is meant"),
        ("6.7.18", "'6.7.18' may be 2018-06-07 or 2018-07-06; write the one that is meant"),
        ("18-06-30", "'18-06-30' may be 2018-06-30 or 2030-06-18; write the one that is meant"),
        (
            "43281",
            (
                "'43281' is how a spreadsheet counts days, likely for 2018-06-30;"
                " write it so, or give the column the format of a date and save it again"
            ),
        ),
        (
            "43281.75",
            (
                "'43281.75' is how a spreadsheet counts days, likely for 2018-06-30;"
                " write it so, or give the column the format of a date and save it again"
            ),
        ),
        (
            "6/30/2018 11:00 AM",
            "'6/30/2018 11:00 AM' holds a time as well; write only the day here: 2018-06-30",
        ),
        (
            "Sunday, June 30, 2018",
            "'Sunday, June 30, 2018' contradicts itself, 2018-06-30 is a Saturday; mend the day",
        ),
        (
            "6/31/2018",
            "'6/31/2018' is not a day in the calendar; write one that is, such as 2018-06-14",
        ),
        (
            "June 31, 2018",
            "'June 31, 2018' is not a day in the calendar; write one that is, such as 2018-06-14",
        ),
        ("June 30", "'June 30' has no year; write the day as year-month-day, such as 2018-06-14"),
        ("soon", "'soon' is not a date; write the day as year-month-day, such as 2018-06-14"),
        (
            "6/30/1018",
            "'6/30/1018' is too long ago or too far ahead; write a year from 1900 to 2100",
        ),
    ],
)
def test_a_day_that_is_none_or_several_is_told_with_the_remedy(typed: str, sentence: str) -> None:
    with pytest.raises(ValueError) as error:  # noqa: PT011 (the sentence is compared whole)
        read_day(typed)
    assert str(error.value) == sentence
    assert in_iso_form(typed) == typed


@pytest.mark.parametrize(
    ("column", "orders"),
    [
        (["6/7/2018", "6/30/2018", "2018-06-30", ""], {"/": Order.MONTH_FIRST}),
        (["6/7/2018", "30/6/2018", "June 30, 2018"], {"/": Order.DAY_FIRST}),
        (["30.6.2018", "6/30/2018"], {".": Order.DAY_FIRST, "/": Order.MONTH_FIRST}),
        (["6/7/2018", "5/5/2018", "2018/6/30"], {}),
        (["6/30/2018", "30/6/2018"], {}),
        ([], {}),
    ],
)
def test_the_other_days_of_a_column_prove_the_order(
    column: list[str], orders: dict[str, Order]
) -> None:
    assert proven_orders(column) == orders


def test_a_proven_order_settles_what_is_open_and_nothing_else() -> None:
    assert in_iso_form("6/7/2018", {"/": Order.MONTH_FIRST}) == "2018-06-07"
    assert in_iso_form("6/7/2018", {"/": Order.DAY_FIRST}) == "2018-07-06"
    assert in_iso_form("6/7/2018", {".": Order.DAY_FIRST}) == "6/7/2018"
    assert in_iso_form("6/30/2018", {"/": Order.DAY_FIRST}) == "2018-06-30"
    assert in_iso_form("2018-06-07", {"-": Order.DAY_FIRST}) == "2018-06-07"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("18:00", time(18)),
        ("18:00:00", time(18)),
        ("18.00", time(18)),
        ("18h", time(18)),
        ("18h30", time(18, 30)),
        ("18 Uhr", time(18)),
        ("6 p.m.", time(18)),
        ("6PM", time(18)),
        ("6\u202fpm", time(18)),
        ("6:00:00 PM", time(18)),
        ("6p", time(18)),
        ("11am", time(11)),
        ("11:30 PM", time(23, 30)),
        ("12am", time(0)),
        ("12 pm", time(12)),
        ("noon", time(12)),
        ("9:30:00", time(9, 30)),
        ("0:30", time(0, 30)),
        ("6.30 pm", time(18, 30)),
    ],
)
def test_a_time_is_read_as_it_is_typed(typed: str, meant: time) -> None:
    assert read_time(typed) == meant


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("9:30", "'9:30' may be 09:30 or 21:30; write one of them"),
        (
            "midnight",
            "'midnight' may begin a day or end one; write 00:00, on the day that begins then",
        ),
        (
            "0.75",
            (
                "'0.75' is how a spreadsheet counts time, likely for 18:00;"
                " write it so, or give the column the format of a time and save it again"
            ),
        ),
        (
            "11am–1pm",
            "'11am–1pm' is two times; write the first in start and the second in end, such as 18:00",
        ),
        (
            "1-3",
            "'1-3' is two times; write the first in start and the second in end, such as 18:00",
        ),
        (
            "11am to 1pm EST",
            "'11am to 1pm EST' names a time zone; write that in timezone, and only the time here",
        ),
        ("6pm ET", "'6pm ET' names a time zone; write that in timezone, and only the time here"),
        (
            "2018-06-30 18:00",
            "'2018-06-30 18:00' holds a day as well; write only the time here: 18:00",
        ),
        ("18", "'18' is not a time; write it on the 24-hour clock, such as 18:00"),
        ("25:00", "'25:00' is not a time; write it on the 24-hour clock, such as 18:00"),
        ("13 pm", "'13 pm' is not a time; write it on the 24-hour clock, such as 18:00"),
        ("18:00:30", "'18:00:30' is not a time; write it on the 24-hour clock, such as 18:00"),
    ],
)
def test_a_time_that_is_none_or_several_is_told_with_the_remedy(typed: str, sentence: str) -> None:
    with pytest.raises(ValueError) as error:  # noqa: PT011 (the sentence is compared whole)
        read_time(typed)
    assert str(error.value) == sentence


@pytest.mark.parametrize(
    ("typed", "parts"),
    [
        ("6/30/2018 11:00 AM", ("6/30/2018", "11:00 AM")),
        ("6/7/2018 6 pm", ("6/7/2018", "6 pm")),
        ("June 30, 2018 at 11am", ("June 30, 2018", "11am")),
        ("2018-06-30T18:00:00", ("2018-06-30", "18:00:00")),
        ("6/30/2018", ("6/30/2018", "")),
        ("18:00", ("18:00", "")),
        ("11:00 12:30", ("11:00 12:30", "")),
    ],
)
def test_a_day_with_a_time_is_taken_apart(typed: str, parts: tuple[str, str]) -> None:
    assert split_moment(typed) == parts


@pytest.mark.parametrize(
    ("typed", "parts"),
    [
        ("11am - 1pm", ("11am", "1pm")),
        ("18:00–20:00", ("18:00", "20:00")),
        ("10 am to noon", ("10 am", "noon")),
        ("1-3pm", ("1pm", "3pm")),
        ("1:30 – 3 p.m.", ("1:30p.m.", "3 p.m.")),
        # Which half of the day is meant is not clear, or both are.
        ("11-1pm", ("11-1pm", "")),
        ("10:00-12:00 PM", ("10:00", "12:00 PM")),
        ("6 pm", ("6 pm", "")),
        ("from now to then", ("from now to then", "")),
    ],
)
def test_two_times_are_taken_apart(typed: str, parts: tuple[str, str]) -> None:
    assert split_range(typed) == parts


def test_a_moment_has_a_time_or_none() -> None:
    assert read_moment("6/30/2018 11:00 AM") == datetime(2018, 6, 30, 11)  # noqa: DTZ001 (no zone is typed)
    assert read_moment("June 30, 2018") == datetime(2018, 6, 30)  # noqa: DTZ001 (likewise)
    with pytest.raises(ValueError, match="'6/7/2018' may be 2018-06-07 or 2018-07-06"):
        read_moment("6/7/2018")
    with pytest.raises(ValueError, match="'soon' is not a day or a moment"):
        read_moment("soon")


FORMS = ("{:%Y-%m-%d}", "{:%B %d, %Y}", "{:%d %b %Y}", "{:%A, %B %d, %Y}", "{:%Y-%m-%d} 00:00:00")


@given(st.dates(date(YEARS[0], 1, 1), date(YEARS[-1], 12, 31)), st.sampled_from(FORMS))
def test_any_day_comes_back_from_any_form_that_is_clear(day: date, form: str) -> None:
    assert read_day(form.format(day)) == day


@given(st.dates(date(YEARS[0], 1, 1), date(YEARS[-1], 12, 31)), st.sampled_from("/.-"))
def test_a_proven_order_reads_every_day(day: date, sign: str) -> None:
    first, second = f"{day:%m{sign}%d{sign}%Y}", f"{day:%d{sign}%m{sign}%Y}"
    assert in_iso_form(first, {sign: Order.MONTH_FIRST}) == day.isoformat()
    assert in_iso_form(second, {sign: Order.DAY_FIRST}) == day.isoformat()


@given(st.times().map(lambda it: it.replace(second=0, microsecond=0)))
def test_any_time_comes_back_from_both_clocks(moment: time) -> None:
    assert read_time(f"{moment:%H:%M}") == moment
    assert read_time(f"{moment:%I:%M %p}") == moment


@given(st.text(st.sampled_from("0123456789/.-: apmT,jun")) | st.text())
def test_whatever_is_typed_is_read_or_explained(typed: str) -> None:
    for read in (read_day, read_time, read_moment):
        try:
            read(typed)
        except ValueError as error:
            assert ";" in str(error)  # noqa: PT017 (most texts are none)
