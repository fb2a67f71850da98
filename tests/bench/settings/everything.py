"""Everything that Ashar makes, with a page for every grant."""

import pelicanconf
from pelicanconf import *  # noqa: F403  (Pelican reads the settings from the names of this module)

PORTAL = {**pelicanconf.PORTAL, "grant_pages": 10**7, "prepared_files": 10**7, "all_formats": 10**7, "host_octets": 0}
