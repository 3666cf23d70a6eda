from collections.abc import Callable
from datetime import UTC, date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.content import fields
from campaign.content.fields import PartialDate
from campaign.content.text import slugify, without_quotes

Parser = Callable[[object], Any]

latitude = fields.parse_number(-90, 90)
choice = fields.parse_choice("post", "sign", "share")
PARSERS = (
    fields.parse_text,
    fields.parse_plain,
    fields.parse_word,
    fields.parse_names,
    fields.parse_day,
    fields.parse_partial_date,
    fields.parse_time,
    fields.parse_moment,
    fields.parse_timezone,
    fields.parse_hashtag,
    fields.parse_handle,
    fields.parse_web_address,
    fields.parse_link,
    fields.parse_site,
    fields.parse_site_path,
    fields.parse_slug,
    fields.parse_region,
    fields.parse_country,
    latitude,
    fields.parse_count,
    choice,
    fields.parse_several,
)
# What YAML's own rules would turn into numbers, truth values, nothing, dates and minutes of an hour.
TEMPTING = [
    "18:00",
    "no",
    "yes",
    "01234",
    "1e3",
    "0x10",
    "~",
    "null",
    "2018-06-14",
    "1_000",
    ".inf",
    "#Keep",
]


@pytest.mark.parametrize("typed", TEMPTING)
def test_a_text_stays_as_it_was_typed(typed: str) -> None:
    assert fields.parse_text(typed) == typed


@pytest.mark.parametrize(
    ("parse", "typed", "value"),
    [
        (fields.parse_day, "2018-06-14", date(2018, 6, 14)),
        (fields.parse_day, "2024-02-29", date(2024, 2, 29)),
        (fields.parse_day, "June 14, 2018", date(2018, 6, 14)),
        (fields.parse_partial_date, "2018-06-14", PartialDate(2018, 6, 14)),
        (fields.parse_partial_date, "2018-06", PartialDate(2018, 6)),
        (fields.parse_partial_date, "14.6.2018", PartialDate(2018, 6, 14)),
        (fields.parse_time, "18:00", time(18)),
        (fields.parse_time, "00:00", time(0)),
        (fields.parse_time, "23:59", time(23, 59)),
        (fields.parse_time, "6 p.m.", time(18)),
        (fields.parse_moment, "2018-06-12", datetime(2018, 6, 12, tzinfo=UTC)),
        (fields.parse_moment, "6/30/2018 10:00 AM", datetime(2018, 6, 30, 10, tzinfo=UTC)),
        (fields.parse_moment, "2018-06-12T10:00", datetime(2018, 6, 12, 10, tzinfo=UTC)),
        (fields.parse_moment, "2018-06-12T10:00Z", datetime(2018, 6, 12, 10, tzinfo=UTC)),
        (fields.parse_moment, "2018-06-12T10:00-04:00", datetime(2018, 6, 12, 14, tzinfo=UTC)),
        (fields.parse_timezone, "America/New_York", ZoneInfo("America/New_York")),
        (fields.parse_timezone, "UTC", ZoneInfo("UTC")),
        (fields.parse_hashtag, "#KeepTheTrains", "#KeepTheTrains"),
        (fields.parse_hashtag, "#Züge_2024", "#Züge_2024"),
        (fields.parse_hashtag, "#أبقوا_القطارات", "#أبقوا_القطارات"),
        (fields.parse_hashtag, "#2024_ja", "#2024_ja"),
        (fields.parse_hashtag, "\uff03Keep", "#Keep"),
        (fields.parse_handle, "@IvankaTrump", "IvankaTrump"),
        (fields.parse_handle, "IvankaTrump", "IvankaTrump"),
        (fields.parse_handle, "_she_", "_she_"),
        (fields.parse_handle, "+1 (202) 555-0123", "+1 (202) 555-0123"),
        (fields.parse_handle, "office+letters@example.org", "office+letters@example.org"),
        (fields.parse_handle, "ivanka.bsky.social", "ivanka.bsky.social"),
        (fields.parse_handle, "@ivanka@example.social", "ivanka@example.social"),
        (fields.parse_web_address, "https://example.org/a?b=c#d", "https://example.org/a?b=c#d"),
        (fields.parse_web_address, "HTTP://example.org:8080", "HTTP://example.org:8080"),
        (
            fields.parse_web_address,
            "https://münchen.example/straße",
            "https://münchen.example/straße",
        ),
        (fields.parse_link, "https://example.org", "https://example.org"),
        (fields.parse_link, "mailto:her@example.org", "mailto:her@example.org"),
        (fields.parse_link, "tel:+12022243121", "tel:+12022243121"),
        (fields.parse_link, "sms:50409", "sms:50409"),
        (fields.parse_link, "mailto:a@b.org,c@d.org?subject=e", "mailto:a@b.org,c@d.org?subject=e"),
        (fields.parse_site, "https://example.org", "https://example.org"),
        (fields.parse_site, "https://example.org/reunite/", "https://example.org/reunite"),
        (fields.parse_site_path, "/old/page/", "/old/page/"),
        (fields.parse_site_path, "/old/page", "/old/page/"),
        (fields.parse_site_path, "/old/page.html", "/old/page.html"),
        (fields.parse_site_path, "/v1.2/", "/v1.2/"),
        (fields.parse_slug, "sign-the-petition", "sign-the-petition"),
        (fields.parse_region, "CA", "CA"),
        (fields.parse_region, "Île-de-France", "Île-de-France"),
        (fields.parse_country, "US", "US"),
        (fields.parse_country, "mx", "MX"),
        (latitude, "41.88", 41.88),
        (latitude, "-90", -90.0),
        (latitude, "+0.5", 0.5),
        (fields.parse_count, "0", 0),
        (fields.parse_count, "12", 12),
        (choice, "sign", "sign"),
        (fields.parse_several, "ACLU; MoveOn ;", ["ACLU", "MoveOn"]),
        (fields.parse_several, ["ACLU", "MoveOn"], ["ACLU", "MoveOn"]),
        (fields.parse_list, "one", ["one"]),
        (fields.parse_list, ["one", "two"], ["one", "two"]),
        (fields.parse_list, [], []),
        (fields.parse_names, "x", ["x"]),
        (fields.parse_names, ["x", "email"], ["x", "email"]),
    ],
)
def test_a_good_value_is_read(parse: Parser, typed: object, value: object) -> None:
    assert parse(typed) == value


