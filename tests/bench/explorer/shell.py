"""The page of the explorer as the portal makes it, over any index: its words are those of a small synthetic portal."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from tests.bench.explorer.tables import ROOT
from tests.bench.synthetic import write_synthetic

GRANTS = 400  # too many for an index that stands in the page
LANGUAGE = "ru"
PAGE = f"{LANGUAGE}/explore.html"
INDEX = "explore/"


def build_shell(folder: Path) -> Path:
    """Build the site of a small portal; returns its folder."""
    shutil.rmtree(folder, ignore_errors=True)
    data, site = folder / "data", folder / "site"
    write_synthetic(ROOT / "data", data, GRANTS)
    command = [
        sys.executable,
        "-m",
        "pelican",
        "content",
        "-s",
        "pelicanconf.py",
        "-o",
        str(site),
        "--fatal",
        "warnings",
    ]
    environment = {**os.environ, "PORTAL_DATA": str(data)}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(done.stdout + done.stderr)
    return site


def folders(site: Path, index: Path) -> dict[str, Path]:
    """What a host serves: the site, and the index in the place of the site's own."""
    return {"/": site, f"/{INDEX}": index}


def lay_out(folder: Path, served: Mapping[str, Path]) -> Path:
    """The same as one folder on disk, of links."""
    shutil.rmtree(folder, ignore_errors=True)
    (folder / INDEX).mkdir(parents=True)
    for path in served["/"].iterdir():
        if path.name != INDEX.strip("/"):
            (folder / path.name).symlink_to(path)
    words = (served["/"] / INDEX).glob("download.*")
    for path in (*served[f"/{INDEX}"].iterdir(), *words):
        (folder / INDEX / path.name).symlink_to(path)
    return folder
