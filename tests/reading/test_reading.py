"""The result of reading each file and row; what is wrong with them is in `test_check` and the broken sites."""

import os
import shutil
from pathlib import Path

import pytest

from campaign.content.model import Action, Event, Page, Update
from campaign.reading.draft import Draft
from campaign.reading.reader import read
from tests.photos import corner, dot, photo, save
from tests.projects import SITES, edit, write

PAGE = "---\ntitle: A page\nsummary: What it says.\n---\n\nText.\n"
PNG = dot()
ACTION = "---\ntitle: Post\nkind: post\nwhy: It helps.\n---\n\nText.\n"


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """The content of a small site that is in order, to change."""
    return shutil.copytree(SITES / "minimal", tmp_path / "content")


def test_a_slug_is_the_files_name_without_number_and_date(content: Path) -> None:
    write(content / "actions/02-Sign the petition.md", ACTION)
    write(content / "actions/call.md", ACTION)
    write(content / "pages/3-über.md", PAGE)
    write(content / "pages/2024.md", PAGE)
    write(content / "pages/2018-review.md", PAGE)
    news = PAGE.replace("summary", "date: 2024-06-01\nsummary")
    write(content / "updates/2024-06-01-news.md", news)
    write(content / "updates/2018-review.md", news)
    write(content / "updates/53-weeks.md", news)
    draft = read(content)
    assert [(action.number, action.slug) for action in draft.content().of(Action)] == [
        (1, "write"),
        (2, "sign-the-petition"),
        (None, "call"),
    ]
    assert [(page.number, page.slug) for page in draft.content().of(Page)] == [
        (3, "uber"),
        (None, "2018-review"),
        (None, "2024"),
    ]
    assert [update.path for update in draft.of(Update)] == [
        "/updates/2018-review/",
        "/updates/news/",
        "/updates/53-weeks/",
    ]


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("5 step", "5-step"),
        ("5_step", "5-step"),
        ("5step", "5-step"),
        ("5–step", "5-step"),
        ("5. step", "5-step"),
        ("5", "5-a-short-name"),
        ("5-", "5-a-short-name"),
        ("2018-pledge", "1-2018-pledge"),
        ("2024-06-01-march", "1-2024-06-01-march"),
    ],
)
def test_an_action_that_begins_with_a_digit_but_is_no_step_is_told_its_right_name(
    content: Path, name: str, meant: str
) -> None:
    write(content / f"actions/{name}.md", ACTION)
    assert [str(problem) for problem in read(content).problems] == [
        (
            f"content/actions/{name}.md:1: a name that begins with a digit is a step's,"
            f" its number and a hyphen; call the file '{meant}.md'"
        )
    ]


def test_steps_count_from_one_whatever_gaps_the_numbers_have(content: Path) -> None:
    for number in (10, 7):
        write(content / f"actions/{number}-step-{number}.md", ACTION)
    steps = read(content).content().steps
    assert [(step.number, step.slug) for step in steps] == [
        (1, "write"),
        (2, "step-7"),
        (3, "step-10"),
    ]


def test_a_slug_that_is_written_is_kept(content: Path) -> None:
    write(content / "pages/about.md", PAGE.replace("title", "slug: who-we-are\ntitle"))
    draft = read(content)
    assert draft.of(Page)[0].path == "/who-we-are/"
    assert draft.addresses["pages/about.md"] == "/who-we-are/"


@pytest.mark.parametrize(
    ("facts", "name"),
    [
        ({}, "2024-06-14-vigil"),
        ({"city": "Los Angeles"}, "2024-06-14-vigil-los-angeles"),
        ({"city": "Vigil"}, "2024-06-14-vigil"),
        (
            {"title": "Vigil in Los Angeles", "city": "Los Angeles"},
            "2024-06-14-vigil-in-los-angeles",
        ),
        (
            {"title": "Vigil for all the angeles", "city": "Geles"},
            "2024-06-14-vigil-for-all-the-angeles-geles",
        ),
        ({"id": "candles", "city": "Los Angeles"}, "candles"),
        ({"title": "word " * 40}, f"2024-06-14{'-word' * 18}"),
    ],
)
def test_a_lasting_name_is_made_of_day_title_and_city(
    content: Path, facts: dict[str, str], name: str
) -> None:
    facts = {"title": "Vigil", "date": "2024-06-14", **facts}
    fields = "".join(f"{field}: {value}\n" for field, value in facts.items())
    table = write(content / "events.csv", f"{','.join(facts)}\n{','.join(facts.values())}\n")
    assert [event.id for event in read(content).of(Event)] == [name]
    table.unlink()
    write(content / "events/a.md", f"---\n{fields}---\n")
    draft = read(content)
    assert [event.id for event in draft.of(Event)] == [name]
    assert draft.addresses["events/a.md"] == f"/events/{name}/"


