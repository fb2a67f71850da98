"""Files -> rows that know where they were written. Judges only whether a file can be read as a table."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import yaml

from .csv_rows import take_csv
from .errors import DataError, Problem, say
from .package import DESCRIPTOR, NOT_YAML, Package, Resource, yaml_problem
from .parquet_rows import take_parquet
from .store import LARGE, LONGEST_CELL, Store
from .stored import Selection, StoredRows
from .tables import Row
from .unreadable import long_cell, missing_file, unknown_column

REMEMBERED = 256  # YAML files

__all__ = ["LONGEST_CELL", "RawTable", "Row", "load_tables"]


@dataclass(frozen=True, slots=True)
class RawTable:
    """The rows of a resource, in the order of its files."""

    resource: Resource
    rows: Sequence[Row]  # StoredRows for a large table


def load_tables(package: Package) -> dict[str, RawTable]:
    """Read every file of the package: resource name -> rows. Raises DataError with every file that cannot be read."""
    problems: list[Problem] = list(_unlisted_files(package))
    tables = {}
    store = Store()
    for resource in package.resources:
        if _is_large(package, resource) and take_csv(store, resource, package.folder):
            tables[resource.name] = RawTable(resource, StoredRows(Selection(store, resource)))
            continue
        if resource.format == "parquet":
            problems.extend(take_parquet(store, resource, package.folder))
            tables[resource.name] = RawTable(resource, StoredRows(Selection(store, resource)))
            continue
        read = _read_yaml if resource.format == "yaml" else _read_csv
        rows: list[Row] = []
        for path in resource.paths:
            try:
                rows.extend(read(package.folder / path, path, resource))
                if path != resource.paths[-1]:
                    _require_line_end(package.folder / path, path)
            except DataError as error:
                problems.extend(error.problems)
        tables[resource.name] = RawTable(resource, tuple(rows))
    for item in package.files:
        if not (package.folder / item["path"]).is_file():
            problems.append(missing_file(item["path"]))
    if problems:
        raise DataError(problems)
    return tables


def _is_large(package: Package, resource: Resource) -> bool:
    files = [package.folder / path for path in resource.paths]
    is_whole = resource.format == "csv" and all(path.is_file() for path in files)
    return is_whole and sum(path.stat().st_size for path in files) >= LARGE


def _unlisted_files(package: Package) -> Iterator[Problem]:
    """A file beside listed files would be lost in silence, so it is a fault."""
    listed = {path for resource in package.resources for path in resource.paths}
    listed |= {item["path"] for item in package.files}
    for folder in sorted({str(Path(path).parent) for path in listed}):
        for ending in ("csv", "yaml", "parquet"):
            for file in sorted((package.folder / folder).glob(f"*.{ending}")):
                name = file.relative_to(package.folder).as_posix()
                if name not in listed and name != DESCRIPTOR:
                    yield Problem(
                        say("The file is in the data folder, but no table lists it, so its records would be lost."),
                        say("Add it to a path in {descriptor}, or take it out.", descriptor=DESCRIPTOR),
                        file=name,
                    )


def _require_line_end(path: Path, name: str) -> None:
    """Frictionless and other programs join the files of a table byte by byte, which would tear the last line."""
    if not path.read_bytes().endswith(b"\n"):
        what = say("The last line has no end, so programs would join it to the first line of the next file.")
        raise DataError([Problem(what, say("Press Enter at the end of the last line."), file=name)])


def _read_text(path: Path, name: str) -> str:
    try:
        content = path.read_bytes()
    except (FileNotFoundError, IsADirectoryError):
        raise DataError([missing_file(name)]) from None
    if not content.strip(codecs.BOM_UTF8 + b" \t\r\n"):
        what = say("The file is empty.")
        fix = say(
            "Restore it from the last version that worked; even a table without rows needs its line of column names."
        )
        raise DataError([Problem(what, fix, file=name)])
    wrong = content.find(b"\0")  # UTF-16 is full of zeros, and some of it passes for UTF-8
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        wrong = error.start
    if wrong >= 0:
        what = say("The letters are not stored as UTF-8, so they would come out garbled.")
        fix = say("In Excel, save as “CSV UTF-8”; in LibreOffice choose the character set “Unicode (UTF-8)”.")
        raise DataError([Problem(what, fix, file=name, line=content[:wrong].count(b"\n") + 1)])
    return text


def _read_csv(path: Path, name: str, resource: Resource) -> Iterator[Row]:
    text = _read_text(path, name)
    csv.field_size_limit(max(len(text), LONGEST_CELL))
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    problems: list[Problem] = []
    rows: list[Row] = []
    line = 1
    try:
        problems.extend(_header_problems(next(reader), name, resource))
        line = reader.line_num + 1
        for cells in reader:
            problems.extend(_long_cells(cells, name, line, resource))
            rows.append(Row(tuple(cells), name, line))
            line = reader.line_num + 1
    except csv.Error:
        what = say("A quotation mark is opened and not closed, or stands in the middle of a cell.")
        fix = say('Put the cell in straight quotation marks and double those inside it, as in "the ""Mevo"" project".')
        problems.append(Problem(what, fix, file=name, line=line))
    if problems:
        raise DataError(problems)
    return iter(rows)


def _long_cells(cells: list[str], name: str, line: int, resource: Resource) -> Iterator[Problem]:
    for column, cell in zip(resource.field_names, cells, strict=False):
        if len(cell) > LONGEST_CELL:
            yield long_cell(len(cell), LONGEST_CELL, name, line, column)


def _header_problems(header: list[str], name: str, resource: Resource) -> Iterator[Problem]:
    expected = resource.field_names
    if tuple(header) == expected:
        return
    for delimiter, word in ((";", say("semicolons")), ("\t", say("tabs"))):
        if len(header) == 1 and delimiter in header[0]:
            what = say("The columns are divided by {delimiter}, not by commas.", delimiter=word)
            fix = say("Save the table again as CSV with a comma between the columns.")
            yield Problem(what, fix, file=name, line=1)
            return
    faults = 0
    for column in header:
        if column not in expected:
            faults += 1
            yield unknown_column(column, expected, name, 1)
    for column in expected:
        if header.count(column) != 1:
            faults += 1
            what = (
                say("The column “{column}” is missing.", column=column)
                if column not in header
                else say("The column “{column}” is there {count} times.", column=column, count=header.count(column))
            )
            fix = say("The first line must read: {header}", header=",".join(expected))
            yield Problem(what, fix, file=name, line=1)
    if not faults:
        what = say("The columns stand in another order than in the schema.")
        yield Problem(what, say("The first line must read: {header}", header=",".join(expected)), file=name, line=1)


def _read_yaml(path: Path, name: str, resource: Resource) -> Iterator[Row]:
    """A file holds one record: a list of one mapping, so that the files of a table read as one list."""
    return iter(_yaml_rows(_read_text(path, name), name, resource.field_names))


@lru_cache(maxsize=REMEMBERED)
def _yaml_rows(text: str, name: str, columns: tuple[str, ...]) -> tuple[Row, ...]:
    """The rows of a file. Reading one takes 3 ms, and while Pelican serves, an edit leaves most files as they are."""
    try:
        loader = yaml.SafeLoader(text)  # the C one is ended by the system where many thousand brackets are opened
        node = loader.get_single_node()
        if not isinstance(node, yaml.SequenceNode) or not all(isinstance(i, yaml.MappingNode) for i in node.value):
            what = say("The file must hold one record: names and values, the first after a dash.")
            fix = say("Begin the file with “- id:” and indent the other lines by two spaces.")
            raise DataError([Problem(what, fix, file=name, line=1)])
        rows = []
        problems: list[Problem] = []
        for item in node.value:
            record = {}
            for key, value in item.value:
                line = key.start_mark.line + 1
                column = key.value if isinstance(key, yaml.ScalarNode) else "…"
                if column not in columns:
                    problems.append(unknown_column(column, columns, name, line))
                elif column in record:
                    what = say("“{column}” is written twice.", column=column)
                    problems.append(Problem(what, say("Keep one of the two."), file=name, line=line))
                record[column] = loader.construct_object(value, deep=True)
            rows.append(Row(tuple(record.get(column) for column in columns), name, item.start_mark.line + 1))
    except NOT_YAML as error:
        raise DataError([yaml_problem(error, name)]) from None
    if problems:
        raise DataError(problems)
    return tuple(rows)
