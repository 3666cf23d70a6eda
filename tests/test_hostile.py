"""No input holds a build or an import up: what would take very long is told, or done in one pass."""

import subprocess
import sys

import pytest

from tests.hostile import INPUTS
from tests.projects import ROOT

# Each takes less than a second, and took from ten seconds to hours.
PATIENCE = 20


@pytest.mark.slow
@pytest.mark.parametrize("name", INPUTS)
def test_every_input_ends_soon_whatever_is_repeated_in_it(name: str) -> None:
    subprocess.run(
        [sys.executable, "-m", "tests.hostile", name], cwd=ROOT, check=True, timeout=PATIENCE
    )
