"""Publishing: the site goes to the branch gh-pages of a remote, on top of what is there, or not at all."""

import os
import shutil
import signal
import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest
from filelock import FileLock

from campaign.build.project import Project
from campaign.commands import publish
from campaign.publishing import publisher
from campaign.publishing.files import SiteFiles
from campaign.publishing.git import Repository
from tests.projects import SITES, edit, make_project, run, snapshot, write

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


def set_up(folder: Path, remote: Path, *options: str) -> Project:
    """Make a project in a clone of a repository."""
    project = make_project(folder, SITES / "minimal")
    write(project.root / ".gitignore", "/output/\n/.output.*\n/.cache/\n__pycache__/\n")
    git(project.root, "init", "--quiet", *options)
    git(project.root, "remote", "add", "origin", str(remote))
    commit(project.root, "Write the letter")
    git(project.root, "push", "--quiet", "origin", "main")
    return project


@pytest.fixture
def made(tmp_path: Path, remote: Path) -> Project:
    """A project in a clone of that repository."""
    return set_up(tmp_path / "project", remote)


def clone(remote: Path, folder: Path, *options: str) -> Project:
    """Clone the repository as somebody else has it."""
    git(remote.parent, "clone", "--quiet", *options, remote.as_uri(), str(folder))
    return Project(folder)


def change(project: Project, word: str) -> str:
    """Change the letter, and commit it; gives the commit."""
    letter = (project.content / "letter.md").read_text(encoding="utf-8")
    write(project.content / "letter.md", f"{letter}\n{word}\n")
    return commit(project.root, f"Say {word}")


def change_by_hand(remote: Path, folder: Path, files: dict[str, str], message: str) -> str:
    """Commit files to the published branch in another clone, and push them; gives the commit."""
    clone(remote, folder, "--branch", "gh-pages")
    for name, text in files.items():
        write(folder / name, text)
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--allow-empty", "--message", message)
    git(folder, "push", "--quiet", "origin", "gh-pages")
    return git(folder, "rev-parse", "HEAD")


def wrap_git(folder: Path, environment: pytest.MonkeyPatch, script: str) -> None:
    """Run a shell script before git, which sees what git is asked."""
    real = shutil.which("git")
    wrapper = write(folder / "wrapped/git", f'#!/bin/sh\n{script}\nexec "{real}" "$@"\n')
    wrapper.chmod(0o755)
    environment.setenv("PATH", f"{wrapper.parent}{os.pathsep}{os.environ['PATH']}")


def published(remote: Path, tmp_path: Path) -> dict[str, bytes]:
    """Return the files of the published site, as a host would serve them."""
    clone = tmp_path / "served"
    shutil.rmtree(clone, ignore_errors=True)
    git(tmp_path, "clone", "--quiet", "--branch", "gh-pages", str(remote), str(clone))
    return {name: data for name, data in snapshot(clone).items() if not name.startswith(".git/")}


def history(remote: Path) -> list[str]:
    """Return the subjects of the published commits, the newest first."""
    return git(remote, "log", "--format=%s", "gh-pages").splitlines()


def branches(remote: Path) -> str:
    return git(remote, "for-each-ref", "--format=%(refname) %(objectname)")


def refuse(remote: Path) -> None:
    """Make a remote refuse every push."""
    hook = write(remote / "hooks/pre-receive", "#!/bin/sh\necho 'no room left' >&2\nexit 1\n")
    hook.chmod(0o755)


# What is published


def test_the_first_time(made: Project, remote: Path, tmp_path: Path, capsys: Capture) -> None:
    assert publish.run(made) == 0
    site = published(remote, tmp_path)
    assert site == {**snapshot(made.output), ".nojekyll": b""}
    assert b'href="https://library.example/letter/"' in site["letter/index.html"]
    assert history(remote) == [f"Publish {git(made.root, 'rev-parse', 'HEAD')}"]
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
    # The branch in the clone is where the remote's is.
    assert git(made.root, "rev-parse", "gh-pages") == git(remote, "rev-parse", "gh-pages")
    site = published(remote, tmp_path)
    assert b"Do keep" in site["letter/index.html"]
    assert "act/call/index.html" in site
    assert "act/write/index.html" not in site


