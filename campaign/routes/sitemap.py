"""Files for search engines: sitemap.xml and robots.txt."""

from __future__ import annotations

from collections.abc import Iterable
from xml.sax.saxutils import escape

from campaign.addresses import PATHS, Addresses


def sitemap(paths: Iterable[str], addresses: Addresses) -> str:
    """List pages by their paths. Source: sitemaps.org, "Sitemaps XML format"."""
    entries = [f"<url><loc>{escape(addresses.absolute(path))}</loc></url>" for path in paths]
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">',
        *entries,
        "</urlset>",
    ]
    return "\n".join(lines) + "\n"


def robots(addresses: Addresses) -> str:
    """Open every page to every crawler, and name the sitemap (RFC 9309)."""
    return f"User-agent: *\nAllow: /\n\nSitemap: {addresses.absolute(PATHS.sitemap)}\n"