@pytest.mark.parametrize(
    ("parse", "typed", "sentence"),
    [
        (
            fields.parse_text,
            ["one", "two"],
            "write one value here, not several; put a text that holds ':', '[' or '{' in quotes",
        ),
        (
            fields.parse_day,
            "6/7/2018",
            "'6/7/2018' may be 2018-06-07 or 2018-07-06; write the one that is meant",
        ),
        (
            fields.parse_day,
            "٢٠١٨-٠٦-١٤",
            "'٢٠١٨-٠٦-١٤' is not a date; write the day as year-month-day, such as 2018-06-14",
        ),
        (
            fields.parse_day,
            "2018-06-31",
            "'2018-06-31' is not a day in the calendar; write one that is, such as 2018-06-14",
        ),
        (
            fields.parse_day,
            "0218-06-14",
            "'0218-06-14' is too long ago or too far ahead; write a year from 1900 to 2100",
        ),
        (
            fields.parse_day,
            "9" * 5000,
            f"'{'9' * 79}…' is not a date; write the day as year-month-day, such as 2018-06-14",
        ),
        (
            fields.parse_partial_date,
            "June 2018",
            "'June 2018' is not a date; write 2018-06-14, or 2018-06 where the day is not known",
        ),
        (
            fields.parse_partial_date,
            "2018-13",
            "'2018-13' is not a month; write it as year-month, such as 2018-06",
        ),
        (
            fields.parse_partial_date,
            "0218-06",
            "'0218-06' is too long ago or too far ahead; write a year from 1900 to 2100",
        ),
        (
            fields.parse_time,
            "24:00",
            "'24:00' may begin a day or end one; write 00:00, on the day that begins then",
        ),
        (
            fields.parse_time,
            "18",
            "'18' is not a time; write it on the 24-hour clock, such as 18:00",
        ),
        (
            fields.parse_time,
            "13 pm",
            "'13 pm' is not a time; write it on the 24-hour clock, such as 18:00",
        ),
        (
            fields.parse_moment,
            "yesterday",
            "'yesterday' is not a day or a moment; write 2018-06-12 or 2018-06-12T10:00Z",
        ),
        (
            fields.parse_moment,
            "0001-01-01T00:00+01:00",
            "'0001-01-01T00:00+01:00' is too long ago or too far ahead; write a year from 1900 to 2100",
        ),
        (
            fields.parse_timezone,
            "Chicago",
            "'Chicago' is not a time zone; did you mean 'America/Chicago'?",
        ),
        (
            fields.parse_timezone,
            "America/New_Yrok",
            "'America/New_Yrok' is not a time zone; did you mean 'America/New_York'?",
        ),
        # That name's zone is two hours behind, not ahead.
        (
            fields.parse_timezone,
            "GMT+2",
            "'GMT+2' is not a time zone; write one such as America/New_York",
        ),
        # It stands for winter time all year long, which is an hour off in summer.
        (
            fields.parse_timezone,
            "EST",
            "'EST' is not a time zone; did you mean 'America/New_York'?",
        ),
        (
            fields.parse_timezone,
            "../../etc/passwd",
            "'../../etc/passwd' is not a time zone; write one such as America/New_York",
        ),
        (
            fields.parse_hashtag,
            "#",
            "the hashtag is missing after '#'; write it in quotes, such as \"#Reunite\"",
        ),
        (
            fields.parse_hashtag,
            "Keep",
            "'Keep' does not begin with '#'; write it in quotes: \"#Keep\"",
        ),
        (
            fields.parse_hashtag,
            "#Keep-it",
            "networks stop linking '#Keep-it' at '-'; use letters, digits and '_' only",
        ),
        (
            fields.parse_hashtag,
            "#Keep it",
            "networks stop linking '#Keep it' at a space; use letters, digits and '_' only",
        ),
        (
            fields.parse_hashtag,
            "#Keep\U0001f9d2",
            "networks stop linking '#Keep\U0001f9d2' at '\U0001f9d2'; use letters, digits and '_' only",
        ),
        (
            fields.parse_hashtag,
            "“#Keep”",
            "the quotes in '“#Keep”' count as part of it; write straight ones: \"#Keep\"",
        ),
        (
            fields.parse_hashtag,
            "#2024",
            "networks do not link '#2024', which has no letter; add one",
        ),
        (
            fields.parse_handle,
            "@",
            "the account's name is missing after '@'; write it as the network shows it",
        ),
        (
            fields.parse_web_address,
            "htps://example.org/a",
            "'htps://example.org/a' is not a web address; did you mean 'https://example.org/a'?",
        ),
        (
            fields.parse_web_address,
            "example.org/a",
            "'example.org/a' is not a web address; did you mean 'https://example.org/a'?",
        ),
        (
            fields.parse_web_address,
            "example.org:8080",
            "'example.org:8080' is not a web address; did you mean 'https://example.org:8080'?",
        ),
        (
            fields.parse_web_address,
            "//example.org",
            "'//example.org' is not a web address; did you mean 'https://example.org'?",
        ),
        (
            fields.parse_web_address,
            "https//example.org",
            "'https//example.org' is not a web address; did you mean 'https://example.org'?",
        ),
        (
            fields.parse_web_address,
            "the petition",
            (
                "'the petition' is not a web address; it holds a space or a sign that no address has,"
                " so write https://… without it"
            ),
        ),
        (fields.parse_web_address, "petition", "'petition' is not a web address; write https://…"),
        (
            fields.parse_web_address,
            "mailto:her@example.org",
            "'mailto:her@example.org' is not a web address; write https://…",
        ),
        *(
            (
                fields.parse_web_address,
                typed,
                f"'{typed}' is not a web address; it needs a site's name after '//', such as https://example.org/",
            )
            for typed in (
                "https://",
                "https:example.org",
                "https://localhost",
                "https://a..b",
                "https://[a.b",
            )
        ),
        (
            fields.parse_link,
            "javascript:alert(1)",
            "'javascript:alert(1)' is not a web address; write https://…, mailto:… or tel:…",
        ),
        (
            fields.parse_link,
            "mail:her@example.org",
            "'mail:her@example.org' is not a web address; did you mean 'mailto:her@example.org'?",
        ),
        (fields.parse_link, "tel:", "'tel:' is not a web address; write what comes after 'tel:'"),
        (
            fields.parse_link,
            "her@example.org",
            "'her@example.org' is not a web address; did you mean 'mailto:her@example.org'?",
        ),
        (
            fields.parse_web_address,
            "her@example.org",
            "'her@example.org' is not a web address; write https://…",
        ),
        *(
            (
                fields.parse_link,
                typed,
                (
                    f"'{typed}' is not a web address;"
                    " write a whole address after 'mailto:', such as mailto:name@example.org"
                ),
            )
            for typed in ("mailto:", "mailto:her", "mailto:her@example", "mailto:?subject=a")
        ),
        (
            fields.parse_web_address,
            "https://her:secret@example.org/",
            (
                "'https://her:secret@example.org/' holds a name or a password before '@',"
                " which everybody would see; take it out"
            ),
        ),
        (
            fields.parse_site,
            "“https://example.org”",
            "the quotes in '“https://example.org”' count as part of it; write straight ones: \"https://example.org\"",
        ),
        *(
            (
                fields.parse_site,
                typed,
                (
                    f"'{typed}' holds '//' or '..' in its path;"
                    " write the site's own address, such as https://example.org/reunite"
                ),
            )
            for typed in ("https://example.org//a", "https://example.org/a/../b")
        ),
        (
            fields.parse_site_path,
            "/old/page.php",
            "'/old/page.php' is not a page's address; one ends in a slash or in .html",
        ),
        (
            fields.parse_names,
            "x, facebook, email",
            "these are several; write them as a list in brackets: [x, facebook, email]",
        ),
        (
            fields.parse_site,
            "https://example.org/?page=1",
            (
                "'https://example.org/?page=1' holds '?' or '#';"
                " write the site's own address, such as https://example.org/reunite"
            ),
        ),
        *(
            (
                fields.parse_site_path,
                typed,
                (
                    f"'{typed}' is not an address within the site;"
                    " write it from the first slash to the last, such as /old/page/"
                ),
            )
            for typed in (
                "old/page/",
                "/",
                "//",
                "/old//page/",
                "/old/../page/",
                "/old page/",
                "/seite/ä/",
            )
        ),
        (
            fields.parse_site_path,
            f"/{'a' * 101}/",
            f"'{'a' * 79}…' is too long for an address; write at most 100 letters",
        ),
        (
            fields.parse_slug,
            "Sign it!",
            "'Sign it!' cannot stand in an address; did you mean 'sign-it'?",
        ),
        (fields.parse_slug, "—", "'—' cannot stand in an address; did you mean 'a-short-name'?"),
        (
            fields.parse_slug,
            "",
            (
                "the file's name has nothing that can stand in an address;"
                " write a name here, such as 'a-short-name'"
            ),
        ),
        (
            fields.parse_slug,
            "a" * 101,
            f"'{'a' * 79}…' is too long for an address; write at most 100 letters",
        ),
        (
            fields.parse_region,
            "—",
            "'—' is not the name of a region; write its name or code, such as CA",
        ),
        (fields.parse_country, "USA", "'USA' is not a country's code; did you mean 'US'?"),
        (fields.parse_country, "Mexico", "'Mexico' is not a country's code; did you mean 'MX'?"),
        (
            fields.parse_country,
            "Utopia",
            "'Utopia' is not a country's code; write one such as US or MX",
        ),
        *(
            (
                latitude,
                typed,
                f"'{typed}' is not a number from -90 to 90; write it with a point, such as 22.5",
            )
            for typed in ("41,88", "north", "1e1", "inf", "٤١")
        ),
        *(
            (
                latitude,
                typed,
                f"'{typed}' is not from -90 to 90; look for a digit too many, or a point left out",
            )
            for typed in ("90.1", "-740.9", "418819")
        ),
        (fields.parse_count, "-1", "'-1' is not a whole number; write one such as 0 or 3"),
        (fields.parse_count, "some", "'some' is not a whole number; write one such as 0 or 3"),
        (choice, "pots", "'pots' is none of post, sign, share; did you mean 'post'?"),
        (choice, "9", "'9' is none of post, sign, share; write one of them"),
        (fields.parse_several, {"name": "ACLU"}, "write several names with ';' between them"),
    ],
)
def test_a_wrong_value_is_named_with_its_remedy(
    parse: Parser, typed: object, sentence: str
) -> None:
    with pytest.raises(ValueError) as caught:  # noqa: PT011 (the sentence is compared whole)
        parse(typed)
    assert str(caught.value) == sentence


