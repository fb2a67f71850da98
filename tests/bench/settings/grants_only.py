"""The pages of grants in one language, and nothing else: what is compared with other makers of sites."""

import pelicanconf
from pelicanconf import *  # noqa: F403  (Pelican reads the settings from the names of this module)

PORTAL = {
    **pelicanconf.PORTAL,
    "languages": ("en",),
    "only": "grants",
    "grant_pages": 10_000_000,
    "prepared_files": 10_000_000,  # so that pages link to the file of their year at every size
    "host_octets": 0,
}
PAGE_PATHS = ["en/pages"]
