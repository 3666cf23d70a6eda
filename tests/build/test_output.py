"""The output folder: the old site stays until the new one is whole, whatever comes between."""

import json
import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from filelock import FileLock

from campaign.build import output
from campaign.commands import build
from tests.conftest import MakeProject
from tests.projects import build_site, edit, finish, run, snapshot, start, write

Files = Mapping[str, str]
Capture = pytest.CaptureFixture[str]

OLD: Files = {
    "index.html": "old",
    "same.html": "same",
    "letter/index.html": "old letter",
    "gone/index.html": "gone",
    "gone/deep/er/index.html": "gone",
    "half/gone.html": "gone",
    "half/stays.html": "stays",
}
# What a build can find in place of the old site, by what makes it hard.
CHANGES: dict[str, tuple[Files, Files]] = {
    "a first build": ({}, OLD),
    "nothing new": (OLD, OLD),
    "new, changed and vanished files": (
        OLD,
        {
            "index.html": "new",
            "same.html": "same",
            "letter/index.html": "new letter",
            "half/stays.html": "stays",
            "events/new/index.html": "an event",
            "zeta.html": "last",
        },
    ),
    "a file becomes a folder": (
        {"index.html": "old", "act": "a file", "a/b": "a file"},
        {"index.html": "new", "act/index.html": "a page", "a/b/c/d.html": "deep"},
    ),
    "a folder becomes a file": (
        {"act/index.html": "a page", "act/write/index.html": "a page", "a/b/c.html": "deep"},
        {"act": "a file", "a/b": "a file"},
    ),
    "everything else": ({"a.html": "a", "b/c.html": "c"}, {"d.html": "d", "e/f.html": "f"}),
}


def lay_out(folder: Path, files: Files) -> None:
    for name, text in files.items():
        write(folder / name, text)


def texts(folder: Path) -> dict[str, str]:
    return {name: data.decode() for name, data in snapshot(folder).items()}


def replace_site(place: Path, files: Files) -> int:
    """Do what a build does: make the new site, then let it take the old one's place."""
    lay_out(output.begin(place), files)
    return output.accept(place, {}).changed


class Interruption(BaseException):
    """Ends a build as a signal would: it is no error that anything handles."""


@contextmanager
def interrupted(at: int) -> Iterator[list[str]]:
    """End the run at one of its changes to files, counted from 0; gives the changes that were made."""
    done: list[str] = []

    def counting(change: Callable[..., Any]) -> Callable[..., Any]:
        def changed(*arguments: Any, **options: Any) -> Any:  # noqa: ANN401 (any function of os)
            if len(done) == at:
                raise Interruption
            done.append(change.__name__)
            return change(*arguments, **options)

        return changed

    with pytest.MonkeyPatch.context() as patch:
        for change in (os.mkdir, os.rename, os.replace, os.rmdir, os.unlink):
            patch.setattr(os, change.__name__, counting(change))
        yield done


def build_interrupted(place: Path, files: Files, at: int) -> bool:
    """Build a site and end the build at one of its changes; tells whether it came to that."""
    with interrupted(at):
        try:
            replace_site(place, files)
        except Interruption:
            return True
    return False


@pytest.mark.parametrize("change", CHANGES)
def test_the_new_site_takes_the_old_ones_place(tmp_path: Path, change: str) -> None:
    old, new = CHANGES[change]
    place = tmp_path / "output"
    replace_site(place, old)
    replace_site(place, new)
    assert texts(place) == new
    assert empty_folders(place) == []
    assert not output.staging(place).exists()


@pytest.mark.parametrize("change", CHANGES)
def test_an_interrupted_build_leaves_the_old_site_or_one_that_the_next_build_finishes(
    tmp_path: Path, change: str
) -> None:
    old, new = CHANGES[change]
    place = tmp_path / "output"
    kept = {name for name in old if old[name] == new.get(name)}
    for at in count():
        shutil.rmtree(tmp_path)
        replace_site(place, old)
        if not build_interrupted(place, new, at):
            break
        left = texts(place)
        for name, text in left.items():
            assert text in {old.get(name), new.get(name)}, f"{name} at change {at}"
        assert kept <= left.keys(), f"at change {at}"
        lay_out(output.begin(place), new)
        assert texts(place) in ([old, new] if left == old else [new]), f"at change {at}"
        output.accept(place, {})
        assert texts(place) == new, f"at change {at}"
        assert empty_folders(place) == []
    assert at > 3
    assert texts(place) == new


