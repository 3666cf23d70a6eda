"""Rules across a site's files, each by one mistake in a small site that is in order otherwise."""

import os
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from campaign.checking import check
from campaign.content.problems import has_errors
from tests.photos import dot
from tests.projects import ROOT, SHIPPED, SITES, edit, write

THEME = ROOT / "theme"
PAGE = "---\ntitle: A page\nsummary: What it says.\n---\n\n"
UPDATE = "---\ntitle: News\ndate: 2024-06-01\nsummary: It happened.\n---\n\nText.\n"
EVENT = "---\ntitle: Vigil\ndate: 2024-06-14\n---\n"
ACTION = "---\ntitle: Post\nkind: post\nwhy: It helps.\n---\n\nText.\n"
TABLE = "title,date,country,region\nVigil,2024-06-14,US,CA\n"

PNG = dot()
# What is told of every page in extra/, and keeps none from being published.
UNCHANGED = "published unchanged"
Files = dict[str, str | bytes]
Report = Callable[[Files], list[str]]


def report(content: Path) -> list[str]:
    """Return what an editor is told of a site's content."""
    return [str(problem) for problem in check(content, THEME)[1]]


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """The content of a small site that is in order, to change."""
    return shutil.copytree(SITES / "minimal", tmp_path / "content")


@pytest.fixture
def report_with(content: Path) -> Report:
    """Return what is wrong with the small site once some files are written into it."""

    def change(files: Files) -> list[str]:
        for name, text in files.items():
            write(content / name, text)
        return report(content)

    return change


@pytest.mark.parametrize("site", ["broken", "broken/astray", "broken/unfinished"])
def test_a_broken_site_is_told_mistake_by_mistake(site: str) -> None:
    expected = (SITES / site / "expected.txt").read_text(encoding="utf-8").splitlines()
    assert report(SITES / site / "content") == expected


@pytest.mark.parametrize("folder", [SHIPPED, SITES / "minimal", SITES / "full"])
def test_a_site_in_order_has_no_problem(folder: Path) -> None:
    assert not has_errors(check(folder, THEME)[1])


def test_a_missing_folder_is_one_problem(tmp_path: Path) -> None:
    assert report(tmp_path / "content") == [
        "content:1: there is no such folder; the campaign's files belong there"
    ]


