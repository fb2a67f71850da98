"""validate.read_schema(): a schema at which Frictionless breaks off when it reads a row is named before."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.small_package import TEXTS, said_of, said_of_large, write_package

USED = "datapackage.yaml: The schema of “t” cannot be used: "
MANY = "a cell with more than one value can be neither a key nor unique"
ZONES = (
    "A time with a zone cannot be compared with one without, or the other way round. "
    "Write the times and the limits of their column all with a zone, or all without."
)
SIZES = ("small", "large")


def said(size: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    return said_of(folder) if size == "small" else said_of_large(folder, monkeypatch)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ({"type": "integer", "constraints": {"minimum": "a"}}, 'minimum "a" is no value of type "integer"'),
        ({"type": "integer", "constraints": {"maximum": 3.5}}, 'maximum "3.5" is no value of type "integer"'),
        ({"type": "number", "constraints": {"minimum": "1,5"}}, 'minimum "1,5" is no value of type "number"'),
        ({"type": "number", "constraints": {"maximum": float("nan")}}, 'maximum "nan" is no value of type "number"'),
        ({"type": "date", "constraints": {"minimum": "2019"}}, 'minimum "2019" is no value of type "date"'),
        ({"constraints": {"pattern": "\\p{L}+"}}, "bad escape \\p at position 1"),
        ({"constraints": {"pattern": "("}}, "missing ), unterminated subpattern at position 1"),
        ({"constraints": {"pattern": "x(?i)"}}, "global flags not at the start of the expression at position 2"),
        ({"constraints": {"pattern": "a{99999999999}"}}, "the repetition number is too large"),
        ({"constraints": {"pattern": "(" * 3000 + ")" * 3000}}, "maximum recursion depth exceeded"),
        ({"format": "wkt"}, 'Please install "frictionless[wkt]"'),
        ({"type": "list", "constraints": {"unique": True}}, MANY),
        ({"type": "list", "delimiter": ""}, "empty separator"),
    ],
)
def test_a_constraint_that_cannot_be_asked_is_named(
    words: Mapping[str, Any], reason: str, size: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_package(tmp_path, {"fields": [TEXTS[0], {"name": "x", **words}]}, "a,5\n")
    (problem,) = said(size, tmp_path, monkeypatch)
    assert problem.startswith(f'{USED}field "x": {reason}')
    assert problem.endswith(". Correct the schema.")


def test_a_profile_that_is_no_address_is_named(tmp_path: Path) -> None:
    write_package(tmp_path, {"$schema": {"x": 1}})
    (problem,) = said_of(tmp_path)
    assert problem.startswith(USED)


@pytest.mark.parametrize("size", SIZES)
def test_a_list_is_no_primary_key(size: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_package(tmp_path, {"fields": [TEXTS[0], {"name": "x", "type": "list"}], "primaryKey": ["x"]})
    assert said(size, tmp_path, monkeypatch) == [f'{USED}field "x": {MANY}. Correct the schema.']


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize(
    "words",
    [
        {"type": "integer", "constraints": {"minimum": "1", "maximum": 9}},
        {"type": "number", "constraints": {"minimum": 0.5, "maximum": float("inf")}},
        {"type": "string", "constraints": {"pattern": "[0-9]", "minLength": 1, "enum": ["5", "6"]}},
        {"type": "list", "constraints": {"maxLength": 3}, "itemType": "integer"},
    ],
)
def test_constraints_that_can_be_asked_are_no_fault(
    words: Mapping[str, Any], size: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_package(tmp_path, {"fields": [TEXTS[0], {"name": "x", **words}]}, "a,5\n")
    assert said(size, tmp_path, monkeypatch) == []


@pytest.mark.parametrize("size", SIZES)
def test_a_time_with_a_zone_beside_a_limit_without_one_is_named(
    size: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    limit = {"name": "x", "type": "datetime", "constraints": {"minimum": "2019-01-01T00:00:00"}}
    write_package(tmp_path, {"fields": [TEXTS[0], limit]}, "a,2019-02-03T10:00:00\nb,2019-02-03T10:00:00Z\n")
    assert said(size, tmp_path, monkeypatch) == [f"t.csv, line 3: {ZONES}"]
