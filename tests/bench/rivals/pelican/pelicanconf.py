"""Plain Pelican: an article a grant in Markdown, and nothing of a blog beside the articles."""

import json
from pathlib import Path

BASE = Path(__file__).resolve().parent

SITENAME = "Grants"
SITEURL = ""
SITE = json.loads((BASE / "site.json").read_text(encoding="utf-8"))
PATH = str(BASE / "content")
THEME = str(BASE / "theme")
TIMEZONE = "UTC"
DEFAULT_LANG = "en"
ARTICLE_PATHS = ["grants"]
ARTICLE_URL = ARTICLE_SAVE_AS = "en/grants/{slug}.html"
READERS = {"html": None, "rst": None}
JINJA_FILTERS = {"from_json": json.loads}
DIRECT_TEMPLATES: list[str] = []
AUTHOR_SAVE_AS = CATEGORY_SAVE_AS = TAG_SAVE_AS = ""
YEAR_ARCHIVE_SAVE_AS = MONTH_ARCHIVE_SAVE_AS = DAY_ARCHIVE_SAVE_AS = ""
FEED_ALL_ATOM = CATEGORY_FEED_ATOM = TRANSLATION_FEED_ATOM = AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = None
STATIC_PATHS: list[str] = []
THEME_STATIC_PATHS: list[str] = []
TYPOGRIFY = False
LOAD_CONTENT_CACHE = CACHE_CONTENT = False
