"""foreign_keys.py: keys written in either form of Table Schema are checked; those that lead nowhere are named."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.small_package import TEXTS, said_of, said_of_large, write_package

FILE = "datapackage.yaml: "
NO_RECORD = "points at a record that does not exist in u.csv. Add the record there, or correct the value here."
NO_COLUMN = (
    "datapackage.yaml: A foreign key of “t” names the column “nope”, which “{}” does not have. Correct the schema."
)
MANY = "A foreign key of “t” names the column “x” of “t”, which holds more than one value in a cell."


def schema(ours: Any, theirs: Any, x: str = "string", target: str | None = "u") -> dict[str, Any]:
    """Of the table `t`, whose column x has a type, with one foreign key."""
    reference = {"fields": theirs} if target is None else {"resource": target, "fields": theirs}
    return {"fields": [TEXTS[0], {"name": "x", "type": x}], "foreignKeys": [{"fields": ours, "reference": reference}]}


@pytest.mark.parametrize("ours", ["x", ["x"]])
@pytest.mark.parametrize("theirs", ["id", ["id"]])
@pytest.mark.parametrize("size", ["small", "large"])
def test_a_single_column_may_stand_without_a_list(
    ours: Any, theirs: Any, size: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_package(tmp_path, schema(ours, theirs), "a,1\nb,nowhere\n")
    found = said_of(tmp_path) if size == "small" else said_of_large(tmp_path, monkeypatch)
    assert found == [f"t.csv, line 3, column x: “nowhere” {NO_RECORD}"]


def test_a_key_without_a_resource_points_at_its_own_table(tmp_path: Path) -> None:
    write_package(tmp_path, schema("x", "id", target=None), "a,b\nb,a\n")
    assert said_of(tmp_path) == []


@pytest.mark.parametrize(
    ("ours", "theirs", "expected"),
    [
        ("nope", "id", [NO_COLUMN.format("t")]),
        ("x", "nope", [NO_COLUMN.format("u")]),
        (["x", "nope"], ["id", "x"], [NO_COLUMN.format("t")]),
        (
            ["id", "x"],
            ["id"],
            [f"{FILE}A foreign key of “t” names “id, x” here, but “id” in “u”: not one for each. Correct the schema."],
        ),
    ],
)
def test_a_key_that_cannot_be_looked_up_is_named(ours: Any, theirs: Any, expected: list[str], tmp_path: Path) -> None:
    write_package(tmp_path, schema(ours, theirs))
    assert said_of(tmp_path) == expected


def test_a_key_of_a_table_that_is_not_listed_is_named_although_its_column_is_not_there(tmp_path: Path) -> None:
    write_package(tmp_path, schema("nope", "id", target="w"))
    assert said_of(tmp_path) == [
        f"{FILE}The column “nope” of “t” refers to the table “w”, which is not listed. "
        "List that table under “resources”, or correct the schema."
    ]


@pytest.mark.parametrize("ours", [[], [5], {"x": "y"}, 5, None])
def test_a_key_of_another_form_is_no_key(ours: Any, tmp_path: Path) -> None:
    write_package(tmp_path, schema(ours, ["id"]))
    (problem,) = said_of(tmp_path)
    assert problem.startswith(f"{FILE}The table “t” or its schema is not written as a Table Schema.")


@pytest.mark.parametrize("references", [["u"], 5, {"table": "u"}])
def test_a_reference_of_another_form_is_none(references: Any, tmp_path: Path) -> None:
    write_package(tmp_path, {"fields": [TEXTS[0], {**TEXTS[1], "references": references}]})
    (problem,) = said_of(tmp_path)
    assert problem.startswith(f"{FILE}The table “t” or its schema is not written as a Table Schema.")


def test_a_list_is_no_key(tmp_path: Path) -> None:
    write_package(tmp_path, schema("x", "id", x="list"))
    assert said_of(tmp_path) == [f"{FILE}{MANY} Take the key out; “references: u” at the column says the same."]


@pytest.mark.parametrize("size", ["small", "large"])
def test_a_number_is_not_the_text_of_its_digits(size: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_package(tmp_path, schema("x", "id", x="integer"), "a,1\n")
    found = said_of(tmp_path) if size == "small" else said_of_large(tmp_path, monkeypatch)
    assert found == ["t.csv, line 2, column x: “1” points at a record that does not exist in u.csv. Did you mean “1”?"]
