"""Every setting of the site. What is about this country stands here, in data/ and in content/, not in the code."""

import os
from pathlib import Path
from typing import Any

BASE = Path(__file__).resolve().parent

PORTAL: dict[str, Any] = {
    "name": {
        "ky": "Кыргызстандагы социалдык гранттар",
        "ru": "Социальные гранты Кыргызстана",
        "en": "Social grants of Kyrgyzstan",
    },
    "languages": ("ky", "ru", "en"),
    "data": Path(os.environ.get("PORTAL_DATA", BASE / "data")),
    "translations": BASE / "theme" / "translations",
    "currency": "KGS",
    "currency_names": {"KGS": {"ky": "сом", "ru": "сом", "en": "som"}},
    "language_names": {"ky": {"ky": "кыргызча", "ru": "кыргызский", "en": "Kyrgyz"}},  # Babel says «киргизский»
    "repository": os.environ.get("GITHUB_REPOSITORY", ""),  # “owner/name”; GitHub sets it in a workflow
    "only": os.environ.get("PORTAL_ONLY", ""),  # make site ONLY=grants
    "shard": os.environ.get("PORTAL_SHARD", ""),  # make site SHARD=3/16
    "headline": ("KGT-020", "KGT-007"),  # totals shown large on the home page
    "gap_year": 2019,  # its grants are drawn as squares on the home page: published and not published
    "search_words": BASE / "content" / "search.yaml",  # what people type for what is called otherwise in the records
    "map": "boundaries",  # name of the resource with the outlines of the regions
}

SITENAME = PORTAL["name"]["en"]
SITEURL = ""
PATH = str(BASE / "content")
OUTPUT_PATH = str(BASE / "output")
THEME = str(BASE / "theme")
PLUGIN_PATHS = [str(BASE / "plugins")]
PLUGINS = ["portal"]
CACHE_PATH = str(BASE / ".cache")
TIMEZONE = "Asia/Bishkek"
DEFAULT_LANG = "en"  # only Pelican's own, also in a portal without English; its languages stand in PORTAL

# Pages written by people: content/<language>/pages/<slug>.md becomes /<language>/<slug>.html
READERS = {"html": None, "rst": None}
ARTICLE_PATHS: list[str] = []
PAGE_PATHS = [f"{language}/pages" for language in PORTAL["languages"]]
PATH_METADATA = r"(?P<lang>[a-z-]+)/pages/(?P<slug>[^/]+)\.md"
PAGE_URL = PAGE_LANG_URL = "{lang}/{slug}.html"
PAGE_SAVE_AS = PAGE_LANG_SAVE_AS = "{lang}/{slug}.html"
MARKDOWN = {"extensions": ["markdown.extensions.toc", "markdown.extensions.tables"], "output_format": "html5"}

# Nothing of a blog
DIRECT_TEMPLATES: list[str] = []
AUTHOR_SAVE_AS = CATEGORY_SAVE_AS = TAG_SAVE_AS = ""
FEED_ALL_ATOM = CATEGORY_FEED_ATOM = TRANSLATION_FEED_ATOM = AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = None
STATIC_PATHS = ["images"]  # content/images/map.png is ![A map]({static}/images/map.png) in a page
THEME_STATIC_DIR = "static"
DELETE_OUTPUT_DIRECTORY = False  # the plugin builds beside the old site and swaps at the end
