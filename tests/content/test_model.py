import pickle
import subprocess
import sys
from dataclasses import FrozenInstanceError, replace
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.content.model import (
    KINDS,
    Action,
    Campaign,
    Event,
    Kind,
    LabelledLink,
    Letter,
    Update,
)
from campaign.content.schema import describe
from campaign.reading.reader import read as read_site
from tests.projects import ROOT, SITES
from tests.samples import action, campaign, event, letter, page, read, update


@pytest.mark.parametrize(
    ("item", "path"),
    [
        (campaign(), "/"),
        (letter(), "/letter/"),
        (action(slug="sign"), "/act/sign/"),
        (event(id="vigil"), "/events/vigil/"),
        (update(slug="news"), "/updates/news/"),
        (page(slug="about"), "/about/"),
    ],
)
def test_each_kind_of_content_has_its_address(item: Kind, path: str) -> None:
    assert item.path == path


@pytest.mark.parametrize("kind", KINDS)
def test_every_field_is_described(kind: type[Kind]) -> None:
    assert all(describe(kind, name) for name in kind.field_names())
    assert set(kind.required_names()) <= set(kind.field_names())


def test_what_is_no_field_has_no_description() -> None:
    assert not describe(Letter, "colour")
    assert not describe(Letter, "body")


def test_what_can_be_made_need_not_be_written() -> None:
    assert Event.required_names() == ["title", "date"]
    assert Action.required_names() == ["title", "kind", "why"]


def test_what_is_not_written_has_the_value_that_is_documented() -> None:
    found = campaign()
    assert (found.language, found.status, found.is_live) == ("en", "live", True)
    assert found.share.networks == ("x", "facebook", "email")
    assert (event().online, event().status, event().sequence) == ("no", "confirmed", 0)
    assert page().menu == "footer"


def test_one_value_is_a_list_of_one() -> None:
    assert page(aliases="/old/").aliases == ("/old/",)
    assert campaign(share={"networks": "x"}).share.networks == ("x",)


@pytest.mark.parametrize(("kind", "message"), [("post", True), ("picture", True), ("share", False)])
def test_a_post_and_a_picture_are_messages_to_the_addressee(kind: str, message: bool) -> None:  # noqa: FBT001
    assert action(kind=kind).is_message is message


def test_a_source_needs_no_label() -> None:
    links = update(
        sources=["https://www.example.org/a", {"label": "B", "url": "https://b.org"}]
    ).sources
    assert [(link.label, link.url) for link in links] == [
        ("example.org", "https://www.example.org/a"),
        ("B", "https://b.org"),
    ]


def test_organisers_stand_in_one_cell_or_in_a_list() -> None:
    assert event(organiser="ACLU; MoveOn").organiser == ("ACLU", "MoveOn")
    assert event(organiser=["ACLU", "MoveOn"]).organiser == ("ACLU", "MoveOn")


def test_a_note_is_markdown() -> None:
    assert letter(note="It is *new*.").note.html == "<p>It is <em>new</em>.</p>"


@pytest.mark.parametrize(
    "item", [campaign(), letter(note="*New*"), action(1), event(start="18:00")]
)
def test_objects_are_compared_by_what_they_hold_and_can_be_kept_in_files(item: Kind) -> None:
    kept = pickle.loads(pickle.dumps(item))  # noqa: S301 (written here)
    assert kept == item
    assert repr(kept) == repr(item)
    assert replace(item, aliases=("/old/",)) != item
    assert replace(item, aliases=("/old/",)).aliases == ("/old/",)


def test_what_was_asked_of_an_event_is_no_part_of_it() -> None:
    asked, other = event(end="18:00"), event(end="18:00")
    assert asked.ends_at_utc == asked.ends
    assert asked.last_day == asked.date
    assert vars(asked) == vars(other)


def test_a_group_is_compared_and_shown_by_its_members() -> None:
    one, other = (campaign(share={"networks": [name]}).share for name in ("x", "email"))
    assert one != other
    link = LabelledLink(label="A", url="https://a.org")
    assert {link, LabelledLink(label="A", url="https://a.org")} == {link}
    assert repr(link) == "LabelledLink(label='A', url='https://a.org')"


def test_content_in_order_needs_nothing_that_only_explains_or_transliterates() -> None:
    code = (
        "import sys, campaign.content.model; print({'difflib', 'unidecode'} & sys.modules.keys())"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, check=True, capture_output=True, text=True
    )
    assert done.stdout == "set()\n"


