"""A data folder -> its records as text and its problems, as far as they can be read. Faults stop nothing here."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from ..cells import cell_text
from ..checks import run_checks
from ..errors import DataError, Problem
from ..load import RawTable, Row, load_tables
from ..needs import missing_parts
from ..package import NOT_YAML, Package, Resource, YamlLoader, read_package
from ..releases import state_of
from ..releases.compare import Rows, State
from ..validate import Record, judge_rows, read_schema, validate_tables

Place = tuple[str, int]  # file below the data folder, line
Key = tuple[str, str]  # table, identifier


@dataclass(frozen=True, slots=True)
class Side:
    """The records before or after a change."""

    folder: Path
    package: Package | None  # None when it cannot be read
    state: State
    keys: Mapping[Place, Key]  # where each record was written
    problems: tuple[Problem, ...]
    is_exact: bool  # False: faults keep the tables from being read by the rules, and some cells are as they are written
    is_checked: bool  # False: faults came in the way of the checks, so that warnings are lacking


def read_side(folder: Path, languages: tuple[str, ...], today: date, like: Side | None = None) -> Side:
    """Read the folder. When its descriptor cannot be read, that of `like` says where the tables stand."""
    package: Package | None = None
    try:
        package = read_package(folder, languages)
        raw = load_tables(package)
        tables = validate_tables(raw)
    except DataError as error:
        side = Side(folder, package, {}, {}, error.problems, is_exact=False, is_checked=False)
        known = package or (like and like.package)
        return _as_written(replace(side, package=known), known) if known else side
    problems = tuple(missing_parts(tables))
    is_checked = not problems
    problems = problems or run_checks(tables, today)
    keys = {
        (record.file, record.line): (name, str(record[table.resource.primary_key]))
        for name, table in tables.items()
        for record in table.records
    }
    return Side(folder, package, state_of(tables), keys, problems, is_exact=True, is_checked=is_checked)


def _as_written(side: Side, package: Package) -> Side:
    """The side with the rows that can be found, each cell by the rules where they allow it, else as it stands."""
    state: dict[str, Rows] = {}
    keys: dict[Place, Key] = {}
    for resource in package.resources:
        fields: dict[str, None] = dict.fromkeys(resource.field_names)
        found: dict[str, dict[str, str]] = {}
        for row, cells in _rows(side.folder, resource):
            key = cells.get(resource.primary_key) or ""
            found[key] = cells
            keys[row.file, row.line] = resource.name, key
            fields.update(dict.fromkeys(cells))
        rows = {key: tuple(cells.get(name, "") for name in fields) for key, cells in found.items() if key}
        state[resource.name] = Rows(tuple(fields), rows)
    return replace(side, state=state, keys=keys)


def _rows(folder: Path, resource: Resource) -> Iterator[tuple[Row, dict[str, str]]]:
    """Every row as it is written, and its cells by field: those that the rules know in the form that they give."""
    written = [item for path in resource.paths for item in _read(folder / path, path, resource)]
    rows = tuple(Row(tuple(cells.get(name) for name in resource.field_names), *place) for place, cells in written)
    records: Sequence[Record | None] = (None,) * len(rows)
    wrong: set[tuple[str | None, int | None, str | None]] = set()
    try:
        table, problems = judge_rows(RawTable(resource, rows), read_schema(resource))
        records = table.records
        wrong = {(problem.file, problem.line, problem.column) for problem in problems}
    except DataError:  # the schema is no schema: every cell stays as it is written
        pass
    delimiters = {field.name: field.delimiter for field in resource.fields}
    for row, (_, cells), record in zip(rows, written, records, strict=True):
        texts = {}
        for name, cell in cells.items():
            is_typed = record and record[name] is not None and (row.file, row.line, name) not in wrong
            texts[name] = cell_text(record[name] if record and is_typed else cell, delimiters.get(name))
        yield row, texts


def _read(path: Path, name: str, resource: Resource) -> Iterator[tuple[Place, dict[str, Any]]]:
    """Where each record stands, and its cells by the names in the file. Nothing of a file that is no text."""
    if resource.format == "parquet":
        return
    try:
        text = path.read_bytes().decode("utf-8-sig", errors="replace").replace("\0", "")
    except OSError:
        return
    try:
        yield from _read_yaml(text, name) if resource.format == "yaml" else _read_csv(text, name)
    except (csv.Error, *NOT_YAML):
        return


def _read_csv(text: str, name: str) -> Iterator[tuple[Place, dict[str, Any]]]:
    csv.field_size_limit(max(len(text) + 1, csv.field_size_limit()))
    reader = csv.reader(io.StringIO(text, newline=""))
    header = next(reader, [])
    line = reader.line_num + 1
    for cells in reader:
        yield (name, line), dict(zip(header, cells, strict=False))
        line = reader.line_num + 1


def _read_yaml(text: str, name: str) -> Iterator[tuple[Place, dict[str, Any]]]:
    items = yaml.load(text, YamlLoader)
    for line, item in enumerate(items if isinstance(items, list) else [items], start=1):
        if isinstance(item, dict):
            cells = {str(key): tuple(cell) if isinstance(cell, list) else cell for key, cell in item.items()}
            yield (name, line), cells
