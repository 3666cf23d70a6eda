"""Markdown to HTML, with what a check must know of the text: its links, images, anchors and mistakes.

The HTML does not depend on where the site is published: addresses within it stand between two
marks, which `Body.resolved` replaces. HTML in a text is shown as typed and reported, so that
what comes out is as safe as what Python-Markdown itself makes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache, cached_property
from html import escape, unescape
from typing import NamedTuple
from urllib.parse import quote, unquote
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.extensions.sane_lists import SaneListExtension
from markdown.extensions.tables import TableExtension
from markdown.inlinepatterns import HTML_RE, InlineProcessor
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import AMP_SUBSTITUTE, HTML_PLACEHOLDER_RE, AtomicString

from campaign.content.fields import parse_link
from campaign.content.markdown.limits import RefuseExcess, find_excess
from campaign.content.markdown.lines import BARE_ADDRESS, LineFinder
from campaign.content.markdown.lint import find_comments, find_slips
from campaign.content.problems import shorten
from campaign.content.text import is_blank, slugify, without_unseen

# Two noncharacters of Unicode, which no content file may hold (`reading.text` refuses them).
# Between them a target stands percent-encoded, so that nothing of it is read as HTML.
_OPEN, _CLOSE = "\ufdd0", "\ufdd1"
# Signs that a program or an address has, and no sentence.
_SIGNS_OF_CODE = re.compile(r"[={}<>\\|_]|://")
_MARKED = re.compile(f"{_OPEN}([^{_CLOSE}]*){_CLOSE}")
_OF_ANOTHER_SITE = re.compile("[A-Za-z][A-Za-z0-9+.-]*:|//")


class Reference(NamedTuple):
    """What a link or an image of a text points to, and the line where it stands."""

    target: str
    line: int
    image: bool = False


@dataclass(frozen=True)
class Body:
    """A text as HTML.

    `references` point within the site, `outside` to other sites; `anchors` are the ids of its
    headings; `mistakes` are the line and the sentence of each thing that must be mended before
    the text can be shown.
    """

    html: str = ""
    references: tuple[Reference, ...] = ()
    outside: tuple[Reference, ...] = ()
    anchors: frozenset[str] = frozenset()
    mistakes: tuple[tuple[int, str], ...] = ()

    def __bool__(self) -> bool:
        return bool(self.html)

    @cached_property
    def text(self) -> str:
        """The words alone, a blank line between paragraphs and `- ` before what is listed."""
        return _words_of(self.html)

    def resolved(self, address: Callable[[str], str], demote: int = 0) -> str:
        """Give the HTML with each internal target replaced by its address.

        `address` gets a target as the editor wrote it. `demote` lowers the headings by so many
        levels and leaves out their ids, for a text that stands within a page of its neighbours.
        """
        html = self.html
        if _OPEN in html:
            html = _MARKED.sub(lambda found: escape(address(unquote(found[1]))), html)
        if demote:
            html = re.sub(
                r"<(/?)h([2-6])(?: id=\"[^\"]*\")?>",
                lambda found: f"<{found[1]}h{min(6, int(found[2]) + demote)}>",
                html,
            )
        return html


def render(text: str, first_line: int = 1) -> Body:
    """Turn Markdown into a `Body`; `first_line` is the line of the file where the text begins."""
    if is_blank(text):
        return Body()
    if _is_plain(text):
        return Body(html=f"<p>{text}</p>")
    if excess := tuple(find_excess(text)):
        return _refused((first_line + number, message) for number, message in excess)
    renderer, notes = _renderer()
    try:
        html = renderer.reset().convert(text)
    except RecursionError:
        _renderer.cache_clear()  # what it was in the midst of would be taken up by the next text
        mistake = (
            "this text is nested too deeply to be read; take some levels of lists or quotes out"
        )
        return _refused([(first_line, mistake)])
    find = LineFinder(text, first_line)
    if notes.excess:
        return _refused((find.paragraph(typed), message) for typed, message in notes.excess)
    mistakes = list(_judge_headings(notes, find))
    mistakes += [
        (first_line + number, message)
        for number, message in find_slips(find.prose, find.typed, renderer.references)
    ]
    mistakes += [
        (
            find.indented(code),
            "this text is indented, which makes it code; begin its lines at the margin",
        )
        for code in notes.code
        if not _SIGNS_OF_CODE.search(code)
    ]
    references = []
    mistakes += [
        (find.tag(tag), f"HTML is not read here ('{shorten(tag, 40)}'); write Markdown instead")
        for tag in _without_ends(notes.html)
    ]
    for image in notes.images:
        line = find.target(image.typed)
        mistakes += [(line, message) for message in _judge_image(image)]
        references.append(Reference(image.target, line, image=True))
    for link in notes.links:
        line = find.target(link.typed)
        mistakes += [(line, message) for message in _judge_link(link)]
        references.append(Reference(link.target, line))
    anchors = frozenset(notes.anchors)
    if _LEFT in html:
        mistakes += [(first_line + number, _RUNNING) for number in _lossy(text, renderer)]
    return Body(
        html,
        references=tuple(it for it in references if _is_internal(it.target)),
        outside=tuple(it for it in references if not _is_internal(it.target)),
        anchors=anchors,
        mistakes=tuple(sorted(mistakes)),
    )


def _refused(mistakes: Iterable[tuple[int, str]]) -> Body:
    """Return the body of a text that is not read; it is not an empty one."""
    return Body(html="<p></p>", mistakes=tuple(sorted(mistakes)))


# What Python-Markdown puts around the number of what it has marked up, until it puts that in.
_LEFT = "\x03"
_RUNNING = (
    "'*' and '**' run into each other here, and what is marked up beside them would be lost;"
    " leave a space between them"
)


def _lossy(text: str, renderer: Markdown) -> list[int]:
    """Give the lines, from 0, of the pieces between empty lines in which Python-Markdown forgets what it has marked up.

    Where no piece by itself has that, the first line stands for all.
    """
    found = []
    number = 0
    for piece in text.split("\n\n"):
        if _LEFT in renderer.reset().convert(piece):
            found.append(number + len(piece) - len(piece.lstrip("\n")))
        number += piece.count("\n") + 2
    return found or [0]


# What marks anything up within a line, and what does so at the beginning of one.
_MARK = re.compile(r"[\\`*_{}\[\]<>&#|~=\t\n]")
_MARK_OF_LINE = re.compile(r"\s|[-+>:•◦▪‣●]|[0-9]+[.)]")


def _is_plain(text: str) -> bool:
    """Tell whether a text is one paragraph of plain sentences, which needs no Markdown."""
    # Each is looked for by itself: one search for all of them takes ten times as long.
    return not (
        _MARK.search(text) or _MARK_OF_LINE.match(text) or text[-1:].isspace() or "://" in text
    )


_TAG = re.compile("<(/?[a-z0-9]+)[^>]*>")
_BREAKS = {
    **dict.fromkeys(("hr", "br", "/tr"), "\n"),
    **dict.fromkeys(
        (
            "/p",
            "/ol",
            "/ul",
            "/pre",
            "/div",
            "/blockquote",
            *(f"/h{level}" for level in range(2, 7)),
        ),
        "\n\n",
    ),
    **dict.fromkeys(("/td", "/th"), " "),
    "li": "\n- ",
}


def _words_of(html: str) -> str:
    """Give the words of HTML that this module made, without its pictures."""
    # Most events have one paragraph without marks.
    if html.startswith("<p>") and html.find("<", 3) == len(html) - len("</p>"):
        text = html[3:-4]
    else:
        pieces = _TAG.split(html.replace("\n", " "))
        # Between two pieces of text stands the name of a tag.
        pieces[1::2] = (_BREAKS.get(tag, "") for tag in pieces[1::2])
        lines = (" ".join(line.split()) for line in "".join(pieces).split("\n"))
        blocks = (block.strip() for block in "\n".join(lines).split("\n\n"))
        text = "\n\n".join(filter(None, blocks))
    return unescape(text) if "&" in text else text


@dataclass(frozen=True)
class _Noted:
    """A link or an image: its target as typed and as a browser reads it, and the words that stand for it."""

    typed: str
    target: str
    words: str


@dataclass
class _Notes:
    """What one rendering came across, in the order of the text."""

    links: list[_Noted] = field(default_factory=list)
    images: list[_Noted] = field(default_factory=list)
    headings: list[tuple[int, str]] = field(default_factory=list)
    anchors: set[str] = field(default_factory=set)
    #: The last number of the anchors that would have one name.
    numbers: dict[str, int] = field(default_factory=dict)
    html: list[str] = field(default_factory=list)
    code: list[str] = field(default_factory=list)
    #: Paragraphs that are not read, and why.
    excess: list[tuple[str, str]] = field(default_factory=list)

    def clear(self) -> None:
        for collection in vars(self).values():
            collection.clear()


class _DropComments(Preprocessor):
    """Leaves out comments that begin a line, `<!-- a note to editors -->`, and keeps the count of lines."""

    def __init__(self, notes: _Notes) -> None:
        super().__init__()
        self._notes = notes

    def run(self, lines: list[str]) -> list[str]:
        text = "\n".join(lines)
        pieces: list[str] = []
        done = 0
        for start, end in find_comments(text):
            pieces += text[done:start], "\n" * text.count("\n", start, end)
            done = end
        lines = "".join([*pieces, text[done:]]).split("\n")
        last = max((number for number, line in enumerate(lines) if "-->" in line), default=-1)
        # One that never closes would be shown to readers.
        self._notes.html += [
            line
            for number, line in enumerate(lines)
            if line.startswith("<!--") and number >= last and "-->" not in line[4:]
        ]
        return lines


# What the library puts in the place of a character after a backslash.
_UNESCAPED = re.compile("\x02([0-9]+)\x03")


def _unescape(found: re.Match[str]) -> str:
    return chr(int(found[1]))


def _with_signs(text: str) -> str:
    """Return a text with the signs of mail addresses, which Python-Markdown writes in character references."""
    return _decode(text.replace(AMP_SUBSTITUTE, "&")) if AMP_SUBSTITUTE in text else text


class _RefuseHtml(InlineProcessor):
    """Leaves HTML as the text that it is, and notes it."""

    def __init__(self, md: Markdown, notes: _Notes) -> None:
        super().__init__(HTML_RE, md)
        self._notes = notes

    def handleMatch(  # type: ignore[override]  # noqa: N802 (the library's name)
        self, m: re.Match[str], data: str
    ) -> tuple[None, None, None]:
        del data
        self._notes.html.append(_with_signs(_UNESCAPED.sub(_unescape, self.unescape(m[0]))))
        return None, None, None


class _LinkBareAddress(InlineProcessor):
    """Makes a link of an address that stands in the text as it is, without what ends the sentence."""

    ANCESTOR_EXCLUDES = ("a",)

    def handleMatch(  # type: ignore[override]  # noqa: N802 (the library's name)
        self, m: re.Match[str], data: str
    ) -> tuple[Element, int, int]:
        del data
        link = Element("a", href=m[0])
        link.text = AtomicString(m[0])
        return link, m.start(), m.end()


class _Survey(Treeprocessor):
    """Notes headings, links and images, gives headings their ids, and marks internal targets."""

    def __init__(self, md: Markdown, notes: _Notes) -> None:
        super().__init__(md)
        self._notes = notes
        self._surveys: dict[str, Callable[[Element], None]] = {
            "a": self._note_link,
            "img": self._note_image,
            "pre": self._note_code,
            **dict.fromkeys(("th", "td"), _align),
            **dict.fromkeys((f"h{level}" for level in range(1, 7)), self._note_heading),
        }

    def run(self, root: Element) -> None:
        for element in root.iter():
            if survey := self._surveys.get(element.tag):
                survey(element)
        if next(root.iter("table"), None) is None:
            return
        for parent in list(root.iter()):
            for at, element in enumerate(parent):
                if element.tag == "table":
                    parent[at] = self._box(element)

    def _box(self, table: Element) -> Element:
        """Put a table, which may be wider than the page, into a box that scrolls, named by the table's head."""
        heads = (_decode(self._typed("".join(head.itertext()))) for head in table.iter("th"))
        label = " ".join(" ".join(heads).split())
        attributes = {"class": "table", "role": "group", "aria-label": label, "tabindex": "0"}
        box = Element("div", attributes)
        box.append(table)
        box.tail, table.tail = table.tail, None
        return box

    def _note_link(self, element: Element) -> None:
        if element.get("href", "").startswith(_MAIL):
            return
        # A picture without words is a mistake of its own.
        has_picture = next(element.iter("img"), None) is not None
        words = "picture" if has_picture else _decode(self._typed("".join(element.itertext())))
        self._notes.links.append(self._mark(element, "href", words))

    def _note_image(self, element: Element) -> None:
        element.set("loading", "lazy")
        words = _decode(self._typed(element.get("alt", "")))
        self._notes.images.append(self._mark(element, "src", words))

    def _note_code(self, element: Element) -> None:
        self._notes.code.append(_decode("".join(element.itertext())))

    def _mark(self, element: Element, attribute: str, words: str) -> _Noted:
        typed = self._typed(element.get(attribute, ""))
        target = without_unseen(_decode(typed))
        element.set(attribute, without_unseen(element.get(attribute, "")))
        if _is_internal(target):
            element.set(attribute, f"{_OPEN}{quote(target, safe='')}{_CLOSE}")
        return _Noted(typed, target, words)

    def _note_heading(self, element: Element) -> None:
        text = self._typed("".join(element.itertext()))
        name = slug = slugify(text) or "section"
        number = self._notes.numbers.get(slug, 1)
        while name in self._notes.anchors:
            number += 1
            name = f"{slug}-{number}"
        self._notes.numbers[slug] = number
        self._notes.anchors.add(name)
        # The name keeps what it was made of: it is an address that others may have.
        self._notes.headings.append((int(element.tag[1]), _with_signs(text)))
        element.set("id", name)

    def _typed(self, text: str) -> str:
        """Give a text with Python-Markdown's own marks for characters and references taken back."""
        if "\x02" not in text:
            return text
        text = _UNESCAPED.sub(_unescape, text)
        stash = self.md.htmlStash.rawHtmlBlocks
        return HTML_PLACEHOLDER_RE.sub(lambda found: _decode(str(stash[int(found[1])])), text)


