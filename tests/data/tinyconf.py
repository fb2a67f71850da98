"""Settings of the second portal: an invented island, other languages, another currency, no map, no release of 2019."""

import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
sys.path.append(str(ROOT))

from pelicanconf import *  # noqa: F403, E402  (Pelican's own way to derive settings)

PORTAL = {
    "name": {"eo": "Donacoj de Fantazio", "en": "Grants of Fantasia"},
    "languages": ("eo", "en"),
    "data": HERE / "tiny",
    "translations": HERE / "translations",
    "currency": "XTS",
    "repository": "fantasia/grants",
    "currency_names": {"XTS": {"eo": "ŝeloj", "en": "shells"}},
}
SITENAME = "Grants of Fantasia"
PATH = str(HERE / "content")
PAGE_PATHS = ["eo/pages", "en/pages"]
