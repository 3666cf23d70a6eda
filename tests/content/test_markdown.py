import re
from urllib.parse import quote
from xml.etree.ElementTree import Element

import html5lib
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from campaign.content.markdown import Reference, render
from campaign.content.problems import Problem
from campaign.reading.text import decode
from tests.mutation import FRAGMENTS

# All that Markdown makes, and nothing that runs or loads: elements with their attributes.
ELEMENTS: dict[str, set[str]] = {
    name: set(attributes)
    for names, attributes in {
        "p blockquote ul li pre code em strong br hr table thead tbody tr": [],
        "h1 h2 h3 h4 h5 h6": ["id"],
        "th td": ["data-align"],
        "ol": ["start"],
        "div": ["class", "role", "aria-label", "tabindex"],
        "a": ["href", "title"],
        "img": ["src", "alt", "title", "loading"],
    }.items()
    for name in names.split()
}
TITLE = "'#' is the page's own title; begin it with '##', or with '\\#' where it is a hashtag"
NO_WORDS = "image 'b.png' has no alternative text; describe it between the brackets: ![what it shows](b.png)"
MOVE = "put the picture into content/images/ and name it from there"
SCHEMES = "write https://…, mailto:… or tel:…"


def show(target: str) -> str:
    """Return an address as the site's own function would."""
    return f"/base/{quote(target)}"


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("", ""),
        (" \n\n", ""),
        ("\u200b\n\u00ad", ""),
        ("One plain sentence.", "<p>One plain sentence.</p>"),
        (
            "One.\n\nTwo *of* **them**.",
            "<p>One.</p>\n<p>Two <em>of</em> <strong>them</strong>.</p>",
        ),
        ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>"),
        ("3. a\n4. b", '<ol start="3">\n<li>a</li>\n<li>b</li>\n</ol>'),
        ("Fish & chips < 5", "<p>Fish &amp; chips &lt; 5</p>"),
        ("snake_case_name", "<p>snake_case_name</p>"),
        ("a  \nb", "<p>a<br>\nb</p>"),
        (
            "a | b\n--- | --:\n1 | 2",
            (
                '<div aria-label="a b" class="table" role="group" tabindex="0"><table>\n'
                '<thead>\n<tr>\n<th>a</th>\n<th data-align="right">b</th>\n</tr>\n</thead>\n<tbody>\n'
                '<tr>\n<td>1</td>\n<td data-align="right">2</td>\n</tr>\n</tbody>\n</table></div>'
            ),
        ),
        (
            '![A pier](images/a.png "T")',
            '<p><img alt="A pier" loading="lazy" src="/base/images/a.png" title="T"></p>',
        ),
        ("[her](letter.md)", '<p><a href="/base/letter.md">her</a></p>'),
        ("[her](<a letter.md>)", '<p><a href="/base/a%20letter.md">her</a></p>'),
        ('[a](/b"c)', '<p><a href="/base//b%22c">a</a></p>'),
        ("[a][b]\n\n[b]: /c", '<p><a href="/base//c">a</a></p>'),
        (
            "[a](https://example.org/?a=1&b=2)",
            '<p><a href="https://example.org/?a=1&amp;b=2">a</a></p>',
        ),
        (
            "See https://example.org/a_b_c. (Or http://example.org/a_(b).)",
            (
                '<p>See <a href="https://example.org/a_b_c">https://example.org/a_b_c</a>. '
                '(Or <a href="http://example.org/a_(b)">http://example.org/a_(b)</a>.)</p>'
            ),
        ),
        (
            "“https://example.org/?a=1&b=2” and `https://b.org`",
            (
                '<p>“<a href="https://example.org/?a=1&amp;b=2">https://example.org/?a=1&amp;b=2</a>” '
                "and <code>https://b.org</code></p>"
            ),
        ),
        ("[https://a.org](https://b.org)", '<p><a href="https://b.org">https://a.org</a></p>'),
        ("Write https://… first", "<p>Write https://… first</p>"),
        ("[a](https://b.org/\u200bc)", '<p><a href="https://b.org/c">a</a></p>'),
        ("[a](/\u200bc)", '<p><a href="/base//c">a</a></p>'),
        ("[a](mailto:b@example.org)", '<p><a href="mailto:b@example.org">a</a></p>'),
        ("<!-- For editors,\nnot for readers. -->\n\nText.", "<p>Text.</p>"),
        ("`<b>`", "<p><code>&lt;b&gt;</code></p>"),
    ],
)
def test_markdown_becomes_html(text: str, html: str) -> None:
    body = render(text)
    assert body.resolved(show) == html
    assert bool(body) is bool(html)
    assert not body.problems


