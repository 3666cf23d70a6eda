"""From Markdown to its `Body`: the HTML, and each mistake with its line."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from markdown import Markdown
from markdown.util import ETX

from campaign.content.fields import parse_link
from campaign.content.markdown.body import Body, Reference, is_internal
from campaign.content.markdown.extension import Findings, Link, renderer
from campaign.content.markdown.limits import find_excess
from campaign.content.markdown.lines import LineFinder
from campaign.content.markdown.lint import find_problems
from campaign.content.problems import Problem, shorten
from campaign.content.text import is_blank

# Signs that a program or an address has, and no sentence.
_SIGNS_OF_CODE = re.compile(r"[={}<>\\|_]|://")
# What marks anything up within a line, and what does so at the beginning of one.
_MARK = re.compile(r"[\\`*_{}\[\]<>&#|~=\t\n]")
_MARK_OF_LINE = re.compile(r"\s|[-+>:•◦▪‣●]|[0-9]+[.)]")


def render(text: str, first_line: int = 1) -> Body:
    """Return a text as its `Body`; `first_line` is the line of the file where the text begins."""
    if is_blank(text):
        return Body()
    if _is_plain(text):
        return Body(html=f"<p>{text}</p>")
    above = first_line - 1
    if excess := [problem.below(above) for problem in find_excess(text)]:
        return _refused(excess)
    md, findings = renderer()
    try:
        html = md.reset().convert(text)
    except RecursionError:
        renderer.cache_clear()  # what it was in the midst of would be taken up by the next text
        message = (
            "this text is nested too deeply to be read; take some levels of lists or quotes out"
        )
        return _refused([Problem(message, line=first_line)])
    find = LineFinder(text, first_line)
    if findings.excess:
        return _refused(
            [Problem(message, line=find.paragraph(typed)) for typed, message in findings.excess]
        )
    images = [(image, find.target(image.typed)) for image in findings.images]
    links = [(link, find.target(link.typed)) for link in findings.links]
    references = [Reference(image.target, line, image=True) for image, line in images]
    references += [Reference(link.target, line) for link, line in links]
    problems = [
        *_headings_in_order(findings, find),
        *_no_code_by_chance(findings, find),
        *_no_html(findings, find),
        *(replace(it, line=line) for image, line in images for it in _shows_something(image)),
        *(replace(it, line=line) for link, line in links for it in _leads_somewhere(link)),
    ]
    anchors = frozenset(findings.anchors)  # before a search for what is lost renders anew
    lint = find_problems(find.prose, find.typed, md.references)
    problems += [it.below(above) for it in (*lint, *_nothing_lost(text, html, md))]
    return Body(
        html,
        references=tuple(it for it in references if is_internal(it.target)),
        outside=tuple(it for it in references if not is_internal(it.target)),
        anchors=anchors,
        problems=tuple(sorted(problems)),
    )


def _is_plain(text: str) -> bool:
    """Whether a text is one paragraph of plain sentences, which Python-Markdown would leave as it is.

    Most rows have no other: a cold build of 1,000 takes eleven percent more CPU without this.
    """
    # Each is looked for by itself: one search for all of them takes ten times as long.
    return not (
        _MARK.search(text) or _MARK_OF_LINE.match(text) or text[-1:].isspace() or "://" in text
    )


def _refused(problems: Iterable[Problem]) -> Body:
    """Return the body of a text that is not read; it is not an empty one."""
    return Body(html="<p></p>", problems=tuple(sorted(problems)))


def _nothing_lost(text: str, html: str, md: Markdown) -> Iterator[Problem]:
    """Python-Markdown puts in again all that it has marked up.

    The problems are those of the pieces between empty lines in which it does not; where no piece
    by itself has that, the first line stands for all.
    """
    # It puts this sign behind the number of what it has marked up, until it puts that in.
    if ETX not in html:
        return
    message = (
        "'*' and '**' run into each other here, and what is marked up beside them would be lost;"
        " leave a space between them"
    )
    number = 1
    is_found = False
    for piece in text.split("\n\n"):
        if ETX in md.reset().convert(piece):
            yield Problem(message, line=number + len(piece) - len(piece.lstrip("\n")))
            is_found = True
        number += piece.count("\n") + 2
    if not is_found:
        yield Problem(message, line=1)


def _headings_in_order(findings: Findings, find: LineFinder) -> Iterator[Problem]:
    """The page's title is its one first-level heading, and no level is left out below it."""
    above = 1
    for level, text in findings.headings:
        line = find.heading(text)
        shown = f"heading '{shorten(text, 40)}'"
        if not text.strip():
            yield Problem("this heading is empty; write its words after the '#' signs", line=line)
        elif level == 1:
            remedy = "begin it with '##', or with '\\#' where it is a hashtag"
            yield Problem(f"{shown}: '#' is the page's own title; {remedy}", line=line)
        elif level > above + 1:
            wanted = "#" * (above + 1)
            yield Problem(f"{shown} skips a level; begin it with '{wanted}'", line=line)
        above = level


def _no_code_by_chance(findings: Findings, find: LineFinder) -> Iterator[Problem]:
    """A text is not indented, which would make it code."""
    for code in findings.code:
        if not _SIGNS_OF_CODE.search(code):
            message = "this text is indented, which makes it code; begin its lines at the margin"
            yield Problem(message, line=find.indented(code))


def _no_html(findings: Findings, find: LineFinder) -> Iterator[Problem]:
    """HTML is not read. A tag and its end are one mistake."""
    begun = {found[0] for tag in findings.html if (found := re.match(r"<[a-zA-Z][^\s/>]*", tag))}
    for tag in findings.html:
        if f"<{tag[2:-1].strip()}" not in begun:
            shown = shorten(tag, 40)
            message = f"HTML is not read here ('{shown}'); write Markdown instead"
            yield Problem(message, line=find.tag(tag))


def _shows_something(image: Link) -> Iterator[Problem]:
    """A picture says what it shows, and comes from the site itself."""
    shown = f"image '{shorten(image.target)}'"
    remedy = "put the picture into content/images/ and name it from there"
    if not image.target:
        yield Problem(f"this image names no file; {remedy}")
        return
    if not image.words.strip():
        yield Problem(
            f"{shown} has no alternative text; describe it between the brackets: ![what it shows]({image.typed})"
        )
    if re.match(r"(https?:)?//", image.target):
        yield Problem(f"{shown} is on another site, which would see every reader; {remedy}")
    elif not is_internal(image.target):
        yield Problem(f"{shown} is not a file; {remedy}")


def _leads_somewhere(link: Link) -> Iterator[Problem]:
    """A link has words and an address; out of the site, one that a browser can open."""
    if not link.target:
        yield Problem(
            f"link '{shorten(link.words)}' has no address; write it between the round brackets"
        )
        return
    if not link.words.strip():
        yield Problem(
            f"link '{shorten(link.target)}' has no words; write them between the square brackets"
        )
    if not is_internal(link.target):
        try:
            parse_link(link.target)
        except ValueError as error:
            yield Problem(f"link: {error}")