def test_what_has_not_changed_is_not_published_again(
    made: Project, remote: Path, capsys: Capture
) -> None:
    publish.run(made)
    before = branches(remote)
    write(made.root / "README.md", "Nothing of the site.")
    commit(made.root, "Write a README")
    assert publish.run(made) == 0
    assert branches(remote) == before
    assert capsys.readouterr().out.splitlines()[-1] == (
        "Nothing has changed: the branch gh-pages of origin holds this very site."
    )


def test_a_fresh_clone_continues_the_history(made: Project, remote: Path, tmp_path: Path) -> None:
    publish.run(made)
    other = clone(remote, tmp_path / "other", "--single-branch", "--branch", "main")
    change(other, "welcome")
    assert publish.run(other) == 0
    assert len(history(remote)) == 2


def test_repositories_with_long_ids(tmp_path: Path) -> None:
    git(tmp_path, "init", "--quiet", "--bare", "--object-format=sha256", "long.git")
    made = set_up(tmp_path / "project", tmp_path / "long.git", "--object-format=sha256")
    assert publish.run(made) == 0
    change(made, "welcome")
    assert publish.run(made) == 0
    assert publish.run(made) == 0
    assert [len(it) for it in history(tmp_path / "long.git")] == [72, 72]


def test_files_of_any_name_and_kind(made: Project, remote: Path) -> None:
    files = {"Fête & more/a page.html": "<p>Hello", " #1": "one", "it's.txt": "its", "文/é": "é"}
    for name, text in files.items():
        write(made.content / "extra" / name, text)
    write(made.content / "extra/lines.txt", "one\r\ntwo\n").chmod(0o755)
    write(made.content / "extra/.gitattributes", "* text eol=lf\n")
    git(made.root, "config", "core.autocrlf", "input")
    assert publish.run(made) == 0
    tree = Repository(made.root).tree("origin/gh-pages")
    assert files.keys() <= tree.keys()
    assert git(remote, "show", "gh-pages:Fête & more/a page.html") == "<p>Hello"
    assert git(remote, "cat-file", "-s", "gh-pages:lines.txt") == "9"


def test_the_editors_branch_and_files_are_not_touched(made: Project) -> None:
    write(made.content / "draft.txt~", "not committed")
    before = (git(made.root, "status", "--porcelain"), git(made.root, "rev-parse", "HEAD"))
    assert publish.run(made) == 0
    assert (git(made.root, "status", "--porcelain"), git(made.root, "rev-parse", "HEAD")) == before
    assert git(made.root, "symbolic-ref", "--short", "HEAD") == "main"
    assert not list(made.root.glob(".output.publish*"))


def test_before_the_first_commit_it_can_be_published_too(tmp_path: Path, remote: Path) -> None:
    project = make_project(tmp_path / "project", SITES / "minimal")
    git(project.root, "init", "--quiet")
    git(project.root, "remote", "add", "origin", str(remote))
    assert publish.run(project) == 0
    assert history(remote) == ["Publish the first version"]
    # It names no commit that could be newer.
    commit(project.root, "Write the letter")
    change(project, "welcome")
    assert publish.run(project) == 0
    assert len(history(remote)) == 2


def test_no_other_build_comes_between(
    made: Project, tmp_path: Path, environment: pytest.MonkeyPatch
) -> None:
    """A preview that runs beside would put its own links into what is published."""
    code = f"""
from filelock import FileLock, Timeout
try:
    FileLock({str(made.root / ".output.lock")!r}).acquire(timeout=0)
except Timeout:
    open({str(tmp_path / "waited")!r}, "w").close()
"""
    tried = write(tmp_path / "try.py", code)
    wrap_git(tmp_path, environment, f'[ "$1" != fast-import ] || "{sys.executable}" "{tried}"')
    assert publish.run(made) == 0
    assert (tmp_path / "waited").exists()
    with FileLock(made.root / ".output.lock").acquire(timeout=0):
        pass