def test_a_build_that_is_interrupted_while_it_finishes_another_is_finished_too(
    tmp_path: Path,
) -> None:
    old, new = CHANGES["new, changed and vanished files"]
    third = {"index.html": "third", "events/new/index.html": "an event", "last/index.html": "x"}
    place = tmp_path / "output"
    for first in range(1, 26, 6):
        for second in range(1, 26, 6):
            shutil.rmtree(tmp_path)
            replace_site(place, old)
            build_interrupted(place, new, first)
            build_interrupted(place, third, second)
            replace_site(place, third)
            assert texts(place) == third, f"at changes {first} and {second}"
            assert empty_folders(place) == []


def empty_folders(place: Path) -> list[Path]:
    return [folder for folder in place.rglob("*") if folder.is_dir() and not any(folder.iterdir())]


def test_a_file_that_did_not_change_is_not_touched(tmp_path: Path) -> None:
    place = tmp_path / "output"
    old, new = CHANGES["new, changed and vanished files"]
    replace_site(place, old)
    before = {name: (place / name).stat() for name in old}
    replace_site(place, new)
    for name, stat in before.items():
        if name in new:
            after = (place / name).stat()
            same = (after.st_ino, after.st_mtime_ns) == (stat.st_ino, stat.st_mtime_ns)
            assert same is (old[name] == new[name]), name


def test_what_vanished_is_removed_after_all_that_is_new_is_there(tmp_path: Path) -> None:
    """A reader who follows a link of the old page finds its goal for as long as can be."""
    place = tmp_path / "output"
    old, new = CHANGES["new, changed and vanished files"]
    for at in count():
        shutil.rmtree(tmp_path)
        replace_site(place, old)
        if not build_interrupted(place, new, at):
            break
        left = texts(place)
        assert old.keys() <= left.keys() or new.items() <= left.items(), f"at change {at}"


def test_the_count_is_of_files_that_changed_or_vanished(tmp_path: Path) -> None:
    place = tmp_path / "output"
    assert replace_site(place, OLD) == len(OLD)
    assert replace_site(place, OLD) == 0
    assert replace_site(place, {**OLD, "index.html": "new"}) == 1
    assert replace_site(place, {"index.html": "new"}) == len(OLD) - 1


@pytest.mark.parametrize("repository", [".git/HEAD", ".git"], ids=["a clone", "a work tree"])
def test_a_repository_in_the_output_folder_is_its_owners(tmp_path: Path, repository: str) -> None:
    place = tmp_path / "output"
    replace_site(place, OLD)
    write(place / repository, "the owner's")
    assert replace_site(place, {"index.html": "new"}) == len(OLD)
    assert texts(place) == {"index.html": "new", repository: "the owner's"}


# What is not the site's


def test_what_an_editor_put_there_stays_and_is_named(tmp_path: Path) -> None:
    place = tmp_path / "output"
    replace_site(place, OLD)
    mine = {"notes.txt": "mine", "gone/mine.html": "mine", "new/deep/mine": "mine"}
    lay_out(place, mine)
    lay_out(output.begin(place), {"index.html": "new"})
    outcome = output.accept(place, {})
    assert outcome.foreign == ("gone/mine.html", "new/deep/mine", "notes.txt")
    assert texts(place) == {"index.html": "new", **mine}
    assert output.listed(place) == {"index.html"}


def test_a_site_from_before_there_was_a_list_is_taken_over(tmp_path: Path) -> None:
    place = tmp_path / "output"
    lay_out(place, OLD)
    assert replace_site(place, {"index.html": "new", "same.html": "same"}) == 1
    assert texts(place) == {**OLD, "index.html": "new"}
    assert output.listed(place) == {"index.html", "same.html"}