def test_an_empty_folder_is_told_what_belongs_there(tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()
    assert report(tmp_path / "content") == [
        "content:1: there is no step yet; write the first one, content/actions/1-….md",
        "content/campaign.md:1: this file is missing; write it: it holds the campaign",
        "content/letter.md:1: this file is missing; write it: it holds the letter",
    ]


def test_a_link_to_a_missing_letter_is_no_mistake_of_its_own(content: Path) -> None:
    (content / "letter.md").unlink()
    write(content / "pages/a.md", f"{PAGE}[a](../letter.md), [b](/letter/#c)")
    assert report(content) == [
        "content/letter.md:1: this file is missing; write it: it holds the letter"
    ]


def test_a_step_has_a_number(content: Path) -> None:
    (content / "actions/1-write.md").rename(content / "actions/write.md")
    assert report(content) == [
        "content:1: there is no step yet; write the first one, content/actions/1-….md"
    ]


def test_a_number_belongs_to_one_step_even_where_the_file_has_other_mistakes(
    report_with: Report,
) -> None:
    assert report_with({"actions/01-broken.md": "", "actions/2-post.md": ACTION}) == [
        (
            "content/actions/01-broken.md:1: the first line must be '---', then come the fields,"
            " and '---' again before the text"
        ),
        (
            "content/actions/1-write.md:1: step 1 is content/actions/01-broken.md already;"
            " give this file another number"
        ),
    ]


@pytest.mark.parametrize(
    ("files", "said"),
    [
        (
            {"updates/a.md": UPDATE, "updates/2024-06-01-a.md": UPDATE},
            ("updates/a.md:1: slug: /updates/a/ is already the address of"
            " content/updates/2024-06-01-a.md:1; write another slug"),
        ),
        (
            {"events.csv": TABLE + "Vigil,2024-06-14,US,CA\n"},
            ("events.csv:3: id: /events/2024-06-14-vigil/ is already the address of"
            " content/events.csv:2; write another id"),
        ),
        (
            {"pages/letter.md": f"{PAGE}Text."},
            "pages/letter.md:1: slug: /letter/ is already the address of content/letter.md; write another slug",
        ),
        (
            {"pages/updates.md": f"{PAGE}Text."},
            ("pages/updates.md:1: slug: /updates/ is already the address of"
            " a page that the site makes by itself; write another slug"),
        ),
        (
            {"updates/a.md": UPDATE.replace("title", "aliases: [/b/, /b]\ntitle")},
            "updates/a.md:2: aliases.2: /b/ is already the address of content/updates/a.md; take it out",
        ),
        # Some computers keep one file for both.
        (
            {"updates/a.md": UPDATE.replace("title", "aliases: [/Letter/]\ntitle")},
            "updates/a.md:2: aliases.1: /Letter/ is already the address of content/letter.md; take it out",
        ),
        (
            {"updates/a.md": UPDATE.replace("title", "aliases: [/events/page/2/]\ntitle")},
            ("updates/a.md:2: aliases.1: /events/page/2/ is already the address of"
            " a page of a list that the site makes by itself; take it out"),
        ),
        (
            {
                "events.csv": TABLE,
                "updates/a.md": UPDATE.replace("title", "aliases: [/events/in/us/ca/]\ntitle"),
            },
            ("updates/a.md:2: aliases.1: /events/in/us/ca/ is already the address of"
            " a page that the site makes by itself; take it out"),
        ),
        (
            {
                "events.csv": TABLE,
                "updates/a.md": UPDATE.replace(
                    "title", "aliases: [/events/on/2024-06-14/]\ntitle"
                ),
            },
            ("updates/a.md:2: aliases.1: /events/on/2024-06-14/ is already the address of"
            " a page that the site makes by itself; take it out"),
        ),
        (
            {"extra/sitemap.xml": ""},
            ("extra/sitemap.xml:1: /sitemap.xml is already the address of"
            " a file that the site makes by itself; give this file another name"),
        ),
        (
            {"extra/events/near-021.json": ""},
            ("extra/events/near-021.json:1: /events/near-021.json is already the address of"
            " a file that the site makes by itself; give this file another name"),
        ),
        (
            {"extra/index.html": ""},
            ("extra/index.html:1: /index.html is already the address of"
            " content/campaign.md; give this file another name"),
        ),
        (
            {"events/a.md": EVENT.replace("title", "id: vigil\ntitle"), "extra/events/vigil/vigil.ics": ""},
            ("extra/events/vigil/vigil.ics:1: /events/vigil/vigil.ics is already the address of"
            " a file that the site makes by itself; give this file another name"),
        ),
        (
            {
                "events/a.md": EVENT.replace("title", "id: vigil\ntitle"),
                "updates/a.md": UPDATE.replace("title", "aliases: [/events/Vigil/vigil.ics/]\ntitle"),
            },
            ("updates/a.md:2: aliases.1: /events/Vigil/vigil.ics/ is already the address of"
            " a file that the site makes by itself; take it out"),
        ),
        # A file cannot stand where the folder of a page is, nor a page below a file.
        (
            {"extra/letter": ""},
            "extra/letter:1: /letter is already the address of content/letter.md; give this file another name",
        ),
        (
            {
                "updates/a.md": UPDATE.replace("title", "aliases: [/b.html, /b.html/c/]\ntitle"),
            },
            "updates/a.md:2: aliases.2: /b.html/c/ is already the address of content/updates/a.md; take it out",
        ),
        (
            {"images/a.png": PNG, "extra/images/a.png": ""},
            ("images/a.png:1: /images/a.png is already the address of"
            " content/extra/images/a.png; give this file another name"),
        ),
    ],
)  # fmt: skip
def test_an_address_belongs_to_one_page_or_file(
    report_with: Report, files: Files, said: str
) -> None:
    assert [line for line in report_with(files) if UNCHANGED not in line] == [f"content/{said}"]


def test_a_calendar_may_be_kept_below_the_former_address_of_an_event(report_with: Report) -> None:
    event = EVENT.replace("title", "id: vigil\naliases: [/events/old/]\ntitle")
    calendars = dict.fromkeys(("extra/events/old/old.ics", "extra/events/vigil/old.ics"), "")
    assert report_with({"events/a.md": event, **calendars}) == []


@pytest.mark.parametrize("name", ["in", "map", "on", "online", "page", "past"])
def test_names_that_the_site_needs_below_events_are_no_events(
    report_with: Report, name: str
) -> None:
    assert report_with({"events/a.md": EVENT.replace("title", f"id: {name}\ntitle")}) == [
        (
            f"content/events/a.md:2: id: /events/{name}/ is already the address of"
            " a page that the site makes by itself; write another id"
        )
    ]


@pytest.mark.parametrize("name", ["1-write copy", "1-write (1)", "1-write-2", "1-write-copy"])
def test_of_a_file_and_its_copy_the_copy_is_blamed(report_with: Report, name: str) -> None:
    assert report_with({f"actions/{name}.md": ACTION}) == [
        (
            f"content/actions/{name}.md:1: step 1 is content/actions/1-write.md already;"
            " give this file another number"
        )
    ]


def test_a_step_whose_name_is_nearly_right_is_one_mistake(content: Path) -> None:
    (content / "actions/1-write.md").rename(content / "actions/1 write.md")
    write(content / "pages/a.md", f"{PAGE}[a](/act/write/), [b](<../actions/1 write.md>)")
    assert [line.partition(" call ")[2] for line in report(content)] == ["the file '1-write.md'"]


def test_a_state_is_written_in_one_way(report_with: Report) -> None:
    assert not report_with(
        {"events.csv": f"{TABLE}Reading,2024-06-15,US,ca\nWalk,2024-06-16,CA,\n"}
    )
    assert report_with({"events.csv": f"{TABLE}Reading,2024-06-15,US,California\n"}) == [
        "content/events.csv:3: region: 'California' is 'CA' in content/events.csv:2; write it in one way"
    ]


def test_an_event_begins_at_a_time_that_there_is(report_with: Report) -> None:
    row = "Vigil,2024-03-10,{},03:30,America/New_York\n"
    table = f"title,date,start,end,timezone\n{row}"
    assert not report_with({"events.csv": table.format("03:00")})
    assert report_with({"events.csv": table.format("02:30")}) == [
        (
            "content/events.csv:2: start: clocks go forward on 2024-03-10 and there is no 02:30"
            " in America/New_York; correct one of them"
        )
    ]


def test_a_former_address_and_a_file_of_its_own_are_no_problem(report_with: Report) -> None:
    files: Files = {
        "updates/a.md": UPDATE.replace("title", "aliases: [/b, /c.html]\ntitle"),
        "extra/robots.txt": "",
        "extra/.well-known/security.txt": "",
        "pages/a.md": f"{PAGE}[a](/b/), [b](../extra/robots.txt), [c](/.well-known/security.txt)",
    }
    assert report_with(files) == []


@pytest.mark.parametrize(
    "link",
    [
        "/",
        "/letter/",
        "/act/",
        "/events/",
        "/events/past/",
        "/updates/",
        "/updates/atom.xml",
        "letter.md",
        "../letter.md",
        "../actions/1-write.md",
        "/act/write/",
        "a.md#one-more",
        "#one-more",
        "/act/#anything",
        "../images/a%20pier.png",
        "<../images/a pier.png>",
        "/images/a%20pier.png",
        "/events/on/",
        "/events/on/2024-06-14/",
        "/events/online/",
        "/events/in/",
        "/events/in/us/",
        "/events/in/us/ca/",
        "/events/events.ics",
        "/events/events.json",
        "/events/in/us/ca/events.ics",
        "/events/2024-06-14-vigil/2024-06-14-vigil.ics",
        "/events/2024-06-14-vigil/",
        "/old/",
        "a&amp;b.md",
        "/404.html",
    ],
)
def test_a_link_leads_to_a_page_a_file_or_a_heading_however_it_is_written(
    report_with: Report, link: str
) -> None:
    files: Files = {
        "events.csv": TABLE,
        "updates/a.md": UPDATE.replace("title", "aliases: /old/\ntitle"),
        "images/a pier.png": PNG,
        "pages/a&b.md": f"{PAGE}Text.",
        "pages/a.md": f"{PAGE}## One more\n\n[link]({link})",
    }
    assert report_with(files) == []


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("[a](leter.md)", "link 'leter.md' leads nowhere; did you mean 'letter.md'?"),
        ("[a](../images/b.png)", "link '../images/b.png' leads nowhere; there is no such file in the content folder"),
        ("![a](b.png)", "image 'b.png' leads nowhere; there is no such file in the content folder"),
        ("![a](../letter.md)", "image '../letter.md' is no picture; name one of the files in images/"),
        ("[a](/lettr/)", "link '/lettr/' leads nowhere; did you mean '/letter/'?"),
        ("[a](/updates/atom.xml)", "link '/updates/atom.xml' leads nowhere; did you mean '/updates/'?"),
        ("[a](/events/events.ics)", "link '/events/events.ics' leads nowhere; did you mean '/events/'?"),
        ("[a](/x/y/z/)", "link '/x/y/z/' leads nowhere; there is no page or file with this address"),
        ("[a](../../../b)", "link '../../../b' leads nowhere; there is no such file in the content folder"),
        ("[a](/act/?b=c)", "link '/act/?b=c' leads nowhere; did you mean '/act/'?"),
        ("[a](#begining)", "link '#begining': the page has no heading 'begining'; did you mean 'beginning'?"),
        (
            "[a](../letter.md#end)",
            ("link '../letter.md#end': the page has no heading 'end';"
            " name one of its headings, in small letters with hyphens"),
        ),
        ("[a](www.example.org/b)", "link 'www.example.org/b' leads nowhere; did you mean 'https://www.example.org/b'?"),
        ("[a](example.org/b)", "link 'example.org/b' leads nowhere; did you mean 'https://example.org/b'?"),
        ("[a](b@example.org)", "link 'b@example.org' leads nowhere; did you mean 'mailto:b@example.org'?"),
        ("[a](/%22onclick=%22)", "link '/%22onclick=%22' leads nowhere; there is no page or file with this address"),
    ],
)  # fmt: skip
def test_a_link_that_leads_nowhere_is_told_with_the_nearest_page(
    report_with: Report, written: str, said: str
) -> None:
    assert report_with({"pages/a.md": f"{PAGE}## Beginning\n\n{written}"}) == [
        f"content/pages/a.md:8: {said}"
    ]