def test_a_repository_in_the_output_folder_is_no_part_of_the_site(
    made: Project, remote: Path, tmp_path: Path
) -> None:
    write(made.output / ".git/config", "the owner's")
    assert publish.run(made) == 0
    assert not any(".git" in name for name in published(remote, tmp_path))


def test_a_publish_from_a_hook_of_git(
    made: Project, remote: Path, environment: pytest.MonkeyPatch
) -> None:
    """Git tells its hooks by variables which repository and index are meant."""
    environment.setenv("GIT_DIR", str(made.root / ".git"))
    environment.setenv("GIT_INDEX_FILE", str(made.root / ".git/index"))
    assert publish.run(made) == 0
    environment.delenv("GIT_DIR")
    assert len(history(remote)) == 1


# The domain


def test_a_domain_of_ones_own(made: Project, remote: Path, capsys: Capture) -> None:
    publish.run(made)
    change_by_hand(remote, made.root.parent / "hand", {"CNAME": "old.example"}, "Create CNAME")
    write(made.content / "extra/CNAME", "library.example\n")
    assert publish.run(made) == 0
    assert git(remote, "show", "gh-pages:CNAME") == "library.example"
    assert "old.example" not in capsys.readouterr().err


def test_a_domain_that_the_host_wrote_is_kept_and_told(
    made: Project, remote: Path, capsys: Capture
) -> None:
    publish.run(made)
    change_by_hand(remote, made.root.parent / "hand", {"CNAME": "library.example"}, "Create CNAME")
    change(made, "welcome")
    capsys.readouterr()
    assert publish.run(made) == 0
    assert git(remote, "show", "gh-pages:CNAME") == "library.example"
    assert capsys.readouterr().err == (
        "content/extra/CNAME:1: the branch gh-pages alone names the domain library.example, which is kept;"
        " write the line 'library.example' into this file to keep it with the content, or delete the domain"
        " in GitHub's settings for Pages\n\n1 notice; nothing is stopped by this.\n"
    )
    # With it, nothing is new.
    before = branches(remote)
    assert publish.run(made) == 0
    assert branches(remote) == before


def test_a_domain_that_was_given_up_is_gone(made: Project, remote: Path) -> None:
    write(made.content / "extra/CNAME", "library.example\n")
    publish.run(made)
    hand = made.root.parent / "hand"
    clone(remote, hand, "--branch", "gh-pages")
    git(hand, "rm", "--quiet", "CNAME")
    commit(hand, "Delete CNAME")
    git(hand, "push", "--quiet")
    (made.content / "extra/CNAME").unlink()
    change(made, "welcome")
    assert publish.run(made) == 0
    assert "CNAME" not in Repository(made.root).tree("origin/gh-pages")


# What is refused


def refused(
    project: Project,
    remote: Path,
    capsys: Capture,
    status: int = 2,
    **options: bool,
) -> str:
    """Publish, which must not go through and leave all branches as they were; gives what was said."""
    before = branches(remote)
    local = Path(project.root, ".git").exists() and heads(project)
    assert publish.run(project, **options) == status
    assert branches(remote) == before
    assert not local or heads(project) == local
    out, err = capsys.readouterr()
    assert "Published" not in out
    assert "Traceback" not in out + err
    return str(err)


def heads(project: Project) -> str:
    """Return the local branches."""
    return git(project.root, "for-each-ref", "--format=%(refname) %(objectname)", "refs/heads")


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


def test_an_address_that_is_not_the_campaigns(
    made: Project, remote: Path, capsys: Capture, environment: pytest.MonkeyPatch
) -> None:
    environment.setenv("SITEURL", "https://friends.example/library")
    assert refused(made, remote, capsys) == (
        "SITEURL is https://friends.example/library, and content/campaign.md:5 has site:"
        " https://library.example; take the variable away (unset SITEURL), or write into the file at which"
        " address the site is published\n"
    )
    assert not made.output.exists()
    environment.setenv("SITEURL", "https://library.example/")
    assert publish.run(made) == 0


def test_when_the_branch_is_checked_out(made: Project, remote: Path, capsys: Capture) -> None:
    git(made.root, "switch", "--quiet", "--create", "gh-pages")
    assert refused(made, remote, capsys) == (
        "The branch gh-pages is checked out, and publishing would replace it;"
        " switch first: git switch main\n"
    )


