"""The tasks, one module each: the only place that knows processes and git.

A command tells a person what it did or what to mend, and gives an exit status: 0, 2 for what
an editor can mend, 1 for anything else.
"""

from __future__ import annotations

import gc
import sys
import tempfile
import traceback
from collections.abc import Callable
from contextlib import suppress
from io import TextIOWrapper

from campaign.build.output import OutputError
from campaign.content.problems import Problem, printable

OK, FAULT, MENDABLE = 0, 1, 2


def run(command: Callable[[], int]) -> None:
    """Run a command and end the process with its exit status; no traceback reaches an editor."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            # A terminal that cannot show a character of the content still shows the rest.
            stream.reconfigure(errors="backslashreplace")
    # A command ends before there is much garbage, and to look for it, again and again, takes a fifth of a build.
    gc.disable()
    try:
        status = command()
    except KeyboardInterrupt:
        say("Stopped.")
        status = 130
    except OutputError as error:
        status = MENDABLE
        complain(str(error))
    except Exception as error:  # noqa: BLE001 (the one place where a fault of ours becomes a sentence)
        status = FAULT
        report_fault(error)
    # Nor is what a build has made looked through once more before all of it goes.
    gc.freeze()
    gc.enable()
    if status:
        sys.exit(status)


def say(text: str) -> None:
    """Print a sentence for a person."""
    print(printable(text), flush=True)  # noqa: T201 (this is how commands speak)


def annotate(problem: Problem) -> None:
    """Have GitHub Actions mark a problem in its line."""
    print(problem.annotation(), flush=True)  # noqa: T201 (this is how commands speak)


def complain(text: str) -> None:
    """Print what is wrong, for a person."""
    print(printable(text), file=sys.stderr, flush=True)  # noqa: T201 (this is how commands speak)


def can_ask() -> bool:
    """Whether somebody sits at a terminal and can answer."""
    return sys.stdin is not None and sys.stdin.isatty()


def confirm(question: str) -> bool:
    """Ask a person, and return whether the answer is yes; no answer is none."""
    try:
        answer = input(f"{question} [y/N] ")
    except EOFError:
        answer = ""
    return answer.strip().lower() in {"y", "yes"}


def report_fault(error: Exception) -> None:
    """Print that a fault is no editor's, and keep its details in a file for who mends it."""
    if isinstance(error, OSError):
        where = f"{error.filename}: " if error.filename else ""
        complain(f"{where}{error.strerror or error}. Nothing of the last good site was lost.")
    else:
        message = str(error) or type(error).__name__
        complain(f"This is a fault in the generator or its theme, not in your content: {message}")
    for note in getattr(error, "__notes__", ()):
        complain(note)
    with suppress(OSError):  # a full disk has no room for details
        complain(f"Details for whoever mends it: {_keep_details(error)}")


def _keep_details(error: Exception) -> str:
    """Write the traceback to a file that lasts, and return its path. Raises `OSError`."""
    with tempfile.NamedTemporaryFile(
        "w", prefix="campaign-", suffix=".txt", delete=False, encoding="utf-8"
    ) as details:
        details.write("".join(traceback.format_exception(error)))
    return details.name
