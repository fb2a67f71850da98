"""`make release`: gives the records a version and writes them down for good."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from ..cells import csv_line, number_text
from ..errors import DataError, Problem, say
from ..exports import ADDRESS_FREE, Download, Job, write_exports
from ..exports.job import FOLDER as DOWNLOADS
from ..exports.to_package import write as write_package
from ..i18n import Translations
from ..model import Figures
from ..pipeline import Portal, read_portal
from ..settings import Settings
from .model import Change, Kind, Release
from .pending import pending_changes
from .read import CHANGES, CHECKSUMS, FOLDER, MANIFEST, file_digest
from .reasons import give_reasons, next_version, read_reasons
from .refuse import require_clean, require_new, require_reasons

CHANGES_CSV = "changes.csv"


def make_release(settings: Settings, day: date, version: str = "") -> Release:
    """Write data/releases/<version>/ and return it. `version` is chosen when it is empty.

    Raises DataError with what is in the way: records that fail the checks, a checkout with changes that are not
    committed, a version that exists, nothing new, changes without a reason.
    """
    require_clean(settings.data)
    portal = read_portal(settings, day)
    version = version or next_version(settings.data, portal.releases, day)
    require_new(version, portal.releases)
    if portal.releases and not portal.pending:
        what = say("Nothing has changed since the release “{version}”.", version=portal.releases[-1].version)
        raise DataError([Problem(what, say("There is nothing to release."))])
    reasons = read_reasons(settings.data, version, settings.languages)
    pending = portal.pending if portal.releases else pending_changes((), portal.tables)
    changes = tuple(give_reasons(pending, reasons))
    require_reasons(changes, reasons, version, settings.languages[0])
    return _write(portal, settings, version, changes)


def write_changes(folder: Path, version: str, changes: Iterable[Change], languages: tuple[str, ...]) -> None:
    """changes.csv and changes.json: what changed since the release before, and why."""
    changes = tuple(changes)
    columns = ("resource", "id", "change", "field", "before", "after", *(f"reason_{code}" for code in languages))
    with (folder / CHANGES_CSV).open("w", encoding="utf-8", newline="") as stream:
        stream.write(csv_line(columns, "\n"))
        for change in changes:
            said = dict(change.reason.versions)
            cells = (change.resource, change.id, change.kind, change.field, change.before, change.after)
            stream.write(csv_line([*(cell or "" for cell in cells), *(said.get(code, "") for code in languages)], "\n"))
    _write_json(folder / CHANGES, {"version": version, "changes": [_as_json(change) for change in changes]})


def _write(portal: Portal, settings: Settings, version: str, changes: tuple[Change, ...]) -> Release:
    day = date.fromisoformat(version.rpartition(".")[0])
    target = settings.data / FOLDER / version
    target.parent.mkdir(exist_ok=True)
    release = Release(version, day, target, {}, changes)
    released = replace(portal, releases=(*portal.releases, release), pending=())
    job = Job(released, replace(settings, site_url=""), Translations(settings.translations), day)
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=".") as building:
        everything = write_exports(job, Path(building) / "everything", left_out=("Releases",))
        files = list(write_package(job, _folder(Path(building) / "package"), ()))
        folder = Path(building) / "package" / DOWNLOADS
        write_changes(folder, version, changes, settings.languages)
        _write_json(folder / MANIFEST, _manifest(job, changes, files, everything))
        names = sorted(path.name for path in folder.iterdir())
        sums = "".join(f"{file_digest(folder / name)}  {name}\n" for name in names)
        (folder / CHECKSUMS).write_text(sums, encoding="utf-8", newline="\n")
        shutil.move(folder, target)
    return replace(release, manifest=json.loads((target / MANIFEST).read_text(encoding="utf-8")))


def _folder(path: Path) -> Path:
    (path / DOWNLOADS).mkdir(parents=True)
    return path


def _manifest(
    job: Job, changes: tuple[Change, ...], files: list[Download], everything: Iterable[Download]
) -> dict[str, Any]:
    *before, release = job.portal.releases
    previous = before[-1] if before else None
    return {
        "version": release.version,
        "date": release.day.isoformat(),
        "name": job.name,
        "title": dict(job.package.title.versions),
        "licenses": job.licenses,
        "previous": previous and {"version": previous.version, "sha256": file_digest(previous.folder / MANIFEST)},
        "rows": {name: len(table.records) for name, table in job.portal.tables.items()},
        "totals": _totals(job.portal.catalog.figures.get(("all", ""), Figures())),
        "changes": _counts(changes),
        "files": [
            {"path": Path(file.path).name, "bytes": file.size, "sha256": file.sha256, "rows": file.rows}
            for file in files
        ],
        # Files made of the same records for the site: their bytes do not depend on its address.
        "published": [
            {"path": file.path, "bytes": file.size, "sha256": file.sha256}
            for file in sorted(everything, key=lambda file: file.path)
            if file.format in ADDRESS_FREE
        ],
    }


def _totals(figures: Figures) -> dict[str, Any]:
    """As the home page counts: announced grants apart, joint sums apart, a sum a currency."""
    return {
        "grants": figures.grants,
        "announced": figures.announced,
        "grants_with_amount": figures.with_amount,
        "awarded": {money.currency: number_text(money.amount) for money in figures.awarded},
        "joint_sums": [
            {"id": joint.id, "amount": number_text(joint.money.amount), "currency": joint.money.currency}
            for joint in figures.joint
        ],
    }


def _counts(changes: Iterable[Change]) -> dict[str, dict[str, int]]:
    """Table -> how many of its records were added, changed and removed."""
    records = Counter((change.resource, change.kind) for change in {(c.resource, c.id): c for c in changes}.values())
    tables = dict.fromkeys(resource for resource, _ in records)
    kinds: tuple[Kind, ...] = ("added", "changed", "removed")
    return {name: {kind: records[name, kind] for kind in kinds if records[name, kind]} for name in tables}


def _as_json(change: Change) -> dict[str, Any]:
    return {
        "resource": change.resource,
        "id": change.id,
        "change": change.kind,
        "field": change.field,
        "before": change.before,
        "after": change.after,
        "reason": dict(change.reason.versions),
    }


def _write_json(path: Path, document: Mapping[str, Any]) -> None:
    text = json.dumps(document, ensure_ascii=False, indent=1)
    path.write_text(text + "\n", encoding="utf-8", newline="\n")