def test_an_event_without_a_zone_is_in_the_campaigns(content: Path) -> None:
    write(content / "events.csv", "title,date,timezone\nA,2024-06-14,\nB,2024-06-14,Asia/Tokyo\n")
    zones = [event.timezone.key for event in read(content).of(Event)]
    assert zones == ["Europe/London", "Asia/Tokyo"]
    edit(content / "campaign.md", "Europe/London", "London")
    assert [event.timezone.key for event in read(content).of(Event)] == ["UTC", "Asia/Tokyo"]


def test_a_rows_description_is_its_text(content: Path) -> None:
    write(
        content / "events.csv",
        'title,date,description\nA,2024-06-14,"Bring *candles*.\n\nAnd friends."\n',
    )
    (event,) = read(content).of(Event)
    assert event.body.html == "<p>Bring <em>candles</em>.</p>\n<p>And friends.</p>"
    assert event.origin.line == 2


def test_files_are_copied_from_images_and_to_the_top_from_extra(content: Path) -> None:
    write(content / "images/a.PNG", PNG)
    write(content / "images/more/b.svg", '<?xml version="1.0"?>\n<svg/>')
    for name in (".well-known/security.txt", ".htaccess", ".nojekyll", "CNAME", "x.tmp"):
        write(content / "extra" / name, "library.example\n" if name == "CNAME" else "")
    draft = read(content)
    assert draft.content().files == {
        "/images/a.PNG",
        "/images/more/b.svg",
        "/.htaccess",
        "/.nojekyll",
        "/.well-known/security.txt",
        "/CNAME",
        "/x.tmp",
    }
    assert draft.addresses["extra/CNAME"] == "/CNAME"
    assert draft.addresses["images/more/b.svg"] == "/images/more/b.svg"


@pytest.mark.parametrize(
    "name",
    [
        ".DS_Store",
        "actions/.2-sign.md.swp",
        "letter.md~",
        "~$events.csv",
        "actions/2.md.tmp",
        "images/Thumbs.db",
        "extra/.git/config",
        ".~lock.events.csv#",
        "pages/desktop.ini",
        "extra/.DS_Store",
        "extra/._CNAME",
        "extra/deep/Thumbs.db",
        "extra/desktop.ini",
        "extra/CNAME~",
        "extra/.CNAME.swp",
        "extra/~$CNAME",
        "extra/.~lock.a#",
        "extra/.gitkeep",
        "images/.gitkeep",
        ".obsidian/workspace",
        "images/.hidden/a.png",
        "pages/.hidden.md",
    ],
)
def test_what_a_computer_leaves_in_a_folder_is_nobodys_content(content: Path, name: str) -> None:
    before = read(content)
    write(content / name, "\0")
    assert read(content) == before


def test_a_picture_is_one_that_browsers_show(content: Path) -> None:
    write(content / "images/more/a.tiff", "")
    assert [str(problem) for problem in read(content).problems] == [
        (
            "content/images/more/a.tiff:1: browsers do not show this kind of picture;"
            " save it as one of .avif, .gif, .jpeg, .jpg, .png, .svg, .webp"
        )
    ]


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.png", PNG),
        ("a.jpg", dot("JPEG")),
        ("a.JPEG", dot("JPEG")),
        ("a.gif", dot("GIF")),
        ("a.webp", dot("WEBP")),
        ("a.avif", dot("AVIF")),
        ("a.avif", dot("AVIF").replace(b"ftypavif", b"ftypmif1", 1)),
        ("a.svg", b'\xef\xbb\xbf<?xml version="1.0"?>\n<!-- a -->\n<svg xmlns=""/>'),
    ],
)
def test_a_picture_is_what_its_name_says(content: Path, name: str, data: bytes) -> None:
    write(content / "images" / name, data)
    assert not read(content).problems
    for wrong, what in (
        (b"", "is empty"),
        (b"<!doctype html>", f"holds no {Path(name).suffix.lower()} picture"),
    ):
        write(content / "images" / name, wrong)
        assert [str(problem) for problem in read(content).problems] == [
            (
                f"content/images/{name}:1: this file {what};"
                " save the picture anew, not by changing the name alone"
            )
        ]


