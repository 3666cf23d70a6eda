"""Runs the audit: `python -m audit [CHECK …]`; exit status 1 on any finding."""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from audit import examples
from audit.checks import CHECKS
from audit.checks.budget import figures
from audit.findings import Result, summary
from audit.site import Site, serve
from audit.tools import ToolMissingError
from campaign.build.project import Project
from campaign.commands import build
from campaign.reading.reader import read

ROOT = Path(__file__).parent.parent
#: The checks that look at the examples of the theme's components as well.
OF_COMPONENTS = {"html", "keyboard", "accessibility"}


def main() -> int:
    """Build, serve, check, and print one table."""
    parser = argparse.ArgumentParser(prog="audit", description=(__doc__ or "").split(":", 1)[0])
    parser.add_argument("checks", nargs="*", metavar="CHECK", help=", ".join(CHECKS))
    names = parser.parse_args().checks or list(CHECKS)
    if unknown := set(names) - set(CHECKS):
        parser.error(f"there is no check {', '.join(unknown)}; the checks are {', '.join(CHECKS)}")
    os.environ.pop("SITEURL", None)
    project = Project(ROOT)
    if status := build.run(project, publish=True):
        return status
    campaign = read(project.content).campaign
    if campaign is None:  # what was just built has one
        return 1
    with TemporaryDirectory() as folder:
        copy = shutil.copytree(project.output, Path(folder, "site"))
        shown = Path(folder, "examples")
        examples.write(shown, campaign.site, project.theme)
        with (
            serve(copy, campaign.site, ROOT) as site,
            serve(shown, campaign.site, ROOT) as components,
        ):
            return _check(site, components, names)


def _check(site: Site, components: Site, names: Sequence[str]) -> int:
    try:
        results = [
            _run(name, [site, components] if name in OF_COMPONENTS else [site]) for name in names
        ]
    except ToolMissingError as error:
        print(error, file=sys.stderr)
        return 1
    if "budget" in names:
        print(f"\n{figures(site)}")
    for result in results:
        for finding in result.findings:
            print(f"{result.name}: {finding}")
    print(f"\n{summary(results)}")
    return 1 if any(result.findings for result in results) else 0


def _run(name: str, sites: Sequence[Site]) -> Result:
    start = time.perf_counter()
    findings = sorted({finding for site in sites for finding in CHECKS[name](site)})
    seconds = time.perf_counter() - start
    print(f"{name}: {len(findings)} findings in {seconds:.1f} s", flush=True)
    return Result(name, sum(len(site.pages) for site in sites), tuple(findings), seconds)


if __name__ == "__main__":
    sys.exit(main())
