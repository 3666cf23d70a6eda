"""Publishing: the site goes to the branch gh-pages of a remote, on top of what is there, or not at all."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from filelock import FileLock, Timeout

from campaign.commands import Project, publish
from tests.projects import SITES, edit, make_project, snapshot, write

Capture = pytest.CaptureFixture[str]


def git(folder: Path, *arguments: str) -> str:
    """Run git, which must succeed; gives what it said."""
    done = subprocess.run(
        ["git", *arguments], cwd=folder, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def commit(folder: Path, message: str) -> str:
    """Commit all that is in a folder; gives the commit."""
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", message)
    return git(folder, "rev-parse", "HEAD")


@pytest.fixture(autouse=True)
def identity(tmp_path: Path, environment: pytest.MonkeyPatch) -> None:
    """Git as it is for somebody who has set nothing but a name."""
    config = "[user]\n\tname = Editor\n\temail = editor@library.example\n[init]\n\tdefaultBranch = main\n"
    environment.setenv("GIT_CONFIG_GLOBAL", str(write(tmp_path / "gitconfig", config)))
    environment.setenv("GIT_CONFIG_NOSYSTEM", "1")
    for name in [name for name in os.environ if name.startswith(("GIT_AUTHOR", "GIT_COMMITTER"))]:
        environment.delenv(name)


@pytest.fixture
def remote(tmp_path: Path) -> Path:
    """An empty repository such as a host has."""
    git(tmp_path, "init", "--quiet", "--bare", "remote.git")
    return tmp_path / "remote.git"


@pytest.fixture
def made(tmp_path: Path, remote: Path) -> Project:
    """A project in a clone of that repository."""
    project = make_project(tmp_path / "project", SITES / "minimal")
    write(project.root / ".gitignore", "/output/\n/.output.*\n__pycache__/\n")
    git(project.root, "init", "--quiet")
    git(project.root, "remote", "add", "origin", str(remote))
    commit(project.root, "Write the letter")
    return project


def published(remote: Path, tmp_path: Path) -> dict[str, bytes]:
    """Give the files of the published site, as a host would serve them."""
    clone = tmp_path / "served"
    shutil.rmtree(clone, ignore_errors=True)
    git(tmp_path, "clone", "--quiet", "--branch", "gh-pages", str(remote), str(clone))
    return {name: data for name, data in snapshot(clone).items() if not name.startswith(".git/")}


def history(remote: Path) -> list[str]:
    """Give the subjects of the published commits, the newest first."""
    return git(remote, "log", "--format=%s", "gh-pages").splitlines()


def branches(remote: Path) -> str:
    return git(remote, "for-each-ref", "--format=%(refname) %(objectname)")


def refuse(remote: Path) -> None:
    """Let a remote refuse every push."""
    hook = write(remote / "hooks/pre-receive", "#!/bin/sh\necho 'no room left' >&2\nexit 1\n")
    hook.chmod(0o755)


# What is published


def test_the_first_time(made: Project, remote: Path, tmp_path: Path, capsys: Capture) -> None:
    assert publish.run(made) == 0
    site = published(remote, tmp_path)
    assert site == {**snapshot(made.output), ".nojekyll": b""}
    assert b'href="https://library.example/letter/"' in site["letter/index.html"]
    head = git(made.root, "rev-parse", "--short", "HEAD")
    assert history(remote) == [f"Publish {head}"]
    assert capsys.readouterr().out.splitlines()[-1] == (
        "Published to the branch gh-pages of origin."
    )


def test_the_second_time_keeps_the_history(made: Project, remote: Path, tmp_path: Path) -> None:
    publish.run(made)
    first = git(remote, "rev-parse", "gh-pages")
    edit(made.content / "letter.md", "Please keep", "Do keep")
    shutil.rmtree(made.content / "actions")
    write(
        made.content / "actions/1-call.md",
        "---\ntitle: Call\nkind: post\nwhy: It helps.\n---\nCall.\n",
    )
    assert publish.run(made) == 0
    assert git(remote, "rev-parse", "gh-pages~1") == first
    site = published(remote, tmp_path)
    assert b"Do keep" in site["letter/index.html"]
    assert "act/call/index.html" in site
    assert "act/write/index.html" not in site


def test_what_somebody_else_published_since_stays_in_the_history(
    made: Project, remote: Path, tmp_path: Path
) -> None:
    publish.run(made)
    other = tmp_path / "other"
    git(tmp_path, "clone", "--quiet", "--branch", "gh-pages", str(remote), str(other))
    write(other / "index.html", "somebody else's")
    theirs = commit(other, "Publish from elsewhere")
    git(other, "push", "--quiet", "origin", "gh-pages")
    assert publish.run(made) == 0
    assert git(remote, "rev-parse", "gh-pages~1") == theirs
    assert b"Keep the Library Open" in published(remote, tmp_path)["index.html"]


def test_a_fresh_clone_continues_the_history(made: Project, remote: Path, tmp_path: Path) -> None:
    publish.run(made)
    git(made.root, "push", "--quiet", "origin", "main")
    clone = Project(tmp_path / "clone")
    git(tmp_path, "clone", "--quiet", "--single-branch", "--branch", "main", str(remote), "clone")
    assert publish.run(clone) == 0
    assert len(history(remote)) == 2


def test_a_domain_of_ones_own_and_other_files_are_published(
    made: Project, remote: Path, tmp_path: Path
) -> None:
    write(made.content / "extra/CNAME", "library.example\n")
    write(made.content / "extra/Fête & more/a page.html", "<p>Hello")
    publish.run(made)
    assert publish.run(made) == 0
    site = published(remote, tmp_path)
    assert site["CNAME"] == b"library.example\n"
    assert site["Fête & more/a page.html"] == b"<p>Hello"


def test_the_address_can_be_named_from_outside(
    made: Project, remote: Path, tmp_path: Path, environment: pytest.MonkeyPatch
) -> None:
    edit(made.content / "campaign.md", "https://library.example", "https://example.org/library")
    environment.setenv("SITEURL", "https://friends.example/library")
    assert publish.run(made) == 0
    assert b'href="/library/act/"' in published(remote, tmp_path)["index.html"]


def test_the_editors_branch_and_files_are_not_touched(made: Project) -> None:
    write(made.content / "draft.txt~", "not committed")
    before = (git(made.root, "status", "--porcelain"), git(made.root, "rev-parse", "HEAD"))
    assert publish.run(made) == 0
    assert (git(made.root, "status", "--porcelain"), git(made.root, "rev-parse", "HEAD")) == before
    assert git(made.root, "symbolic-ref", "--short", "HEAD") == "main"


def test_before_the_first_commit_it_can_be_published_too(tmp_path: Path, remote: Path) -> None:
    project = make_project(tmp_path / "project", SITES / "minimal")
    git(project.root, "init", "--quiet")
    git(project.root, "remote", "add", "origin", str(remote))
    assert publish.run(project) == 0
    assert history(remote) == ["Publish the first version"]


def test_no_other_build_comes_between(made: Project, environment: pytest.MonkeyPatch) -> None:
    """A preview that runs beside would put its own links into what is published."""
    commit_site = publish._commit  # noqa: SLF001 (what must not be disturbed)
    tried = []

    def try_to_build(project: Project) -> subprocess.CompletedProcess[str]:
        with pytest.raises(Timeout):
            FileLock(project.root / ".output.lock").acquire(timeout=0)
        tried.append(project)
        return commit_site(project)

    environment.setattr(publish, "_commit", try_to_build)
    assert publish.run(made) == 0
    assert tried == [made]
    with FileLock(made.root / ".output.lock").acquire(timeout=0):
        pass


# What is refused


def refused(project: Project, remote: Path, capsys: Capture, status: int = 2) -> str:
    """Publish, which must not go through and leave the remote as it was; gives what was said."""
    before = branches(remote)
    assert publish.run(project) == status
    assert branches(remote) == before
    out, err = capsys.readouterr()
    assert "Published" not in out
    assert "Traceback" not in out + err
    return str(err)


def test_content_with_problems(made: Project, remote: Path, capsys: Capture) -> None:
    edit(made.content / "letter.md", "title:", "titel:")
    said = refused(made, remote, capsys)
    assert "content/letter.md:2: titel: unknown field; did you mean 'title'?" in said


def test_an_address_that_stands_for_an_example(
    made: Project, remote: Path, capsys: Capture
) -> None:
    edit(made.content / "campaign.md", "https://library.example", "https://example.org/library")
    assert refused(made, remote, capsys) == (
        "content/campaign.md:5: site: https://example.org/library is an example; write the address at which"
        " the site will be published, such as https://name.github.io/repository\n"
    )
    assert not made.output.exists()


def test_when_the_branch_is_checked_out(made: Project, remote: Path, capsys: Capture) -> None:
    git(made.root, "switch", "--quiet", "--create", "gh-pages")
    assert refused(made, remote, capsys) == (
        "The branch gh-pages is checked out, and publishing would replace it;"
        " switch first: git switch main\n"
    )


def test_without_a_remote(made: Project, remote: Path, capsys: Capture) -> None:
    git(made.root, "remote", "remove", "origin")
    assert refused(made, remote, capsys) == (
        "The repository has no remote 'origin'; add it: git remote add origin <address>\n"
    )


def test_outside_of_a_repository(made: Project, remote: Path, capsys: Capture) -> None:
    shutil.rmtree(made.root / ".git")
    assert refused(made, remote, capsys).startswith(
        "This folder is not a git repository; publish from a clone of the campaign's repository."
    )


def test_without_git(made: Project, remote: Path, capsys: Capture, tmp_path: Path) -> None:
    before = branches(remote)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PATH", str(tmp_path / "no programs"))
        assert publish.run(made) == 2
    assert branches(remote) == before
    assert capsys.readouterr().err == (
        "git is not installed, and publishing needs it; install it from https://git-scm.com/ and try again.\n"
    )


def test_a_remote_that_is_not_there(made: Project, remote: Path, capsys: Capture) -> None:
    git(made.root, "remote", "set-url", "origin", str(remote.parent / "nowhere.git"))
    said = refused(made, remote, capsys, status=1)
    assert said.startswith(
        "Publishing did not go through; the published site is as it was. git says:\nfatal: "
    )


def test_a_remote_that_refuses(
    made: Project, remote: Path, tmp_path: Path, capsys: Capture
) -> None:
    publish.run(made)
    edit(made.content / "letter.md", "Please keep", "Do keep")
    refuse(remote)
    capsys.readouterr()
    said = refused(made, remote, capsys, status=1)
    assert "no room left" in said
    (remote / "hooks/pre-receive").unlink()
    assert publish.run(made) == 0
    assert len(history(remote)) == 2
    assert b"Do keep" in published(remote, tmp_path)["letter/index.html"]


def test_a_repository_that_cannot_be_written(made: Project, remote: Path, capsys: Capture) -> None:
    """A lock that another git left behind stands for all that keeps the commit from being made."""
    write(made.root / ".git/refs/heads/gh-pages.lock", "")
    said = refused(made, remote, capsys, status=1)
    assert "gh-pages.lock" in said


@pytest.mark.parametrize("name", [".git", ".git/config"], ids=["a work tree", "a clone"])
def test_a_repository_in_the_output_folder(
    made: Project, remote: Path, capsys: Capture, name: str
) -> None:
    """It would become part of the site, with all that it knows."""
    write(made.output / name, "the owner's")
    assert refused(made, remote, capsys) == (
        "output/ holds a git repository of its own, which would be published too;"
        " move it away, then publish again\n"
    )
