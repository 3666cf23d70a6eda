"""The files that builds keep for the next one, and which of them count."""

import contextlib
import os
import pickle
import shutil
import socket
from pathlib import Path

import pytest

from campaign.support import cache, disk
from campaign.support.cache import Cache
from tests.build.caches import CACHE_FILES, kept
from tests.conftest import MakeProject
from tests.projects import ROOT, build_site, edit, snapshot, write


@pytest.mark.parametrize("data", [b"", b"campaign cache 0\n", b"\x80\x04}\x94.", b"x" * 10_000])
def test_a_foreign_file_counts_as_none(project: MakeProject, data: bytes) -> None:
    made = project("minimal")
    before = snapshot(build_site(made))
    for name in CACHE_FILES:
        (kept(made) / name).write_bytes(data)
    assert snapshot(build_site(made)) == before


def test_a_damaged_file_counts_as_none(project: MakeProject, rendered: list[str]) -> None:
    made = project("minimal")
    before = snapshot(build_site(made))
    for name in CACHE_FILES:
        file = kept(made) / name
        whole = file.read_bytes()
        for damaged in (whole[:-1], whole[:90] + b"x" + whole[91:], whole + b"x"):
            rendered.clear()
            file.write_bytes(damaged)
            assert snapshot(build_site(made)) == before
            assert bool(rendered) is (name == "pages")


def test_a_folder_in_the_place_of_what_is_kept_counts_as_none(project: MakeProject) -> None:
    made = project("minimal")
    build_site(made)
    for name in CACHE_FILES:
        (kept(made) / name).unlink()
        (kept(made) / name).mkdir()
    before = snapshot(made.output)
    assert snapshot(build_site(made)) == before
    assert {it.name for it in kept(made).iterdir()} == set(CACHE_FILES)


@pytest.mark.parametrize("kind", ["a link", "a FIFO", "a socket"])
def test_what_is_no_file_counts_as_none_and_is_never_waited_for(
    project: MakeProject, kind: str, tmp_path: Path
) -> None:
    made = project("minimal")
    before = snapshot(build_site(made))
    for name in CACHE_FILES:
        file = kept(made) / name
        file.replace(tmp_path / name)
        if kind == "a link":
            file.symlink_to(tmp_path / name)
        elif kind == "a FIFO":
            os.mkfifo(file)
        else:
            with socket.socket(socket.AF_UNIX) as opened, contextlib.chdir(file.parent):
                opened.bind(file.name)
        assert not Cache[bytes, bytes](file).get(b"")
    assert snapshot(build_site(made)) == before
    assert all((kept(made) / name).is_file() for name in CACHE_FILES)
    with pytest.raises(OSError, match="Invalid argument"):
        disk.read(Path("/dev/zero"))


def test_nothing_that_a_clone_brings_is_loaded(
    project: MakeProject, environment: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """A cache runs when it is read, so it may come from the user's own builds only."""
    made = project("minimal")
    build_site(made)
    bomb = tmp_path / "went off"
    data = cache.sealed(pickle.dumps(Bomb(bomb)))
    for name in CACHE_FILES:
        write(made.root / ".cache" / name, data)
        write(made.root / "cache" / "pelican-campaign" / kept(made).name / name, data)
    before = snapshot(made.output)
    for home in (made.root / "cache", made.root / "content" / ".." / "cache"):
        environment.setenv("XDG_CACHE_HOME", str(home))
        assert made.cache is None
        assert snapshot(build_site(made)) == before
    assert not bomb.exists()


class Bomb:
    """Makes a file when it is unpickled."""

    def __init__(self, file: Path) -> None:
        self._file = file

    def __reduce__(self) -> tuple[object, ...]:
        return Path.touch, (self._file,)


@pytest.mark.parametrize("mode", [0o777, 0o770, 0o722])
@pytest.mark.parametrize("is_parent", [True, False])
def test_a_folder_that_others_can_write_counts_as_none(
    project: MakeProject, rendered: list[str], mode: int, *, is_parent: bool
) -> None:
    made = project("minimal")
    before = snapshot(build_site(made))
    folder = kept(made).parent if is_parent else kept(made)
    old = folder.stat().st_mode
    folder.chmod(mode)
    rendered.clear()
    assert snapshot(build_site(made)) == before
    folder.chmod(old)
    assert rendered


def test_a_folder_that_is_a_link_counts_as_none(
    project: MakeProject, rendered: list[str], tmp_path: Path
) -> None:
    made = project("minimal")
    before = snapshot(build_site(made))
    kept(made).rename(tmp_path / "elsewhere")
    kept(made).symlink_to(tmp_path / "elsewhere")
    rendered.clear()
    assert snapshot(build_site(made)) == before
    assert rendered


def test_the_folder_is_the_users_own(project: MakeProject) -> None:
    made, other = project("minimal"), project("full")
    build_site(made)
    build_site(other)
    assert [it.stat().st_mode & 0o777 for it in (kept(made), kept(made).parent)] == [0o700] * 2
    assert kept(made) != kept(other)
    assert made.root not in kept(made).parents
    assert not (made.root / ".cache").exists()
    cache.clear(made.root)
    assert not kept(made).exists()
    assert kept(other).exists()


@pytest.mark.parametrize("home", ["a file", "nowhere", "too long"])
def test_a_build_without_a_place_for_its_cache_goes_without(
    project: MakeProject, environment: pytest.MonkeyPatch, tmp_path: Path, home: str
) -> None:
    made = project("minimal")
    write(tmp_path / "a file", "")
    # As with a home that cannot be written; but who is root may write there.
    places = {"nowhere": "/proc/none", "too long": f"/{'a' * 300}"}
    environment.setenv("XDG_CACHE_HOME", places.get(home, str(tmp_path / home)))
    before = snapshot(build_site(made))
    assert snapshot(build_site(made)) == before


def test_what_a_build_that_was_killed_left_is_written_over(tmp_path: Path) -> None:
    write(tmp_path / ".kept.new", "half")
    keeping: Cache[bytes, int] = Cache(tmp_path / "kept")
    keeping.put(b"one", 1)
    keeping.save()
    assert {it.name for it in tmp_path.iterdir()} == {"kept"}


def test_a_cache_keeps_what_was_asked_for(tmp_path: Path) -> None:
    first: Cache[bytes, int] = Cache(tmp_path / "kept")
    first.put(b"one", 1)
    first.put(b"two", 2)
    first.save()
    second: Cache[bytes, int] = Cache(tmp_path / "kept")
    assert second.get(b"one") == 1
    assert second.get(b"three") is None
    second.save()
    third: Cache[bytes, int] = Cache(tmp_path / "kept")
    assert (third.get(b"one"), third.get(b"two")) == (1, None)
    assert {file.name for file in tmp_path.iterdir()} == {"kept"}


def test_another_library_is_another_engine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = cache.stamp()
    monkeypatch.syspath_prepend(str(tmp_path))
    (tmp_path / "markdown-3.11.3.dist-info").mkdir()
    one = cache.stamp()
    (tmp_path / "markdown-3.11.3.dist-info").rename(tmp_path / "markdown-3.11.4.dist-info")
    assert len({before, one, cache.stamp()}) == 3


def test_other_code_is_another_engine(tmp_path: Path) -> None:
    engine = shutil.copytree(ROOT / "campaign", tmp_path / "campaign")
    assert cache.stamp(engine) == cache.stamp()
    edit(engine / "reading" / "text.py", '"""', '"""Once more. ')
    assert cache.stamp(engine) != cache.stamp()