@pytest.mark.parametrize(
    ("link", "path"),
    [
        ("[a](https://example.org/)", None),
        ("[a](https://example.org/minimality/)", None),
        ("[a](HTTPS://example.org/minimal)", "/"),
        ("<https://example.org/minimal/#b>", "/#b"),
        ("See https://example.org/minimal/act/.", "/act/"),
    ],
)
def test_a_link_within_the_site_is_written_without_the_sites_address(
    content: Path, link: str, path: str | None
) -> None:
    site = (content / "campaign.md").read_text(encoding="utf-8")
    write(content / "campaign.md", re.sub("site: .*", "site: https://example.org/minimal", site))
    write(content / "pages/a.md", f"{PAGE}{link}")
    said = report(content)
    if path is None:
        assert not said
    else:
        assert [line.partition(" to ")[2] for line in said] == [
            f"this site itself; write it from the first slash: '{path}'"
        ]


def test_a_link_in_a_note_or_in_a_cell_is_told_at_its_field_or_row(content: Path) -> None:
    edit(content / "letter.md", "signed_by", "note: See [this](gone.md).\nsigned_by")
    write(content / "events.csv", "title,date,description\nVigil,2024-06-14,See [this](gone.md).\n")
    nowhere = "link 'gone.md' leads nowhere; there is no such file in the content folder"
    assert report(content) == [
        f"content/events.csv:2: description: {nowhere}",
        f"content/letter.md:5: note: {nowhere}",
    ]


