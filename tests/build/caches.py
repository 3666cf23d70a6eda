"""Shared parts of the tests beside this file."""

import shutil
from pathlib import Path

from campaign.build.project import Project
from campaign.support import cache
from tests.projects import build_site, snapshot

CACHE_FILES = ("content", "pages", "templates")


def kept(project: Project) -> Path:
    """Return the folder of what builds of a project keep."""
    assert project.cache
    return project.cache


def without_cache(project: Project, *, publish: bool = False) -> dict[str, bytes]:
    """Build a copy of a project from nothing; gives its site."""
    root = project.root.with_name(f"{project.root.name}-plain")
    shutil.rmtree(root, ignore_errors=True)
    cache.clear(root)
    shutil.copytree(project.root, root, ignore=shutil.ignore_patterns("output", ".output.*"))
    return snapshot(build_site(Project(root), publish=publish))
