"""A site for Eleventy, with templates in JavaScript, its fastest language.

Every form stands ready in its data, rows as JSON; their descriptions are taken for the HTML that
they are, without Markdown. Lists are grouped and cut in its configuration file. Its pagination
gives every page a list of all, so that its memory grows with the square of their number.
"""

import json
import re
import shutil
import subprocess
from collections.abc import Sequence
from itertools import chain, zip_longest
from pathlib import Path

from benchmarks import models
from benchmarks.events import Sample
from benchmarks.generator import Generator


def install(folder: Path) -> Path | None:
    """Install Eleventy and give its Node modules; None where that cannot be."""
    if not shutil.which("npm"):
        print("Eleventy is left out: there is no npm here.")
        return None
    folder.mkdir()
    command = ["npm", "install", "--silent", "--no-audit", "--no-fund", "@11ty/eleventy@3"]
    if subprocess.run(command, cwd=folder, check=False).returncode:
        print("Eleventy is left out: npm could not install it.")
        return None
    return folder / "node_modules"


def make(
    folder: Path, samples: Sequence[Sample], pieces: models.Pieces, modules: Path, *, stories: bool
) -> Generator:
    """Make the site; `pieces` are of the first event, `modules` Eleventy's Node modules."""
    (folder / "_includes").mkdir(parents=True)
    (folder / "write.cjs").write_text(_functions(pieces, samples[0]))
    (folder / "eleventy.config.cjs").write_text(_CONFIG)
    (folder / "files.11ty.cjs").write_text(_FILES)
    if stories:
        (folder / "_includes" / "event.11ty.cjs").write_text(_LAYOUT)
        for sample in samples:
            _write_story(folder / "events", sample)
        source = f"events/{samples[0].id}.md"
    else:
        source = "rows.json"
        rows = [{**models.forms(sample), "text": sample.text} for sample in samples]
        (folder / source).write_text(json.dumps(rows))
    (folder / "node_modules").symlink_to(modules, target_is_directory=True)
    package = modules / "@11ty" / "eleventy"
    found = json.loads((package / "package.json").read_text())["version"]
    command = ["node", str(package / "cmd.cjs"), "--quiet"]
    return Generator("Eleventy", found, folder, command, "_site", source)


_CONFIG = """
const fs = require("node:fs");
const LENGTH = 50;
const ROWS = "rows.json";

function* files(events) {
  yield { kind: "features", path: "events/events.json", events };
  for (const it of events) {
    // A story is a file of its own, and makes its page.
    if (it.text) yield { kind: "row", path: `events/${it.id}/index.html`, it };
    yield { kind: "calendar", path: `events/${it.id}/event.ics`, it };
  }
  const lists = new Map();
  for (const it of events) {
    for (const path of ["events/", "events/in/us/", `events/in/${it.place}/`, `events/on/${it.day}/`]) {
      if (!lists.has(path)) lists.set(path, []);
      lists.get(path).push(it);
    }
  }
  for (const [path, events] of lists) {
    const list = { path, name: path, last: Math.ceil(events.length / LENGTH) };
    if (!path.startsWith("events/on/")) yield { kind: "calendars", path: `${path}events.ics`, list, events };
    for (let number = 1; number <= list.last; number++) yield page(list, number, events);
  }
}

function page(list, number, events) {
  const address = (of) => (of > 1 ? `${list.path}page/${of}/` : list.path);
  return {
    kind: "list",
    path: `${address(number)}index.html`,
    list: {
      ...list,
      number,
      previous: number > 1 && address(number - 1),
      next: number < list.last && address(number + 1),
    },
    events: events.slice((number - 1) * LENGTH, number * LENGTH),
  };
}

module.exports = (config) => {
  config.addCollection("files", (api) => {
    const events = fs.existsSync(ROWS)
      ? JSON.parse(fs.readFileSync(ROWS, "utf8"))
      : api.getFilteredByTag("event").map((page) => page.data);
    events.sort((one, two) => (one.id < two.id ? -1 : 1));
    return [...files(events)];
  });
};
"""
_FILES = """
const write = require("./write.cjs");
exports.data = {
  pagination: { data: "collections.files", size: 1, alias: "file" },
  eleventyExcludeFromCollections: true,
  permalink: ({ file }) => file.path,
};
exports.render = ({ file }) => write[file.kind](file);
"""
_LAYOUT = """
exports.render = (it) => require("../write.cjs").page(it, it.content);
"""