@given(st.text(st.characters(codec="utf-8") | st.sampled_from("a.,:;!?'\"()-+/ 1…’")))
@example("One plain sentence, (and) another: 1/2!")
@example("- a")
@example("1. a")
@example("a  b")
def test_a_plain_sentence_is_the_same_alone_and_above_a_marked_one(text: str) -> None:
    text, _ = decode(text.encode(), "a.md")
    alone, above = render(text), render(f"{text}\n\n**b**")
    if alone.html == f"<p>{text}</p>":
        assert above.html == f"{alone.html}\n<p><strong>b</strong></p>"
        assert (above.problems, above.outside) == (alone.problems, alone.outside)


@pytest.mark.parametrize(
    ("text", "anchors"),
    [
        ("## A & B *of* `it`", ["a-b-of-it"]),
        ("## Q&amp;A", ["q-a"]),
        ("## A \\* B", ["a-b"]),
        ("## Again\n\n### Again\n\n## Again", ["again", "again-2", "again-3"]),
        ("## 漢字\n\n## 🎉", ["han-zi", "section"]),
    ],
)
def test_each_heading_can_be_linked_to(text: str, anchors: list[str]) -> None:
    body = render(text)
    assert re.findall(r'<h[23] id="([^"]*)">', body.html) == anchors
    assert body.anchors == set(anchors)


def test_links_and_pictures_within_the_site_are_noted_with_their_lines() -> None:
    text = (
        "Go to [the letter](letter.md), not a letter.md\n"
        "![a](images/a.png)\n"
        "[b](images/a.png) [c][d]\n"
        "[e](https://example.org) <f@example.org> [g](#h)\n"
        "[the letter](letter.md) [i](j&amp;k.md)\n"
        "[![l](m.png)](n.md)\n"
        "\n"
        "[d]: /act/\n"
    )
    assert render(text, 11).references == (
        Reference("images/a.png", 12, image=True),
        Reference("m.png", 16, image=True),
        Reference("letter.md", 11),
        Reference("images/a.png", 13),
        Reference("/act/", 18),
        Reference("#h", 14),
        Reference("letter.md", 15),
        Reference("j&k.md", 15),
        Reference("n.md", 16),
    )
    assert not render(text).problems


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Text\n\n# Title", [f"3: heading 'Title': {TITLE}"]),
        ("Text\n#Keep it", [f"2: heading 'Keep it': {TITLE}"]),
        ("Title\n===", [f"1: heading 'Title': {TITLE}"]),
        ("### Deep", ["1: heading 'Deep' skips a level; begin it with '##'"]),
        (
            "## A\n\n    # a = 1\n\n<!--\n## B b\n-->\n\n#### B *b*\n\n## C\n\n#### B",
            [
                "9: heading 'B b' skips a level; begin it with '###'",
                "13: heading 'B' skips a level; begin it with '###'",
            ],
        ),
        ("# <a@b.org>", [f"1: heading 'a@b.org': {TITLE}"]),
        ("Text\n\n##", ["3: this heading is empty; write its words after the '#' signs"]),
        *(
            (text, [f"{line}: HTML is not read here ('{tag}'); write Markdown instead"])
            for text, line, tag in (
                ("a\n<b>c</b>", 2, "<b>"),
                ("a\n</div>", 2, "</div>"),
                ("<script>alert(1)</script>", 1, "<script>"),
                ("a <!-- b -->", 1, "<!-- b -->"),
                ("`<b>` and ``<b> ` ``\n<b>c</b>", 2, "<b>"),
                ("<!--\n<b>\n-->\n\n<b>c</b>", 5, "<b>"),
                ("a\n\n<!-- b\n\nc", 3, "<!-- b"),
                ("<!-- a --> b\n\nc\n\n<!-- d -->", 1, "<!-- a -->"),
                ("a\n\na <b `c` d>", 3, "<b c d>"),
                ("a <!-- <b@c.org> -->", 1, "<!-- b@c.org -->"),
                ("a\n\na <b \\* [c](d) e>", 3, "<b * c e>"),
            )
        ),
        ("a\n![ ](b.png)", [f"2: {NO_WORDS}"]),
        ("![&nbsp;](b.png)", [f"1: {NO_WORDS}"]),
        ("[![](b.png)](c.md)", [f"1: {NO_WORDS}"]),
        ("![a]()", [f"1: this image names no file; {MOVE}"]),
        ("![a](data:image/png,A)", [f"1: image 'data:image/png,A' is not a file; {MOVE}"]),
        *(
            (
                f"![a]({address})",
                [f"1: image '{address}' is on another site, which would see every reader; {MOVE}"],
            )
            for address in ("https://example.org/a.png", "//example.org/a.png")
        ),
        (
            "[a](b.md)\n[c]()",
            ["2: link 'c' has no address; write it between the round brackets"],
        ),
        (
            "a\n\n[b](c:\\_d)",
            [f"3: link: 'c:_d' is not a web address; {SCHEMES}"],
        ),
        ("[&amp;]()", ["1: link '&' has no address; write it between the round brackets"]),
        ("[](b.md)", ["1: link 'b.md' has no words; write them between the square brackets"]),
        (
            "[a](htps://b.org)",
            ["1: link: 'htps://b.org' is not a web address; did you mean 'https://b.org'?"],
        ),
        *(
            (text, [f"{line}: link: '{address}' is not a web address; {SCHEMES}"])
            for text, line, address in (
                ("[a](javascript:b)", 1, "javascript:b"),
                ("[a](&#106;avascript&colon;b)", 1, "javascript:b"),
                ("<ftp://b.org>", 1, "ftp://b.org"),
                ("`[a](b:c)`\n<!--\n[a](b:c)\n-->\n[a](b:c)", 5, "b:c"),
                ("[a][b]\n\n[b]: data:c", 3, "data:c"),
            )
        ),
    ],
)
def test_what_must_be_mended_is_told_in_its_line(text: str, said: list[str]) -> None:
    assert [f"{it.line}: {it.message}" for it in render(text).problems] == said


