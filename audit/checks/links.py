"""Links within the site, by lychee without a network; addresses outside are listed for a person."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from audit.findings import Finding
from audit.site import Site


def check(site: Site) -> Iterator[Finding]:
    """Every link and fragment within the site leads somewhere, absolute ones to itself included."""
    shown = site.root / site.base.strip("/")
    # Another site's address may begin with the same letters.
    own = f"^{re.escape(site.published)}((?:[/?#].*)?)$ {shown.as_uri()}$1"
    options = ["--offline", "--include-fragments", "--index-files", "index.html", "--no-progress"]
    # Scripts and what stands in them count to lychee among what is quoted.
    options.append("--include-verbatim")
    done = subprocess.run(
        [
            Path(sys.executable).with_name("lychee"),
            *options,
            "--root-dir", str(site.root), "--remap", own, "--format", "json",
            f"{shown}/**/*.html",
        ],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )  # fmt: skip
    for name, errors in json.loads(done.stdout)["error_map"].items():
        page = Path(name).relative_to(shown).as_posix()
        for error in errors:
            address = error["url"].replace(site.root.as_uri(), "")
            line = (error.get("span") or {}).get("line", "?")
            yield Finding(
                page, f"line {line}: '{address}' leads nowhere: {error['status']['text']}"
            )
