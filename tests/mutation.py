"""Ways in which a file goes wrong in an editor's hands, or on its way, for tests that try very many."""

from collections.abc import Callable
from dataclasses import dataclass

from hypothesis import strategies as st

# What means something to YAML, Markdown, CSV or HTML, and what pages and programs trip over.
FRAGMENTS = (
    "---",
    "---\n",
    "...\n",
    "%YAML 1.2\n",
    "- ",
    "? ",
    ": ",
    ":",
    "&a ",
    "*a",
    "!!str ",
    "!<",
    "|\n",
    ">-\n",
    "'",
    '"',
    "[",
    "]",
    "{",
    "}",
    ", ",
    "#Keep",
    " # note",
    "@",
    "`",
    "\t",
    "<<: ",
    "~",
    "null",
    "title: ",
    "slug: ",
    "id: past\n",
    "date: 2024-06-31\n",
    "aliases: [/act/, /Letter/, /robots.txt/]\n",
    "timezone: EST\n",
    "\nmenu: main\n",
    "share: {networks: [x, [y]]}\n",
    '"\\ud800\\0\\a"',
    "'\\q'",
    "# ",
    "## ",
    "####### ",
    "\n===\n",
    "\n---\n",
    "* * *",
    "**",
    "__",
    "```\n",
    "> ",
    "1. ",
    "10) ",
    "\\",
    "[a](b)",
    "![](b.png)",
    "![a](",
    "](",
    "[a][b]",
    "\n[b]: /c\n",
    "<a@b>",
    "<https://example.org>",
    "[](#x)",
    "<b>",
    "</b>",
    "<!--",
    "-->",
    "<script>",
    "&#x6a;avascript:",
    "&amp;",
    "&#0;",
    "&#xfdd0;",
    "a|b\n-|:-:\n",
    "(javascript:alert(1))",
    "[x](/act/#%22%20on=%22)",
    "[x](%)",
    "[x](//y)",
    "[x](../../..)",
    "[x](?q)",
    ",",
    ",,,,",
    ";",
    '""',
    '"a ""b"',
    "\n\n",
    "\r\n",
    "\r",
    "  \n",
    "{mention",
    "{url}}",
    "{0}",
    "{{}}",
    "\u202e",
    "\u200b",
    "\ufeff",
    "\u2028",
    "\x00",
    "\x07",
    "\x85",
    "\ufdd0",
    "\ufffe",
    "\U0001f9d2",
    "ß",
    "İ",
    "e\u0301",
    "漢字",
    "مرحبا",
    "٣",
    "½",
    "9" * 5000,
    "a" * 300,
    "[" * 300,
    "> " * 200,
    "- " * 200,
    "{a: " * 60,
    "".join(f"{'  ' * depth}- x\n" for depth in range(120)),
    "*a **b " * 60,
    "![" * 90,
    "(" * 300,
    "`" * 99,
)


@dataclass(frozen=True)
class Mutation:
    """One change of a file: what is done, where (of all positions, as a fraction), and with which text."""

    change: Callable[[bytes, int, int, bytes], bytes]
    start: float
    end: float
    text: str

    def __call__(self, data: bytes) -> bytes:
        first, last = sorted((self.start, self.end))
        return self.change(
            data, int(first * len(data)), int(last * len(data)), self.text.encode("utf-8")
        )


def insert(data: bytes, start: int, _: int, text: bytes) -> bytes:
    return data[:start] + text + data[start:]


def replace(data: bytes, start: int, _: int, text: bytes) -> bytes:
    return data[:start] + text + data[start + len(text) :]


def delete(data: bytes, start: int, end: int, _: bytes) -> bytes:
    return data[:start] + data[start + min(end - start, 12) :]


def cut(data: bytes, start: int, _: int, __: bytes) -> bytes:
    return data[:start]


def flip(data: bytes, start: int, end: int, _: bytes) -> bytes:
    return (
        data[:start]
        + bytes(byte ^ 1 << end % 8 for byte in data[start : start + 1])
        + data[start + 1 :]
    )


def double(data: bytes, start: int, end: int, _: bytes) -> bytes:
    return data[:end] + data[start:end] + data[end:]


def _line_of(data: bytes, position: int) -> int:
    return data.count(b"\n", 0, position)


def insert_line(data: bytes, start: int, _: int, text: bytes) -> bytes:
    lines = data.split(b"\n")
    lines.insert(_line_of(data, start), text)
    return b"\n".join(lines)


def delete_line(data: bytes, start: int, _: int, __: bytes) -> bytes:
    lines = data.split(b"\n")
    del lines[_line_of(data, start)]
    return b"\n".join(lines)


def double_line(data: bytes, start: int, _: int, __: bytes) -> bytes:
    lines = data.split(b"\n")
    lines.insert(_line_of(data, start), lines[_line_of(data, start)])
    return b"\n".join(lines)


def swap_lines(data: bytes, start: int, end: int, _: bytes) -> bytes:
    lines = data.split(b"\n")
    one, other = _line_of(data, start), _line_of(data, end)
    lines[one], lines[other] = lines[other], lines[one]
    return b"\n".join(lines)


def begin_line(data: bytes, start: int, _: int, text: bytes) -> bytes:
    lines = data.split(b"\n")
    number = _line_of(data, start)
    lines[number] = text + lines[number]
    return b"\n".join(lines)


def set_value(data: bytes, start: int, _: int, text: bytes) -> bytes:
    lines = data.split(b"\n")
    number = _line_of(data, start)
    lines[number] = lines[number].partition(b":")[0] + b": " + text
    return b"\n".join(lines)


CHANGES = (
    insert,
    replace,
    delete,
    cut,
    flip,
    double,
    insert_line,
    delete_line,
    double_line,
    swap_lines,
    begin_line,
    set_value,
)
fractions = st.floats(0, 1, exclude_max=True)
texts = st.sampled_from(FRAGMENTS) | st.text(max_size=20)
mutations = st.lists(
    st.builds(Mutation, st.sampled_from(CHANGES), fractions, fractions, texts),
    min_size=1,
    max_size=4,
)


def mutate(data: bytes, changes: list[Mutation]) -> bytes:
    """Make changes to a file's bytes, one after the other."""
    for change in changes:
        data = change(data)
    return data