@pytest.mark.parametrize(
    "unseen", "\u00ad\u200b\u200c\u200d\u200e\u200f\u202a\u202e\u2060\u2064\u2069\ufeff"
)
@pytest.mark.parametrize(
    ("parse", "typed"),
    [
        (fields.parse_day, "2018-06-14"),
        (fields.parse_partial_date, "2018-06"),
        (fields.parse_time, "18:00"),
        (fields.parse_moment, "2018-06-12T10:00Z"),
        (fields.parse_timezone, "America/Chicago"),
        (fields.parse_hashtag, "#Keep"),
        (fields.parse_handle, "@her"),
        (fields.parse_web_address, "https://example.org/a"),
        (fields.parse_link, "tel:+12022243121"),
        (fields.parse_site, "https://example.org"),
        (fields.parse_site_path, "/old/"),
        (fields.parse_slug, "a-b"),
        (choice, "sign"),
        (fields.parse_country, "US"),
        (latitude, "41.88"),
        (fields.parse_count, "12"),
        (fields.parse_region, "CA"),
        (fields.parse_word, "en"),
    ],
)
def test_what_nobody_sees_changes_no_value(parse: Parser, typed: str, unseen: str) -> None:
    assert parse(f"{unseen}{typed[:2]}{unseen}{typed[2:]} {unseen}") == parse(typed)