def test_when_the_branch_is_checked_out_in_another_work_tree(
    made: Project, remote: Path, capsys: Capture
) -> None:
    publish.run(made)
    tree = made.root.parent / "work tree"
    git(made.root, "worktree", "add", "--quiet", str(tree), "gh-pages")
    change(made, "welcome")
    capsys.readouterr()
    said = refused(made, remote, capsys, yes=True, replace=True)
    assert said.startswith(f"The branch gh-pages is checked out in {tree}, and publishing")
    # What was deleted by hand is in nobody's way.
    shutil.rmtree(tree)
    assert publish.run(made) == 0


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


@pytest.mark.parametrize("lacking", ["name", "email"])
def test_without_a_name_or_an_address(
    made: Project, remote: Path, capsys: Capture, environment: pytest.MonkeyPatch, lacking: str
) -> None:
    git(made.root, "config", "--global", "--unset", f"user.{lacking}")
    environment.delenv("EMAIL", raising=False)
    assert refused(made, remote, capsys).startswith("git does not know your name and e-mail")
    environment.setenv(f"GIT_COMMITTER_{lacking.upper()}", "ada@library.example")
    environment.setenv("GIT_COMMITTER_DATE", "2024-06-15T10:00:00+02:00")
    assert publish.run(made) == 0
    who = git(remote, "log", "--format=%cn %ce %cI", "gh-pages")
    assert "ada@library.example" in who
    assert who.endswith(" 2024-06-15T10:00:00+02:00")


def test_the_settings_of_the_repository_say_who_commits(made: Project, remote: Path) -> None:
    git(made.root, "config", "user.name", "Ada <of> the Library")
    git(made.root, "config", "committer.email", "ada@library.example")
    assert publish.run(made) == 0
    who = git(remote, "log", "--format=%cn, %ce", "gh-pages")
    assert who == "Ada of the Library, ada@library.example"


def test_a_remote_that_is_not_there(made: Project, remote: Path, capsys: Capture) -> None:
    git(made.root, "remote", "set-url", "origin", str(remote.parent / "nowhere.git"))
    said = refused(made, remote, capsys)
    assert said.startswith("What is published could not be fetched from 'origin', so nothing was")
    assert "nowhere.git" in said
    assert not made.output.exists()


def test_a_branch_that_cannot_be_fetched(made: Project, remote: Path, capsys: Capture) -> None:
    """The remote names it, and does not give it."""
    publish.run(made)
    tip = git(remote, "rev-parse", "gh-pages")
    change_by_hand(remote, made.root.parent / "hand", {}, "Build again")
    new = git(remote, "rev-parse", "gh-pages")
    assert new != tip
    Path(remote, "objects", new[:2], new[2:]).unlink()
    assert publish.run(made, yes=True, replace=True) == 2
    assert capsys.readouterr().err.startswith("What is published could not be fetched")


# What somebody else published


def test_what_is_newer_in_another_clone(
    made: Project, remote: Path, tmp_path: Path, capsys: Capture
) -> None:
    publish.run(made)
    other = clone(remote, tmp_path / "other", "--branch", "main")
    theirs = change(other, "theirs")
    assert publish.run(other) == 0
    change(made, "ours")
    capsys.readouterr()
    assert f"made of commit {theirs[:10]}, has changes that are not known here; get" in (
        refused(made, remote, capsys)
    )
    # It is known once it is fetched, and not yet a part of what would be published.
    git(other.root, "push", "--quiet", "origin", "main")
    git(made.root, "fetch", "--quiet")
    said = refused(made, remote, capsys, yes=True)
    assert "has changes that are not in yours; get them, git pull, and publish again" in said
    assert said.splitlines()[1].startswith(f"  {theirs[:10]} ")
    assert said.splitlines()[1].endswith(" Editor: Say theirs")
    git(made.root, "merge", "--quiet", "--strategy-option", "ours", "origin/main")
    assert publish.run(made) == 0
    assert len(history(remote)) == 3


