"""Files that are read as content: those inside `content/`, and nothing that is private, endless or somebody else's."""

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from campaign import checking
from campaign.commands import check, import_events, locate
from campaign.content.model import Page
from campaign.reading.reader import read
from tests.conftest import MakeProject
from tests.projects import ROOT, SITES, run, write

Capture = pytest.CaptureFixture[str]
Place = Callable[[Path], object]

PNG = b"\x89PNG\r\n\x1a\n"
#: One file of each kind, by its path below `content/`.
FILES = (
    "campaign.md",
    "letter.md",
    "events.csv",
    "actions/1-write.md",
    "events/vigil.md",
    "pages/about.md",
    "images/photo.png",
    "extra/notes.txt",
    "extra/deep/er/notes.txt",
)
OUT = "this is a link that leads out of content/; put the file itself here"
NOWHERE = "this is a link that leads nowhere; put the file itself here"
FOLDER = "this is a link to a folder; put the folder itself here"
ENDLESS = "this is no file with a text or a picture, but a device or a FIFO; take it out"


@pytest.fixture
def content(tmp_path: Path) -> Path:
    shutil.copytree(SITES / "minimal", tmp_path / "content")
    return tmp_path / "content"


def told(content: Path) -> list[str]:
    return [str(problem) for problem in read(content).problems]


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize(
    ("place", "said"),
    [
        (lambda file: file.symlink_to(__file__), OUT),
        (lambda file: file.symlink_to("/dev/zero"), OUT),
        (lambda file: file.symlink_to("nowhere"), NOWHERE),
        (lambda file: file.symlink_to(file), NOWHERE),
        (os.mkfifo, ENDLESS),
    ],
    ids=["a link out", "a link to a device", "a link nowhere", "a circle", "a FIFO"],
)
def test_what_is_no_file_inside_the_folder_is_a_problem(
    content: Path, name: str, place: Place, said: str
) -> None:
    file = content / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.unlink(missing_ok=True)
    place(file)
    assert f"content/{name}:1: {said}" in told(content)


@pytest.mark.parametrize("name", ["pages", "images", "extra", "images/deep", "extra/.well-known"])
@pytest.mark.parametrize("target", ["outside", "content/actions", "content", "/"])
def test_a_link_to_a_folder_is_not_followed(content: Path, name: str, target: str) -> None:
    write(content.parent / "outside" / "key.pem", "private")
    (content / name).parent.mkdir(exist_ok=True)
    (content / name).symlink_to(content.parent / target)
    said = FOLDER if target.startswith("content") else OUT
    assert told(content) == [f"content/{name}:1: {said}"]


def test_a_link_within_the_folder_is_read(content: Path) -> None:
    about = write(content / "pages" / "about.md", "---\ntitle: A\nsummary: B\n---\n\nText.\n")
    (content / "pages" / "us.md").symlink_to(about)
    draft = read(content)
    assert not draft.problems
    assert [page.slug for page in draft.of(Page)] == ["about", "us"]


@pytest.mark.parametrize(
    ("name", "size", "said"),
    [
        ("letter.md", 10_000_001, "this file has 10.0 MB; make it smaller, to 10 MB at most"),
        ("events.csv", 12_500_000, "this file has 12.5 MB; make it smaller, to 10 MB at most"),
        ("images/a.png", 60_000_000, "this file has 60.0 MB; make it smaller, to 50 MB at most"),
        ("extra/a.JPG", 60_000_000, "this file has 60.0 MB; make it smaller, to 50 MB at most"),
        ("extra/a.pdf", 10**12, "this file has 1000000.0 MB; make it smaller, to 100 MB at most"),
    ],
)
def test_a_file_that_is_too_large_is_a_problem(
    content: Path, name: str, size: int, said: str
) -> None:
    os.truncate(write(content / name, PNG), size)  # which takes no room on the disk
    assert told(content) == [f"content/{name}:1: {said}"]


@pytest.mark.parametrize(
    "name",
    [
        ".env",
        ".env.production",
        ".npmrc",
        "home/.netrc",
        "id_rsa",
        "ID_ED25519",
        ".git-credentials",
        "server.p12",
        "vault.kdbx",
        ".bash_history",
        "prod.env",
        "id_rsa.bak",
        "credentials.csv",
        "terraform.tfstate",
    ],
)
def test_a_file_with_passwords_is_not_published(content: Path, name: str) -> None:
    write(content / "extra" / name, "x")
    file = name.rpartition("/")[2]
    said = f"a file called '{file}' holds passwords or keys of a program"
    remedy = "and everybody could read it on the site; move it out of this folder"
    assert told(content) == [f"content/extra/{name}:1: {said}, {remedy}"]


@pytest.mark.parametrize("name", [".ssh/config", "home/.aws/config", ".gnupg/pubring.kbx"])
def test_a_folder_with_passwords_is_not_published(content: Path, name: str) -> None:
    write(content / "extra" / name, "x")
    assert "holds passwords or keys of a program" in told(content)[0]


@pytest.mark.parametrize(
    "head",
    [
        "-----BEGIN PRIVATE KEY-----",
        "-----BEGIN RSA PRIVATE KEY-----",
        "-----BEGIN OPENSSH PRIVATE KEY-----",
        "-----BEGIN ENCRYPTED PRIVATE KEY-----",
        "-----BEGIN PGP PRIVATE KEY BLOCK-----",
        "PuTTY-User-Key-File-3: ssh-ed25519",
        "A note.\n\n-----BEGIN EC PRIVATE KEY-----",
        "A" * 100_000 + "\n-----BEGIN PRIVATE KEY-----",
        "AGE-SECRET-KEY-1QQQQ",
    ],
)
def test_a_private_key_by_any_name_is_not_published(content: Path, head: str) -> None:
    write(content / "extra" / "notes.txt", f"{head}\nAAAA\n")
    said = "this file holds a private key, and everybody could read it on the site"
    assert told(content) == [f"content/extra/notes.txt:1: {said}; move it out of this folder"]


