"""SVG files that do more than show a picture: scripts, foreign documents, references to elsewhere.

Sources: SVG 2, sections 2.7 "Processing modes" and 16.2 "URL references"; XML 1.0, section 4.1;
CSS Values 4, section 4.5; CSS Syntax 3, section 4.3.7 for escapes.
"""

from __future__ import annotations

import re
import sys
from xml.parsers.expat import ExpatError, ParserCreate

from campaign.content.problems import Problem, shorten

_MOST_PROBLEMS = 20
_MOST_BYTES = 10_000_000
_TOO_LARGE = "this drawing has over 10 MB; simplify it, or save it as a .png"
_REMEDY = "take it out, or export the drawing anew as plain SVG"
_HTML = "http://www.w3.org/1999/xhtml"
_XLINK = "http://www.w3.org/1999/xlink"
_XML = "http://www.w3.org/XML/1998/namespace"
_PUBLIC_ID = "-//W3C//DTD SVG"
# Elements by their names in small letters, whatever their namespace.
_SCRIPTS = frozenset({"script", "handler", "listener"})
_FOREIGN = frozenset({"foreignobject", "iframe", "object", "embed", "audio", "video", "canvas"})
_ANIMATIONS = frozenset({"set", "animate", "animatecolor", "animatemotion", "animatetransform"})
# What expat and browsers read alike.
_ENCODINGS = frozenset({"utf-8", "utf-16", "iso-8859-1", "us-ascii"})
# What Adobe's programs put around XMP data, which nothing obeys.
_HARMLESS_INSTRUCTIONS = frozenset({"xpacket"})
_UNSEEN = re.compile(r"[\x00-\x20]+")
_PICTURE = re.compile(r"data:image/(?:avif|gif|jpe?g|png|webp)[;,]", re.IGNORECASE)
_FONT = re.compile(r"data:(?:font/|application/(?:x-)?font)", re.IGNORECASE)
_SCRIPT_ADDRESS = re.compile(r"(?:^|;)(?:java|vb)script:", re.IGNORECASE)
_CSS_ESCAPE = re.compile(r"\\(?:([0-9a-f]{1,6})\s?|(.))", re.IGNORECASE)
_CSS_ADDRESS = re.compile(r"(?<![\w-])url\(\s*[\"']?\s*([^\"')\s]{0,200})", re.IGNORECASE)
_CSS_FETCH = re.compile(
    r"@import\b|(?<![\w-])(?:src|image|expression|(?:-webkit-)?image-set)\(|-moz-binding",
    re.IGNORECASE,
)
# Within so many bytes an attribute is looked for, to name its line rather than its element's.
_LONG_TAG = 65_536


class _StopError(Exception):
    """The rest of a file is not to be read."""


def find_problems(data: bytes, path: str) -> list[Problem]:
    """Return what keeps an SVG file from being a picture alone, each at its line, at most twenty of them."""
    if len(data) > _MOST_BYTES:
        return [Problem(_TOO_LARGE, path, 1)]
    return [Problem(message, path, line) for line, message in _Reader(data).read()]


