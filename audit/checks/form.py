"""The form of what is written: templates, style sheets and scripts, these by ESLint too; workflows by zizmor."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from audit.findings import Finding
from audit.site import Site
from audit.tools import FOLDER, NODE, node_module, program


def check(site: Site) -> Iterator[Finding]:
    """Everything is written as its formatter writes it, ESLint finds no fault, and no workflow is a danger."""
    theme = site.project / "theme"
    yield from _styles_and_scripts(theme)
    yield from _scripts(site.project)
    yield from _templates(theme / "templates")
    yield from _workflows(site.project / ".github" / "workflows")


def _styles_and_scripts(theme: Path) -> Iterator[Finding]:
    command = [_node(), str(node_module("prettier/bin/prettier.cjs")), "--list-different"]
    done = _run([*command, "--ignore-path", "/dev/null", f"{theme}/static"])
    yield from _findings(done.stdout, theme, "is not formatted; run prettier --write on it")
    if done.returncode > 1:
        yield Finding("theme/static", done.stderr.strip())


def _scripts(project: Path) -> Iterator[Finding]:
    config = str(FOLDER / "eslint.config.mjs")
    command = [_node(), str(node_module("eslint/bin/eslint.js")), "--config", config]
    done = _run([*command, "--format", "json", "theme/static/js"], project)
    if done.returncode > 1:
        yield Finding("theme/static/js", done.stderr.strip())
        return
    for result in json.loads(done.stdout):
        name = Path(result["filePath"]).relative_to(project.resolve()).as_posix()
        for found in result["messages"]:
            yield Finding(name, f"line {found['line']}: {found['message']}")


def _templates(templates: Path) -> Iterator[Finding]:
    djlint = Path(sys.executable).with_name("djlint")
    done = _run([str(djlint), "--check", "--quiet", str(templates)])
    if done.returncode == 1:
        yield Finding("theme/templates", "not as djlint formats them; run djlint --reformat")
    elif done.returncode:
        yield Finding("theme/templates", done.stderr.strip())


def _workflows(folder: Path) -> Iterator[Finding]:
    if folder.is_dir():
        done = _run([str(Path(sys.executable).with_name("zizmor")), "--offline", str(folder)])
        if done.returncode:
            yield Finding(".github/workflows", (done.stdout or done.stderr).strip())


def _findings(listing: str, theme: Path, message: str) -> Iterator[Finding]:
    for line in listing.splitlines():
        file = Path(line).resolve()
        name = file.relative_to(theme.resolve()) if file.is_relative_to(theme.resolve()) else file
        yield Finding(f"theme/{name.as_posix()}", message)


def _node() -> str:
    return program("node", NODE)


def _run(command: list[str], folder: Path | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, cwd=folder, capture_output=True, encoding="utf-8", check=False)
