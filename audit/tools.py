"""The programs that the audit needs: installed from lock files on first use, or asked for."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
from pathlib import Path

FOLDER = Path(__file__).parent
MODULES = FOLDER / "node_modules"
#: How to get Node, of the oldest release that the tools take.
NODE = "install Node.js 20.19 or newer from https://nodejs.org/"


class ToolMissingError(Exception):
    """A program that only a person can install is not there; the message says what to do."""


def node_module(path: str) -> Path:
    """Return a file of the Node tools, which are installed from their lock file where need be.

    Raises `ToolMissingError` where Node is not there or the installation does not succeed.
    """
    lock = FOLDER / "package-lock.json"
    digest = hashlib.sha256(lock.read_bytes()).hexdigest()
    stamp = MODULES / ".lock.sha256"
    if not stamp.is_file() or stamp.read_text() != digest:
        npm = program("npm", NODE)
        print("Installing the audit's tools from audit/package-lock.json …", flush=True)
        done = subprocess.run(
            [npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"],
            cwd=FOLDER,
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        if done.returncode:
            message = f"The audit's tools could not be installed. npm says:\n{done.stderr.strip()}"
            raise ToolMissingError(message)
        stamp.write_text(digest)
    return MODULES / path


def program(name: str, remedy: str) -> str:
    """Return the path of a program. Raises `ToolMissingError` with the remedy where it is not there."""
    if found := shutil.which(name):
        return found
    message = f"The audit needs {name}: {remedy}, then try again."
    raise ToolMissingError(message)
