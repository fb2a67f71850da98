"""A table of a data folder, written as Parquet in the place of its CSV files."""

from __future__ import annotations

from pathlib import Path

import duckdb
import yaml

from portal.package import Resource, read_package
from portal.quote import quoted_name, quoted_text
from portal.screen import typed

DESCRIPTOR = "datapackage.yaml"


def to_parquet(folder: Path, table: str, by: str | None = None, is_typed: bool = True) -> None:
    """Write the records of a table into one Parquet file, or by a column into a folder of partitions.

    Typed columns are days, decimals and so on, as DuckDB knows them; others are text.
    """
    resource = read_package(folder, ("en",)).by_name[table]
    path = f"{table}/" if by else f"{table}.parquet"
    with duckdb.connect() as database:
        columns = [
            f"{typed(field, resource.schema) if is_typed else name} as {name}"
            for field in resource.schema["fields"]
            for name in [quoted_name(field["name"])]
        ]
        files = ", ".join(quoted_text(str(folder / file)) for file in resource.paths)
        rows = f"read_csv([{files}], header = true, all_varchar = true, delim = ',', quote = '\"')"
        divided = f", partition_by ({quoted_name(by)}), overwrite_or_ignore" if by else ""
        target = quoted_text(str(folder / path))
        database.execute(f"copy (select {', '.join(columns)} from {rows}) to {target} (format parquet{divided})")
    for file in resource.paths:
        (folder / file).unlink()
    list_as_parquet(folder, resource, path)


def list_as_parquet(folder: Path, resource: Resource, path: str) -> None:
    """Say in the descriptor that a table is kept as Parquet in a path."""
    descriptor = yaml.safe_load((folder / DESCRIPTOR).read_text(encoding="utf-8"))
    item = next(item for item in descriptor["resources"] if item["name"] == resource.name)
    item |= {"path": path, "format": "parquet"}
    (folder / DESCRIPTOR).write_text(yaml.safe_dump(descriptor, allow_unicode=True, sort_keys=False), encoding="utf-8")
