"""Digests of what pages are made from: of the code, the theme and so on for all of them, of its grants for each."""

from __future__ import annotations

import hashlib
import platform
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path

from .database import DIGESTS, SUBJECT_DIGESTS, query, write_digests
from .digests import Digests, short_digest
from .exports import Job
from .grants import StoredGrants
from .link.hanging import HANGING
from .quote import quoted_name
from .records import GRANTS
from .releases.read import file_digest, files_below
from .stored import StoredRecords
from .tables import Tables
from .workers import ALL

LIBRARIES = ("babel", "duckdb", "jinja2", "markdown", "markupsafe", "pelican", "xlsxwriter")
ROWS = (GRANTS, *HANGING)  # tables whose rows are told apart: the grants, and what hangs on them
ELSEWHERE = ("program", "call")  # columns by which a report or document hangs on something else than a grant


def digests_of(job: Job) -> Digests | None:
    """None for a portal that is held in memory: it is small, and all its pages are made at each build."""
    grants = job.portal.catalog.grants
    if not isinstance(grants, StoredGrants):
        return None
    write_digests(job.portal.database, job.portal.tables, list(_hanging_in_memory(job.portal.tables)))
    told = short_digest(job.portal.warnings)
    subjects = {
        (row["kind"], row["subject"]): f"{row['digest']}{told}"
        for row in query(job.portal.database, f"select kind, subject, digest from {SUBJECT_DIGESTS}")
    }
    found = {row["id"]: row["digest"] for row in query(job.portal.database, f"select id, digest from {DIGESTS}")}
    return Digests(found, subjects, no_grants=told)


def common_digest(job: Job, content: object, folders: Iterable[Path], but: Collection[str]) -> str:
    """Of the code, the files in some folders, the settings and the records, but for the rows of the tables `but`.

    What hangs on programs and calls counts always, and so does what depends on the number of grants.
    """
    made = hashlib.sha256()
    for text in (".".join(platform.python_version_tuple()[:2]), *(version(name) for name in LIBRARIES)):
        made.update(text.encode())
    for folder in (Path(__file__).parent, job.settings.translations, *folders):
        for path in files_below(folder):
            if "__pycache__" not in path:
                made.update(f"{path}\0{file_digest(folder / path)}\0".encode())
    settings = replace(job.settings, shard=ALL, data=Path(), translations=Path(), search_words=None)
    made.update(repr((settings, job.version, job.data_date, content, *_limits(job), *_elsewhere(job, but))).encode())
    if job.settings.search_words:
        made.update(job.settings.search_words.read_bytes())
    for path in _files_of_records(job, but):
        made.update(f"{path}\0{file_digest(job.settings.data / path)}\0".encode())
    return made.hexdigest()[:16]


def _files_of_records(job: Job, but: Collection[str]) -> Iterator[str]:
    """Not what Git and others keep in hidden files for themselves, unless the descriptor names it."""
    package = job.package
    apart = {path for name in but if name in package.by_name for path in package.by_name[name].paths}
    for path in sorted({*files_below(package.folder, hidden=False), *package.listed}):
        released = path.split("/")
        if path not in apart and (released[0] != "releases" or released[-1] == "SHA256SUMS"):
            yield path


def _limits(job: Job) -> Iterator[object]:
    """On which side of the limits of the settings the portal is."""
    count, settings = len(job.portal.catalog.grants), job.settings
    yield from (count <= settings.grant_pages, count <= settings.prepared_files, len(job.resources))


def _elsewhere(job: Job, tables: Collection[str]) -> Iterator[object]:
    for name in tables:
        table = job.portal.tables.get(name)
        columns = [column for column in ELSEWHERE if table and name != GRANTS and column in table.resource.by_name]
        if table and columns:
            records = table.records
            if isinstance(records, StoredRecords):
                records = records.where(" or ".join(f"{quoted_name(column)} is not null" for column in columns))
            yield from (repr(record.values) for record in records if any(record[column] for column in columns))


def _hanging_in_memory(tables: Tables) -> Iterator[tuple[str, str]]:
    """(grant, digest) of each payment, report and so on of a table that is not in the store."""
    for name in HANGING:
        for record in tables[name].records if name in tables else ():
            if record["grant"]:
                yield record["grant"], hashlib.md5(repr(record.values).encode(), usedforsecurity=False).hexdigest()