def test_an_object_cannot_be_changed() -> None:
    with pytest.raises(FrozenInstanceError):
        page().title = "Another"  # type: ignore[misc]


@pytest.mark.parametrize(
    ("kind", "wrong", "said"),
    [
        (
            Campaign,
            {"status": "won"},
            ["closing: missing; the status is won, so say in one sentence how the campaign closed"],
        ),
        (
            Campaign,
            {"closing": "It is over.", "ended": "2024-06", "successor": "https://example.org"},
            [
                f"{name}: the status is live; take this out, or set the status to won, lost or ended"
                for name in ("closing", "ended", "successor")
            ],
        ),
        (
            Campaign,
            {"status": "won", "closing": "It is over.", "begun": "2024-06-02", "ended": "2024-05"},
            ["ended: 2024-05 is before 2024-06-02, when the campaign began; correct one of them"],
        ),
        # In one month: the day that it ended may be the later one.
        (
            Campaign,
            {"status": "won", "closing": "It is over.", "begun": "2024-06-02", "ended": "2024-06"},
            [],
        ),
        *(
            (
                Action,
                {"kind": kind},
                [
                    f"link: missing; an action of the kind {kind} needs to know where it is done, such as https://…"
                ],
            )
            for kind in ("sign", "call", "write")
        ),
        (
            Action,
            {"kind": "share", "link": "https://example.org"},
            ["button: missing; write the words on the button that opens the link"],
        ),
        (Action, {"kind": "sign", "link": "https://example.org", "button": "Sign"}, []),
        (
            Event,
            {"end_date": "2024-06-13"},
            ["end_date: 2024-06-13 is before 2024-06-14, the day it begins; correct one of them"],
        ),
        (Event, {"end_date": "2025-06-15"}, []),
        (
            Event,
            {"end_date": "2042-06-15"},
            [
                (
                    "end_date: 2042-06-15 is 6575 days after 2024-06-14, and an event lasts a year at"
                    " most; correct one of them, or write several events"
                )
            ],
        ),
        *(
            (
                Event,
                {"start": "20:00", "end": end},
                [
                    (
                        f"end: {end} is not after the start, 20:00;"
                        " if it ends the next day, write 2024-06-15 in end_date"
                    )
                ],
            )
            for end in ("18:00", "20:00")
        ),
        (Event, {"start": "20:00", "end": "18:00", "end_date": "2024-06-15"}, []),
        (Event, {"end": "18:00"}, []),
        (
            Event,
            {"online": "yes", "venue": "The pier"},
            [
                "online: an event with a venue is not only online; write mixed, or leave the venue out"
            ],
        ),
        (Event, {"online": "mixed", "venue": "The pier"}, []),
        (Event, {"latitude": "1"}, ["longitude: missing; latitude and longitude go together"]),
        (Event, {"longitude": "1"}, ["latitude: missing; latitude and longitude go together"]),
        (
            Event,
            {"region": "CA"},
            ["country: missing; the region 'CA' needs its country's code, such as US"],
        ),
    ],
)
def test_fields_do_not_contradict_each_other(
    kind: type[Kind], wrong: dict[str, object], said: list[str]
) -> None:
    assert read(kind, **wrong)[1] == said


@pytest.mark.parametrize(
    ("latitude", "longitude"),
    [
        ("41.88", "-87.63"),
        ("18.34", "-64.93"),
        ("71.29", "-156.79"),
        ("5.88", "-162.08"),
        ("-14.28", "-170.7"),
        ("13.47", "144.75"),
        ("15.19", "145.75"),
        ("52.9", "173"),
    ],
)
def test_the_united_states_are_wide(latitude: str, longitude: str) -> None:
    assert read(Event, latitude=latitude, longitude=longitude, country="US")[1] == []


@pytest.mark.parametrize(
    ("place", "said"),
    [
        (
            ("41.88", "87.63"),
            "longitude: 87.63 is east of Greenwich, and the country is US; did you mean longitude -87.63?",
        ),
        (
            ("-41.88", "-87.63"),
            "latitude: -41.88 is south of the equator, and the country is US; did you mean latitude 41.88?",
        ),
        *(
            (
                (swapped, "41.88"),
                (
                    f"latitude: {swapped} and 41.88 are no place there, and the country is US;"
                    " did you mean latitude 41.88 and longitude -87.63?"
                ),
            )
            for swapped in ("-87.63", "87.63")
        ),
        (
            ("52.52", "13.4"),
            "latitude: 52.52 and 13.4 are no place in the United States; mend them, or the country",
        ),
    ],
)
def test_a_place_that_cannot_be_in_the_united_states_is_a_slip(
    place: tuple[str, str], said: str
) -> None:
    latitude, longitude = place
    assert read(Event, latitude=latitude, longitude=longitude, country="US")[1] == [said]
    assert read(Event, latitude=latitude, longitude=longitude)[1] == []


