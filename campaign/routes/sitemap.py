"""Files for search engines: sitemap.xml and robots.txt."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import partial
from itertools import count, islice
from xml.sax.saxutils import escape

from campaign.addresses import PATHS, Addresses
from campaign.routes.page import File, file_of

#: How many addresses a sitemap may list (sitemaps.org, "Using Sitemap index files").
MOST_ADDRESSES = 50_000


def sitemaps(
    paths: Sequence[str],
    addresses: Addresses,
    taken: Collection[str] = (),
    limit: int = MOST_ADDRESSES,
) -> Iterator[File]:
    """Yield the sitemap of pages, given by their paths: a file, or an index and the files that it names.

    A sitemap lists what is below its own folder, so all are at the top of the site, under the
    first names that no other file has: `taken` are those, in small letters. `limit` is how many
    addresses a file lists at most. Source: sitemaps.org, "Sitemaps XML format".
    """
    if len(paths) <= limit:
        yield File(PATHS.sitemap, partial(_listing, "urlset", "url", paths, addresses))
        return
    starts = range(0, len(paths), limit)
    parts = [paths[start : start + limit] for start in starts]
    names = list(islice(_free_paths(taken), len(parts)))
    yield File(PATHS.sitemap, partial(_listing, "sitemapindex", "sitemap", names, addresses))
    for name, listed in zip(names, parts, strict=True):
        yield File(name, partial(_listing, "urlset", "url", listed, addresses))


def _free_paths(taken: Collection[str]) -> Iterator[str]:
    """Yield `/sitemap-1.xml` and so on, as far as no other file has the name."""
    paths = (PATHS.sitemap.replace(".", f"-{number}.") for number in count(1))
    return (path for path in paths if file_of(path) not in taken)


def robots(addresses: Addresses) -> str:
    """Open every page to every crawler, and name the sitemap (RFC 9309)."""
    return f"User-agent: *\nAllow: /\n\nSitemap: {addresses.absolute(PATHS.sitemap)}\n"


def _listing(root: str, entry: str, paths: Iterable[str], addresses: Addresses) -> str:
    """Return a document that lists paths, each by its absolute address."""
    located = (escape(addresses.absolute(path)) for path in paths)
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<{root} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">',
        *(f"<{entry}><loc>{address}</loc></{entry}>" for address in located),
        f"</{root}>",
    ]
    return "\n".join(lines) + "\n"