def test_a_short_commit_in_what_an_older_version_published(
    made: Project, remote: Path, tmp_path: Path, capsys: Capture
) -> None:
    publish.run(made)
    other = clone(remote, tmp_path / "other", "--branch", "main")
    theirs = change(other, "theirs")
    hand = tmp_path / "hand"
    change_by_hand(remote, hand, {"index.html": "<p>Theirs"}, f"Publish {theirs[:7]}")
    capsys.readouterr()
    assert f"made of commit {theirs[:7]}, has changes" in refused(made, remote, capsys)
    git(other.root, "push", "--quiet", "origin", "main")
    git(made.root, "pull", "--quiet", "origin", "main")
    assert publish.run(made) == 0


def test_a_history_that_was_rewritten_needs_a_word(
    made: Project, remote: Path, capsys: Capture
) -> None:
    publish.run(made)
    first = git(remote, "rev-parse", "gh-pages")
    edit(made.content / "letter.md", "Please keep", "Do keep")
    git(made.root, "commit", "--quiet", "--all", "--amend", "--message", "Write it anew")
    capsys.readouterr()
    refused(made, remote, capsys)
    refused(made, remote, capsys, yes=True)
    said = refused(made, remote, capsys, replace=True)
    assert said.splitlines()[-1] == (
        "There is no terminal to ask on, so nothing was published. Add --yes to replace this."
    )
    assert publish.run(made, yes=True, replace=True) == 0
    assert " Editor: Write the letter\n" in capsys.readouterr().err
    assert git(remote, "rev-parse", "gh-pages~1") == first


def test_a_shallow_clone_cannot_tell(
    made: Project, remote: Path, tmp_path: Path, capsys: Capture
) -> None:
    publish.run(made)
    change(made, "welcome")
    git(made.root, "push", "--quiet", "origin", "main")
    shallow = clone(remote, tmp_path / "shallow", "--depth", "1", "--branch", "main")
    capsys.readouterr()
    assert "get the rest, git fetch --unshallow, and publish again" in (
        refused(shallow, remote, capsys)
    )
    git(shallow.root, "fetch", "--quiet", "--unshallow")
    assert publish.run(shallow) == 0


class Terminal(StringIO):
    """The answers of an editor."""

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(("answer", "status"), [("y\n", 0), ("\n", 2), ("", 2)])
def test_what_was_changed_by_hand_is_replaced_by_who_says_so(  # noqa: PLR0913, PLR0917 (fixtures)
    made: Project,
    remote: Path,
    capsys: Capture,
    environment: pytest.MonkeyPatch,
    answer: str,
    status: int,
) -> None:
    publish.run(made)
    by_hand = {"index.html": "somebody's", "new file.html": "new"}
    theirs = change_by_hand(remote, made.root.parent / "hand", by_hand, "Mend\x1b[2J it")
    capsys.readouterr()
    said = refused(made, remote, capsys, yes=True)
    assert said.startswith("The branch gh-pages of origin was changed by hand since the newest")
    assert said.endswith(" Editor: Mend�[2J it (index.html, new file.html)\n")
    environment.setattr(sys, "stdin", Terminal(answer))
    assert publish.run(made, replace=True) == status
    out, err = capsys.readouterr()
    assert "new file.html" in err
    assert "Replace what is published on the branch gh-pages of origin? [y/N] " in out
    assert ("Nothing was published." in out) is (status == 2)
    assert (git(remote, "rev-parse", "gh-pages") == theirs) is (status == 2)
    assert git(remote, "rev-parse", f"gh-pages~{0 if status else 1}") == theirs


def test_a_commit_that_changes_nothing_is_no_obstacle(made: Project, remote: Path) -> None:
    """Some push one to let GitHub publish again."""
    publish.run(made)
    change_by_hand(remote, made.root.parent / "hand", {}, "Build again")
    change(made, "welcome")
    assert publish.run(made) == 0
    assert len(history(remote)) == 3


def test_a_branch_that_holds_somebodys_source(made: Project, remote: Path, capsys: Capture) -> None:
    git(made.root, "push", "--quiet", "origin", "main:gh-pages")
    said = refused(made, remote, capsys, yes=True)
    assert said.startswith("The branch gh-pages of origin holds work that this command did not")
    assert " Editor: Write the letter" in said
    assert publish.run(made, yes=True, replace=True) == 0
    assert history(remote)[1] == "Write the letter"


