"""Makes the pictures of the documentation from the real thing: `python -m audit.pictures`.

`docs/site.webp`, in the README, is the first page as a computer shows it, and beside it the letter
as a telephone does. `docs/components/` has a picture of the examples of each component.
"""

from __future__ import annotations

import sys
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image, ImageOps
from playwright.sync_api import Browser, ViewportSize

from audit import examples
from audit.browser import browser
from audit.site import Site, serve
from campaign.addresses import PATHS
from campaign.build.project import Project
from campaign.commands import build
from campaign.reading.reader import read

ROOT = Path(__file__).parent.parent
FILE = ROOT / "docs" / "site.webp"
COMPONENTS = ROOT / "docs" / "components"
#: The pages, and how wide the screens are that show them, in pixels.
COMPUTER = (PATHS.home, 1120)
TELEPHONE = (PATHS.letter, 360)
HEIGHT = 760
GAP = 32
COMPONENT_WIDTH = 720
EDGE = "#999999"


def main() -> int:
    """Build the site and the examples, take their pictures, and write the files."""
    project = Project(ROOT)
    if status := build.run(project, publish=True):
        return status
    campaign = read(project.content).campaign
    if campaign is None:  # what was just built has one
        return 1
    with serve(project.output, campaign.site, ROOT) as site, browser() as program:
        shown = [_screen(program, site, *it) for it in (COMPUTER, TELEPHONE)]
    _side_by_side(shown).save(FILE, quality=80, method=6)
    _take_components(project.theme)
    return 0


def _take_components(theme: Path) -> None:
    """Take a picture of the first examples of each component."""
    COMPONENTS.mkdir(exist_ok=True)
    published = "https://example.org"
    with TemporaryDirectory() as folder:
        examples.write(Path(folder), published, theme)
        with serve(Path(folder), published, ROOT) as site, browser() as program:
            for component in examples.read(theme):
                path = f"/examples/{component.name}/"
                screen = _screen(program, site, path, COMPONENT_WIDTH, selector="main")
                screen.save(COMPONENTS / f"{component.name}.webp", quality=75, method=6)


def _screen(program: Browser, site: Site, path: str, width: int, selector: str = "") -> Image.Image:
    """Return what a screen shows of a page, from the beginning of what a selector names."""
    size = ViewportSize(width=width, height=HEIGHT)
    with program.new_page(viewport=size, color_scheme="light") as page:
        page.goto(f"{site.origin}{site.base}{path.lstrip('/')}")
        if selector:
            page.locator(selector).evaluate("it => it.scrollIntoView()")
        return ImageOps.expand(Image.open(BytesIO(page.screenshot())), border=1, fill=EDGE)


def _side_by_side(pictures: list[Image.Image]) -> Image.Image:
    """Return pictures in a row, with nothing in the gaps between them."""
    width = sum(it.width for it in pictures) + GAP * (len(pictures) - 1)
    whole = Image.new("RGBA", (width, pictures[0].height))
    left = 0
    for picture in pictures:
        whole.paste(picture, (left, 0))
        left += picture.width + GAP
    return whole


if __name__ == "__main__":
    sys.exit(main())
