"""Inputs that took minutes, the time growing with the square of their length: `python -m tests.hostile NAME`."""

import json
import sys
from collections.abc import Callable

from campaign.content.markdown import render
from campaign.importing import ical, mobilize, spreadsheet
from campaign.importing.source import Context
from campaign.reading import frontmatter
from campaign.reading.events import read_table
from campaign.sharing.counting import measure
from campaign.sharing.networks import NETWORKS


def read_calendar(lines: str) -> None:
    event = f"BEGIN:VEVENT\nUID:1\n{lines}\nDTSTART:20240701T180000Z\nEND:VEVENT\n"
    data = f"BEGIN:VCALENDAR\nVERSION:2.0\n{event}END:VCALENDAR\n".encode()
    ical.read(data, Context("a.ics", "Europe/Vienna", lambda _: ""))


def read_description(text: str) -> None:
    slot = {"id": 1, "start_date": 1718452800}
    event = {"id": 1, "title": "A", "description": text, "timeslots": [slot]}
    mobilize.read(json.dumps([event]).encode(), Context("a.json", "Europe/Vienna", lambda _: ""))


def read_cell(text: str) -> None:
    spreadsheet.read(f'title,date,location\nA,2024-07-01,"{text}"\n'.encode(), Context("a.csv"))


def read_fields(text: str) -> None:
    frontmatter.parse(f"---\ntitle: {text}\n---\n", "a.md")


def read_rows(text: str) -> None:
    read_table(text, "a.csv")


def count(text: str) -> None:
    for network in NETWORKS.values():
        measure(text, network)


def numbered(form: str, count: int) -> str:
    return "".join(form.format(number) for number in range(count))


# Some hundred kilobytes each.
INPUTS: dict[str, tuple[Callable[[str], object], str]] = {
    "open brackets": (render, "[" * 200_000),
    "open brackets in lines": (render, ("[" * 900 + "\n") * 21),
    "open brackets in paragraphs": (render, ("[" * 9 + "a" * 19_000 + "\n\n") * 12),
    "open pictures": (render, "![a](" * 50_000),
    "open links": (render, "[a](<b \n" * 30_000),
    "links in a paragraph": (render, "[a](b)\n" * 24_000),
    "open references": (render, "- [a][\n" * 30_000),
    "links with quotes": (render, "[a](it's) " * 25_000),
    "code that never ends": (
        render,
        numbered("{0}a", 10) + "".join("`" * n + "a" for n in range(690)),
    ),
    "backslashes": (render, "\\*" * 120_000),
    "emphasis": (render, "*_" * 120_000),
    "comments that never end": (render, "<!--\n" * 39_000),
    "headings in a block": (render, "# a\n" * 39_000),
    "rules in a block": (render, "---\n" * 39_000),
    "spaces": (render, f"*{' ' * 120_000}*\n\n{' ' * 120_000}*"),
    "headings of one name": (render, "## a\n\n" * 12_000),
    "quotes in quotes": (render, ">" * 200_000),
    "lists in lists": (render, "1. " * 80_000),
    "lists further and further in": (render, "".join(f"{'    ' * n}- a\n" for n in range(350))),
    "empty lines": (render, "\n" * 250_000 + "*"),
    "paragraphs": (render, "*\n\n" * 100_000),
    "rows of a table": (render, "|\n" * 120_000),
    "code in a row": (render, "`a`|" * 16_000 + "\n-|-"),
    "many links": (render, numbered("- [a](https://example.org/{0})\n", 16_000)),
    "many tags": (render, numbered("<a{0}> ", 14_000)),
    "lists in front matter": (read_fields, "[" * 200_000),
    "maps in front matter": (read_fields, "{a: " * 50_000),
    "columns": (read_rows, "title,date," + numbered("name {0},", 20_000)),
    "years": (read_cell, "2018-" * 50_000),
    "letters": (read_cell, "a" * 250_000),
    "links in a description": (
        read_description,
        "<a href='https://b.example'>c" * 8_000 + "</a>" * 8_000,
    ),
    "spaces in a description": (read_description, "<b> " * 60_000),
    "a calendar's letters": (read_calendar, f"DESCRIPTION:{'a.' * 120_000}"),
    "a message's years": (count, "2018-" * 20_000),
    "a message's dashes": (count, "–" * 100_000),
    "a message's dots": (count, "a." * 50_000),
    "a zone's slashes": (read_calendar, f"DTEND;TZID={'a/' * 120_000}:20240701T180000"),
}

if __name__ == "__main__":
    function, text = INPUTS[sys.argv[1]]
    function(text)