@pytest.mark.parametrize(
    ("name", "broken", "link"),
    [
        ("updates/a.md", "", "/updates/anything/"),
        ("updates/a.md", UPDATE.replace("title", "slug: #b\ntitle"), "/updates/b/"),
        ("updates/a.md", UPDATE.replace("title", "slug: B\ntitle"), "/updates/b/"),
        (
            "updates/a.md",
            UPDATE.replace("2024", "24").replace("title", "aliases: /b/\ntitle"),
            "/updates/a/",
        ),
        ("updates/a.md", UPDATE.replace("2024", "24"), "../updates/a.md"),
        ("actions/post.md", ACTION.replace("post", "pots"), "/act/post/"),
        ("pages/a.md", "", "/anything/"),
        ("events/a.md", EVENT.replace("2024", "24"), "/events/anything/"),
        ("events/a.md", EVENT.replace("2024", "24"), "/events/in/us/ca/"),
        ("events.csv", TABLE.replace("2024", "24"), "/events/in/us/ca/"),
        ("events.csv", TABLE.replace("2024", "24"), "/events/on/2024-06-14/"),
        ("events.csv", TABLE.replace(",CA", ""), "/events/in/us/ca/"),
        ("events.csv", "\0", "/events/2024-06-14-vigil/"),
        ("events.csv", "\0", "/events/events.ics"),
        ("events.csv", "\0", "/events/events.json"),
        ("events/a.md", EVENT.replace("2024", "24"), "/events/in/us/ca/events.ics"),
    ],
)
def test_a_broken_file_makes_no_link_to_it_a_mistake(
    report_with: Report, name: str, broken: str, link: str
) -> None:
    said = report_with({name: broken, "pages/b.md": f"{PAGE}[a]({link})"})
    assert said
    assert all(line.startswith(f"content/{name}:") for line in said)


