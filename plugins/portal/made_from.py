"""Digests of what pages are made from: of the code, the theme and so on for all of them, of its grants for each."""

from __future__ import annotations

import hashlib
import platform
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path

from .database import query, write_digests
from .digests import Digests
from .exports import Job
from .grants import StoredGrants
from .link.hanging import COLUMNS
from .records import GRANTS
from .releases.read import file_digest, files_below
from .tables import Tables
from .workers import ALL

LIBRARIES = ("babel", "duckdb", "jinja2", "markdown", "markupsafe", "pelican", "xlsxwriter")
ROWS = (GRANTS, *COLUMNS)  # tables whose rows are told apart: the grants, and what hangs on them


def digests_of(job: Job) -> Digests | None:
    """None for a portal that is held in memory: it is small, and all its pages are made at each build."""
    grants = job.portal.catalog.grants
    if not isinstance(grants, StoredGrants):
        return None
    write_digests(job.portal.database, job.portal.tables, list(_hanging_in_memory(job.portal.tables)))
    told = _short(repr(job.portal.warnings).encode())
    subjects = {
        (row["kind"], row["subject"]): f"{row['digest']}{told}"
        for row in query(job.portal.database, "select kind, subject, digest from written.subject_digests")
    }
    found = {row["id"]: row["digest"] for row in query(job.portal.database, "select id, digest from written.digests")}
    return Digests(found, subjects, no_grants=told)


def common_digest(job: Job, content: object, folders: Iterable[Path], but: Collection[str]) -> str:
    """Of the code, the files in some folders, the settings and the records, but for those of the tables `but`."""
    made = hashlib.sha256()
    for text in (platform.python_version(), *(version(name) for name in LIBRARIES)):
        made.update(text.encode())
    for folder in (Path(__file__).parent, job.settings.translations, *folders):
        for path in files_below(folder):
            if "__pycache__" not in path:
                made.update(f"{path}\0{file_digest(folder / path)}\0".encode())
    settings = replace(job.settings, shard=ALL, data=Path(), translations=Path(), search_words=None)
    made.update(repr((settings, job.version, job.data_date, content)).encode())
    if job.settings.search_words:
        made.update(job.settings.search_words.read_bytes())
    for path in _files_of_records(job, but):
        made.update(f"{path}\0{file_digest(job.settings.data / path)}\0".encode())
    return _short(made.digest())


def _files_of_records(job: Job, but: Collection[str]) -> Iterator[str]:
    package = job.package
    apart = {path for name in but if name in package.by_name for path in package.by_name[name].paths}
    for path in files_below(package.folder):
        released = path.split("/")
        if path not in apart and (released[0] != "releases" or released[-1] == "SHA256SUMS"):
            yield path


def _hanging_in_memory(tables: Tables) -> Iterator[tuple[str, str]]:
    """(grant, digest) of each payment, report and so on of a table that is not in the store."""
    for name in COLUMNS:
        for record in tables[name].records if name in tables else ():
            if record["grant"]:
                yield record["grant"], hashlib.md5(repr(record.values).encode(), usedforsecurity=False).hexdigest()


def _short(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:16]