def _functions(pieces: models.Pieces, event: Sample) -> str:
    """Return the script with a function for each kind of file."""
    known, listed = models.forms(event), models.list_forms(event)
    of_event = models.writer(
        known,
        {name: _expression(f"it.{name}") for name in known},
        {name: _expression(f"encodeURIComponent(it.{name})") for name in known},
    )
    of_list = {name: _expression(f"list.{name}") for name in listed}
    written = pieces.written(of_event, models.writer(listed, of_list, of_list))
    all_of = "events.map({}).join('{}')".format
    days = _expression(all_of("(it, at) => item(it, events[at - 1], events[at + 1])", ""))
    functions = {
        "page = (it, text)": written.page.replace(models.GAP, _expression("text")),
        "row = ({ it })": _expression("page(it, '<p>' + it.text + '</p>')"),
        "event = (it)": written.calendar,
        "calendar = ({ it })": "".join(
            (written.calendar_head, _expression("event(it)"), models.CALENDAR_TAIL)
        ),
        "calendars = ({ list, events })": "".join(
            (written.calendars_head, _expression(all_of("event", "")), models.CALENDAR_TAIL)
        ),
        "feature = (it)": written.feature,
        "features = ({ events })": "".join(
            (models.FEATURES_HEAD, _expression(all_of("feature", ",\\n")), models.FEATURES_TAIL)
        ),
        "head = (it)": written.day_head,
        "item = (it, before, after)": "".join(
            (
                _expression("it.day === before?.day ? '' : head(it)"),
                written.item,
                _expression("it.day === after?.day ? '' : foot()"),
            )
        ),
        "foot = ()": written.day_tail,
        "ways = (list)": models.WAYS.format(
            number=_expression("list.number"),
            last=_expression("list.last"),
            previous=_expression("list.previous ? previous(list) : ''"),
            next=_expression("list.next ? next(list) : ''"),
        ),
        "previous = (list)": models.PREVIOUS.format(address="/" + _expression("list.previous")),
        "next = (list)": models.NEXT.format(address="/" + _expression("list.next")),
        "list = ({ list, events })": "".join(
            (
                written.list_head,
                days,
                written.list_tail.replace(
                    models.GAP, _expression("list.last > 1 ? ways(list) : ''")
                ),
            )
        ),
    }
    lines = [f"const {name} => `{_in_script(text)}`;\n" for name, text in functions.items()]
    return "".join(lines) + "module.exports = { page, row, calendar, calendars, features, list };\n"


def _expression(text: str) -> str:
    """Mark an expression; the marks become its braces when the text around it is a script's."""
    return f"\1{text}\2"


def _in_script(text: str) -> str:
    """Return a text as it stands within a script's backquotes."""
    parts = re.split("(\1.*?\2)", text)
    plain = [re.sub(r"([`\\$])", r"\\\1", part) for part in parts[::2]]
    # A line's end would become a mere line feed, where a calendar has more.
    plain = [part.replace("\r", "\\r") for part in plain]
    marked = [f"${{{part[1:-1]}}}" for part in parts[1::2]]
    return "".join(chain.from_iterable(zip_longest(plain, marked, fillvalue="")))


def _write_story(folder: Path, sample: Sample) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    fields = {
        **models.forms(sample),
        "layout": "event.11ty.cjs",
        "tags": "event",
        "permalink": f"events/{sample.id}/index.html",
    }
    # JSON's values are YAML's too.
    lines = [f"{name}: {json.dumps(value)}" for name, value in fields.items()]
    text = "\n".join(["---", *lines, "---", "", sample.text, ""])
    (folder / f"{sample.id}.md").write_text(text)
