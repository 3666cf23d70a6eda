"""Markdown to HTML, with what a check must know of the text: its links, images, anchors and mistakes.

HTML in a text is shown as typed and reported, so that what comes out is as safe as what
Python-Markdown itself makes. `body` is what comes of a text; `rendering` makes it, with
`extension` for the library; `lint` finds what readers would see as rubbish, `lines` where each
thing stands, and `limits` what would take very long.
"""

from campaign.content.markdown.body import Body, Reference
from campaign.content.markdown.rendering import render

__all__ = ["Body", "Reference", "render"]
