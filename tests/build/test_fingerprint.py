"""Fingerprints: of what a page is made."""

from datetime import datetime
from functools import partial

import pytest

from campaign import words
from campaign.addresses import Addresses
from campaign.build.assets import Assets
from campaign.build.fingerprint import Fingerprints
from campaign.build.theme import Theme
from campaign.content.model import Event
from campaign.events import structured
from campaign.reading.reader import read
from campaign.routes import Route, Site
from campaign.routes.contexts import EventPage
from tests import samples
from tests.build.caches import kept
from tests.conftest import MakeProject
from tests.projects import NOW, ROOT, SITES, run


def fingerprints(shared: object) -> Fingerprints:
    content = read(SITES / "minimal").content()
    addresses = Addresses.preview("https://example.org")
    texts = words.load(ROOT / "theme" / "translations", "en")
    now = datetime.fromtimestamp(NOW, samples.event().timezone)
    return Fingerprints(
        Theme(Site(content, texts, now, addresses.absolute), addresses, Assets({}, {})), shared
    )


@pytest.fixture
def prints() -> Fingerprints:
    return fingerprints(())


ABSOLUTE = Addresses.preview("https://example.org").absolute


def about(event: Event) -> str:
    return event.title


def test_a_fingerprint_is_of_what_a_page_is_made_of(prints: Fingerprints) -> None:
    def page(**fields: object) -> bytes | None:
        event = samples.event(**fields)
        described = (partial(structured.event, event, campaign, ABSOLUTE),)
        return prints.digest(Route("/e/", EventPage(event), "", partial(about, event), described))

    campaign = samples.campaign()

    assert page() == page()
    others = [
        page(**it)
        for it in ({"title": "Other"}, {"city": "Graz"}, {"date": "2034-06-14"}, {"sequence": "1"})
    ]
    assert len({page(), *others}) == 5


def test_what_is_not_known_has_no_fingerprint(prints: Fingerprints) -> None:
    word = "text"

    def closure() -> str:
        return word

    for value in (lambda: 1, closure, [lambda: 1], {"a": partial(closure)}, (it for it in "")):
        assert prints.digest(value) is None
    assert prints.digest(partial(about, samples.event())) is not None
    assert fingerprints(lambda: 1).digest("text") is None


def test_processes_agree_on_what_pages_are_made_of(project: MakeProject) -> None:
    made = project("full")
    files = []
    for seed in ("1", "2"):
        # It decides in which order the members of a set come.
        assert run(made, "invoke", "build", environment={"PYTHONHASHSEED": seed}).returncode == 0
        files.append((kept(made) / "pages").stat().st_ino)
    # A build that makes a page anew writes the file anew.
    assert files[0] == files[1]
