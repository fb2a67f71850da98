"""What differs in public: absolute addresses. GitHub's workflow sets SITEURL; elsewhere write it here."""

import os
import sys
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parent))

from pelicanconf import *  # noqa: F403  (Pelican's own way to derive settings)

SITEURL = os.environ.get("SITEURL", "").rstrip("/")
