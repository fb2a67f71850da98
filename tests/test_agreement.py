"""Schema, model and dictionary agree: what a table holds is what the dataclasses receive and what readers are told."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from portal import model
from portal.needs import NEEDED
from portal.package import Package, read_package

ROOT = Path(__file__).parent.parent
LANGUAGES = ("ky", "ru", "en")
SUFFIXES = tuple(f"_{language}" for language in LANGUAGES)

# table -> its dataclass, and the columns that reach it under another name (or together as one value)
TABLES = {
    "grants": (
        model.Grant,
        {
            "title_basis": "title_is_ours",
            "sphere_basis": "sphere_is_ours",
            "amount_requested": "requested",
            "amount_awarded": "awarded",
            "amount_cofunding": "cofunding",
            "currency": "awarded",
            "amount_group": "joint",
            "source": "sources",
            "also_sources": "sources",
        },
    ),
    "programs": (
        model.Program,
        {
            "title_basis": "title_is_ours",
            "sphere_basis": "sphere_is_ours",
            "source": "sources",
            "also_sources": "sources",
        },
    ),
    "calls": (
        model.Call,
        {
            "title_basis": "title_is_ours",
            "sphere_basis": "sphere_is_ours",
            "currency": "budget",
            "source": "sources",
            "also_sources": "sources",
        },
    ),
    "organizations": (model.Organization, {"source": "sources", "also_sources": "sources"}),
    "places": (model.Place, {"parent": "path", "names_basis": "names_are_ours"}),
    "totals": (model.Total, {"source": "sources", "also_sources": "sources"}),
    "sources": (model.Source, {}),
    "contradictions": (model.Contradiction, {}),
}


@pytest.fixture(scope="module")
def shipped() -> Package:
    return read_package(ROOT / "data", LANGUAGES)


def bare(column: str) -> str:
    return next((column.removesuffix(suffix) for suffix in SUFFIXES if column.endswith(suffix)), column)


@pytest.mark.parametrize("table", TABLES)
def test_every_column_reaches_its_dataclass(shipped: Package, table: str) -> None:
    kind, renamed = TABLES[table]
    known = {field.name for field in dataclasses.fields(kind)}
    columns = {bare(column) for column in shipped.by_name[table].field_names}
    assert {renamed.get(column, column) for column in columns} <= known


def test_every_column_has_a_title_and_a_description_in_every_language(shipped: Package) -> None:
    poor = [
        f"{resource.name}.{field.name} {language}"
        for resource in shipped.resources
        for field in resource.fields
        for language in LANGUAGES
        for text in (field.title, field.description)
        if language not in dict(text.versions)
    ]
    assert poor == []
    words = [field.title.words("ky") != field.title.words("en") for r in shipped.resources for field in r.fields]
    assert sum(words) / len(words) > 0.98  # titles are translated, not repeated (“ISO 3166” is the same everywhere)


def test_every_table_has_a_title_and_a_description_in_every_language(shipped: Package) -> None:
    for resource in shipped.resources:
        assert [language for language, _ in resource.title.versions] == list(LANGUAGES), resource.name
        assert resource.description, resource.name


def test_what_the_pages_need_is_in_the_schemas(shipped: Package) -> None:
    for table, columns in NEEDED.items():
        assert set(columns) <= set(shipped.by_name[table].field_names), table


def test_every_text_column_stands_in_every_language(shipped: Package) -> None:
    for resource in shipped.resources:
        families: dict[str, list[str]] = {}
        for column in resource.field_names:
            if bare(column) != column:
                families.setdefault(bare(column), []).append(column)
        for name, columns in families.items():
            assert sorted(columns) == sorted(f"{name}{suffix}" for suffix in SUFFIXES), resource.name