def refused(place: Path, files: Files) -> str:
    """Build a site that must not get into its place, nor change anything there; return what is said."""
    before = everything(place.parent)
    with pytest.raises(output.OutputError) as error:
        replace_site(place, files)
    assert everything(place.parent) == before
    return str(error.value)


def everything(folder: Path) -> dict[str, str]:
    """Return what lies below a folder, but for where a new site is made: texts, and what links lead to."""
    return {
        item.relative_to(folder).as_posix(): (
            str(item.readlink())
            if item.is_symlink()
            else item.read_text()
            if item.is_file()
            else ""
        )
        for item in sorted(folder.rglob("*"))
        if ".output.new" not in item.parts
    }


def test_a_folder_that_holds_no_site_is_not_taken_over(tmp_path: Path) -> None:
    place = tmp_path / "output"
    lay_out(place, {"thesis.tex": "ten years", "data/a.csv": "1"})
    assert refused(place, OLD) == (
        "output/ holds files, and none of them is this site's (data/a.csv);"
        " move them away, or delete the folder"
    )
    shutil.rmtree(place)
    place.mkdir()
    assert replace_site(place, OLD) == len(OLD)


@pytest.mark.parametrize(
    ("mine", "new"),
    [
        ("about/index.html", "about/index.html"),
        ("about", "about/index.html"),
        ("about/us", "about/us/index.html"),
        ("about/index.html/mine", "about/index.html"),
        ("about/.git/config", "about"),
    ],
)
def test_what_is_in_the_way_is_never_replaced(tmp_path: Path, mine: str, new: str) -> None:
    place = tmp_path / "output"
    replace_site(place, OLD)
    write(place / mine, "mine")
    shown = "about/.git" if ".git" in mine else mine
    assert refused(place, {**OLD, new: "new"}) == (
        f"output/{shown} is in the way of the site, and no build has put it there; move it away"
    )


@pytest.mark.parametrize("name", ["letter", "letter/index.html", "new"])
def test_no_link_in_the_folder_is_followed(tmp_path: Path, name: str) -> None:
    place, elsewhere = tmp_path / "output", tmp_path / "elsewhere"
    replace_site(place, OLD)
    write(elsewhere / "index.html", "another's")
    if name == "letter":
        shutil.rmtree(place / "letter")
    (place / name).unlink(missing_ok=True)
    (place / name).symlink_to(elsewhere / "index.html" if name.endswith("html") else elsewhere)
    new = {**OLD, "letter/index.html": "new letter", "new/index.html": "new"}
    assert f"output/{name} is in the way" in refused(place, new)
    if name == "new":
        # It is in nobody's way then.
        assert replace_site(place, {"index.html": "new"})
    assert texts(elsewhere) == {"index.html": "another's"}


def test_a_file_that_has_vanished_behind_a_link_is_not_removed(tmp_path: Path) -> None:
    place, elsewhere = tmp_path / "output", tmp_path / "elsewhere"
    replace_site(place, OLD)
    (place / "gone").rename(elsewhere)
    (place / "gone").symlink_to(elsewhere)
    replace_site(place, {"index.html": "new"})
    assert texts(elsewhere) == {"index.html": "gone", "deep/er/index.html": "gone"}


@pytest.mark.parametrize("target", ["elsewhere", "content", ".", "/"])
@pytest.mark.parametrize("folder", ["output", ".output.new"])
def test_a_link_in_the_place_of_a_folder_is_refused(
    tmp_path: Path, target: str, folder: str
) -> None:
    root = tmp_path / "project"
    for name in ("content/letter.md", "../elsewhere/index.html", "elsewhere/index.html"):
        write(root / name, "mine")
    (root / folder).symlink_to(target if target == "/" else root / target)
    said = refused(root / "output", OLD)
    assert said == (
        f"'{root / folder}' is a link, and a build would change what it leads to; delete the link,"
        " and copy the finished site to where it is wanted"
    )


NAMES_THAT_LEAVE = [
    "../mine",
    "/etc/passwd",
    "a/../../mine",
    "",
    "a//b",
    ".git/config",
    "./a",
    "a\0b",
]


