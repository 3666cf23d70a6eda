"""The browser that the tests look at pages with: where it is, and how it gets here.

`python -m tests.browser` makes sure that there is one. As root on Debian or Ubuntu, which is what
CI and containers are, it installs the package chromium; elsewhere it says what to install.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

COMMANDS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")

# Where macOS and Windows keep the program, as neither puts it on the PATH.
PLACES = (
    "~/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "~/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "${PROGRAMFILES}/Google/Chrome/Application/chrome.exe",
    "${PROGRAMFILES(X86)}/Google/Chrome/Application/chrome.exe",
    "${LOCALAPPDATA}/Google/Chrome/Application/chrome.exe",
    "${LOCALAPPDATA}/Chromium/Application/chrome.exe",
)


class BrowserNotFoundError(Exception):
    """There is no browser to test with; the message is a sentence that says what to do."""


def find() -> str:
    """Return the path of Chromium or Chrome: the one that CHROME names, else an installed one.

    Raises BrowserNotFoundError where there is none, or where CHROME names none.
    """
    if chrome := os.environ.get("CHROME"):
        if path := shutil.which(chrome):
            return path
        raise BrowserNotFoundError(
            f"CHROME is '{chrome}', which is not a program; set it to the path of Chromium or "
            "Chrome, or unset it to use the one that is installed."
        )
    places = (str(Path(os.path.expandvars(place)).expanduser()) for place in PLACES)
    for candidate in (*COMMANDS, *places):
        if path := shutil.which(candidate):
            return path
    raise BrowserNotFoundError(
        "The tests need a browser: install Chromium or Google Chrome, or set CHROME to its path."
    )


def may_install() -> bool:
    """Whether this is a machine of Debian's kind where we are root."""
    return shutil.which("apt-get") is not None and os.geteuid() == 0


def install() -> None:
    """Install Debian's package chromium; raises CalledProcessError where apt-get fails."""
    for arguments in (["update"], ["install", "-y", "--no-install-recommends", "chromium"]):
        subprocess.run(
            ["apt-get", "-qq", *arguments],
            check=True,
            env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"},
            stdin=subprocess.DEVNULL,
        )


def main() -> int:
    """Make sure that there is a browser; the exit status is 1 where there is none."""
    try:
        find()
    except BrowserNotFoundError as error:
        if os.environ.get("CHROME") or not may_install():
            print(error, file=sys.stderr)
            return 1
        print("Installing the package chromium, to test pages in a browser …", flush=True)
        try:
            install()
        except subprocess.CalledProcessError as failure:
            print(f"The package chromium could not be installed: {failure}", file=sys.stderr)
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