class _House(Extension):
    """The Markdown of this project: no HTML, everything noted."""

    def __init__(self) -> None:
        super().__init__()
        self.notes = _Notes()

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 (the library's name)
        md.registerExtension(self)
        md.preprocessors.deregister("html_block")
        md.preprocessors.register(_DropComments(self.notes), "drop_comments", 25)
        # Before what marks up.
        md.treeprocessors.register(RefuseExcess(md, self.notes.excess), "refuse_excess", 25)
        # It takes the place of the pattern that leaves HTML as it is.
        md.inlinePatterns.register(_RefuseHtml(md, self.notes), "html", 90)
        # After what holds addresses itself, before what would take signs within one as marks.
        bare = _LinkBareAddress(BARE_ADDRESS)
        md.inlinePatterns.register(bare, "link_bare_address", 85)
        md.treeprocessors.register(_Survey(md, self.notes), "survey", 5)

    def reset(self) -> None:
        """Forget the text before: the library calls this with its own reset."""
        self.notes.clear()


# Python-Markdown writes the addresses of mail links in character references.
_MAIL = "\x02amp\x03#"


@cache
def _renderer() -> tuple[Markdown, _Notes]:
    """Return the one renderer of all texts, and the notes that it writes."""
    house = _House()
    # By their names, extensions would be looked for among all that is installed.
    md = Markdown(extensions=[SaneListExtension(), TableExtension(), house], output_format="html")
    return md, house.notes


def _align(cell: Element) -> None:
    """Say a column's alignment as data: a style within the page is what its security policy forbids."""
    if style := cell.attrib.pop("style", ""):
        cell.set("data-align", style.removeprefix("text-align: ").rstrip(";"))


def _without_ends(tags: list[str]) -> Iterator[str]:
    """Leave out the end tag of each tag that is there: it is one mistake."""
    begun = {found[0] for tag in tags if (found := re.match(r"<[a-zA-Z][^\s/>]*", tag))}
    return (tag for tag in tags if f"<{tag[2:-1].strip()}" not in begun)


def _judge_headings(notes: _Notes, find: LineFinder) -> Iterator[tuple[int, str]]:
    """The page's title is its one first-level heading, and no level is left out below it."""
    above = 1
    for level, text in notes.headings:
        line = find.heading(text)
        shown = f"heading '{shorten(text, 40)}'"
        if not text.strip():
            yield line, "this heading is empty; write its words after the '#' signs"
        elif level == 1:
            remedy = "begin it with '##', or with '\\#' where it is a hashtag"
            yield line, f"{shown}: '#' is the page's own title; {remedy}"
        elif level > above + 1:
            wanted = "#" * (above + 1)
            yield line, f"{shown} skips a level; begin it with '{wanted}'"
        above = level


def _judge_image(image: _Noted) -> Iterator[str]:
    """A picture says what it shows, and comes from the site itself."""
    shown = f"image '{shorten(image.target)}'"
    remedy = "put the picture into content/images/ and name it from there"
    if not image.target:
        yield f"this image names no file; {remedy}"
        return
    if not image.words.strip():
        yield f"{shown} has no alternative text; describe it between the brackets: ![what it shows]({image.typed})"
    if re.match(r"(https?:)?//", image.target):
        yield f"{shown} is on another site, which would see every reader; {remedy}"
    elif not _is_internal(image.target):
        yield f"{shown} is not a file; {remedy}"


def _judge_link(link: _Noted) -> Iterator[str]:
    """A link has words and an address; out of the site, one that a browser can open."""
    if not link.target:
        yield f"link '{shorten(link.words)}' has no address; write it between the round brackets"
        return
    if not link.words.strip():
        yield f"link '{shorten(link.target)}' has no words; write them between the square brackets"
    if not _is_internal(link.target):
        try:
            parse_link(link.target)
        except ValueError as error:
            yield f"link: {error}"


def _decode(text: str) -> str:
    """Give a text with its character references decoded, those that Python-Markdown leaves to browsers."""
    return re.sub(
        r"&(?:#[0-9]+|#[xX][0-9a-fA-F]+|[0-9a-zA-Z]+);", lambda found: unescape(found[0]), text
    )


def _is_internal(target: str) -> bool:
    return not _OF_ANOTHER_SITE.match(target)
