"""From Markdown to its `Body`: the HTML, and each mistake with its line."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from markdown import Markdown

from campaign.content.fields import parse_link
from campaign.content.markdown.body import Body, Reference, is_internal
from campaign.content.markdown.extension import Noted, Notes, renderer
from campaign.content.markdown.limits import find_excess
from campaign.content.markdown.lines import LineFinder
from campaign.content.markdown.lint import find_slips
from campaign.content.problems import shorten
from campaign.content.text import is_blank

# Signs that a program or an address has, and no sentence.
_SIGNS_OF_CODE = re.compile(r"[={}<>\\|_]|://")


def render(text: str, first_line: int = 1) -> Body:
    """Turn Markdown into a `Body`; `first_line` is the line of the file where the text begins."""
    if is_blank(text):
        return Body()
    if _is_plain(text):
        return Body(html=f"<p>{text}</p>")
    if excess := tuple(find_excess(text)):
        return _refused((first_line + number, message) for number, message in excess)
    md, notes = renderer()
    try:
        html = md.reset().convert(text)
    except RecursionError:
        renderer.cache_clear()  # what it was in the midst of would be taken up by the next text
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
        for number, message in find_slips(find.prose, find.typed, md.references)
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
        mistakes += [(first_line + number, _RUNNING) for number in _lossy(text, md)]
    return Body(
        html,
        references=tuple(it for it in references if is_internal(it.target)),
        outside=tuple(it for it in references if not is_internal(it.target)),
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


def _lossy(text: str, md: Markdown) -> list[int]:
    """Give the lines, from 0, of the pieces between empty lines in which Python-Markdown forgets what it has marked up.

    Where no piece by itself has that, the first line stands for all.
    """
    found = []
    number = 0
    for piece in text.split("\n\n"):
        if _LEFT in md.reset().convert(piece):
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


def _without_ends(tags: list[str]) -> Iterator[str]:
    """Leave out the end tag of each tag that is there: it is one mistake."""
    begun = {found[0] for tag in tags if (found := re.match(r"<[a-zA-Z][^\s/>]*", tag))}
    return (tag for tag in tags if f"<{tag[2:-1].strip()}" not in begun)


def _judge_headings(notes: Notes, find: LineFinder) -> Iterator[tuple[int, str]]:
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


def _judge_image(image: Noted) -> Iterator[str]:
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


def _judge_link(link: Noted) -> Iterator[str]:
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