def test_commits_that_are_on_the_local_branch_alone(
    made: Project, remote: Path, tmp_path: Path, capsys: Capture
) -> None:
    publish.run(made)
    tree = tmp_path / "tree"
    git(made.root, "worktree", "add", "--quiet", str(tree), "gh-pages")
    write(tree / "index.html", "somebody's")
    commit(tree, "Mend it")
    git(made.root, "worktree", "remove", str(tree))
    change(made, "welcome")
    capsys.readouterr()
    said = refused(made, remote, capsys, yes=True, replace=True)
    assert said.startswith("The local branch gh-pages has commits that origin has not, and")
    assert said.endswith(" Editor: Mend it (index.html)\n")
    git(made.root, "branch", "--quiet", "-D", "gh-pages")
    assert publish.run(made) == 0


def test_a_publish_that_never_got_out_is_no_obstacle(made: Project, remote: Path) -> None:
    """An older version left it on the local branch when its push failed."""
    publish.run(made)
    change(made, "welcome")
    head = git(made.root, "rev-parse", "--short", "HEAD")
    left = git(made.root, "commit-tree", "-p", "gh-pages", "-m", f"Publish {head}", "HEAD^{tree}")
    git(made.root, "branch", "--quiet", "--force", "gh-pages", left)
    assert publish.run(made) == 0
    assert len(history(remote)) == 2


# What goes wrong


def test_a_remote_that_refuses(
    made: Project, remote: Path, tmp_path: Path, capsys: Capture
) -> None:
    publish.run(made)
    edit(made.content / "letter.md", "Please keep", "Do keep")
    refuse(remote)
    capsys.readouterr()
    said = refused(made, remote, capsys, status=1)
    assert said.startswith(
        "Publishing did not go through; the published site is as it was. git says:\n"
    )
    assert "no room left" in said
    (remote / "hooks/pre-receive").unlink()
    assert publish.run(made) == 0
    assert len(history(remote)) == 2
    assert b"Do keep" in published(remote, tmp_path)["letter/index.html"]


def test_words_of_git_in_any_encoding(made: Project, remote: Path, capsys: Capture) -> None:
    hook = write(
        remote / "hooks/pre-receive", b"#!/bin/sh\necho 'r\xe9pertoire plein' >&2\nexit 1\n"
    )
    hook.chmod(0o755)
    assert "r�pertoire plein" in refused(made, remote, capsys, status=1)


def test_a_push_that_worked_is_no_fault_whatever_a_hook_says(
    made: Project, remote: Path, capsys: Capture
) -> None:
    hook = write(remote / "hooks/post-receive", "#!/bin/sh\necho 'error: fatal' >&2\nexit 1\n")
    hook.chmod(0o755)
    assert publish.run(made) == 0
    assert capsys.readouterr().err == ""


def test_a_push_that_worked_is_no_fault_though_its_end_was_not_heard(
    made: Project, remote: Path, tmp_path: Path, environment: pytest.MonkeyPatch
) -> None:
    real = shutil.which("git")
    script = f'[ "$1" != push ] || {{ "{real}" "$@"; echo "connection lost" >&2; exit 128; }}'
    wrap_git(tmp_path, environment, script)
    assert publish.run(made) == 0
    assert len(history(remote)) == 1


def test_a_local_branch_that_cannot_follow_is_no_fault(made: Project, remote: Path) -> None:
    """A lock that another git left behind stands for all that keeps it."""
    lock = write(made.root / ".git/refs/heads/gh-pages.lock", "")
    assert publish.run(made) == 0
    change(made, "welcome")
    assert publish.run(made) == 0
    lock.unlink()
    change(made, "again")
    assert publish.run(made) == 0
    assert git(made.root, "rev-parse", "gh-pages") == git(remote, "rev-parse", "gh-pages")


