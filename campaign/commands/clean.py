"""`clean`: delete the site and all that a build keeps for the next one."""

from __future__ import annotations

from campaign.build import output
from campaign.build.project import Project
from campaign.commands import MENDABLE, OK, complain, say
from campaign.content.problems import shorten
from campaign.support import cache


def run(project: Project) -> int:
    """Delete what builds have made; 2 where the output folder is not the project's own. Other files in it stay."""
    cache.clear(project.root)
    try:
        with output.lock(project.output):
            foreign = output.clear(project.output)
    except output.OutputError as error:
        complain(str(error))
        return MENDABLE
    if foreign:
        files = "1 file" if len(foreign) == 1 else f"{len(foreign)} files"
        say(
            f"{project.output.name}/ stays with {files} that no build has made ({shorten(foreign[0])})."
        )
    return OK