@pytest.mark.parametrize("country", [None, "US", "GH"])
def test_no_event_is_where_programs_put_what_has_no_place(country: str | None) -> None:
    assert read(Event, latitude="0", longitude="-0.0", country=country)[1] == [
        (
            "latitude: 0 and 0 are a place in the sea, which programs write for none;"
            " write those of the place, or leave both empty"
        )
    ]


@pytest.mark.parametrize(
    ("facts", "moment", "past"),
    [
        # Its day is over in New York, where it is 4 hours earlier, at 4:00 of the next day in UTC.
        ({}, datetime(2024, 6, 15, 3, 59, tzinfo=UTC), False),
        ({}, datetime(2024, 6, 15, 4, 0, tzinfo=UTC), True),
        ({"timezone": "Pacific/Auckland"}, datetime(2024, 6, 14, 11, 59, tzinfo=UTC), False),
        ({"timezone": "Pacific/Auckland"}, datetime(2024, 6, 14, 12, 0, tzinfo=UTC), True),
        ({"start": "18:00"}, datetime(2024, 6, 15, 3, 59, tzinfo=UTC), False),
        ({"start": "18:00", "end": "20:00"}, datetime(2024, 6, 14, 23, 59, tzinfo=UTC), False),
        ({"start": "18:00", "end": "20:00"}, datetime(2024, 6, 15, 0, 0, tzinfo=UTC), True),
        ({"end_date": "2024-06-16"}, datetime(2024, 6, 17, 3, 59, tzinfo=UTC), False),
        ({"end_date": "2024-06-16"}, datetime(2024, 6, 17, 4, 0, tzinfo=UTC), True),
        (
            {"start": "18:00", "end": "10:00", "end_date": "2024-06-16"},
            datetime(2024, 6, 16, 13, 59, tzinfo=UTC),
            False,
        ),
        (
            {"start": "18:00", "end": "10:00", "end_date": "2024-06-16"},
            datetime(2024, 6, 16, 14, 0, tzinfo=UTC),
            True,
        ),
    ],
)
def test_an_event_is_past_when_its_end_or_its_day_is_over_in_its_own_zone(
    facts: dict[str, object],
    moment: datetime,
    past: bool,  # noqa: FBT001
) -> None:
    assert event(**facts).is_past(moment) is past


def test_a_time_that_is_not_known_is_not_made_up() -> None:
    assert event().starts is None
    assert event().ends is None
    known = event(start="18:00", end="20:00")
    zone = ZoneInfo("America/New_York")
    assert known.starts == datetime(2024, 6, 14, 18, tzinfo=zone)
    assert known.ends == datetime(2024, 6, 14, 20, tzinfo=zone)
    assert known.ends_at_utc == datetime(2024, 6, 15, 0, tzinfo=UTC)
    assert event().ends_at_utc == datetime(2024, 6, 15, 4, tzinfo=UTC)
    assert known.ends_at_utc.tzinfo is UTC


@given(
    st.dates(date(1900, 1, 1), date(2100, 12, 31)),
    st.times().map(lambda time: f"{time:%H:%M}") | st.none(),
    st.sampled_from(["Pacific/Kiritimati", "Asia/Kathmandu", "America/New_York", "Pacific/Niue"]),
    st.datetimes(timezones=st.just(UTC)),
)
def test_of_an_event_at_any_time_and_place_it_can_be_told_whether_it_is_past(
    day: date, end: str | None, zone: str, now: datetime
) -> None:
    found = event(date=day.isoformat(), end=end, timezone=zone)
    if found.is_past(now):
        assert day <= now.date() or (day - now.date()).days <= 1
    else:
        assert (now.date() - day).days <= 2


def test_everything_has_its_order() -> None:
    content = read_site(SITES / "full").content()
    numbers = [step.number for step in content.steps]
    assert numbers == sorted(numbers, key=lambda number: number or 0)
    assert content.of(Action) == (*content.steps, *content.further_actions)
    assert all(action.number is None for action in content.further_actions)
    dates = [update.date for update in content.of(Update)]
    assert dates == sorted(dates, reverse=True)
    days = [event.date for event in content.of(Event)]
    assert days == sorted(days)
