"""The engine's packages: each imports only from those below it, as `pyproject.toml` lists them."""

import subprocess
import sys
from pathlib import Path

from tests.projects import ROOT


def test_each_package_imports_only_from_those_below_it() -> None:
    program = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run(
        [program, "--no-cache", "--no-logo"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout
