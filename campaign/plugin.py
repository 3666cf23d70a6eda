"""The Pelican plugin: hands the campaign's content to the theme, and writes what comes out.

Pelican's settings, static files and feed writer are used; it has no articles and pages of its own.
"""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

from markupsafe import escape
from pelican import signals
from pelican.generators import Generator
from pelican.writers import Writer

from campaign.addresses import PATHS, Addresses
from campaign.build import assets, incremental, output
from campaign.build.builder import CONTENT, STAGE
from campaign.build.fingerprint import Fingerprints
from campaign.build.incremental import Artifact, CachedResult
from campaign.build.output import Stage
from campaign.build.templates import COMPILED, environment, render, template_folders
from campaign.build.theme import Theme
from campaign.checking import check
from campaign.content.fields import parse_site
from campaign.content.model import Content, Event, Update
from campaign.content.problems import has_errors, printable
from campaign.reading.pictures import PICTURES_CACHE, Pictures
from campaign.routes import (
    Route,
    Site,
    event_calendar,
    event_files,
    event_page,
    file_of,
    files,
    pages,
    sitemap,
)
from campaign.support import cache
from campaign.support.cache import Cache

log = logging.getLogger(__name__)

#: The setting that tells a preview, which sits at the root of its host, from the published site.
PREVIEW = "CAMPAIGN_PREVIEW"


class CampaignGenerator(Generator):
    """Makes every page of a campaign's site."""

    def generate_context(self) -> None:
        """Take or read the content, and tell Pelican which files to copy."""
        if STAGE not in self.settings:
            _inspect(Path(self.output_path))
        self.content: Content = self.settings.get(CONTENT) or _read(
            Path(self.path), Path(self.theme)
        )
        copied = {
            name: path
            for name, path in self.content.addresses.items()
            if path in self.content.files and path not in self.content.pictures
        }
        self.settings["STATIC_PATHS"] = list(copied)
        self.settings["EXTRA_PATH_METADATA"] = {
            name: {"path": path.lstrip("/")} for name, path in copied.items()
        }
        # A copied file is not read: `2018-31-12.png` is a name, not a date that Pelican could refuse.
        self.settings["FILENAME_METADATA"] = ""

    def generate_output(self, writer: Writer) -> None:
        """Make all pages and files, as far as the old site lacks them."""
        theme_folder, cache_folder = Path(self.theme), cache.folder(Path(self.path).parent)
        addresses = self._addresses()
        site = Site.of(self.content, theme_folder, addresses.absolute)
        bundles = assets.make(theme_folder)
        theme = Theme(site, addresses, bundles)
        options = self.settings["JINJA_ENVIRONMENT"]
        folders = template_folders(self.settings, theme_folder)
        # Pelican's own environment would fill in for a template that the theme lacks, with one of another theme.
        compiled: Cache[str, bytes] = Cache(cache_folder and cache_folder / COMPILED)
        templates = environment(folders, options, theme, compiled)
        # A template can include any file of its folder.
        shared = theme.shared, repr(options), *map(cache.folder_digest, folders)
        results: Cache[str, CachedResult] = Cache(cache_folder and cache_folder / "pages")
        stage: Stage = self.settings.get(STAGE) or Stage(
            Path(self.output_path), Path(self.output_path)
        )

        def render_page(route: Route) -> tuple[str]:
            return (render(templates, route),)

        def render_event(event: Event) -> Iterator[str]:
            campaign = site.content.campaign
            yield render(templates, event_page(event, campaign, site.words, site.absolute))
            yield site.calendars.of_event(event)

        def of_events() -> Iterator[Artifact]:
            # To join the files of many events takes longest.
            yield from (Artifact((file_of(it.path),), it) for it in event_files(site))
            yield from self._pictures(Pictures(cache_folder and cache_folder / PICTURES_CACHE))
            for event in site.events:
                names = file_of(event.path), file_of(event_calendar(event))
                yield Artifact(names, event, render_event)

        def others() -> Iterator[Artifact]:
            yield from (Artifact((file_of(it.path),), (it.text,)) for it in bundles.files)
            yield from (Artifact((file_of(it.path),), it.make, _called) for it in files(site))
            found = list(pages(site))
            yield from (Artifact((route.file,), route, render_page) for route in found)
            yield from self._index(found, addresses)

        fingerprints = Fingerprints(theme, shared)
        incremental.make(list(of_events()), others(), stage, results, fingerprints)
        results.save()
        compiled.save()
        if self.content.of(Update):
            self._write_feed(writer, theme, addresses)
        if STAGE not in self.settings:
            self._list_output(stage)

    def _list_output(self, stage: Stage) -> None:
        """Note for the next build what a plain `pelican` run has written."""
        copied = (path.removeprefix("/") for path in self.content.files)
        feed = [file_of(PATHS.feed)] if self.content.of(Update) else []
        output.add_to_list(Path(self.output_path), [*stage.made, *copied, *feed])

    def _pictures(self, pictures: Pictures) -> Iterator[Artifact]:
        """Yield the pictures that are not copied as they are."""

        def publish(found: tuple[str, bytes]) -> Iterator[bytes]:
            yield pictures.publish(Path(self.path, found[0]))

        for name, path in self.content.addresses.items():
            if digest := self.content.pictures.get(path):
                yield Artifact((file_of(path),), (name, digest), publish)

    def _index(self, routes: Sequence[Route], addresses: Addresses) -> Iterator[Artifact]:
        """Yield the files for search engines."""
        indexed = [route.path for route in routes if route.indexed]
        indexed += [event.path for event in self.content.of(Event)]
        taken = {*(it.file for it in routes), *map(file_of, self.content.files)}
        for file in sitemap.sitemaps(indexed, addresses, {name.lower() for name in taken}):
            yield Artifact((file_of(file.path),), file.make, _called)
        if PATHS.robots not in self.content.files:
            yield Artifact((file_of(PATHS.robots),), partial(sitemap.robots, addresses), _called)

    def _addresses(self) -> Addresses:
        address = os.environ.get("SITEURL", "")
        site = parse_site(address) if address else self.content.campaign.site
        return Addresses.preview(site) if self.settings.get(PREVIEW) else Addresses.published(site)

    def _write_feed(self, writer: Writer, theme: Theme, addresses: Addresses) -> None:
        campaign = self.content.campaign
        context = {
            "SITENAME": escape(campaign.name),
            "SITESUBTITLE": campaign.summary,
            "SITEURL": addresses.site,
            "FEED_DOMAIN": addresses.site,
        }
        entries = [
            FeedEntry(update, theme, campaign.organiser.name) for update in self.content.of(Update)
        ]
        writer.write_feed(entries, context, path=file_of(PATHS.feed), feed_type="atom")


def _inspect(folder: Path) -> None:
    """End a plain `pelican` run whose output folder is not the project's own."""
    try:
        output.inspect(folder)
    except output.OutputError as error:
        log.critical("%s", error)
        raise SystemExit(2) from None


def _called(make: Callable[[], str]) -> tuple[str]:
    return (make(),)


@dataclass
class FeedEntry:
    """An update as Pelican's feed writer takes it: title and summary are HTML, which it reads or passes on."""

    update: Update
    theme: Theme
    author: str

    @property
    def title(self) -> str:
        return escape(self.update.title)

    @property
    def summary(self) -> str:
        return escape(self.update.summary)

    @property
    def url(self) -> str:
        return self.update.path.lstrip("/")

    @property
    def date(self) -> datetime:
        """The start of the day it happened: the feed has no better time, and needs one."""
        day = self.update.date
        return datetime(day.year, day.month, day.day, tzinfo=UTC)

    def get_content(self, _: str) -> str:
        """Return the whole text with absolute addresses."""
        return self.theme.functions.html(self.update, absolute=True)


def register() -> None:
    """Add the generator to Pelican's."""
    signals.get_generators.connect(_generators)


def _generators(_: Any) -> type[CampaignGenerator]:  # noqa: ANN401 (Pelican's own object)
    return CampaignGenerator


def _read(folder: Path, theme: Path) -> Content:
    """Read the content for a plain `pelican` run; problems are printed and end it."""
    draft, problems = check(folder, theme, cache.folder(folder.parent))
    for problem in problems:
        if problem.is_error:
            # Pelican's option --fatal would end the run at the first of them, were they errors.
            log.critical("%s", printable(str(problem)))
        else:
            # Nor is a notice a warning, which would end it too.
            sys.stderr.write(f"{printable(str(problem))}\n")
    if has_errors(problems):
        raise SystemExit(2)
    return draft.content()
