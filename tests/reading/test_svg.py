"""SVG files that are only pictures, and those that do more, each at its line."""

import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.reading import svg
from tests.projects import SHIPPED, SITES

OPEN = (
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"\n'
    ' xmlns:h="http://www.w3.org/1999/xhtml">\n'
)
ELSEWHERE = "outside of this file"
SCRIPT = "runs a script"


def find(text: str | bytes) -> list[str]:
    data = text.encode() if isinstance(text, str) else text
    return [str(problem) for problem in svg.find_problems(data, "content/images/a.svg")]


def drawing(inside: str) -> str:
    """Return an SVG whose third line is this."""
    return f"{OPEN}{inside}\n</svg>"


@pytest.mark.parametrize(
    "file",
    [
        SHIPPED / "extra/icon.svg",
        SITES / "full/extra/icon.svg",
        SITES / "full/extra/press/poster.svg",
    ],
)
def test_a_picture_is_only_a_picture(file: Path) -> None:
    assert not find(file.read_bytes())


@pytest.mark.parametrize(
    "inside",
    [
        '<defs><path id="a" d="M0 0"/></defs><use href="#a"/><use xlink:href=" #a"/>',
        '<rect fill="url(#a)" style="clip-path: url(\'#b\'); mask: url( &quot;#c&quot; )"/>',
        '<image href="data:image/png;base64,AAAA"/><image xlink:href="data:image/jpeg;base64,AA\nAA"/>',
        "<style>.a { fill: url(#b) } @font-face { src: url(data:font/woff2;base64,AAAA) }</style>",
        '<animate attributeName="fill" values="red;blue"/><set attributeName="opacity" to="1"/>',
        '<metadata><r:RDF xmlns:r="urn:r" r:about="https://example.org/"/></metadata>',
        "<?xpacket begin='' id='W5M0MpCehiHzreSzNTczkc9d'?><title>How url and on are written</title>",
        '<g xmlns:i="http://www.inkscape.org/namespaces/inkscape" i:label="online" class="once"/>',
        '<text aria-label="Learn javascript: it is easy">onload="x" url(http://a) @import</text>',
    ],
)
def test_what_stays_within_the_file_is_fine(inside: str) -> None:
    assert not find(drawing(inside))


def test_declarations_of_programs_are_fine() -> None:
    doctype = (
        '<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN"'
        ' "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">'
    )
    for begin in ("", '<?xml version="1.0" encoding="UTF-8" standalone="no"?>\n', "<!-- a -->"):
        assert not find(begin + doctype + drawing(""))
    assert not find(('<?xml version="1.0" encoding="utf-16"?>' + drawing("ü")).encode("utf-16"))


@pytest.mark.parametrize(
    ("inside", "said"),
    [
        ("<script>alert(1)</script>", "<script> runs a script"),
        ("<h:script/>", "<script> runs a script"),
        ("<SCRIPT/>", "<SCRIPT> runs a script"),
        ("<script xmlns=''/>", "<script> runs a script"),
        ('<script href="#a"/>', "<script> runs a script"),
        ("<handler/>", "<handler> runs a script"),
        ("<foreignObject/>", "<foreignObject> is no part of a drawing"),
        ("<h:p>Hello</h:p>", "<p> is no part of a drawing"),
        ("<iframe/>", "<iframe> is no part of a drawing"),
        ("<embed/>", "<embed> is no part of a drawing"),
        ('<g onload="a()"/>', "'onload' runs a script"),
        ('<g OnClick="a()"/>', "'OnClick' runs a script"),
        ('<a href="https://example.org/"/>', f"'href' refers to 'https://example.org/', {ELSEWHERE}"),
        ('<image xlink:href="b.png"/>', f"'href' refers to 'b.png', {ELSEWHERE}"),
        ('<use href="b.svg#a"/>', f"'href' refers to 'b.svg#a', {ELSEWHERE}"),
        ('<use href="//example.org/a#b"/>', "'href' refers to '//example.org/a#b'"),
        ('<a href=" java&#10;script:a()"/>', "'href' refers to 'javascript:a()'"),
        ('<a href="&#x6a;avascript:a()"/>', "'href' refers to 'javascript:a()'"),
        ('<image href="data:image/svg+xml,a"/>', "'href' refers to 'data:image/svg+xml,a'"),
        ('<use href="data:text/html,a"/>', "'href' refers to 'data:text/html,a'"),
        ('<image src="https://example.org/"/>', "'src' refers to 'https://example.org/'"),
        ('<g xml:base="https://example.org/"/>', "'xml:base' turns references"),
        ('<g fill="url(https://a.example/#b)"/>', "the style refers to 'https://a.example/#b'"),
        ('<g fill="url(#a) url(//b)"/>', "the style refers to '//b'"),
        ('<g style="fill: URL( \'b.svg\' )"/>', "the style refers to 'b.svg'"),
        (r'<g style="fill: u\72 l(b.svg)"/>', "the style refers to 'b.svg'"),
        (r'<g style="fill: \75\72\6c(b.svg)"/>', "the style refers to 'b.svg'"),
        ('<g mask="image-set(\'b.png\' 1x)"/>', "the style's 'image-set(' fetches something"),
        ("<style>@import 'b.css';</style>", "the style's '@import' fetches something"),
        (r"<style>@\69mport 'b.css';</style>", "the style's '@import' fetches something"),
        ("<style>@imp<!-- a -->ort 'b.css';</style>", "the style's '@import' fetches something"),
        ("<style>@imp<g>a</g>ort 'b.css';</style>", "the style's '@import' fetches something"),
        ("<style><![CDATA[a { b: url(//c) }]]></style>", "the style refers to '//c'"),
        ("<style>a { b: url(data:image/svg+xml,c) }</style>", "refers to 'data:image/svg+xml,c'"),
        ('<set attributeName="href" to="#a"/>', "<set> changes 'href' while the picture is shown"),
        ('<animate attributeName="xlink:href" to="#"/>', "<animate> changes 'xlink:href'"),
        ('<set attributeName="onclick" to="a()"/>', "<set> changes 'onclick'"),
        ('<set attributeName="a" to="javascript:a()"/>', "'to' runs a script"),
        ('<animate values="#a; javascript:a()"/>', "'values' runs a script"),
        ('<animate attributeName="fill" values="red;url(//a)"/>', "the style refers to '//a'"),
        ('<?xml-stylesheet href="a.css"?>', "'<?xml-stylesheet …?>' is an instruction to programs"),
        ("<?php a ?>", "'<?php …?>' is an instruction to programs"),
    ],
)  # fmt: skip
def test_what_is_active_is_told_at_its_line(inside: str, said: str) -> None:
    (problem,) = find(drawing(inside))
    assert problem.startswith("content/images/a.svg:3: ")
    assert said in problem
    assert "; " in problem


