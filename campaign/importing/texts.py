"""Texts of other programs: HTML becomes plain Markdown, and how to reach a person is left out."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from campaign.content.text import find_invisible

# What stands for an address or a number that was left out.
LEFT_OUT = "…"
# A name before '@' is looked at from its first letter only: from each, a long text takes minutes.
_REACHABLE = re.compile(
    r"(?:mailto:)?(?<![\w.+-])[\w.+-]++@[\w-]++(?:\.[\w-]++)+"
    r"|(?<![\w/=.-])(?:tel:)?(?:\+?1[-. ]?)?(?:\([0-9]{3}\) ?|[0-9]{3}[-. ])[0-9]{3}[-. ][0-9]{4}(?![\w-])"
    r"|(?<![\w/=.-])(?:tel:)?\+[0-9](?:[-.() ]{0,2}[0-9]){7,13}(?![\w-])"
)
_HTML = re.compile(r"</?[a-z][^<>]*>|&(?:[a-z]+|#[0-9]+|#x[0-9a-f]+);", re.IGNORECASE)
# The parser fails where anything follows but what Word writes, `<![if !supportLists]>`.
_MARKED_SECTION = re.compile(r"<!\[(?!CDATA\[|(?:if|else|endif)\b[^<>\[\]]*\]>)", re.IGNORECASE)
_BLOCKS = frozenset(
    (
        "address", "article", "blockquote", "div", "dl", "dt", "dd", "hr", "ol", "p", "pre",
        "h1", "h2", "h3", "h4", "h5", "h6", "section", "table", "tr", "ul",
    )
)  # fmt: skip
_ADDRESS = re.compile(r"(https?://[^\s<>\"'`*\\\[\]]+)")
_ITEM = re.compile(r"[-*+•◦▪‣●–][ \t]+(?=\S)")
# What programs for meetings put below a text, from its line on: how to join, for those invited.
_JOINING = re.compile(
    r"(?:^|(?<=[\n>]))[ \t]*[_\u2500]{10,}(?=(?:\s|<[^<>]*>)*"
    r"(?:Microsoft Teams (?:meeting|Need help)|[^\n<>]{0,80} inviting you to a scheduled Zoom"
    r"|Join (?:on your computer|the meeting now|(?:the )?(?:Microsoft )?(?:Teams|Zoom|Webex) meeting))).*",
    re.DOTALL | re.IGNORECASE,
)


def clean(text: str) -> str:
    """Return a text without the characters that no page can show, every line ending in a line feed."""
    lines = "\n".join(text.splitlines())
    if find_invisible(lines):
        lines = "".join(letter for letter in lines if not find_invisible(letter))
    return lines.strip()


def without_contacts(text: str) -> str:
    """Return a text without mail addresses and telephone numbers."""
    return _REACHABLE.sub(LEFT_OUT, text)


def without_joining(text: str) -> str:
    """Return a text without what a program for meetings put below it."""
    return _JOINING.sub("", text)


def names_contact(text: str) -> bool:
    """Whether a text holds a mail address or a telephone number."""
    return bool(_REACHABLE.search(text))


def as_markdown(text: str) -> str:
    """Return a text, plain or in HTML, as Markdown that shows the same words."""
    plain = _from_html(text) if _HTML.search(text) else text
    lines: list[str] = []
    in_list = False
    for line in clean(plain).split("\n"):
        bare = line.strip()
        item = _ITEM.match(bare)
        if lines and lines[-1] and in_list != bool(item):
            lines.append("")
        in_list = bool(item)
        if not re.fullmatch(r"[-=_*~\s]*", bare):
            lines.append(f"- {_escape(bare[item.end() :])}" if item else _escape(bare))
        elif lines and lines[-1]:
            lines.append("")
    return "\n".join(lines).strip()


def _escape(line: str) -> str:
    """Return a line so that Markdown reads none of its signs."""
    parts = _ADDRESS.split(line)
    parts[::2] = [
        re.sub(r"[\\`*\[\]|]|(?<!\w)_|_(?!\w)", r"\\\g<0>", part)
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace("~~", "~&#126;")
        for part in parts[::2]
    ]
    return re.sub(r"^(#|>|\+|-|:|~|[0-9]+(?=[.)]))", _escape_first, "".join(parts))


def _escape_first(found: re.Match[str]) -> str:
    return f"{found[0]}\\" if found[0].isdecimal() else f"\\{found[0]}"


class _Plain(HTMLParser):
    """A parser of the words of a text in HTML, its paragraphs, its lists and the addresses of its links."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._hidden = 0
        # The address of the link that is open, and how many parts stand before it.
        self._link: tuple[str, int] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in {"script", "style"}:
            self._hidden += 1
        elif tag == "a":
            self._end_link()  # no link holds another (HTML, section "The a element")
            self._link = dict(attrs).get("href") or "", len(self.parts)
        else:
            self._break(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002 (HTMLParser's)
        self._break(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in {"script", "style"}:
            self._hidden = max(0, self._hidden - 1)
        elif tag == "a":
            self._end_link()
        elif tag in _BLOCKS:
            self._break(tag)

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.parts.append(re.sub(r"\s+", " ", data))

    def _break(self, tag: str) -> None:
        if tag == "br":
            self.parts.append("\n")
        elif tag == "li":
            self.parts.append("\n- ")
        elif tag in _BLOCKS:
            self.parts.append("\n\n")

    def _end_link(self) -> None:
        if not self._link:
            return
        address, begun = self._link
        self._link = None
        if address.startswith(("https://", "http://")) and address not in "".join(
            self.parts[begun:]
        ):
            self.parts.append(f" ({address})")


def _from_html(text: str) -> str:
    parser = _Plain()
    text = _MARKED_SECTION.sub("&lt;![", text)
    parser.feed(
        text if "<p" in text or "<br" in text or "<div" in text else text.replace("\n", "<br>")
    )
    parser.close()
    plain = re.sub(r"(?<![ \t])[ \t]*\n[ \t]*", "\n", "".join(parser.parts))
    return re.sub(r"\n{3,}", "\n\n", plain)
