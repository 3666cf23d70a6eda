"""Several processes make the site that one makes."""

import pytest

from campaign.commands import build
from tests.conftest import MakeProject
from tests.projects import edit


@pytest.mark.usefixtures("processes")
def test_a_fault_of_a_template_is_told_as_by_one_process(
    project: MakeProject, capsys: pytest.CaptureFixture[str]
) -> None:
    made = project("full")
    edit(
        made.theme / "templates" / "event.html",
        "{{ event.title }}",
        "{{ event.titel }}",
    )
    assert build.run(made) == 1
    assert "theme/templates/event.html:" in capsys.readouterr().err
