from pathlib import Path

import pytest

from campaign import assets
from campaign.assets import StyleError
from tests.projects import write


def test_style_sheets_are_joined_in_the_order_of_their_names_and_minified(tmp_path: Path) -> None:
    write(tmp_path / "static/css/20-b.css", "b {\n  color: red;\n}\n")
    write(tmp_path / "static/css/10-a.css", "/* first */\na {\n  color: red;\n}\n")
    write(tmp_path / "static/css/30-c.css", "a { margin: 0px }\n")
    assert assets.stylesheets(tmp_path)[""].text == "a,b{color:red}a{margin:0}"


def test_scripts_are_joined_in_the_order_of_their_names_and_minified(tmp_path: Path) -> None:
    write(tmp_path / "static/js/b.js", "// second\nsecond();\n")
    write(tmp_path / "static/js/a.js", "first();\n")
    assert assets.scripts(tmp_path)[""].text == '"use strict";{first();second();}'


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
    with pytest.raises(StyleError, match=r"static/css/20-b\.css"):
        assets.stylesheets(tmp_path)


def test_a_mistake_that_comes_of_joining_style_sheets_is_told_too(tmp_path: Path) -> None:
    write(tmp_path / "static/css/10-a.css", "a { color: red }\n")
    write(tmp_path / "static/css/20-b.css", "@import 'x.css';\n")
    with pytest.raises(StyleError, match="static/css"):
        assets.stylesheets(tmp_path)


def test_a_folder_is_a_bundle_of_its_own(tmp_path: Path) -> None:
    write(tmp_path / "static/js/a.js", "every();\n")
    write(tmp_path / "static/js/act/b.js", "act();\n")
    write(tmp_path / "static/css/act/b.css", "b { color: red }\n")
    scripts, sheets = assets.scripts(tmp_path), assets.stylesheets(tmp_path)
    assert (list(scripts), list(sheets)) == (["", "act"], ["", "act"])
    assert scripts["act"].path.startswith("/theme/act.")
    assert "every" not in scripts["act"].text
    assert sheets["act"].text == "b{color:red}"
