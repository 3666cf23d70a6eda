"""Pelican's settings for a preview. The campaign's own facts are in content/campaign.md."""

import sys
from pathlib import Path

from jinja2 import StrictUndefined

sys.path.insert(0, str(Path(__file__).parent))

PATH = "content"
THEME = "theme"
OUTPUT_PATH = "output"
PLUGINS = ["campaign.plugin"]
CAMPAIGN_PREVIEW = True

# The plugin makes every page: Pelican's own articles, pages, lists and feeds are off.
ARTICLE_PATHS: list[str] = []
PAGE_PATHS: list[str] = []
DIRECT_TEMPLATES: list[str] = []
AUTHOR_SAVE_AS = CATEGORY_SAVE_AS = TAG_SAVE_AS = ""
FEED_ALL_ATOM = CATEGORY_FEED_ATOM = TRANSLATION_FEED_ATOM = AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = (
    None
)

# The plugin says which files are copied, and joins the theme's style sheets and scripts.
STATIC_PATHS: list[str] = []
STATIC_EXCLUDE_SOURCES = False
THEME_STATIC_PATHS: list[str] = []
IGNORE_FILES: list[str] = []

SITEURL = ""
TIMEZONE = "UTC"
# The one locale that every machine has: what is not set up on this one shall not stop a build.
LOCALE = ["C"]
CACHE_CONTENT = False

# A name that a template mistypes is an error, every text is escaped, and a template is read once.
JINJA_ENVIRONMENT = {
    "autoescape": True,
    "auto_reload": False,
    "undefined": StrictUndefined,
    "trim_blocks": True,
    "lstrip_blocks": True,
}