def test_a_repository_that_cannot_be_written(made: Project, remote: Path, capsys: Capture) -> None:
    """A file in the place of a folder stands for all that keeps the commit from being made."""
    shutil.rmtree(made.root / ".git/objects/pack")
    write(made.root / ".git/objects/pack", "")
    said = refused(made, remote, capsys, status=1)
    assert said.startswith("Publishing did not go through")
    assert not list(made.root.glob(".output.publish*"))


def test_a_link_in_the_place_of_a_file(made: Project, remote: Path, capsys: Capture) -> None:
    """A link may lead to anything by the time that it is published."""
    publish.run(made)
    change(made, "welcome")
    shutil.move(made.output / "robots.txt", made.root.parent / "elsewhere")
    (made.output / "robots.txt").symlink_to(made.root.parent / "elsewhere")
    capsys.readouterr()
    assert refused(made, remote, capsys) == (
        "output/robots.txt is in the way of the site, and no build has put it there; move it away\n"
    )
    (made.output / "robots.txt").unlink()
    assert publish.run(made) == 0


def test_a_folder_that_is_a_link_is_no_part_of_the_site(tmp_path: Path) -> None:
    write(tmp_path / "elsewhere/a", "")
    write(tmp_path / "site/a", "")
    (tmp_path / "site/folder").symlink_to(tmp_path / "elsewhere")
    assert SiteFiles(tmp_path / "site", ("a", "folder/a")).irregular() == ["folder/a"]


@pytest.mark.parametrize("name", ["../secret", "a/../../secret", "/etc/hostname", "gone", "folder"])
def test_no_name_leads_out_of_the_site(tmp_path: Path, name: str) -> None:
    write(tmp_path / "secret", "")
    write(tmp_path / "site/folder/a", "")
    assert SiteFiles(tmp_path / "site", ("folder/a", name)).irregular() == [name]


def test_a_name_that_would_become_another_is_not_pushed(made: Project, tmp_path: Path) -> None:
    """ghp-import hands names over as they are, and git takes what stands in quotes for something else."""
    before = heads(made)
    site = SiteFiles(tmp_path / "site", ("index.html", '"index.html"'))
    for name in site.names:
        write(site.folder / name, name)
    with pytest.raises(publisher.MismatchError, match="What git committed is not what is in site/"):
        publisher.commit(Repository(made.root), site, None, None)
    assert heads(made) == before


KILL = """
for word; do [ "$word" != {word} ] || {{ kill -9 $(cat {pid}); sleep 1; exit 1; }}; done
"""


@pytest.mark.slow
@pytest.mark.parametrize("word", ["fast-import", "push"])
def test_a_publish_that_is_killed_is_no_obstacle_to_the_next(
    made: Project, remote: Path, tmp_path: Path, word: str
) -> None:
    publish.run(made)
    local, before = heads(made), history(remote)
    change(made, "welcome")
    pid = tmp_path / "pid"
    with pytest.MonkeyPatch.context() as patch:
        wrap_git(tmp_path, patch, KILL.format(word=word, pid=pid))
        code = (
            "import os, pathlib; from campaign.build.project import Project;"
            " from campaign.commands import publish;"
            f" pathlib.Path({str(pid)!r}).write_text(str(os.getpid()));"
            f" publish.run(Project(pathlib.Path({str(made.root)!r})))"
        )
        done = subprocess.run(
            [sys.executable, "-c", code], cwd=made.root, check=False, capture_output=True
        )
    assert done.returncode == -signal.SIGKILL
    assert [line for line in heads(made).splitlines() if "gh-pages" in line] == [
        line for line in local.splitlines() if "gh-pages" in line
    ]
    assert history(remote) == before
    assert publish.run(made) == 0
    assert len(history(remote)) == 2
    assert not list(made.root.glob(".output.publish*"))


@pytest.mark.parametrize("line", [("invoke", "publish"), ("campaign", "publish")])
def test_the_command_line_takes_the_words(
    made: Project, remote: Path, line: tuple[str, str]
) -> None:
    git(made.root, "push", "--quiet", "origin", "main:gh-pages")
    assert run(made, *line, "--yes").returncode == 2
    done = run(made, *line, "--replace", "--yes")
    assert (done.returncode, len(history(remote))) == (0, 2)