def test_a_link_is_looked_at_even_where_the_fields_above_it_have_mistakes(
    report_with: Report,
) -> None:
    assert report_with(
        {"pages/a.md": f"{PAGE.replace('summary', 'sumary')}[a](gone.md) [b](/act/gone/)"}
    ) == [
        "content/pages/a.md:3: sumary: unknown field; did you mean 'summary'?",
        "content/pages/a.md:6: link 'gone.md' leads nowhere; there is no such file in the content folder",
        "content/pages/a.md:6: link '/act/gone/' leads nowhere; did you mean '/act/write/'?",
    ]


@pytest.mark.parametrize(
    ("image", "said"),
    [
        ("images/card.png", None),
        ("/images/card.png", "did you mean 'images/card.png'?"),
        ("images/crad.png", "did you mean 'images/card.png'?"),
        ("picture", "put the picture into images/ and write images/ before its name"),
    ],
)
def test_the_picture_of_previews_is_there(content: Path, image: str, said: str | None) -> None:
    write(content / "images/card.png", PNG)
    edit(content / "campaign.md", "begun", f"card: {{image: {image}, alt: A card}}\nbegun")
    wrong = f"content/campaign.md:6: card.image: there is no file '{image}' in content/; {said}"
    assert report(content) == ([wrong] if said else [])


def test_the_picture_of_previews_is_of_a_kind_that_every_network_shows(content: Path) -> None:
    write(content / "images/card.svg", "<svg/>")
    edit(content / "campaign.md", "begun", "card: {image: images/card.svg, alt: A card}\nbegun")
    assert report(content) == [
        (
            "content/campaign.md:6: card.image: previews do not show 'images/card.svg';"
            " save it as one of .png, .jpg, .jpeg, .webp"
        )
    ]


