"""The data folder that an import writes: the portal's own tables, schemas and code lists with other records in them.

It is written beside the old one and takes its place at the end, so that an import that fails leaves the old as it was.
"""

from __future__ import annotations

import csv
import io
import json
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import yaml

from ..cells import csv_line
from ..errors import InputError, say
from ..load import RawTable, load_tables
from ..package import DESCRIPTOR, NOT_YAML, Package, Resource
from .code_choices import Row

MARK = "importedFrom"  # in the descriptor of a folder that an import wrote
FORM = "360giving"
REPORTS = "import"  # folder of what the records could not hold
OWN = ("codelists", "grants", "programs", "schemas", REPORTS)  # folders that an import writes anew


def require_free(folder: Path) -> None:
    """Raise InputError unless the folder is new, empty or one that an import wrote."""
    if not folder.exists() and not folder.is_symlink():
        return
    if not folder.is_dir():
        raise InputError(say("{folder} is not a folder. Choose another name.", folder=folder))
    if any(folder.iterdir()) and not _is_marked(folder / DESCRIPTOR):
        raise InputError(
            say(
                "The folder {folder} holds something that no import wrote, so it is left alone. "
                "Choose a new folder, or an empty one.",
                folder=folder,
            )
        )


def _is_marked(descriptor: Path) -> bool:
    try:
        content = yaml.safe_load(descriptor.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, *NOT_YAML):
        return False
    mark = content.get(MARK) if isinstance(content, dict) else None
    return isinstance(mark, dict) and mark.get("format") == FORM


def read_code_lists(package: Package) -> dict[str, RawTable]:
    """The code lists of a package. Raises DataError."""
    lists = tuple(one for one in package.resources if one.is_codelist)
    return load_tables(replace(package, resources=lists, descriptor={"resources": []}))


def earlier_records(folder: Path) -> dict[str, tuple[Row, Row]]:
    """Identifier -> (cells, days) of the grants that the last import wrote; without files there are none."""
    found = {}
    for file in sorted((folder / "grants").glob("*.csv")):
        text = file.read_bytes().decode("utf-8-sig", "replace")
        csv.field_size_limit(max(len(text), 1))
        for row in csv.DictReader(io.StringIO(text, newline="")):
            cells: Row = {name: cell for name, cell in row.items() if name and isinstance(cell, str) and cell}
            days: Row = {name: cells.pop(name) for name in ("added_on", "changed_on") if name in cells}
            if "id" in cells and len(days) == 2:
                found[str(cells["id"])] = (cells, days)
    return found


def cell_texts(row: Row, columns: Mapping[str, str]) -> Row:
    """The row with its lists as text, in the columns that the table has; `columns` is that of its schema."""
    return {
        name: columns[name].join(value) if isinstance(value, list) else value
        for name, value in row.items()
        if name in columns and value
    }


def code_list_rows(package: Package, rows: Mapping[str, Mapping[str, Row]], known: set[str]) -> dict[str, list[Row]]:
    """The rows of the code lists without what points at records that are gone; `known` are the sources that exist.

    A row with a source of its own, such as an act of law, is a fact of the other portal and goes; so does a row that
    cannot do without what it points at. Every other row stays, with that cell empty.
    """
    kept = {name: list(table.values()) for name, table in rows.items()}
    before = -1
    while before != (before := sum(map(len, kept.values()))):
        codes = {name: {row["code"] for row in table} for name, table in kept.items()} | {"sources": known}
        for name in tuple(kept):
            for column in package.by_name[name].fields:
                if not column.refers_to:
                    continue
                there = codes.get(column.refers_to, set())
                goes = column.required or column.refers_to == "sources"
                kept[name] = list(_without_hanging(kept[name], column.name, there, goes))
    return kept


def _without_hanging(rows: list[Row], column: str, there: set[str], goes: bool) -> Iterator[Row]:
    for row in rows:
        if row.get(column, "") in there | {""}:
            yield row
        elif not goes:
            yield {name: cell for name, cell in row.items() if name != column}


