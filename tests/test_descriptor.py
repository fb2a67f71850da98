"""descriptor.py: words of a resource that are not kept to are refused, as Frictionless would follow them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import frictionless
import pytest

from tests.small_package import TEXTS, said_of, write_package

FILE = "datapackage.yaml: "
CSV = 'delimiter: ",", quoteChar: \'"\', doubleQuote: true, skipInitialSpace: false, header: true'
UTF8 = "Allowed values: utf-8, utf8, UTF-8, utf-8-sig."
NEITHER = "which is neither read nor checked. Take it out, or correct the word if it is misspelt."
OUT = (
    "a path of “t”, leads out of the data folder. "
    "Put the file into that folder, and write the path from there, with forward slashes."
)
NAME = (
    "cannot be the name of a resource. "
    "Use small Latin letters, digits, hyphens, underscores and full stops: it becomes the name of a file."
)
LICENCES = "Write a list; each item has one or more of these: name, path, title."


@pytest.mark.parametrize(
    ("word", "value", "expected"),
    [
        ("bytes", 9, f"The resource “t” says “bytes”, {NEITHER}"),
        ("hash", "md5:abc", f"The resource “t” says “hash”, {NEITHER}"),
        ("rows", 5, f"The resource “t” says “rows”, {NEITHER}"),
        ("fields", 7, f"The resource “t” says “fields”, {NEITHER}"),
        ("stats", {"bytes": 3}, f"The resource “t” says “stats”, {NEITHER}"),
        ("compression", "gzip", f"The resource “t” says “compression”, {NEITHER}"),
        ("scheme", "http", f"The resource “t” says “scheme”, {NEITHER}"),
        ("headerRows", [2], f"The resource “t” says “headerRows”, {NEITHER}"),
        ("data", [], f"The resource “t” says “data”, {NEITHER}"),
        ("titel", "T", f"The resource “t” says “titel”, {NEITHER}"),
        ("encoding", "ascii", f"The resource “t” says “encoding: ascii”. {UTF8}"),
        ("format", "tsv", "The resource “t” says “format: tsv”. Allowed values: csv, yaml, parquet."),
        ("format", "CSV", "The resource “t” says “format: CSV”. Allowed values: csv, yaml, parquet."),
        ("type", "json", "The resource “t” says “type: json”. Allowed values: table."),
        ("title", 5, "The resource “t” says “title: 5”. Put the value in quotation marks."),
        ("licenses", "x", f"The resource “t” says “licenses: x”. {LICENCES}"),
        ("licenses", [{"title": "x"}], f"The resource “t” says “licenses: [{{'title': 'x'}}]”. {LICENCES}"),
        (
            "dialect",
            {"delimiter": ";"},
            f"The resource “t” says “dialect: {{'delimiter': ';'}}”. Allowed values: {CSV}.",
        ),
        (
            "dialect",
            {"csv": {"delimiter": ";"}},
            f"The resource “t” says “dialect: {{'csv': {{'delimiter': ';'}}}}”. Allowed values: {CSV}.",
        ),
        ("dialect", "d.json", f"The resource “t” says “dialect: d.json”. Allowed values: {CSV}."),
        ("name", "Bad Name", f"“Bad Name” {NAME}"),
        ("name", "../t", f"“../t” {NAME}"),
        ("name", 5, f"“5” {NAME}"),
        ("path", "../t.csv", f"“../t.csv”, {OUT}"),
        ("path", "/t.csv", f"“/t.csv”, {OUT}"),
        ("path", ["t.csv", "a/../../t.csv"], f"“a/../../t.csv”, {OUT}"),
        ("path", "file:t.csv", f"“file:t.csv”, {OUT}"),
        ("schema", "../t.yaml", f"“../t.yaml”, {OUT}"),
        ("path", [5], "The resource “t” says “path: [5]”. Write the path of a file below the data folder."),
        (
            "path",
            "t.tsv",
            "The resource “t” says “path: t.tsv”. Say under “format” how the file is written: csv, yaml, parquet.",
        ),
    ],
)
def test_a_word_that_is_not_kept_to_is_refused(word: str, value: Any, expected: str, tmp_path: Path) -> None:
    write_package(tmp_path, {}, said={word: value})
    assert said_of(tmp_path) == [FILE + expected]


@pytest.mark.parametrize(
    "said",
    [
        {"type": "table", "format": "csv", "encoding": "utf-8", "profile": "tabular-data-resource"},
        {
            "title": "T",
            "title_ky": "Т",
            "description_eo": "T",
            "mediatype": "text/csv",
            "homepage": "https://a.example",
        },
        {"licenses": [{"name": "CC0-1.0"}], "sources": [{"title": "S", "email": "a@b.example"}]},
        {"dialect": {"delimiter": ",", "quoteChar": '"', "doubleQuote": True, "skipInitialSpace": False}},
        {"dialect": {"csv": {"delimiter": ","}}},
        {"path": ["t.csv"]},
    ],
)
def test_words_that_are_true_of_every_file_may_be_said(said: dict[str, Any], tmp_path: Path) -> None:
    write_package(tmp_path, {}, said=said)
    assert said_of(tmp_path) == []
    assert frictionless.validate(str(tmp_path / "datapackage.yaml")).valid


def test_a_table_listed_twice_is_named(tmp_path: Path) -> None:
    write_package(tmp_path, {}, others=[{"name": "t", "path": "t.csv", "schema": "schemas/t.yaml"}])
    assert said_of(tmp_path) == [f"{FILE}More than one resource is called “t”. Give each a name of its own."]


@pytest.mark.parametrize(
    ("item", "expected"),
    [
        (
            {"path": "f.csv"},
            "“f” is a table and has no schema, so nobody checks it. "
            "Name its schema, or keep the file in another place.",
        ),
        ({"path": "f.txt", "hash": "md5:abc"}, f"The resource “f” says “hash”, {NEITHER}"),
        (
            {"path": ["f.txt"]},
            "The resource “f” says “path: ['f.txt']”. Write the path of a file below the data folder.",
        ),
    ],
)
def test_a_file_that_is_no_table_is_asked_too(item: dict[str, Any], expected: str, tmp_path: Path) -> None:
    write_package(tmp_path, {}, others=[{"name": "f", **item}])
    assert said_of(tmp_path) == [FILE + expected]


def test_a_dialect_of_yaml_names_the_columns_of_the_schema(tmp_path: Path) -> None:
    (tmp_path / "t.yaml").write_text("- id: a\n  x: b\n", encoding="utf-8")
    words: dict[str, Any] = {"path": "t.yaml", "format": "yaml"}
    write_package(tmp_path, {}, said={**words, "dialect": {"yaml": {"keyed": True, "keys": ["id", "x"]}}})
    (tmp_path / "t.csv").unlink()
    assert said_of(tmp_path) == []
    write_package(tmp_path, {}, said={**words, "dialect": {"yaml": {"keyed": True, "keys": ["id"]}}})
    (tmp_path / "t.csv").unlink()
    expected = "The “keys” in the dialect of “t” are not the columns of its schema. They must read: id, x"
    assert said_of(tmp_path) == [FILE + expected]
    write_package(tmp_path, {}, said={**words, "dialect": {"yaml": {"keyed": False}}})
    (problem,) = said_of(tmp_path)
    assert "Allowed values: keyed: true, keys: […]." in problem


@pytest.mark.parametrize("name", ["", 5, None])
def test_a_column_without_a_name_is_told(name: Any, tmp_path: Path) -> None:
    write_package(tmp_path, {"fields": [TEXTS[0], {"name": name, "type": "string"}]})
    assert said_of(tmp_path) == [f"{FILE}Column number 2 of “t” has no name. Correct the schema."]
