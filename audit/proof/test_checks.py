"""Each check finds what it is for, and nothing else.

`tests/sites/faulty` is wrong in every way that the audit knows: each page has one fault and is
named after it. What a check finds there is exactly what is listed here, so that the sound pages
of the site, and those with other checks' faults, are proved to be left in peace.
"""

# ruff: noqa: S101 (assert is how a test speaks)

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from hashlib import sha256
from pathlib import Path

import pytest

from audit.checks import CHECKS, data, reproducible
from audit.checks.accessibility import WAYS
from audit.findings import Finding
from audit.site import Site, serve
from campaign.addresses import Addresses
from campaign.routes import sitemap
from tests.projects import SITES, edit, make_project, write

FAULTY = SITES / "faulty"
PUBLISHED = "https://example.org/faulty"
#: These open pages in a browser, which takes its time: each looks at its own faults and a sound page.
IN_BROWSER = frozenset({"privacy", "keyboard", "accessibility", "lighthouse"})

Findings = Mapping[str, Sequence[str]]


def _in(ways: Sequence[str], finding: str) -> list[str]:
    return [f"{way}: {finding}" for way in sorted(ways)]


#: What each check finds: the page or file, and the telling part of each sentence on it.
FOUND: dict[str, Findings] = {
    "form": {
        ".github/workflows": ["error[template-injection]"],
        "theme/static": ["unreadable.js: SyntaxError"],
        "theme/static/css/unformatted.css": ["is not formatted"],
        "theme/static/js/parts/loose.js": [
            "line 1: 'unknown' is not defined",
            "line 2: Expected '===' and instead saw '=='",
            "line 3: 'unused' is assigned a value but never used",
            "line 4: 'shadow' is already declared in the upper scope",
        ],
        "theme/static/js/unformatted.js": ["is not formatted"],
        "theme/static/js/unreadable.js": ["line 1: Parsing error"],
        "theme/templates": ["not as djlint formats them"],
    },
    "budget": {
        "/budget/heavy-page.html": ["bytes of 14000"],
        "/budget/heavy-script.html": ["bytes of 10000"],
        "/budget/many-requests.html": ["takes 9 requests of 8"],
    },
    "data": {
        "/data/json-ld-nameless-place.html": ["JSON-LD: Place lacks name"],
        "/data/json-ld-no-object.html": ["its JSON-LD is no object"],
        "/data/json-ld-unknown-type.html": ["JSON-LD: Spot is not a type that is known here"],
        "/data/json-ld-unparsable.html": ["its JSON-LD does not parse"],
        "/data/json-ld-without-context.html": ["the context https://schema.example"],
        "/data/json-ld-without-place.html": ["JSON-LD: Event lacks location"],
        "/data/json-ld-wrong-attendance.html": ["Event has the eventAttendanceMode no"],
        "/data/json-ld-wrong-date.html": ["which is no day and no moment with its offset"],
        "/data/json-ld-wrong-status.html": ["Event has the eventStatus confirmed"],
        "/data/translation-misnamed.html": [f"{PUBLISHED}/es, does not exist"],
        "/data/translation-one-way.html": ["its version in es does not name it in turn"],
        "data/feed-in-rss.xml": ["is rss, not a feed"],
        "data/feed-unparsable.xml": ["does not parse"],
        "data/feed-with-one-id-twice.xml": [f"has the id {PUBLISHED}/feed twice"],
        "data/feed-without-a-date.xml": ["an element <entry> lacks <updated>"],
        "sitemap.xml": [
            f"does not list {PUBLISHED}/data/not-in-the-sitemap.html",
            f"lists {PUBLISHED}/data/gone.html, which is no indexable page",
        ],
    },
    "links": {
        "links/broken.html": ["'/faulty/gone' leads nowhere"],
        "links/broken-fragment.html": ["'/faulty#end' leads nowhere: Cannot find fragment"],
        "links/broken-picture.html": ["'/faulty/gone.png' leads nowhere"],
        "links/broken-script.html": ["'/faulty/gone.js' leads nowhere"],
        "links/broken-whole-address.html": ["'/faulty/gone.html' leads nowhere"],
        "links/without-the-path.html": ["'/privacy' leads nowhere"],
    },
    "html": {
        "html/invalid.css": ["Property “colour” doesn't exist."],
        "html/invalid.html": ["The “align” attribute on the “p” element is obsolete."],
        "html/invalid.svg": ["Attribute “colour” not allowed on element “rect”"],
        "html/warned-of.html": ["Section lacks heading."],
        # Of a page's own policy it judges what stands in the page.
        "privacy/event-attribute.html": ["“onclick” violates Content Security Policy"],
        "privacy/inline-style.html": ["Inline style violates Content Security Policy"],
        "privacy/style-attribute.html": ["“style” attribute violates Content Security Policy"],
    },
    "privacy": {
        "/privacy/cache.html": ["keeps 'pages', which the privacy page does not name"],
        "/privacy/console-error.html": ["the console says: Nobody wrote the rest"],
        "/privacy/cookie.html": ["sets a cookie"],
        "/privacy/database.html": ["keeps 'readers', which the privacy page does not name"],
        "/privacy/event-attribute.html": [
            "<button> has an inline onclick",
            "the console says: Executing inline event handler violates",
        ],
        "/privacy/failing-script.html": ["a script failed: Cannot read properties of null"],
        "/privacy/frame-policy.html": [
            "its Content-Security-Policy holds 'frame-ancestors'",
            "the console says: The Content Security Policy directive 'frame-ancestors' is ignored",
        ],
        "/privacy/inline-script.html": [
            "has an inline <script>",
            "the console says: Executing inline script violates",
        ],
        "/privacy/inline-style.html": [
            "has an inline <style>",
            "the console says: Applying inline style violates",
        ],
        "/privacy/inline-style-in-a-picture.html": [
            "has an inline <style>",
            "the console says: Applying inline style violates",
        ],
        "/privacy/local-storage.html": ["keeps 'reader', which the privacy page does not name"],
        "/privacy/no-policy.html": ["has 0 Content-Security-Policies instead of one"],
        "/privacy/no-referrer-policy.html": ["has no referrer policy that keeps"],
        "/privacy/open-policy.html": ["does not begin with default-src 'none'"],
        "/privacy/other-host.html": [
            "asks another host: https://counter.invalid/pixel.png",
            "the console says: Failed to load resource",
        ],
        "/privacy/script-as-address.html": ["<a> has an inline script as its address"],
        "/privacy/session-storage.html": ["keeps 'visit', which the privacy page does not name"],
        "/privacy/style-attribute.html": [
            "<p> has an inline style",
            "the console says: Applying inline style violates",
        ],
        "/privacy/telling-referrer-policy.html": ["has no referrer policy that keeps"],
        "/privacy/two-policies.html": ["has 2 Content-Security-Policies instead of one"],
        "/privacy/unsafe-policy.html": ["its Content-Security-Policy holds 'unsafe-'"],
        "/privacy/wildcard-policy.html": ["its Content-Security-Policy holds '*'"],
    },
    "keyboard": {
        "/keyboard/clear-outline.html": ["its focus cannot be seen"],
        "/keyboard/covered.html": ["something covers it when it has the focus"],
        "/keyboard/lost.html": ['does not reach <button type="button">Go</button>'],
        "/keyboard/no-outline.html": ["its focus cannot be seen"],
        "/keyboard/out-of-reach.html": ['does not reach <a href="/faulty/" tabindex="-1">'],
        "/keyboard/shadow-only.html": ["its focus cannot be seen"],
        "/keyboard/small.html": ["is 23 by 24 pixels, smaller than 24 by 24"],
        "/keyboard/thin-outline.html": ["its focus cannot be seen"],
        "/keyboard/trap.html": ['does not reach <a href="/faulty/">leave</a>'],
    },
    "accessibility": {
        "/accessibility/adjacent-target.html": _in(WAYS, "target-size: .adjacent"),
        "/accessibility/faint-in-forced-colours.html": ["forced colours: color-contrast: p"],
        "/accessibility/faint-in-the-dark.html": ["dark: color-contrast: p"],
        # Large text needs less contrast, and forced colours are the reader's own.
        "/accessibility/faint-text.html": _in(
            ("light", "dark", "narrow"), "color-contrast-enhanced: p"
        ),
        "/accessibility/nameless-link.html": _in(WAYS, "link-name: a"),
        "/accessibility/outside-of-landmarks.html": _in(WAYS, "region: body > p"),
        "/accessibility/too-wide.html": _in(("narrow", "large text"), "scrolls sideways, 408"),
        "/accessibility/too-wide-in-large-text.html": ["large text: scrolls sideways"],
    },
    "lighthouse": {
        "/lighthouse/neglected.html": [
            "of 100: Links do not have a discernible name",
            "of 100: Browser errors were logged to the console",
            "Total Blocking Time",
            "of 100: Document does not have a meta description",
        ],
    },
}
EVERY = [
    pytest.param(check, page, told, id=f"{check}: {page}")
    for check, pages in FOUND.items()
    for page, told in pages.items()
]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The faulty site, served below a path, with what is too heavy to be kept."""
    folder = tmp_path_factory.mktemp("faulty") / "site"
    shutil.copytree(FAULTY / "site", folder)
    digests = [sha256(bytes([number])).hexdigest() for number in range(250)]
    weight = "\n".join(digests)
    edit(folder / "budget" / "heavy-page.html", "<!-- weight -->", f"<!-- {weight} -->")
    write(folder / "budget" / "heavy.css", f"/* {weight} */")
    write(folder / "budget" / "heavy.js", f"/* {weight}\n{weight[::-1]} */")
    with serve(folder, PUBLISHED, FAULTY / "project") as served:
        yield served


@pytest.fixture(scope="module")
def findings(site: Site) -> Callable[[str], Findings]:
    """The findings of a check by page; it is run once."""

    @cache
    def run(check: str) -> Findings:
        pages = tuple(
            page
            for page in site.pages
            if check not in IN_BROWSER or page.path == "/" or page.path.startswith(f"/{check}/")
        )
        found: dict[str, list[str]] = {}
        for finding in sorted(set(CHECKS[check](replace(site, pages=pages)))):
            found.setdefault(finding.page, []).append(finding.message)
        return found

    return run


def test_every_check_is_proved() -> None:
    """A check that is not proved here is none; `reproducible` has a project of its own below."""
    assert {*FOUND, "reproducible"} == set(CHECKS)


@pytest.mark.parametrize(("check", "page", "told"), EVERY)
def test_a_fault_is_found_once(
    check: str, page: str, told: Sequence[str], findings: Callable[[str], Findings]
) -> None:
    """Each page of a fault, or file, has the findings of its fault and no others."""
    messages = findings(check).get(page, [])
    assert len(messages) == len(told), messages
    for message, telling in zip(messages, told, strict=True):
        assert telling in message


@pytest.mark.parametrize("check", FOUND)
def test_nothing_is_found_where_nothing_is_wrong(
    check: str, findings: Callable[[str], Findings]
) -> None:
    """Sound pages have no findings, nor has a page whose fault is another check's."""
    assert set(findings(check)) == set(FOUND[check])