@pytest.mark.parametrize("text", ["क्\u200cष", "👨\u200d👩\u200d👧", "co\u00adoperation"])
def test_running_text_keeps_the_signs_that_scripts_and_pictures_need(text: str) -> None:
    assert fields.parse_plain(text) == text


@pytest.mark.parametrize(
    "text",
    [
        "A < B > C",
        "I <3 it",
        "<name@example.org>",
        "f**k and s**t",
        "2 ** 3 ** 4",
        "*new*",
        "[sic] (so it was)",
        "a_b_c",
        "Prices** and more **",
        "{mention} [x] (y)",
    ],
)
def test_a_plain_text_may_hold_signs_that_mean_nothing(text: str) -> None:
    assert fields.parse_plain(text) == text


@pytest.mark.parametrize(
    "mark", ["<b>", "</b>", "<br/>", '<a href="b">', "**a**", "**a b**", "[a](b)"]
)
def test_html_and_markdown_are_told_of_in_a_plain_text(mark: str) -> None:
    said = f"'{mark}' would be shown as it is typed; write plain words only in this field"
    assert explain(fields.parse_plain, f"This {mark} here") == said


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("“a b”", "a b"),
        ("«a»", "a"),
        ('"a"', "a"),
        ("‘Eua", "‘Eua"),
        ("a ‘b’ c", "a ‘b’ c"),
        ("", ""),
    ],
)
def test_quotes_of_every_kind_are_taken_off_where_they_stand_around(text: str, bare: str) -> None:
    assert without_quotes(text) == bare


