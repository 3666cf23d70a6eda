"""Markdown to HTML, with what a check must know of the text: its links, images, anchors and mistakes.

`rendering` makes the HTML; `lint` finds what readers would see as rubbish, `lines` the line of each
thing, and `limits` refuses what would take very long.
"""

from campaign.content.markdown.rendering import Body, Reference, render

__all__ = ["Body", "Reference", "render"]
