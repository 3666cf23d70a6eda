"""The engine's packages import only from those below, as `pyproject.toml` lists them; its docstrings are plain."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from tests.projects import ROOT

DOCUMENTED = ast.Module | ast.ClassDef | ast.FunctionDef
# A docstring begins with what is returned, yielded or done, with a noun phrase or with a rule (PEP 257).
REFUSED = {"Give", "Tell", "Of", "As", "What", "Let"}


def docstrings() -> Iterator[tuple[str, str]]:
    """Yield where each docstring of the project's code begins, and its first word."""
    for folder in ("campaign", "audit", "benchmarks", "tests"):
        for file in sorted((ROOT / folder).rglob("*.py")):
            for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
                if isinstance(node, DOCUMENTED) and (found := ast.get_docstring(node)):
                    name = getattr(node, "name", "")
                    yield f"{file.relative_to(ROOT)}: {name}", found.split()[0]


def test_each_package_imports_only_from_those_below_it() -> None:
    program = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run(
        [program, "--no-cache", "--no-logo"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout


def test_docstrings_begin_as_those_of_the_field_do() -> None:
    assert [where for where, word in docstrings() if word in REFUSED] == []
