"""A package of two tables that a test writes: `t` (id, x), and `u` (id, x) that its foreign keys may point at."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest
import yaml

from portal.errors import DataError
from portal.load import load_tables
from portal.package import read_package
from portal.validate import validate_tables

TEXTS: Sequence[Mapping[str, Any]] = ({"name": "id", "type": "string"}, {"name": "x", "type": "string"})


def write_package(
    folder: Path,
    schema: Mapping[str, Any],
    rows: str = "a,1\n",
    said: Mapping[str, Any] = MappingProxyType({}),
    others: Sequence[Mapping[str, Any]] = (),
) -> None:
    """Write the package: the schema of `t` (with TEXTS as its fields where none are given), its rows and its words."""
    (folder / "schemas").mkdir(exist_ok=True)
    for name, content in (("t", {"fields": [*TEXTS], **schema}), ("u", {"fields": [*TEXTS]})):
        (folder / f"schemas/{name}.yaml").write_text(yaml.safe_dump(content), encoding="utf-8")
    (folder / "t.csv").write_text(f"id,x\n{rows}", encoding="utf-8")
    (folder / "u.csv").write_text("id,x\n1,one\n2,two\n", encoding="utf-8")
    tables = [{"name": name, "path": f"{name}.csv", "schema": f"schemas/{name}.yaml"} for name in ("t", "u")]
    descriptor = {"resources": [{**tables[0], **said}, tables[1], *others]}
    (folder / "datapackage.yaml").write_text(yaml.safe_dump(descriptor), encoding="utf-8")


def said_of(folder: Path) -> list[str]:
    """What is wrong with the package, its schemas and its records."""
    try:
        validate_tables(load_tables(read_package(folder, ("en",))))
    except DataError as error:
        return [str(problem) for problem in error.problems]
    return []


def said_of_large(folder: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The same where every table stays in its store."""
    monkeypatch.setattr("portal.load.LARGE", 0)
    return said_of(folder)