def test_each_thing_is_told_at_its_own_line() -> None:
    text = (
        f'{OPEN}<g\n id="a"\n onload="b()"\n/>\n<style>\na {{}}\n\nb {{ fill: url(//c) }}\n</style>'
        '\n<script/><a href="d"/>\n</svg>'
    )
    assert [problem.split(":")[1] for problem in find(text)] == ["5", "10", "12", "12"]
    assert len(find(drawing("<script/>" * 1_000))) == 20


@pytest.mark.parametrize(
    ("doctype", "said"),
    [
        ("<!DOCTYPE svg [<!ENTITY a 'b'>]>", "a DOCTYPE with declarations of its own"),
        ("<!DOCTYPE svg [<!ATTLIST g onload CDATA 'a()'>]>", "a DOCTYPE with declarations"),
        ('<!DOCTYPE svg SYSTEM "https://example.org/a.dtd">', "the DOCTYPE is not SVG's own"),
        ('<!DOCTYPE svg PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "a">', "not SVG's own"),
    ],
)
def test_declarations_can_hide_anything(doctype: str, said: str) -> None:
    (problem,) = find(f"\n{doctype}\n{drawing('')}")
    assert problem.startswith("content/images/a.svg:2: ")
    assert said in problem


def test_entities_that_grow_without_end_are_not_read() -> None:
    entities = "".join(f"<!ENTITY a{n + 1} '{f'&a{n};' * 10}'>" for n in range(20))
    begin = time.process_time()
    assert len(find(f"<!DOCTYPE svg [<!ENTITY a0 'a'>{entities}]><svg>&a20;</svg>")) == 1
    assert time.process_time() - begin < 1


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (
            "<svg>\n<g>\n</svg>",
            "3: this is not well-formed XML (mismatched tag), and browsers show",
        ),
        ("<svg>", "1: this is not well-formed XML (no element found)"),
        ("<svg>\n<a:g/></svg>", "2: this is not well-formed XML (unbound prefix)"),
        ("<svg>&nbsp;</svg>", "1: this is not well-formed XML (undefined entity)"),
        (b"<svg>\n\xff</svg>", "2: this is not well-formed XML (not well-formed (invalid token))"),
        (b"\x1f\x8b\x08\0", "1: this is not well-formed XML"),
        (
            '<?xml version="1.0" encoding="cp037"?><svg/>',
            "1: the encoding 'cp037' is not read here",
        ),
        ('<?xml version="1.0" encoding="x"?><svg/>', "1: the encoding 'x' is not read here"),
    ],
)
def test_what_is_no_xml_is_told_at_its_line(data: str | bytes, said: str) -> None:
    (problem,) = find(data)
    assert problem.startswith(f"content/images/a.svg:{said}")


def test_nothing_takes_long_to_read() -> None:
    attributes = " ".join(f"a{number}=''" for number in range(50_000))
    for text in (
        "<g>" * 200_000 + "</g>" * 200_000,
        f"<g {attributes}/>",
        "<style>" + "url(" * 200_000 + "</style>",
        "<style>" + "\\75 " * 200_000 + "</style>",
        "<style>" + "\n" * 500_000 + "url(a)" * 1_000 + "</style>",
        "<g style='" + "url( " * 200_000 + "'/>",
        "<g a='" + "javascript" * 100_000 + "'/>",
        "<g onload=''" + " " * 900_000 + "/>",
    ):
        begin = time.process_time()
        find(drawing(text))
        assert time.process_time() - begin < 2, text[:40]


@given(st.text(max_size=300), st.binary(max_size=300))
def test_whatever_is_written_is_read_or_told(text: str, data: bytes) -> None:
    for written in (drawing(text).encode("utf-8", "surrogatepass"), data):
        for problem in svg.find_problems(written, "content/images/a.svg"):
            assert len(str(problem).splitlines()) == 1