def test_every_faulty_page_is_looked_at(site: Site) -> None:
    """No page lies about without a promise: each but the sound ones is in the list."""
    listed = {f"/{page.lstrip('/')}" for pages in FOUND.values() for page in pages}
    listed.add("/data/not-in-the-sitemap.html")  # which the sitemap is blamed for
    assert {page.path for page in site.pages} - listed == {"/", "/es/", "/404.html", "/privacy/"}


def test_a_sitemap_must_be_there_and_parse(site: Site, tmp_path: Path) -> None:
    """A site without a sitemap, or with half of one, is told of."""
    bare = replace(site, folder=tmp_path, pages=())
    assert list(data.check(bare)) == [Finding("sitemap.xml", "is missing")]
    write(tmp_path / "sitemap.xml", "<urlset>")
    (finding,) = data.check(bare)
    assert finding.message.startswith("does not parse")


def test_the_sitemaps_that_an_index_names_are_looked_at(site: Site, tmp_path: Path) -> None:
    """Pages that the second of them should not list are found, and files that are broken or missing."""
    pages = [page for page in site.pages if page.path in {"/", "/es/", "/privacy/"}]
    parts = [["/", "/es/"], ["/privacy/", "/nowhere/"]]
    addresses = Addresses.published(PUBLISHED)
    index, *_ = sitemap.sitemaps(["1", "2"], addresses, limit=1)
    write(tmp_path / "sitemap.xml", index.text)
    for number, paths in enumerate(parts, 1):
        (part,) = sitemap.sitemaps(paths, addresses)
        write(tmp_path / f"sitemap-{number}.xml", part.text)
    bare = replace(site, folder=tmp_path, pages=tuple(pages))
    address = f"{PUBLISHED}/nowhere/"
    expected = Finding("sitemap.xml", f"lists {address}, which is no indexable page")
    assert list(data.check(bare)) == [expected]
    write(tmp_path / "sitemap-2.xml", "<urlset>")
    (finding,) = data.check(bare)
    assert finding.message.startswith("does not parse")
    (tmp_path / "sitemap-1.xml").unlink()
    assert list(data.check(bare)) == [Finding("sitemap-1.xml", "is missing")]