def test_a_picture_is_light_enough_for_a_phone(content: Path) -> None:
    write(content / "images/a.png", PNG + bytes(2_340_000))
    assert [str(problem) for problem in read(content).problems] == [
        (
            "content/images/a.png:1: this picture has 2.3 MB, which takes long on a phone;"
            " make it smaller, to less than 1 MB"
        )
    ]


def test_a_drawing_that_is_active_is_told_at_its_line(content: Path) -> None:
    for name in ("images/a.SVG", "extra/more/b.svg"):
        write(content / name, "<svg>\n<script/>\n<g onclick='a()'/></svg>")
    remedy = "take it out, or export the drawing anew as plain SVG"
    assert [str(problem) for problem in read(content).problems] == [
        f"content/{name}:{line}: {what} runs a script; {remedy}"
        for name in ("extra/more/b.svg", "images/a.SVG")
        for line, what in ((2, "<script>"), (3, "'onclick'"))
    ]


def test_a_compressed_drawing_is_told(content: Path) -> None:
    write(content / "extra/a.svgz", "")
    assert [str(problem) for problem in read(content).problems] == [
        "content/extra/a.svgz:1: a compressed drawing cannot be looked into; save it as .svg"
    ]


@pytest.mark.parametrize("name", ["a.jpg", "a.jpeg", "photo"])
def test_a_picture_in_extra_names_no_place(content: Path, name: str) -> None:
    write(content / "extra" / name, photo(60, 40))
    write(content / "extra/b.jpg", save("JPEG", corner(), comment=b"A walk"))
    assert [str(problem) for problem in read(content).problems] == [
        (
            f"content/extra/{name}:1: this picture says where it was taken, to everybody;"
            " export it without the place (GPS), or put it into images/, which takes that out"
        )
    ]


def test_pages_in_extra_are_told_once(content: Path) -> None:
    write(content / "extra/b.HTM", "")
    (problem,) = read(content).problems
    end = "published unchanged, outside the site's policy that keeps scripts and trackers out"
    remedy = "write pages in pages/ where you can"
    assert str(problem) == f"content/extra/b.HTM:1: this page is {end}; {remedy}"
    assert not problem.is_error
    for name in ("a/b.xhtml", "c.html", "d.xht"):
        write(content / "extra" / name, "")
    (problem,) = read(content).problems
    what = "this page and 3 more in extra/ are"
    assert str(problem) == f"content/extra/a/b.xhtml:1: {what} {end}; {remedy}"


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="any sign is in the names of POSIX alone")
@pytest.mark.parametrize(
    ("name", "sign", "meant"),
    [
        ("We are #1.png", "#", "we-are-1.png"),
        ("more/why?.png", "?", "why.png"),
        ("%.png", "%", "picture.png"),
    ],
)
def test_a_picture_has_a_name_that_a_link_can_hold(
    content: Path, name: str, sign: str, meant: str
) -> None:
    write(content / "images" / name, PNG)
    assert [str(problem) for problem in read(content).problems] == [
        f"content/images/{name}:1: '{sign}' means something else in a link; call the file '{meant}'"
    ]


@pytest.mark.parametrize(
    "name", ["events.xlsx", "events/2024.ods", "Events.numbers", "pages/a.XLS"]
)
def test_a_spreadsheet_is_told_how_to_be_saved(content: Path, name: str) -> None:
    write(content / name, "")
    assert [str(problem) for problem in read(content).problems] == [
        (
            f"content/{name}:1: a spreadsheet is not read here;"
            " save it in the format CSV (UTF-8), as content/events.csv"
        )
    ]