def about(folder: Path, names: object) -> str:
    """Return a list as a build leaves it: of names, and about one folder."""
    return json.dumps({"folder": folder.stat().st_ino, "files": names})


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[",
        "[" * 200_000,
        "{}",
        "null",
        '["index.html"]',
        "\xff",
        '{"folder": 1}',
        '{"folder": "1", "files": []}',
    ],
)
def test_a_damaged_list_counts_as_none(tmp_path: Path, text: str) -> None:
    place = tmp_path / "output"
    replace_site(place, OLD)
    write(tmp_path / ".output.list", text.encode("latin-1"))
    check_counts_as_none(place)


@pytest.mark.parametrize(
    "names",
    ["index.html", {"index.html": 1}, [1], *(["index.html", it] for it in NAMES_THAT_LEAVE)],
)
def test_a_list_that_leaves_the_folder_counts_as_none(tmp_path: Path, names: object) -> None:
    place, mine = tmp_path / "output", write(tmp_path / "mine", "mine")
    replace_site(place, OLD)
    write(tmp_path / ".output.list", about(place, names))
    check_counts_as_none(place)
    assert mine.read_text() == "mine"


def test_a_list_from_elsewhere_counts_as_none(tmp_path: Path) -> None:
    """It comes with a clone or a pull, and may name what an editor put there by hand."""
    place, theirs = tmp_path / "output", tmp_path / "theirs"
    replace_site(place, OLD)
    replace_site(theirs, OLD)
    (tmp_path / ".theirs.list").replace(tmp_path / ".output.list")
    check_counts_as_none(place)


def test_a_list_without_end_counts_as_none(tmp_path: Path) -> None:
    place = tmp_path / "output"
    replace_site(place, OLD)
    os.truncate(tmp_path / ".output.list", 10**12)
    check_counts_as_none(place)


def check_counts_as_none(place: Path) -> None:
    """See that a build takes over what it makes itself, and leaves all else."""
    assert output.listed(place) == frozenset()
    assert replace_site(place, {"index.html": "new"}) == 1
    assert texts(place) == {**OLD, "index.html": "new"}
    assert output.listed(place) == {"index.html"}


@pytest.mark.parametrize("kind", ["a link", "a FIFO"])
def test_a_list_that_is_no_file_counts_as_none(tmp_path: Path, kind: str) -> None:
    place, file = tmp_path / "output", tmp_path / ".output.list"
    replace_site(place, OLD)
    other = file.rename(tmp_path / "other")
    before = other.read_text()
    if kind == "a link":
        file.symlink_to(other)
    else:
        os.mkfifo(file)
    check_counts_as_none(place)
    assert other.read_text() == before


@pytest.mark.parametrize("name", [".output.list", ".output.lock"])
def test_a_folder_in_the_place_of_a_file_is_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / name).mkdir()
    with pytest.raises(output.OutputError, match="is not the file that builds leave there"):
        output.lock(tmp_path / "output")


def left_over(place: Path, plan: object, files: Files) -> None:
    """Lay out what an interrupted build would have left beside the output folder."""
    site = output.staging(place) / "site"
    site.mkdir(parents=True)
    lay_out(site, files)
    write(output.staging(place) / "plan.json", about(site, plan))


@pytest.mark.parametrize(
    ("plan", "files"),
    [
        (["index.html", "../mine"], {"index.html": "theirs"}),
        (["index.html"], {"index.html": "theirs", "unplanned.html": "theirs"}),
        (["index.html", "notes.txt"], {"index.html": "theirs", "notes.txt": "theirs"}),
        ({"vanished": ["../mine"]}, {}),
    ],
)
def test_a_plan_that_cannot_be_a_builds_counts_as_none(
    tmp_path: Path, plan: object, files: Files
) -> None:
    place, mine = tmp_path / "output", write(tmp_path / "mine", "mine")
    replace_site(place, OLD)
    write(place / "notes.txt", "mine")
    left_over(place, plan, files)
    output.begin(place)
    assert texts(place) == {**OLD, "notes.txt": "mine"}
    assert mine.read_text() == "mine"