def test_builds_that_differ_are_found(site: Site, tmp_path: Path) -> None:
    """Chance, the order of a set or a folder, the time zone and the place each change one page."""
    root = make_project(tmp_path, SITES / "full").root
    templates, engine = root / "theme" / "templates", root / "campaign"
    edit(templates / "actions.html", "</h1>", "</h1>{{ range(1000000)|random }}")
    edit(templates / "letter.html", "</h1>", "</h1>{% for file in files %}{{ file }}{% endfor %}")
    names = "str([item.name for item in Path(self.path).iterdir()])"
    edit(engine / "plugin.py", '"SITESUBTITLE": campaign.summary', f'"SITESUBTITLE": {names}')
    zone = "*__import__('time').tzname"
    end = 'f"</{root}>"'
    edit(engine / "routes" / "sitemap.py", end, f'{end}, "<!--", {zone}, "-->"')
    edit(engine / "routes" / "__init__.py", 'site.words.text("not_found_title")', "__file__")
    files = {"act/index.html", "letter/index.html", "updates/atom.xml", "sitemap.xml", "404.html"}
    assert set(reproducible.check(replace(site, project=root))) == {
        Finding(file, "two builds of the same sources differ") for file in files
    }


def test_builds_that_are_the_same_are_left_in_peace(site: Site, tmp_path: Path) -> None:
    """The theme and the engine as they are give the same bytes on two machines."""
    project = make_project(tmp_path, SITES / "full")
    assert list(reproducible.check(replace(site, project=project.root))) == []


def test_a_build_that_fails_is_told_of(site: Site, tmp_path: Path) -> None:
    """Where one machine cannot build at all, its reason is the finding."""
    root = make_project(tmp_path, SITES / "minimal").root
    edit(root / "theme" / "templates" / "home.html", "campaign.summary", "campaign.sumary")
    (finding,) = reproducible.check(replace(site, project=root))
    assert finding.page == "output"
    assert "theme/templates/home.html" in finding.message


def test_a_file_of_one_build_only_is_found(tmp_path: Path) -> None:
    """A file that the other build does not have is a difference too."""
    write(tmp_path / "one" / "index.html", "The same")
    write(tmp_path / "other" / "index.html", "The same")
    write(tmp_path / "other" / "letter" / "index.html", "Once")
    assert list(reproducible.differences(tmp_path / "one", tmp_path / "other")) == [
        Finding("letter/index.html", "only one of two builds has this file")
    ]
