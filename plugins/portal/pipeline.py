"""The whole line in a few lines: load, validate, check, database, catalog. Read this first."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import UTC, date, datetime

import duckdb

from .catalog import read_catalog
from .checks import run_checks
from .database import open_database
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
    package = read_package(settings.data, settings.languages)
    tables = validate_tables(load_tables(package))
    missing = tuple(missing_parts(tables))
    if missing:
        raise DataError(missing)
    problems = run_checks(tables, today)
    if any(problem.level == "error" for problem in problems):
        raise DataError(problems)
    return package, tables, problems


def read_portal(settings: Settings, today: date) -> Portal:
    """The whole line, from the data folder to the linked records. Raises DataError."""
    package, tables, warnings = read_tables(settings, today)
    releases = read_releases(settings.data)
    database = open_database(tables)
    return Portal(
        package=package,
        tables=tables,
        database=database,
        catalog=read_catalog(tables, database, settings.languages),
        warnings=warnings,
        releases=releases,
        pending=tuple(pending_changes(releases, tables)) if releases else (),
    )


def current_day() -> date:
    """Today, to tell the future from the past; SOURCE_DATE_EPOCH stands in for it where builds must repeat."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    return datetime.fromtimestamp(int(epoch), UTC).date() if epoch else datetime.now(UTC).date()