@pytest.mark.parametrize(
    ("when", "written"),
    [(PartialDate(2018, 6), "2018-06"), (PartialDate(2018, 6, 1), "2018-06-01")],
)
def test_a_month_or_a_day_is_written_as_it_was_typed(when: PartialDate, written: str) -> None:
    assert str(when) == written


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Sign the petition!", "sign-the-petition"),
        ("  Züge & Straßen ", "zuge-strassen"),
        ("дети", "deti"),
        ("漢字", "han-zi"),
        ("🎉", ""),
    ],
)
def test_a_name_in_any_script_becomes_an_address(name: str, slug: str) -> None:
    assert slugify(name) == slug


@given(st.text())
def test_an_address_made_of_a_name_stays_the_same_when_it_is_made_again(name: str) -> None:
    slug = slugify(name)
    assert slugify(slug) == slug
    assert not set(slug) - set("abcdefghijklmnopqrstuvwxyz0123456789-")


@given(
    st.sampled_from(PARSERS),
    st.recursive(
        st.text() | st.from_regex(r"[0-9#@/:. +apm-]{0,20}"),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
        max_leaves=5,
    ),
)
def test_whatever_is_typed_is_read_or_explained_in_one_line(parse: Parser, typed: object) -> None:
    sentence = explain(parse, typed)
    assert sentence is None or len(sentence.splitlines()) == 1


def explain(parse: Parser, typed: object) -> str | None:
    """Return the sentence with which a parser refuses a value, or None where it takes it."""
    try:
        parse(typed)
    except ValueError as error:
        return str(error)
    return None
