from datetime import date, time
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from babel import Locale

from campaign import words
from campaign.content.fields import PartialDate
from campaign.words import MissingWordError, Words
from tests.projects import ROOT, write

TRANSLATIONS = ROOT / "theme" / "translations"
ENGLISH = words.load(TRANSLATIONS, "en")
POLISH = Words(
    "pl",
    {
        "direction": "ltr",
        "days": {"one": "{count} dzień", "other": "{count} dni", "many": "{count} dni!"},
    },
    Locale("pl"),
)


def test_the_themes_own_languages_are_whole() -> None:
    for code in words.languages(TRANSLATIONS):
        assert list(words.problems(TRANSLATIONS, code)) == []
        assert words.load(TRANSLATIONS, code).direction in {"ltr", "rtl"}


def test_words_are_filled_in_and_braces_left_alone_where_there_is_nothing_to_fill_in() -> None:
    found = Words("en", {"step": "Step {number} of {count}", "plain": "{as it is}"}, Locale("en"))
    assert found.text("step", number=1, count=4) == "Step 1 of 4"
    assert found.text("plain") == "{as it is}"


@pytest.mark.parametrize(
    ("count", "said"), [(1, "1 dzień"), (2, "2 dni"), (5, "5 dni!"), ("x", "x dni")]
)
def test_a_number_chooses_its_form_by_the_rules_of_the_language(count: object, said: str) -> None:
    assert POLISH.text("days", count=count) == said


def test_words_that_are_missing_are_named() -> None:
    with pytest.raises(
        MissingWordError, match="the words 'gone' are missing in the translation 'en'"
    ):
        ENGLISH.text("gone")


@pytest.mark.parametrize(
    ("day", "style", "said"),
    [
        (date(2018, 6, 14), "long", "June 14, 2018"),
        (date(2018, 6, 14), "full", "Thursday, June 14, 2018"),
        (date(2018, 6, 14), "short", "Jun 14"),
        (date(2018, 6, 14), "month", "June 2018"),
        (date(2018, 6, 14), "weekday", "14 Thu"),
        (PartialDate(2018, 6, 14), "long", "June 14, 2018"),
        (PartialDate(2018, 6), "long", "June 2018"),
        (PartialDate(2018, 6), "short", "June 2018"),
    ],
)
def test_a_day_is_written_as_far_as_it_is_known(
    day: date | PartialDate, style: words.DateStyle, said: str
) -> None:
    assert ENGLISH.date(day, style) == said


def test_names_that_are_there_are_joined() -> None:
    assert ENGLISH.joined("Hall", None, "", "Springfield") == "Hall, Springfield"
    assert ENGLISH.joined(None) == ""


def test_times_and_countries_are_written_as_the_language_does() -> None:
    assert ENGLISH.clock(time(18)) == "6:00\u00a0PM"
    assert POLISH.clock(time(18)) == "18:00"
    assert ENGLISH.country("US") == "United States"
    assert POLISH.country("US") == "Stany Zjednoczone"
    assert ENGLISH.country("??") == "??"


def test_a_number_is_written_as_the_language_does() -> None:
    assert ENGLISH.text("events_count", count=1) == "1 event"
    assert ENGLISH.text("events_count", count=10_000) == "10,000 events"
    german = Words("de", {"events": {"other": "{count} Termine"}}, Locale("de"))
    assert german.text("events", count=10_000) == "10.000 Termine"


def test_names_that_are_not_known_leave_no_gap_in_a_line() -> None:
    assert ENGLISH.joined("Hamlet", None, "", "United States") == "Hamlet, United States"


@pytest.mark.parametrize(
    ("zone", "said"),
    [
        ("America/Chicago", "time in Chicago"),
        ("US/Central", "time in Chicago"),
        ("America/Argentina/Buenos_Aires", "time in Buenos Aires"),
        ("UTC", "GMT+00:00"),
        ("Etc/GMT+5", "GMT-05:00"),
    ],
)
def test_a_time_zone_is_named_by_its_city(zone: str, said: str) -> None:
    assert ENGLISH.zone(ZoneInfo(zone)) == said


def test_a_city_has_the_name_that_the_language_gives_it() -> None:
    polish = Words("pl", {"time_in": "czas: {place}"}, Locale("pl"))
    assert polish.zone(ZoneInfo("Europe/Vienna")) == "czas: Wiedeń"


