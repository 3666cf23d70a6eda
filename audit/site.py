"""The site under audit: its files, its pages, and a server that shows it as GitHub Pages would."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from http.server import ThreadingHTTPServer
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlsplit

import html5lib

from campaign.commands.site import PageHandler

HTML = "{http://www.w3.org/1999/xhtml}"


@dataclass(frozen=True)
class Page:
    """A page: its path below the site's own, and its file.

    `indexed` is false where the page keeps search engines out, `redirects` where it only leads
    to another.
    """

    path: str
    file: Path
    indexed: bool
    redirects: bool


@dataclass(frozen=True)
class Site:
    """A built site.

    `folder` holds its files; `published` is the address that its pages say they have; `origin`
    is where it is served now, `http://127.0.0.1:PORT`, and `base` the path below that, which
    begins and ends with a slash; `root` is the folder that `/` stands for; `project` is the
    project that it was built from.
    """

    folder: Path
    root: Path
    published: str
    origin: str
    base: str
    project: Path
    pages: tuple[Page, ...]

    @property
    def lasting(self) -> tuple[Page, ...]:
        """The pages that a reader stays on."""
        return tuple(page for page in self.pages if not page.redirects)

    def address(self, page: Page) -> str:
        """Return the address at which a page is served now."""
        return f"{self.origin}{self.base}{page.path.lstrip('/')}"


@contextmanager
def serve(folder: Path, published: str, project: Path) -> Iterator[Site]:
    """Serve a built site below the path of its published address, for as long as the block runs."""
    base = urlsplit(published).path.rstrip("/") + "/"
    with TemporaryDirectory() as temporary:
        root = folder.resolve() if base == "/" else _mount(folder, Path(temporary), base)
        handler = partial(PageHandler, directory=str(root))
        server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            origin = f"http://127.0.0.1:{server.server_port}"
            pages = tuple(_pages(folder))
            yield Site(folder, root, published, origin, base, project, pages)
        finally:
            server.shutdown()
            server.server_close()


def _mount(folder: Path, root: Path, base: str) -> Path:
    """Show a site below a path, and its own page for whatever is missing on the host."""
    place = root / base.strip("/")
    place.parent.mkdir(parents=True, exist_ok=True)
    place.symlink_to(folder.resolve(), target_is_directory=True)
    (root / "404.html").symlink_to(folder.resolve() / "404.html")
    return root


def _pages(folder: Path) -> Iterator[Page]:
    for file in sorted(folder.rglob("*.html")):
        name = file.relative_to(folder).as_posix()
        path = "/" + (name.removesuffix("index.html") if file.name == "index.html" else name)
        metas = list(html5lib.parse(file.read_bytes()).iter(f"{HTML}meta"))
        robots = " ".join(meta.get("content", "") for meta in metas if meta.get("name") == "robots")
        refreshes = any(meta.get("http-equiv", "").lower() == "refresh" for meta in metas)
        yield Page(path, file, "noindex" not in robots, refreshes)