@pytest.mark.parametrize("plan", ["[", '["index.html"]', '{"folder": 1, "files": ["index.html"]}'])
def test_a_plan_from_elsewhere_counts_as_none(tmp_path: Path, plan: str) -> None:
    place = tmp_path / "output"
    replace_site(place, OLD)
    left_over(place, [], {"index.html": "theirs"})
    write(output.staging(place) / "plan.json", plan)
    output.begin(place)
    assert texts(place) == OLD


def test_a_link_among_what_an_interrupted_build_left_is_not_moved(tmp_path: Path) -> None:
    place, key = tmp_path / "output", write(tmp_path / "key", "private")
    replace_site(place, OLD)
    left_over(place, ["index.html", "key"], {"index.html": "theirs"})
    (output.staging(place) / "site" / "key").symlink_to(key)
    output.begin(place)
    assert texts(place) == OLD


@pytest.mark.parametrize("is_of_link", [True, False])
def test_nothing_is_moved_out_of_a_folder_that_a_link_leads_to(
    tmp_path: Path, *, is_of_link: bool
) -> None:
    place, key = tmp_path / "output", write(tmp_path / "private" / "id_rsa", "private")
    replace_site(place, OLD)
    site = output.staging(place) / "site"
    site.parent.mkdir()
    site.symlink_to(key.parent)
    number = (site.lstat() if is_of_link else site.stat()).st_ino
    plan = json.dumps({"folder": number, "files": ["id_rsa"]})
    write(output.staging(place) / "plan.json", plan)
    output.begin(place)
    assert texts(place) == OLD
    assert key.read_text() == "private"


def test_the_site_can_be_cleared_and_nothing_else(tmp_path: Path) -> None:
    place = tmp_path / "output"
    replace_site(place, OLD)
    assert output.clear(place) == ()
    assert list(tmp_path.iterdir()) == []
    replace_site(place, OLD)
    write(place / "half" / "mine.txt", "mine")
    assert output.clear(place) == ("half/mine.txt",)
    assert everything(tmp_path) == {
        "output": "",
        "output/half": "",
        "output/half/mine.txt": "mine",
    }


# Files that stay


def test_a_file_stays_where_it_is_as_a_build_left_it(tmp_path: Path) -> None:
    old, new = tmp_path / "old", tmp_path / "new"
    write(old / "act" / "index.html", "same")
    stage = output.Stage(new, old)
    state, differs = stage.write("act/index.html", b"same")
    assert not differs
    assert not new.exists()
    assert stage.keeps("act/index.html", state)
    os.utime(old / "act" / "index.html", (1, 1))
    assert not stage.keeps("act/index.html", state)
    later, differs = stage.write("act/index.html", b"same")
    assert (later, differs) == ((state[0], 10**9), False)
    write(old / "act" / "index.html", "longer")
    os.utime(old / "act" / "index.html", (1, 1))
    assert not stage.keeps("act/index.html", later)
    shutil.rmtree(old)
    assert not stage.keeps("act/index.html", later)


def test_a_new_file_has_its_state_before_it_is_in_its_place(tmp_path: Path) -> None:
    place = tmp_path / "output"
    stage = output.Stage(output.begin(place), place)
    state, differs = stage.write("act/index.html", b"new")
    stage.made["act/index.html"] = differs
    assert differs
    assert output.accept(place, stage.made).changed == 1
    assert output.Stage(place, place).keeps("act/index.html", state)


# Whole builds


def test_a_build_that_fails_at_any_file_leaves_the_old_site(
    project: MakeProject, environment: pytest.MonkeyPatch
) -> None:
    made = project("minimal")
    before = snapshot(build_site(made))
    # Every page shows it.
    edit(made.content / "campaign.md", "name: ", "name: Do ")
    write_file = output.Stage.write
    for at in count():
        written: list[str] = []

        def write_some(
            self: output.Stage,
            name: str,
            data: bytes,
            at: int = at,
            written: list[str] = written,
        ) -> tuple[output.State, bool]:
            if len(written) == at:
                raise Interruption
            written.append(name)
            return write_file(self, name, data)

        environment.setattr(output.Stage, "write", write_some)
        try:
            build.run(made)
        except Interruption:
            assert snapshot(made.output) == before
        else:
            break
    assert len(written) == at > 8
    after = snapshot(made.output)
    assert after != before
    assert b"Do Keep" in after["index.html"]


