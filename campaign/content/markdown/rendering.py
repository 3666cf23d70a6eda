"""From Markdown to its `Body`: the HTML, and each mistake with its line."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from markdown import Markdown
from markdown.util import ETX

from campaign.content.fields import parse_link
from campaign.content.markdown.body import Body, Reference, is_internal
from campaign.content.markdown.extension import Findings, Link, renderer
from campaign.content.markdown.limits import find_excess
from campaign.content.markdown.lines import LineFinder
from campaign.content.markdown.lint import find_slips
from campaign.content.problems import shorten
from campaign.content.text import is_blank

# Signs that a program or an address has, and no sentence.
_SIGNS_OF_CODE = re.compile(r"[={}<>\\|_]|://")
# What marks anything up within a line, and what does so at the beginning of one.
_MARK = re.compile(r"[\\`*_{}\[\]<>&#|~=\t\n]")
_MARK_OF_LINE = re.compile(r"\s|[-+>:•◦▪‣●]|[0-9]+[.)]")

Mistakes = Iterator[tuple[int, str]]


def render(text: str, first_line: int = 1) -> Body:
    """Return a text as its `Body`; `first_line` is the line of the file where the text begins."""
    if is_blank(text):
        return Body()
    if _is_plain(text):
        return Body(html=f"<p>{text}</p>")
    if excess := tuple(find_excess(text)):
        return _refused((first_line + number, message) for number, message in excess)
    md, findings = renderer()
    try:
        html = md.reset().convert(text)
    except RecursionError:
        renderer.cache_clear()  # what it was in the midst of would be taken up by the next text
        mistake = (
            "this text is nested too deeply to be read; take some levels of lists or quotes out"
        )
        return _refused([(first_line, mistake)])
    find = LineFinder(text, first_line)
    if findings.excess:
        return _refused((find.paragraph(typed), message) for typed, message in findings.excess)
    images = [(image, find.target(image.typed)) for image in findings.images]
    links = [(link, find.target(link.typed)) for link in findings.links]
    references = [Reference(image.target, line, image=True) for image, line in images]
    references += [Reference(link.target, line) for link, line in links]
    mistakes = [
        *_judge_headings(findings, find),
        *_judge_code(findings, find),
        *_judge_html(findings, find),
        *((line, message) for image, line in images for message in _judge_image(image)),
        *((line, message) for link, line in links for message in _judge_link(link)),
    ]
    anchors = frozenset(findings.anchors)  # before a search for what is lost renders anew
    slips = [*find_slips(find.prose, find.typed, md.references), *_find_lost(text, html, md)]
    mistakes += [(first_line + number, message) for number, message in slips]
    return Body(
        html,
        references=tuple(it for it in references if is_internal(it.target)),
        outside=tuple(it for it in references if not is_internal(it.target)),
        anchors=anchors,
        mistakes=tuple(sorted(mistakes)),
    )


def _is_plain(text: str) -> bool:
    """Whether a text is one paragraph of plain sentences, which Python-Markdown would leave as it is.

    Most rows have no other: a cold build of 1,000 takes eleven percent more CPU without this.
    """
    # Each is looked for by itself: one search for all of them takes ten times as long.
    return not (
        _MARK.search(text) or _MARK_OF_LINE.match(text) or text[-1:].isspace() or "://" in text
    )


def _refused(mistakes: Iterable[tuple[int, str]]) -> Body:
    """Return the body of a text that is not read; it is not an empty one."""
    return Body(html="<p></p>", mistakes=tuple(sorted(mistakes)))


def _find_lost(text: str, html: str, md: Markdown) -> Mistakes:
    """Python-Markdown puts in again all that it has marked up.

    Yields the lines, from 0, of the pieces between empty lines in which it does not; where no piece
    by itself has that, the first line stands for all.
    """
    # It puts this sign behind the number of what it has marked up, until it puts that in.
    if ETX not in html:
        return
    message = (
        "'*' and '**' run into each other here, and what is marked up beside them would be lost;"
        " leave a space between them"
    )
    number = 0
    is_found = False
    for piece in text.split("\n\n"):
        if ETX in md.reset().convert(piece):
            yield number + len(piece) - len(piece.lstrip("\n")), message
            is_found = True
        number += piece.count("\n") + 2
    if not is_found:
        yield 0, message


def _judge_headings(findings: Findings, find: LineFinder) -> Mistakes:
    """The page's title is its one first-level heading, and no level is left out below it."""
    above = 1
    for level, text in findings.headings:
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


def _judge_code(findings: Findings, find: LineFinder) -> Mistakes:
    """A text is not indented, which would make it code."""
    for code in findings.code:
        if not _SIGNS_OF_CODE.search(code):
            message = "this text is indented, which makes it code; begin its lines at the margin"
            yield find.indented(code), message


def _judge_html(findings: Findings, find: LineFinder) -> Mistakes:
    """HTML is not read. A tag and its end are one mistake."""
    begun = {found[0] for tag in findings.html if (found := re.match(r"<[a-zA-Z][^\s/>]*", tag))}
    for tag in findings.html:
        if f"<{tag[2:-1].strip()}" not in begun:
            shown = shorten(tag, 40)
            yield find.tag(tag), f"HTML is not read here ('{shown}'); write Markdown instead"


def _judge_image(image: Link) -> Iterator[str]:
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
    elif not is_internal(image.target):
        yield f"{shown} is not a file; {remedy}"


def _judge_link(link: Link) -> Iterator[str]:
    """A link has words and an address; out of the site, one that a browser can open."""
    if not link.target:
        yield f"link '{shorten(link.words)}' has no address; write it between the round brackets"
        return
    if not link.words.strip():
        yield f"link '{shorten(link.target)}' has no words; write them between the square brackets"
    if not is_internal(link.target):
        try:
            parse_link(link.target)
        except ValueError as error:
            yield f"link: {error}"