def test_a_table_of_events_in_a_folder_is_told_its_place(content: Path) -> None:
    write(content / "events/events.csv", "title,date\nVigil,2024-06-14\n")
    assert [str(problem) for problem in read(content).problems] == [
        "content/events/events.csv:1: this table belongs beside content/campaign.md; move it there"
    ]


def test_what_nobody_sees_in_a_name_is_not_in_its_address(content: Path) -> None:
    write(content / "pages/about.md", PAGE.replace("title", "slug: who\u200b-we-are\ntitle"))
    draft = read(content)
    assert draft.of(Page)[0].path == draft.addresses["pages/about.md"] == "/who-we-are/"


def test_a_folder_in_the_place_of_a_file_is_one_problem(content: Path) -> None:
    (content / "letter.md").unlink()
    (content / "letter.md").mkdir()
    assert [str(problem) for problem in read(content).problems] == [
        "content/letter.md:1: this file is missing; write it: it holds the letter"
    ]


def test_a_file_of_a_name_without_letters_needs_a_slug(content: Path) -> None:
    write(content / "pages/🎉.md", PAGE)
    assert [str(problem) for problem in read(content).problems] == [
        (
            "content/pages/🎉.md:1: slug: the file's name has nothing that can stand in an address;"
            " write a name here, such as 'a-short-name'"
        )
    ]
    write(content / "pages/🎉.md", PAGE.replace("title", "slug: party\ntitle"))
    assert not read(content).problems


def test_a_list_of_no_networks_is_kept_and_a_field_without_value_left_out(content: Path) -> None:
    edit(content / "campaign.md", "begun", "share: {networks: [], messages: }\nbegun")
    assert read(content).content().campaign.share.networks == ()
    edit(content / "campaign.md", "networks: []", "networks: ")
    assert read(content).content().campaign.share.networks == ("x", "facebook", "email")


def test_columns_may_have_the_names_that_other_tables_give_them(content: Path) -> None:
    write(content / "events.csv", "title,date,State,zip,lng,Time\nA,2024-06-14,CA,94110,1,18:00\n")
    assert [str(problem) for problem in read(content).problems] == [
        "content/events.csv:1: State: unknown column; did you mean 'region'?",
        "content/events.csv:1: Time: unknown column; did you mean 'start'?",
        "content/events.csv:1: lng: unknown column; did you mean 'longitude'?",
        "content/events.csv:1: zip: unknown column; did you mean 'postal_code'?",
    ]


def test_the_table_needs_its_columns_once_however_many_rows_it_has(content: Path) -> None:
    write(content / "events.csv", "\ntitle,city\nA,B\nC,D\n")
    assert [str(problem) for problem in read(content).problems] == [
        (
            "content/events.csv:2: date: this column is missing;"
            " write the day, such as 2018-06-14, in the event's own place"
        )
    ]


def test_a_mistyped_column_is_not_missing_as_well(content: Path) -> None:
    write(content / "events.csv", "title,dat\nA,2024-06-14\nC,2024-06-15\n")
    assert [str(problem) for problem in read(content).problems] == [
        "content/events.csv:1: dat: unknown column; did you mean 'date'?"
    ]


def test_what_is_wrong_in_a_text_of_a_field_is_told_at_the_field(content: Path) -> None:
    edit(content / "letter.md", "signed_by", "note: It is <b>new</b>.\nsigned_by")
    assert [str(problem) for problem in read(content).problems] == [
        "content/letter.md:5: note: HTML is not read here ('<b>'); write Markdown instead"
    ]


def test_content_with_problems_is_not_built(content: Path) -> None:
    edit(content / "letter.md", "title", "titel")
    with pytest.raises(ValueError, match="content with problems cannot be built"):
        read(content).content()
    with pytest.raises(ValueError, match="content with problems cannot be built"):
        Draft("content").content()


def test_the_files_of_pages_have_their_addresses(content: Path) -> None:
    draft = read(content)
    assert draft.addresses == {
        "campaign.md": "/",
        "letter.md": "/letter/",
        "actions/1-write.md": "/act/write/",
    }
