"""The whole line in a few lines: load, validate, check, database, catalog. Read this first."""

from __future__ import annotations

import os
import subprocess
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import duckdb

from .catalog import read_catalog
from .checks import run_checks
from .checks.references import loops
from .database import open_database, store_of
from .errors import DataError, Problem
from .load import load_tables
from .model import Catalog
from .needs import missing_parts
from .package import Package, read_package
from .releases import Change, Release, pending_changes, read_releases
from .settings import Settings
from .validate import Tables, validate_tables


@dataclass(frozen=True, slots=True)
class Portal:
    """Everything that pages and exports are made from."""

    package: Package
    tables: Tables
    database: duckdb.DuckDBPyConnection
    catalog: Catalog
    warnings: tuple[Problem, ...]
    releases: tuple[Release, ...] = ()  # oldest first
    pending: tuple[Change, ...] = ()  # what changed since the last release; empty before the first one

    @property
    def released(self) -> Release | None:
        """The release that the records are; None when they differ from the last one."""
        return self.releases[-1] if self.releases and not self.pending else None


def read_tables(settings: Settings, today: date) -> tuple[Package, Tables, tuple[Problem, ...]]:
    """Load, validate and check the records. Raises DataError with every error; returns the warnings."""
    package, tables = _read_valid(settings)
    return package, tables, _checked(tables, today)


def _read_valid(settings: Settings) -> tuple[Package, Tables]:
    package = read_package(settings.data, settings.languages)
    tables = validate_tables(load_tables(package))
    missing = tuple(missing_parts(tables))
    if missing:
        raise DataError(missing)
    return package, tables


def _checked(tables: Tables, today: date) -> tuple[Problem, ...]:
    problems = run_checks(tables, today)
    if any(problem.level == "error" for problem in problems):
        raise DataError(problems)
    return problems


def read_portal(settings: Settings, today: date) -> Portal:
    """The whole line, from the data folder to the linked records. Raises DataError."""
    package, tables = _read_valid(settings)
    if any(loops(tables, today)):  # in which the views would go round for ever
        _checked(tables, today)
    if store := store_of(tables):
        store.end_writing()
    with ThreadPoolExecutor(1) as beside:  # DuckDB does most of both, and lets Python go on meanwhile
        warnings = beside.submit(_checked, tables, today)
        try:
            releases = read_releases(settings.data)
            pending = beside.submit(lambda: tuple(pending_changes(releases, tables)) if releases else ())
            database = open_database(tables)
            catalog = read_catalog(tables, database, settings.languages)
            return Portal(package, tables, database, catalog, warnings.result(), releases, pending.result())
        except BaseException as error:
            beside.shutdown(wait=False, cancel_futures=True)
            if isinstance(error, Exception):
                warnings.result()  # raises DataError, which goes before all else
            raise


def current_day() -> date:
    """Today, to tell the future from the past; SOURCE_DATE_EPOCH stands in for it where builds must repeat."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    return datetime.fromtimestamp(int(epoch), UTC).date() if epoch else datetime.now(UTC).date()


def released_or_committed(portal: Portal, folder: Path) -> date:
    """The date of the data: of the release, else SOURCE_DATE_EPOCH, else of the last commit or change; no clock."""
    if portal.released:
        return portal.released.day
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    if not epoch:
        command = ["git", "-C", str(folder), "log", "-1", "--format=%ct"]
        try:
            epoch = subprocess.run(command, capture_output=True, text=True, check=False).stdout.strip()
        except FileNotFoundError:  # a machine without git, and a copy of the project without history
            epoch = ""
    if epoch:
        return datetime.fromtimestamp(int(epoch), UTC).date()
    return max((record["changed_on"] for record in portal.tables["grants"].records), default=date(1970, 1, 1))