@pytest.mark.parametrize(
    ("share", "said"),
    [
        ("networks: []", None),
        ("networks: Twitter", "share.networks.1: 'Twitter' is not a network known here; did you mean 'x'?"),
        (
            "networks: x, facebook, email",
            "share.networks: these are several; write them as a list in brackets: [x, facebook, email]",
        ),
        (
            "messages: []",
            "share.messages: this list is empty; write at least one item, or take the field out",
        ),
        (
            "overrides: {x: []}",
            "share.overrides.x: this list is empty; write at least one item, or take the field out",
        ),
    ],
)  # fmt: skip
def test_lists_of_networks_and_messages_are_what_an_editor_wrote(
    content: Path, share: str, said: str | None
) -> None:
    edit(content / "campaign.md", "begun", f"share:\n  {share}\nbegun")
    assert [line.partition(": ")[2] for line in report(content)] == ([said] if said else [])


def test_networks_and_tokens_are_those_that_are_known(content: Path) -> None:
    edit(content / "campaign.md", "begun", "share: {networks: facebok, messages: '{ulr}'}\nbegun")
    assert report(content) == [
        "content/campaign.md:6: share.networks.1: 'facebok' is not a network known here; did you mean 'facebook'?",
        "content/campaign.md:6: share.messages.1: '{ulr}' stands for nothing; did you mean '{url}'?",
    ]


def test_mistakes_of_one_line_are_told_in_the_order_of_the_line(content: Path) -> None:
    names = ["x", *(f"fax{number}" for number in range(2, 13))]
    edit(content / "campaign.md", "begun", f"share: {{networks: [{', '.join(names)}]}}\nbegun")
    fields = [line.split(": ")[1] for line in report(content)]
    assert fields == [f"share.networks.{number}" for number in range(2, 13)]


def test_a_message_step_needs_a_network_that_reaches_the_addressee(content: Path) -> None:
    edit(content / "campaign.md", "begun", "share: {networks: [copy, print]}\nbegun")
    write(content / "actions/1-write.md", "---\ntitle: A\nkind: post\nwhy: B\n---\n\nText.\n")
    assert [line.partition("; ")[2] for line in report(content)] == ["add x"]


def test_the_theme_speaks_the_language_of_the_content(content: Path, tmp_path: Path) -> None:
    edit(content / "campaign.md", "begun", "language: de\nbegun")
    theme = tmp_path / "theme"
    shutil.copytree(THEME / "translations", theme / "translations")
    assert [str(problem) for problem in check(content, theme)[1]] == [
        (
            "content/campaign.md:6: language: the theme has no words in 'de' yet;"
            " write one of en, or translate theme/translations/en.toml"
        )
    ]
    edit(content / "campaign.md", "language: de", "language: en-GB")
    assert [str(problem) for problem in check(content, theme)[1]] == [
        "content/campaign.md:6: language: the theme has no words in 'en-GB' yet; did you mean 'en'?"
    ]
    edit(content / "campaign.md", "language: en-GB", "language: de")
    write(theme / "translations/de.toml", "direction = 'ltr'\n")
    _, problems = check(content, theme)
    assert {problem.path for problem in problems} == {"theme/translations/de.toml"}
    assert all(problem.message.startswith("missing; translate '") for problem in problems)
    shutil.rmtree(theme / "translations")
    assert [str(problem) for problem in check(content, theme)[1]] == [
        (
            "content/campaign.md:6: language: the theme has no words in 'de' yet;"
            " put theme/translations/en.toml back, and write en or translate it"
        )
    ]


@pytest.mark.skipif(
    not hasattr(os, "mkfifo"), reason="names like these are refused by the system itself"
)
def test_a_file_whose_name_cannot_be_an_address_is_told(content: Path) -> None:
    write(content / "images/a\nb.png", "")
    write(content / "images/a\u200bb.png", "")
    write(content / "pages/a\x07.md", f"{PAGE}Text.")
    write(content / os.fsdecode(b"caf\xe9.md"), "")
    assert report(content) == [
        "content:1: the name of the file 'caf\\udce9.md' holds U+DCE9, which no address can; rename it",
        "content/images:1: the name of the file 'a\\nb.png' holds a line end, which no address can; rename it",
        "content/images:1: the name of the file 'a\\u200bb.png' holds U+200B, which no address can; rename it",
        "content/pages:1: the name of the file 'a\\x07.md' holds U+0007, which no address can; rename it",
    ]