def test_a_text_of_a_page_of_several_has_its_headings_lowered_and_no_names() -> None:
    body = render("## A\n\n###### B\n\n`<h2>`")
    assert body.resolved(show, demote=2) == "<h4>A</h4>\n<h6>B</h6>\n<p><code>&lt;h2&gt;</code></p>"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", ""),
        ("One plain sentence.", "One plain sentence."),
        ("Fish & *chips* <3, [here](/act/) or <a@b.org>", "Fish & chips <3, here or a@b.org"),
        ("## Head\n\nOne\nline  \nand\n\n\nmore", "Head\n\nOne line\nand\n\nmore"),
        ("- a\n- b *c*\n\n1. d", "- a\n- b c\n\n- d"),
        ("- a\n\n    more\n\n- b\n\nend", "- a\n\nmore\n\n- b\n\nend"),
        ("> quoted\n\n---\n\n`a < b`", "quoted\n\na < b"),
        ("| a | b |\n|---|---|\n| 1 | 2 |\n| 3 | 4 |\n\nend", "a b\n1 2\n3 4\n\nend"),
        ("Look: ![a <dog>](/dog.png) there", "Look: there"),
        ("&lt;b&gt; &amp;amp;", "<b> &amp;"),
    ],
)
def test_a_text_can_be_had_as_words_alone(text: str, said: str) -> None:
    assert render(text).text == said


