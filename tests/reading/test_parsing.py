import pytest

from campaign.content.model import Action, Campaign, Event, Kind, Letter, Page, Update
from campaign.content.problems import Origin, has_errors
from campaign.reading.parsing import build
from tests.samples import REQUIRED, TEXT, read


@pytest.mark.parametrize(
    ("kind", "field", "said"),
    [
        (Page, "title", "title: missing; write the page's title, one line"),
        (Update, "date", "date: missing; write the day it happened, such as 2018-06-20"),
        (Action, "kind", "kind: missing; write post, picture, sign, share, call or write"),
        (
            Letter,
            "signed_by",
            "signed_by: missing; write who signs the letter, as it stands at its foot",
        ),
        (
            Event,
            "date",
            "date: missing; write the day, such as 2018-06-14, in the event's own place",
        ),
        (
            Campaign,
            "hashtag",
            'hashtag: missing; write the tag that every post carries, in quotes: "#Reunite"',
        ),
        (
            Campaign,
            "addressee",
            "addressee: missing; write whom the campaign speaks to: name and handles",
        ),
    ],
)
def test_a_missing_field_is_described(kind: type[Kind], field: str, said: str) -> None:
    assert read(kind, **{field: None}) == (None, [said])


@pytest.mark.parametrize(
    ("kind", "fields", "said"),
    [
        (Page, {"titel": "A"}, "titel: unknown field; did you mean 'title'?"),
        (Event, {"zip": "94110"}, "zip: unknown field; did you mean 'postal_code'?"),
        (Page, {"Menu": "main"}, "Menu: unknown field; did you mean 'menu'?"),
        (
            Page,
            {"colour": "blue"},
            "colour: unknown field; the fields here are title, slug, summary, menu, aliases",
        ),
        (Page, {"body": "A", "number": "1"}, None),
        (
            Page,
            {"menu": "mian"},
            "menu: 'mian' is none of main, footer, none; did you mean 'main'?",
        ),
        (
            Page,
            {"title": ["A", "B"]},
            "title: write one value here, not several; put a text that holds ':', '[' or '{' in quotes",
        ),
        (
            Page,
            {"aliases": ["/old/", "new"]},
            (
                "aliases.2: 'new' is not an address within the site;"
                " write it from the first slash to the last, such as /old/page/"
            ),
        ),
        (
            Campaign,
            {"organiser": "Friends of the night trains"},
            "organiser: write its parts on lines of their own below it: name: …, url: …",
        ),
        (
            Campaign,
            {"organiser": {"name": "Friends", "site": "a"}},
            "organiser.site: unknown field; the fields here are name, url",
        ),
        (
            Campaign,
            {"organiser": {"nam": "Friends"}},
            "organiser.nam: unknown field; did you mean 'name'?",
        ),
        (
            Campaign,
            {"card": {"image": "images/card.png"}},
            "card.alt: missing; write what the picture shows, for those who do not see it",
        ),
        (
            Campaign,
            {"addressee": {"name": "Minister Gruber", "handles": "@gruber"}},
            (
                'addressee.handles: write the addressee\'s account on each network, such as x: "@name",'
                " each on a line of its own below it"
            ),
        ),
        (
            Campaign,
            {"addressee": {"name": "Minister Gruber", "handles": {"x": "@"}}},
            (
                "addressee.handles.x: the account's name is missing after '@';"
                " write it as the network shows it"
            ),
        ),
        (
            Campaign,
            {"follow": [{"label": "Newsletter", "url": "https://example.org"}, {"label": "Chat"}]},
            "follow.2.url: missing; write where the link leads, https://…",
        ),
        (
            Campaign,
            {"follow": ["https://example.org"]},
            "follow.1: write its parts on lines of their own below it: label: …, url: …",
        ),
        (
            Event,
            {"organiser": {"name": "ACLU"}},
            "organiser: write several names with ';' between them",
        ),
    ],
)
def test_a_wrong_field_is_told_once(
    kind: type[Kind], fields: dict[str, object], said: str | None
) -> None:
    _, problems = read(kind, **fields)
    if said is None:
        assert [problem.partition(";")[0] for problem in problems] == [
            f"{name}: unknown field" for name in fields
        ]
    else:
        assert problems == [said]


def test_a_mistyped_name_is_not_missing_as_well() -> None:
    assert read(Page, title=None, titel="About us") == (
        None,
        ["titel: unknown field; did you mean 'title'?"],
    )


def test_all_problems_are_told_in_the_order_of_the_fields_unknown_names_before_the_others() -> None:
    said = read(
        Campaign,
        follow=[{"url": "https://example.org", "labl": "Chat"}, {"label": "News", "text": "a"}],
        addressee={"name": ["A", "B"], "handles": {"x": "@her", "facebook": "@"}},
        organiser={"nam": "Friends", "url": "htps://example.org"},
        begun="soon",
        name=None,
        share={"networks": "x", "messages": [], "overrides": {"x": ["**Please**", "Please"]}},
        colour="blue",
    )[1]
    assert [problem.partition(":")[0] for problem in said] == [
        "colour",
        "name",
        "begun",
        "addressee.name",
        "addressee.handles.facebook",
        "organiser.nam",
        "organiser.url",
        "follow.1.labl",
        "follow.2.text",
        "follow.2.url",
        "share.messages",
        "share.overrides.x.1",
    ]


def test_what_is_told_already_is_not_told_again() -> None:
    data = {**REQUIRED[Event], "title": ["A"], "colour": "blue", "end_date": "2018-01-01"}
    known = frozenset({"title", "colour", "date", "end_date"})
    origin = Origin("content/events.csv", 3)
    assert build(Event, data, origin, {"body": TEXT}, known) == (None, [])
    found, problems = build(Event, {**data, "title": "A"}, origin, {"body": TEXT}, known)
    assert found is not None
    assert not problems


def test_a_problem_has_the_line_of_its_field_or_of_what_that_is_part_of() -> None:
    origin = Origin("content/campaign.md", 1, {"organiser": 4, "organiser.url": 6, "follow": 8})
    data = {
        **REQUIRED[Campaign],
        "organiser": {"url": "example"},
        "follow": [{"label": "Newsletter", "url": "news"}],
        "tone": ["a"],
    }
    _, problems = build(Campaign, data, origin, {"body": TEXT})
    assert [(problem.field, problem.line) for problem in problems] == [
        ("organiser.name", 4),
        ("organiser.url", 6),
        ("tone", 1),
        ("follow.1.url", 8),
    ]


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"title": "A" * 300}, []),
        (
            {"title": "A" * 301},
            [
                "title: this title has 301 characters; shorten it to 300, and put the rest into the text",
            ],
        ),
        (
            {
                "title": "Come \u202egnp.exe",
                "summary": "\u2066One\u2069",
                "aliases": ["/a/", "/b\u2068/"],
            },
            [
                f"{place}: an invisible sign ({sign}) changes the direction of what follows it;"
                " type these words anew, unless they are to run from right to left"
                for place, sign in (
                    ("title", "U+202E"),
                    ("summary", "U+2066"),
                    ("aliases.2", "U+2068"),
                )
            ],
        ),
    ],
)
def test_what_may_be_meant_is_a_notice_and_the_page_is_there(
    fields: dict[str, object], said: list[str]
) -> None:
    page, problems = build(
        Page, REQUIRED[Page] | fields, Origin("content/pages/about.md"), {"body": TEXT}
    )
    assert page
    assert page.title == fields["title"]
    assert [f"{problem.field}: {problem.message}" for problem in problems] == said
    assert not has_errors(problems)
