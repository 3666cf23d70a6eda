"""Projects to test with: some site's content, and this project's theme and settings, in a folder of their own."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from campaign.build.project import Project
from campaign.commands import build

ROOT = Path(__file__).resolve().parent.parent
SITES = ROOT / "tests" / "sites"
SHIPPED = ROOT / "content"

# What counts as now in every test that does not set it: June 15, 2024, 12:00 UTC.
NOW = 1718452800
# What the person who runs the tests may have set, and a build, git or a command would obey.
VARIABLES = (
    "SITEURL",
    "GITHUB_ACTIONS",
    "GIT_DIR",
    "GIT_WORK_TREE",
    "GIT_INDEX_FILE",
    "PYTHONPATH",
)


# Where builds keep things, in place of the cache folder of the person who runs the tests.
CACHES = TemporaryDirectory(prefix="campaign-tests-")


@contextmanager
def plain_environment() -> Iterator[pytest.MonkeyPatch]:
    """Run with the variables that a build reads as they are on nobody's machine in particular."""
    with pytest.MonkeyPatch.context() as patch:
        for name in VARIABLES:
            patch.delenv(name, raising=False)
        patch.setenv("SOURCE_DATE_EPOCH", str(NOW))
        patch.setenv("XDG_CACHE_HOME", CACHES.name)
        # The settings for publishing import those of a preview, and each project has its own.
        patch.delitem(sys.modules, "pelicanconf", raising=False)
        yield patch
        sys.modules.pop("pelicanconf", None)


def make_project(root: Path, content: Path) -> Project:
    """Lay out a copy of this project with some content; its site is not built yet."""
    shutil.copytree(content, root / "content")
    shutil.copytree(ROOT / "theme", root / "theme")
    for name in ("campaign", "vendor"):
        shutil.copytree(ROOT / name, root / name)
    for name in ("pelicanconf.py", "publishconf.py", "tasks.py"):
        shutil.copy(ROOT / name, root)
    return Project(root)


def build_site(project: Project, *, publish: bool = False) -> Path:
    """Build a project whose content is in order; gives its output folder."""
    assert build.run(project, publish=publish) == 0
    return project.output


def edit(file: Path, old: str, new: str) -> None:
    """Replace a text that stands in a file."""
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def write(file: Path, text: str | bytes) -> Path:
    """Write a file and the folders above it."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(text.encode() if isinstance(text, str) else text)
    return file


def snapshot(folder: Path) -> dict[str, bytes]:
    """Return every file below a folder with what is in it."""
    return {
        file.relative_to(folder).as_posix(): file.read_bytes()
        for file in sorted(folder.rglob("*"))
        if file.is_file()
    }


def start(
    project: Project, *arguments: str, environment: dict[str, str] | None = None
) -> subprocess.Popen[str]:
    """Start a Python module in a project's folder: `invoke` as its command does (`-P`), the engine as it lies there."""
    safe = [] if arguments[0] == "campaign" else ["-P"]
    return subprocess.Popen(
        [sys.executable, *safe, "-m", *arguments],
        cwd=project.root,
        env={**os.environ, **(environment or {})},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )


def finish(process: subprocess.Popen[str]) -> subprocess.CompletedProcess[str]:
    """Wait for a process, and give what it said."""
    with process:
        out, err = process.communicate(timeout=60)
    return subprocess.CompletedProcess(process.args, process.returncode, out, err)


def run(
    project: Project, *arguments: str, environment: dict[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run a Python module, such as `invoke`, in a project's folder to its end."""
    return finish(start(project, *arguments, environment=environment))
