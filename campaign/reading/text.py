"""A file's text: UTF-8, with one kind of line end, and without characters that no page may hold."""

from __future__ import annotations

from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from pathlib import Path

from campaign.content.problems import Problem
from campaign.content.text import find_invisible
from campaign.reading.access import MOST_OF_TEXT, find_problem, unreadable


def read_text(file: Path, path: str, root: Path) -> tuple[str, list[Problem]]:
    """Read a file below the content folder `root` whole; `path` is how problems name it.

    UTF-16 is read where a byte order mark says so, as spreadsheet programs write it. Byte order
    marks, which come within a text where files were joined, are left out, and every line ends in
    a line feed. Where there is a problem the text is empty.
    """
    data, problems = read_bytes(file, path, root)
    return ("", problems) if problems else decode(data, path)


def read_bytes(file: Path, path: str, root: Path) -> tuple[bytes, list[Problem]]:
    """Read a file as it is; empty where there is a problem."""
    if problem := find_problem(file, root, MOST_OF_TEXT):
        return b"", [problem.at(path)]
    try:
        return file.read_bytes(), []
    except OSError as error:
        return b"", [unreadable(error).at(path)]


def decode(data: bytes, path: str) -> tuple[str, list[Problem]]:
    """Turn a file's bytes into text; see `read_text`."""
    try:
        text = data.decode(encoding_of(data)).replace("\ufeff", "")
    except UnicodeDecodeError as error:
        return "", [_encoding_problem(path, data.count(b"\n", 0, error.start) + 1)]
    if "\0" in text:
        # Text in UTF-16 reads as UTF-8 with a zero after each letter.
        return "", [_encoding_problem(path, 1)]
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not find_invisible(text):
        return text, []
    return "", [
        Problem(
            f"an invisible character ({character}) that no page can show; type the words around it anew",
            path,
            number,
        )
        for number, line in enumerate(text.split("\n"), 1)
        if (character := find_invisible(line))
    ]


def encoding_of(data: bytes) -> str:
    """Return the encoding that a file's byte order mark names, UTF-8 without one."""
    return "utf-16" if data.startswith((BOM_UTF16_LE, BOM_UTF16_BE)) else "utf-8"


def _encoding_problem(path: str, line: int) -> Problem:
    message = "this file is not UTF-8; save it again with the encoding UTF-8"
    if path.endswith(".csv"):
        message += ", which Excel calls 'CSV UTF-8'"
    return Problem(message, path, line)
