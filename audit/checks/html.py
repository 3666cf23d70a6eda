"""Valid HTML, CSS and SVG, by the Nu Html Checker."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

from audit.findings import Finding
from audit.site import Site
from audit.tools import node_module, program

#: Beginnings of messages that are false here, each with the reason why.
FALSE_FINDINGS = {
    # It judges `'self'` against the file's own `file:` address; Chromium judges the served page
    # in the check `privacy`.
    "Resource violates Content Security Policy (meta tag): ": "no policy holds for files on disk",
    # HTML, "prepare the script element", leaves a data block before it asks the policy; the check
    # `privacy` finds real inline scripts.
    "Inline script violates Content Security Policy (meta tag): ": "JSON-LD is data, not a script",
    "CSS: “text-box”: Property “text-box” doesn't exist.": "CSS Inline Layout Level 3 has it",
}


def check(site: Site) -> Iterator[Finding]:
    """No error and no warning in any page, style sheet or picture."""
    java = program("java", "install a Java runtime, 17 or newer")
    jar = node_module("vnu-jar/build/dist/vnu.jar")
    options = ["--format", "json", "--exit-zero-always", "--also-check-css", "--also-check-svg"]
    done = subprocess.run(
        [java, "-jar", str(jar), *options, "--skip-non-html", str(site.folder)],
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    for message in json.loads(done.stderr)["messages"]:
        if not message["message"].startswith(tuple(FALSE_FINDINGS)):
            file = Path(unquote(urlsplit(message.get("url", "")).path))
            name = file.name
            if file.is_relative_to(site.folder.resolve()):
                name = file.relative_to(site.folder.resolve()).as_posix()
            yield Finding(name, f"line {message.get('lastLine', '?')}: {message['message']}")