def write_folder(
    folder: Path, package: Package, rows: Mapping[str, list[Row]], about: Mapping[str, Any], schemas: Mapping[str, Any]
) -> None:
    """Write a whole package: every table of `package`, its rows or none, its schemas or those given by path.

    Grants are divided into years. `about` is the descriptor without its resources.
    """
    resources = []
    for item in package.descriptor["resources"]:
        resource = package.by_name.get(item["name"])
        if resource is None:  # a map, which is of another country
            continue
        schema = schemas.get(resource.schema_path)
        names = [field["name"] for field in (schema or resource.schema)["fields"]]
        shares = _shares(resource, rows.get(resource.name, []))
        for path, share in shares.items():
            target = folder / path
            target.parent.mkdir(parents=True, exist_ok=True)
            with target.open("w", encoding="utf-8", newline="") as stream:
                stream.write(csv_line(names, "\n"))
                stream.writelines(csv_line([row.get(name, "") for name in names], "\n") for row in share)
        target = folder / resource.schema_path
        target.parent.mkdir(parents=True, exist_ok=True)
        if schema:
            target.write_text(_yaml(schema), encoding="utf-8", newline="\n")
        else:
            shutil.copyfile(package.folder / resource.schema_path, target)
        resources.append(_resource(item, list(shares)))
    write_text(folder / DESCRIPTOR, _yaml({**about, "resources": resources}))


def _shares(resource: Resource, rows: list[Row]) -> dict[str, list[Row]]:
    if resource.is_codelist:
        return {f"codelists/{resource.name}.csv": rows}
    rows = sorted(rows, key=lambda row: str(row["id"]))
    if resource.name != "grants":
        return {f"{resource.name}.csv": rows}
    shares: dict[str, list[Row]] = {}
    for row in sorted(rows, key=lambda row: str(row["year"])):
        shares.setdefault(f"grants/{row['year']}.csv", []).append(row)
    return shares


def _resource(item: Mapping[str, Any], paths: list[str]) -> dict[str, Any]:
    kept = {name: value for name, value in item.items() if name not in ("path", "dialect", "mediatype", "format")}
    place = list(kept).index("schema")
    new = {"path": paths if len(paths) > 1 else paths[0], "format": "csv", "mediatype": "text/csv"}
    return dict([*list(kept.items())[:place], *new.items(), *list(kept.items())[place:]])


def take_place(new: Path, folder: Path) -> None:
    """Put the new folder in the place of the old one, with everything of the old one that no import writes."""
    old = folder.with_name(f".{folder.name}.old")
    shutil.rmtree(old, ignore_errors=True)
    if folder.exists():
        for path in sorted(folder.iterdir()):
            if path.is_dir() and path.name not in OWN:
                shutil.copytree(path, new / path.name, symlinks=True)
            elif path.is_file() and path.suffix not in (".csv", ".yaml"):
                shutil.copy2(path, new / path.name)
        folder.rename(old)
    new.rename(folder)
    shutil.rmtree(old, ignore_errors=True)


def write_json(path: Path, content: Any) -> None:
    """Write JSON that a person can read; numbers come out as they were read."""
    write_text(path, json.dumps(content, ensure_ascii=False, indent=1, default=_number) + "\n")


def write_text(path: Path, text: str) -> None:
    """Write a text; half a surrogate, which no encoding holds, is written as JSON writes it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode("utf-8", "backslashreplace"))


def _number(value: Any) -> int | float | str:
    if value == value.to_integral_value() and value.as_tuple().exponent == 0:
        return int(value)
    plain = float(value)
    return plain if str(value) in (repr(plain), f"{plain:g}") else str(value)


def _yaml(content: Mapping[str, Any]) -> str:
    return yaml.safe_dump(dict(content), sort_keys=False, allow_unicode=True, width=140)