def test_a_build_waits_for_the_one_that_is_under_way(project: MakeProject) -> None:
    made = project("minimal")
    before = snapshot(build_site(made))
    edit(made.content / "campaign.md", "every voice counts", "every voice is heard")
    waiting = Thread(target=build.run, args=[made])
    with FileLock(made.root / ".output.lock"):
        lay_out(output.begin(made.output), {"of": "the one that is under way"})
        waiting.start()
        waiting.join(1)
        assert waiting.is_alive()
        assert texts(output.staging(made.output)) == {"site/of": "the one that is under way"}
        assert snapshot(made.output) == before
    waiting.join()
    assert b"every voice is heard" in (made.output / "index.html").read_bytes()


def test_two_builds_at_once_do_not_mix(project: MakeProject) -> None:
    made = project("minimal")
    sites = ["https://one.example/one", "https://two.example/two"]
    processes = [
        start(made, "invoke", "build", "--publish", environment={"SITEURL": site}) for site in sites
    ]
    for process in processes:
        assert finish(process).returncode == 0
    found = snapshot(made.output)
    whole = []
    for site in sites:
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("SITEURL", site)
            whole.append(snapshot(build_site(made, publish=True)))
    assert found in whole
    assert whole[0] != whole[1]


def test_a_build_names_what_is_not_the_sites(project: MakeProject, capsys: Capture) -> None:
    made = project("minimal")
    build_site(made)
    write(made.output / "notes.txt", "mine")
    capsys.readouterr()
    assert build.run(made) == 0
    assert capsys.readouterr().err == (
        "output/notes.txt:1: no build has made this file; it stays, and is never published"
        "\n\n1 notice; nothing is stopped by this.\n"
    )
    for number in range(100):
        write(made.output / f"mine/{number:03}.txt", "mine")
    assert build.run(made) == 0
    lines = capsys.readouterr().err.splitlines()
    assert (
        lines[10]
        == "output:1: 91 more files here that no build has made stay, and are never published"
    )
    assert lines[-1] == "11 notices; nothing is stopped by this."


@pytest.mark.parametrize("command", ["build", "clean", "pelican"])
def test_no_command_changes_what_a_link_leads_to(
    project: MakeProject, tmp_path: Path, command: str
) -> None:
    made = project("minimal")
    theirs = write(tmp_path / "web" / "index.html", "theirs")
    made.output.symlink_to(theirs.parent)
    line = ("pelican", "content") if command == "pelican" else ("campaign", command)
    done = run(made, *line, environment={"COLUMNS": "500"})
    assert done.returncode == 2
    assert "is a link, and a build would change what it leads to" in done.stdout + done.stderr
    assert "Traceback" not in done.stdout + done.stderr
    assert snapshot(theirs.parent) == {"index.html": b"theirs"}


def test_a_file_of_the_site_that_is_a_fifo_now_is_not_waited_for(
    project: MakeProject, capsys: Capture
) -> None:
    made = project("minimal")
    build_site(made)
    for name in ("index.html", "letter/index.html"):
        (made.output / name).unlink()
        os.mkfifo(made.output / name)
    assert build.run(made) == 2
    assert "output/index.html is in the way of the site" in capsys.readouterr().err


def test_pelican_alone_lists_what_it_made(project: MakeProject) -> None:
    made = project("full")
    done = run(made, "pelican", "content", "--fatal", "warnings")
    assert done.returncode == 0, done.stderr
    assert output.listed(made.output) == set(snapshot(made.output))
    edit(made.content / "campaign.md", "publisher: ", "publisher: Not ")
    build_site(made)
    assert output.listed(made.output) == set(snapshot(made.output))