@pytest.mark.parametrize(
    "name",
    [
        "robots.txt",
        ".well-known/security.txt",
        "id_rsa.pub",
        "environment.txt",
        "keys.pdf",
    ],
)
def test_what_is_meant_for_the_public_is_published(content: Path, name: str) -> None:
    write(content / "extra" / name, "-----BEGIN PUBLIC KEY-----\nlibrary.example\n")
    draft = read(content)
    assert not draft.problems
    assert f"/{name}" in draft.files


@pytest.mark.parametrize("folder", ["images", "extra", "pages"])
@pytest.mark.parametrize(
    ("name", "sign", "shown"),
    [
        ('"index.html"', "a quotation mark", '"index.html"'),
        ("a\tb", "a tab", "a\\tb"),
        ("a\nb", "a line end", "a\\nb"),
        ("a\x07b", "U+0007", "a\\x07b"),
    ],
)
def test_a_name_that_publishing_would_read_as_another_is_a_problem(
    content: Path, folder: str, name: str, sign: str, shown: str
) -> None:
    write(content / folder / name, "x")
    said = f"the name of the file '{shown}' holds {sign}, which no address can; rename it"
    assert told(content) == [f"content/{folder}:1: {said}"]


@pytest.mark.parametrize("name", ["events.csv", ".imported.json"])
@pytest.mark.parametrize("kind", ["a link out", "a FIFO"])
def test_commands_that_change_the_table_change_nothing_else(
    project: MakeProject, capsys: Capture, tmp_path: Path, name: str, kind: str
) -> None:
    made = project("minimal")
    theirs = write(tmp_path / "theirs", "title,date,city\nTheirs,2030-01-01,Boston\n")
    before = theirs.read_bytes()
    if kind == "a FIFO":
        os.mkfifo(made.content / name)
    else:
        (made.content / name).symlink_to(theirs)
    source = write(tmp_path / "source.csv", "title,date,city\nVigil,2030-01-01,Boston\n")
    assert import_events.run(made, str(source), yes=True) == 2
    said = OUT if kind == "a link out" else ENDLESS
    assert said in capsys.readouterr().err
    if name == "events.csv":
        assert locate.run(made) == 2
    assert theirs.read_bytes() == before


def test_a_file_to_import_that_never_ends_is_not_waited_for(
    project: MakeProject, tmp_path: Path
) -> None:
    made = project("minimal")
    (tmp_path / "zero.csv").symlink_to("/dev/zero")
    os.mkfifo(tmp_path / "fifo.ics")
    for name in ("zero.csv", "fifo.ics"):
        done = run(made, "invoke", "import-events", str(tmp_path / name))
        assert done.returncode == 2
        assert "give the path of the file to import" in done.stderr


def test_what_a_check_refuses_a_build_does_not_publish(
    project: MakeProject, capsys: Capture
) -> None:
    made = project("minimal")
    (made.content / "extra").mkdir()
    (made.content / "extra" / "notes.txt").symlink_to(write(made.root / "key", "private"))
    assert check.run(made) == 2
    assert f"content/extra/notes.txt:1: {OUT}" in capsys.readouterr().err
    assert run(made, "pelican", "content").returncode == 2
    assert not made.output.exists()


def test_the_folder_itself_may_be_no_link_out_of_the_project(content: Path) -> None:
    project = content.parent / "project"
    project.mkdir()
    (project / "content").symlink_to(content)
    assert told(project / "content") == [
        "content:1: this is a link that leads out of the project; put the folder itself here"
    ]
    (content.parent / "campaign").symlink_to(content)
    assert not read(content.parent / "campaign").problems


def test_a_link_to_what_is_hidden_is_a_problem(content: Path) -> None:
    write(content / ".env", "PASSWORD=1")
    (content / "extra").mkdir()
    (content / "extra" / "notes.txt").symlink_to("../.env")
    said = "this is a link to what is hidden; put the file itself here"
    assert told(content) == [f"content/extra/notes.txt:1: {said}"]


def test_very_many_folders_within_each_other_are_read(content: Path) -> None:
    folder = content / "extra"
    for _ in range(1_500):
        folder.mkdir()
        folder /= "a"
    folder.mkdir()
    write(folder / "key", "-----BEGIN PRIVATE KEY-----")
    said = told(content)
    # Python cannot remove them.
    subprocess.run(["rm", "-rf", content], check=True)
    assert said[0].endswith("move it out of this folder")


@pytest.mark.parametrize("name", [".GIT/config", ".git./x", "git~1/x", "deep/.Git"])
def test_a_name_that_git_refuses_is_a_problem(content: Path, name: str) -> None:
    write(content / "extra" / name, "x")
    assert told(content) == [f"content/extra:1: '{name}' is a name of git's own; rename it"]


@pytest.mark.parametrize("name", ["theme/script.0123456789.js", "Theme/a/b.css", "theme"])
def test_nothing_is_put_beside_the_themes_own_scripts(content: Path, name: str) -> None:
    """Every page loads what is there, so that it would be trusted by all of them."""
    write(content / "extra" / name, "alert(1)")
    _, problems = checking.check(content, ROOT / "theme")
    said = f"/{name} is already the address of a file that the site makes by itself"
    assert [str(problem) for problem in problems] == [
        f"content/extra/{name}:1: {said}; give this file another name"
    ]
