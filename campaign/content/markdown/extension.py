"""Additions to Python-Markdown: HTML is left as text, and whatever a check must know is noted."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from html import unescape
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.extensions.sane_lists import SaneListExtension
from markdown.extensions.tables import TableExtension
from markdown.inlinepatterns import HTML_RE, InlineProcessor
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import Treeprocessor, UnescapeTreeprocessor
from markdown.util import AMP_SUBSTITUTE, HTML_PLACEHOLDER_RE, STX, AtomicString

from campaign.content.markdown.body import is_internal, mark
from campaign.content.markdown.limits import RefuseExcess
from campaign.content.markdown.lines import BARE_ADDRESS
from campaign.content.markdown.lint import find_comments
from campaign.content.text import slugify, without_unseen


@dataclass(frozen=True)
class Link:
    """A link or an image: its target as typed and as a browser reads it, and the words that stand for it."""

    typed: str
    target: str
    words: str


@dataclass
class Findings:
    """All that one rendering came across, in the order of the text."""

    links: list[Link] = field(default_factory=list)
    images: list[Link] = field(default_factory=list)
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

    def __init__(self, findings: Findings) -> None:
        super().__init__()
        self._findings = findings

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
        self._findings.html += [
            line
            for number, line in enumerate(lines)
            if line.startswith("<!--") and number >= last and "-->" not in line[4:]
        ]
        return lines


# Puts back the character after a backslash, in the place of which the library keeps its number.
_unescape = UnescapeTreeprocessor().unescape
# How the library writes the address of a mail link: in character references.
_MAIL = f"{AMP_SUBSTITUTE}#"


def _with_signs(text: str) -> str:
    """Return a text with the signs of mail addresses, which Python-Markdown writes in character references."""
    return _decode(text.replace(AMP_SUBSTITUTE, "&")) if AMP_SUBSTITUTE in text else text


class _RefuseHtml(InlineProcessor):
    """Leaves HTML as the text that it is, and notes it."""

    def __init__(self, md: Markdown, findings: Findings) -> None:
        super().__init__(HTML_RE, md)
        self._findings = findings

    def handleMatch(  # type: ignore[override]  # noqa: N802 (the library's name)
        self, m: re.Match[str], data: str
    ) -> tuple[None, None, None]:
        del data
        self._findings.html.append(_with_signs(_unescape(self.unescape(m[0]))))
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

    def __init__(self, md: Markdown, findings: Findings) -> None:
        super().__init__(md)
        self._findings = findings
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
        self._findings.links.append(self._mark(element, "href", words))

    def _note_image(self, element: Element) -> None:
        element.set("loading", "lazy")
        words = _decode(self._typed(element.get("alt", "")))
        self._findings.images.append(self._mark(element, "src", words))

    def _note_code(self, element: Element) -> None:
        self._findings.code.append(_decode("".join(element.itertext())))

    def _mark(self, element: Element, attribute: str, words: str) -> Link:
        typed = self._typed(element.get(attribute, ""))
        target = without_unseen(_decode(typed))
        element.set(attribute, without_unseen(element.get(attribute, "")))
        if is_internal(target):
            element.set(attribute, mark(target))
        return Link(typed, target, words)

    def _note_heading(self, element: Element) -> None:
        text = self._typed("".join(element.itertext()))
        name = slug = slugify(text) or "section"
        number = self._findings.numbers.get(slug, 1)
        while name in self._findings.anchors:
            number += 1
            name = f"{slug}-{number}"
        self._findings.numbers[slug] = number
        self._findings.anchors.add(name)
        # The name keeps what it was made of: it is an address that others may have.
        self._findings.headings.append((int(element.tag[1]), _with_signs(text)))
        element.set("id", name)

    def _typed(self, text: str) -> str:
        """Return a text with Python-Markdown's own marks for characters and references taken back."""
        if STX not in text:
            return text
        stash = self.md.htmlStash.rawHtmlBlocks
        return HTML_PLACEHOLDER_RE.sub(
            lambda found: _decode(str(stash[int(found[1])])), _unescape(text)
        )


class _CampaignMarkdown(Extension):
    """The Markdown of this project: no HTML, everything noted."""

    def __init__(self) -> None:
        super().__init__()
        self.findings = Findings()

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 (the library's name)
        md.registerExtension(self)
        md.preprocessors.deregister("html_block")
        md.preprocessors.register(_DropComments(self.findings), "drop_comments", 25)
        # Before what marks up.
        md.treeprocessors.register(RefuseExcess(md, self.findings.excess), "refuse_excess", 25)
        # It takes the place of the pattern that leaves HTML as it is.
        md.inlinePatterns.register(_RefuseHtml(md, self.findings), "html", 90)
        # After what holds addresses itself, before what would take signs within one as marks.
        bare = _LinkBareAddress(BARE_ADDRESS)
        md.inlinePatterns.register(bare, "link_bare_address", 85)
        md.treeprocessors.register(_Survey(md, self.findings), "survey", 5)

    def reset(self) -> None:
        """Forget the text before: the library calls this with its own reset."""
        self.findings.clear()


@cache
def renderer() -> tuple[Markdown, Findings]:
    """Return the one renderer of all texts, and the findings that it writes."""
    extension = _CampaignMarkdown()
    # By their names, extensions would be looked for among all that is installed.
    md = Markdown(
        extensions=[SaneListExtension(), TableExtension(), extension], output_format="html"
    )
    return md, extension.findings


def _align(cell: Element) -> None:
    """Keep a column's alignment as data: a style within the page is what its security policy forbids."""
    if style := cell.attrib.pop("style", ""):
        cell.set("data-align", style.removeprefix("text-align: ").rstrip(";"))


def _decode(text: str) -> str:
    """Return a text with its character references decoded, those that Python-Markdown leaves to browsers."""
    return re.sub(
        r"&(?:#[0-9]+|#[xX][0-9a-fA-F]+|[0-9a-zA-Z]+);", lambda found: unescape(found[0]), text
    )
