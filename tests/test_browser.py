import os
import subprocess
from pathlib import Path

import pytest

from tests import browser


@pytest.fixture(autouse=True)
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine without a browser, used by somebody who is not root: the folder of its programs."""
    monkeypatch.delenv("CHROME", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(browser, "PLACES", ())
    monkeypatch.setattr(os, "geteuid", lambda: 1000, raising=False)
    return tmp_path


def put(path: Path) -> str:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch(mode=0o755)
    return str(path)


@pytest.mark.parametrize("command", browser.COMMANDS)
def test_an_installed_browser_is_found(machine: Path, command: str) -> None:
    path = put(machine / command)
    assert browser.find() == path
    assert browser.main() == 0


def test_a_browser_is_found_where_windows_keeps_it(
    machine: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PROGRAMFILES(X86)", str(machine / "Program Files (x86)"))
    monkeypatch.setattr(
        browser, "PLACES", ["${PROGRAMFILES(X86)}/Google/Chrome/Application/chrome.exe"]
    )
    path = put(machine / "Program Files (x86)/Google/Chrome/Application/chrome.exe")
    assert browser.find() == path


def test_a_browser_is_found_where_a_mac_keeps_it(
    machine: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(machine))
    monkeypatch.setenv("USERPROFILE", str(machine))
    monkeypatch.setattr(browser, "PLACES", ["~/Applications/Chromium.app/Contents/MacOS/Chromium"])
    path = put(machine / "Applications/Chromium.app/Contents/MacOS/Chromium")
    assert browser.find() == path


def test_chrome_names_the_browser(machine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(machine / "chromium")
    path = put(machine / "elsewhere/my chrome")
    monkeypatch.setenv("CHROME", path)
    assert browser.find() == path


def test_a_chrome_that_is_not_there_is_said_even_if_another_is(
    machine: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    put(machine / "chromium")
    put(machine / "apt-get")
    monkeypatch.setattr(os, "geteuid", lambda: 0, raising=False)
    monkeypatch.setenv("CHROME", "/nowhere/chrome")
    assert browser.main() == 1
    assert capsys.readouterr().err == (
        "CHROME is '/nowhere/chrome', which is not a program; set it to the path of Chromium or "
        "Chrome, or unset it to use the one that is installed.\n"
    )


@pytest.mark.parametrize(("user", "programs"), [(1000, ["apt-get"]), (0, [])])
def test_without_a_browser_it_says_what_to_install(
    machine: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    user: int,
    programs: list[str],
) -> None:
    for name in programs:
        put(machine / name)
    monkeypatch.setattr(os, "geteuid", lambda: user, raising=False)
    assert browser.main() == 1
    assert capsys.readouterr().err == (
        "The tests need a browser: install Chromium or Google Chrome, or set CHROME to its path.\n"
    )


def test_root_on_debian_is_told_first_and_gets_chromium(
    machine: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    commands: list[list[str]] = []

    def run(command: list[str], **_: object) -> None:
        assert capsys.readouterr().out.startswith("Installing the package chromium") or commands
        commands.append(command)

    put(machine / "apt-get")
    monkeypatch.setattr(os, "geteuid", lambda: 0, raising=False)
    monkeypatch.setattr(subprocess, "run", run)
    assert browser.main() == 0
    assert commands == [
        ["apt-get", "-qq", "update"],
        ["apt-get", "-qq", "install", "-y", "--no-install-recommends", "chromium"],
    ]


def test_a_failed_installation_is_said(
    machine: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def run(command: list[str], **_: object) -> None:
        raise subprocess.CalledProcessError(100, command)

    put(machine / "apt-get")
    monkeypatch.setattr(os, "geteuid", lambda: 0, raising=False)
    monkeypatch.setattr(subprocess, "run", run)
    assert browser.main() == 1
    assert "could not be installed" in capsys.readouterr().err
