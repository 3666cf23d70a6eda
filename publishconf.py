"""Pelican's settings for publishing: as in a preview, but at the address of the published site."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from pelicanconf import *  # noqa: F403 (Pelican's own way of building one settings file on another)

CAMPAIGN_PREVIEW = False