@pytest.mark.parametrize(
    ("zone", "said"),
    [
        ("America/New_York", "time in New York"),
        ("America/Argentina/Buenos_Aires", "time in Buenos Aires"),
        ("US/Pacific", "time in Los Angeles"),
        ("UTC", "GMT+00:00"),
        ("Etc/GMT+5", "GMT-05:00"),
    ],
)
def test_a_zone_is_told_by_its_city_or_by_its_hours_where_it_has_none(zone: str, said: str) -> None:
    assert ENGLISH.zone(ZoneInfo(zone)) == said


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A theme's translations with few words in English."""
    folder = tmp_path / "theme" / "translations"
    text = 'direction = "ltr"\ntitle = "Title"\nstep = "Step {number} of {count}"\n'
    write(
        folder / "en.toml", f'{text}days = {{ one = "{{count}} day", other = "{{count}} days" }}\n'
    )
    return folder


def report(folder: Path, code: str) -> list[str]:
    return sorted(str(problem) for problem in words.problems(folder, code))


SPANISH = (
    'direction = "ltr"\n\ntitle = "Título"\nstep = "Paso {number}"\n\n'
    '[days]\none = "{count} día"\nother = "{count} días"\n'
)


def test_a_language_is_whole_when_it_has_all_words_and_fills_in_no_others(folder: Path) -> None:
    write(folder / "es.toml", SPANISH)
    assert words.languages(folder) == ["en", "es"]
    assert report(folder, "es") == []


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('title = "Título"\n', "", "1: title: missing; translate 'Title'"),
        ("\ntitle", "\ntitel = 'x'\ntitle", "3: titel: no template uses these words; did you mean 'title'?"),
        ("\ntitle", "\nwxyz = 'x'\ntitle", "3: wxyz: no template uses these words; take them out"),
        (
            '"ltr"',
            '"left"',
            '1: direction: write "ltr" for a script from left to right, "rtl" for one from right to left',
        ),
        ('"Título"', "3", '3: title: write the words in quotes: key = "words"'),
        ('"Título"', '{ one = "x", other = "y" }', '3: title: write the words in quotes: key = "words"'),
        ('"{count} día"', "[]", '6: days: write the words in quotes: key = "words"'),
        (
            "other =",
            "many =",
            "6: days: the form 'other' is missing; it stands for each number that has no form of its own",
        ),
        ("{number}", "{numero}", "4: step: only {count} and {number} can be filled in here, as in the English words"),
        ("{number}", "{}", "4: step: only {count} and {number} can be filled in here, as in the English words"),
        ("{number}", "{number.x}", "4: step: only {count} and {number} can be filled in here, as in the English words"),
        ("Título", "{count}", "3: title: nothing is filled in here; leave the braces out"),
        ("{number}", "{number", "4: step: the braces do not fit; what is filled in stands between '{' and '}'"),
        (
            "Título",
            r"T\u0001title\u0002",
            "3: title: an invisible character (U+0001) that no page can show; take it out",
        ),
        (
            "{count} día",
            r"{count} d\u007fa",
            "6: days: an invisible character (U+007F) that no page can show; take it out",
        ),
        ("{number}", "}", "4: step: the braces do not fit; what is filled in stands between '{' and '}'"),
    ],
)  # fmt: skip
def test_a_mistake_of_a_translator_is_told_in_its_line(
    folder: Path, old: str, new: str, said: str
) -> None:
    assert old in SPANISH
    write(folder / "es.toml", SPANISH.replace(old, new))
    assert report(folder, "es") == [f"theme/translations/es.toml:{said}"]


def test_a_file_that_is_no_toml_is_told_with_its_line(folder: Path) -> None:
    write(folder / "es.toml", SPANISH.replace('"Título"', "Título"))
    (problem,) = words.problems(folder, "es")
    assert problem.line == 3
    assert problem.message.startswith('this line cannot be read; each is key = "words" (TOML: ')
    write(folder / "es.toml", SPANISH.encode("latin-1"))
    (problem,) = words.problems(folder, "es")
    assert problem.line == 1


def test_a_file_that_cannot_be_read_is_told(folder: Path) -> None:
    write(folder / "es.toml", SPANISH)
    (folder / "en.toml").unlink()
    assert report(folder, "es") == [
        (
            "theme/translations/en.toml:1: cannot be read (No such file or directory);"
            " put this file back, or check its permissions"
        )
    ]


def test_a_file_is_named_by_the_code_of_its_language(folder: Path) -> None:
    write(folder / "spanish.toml", SPANISH)
    assert report(folder, "spanish") == [
        (
            "theme/translations/spanish.toml:1: 'spanish' is not the code of a language;"
            " name the file by one such as es or pt-BR"
        )
    ]


@pytest.mark.parametrize("wrong", ['title = "{x"', "title = 3", "title", 'title = { one = "x" }'])
def test_english_which_all_others_are_held_against_is_looked_at_first(
    folder: Path, wrong: str
) -> None:
    write(folder / "es.toml", SPANISH)
    write(folder / "en.toml", f"direction = 'ltr'\n{wrong}\n")
    (problem,) = words.problems(folder, "es")
    assert (problem.path, problem.line) == ("theme/translations/en.toml", 2)