def test_a_text_that_is_nested_too_deeply_is_told_and_leaves_no_trace(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fail(*_: object) -> str:
        raise RecursionError

    before = render("- a\n\n- b").html
    with monkeypatch.context() as patch:
        patch.setattr("markdown.Markdown.convert", fail)
        body = render("> *a*", 7)
    message = "this text is nested too deeply to be read; take some levels of lists or quotes out"
    assert body.problems == (Problem(message, line=7),)
    assert body
    assert render("- a\n\n- b").html == before


NEVER_CLOSED = (
    "more than 10 '[' or '`' of this paragraph are never closed;"
    " close them, or put '\\' before those that are to be seen"
)
NEVER_ENDING = (
    "more than 10 addresses of this paragraph's links hold quotes or never end;"
    " write ')' after each, and '<' before and '>' after one that holds quotes"
)


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("a\n\n- b\n- " + "[" * 11, 4, NEVER_CLOSED),
        ("a\n\n" + "`".join(f"{'`' * number}a" for number in range(1, 15, 1)), 3, NEVER_CLOSED),
        ("a\n\n> " + "![a](" * 11, 3, NEVER_ENDING),
        ("[a](it's) " * 11, 1, NEVER_ENDING),
        (
            f"a\n\n{'a ' * 10_001}",
            3,
            "this paragraph has more than 20,000 characters; divide it by empty lines",
        ),
        (
            f"a\n{'*' * 1001}",
            2,
            (
                "this line has more than 1,000 signs of Markdown;"
                " take out those that are not needed, or divide it"
            ),
        ),
        (
            "*\n\n" * 31_000,
            33_334,
            (
                "this text has more than 50,000 lines and signs of Markdown up to here;"
                " divide it into several pages"
            ),
        ),
        (
            "* **a** *b*\n" * 7000,
            6251,
            (
                "this text has more than 50,000 lines and signs of Markdown up to here;"
                " divide it into several pages"
            ),
        ),
        (
            "a\n\n" + "## a\n" * 101,
            103,
            (
                "more than 100 headings or rules stand right below each other;"
                " leave a line empty between them"
            ),
        ),
        *(
            (
                f"a\n\n{'    ' * 3}{sign * 20}a",
                3,
                "this line is nested too deeply to be read; take some levels of lists or quotes out",
            )
            for sign in (">", "- ", "> 1. ")
        ),
    ],
)
def test_what_would_take_very_long_is_told_in_its_line_and_not_read(
    text: str, line: int, said: str
) -> None:
    body = render(text)
    assert body.problems == (Problem(said, line=line),)
    assert body.html == "<p></p>"


@pytest.mark.slow
@pytest.mark.parametrize(
    "text",
    [
        "[a](b) " * 200,
        "`a` ``b`` " * 100,
        "\\[ " * 200,
        "`[` " * 200,
        "[a](https://example.org/a_(b)) " * 50,
        "- a [b](<it's.md>) 'c'\n" * 300,
        "- - -" * 50,
        f"> {'* ' * 50}",
        "a\n\n" * 10_000,
        "- [a](https://example.org/)\n" * 16_000,
        "[a](https://example.org/)\n\n" * 16_000,
        "## a\n\n" * 1000,
        "\n".join(f"{'    ' * level}- a" for level in range(15)),
    ],
)
def test_what_many_a_long_text_has_is_read(text: str) -> None:
    assert render(text).html != "<p></p>"


def test_each_of_many_links_has_its_line() -> None:
    text = "".join(f"[a](b{number}.md) <https://c.org/{number}>\n\n" for number in range(1000))
    body = render(text)
    assert [it.line for it in body.references] == list(range(1, 2000, 2))
    assert [it.line for it in body.outside] == list(range(1, 2000, 2))


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("*one**two*[the letter](letter.md)", 7),
        ("## One\n\n*one**two*[the letter](letter.md)", 9),
        ("Before.\n\n\nOne\n*two**three*[the letter](letter.md)\n\nAfter.", 10),
        ("- *one**two*[the letter](letter.md)\n- three", 7),
    ],
)
def test_marks_that_would_be_lost_are_told(text: str, line: int) -> None:
    body = render(text, 7)
    said = (
        "'*' and '**' run into each other here, and what is marked up beside them would be lost;"
        " leave a space between them"
    )
    assert body.problems == (Problem(said, line=line),)
    assert not render(
        text.replace("**", "* **").replace("three*", "three**").replace("two*[", "two**["), 7
    ).problems


@given(st.lists(st.sampled_from(FRAGMENTS) | st.text(), max_size=15), st.integers(0, 2))
def test_no_text_makes_html_that_runs_or_loads_anything(parts: list[str], demote: int) -> None:
    text, _ = decode("".join(parts).encode(), "a.md")
    body = render(text)
    html = body.resolved(show, demote)
    assert not re.search("[\ufdd0\ufdd1\x02\x03]", html)
    lines = range(1, text.count("\n") + 2)
    assert all(it.line in lines and it.message for it in body.problems)
    assert not any(re.search("[\x02\x03\n]", it.message) for it in body.problems)
    for element in elements(html):
        assert set(element.attrib) <= ELEMENTS[str(element.tag)]
        for attribute in ("href", "src"):
            address = element.get(attribute, "/base/")
            assert (
                address.startswith(("/base/", "http://", "https://", "mailto:", "tel:", "sms:"))
                or body.problems
            )


def elements(html: str) -> list[Element]:
    """Return all elements of a piece of HTML as a browser reads it."""
    root = html5lib.parseFragment(html, namespaceHTMLElements=False)
    assert isinstance(root, Element)
    return [element for element in root.iter() if element is not root]
