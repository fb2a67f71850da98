"""Everything that Ashar makes, with a page for every grant."""

import pelicanconf
from pelicanconf import *  # noqa: F403  (Pelican reads the settings from the names of this module)

PORTAL = {**pelicanconf.PORTAL, "grant_pages": 10_000_000, "host_octets": 0}