class _Reader:
    """Reads a file with expat, which loads nothing, and notes what is active in it."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._found: list[tuple[int, str]] = []
        # For each element that is open the pieces of its text, with their lines, if it is a style sheet.
        self._sheets: list[list[tuple[int, str]] | None] = []
        parser = self._parser = ParserCreate(namespace_separator=" ")
        parser.XmlDeclHandler = self._read_declaration
        parser.StartDoctypeDeclHandler = self._read_doctype
        parser.ProcessingInstructionHandler = self._read_instruction
        parser.StartElementHandler = self._begin_element
        parser.EndElementHandler = self._end_element
        parser.CharacterDataHandler = self._read_text

    def read(self) -> list[tuple[int, str]]:
        """Return what was found: lines and messages."""
        try:
            self._parser.Parse(self._data, True)  # noqa: FBT003 (it takes no names)
        except _StopError:
            pass
        except ExpatError as error:
            what = re.sub(r": line .*", "", str(error))
            message = f"this is not well-formed XML ({what}), and browsers show nothing of it"
            self._found.append((error.lineno, f"{message}; export the drawing anew"))
        return self._found

    def _note(self, message: str, line: int | None = None) -> None:
        self._found.append((line or self._parser.CurrentLineNumber, message))
        if len(self._found) >= _MOST_PROBLEMS:
            raise _StopError

    def _read_declaration(self, _: str, encoding: str | None, __: int) -> None:
        if encoding and encoding.lower() not in _ENCODINGS:
            self._note(
                f"the encoding '{shorten(encoding)}' is not read here; save the file as UTF-8"
            )
            raise _StopError

    def _read_doctype(self, _: str, system: str | None, public: str | None, inside: int) -> None:
        if inside:
            # Entities that name others can grow without end: nothing of it is read.
            self._note("a DOCTYPE with declarations of its own can hide anything; take it out")
            raise _StopError
        if (system or public) and not (public or "").startswith(_PUBLIC_ID):
            self._note("the DOCTYPE is not SVG's own; take it out")

    def _read_instruction(self, target: str, _: str) -> None:
        if target.lower() not in _HARMLESS_INSTRUCTIONS:
            self._note(f"'<?{shorten(target)} …?>' is an instruction to programs; take it out")

    def _begin_element(self, name: str, attributes: dict[str, str]) -> None:
        space, _, local = name.rpartition(" ")
        kind = local.lower()
        self._sheets.append([] if kind == "style" else None)
        if kind in _SCRIPTS:
            self._note(f"<{shorten(local)}> runs a script; {_REMEDY}")
        elif kind in _FOREIGN or space == _HTML:
            self._note(f"<{shorten(local)}> is no part of a drawing; {_REMEDY}")
        elif kind in _ANIMATIONS and _is_active(attributes.get("attributeName", "")):
            target = shorten(attributes["attributeName"])
            self._note(f"<{local}> changes '{target}' while the picture is shown; {_REMEDY}")
        for attribute, value in attributes.items():
            space, _, local = attribute.rpartition(" ")
            if message := _check_attribute(space, local, value):
                self._note(message, self._line_of(local))

    def _end_element(self, _: str) -> None:
        pieces = self._sheets.pop()
        if not pieces:
            return
        text = "".join(piece for _, piece in pieces)
        for start, message in _check_css(text):
            line = pieces[0][0]
            if "\\" not in text:  # with escapes, places in the text are not those in the file
                line += text.count("\n", 0, start)
            self._note(message, line)

    def _read_text(self, text: str) -> None:
        if self._sheets and (pieces := self._sheets[-1]) is not None:
            pieces.append((self._parser.CurrentLineNumber, text))

    def _line_of(self, attribute: str) -> int:
        """Return the line of an attribute of the element that begins here."""
        start = self._parser.CurrentByteIndex
        written = re.compile(rb"[\s:]" + re.escape(attribute.encode()) + rb"\s*=")
        found = written.search(self._data, start, start + _LONG_TAG)
        lines = self._data.count(b"\n", start, found.end()) if found else 0
        return self._parser.CurrentLineNumber + lines


def _is_active(attribute: str) -> bool:
    """Whether an attribute, by its name, leads somewhere or runs something."""
    name = attribute.strip().rpartition(":")[2].lower()
    return name == "href" or name.startswith("on")


def _check_attribute(space: str, name: str, value: str) -> str:
    """Return what is wrong with an attribute, or nothing."""
    if not space and name.lower().startswith("on"):
        return f"'{shorten(name)}' runs a script; {_REMEDY}"
    if space == _XML and name == "base":
        return f"'xml:base' turns references within the file into others; {_REMEDY}"
    bare = _UNSEEN.sub("", value)
    if name.lower() in {"href", "src", "ping"} and space in {"", _XLINK}:
        return _check_reference(name, bare)
    if _SCRIPT_ADDRESS.search(bare):
        return f"'{shorten(name)}' runs a script; {_REMEDY}"
    return next((message for _, message in _check_css(value)), "")


def _check_reference(name: str, address: str) -> str:
    if not address or address.startswith("#") or _PICTURE.match(address):
        return ""
    what = f"'{name}' refers to '{shorten(address)}', outside of this file"
    return f"{what}; {_REMEDY}"


def _check_css(text: str) -> list[tuple[int, str]]:
    """Return where a style refers to something outside of the file, each with a message."""
    text = _CSS_ESCAPE.sub(_unescape, text)
    found = [
        (
            address.start(),
            f"the style refers to '{shorten(address[1])}', outside of this file; {_REMEDY}",
        )
        for address in _CSS_ADDRESS.finditer(text)
        if address[1] and not address[1].startswith("#")
        if not (_PICTURE.match(address[1]) or _FONT.match(address[1]))
    ]
    found += [
        (fetch.start(), f"the style's '{fetch[0]}' fetches something from elsewhere; {_REMEDY}")
        for fetch in _CSS_FETCH.finditer(text)
    ]
    return sorted(found)


def _unescape(escape: re.Match[str]) -> str:
    if not escape[1]:
        return escape[2]
    code = int(escape[1], 16)
    return chr(code) if code <= sys.maxunicode else "\ufffd"
