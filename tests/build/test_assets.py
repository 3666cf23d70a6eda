import re
from pathlib import Path

import pytest

from campaign.build import assets
from campaign.build.assets import AssetError
from tests.projects import ROOT, write


def test_style_sheets_are_joined_in_the_order_of_their_names_and_minified(tmp_path: Path) -> None:
    write(tmp_path / "static/css/20-b.css", "b {\n  color: red;\n}\n")
    write(tmp_path / "static/css/10-a.css", "/* first */\na {\n  color: red;\n}\n")
    write(tmp_path / "static/css/30-c.css", "a { margin: 0px }\n")
    assert assets.stylesheets(tmp_path)[""].text == "a,b{color:red}a{margin:0}"


def test_scripts_are_joined_in_the_order_of_their_names_and_minified(tmp_path: Path) -> None:
    write(tmp_path / "static/js/b.js", "// second\nsecond();\n")
    write(tmp_path / "static/js/a.js", "first();\n")
    assert assets.scripts(tmp_path)[""].text == '"use strict";{{first();}\n{second();}}'


def test_a_files_name_changes_with_what_is_in_it(tmp_path: Path) -> None:
    write(tmp_path / "static/js/a.js", "one();\n")
    before = assets.scripts(tmp_path)[""]
    assert before.path.startswith("/theme/script.")
    assert before.path.endswith(".js")
    assert assets.scripts(tmp_path)[""] == before
    write(tmp_path / "static/js/a.js", "two();\n")
    assert assets.scripts(tmp_path)[""].path != before.path


def test_a_theme_without_scripts_has_an_empty_one(tmp_path: Path) -> None:
    assert not assets.scripts(tmp_path)[""].text


def test_a_style_sheet_that_is_no_css_is_named(tmp_path: Path) -> None:
    write(tmp_path / "static/css/10-a.css", "a { color: red }\n")
    write(tmp_path / "static/css/20-b.css", "b { color: red }\n}} c\n")
    with pytest.raises(AssetError, match=r"static/css/20-b\.css"):
        assets.stylesheets(tmp_path)


def test_a_mistake_that_comes_of_joining_style_sheets_is_told_too(tmp_path: Path) -> None:
    write(tmp_path / "static/css/10-a.css", "a { color: red }\n")
    write(tmp_path / "static/css/20-b.css", "@import 'x.css';\n")
    with pytest.raises(AssetError, match="static/css"):
        assets.stylesheets(tmp_path)


def test_a_folder_is_a_bundle_of_its_own(tmp_path: Path) -> None:
    write(tmp_path / "static/js/a.js", "every();\n")
    write(tmp_path / "static/js/act/b.js", "act();\n")
    write(tmp_path / "static/css/act/b.css", "b { color: red }\n")
    scripts, sheets = assets.scripts(tmp_path), assets.stylesheets(tmp_path)
    assert (list(scripts), list(sheets)) == (["", "act"], ["", "act"])
    assert scripts["act"].path.startswith("/theme/act.")
    assert scripts["act"].text == '"use strict";{const act={};{act();}}'
    assert sheets["act"].text == "b{color:red}"


@pytest.mark.parametrize("name", ["css/a.css", "js/act/a.js"])
def test_a_file_in_another_encoding_is_named(tmp_path: Path, name: str) -> None:
    write(tmp_path / "theme" / "static" / name, "/* one */\n/* é */".encode("latin-1"))
    with pytest.raises(AssetError, match=rf"^theme/static/{name}:2: this file is not UTF-8"):
        assets.make(tmp_path / "theme")


def test_hidden_files_are_no_part_of_a_theme(tmp_path: Path) -> None:
    # Emacs marks a file that it changes, and macOS keeps what it knows of one beside it.
    (tmp_path / "static" / "js").mkdir(parents=True)
    (tmp_path / "static/js/.#a.js").symlink_to("someone@somewhere.1:2")
    write(tmp_path / "static/css/act/._a.css", b"\x00\x05\x16\x07\xff")
    assert not any(it.text for it in assets.make(tmp_path).files)


def test_a_browsers_frame_has_the_colours_of_the_paper() -> None:
    tokens = (ROOT / "theme/static/css/00-tokens.css").read_text(encoding="utf-8")
    looks = (ROOT / "theme/templates/partials/looks.html").read_text(encoding="utf-8")
    light, dark = re.findall(r"--paper: (#\w+);", tokens)
    schemes = re.findall(r'content="(#\w+)"\s+media="\(prefers-color-scheme: (\w+)\)"', looks)
    assert schemes == [(light, "light"), (dark, "dark")]


def test_no_decoration_is_one_that_safari_does_not_take() -> None:
    for sheet in assets.stylesheets(ROOT / "theme").values():
        # It takes a style, and no thickness, under its own name.
        text = re.sub(
            r"-webkit-text-decoration:([a-z ]+);text-decoration:\1(?=[;}])", "", sheet.text
        )
        shorthands = re.findall(r"[{;]text-decoration:([^;}]+)", text)
        assert set(shorthands) <= {"none", "underline"}
