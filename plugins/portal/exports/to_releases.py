"""The releases as they were made, and each as one archive. Their checksums were verified when they were read."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from ..releases import Release
from .job import FOLDER, Download, Job, describe
from .to_zip import write_zip

INDEX = f"{FOLDER}/releases/index.json"


def write(job: Job, output: Path, _made: Sequence[Download]) -> Iterator[Download]:
    """data/releases/<version>/ for every release, and data/releases/index.json; nothing before the first release."""
    if not job.portal.releases:
        return
    for release in job.portal.releases:
        folder = output / FOLDER / "releases" / release.version
        shutil.copytree(release.folder, folder)
        files = [(path.name, path) for path in release.folder.iterdir()]
        write_zip(folder / archive_name(job.name, release.version), f"{job.name}-{release.version}", files)
    index = {
        "licenses": job.licenses,
        "current": job.version,
        "releases": [_entry(job, release) for release in reversed(job.portal.releases)],
    }
    (output / INDEX).write_text(json.dumps(index, ensure_ascii=False, indent=1) + "\n", encoding="utf-8", newline="\n")
    yield describe(output, INDEX, "Releases", "application/json")


def archive_name(package: str, version: str) -> str:
    """File name of a release as one archive, in the folder of the release."""
    return f"{package}-{version}.zip"


def _entry(job: Job, release: Release) -> dict[str, Any]:
    folder = f"{FOLDER}/releases/{release.version}"
    names = ("manifest.json", "datapackage.json", "changes.csv", "changes.json", "SHA256SUMS")
    return {
        "version": release.version,
        "date": release.day.isoformat(),
        "rows": release.manifest["rows"],
        "totals": release.manifest["totals"],
        "changes": release.manifest["changes"],
        "files": {name: job.address(f"{folder}/{name}", beside=INDEX) for name in names},
        "archive": job.address(f"{folder}/{archive_name(job.name, release.version)}", beside=INDEX),
        "pages": {
            language: job.address(f"{language}/releases/{release.version}.html", beside=INDEX)
            for language in job.settings.languages
        },
    }
