"""A built site as a browser reads it: every page by its address, as a tree."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit
from xml.etree.ElementTree import Element

import html5lib

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")


@dataclass(frozen=True)
class Page:
    """A page: its address from the site's root, and the HTML of its file."""

    path: str
    html: str

    @cached_property
    def root(self) -> Element:
        """The page's tree. Raises `html5lib.html5parser.ParseError` at the first error of the HTML."""
        parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
        tree = parser.parse(self.html)
        assert isinstance(tree, Element)
        return tree

    def all(self, *tags: str, **attributes: str) -> list[Element]:
        """Return the elements of these tags, in the page's order, with these attributes."""
        return [
            element
            for element in self.root.iter()
            if element.tag in tags and attributes.items() <= element.attrib.items()
        ]

    def values(self, tag: str, attribute: str) -> list[str]:
        """Return an attribute's values on all elements of a tag that have it."""
        found = (element.get(attribute) for element in self.all(tag))
        return [value for value in found if value is not None]

    def meta(self, name: str) -> str | None:
        """Return the content of a `<meta>` by its name or property."""
        for element in self.all("meta"):
            if name in {element.get("name"), element.get("property")}:
                return element.get("content")
        return None

    @property
    def canonical(self) -> list[str | None]:
        """The addresses that the page names as its own."""
        return [element.get("href") for element in self.all("link", rel="canonical")]

    @property
    def links(self) -> list[str]:
        """Where the page's links lead."""
        return self.values("a", "href")

    @property
    def text(self) -> str:
        """The text of the page, each run of white space as one space."""
        (body,) = self.all("body")
        return words(body)

    @property
    def ids(self) -> list[str]:
        """The names of the places within the page."""
        return [value for element in self.root.iter() if (value := element.get("id"))]

    @property
    def is_redirect(self) -> bool:
        """Whether the page only leads to another."""
        return any(element.get("http-equiv") == "refresh" for element in self.all("meta"))

    @property
    def is_indexed(self) -> bool:
        """Whether search engines may show the page."""
        return "noindex" not in (self.meta("robots") or "")

    def references(self) -> Iterator[tuple[str, str, str]]:
        """Yield the tag, the attribute and the address of all that the page loads or links to."""
        for element in self.root.iter():
            for attribute in ("href", "src", "poster", "data", "action"):
                if (value := element.get(attribute)) is not None:
                    yield str(element.tag), attribute, value
            for candidate in element.get("srcset", "").split(","):
                if candidate.strip():
                    yield str(element.tag), "srcset", candidate.split()[0]


def read_pages(output: Path) -> dict[str, Page]:
    """Read every page of a built site, by its address from the site's root."""
    found = {}
    for file in sorted([*output.rglob("*.html"), *output.rglob("*.htm")]):
        name = file.relative_to(output).as_posix()
        path = f"/{name.removesuffix('index.html')}"
        found[path] = Page(path, file.read_text(encoding="utf-8"))
    return found


def words(element: Element) -> str:
    """Return the text of an element as it is read, each run of white space as one space."""
    return " ".join("".join(_texts(element)).split())


def _texts(element: Element) -> Iterator[str]:
    """Yield the texts within an element, but for those of scripts."""
    if element.tag != "script":
        yield element.text or ""
        for child in element:
            yield from _texts(child)
            yield child.tail or ""


def broken_references(output: Path, pages: dict[str, Page], base: str) -> list[str]:
    """Return each address within the site that leaves out its base path, or leads to nothing that is there."""
    broken = []
    for page in pages.values():
        for tag, _, address in page.references():
            parts = urlsplit(urljoin(base + page.path, address))
            if urlsplit(address).scheme or parts.netloc:
                continue
            path, fragment = unquote(parts.path), unquote(parts.fragment)
            place = path.removeprefix(base)
            file = output / (place.lstrip("/") + ("index.html" if place.endswith("/") else ""))
            if (
                not path.startswith(f"{base}/")
                or not file.is_file()
                or (fragment and fragment not in pages[place].ids)
            ):
                broken.append(f"{page.path}: <{tag}> {address}")
    return broken
