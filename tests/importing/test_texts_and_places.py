"""Texts of other programs become Markdown, and places are taken apart and found."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.content.markdown import render
from campaign.importing.gazetteer import find_place, locate, other_zone
from campaign.importing.places import split_location, state_code
from campaign.importing.texts import as_markdown


@pytest.mark.parametrize(
    ("text", "markdown"),
    [
        ("Plain words.", "Plain words."),
        ("One\r\n\r\nTwo", "One\n\nTwo"),
        (
            "2 * 3 * 4 and _this_ and snake_case [x] `y`",
            r"2 \* 3 \* 4 and \_this\_ and snake_case \[x\] \`y\`",
        ),
        ("See https://x.example/a_b_ and a_b_", r"See https://x.example/a_b_ and a_b\_"),
        ("Bring:\n• a lamp\n• a cup\nThanks", "Bring:\n\n- a lamp\n- a cup\n\nThanks"),
        ("# one\n1. two\n> three\n---\nfour", "\\# one\n1\\. two\n\\> three\n\nfour"),
        ("<p>One<br>two</p><p>three &lt;3</p>", "One\ntwo\n\nthree &lt;3"),
        ('<a href="https://x.example/">here</a>', "here (https://x.example/)"),
        ('<a href="javascript:x()">here</a><script>bad()</script>', "here"),
        ("    indented\x07", "indented"),
        ("<p>H<![C- x", "H&lt;!\\[C- x"),
        ("<p><![if !a]>- b<![endif]><![CDATA[c]]>d", "- bd"),
        ("<p>a<![", "a&lt;!\\["),
        (
            '<a href="https://x.example/">a<a href="https://y.example/">b</a>',
            "a (https://x.example/)b (https://y.example/)",
        ),
    ],
)
def test_a_text_from_elsewhere_becomes_markdown_that_shows_it(text: str, markdown: str) -> None:
    assert as_markdown(text) == markdown


@given(
    st.text()
    | st.lists(
        st.sampled_from([*"*_[]()<>`#-+1.)|~=&!\\ \n:a", "<p>", "http://a.b/", "<![", "<!--", "<?"])
    ).map("".join)
)
def test_no_text_from_elsewhere_is_a_mistake_in_the_table(text: str) -> None:
    assert render(as_markdown(text)).problems == ()


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ("Oakland, CA", {"city": "Oakland", "region": "CA", "country": "US"}),
        (
            "Congress, Washington, D.C.",
            {"venue": "Congress", "city": "Washington", "region": "DC", "country": "US"},
        ),
        (
            "The pier\n12 Quay Rd\nSpringfield, Illinois, 62701",
            {
                "venue": "The pier",
                "address": "12 Quay Rd",
                "city": "Springfield",
                "region": "IL",
                "postal_code": "62701",
                "country": "US",
            },
        ),
        ("Hauptbahnhof, Wien, Austria", {"venue": "Hauptbahnhof, Wien, Austria"}),
        ("Community Center", {"venue": "Community Center"}),
        *(
            (words, {"online": "yes"})
            for words in ("Online", "via Zoom", "Microsoft Teams Meeting")
        ),
        ("Zoom Gallery", {"venue": "Zoom Gallery"}),
        (
            "City Hall; 200 N Spring St; Los Angeles; CA 90012",
            {
                "venue": "City Hall",
                "address": "200 N Spring St",
                "city": "Los Angeles",
                "region": "CA",
                "postal_code": "90012",
                "country": "US",
            },
        ),
        (
            "Office of Ann Lee, Room 2\n12 Quay Rd, St. Paul MN  55101, United States",
            {
                "venue": "Office of Ann Lee, Room 2",
                "address": "12 Quay Rd",
                "city": "St. Paul",
                "region": "MN",
                "postal_code": "55101",
                "country": "US",
            },
        ),
        (
            "The pier, 12 Quay Rd\nNew York NY 10001-1234\nUnited States",
            {
                "venue": "The pier",
                "address": "12 Quay Rd",
                "city": "New York",
                "region": "NY",
                "postal_code": "10001-1234",
                "country": "US",
            },
        ),
        *(
            (text, {"venue": text})
            for text in ("The pier, Quay Street New York NY 10001", "The pier, 12 Troy NY 10001")
        ),
        ("", {}),
    ],
)
def test_a_location_is_taken_apart_as_far_as_it_is_clear(text: str, cells: dict[str, str]) -> None:
    assert split_location(text) == cells


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("CA", "CA"),
        ("ca", "CA"),
        ("California", "CA"),
        ("D.C.", "DC"),
        ("Georgia", "GA"),
        ("PR", "PR"),
        ("Puerto Rico", "PR"),
        ("Bavaria", None),
        ("Germany", None),
    ],
)
def test_states_and_territories_are_known_by_code_and_name(text: str, code: str | None) -> None:
    assert state_code(text) == code


@pytest.mark.parametrize(
    ("cells", "place"),
    [
        (
            {"country": "US", "postal_code": "94601"},
            ("37.7806", "-122.2166", "America/Los_Angeles"),
        ),
        (
            {"country": "US", "postal_code": "94601-1234", "region": "CA"},
            ("37.7806", "-122.2166", "America/Los_Angeles"),
        ),
        # A spreadsheet program took the zero off.
        (
            {"country": "US", "postal_code": "2139", "region": "MA"},
            ("42.3647", "-71.1042", "America/New_York"),
        ),
    ],
)
def test_a_zip_code_tells_the_place(cells: dict[str, str], place: tuple[str, str, str]) -> None:
    assert locate(cells) == place


@pytest.mark.parametrize(
    ("city", "region"),
    [
        ("Los Angeles", "California"),
        ("Saint Louis", "MO"),
        ("Coeur d'Alene", "ID"),
        ("NEW YORK", "ny"),
    ],
)
def test_a_city_and_its_state_tell_the_place(city: str, region: str) -> None:
    place = locate({"country": "US", "city": city, "region": region})
    assert 24 < float(place.latitude) < 49
    assert place.timezone.startswith("America/")


def test_a_country_may_be_called_by_its_name() -> None:
    assert locate({"country": "USA", "postal_code": "94601"}).timezone == "America/Los_Angeles"


def test_a_place_whose_zone_the_table_spells_wrongly_has_none() -> None:
    assert "timezone" not in find_place({"country": "US", "postal_code": "99634"})


@pytest.mark.parametrize(
    ("zone", "said"),
    [
        (
            "America/Chicago",
            "its timezone is America/Chicago, but its place is in America/Los_Angeles; correct one of them",
        ),
        *((zone, "") for zone in ("", "America/Los_Angeles", "America/Tijuana", "Nowhere")),
    ],
)
def test_a_zone_that_is_not_the_places_is_told(zone: str, said: str) -> None:
    cells = {"date": "2024-06-14", "city": "Reno", "region": "NV", "country": "US"}
    assert other_zone(cells | {"timezone": zone}) == said


BY_HAND = "write latitude and longitude yourself"


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        (
            {"country": "AT", "city": "Wien"},
            f"only places in the United States are known here, and the country is AT; {BY_HAND}",
        ),
        (
            {"city": "Oakland"},
            (
                "only places in the United States are known here, and the country is missing;"
                " write its code, such as US"
            ),
        ),
        *(
            (
                {"country": "US", "postal_code": code},
                f"'{code}' is no known ZIP code; mend it, or {BY_HAND}",
            )
            for code in ("00000", "2139", "one")
        ),
        (
            {"country": "US", "postal_code": "94601", "region": "NY"},
            "the ZIP code 94601 is in CA, not in NY; correct one of them",
        ),
        (
            {"country": "US", "city": "Atlantis", "region": "CA"},
            "no city 'Atlantis' is known in CA; mend it, or write the ZIP code",
        ),
        (
            {"country": "US", "city": "Oakland"},
            f"there is no ZIP code, nor a city with its state; write one, or {BY_HAND}",
        ),
    ],
)
def test_a_place_that_is_not_known_is_told(cells: dict[str, str], said: str) -> None:
    with pytest.raises(ValueError) as error:  # noqa: PT011 (the sentence is compared whole)
        locate(cells)
    assert str(error.value) == said
