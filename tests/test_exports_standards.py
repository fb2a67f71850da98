"""What all standards share: their tables name real columns, documents are filled from them, schemas are obeyed."""

from __future__ import annotations

from typing import Any

import pytest

from portal.errors import BuildError
from portal.exports import STANDARDS, Job
from portal.exports.standards import Mapped, Standard, make_filler, require_valid

TABLE = (
    Mapped("title", "grants.title", lambda item: item.get("title")),
    Mapped("period/start", "grants.planned_start", lambda item: item.get("start")),
    Mapped("places[]/code", "grants.place", lambda item: item.get("place")),
    Mapped("places[]/name", "places.name", lambda item: item.get("name")),
    Mapped("count", "", lambda item: item.get("count")),
)


@pytest.mark.parametrize("standard", [standard for standard, _ in STANDARDS], ids=lambda standard: standard.key)
def test_a_table_names_columns_that_exist(standard: Standard, job: Job) -> None:
    """A column, a text in several languages without its ending, or a member of the package's own description."""
    columns = {f"{resource.name}.{field.name}" for resource in job.resources for field in resource.fields}
    columns |= {name.rpartition("_")[0] for name in columns if name.endswith(f"_{job.settings.languages[0]}")}
    members = {f"datapackage.{name}" for name in job.package.descriptor}
    members |= {f"datapackage.resources.{name}" for item in job.package.descriptor["resources"] for name in item}
    named = {name.strip() for _, rows in standard.mapping for row in rows for name in row.ours.split(",")} - {""}
    assert named - columns - members == set()
    assert named


def test_the_keys_of_standards_are_their_addresses_and_differ() -> None:
    assert [standard.key for standard, _ in STANDARDS] == ["360giving", "ocds", "iati", "dcat-ap"]


@pytest.mark.parametrize(
    ("item", "document"),
    [
        ({"title": "A", "start": "2025"}, {"title": "A", "period": {"start": "2025"}}),
        ({"place": "X", "name": "Y"}, {"places": [{"code": "X", "name": "Y"}]}),
        ({"title": "", "count": 0}, {"count": 0}),
        ({}, {}),
    ],
)
def test_a_document_holds_what_has_a_value(item: dict[str, Any], document: dict[str, Any]) -> None:
    assert make_filler(TABLE)(item) == document


def test_a_part_of_a_document_is_filled_by_the_paths_below_it() -> None:
    rows = (Mapped("awards[]/id", "grants.id", lambda item: item), Mapped("awards[]/value/amount", "", lambda _: 5))
    assert make_filler(rows, "awards[]/")("G-1") == {"id": "G-1", "value": {"amount": 5}}


def test_what_a_schema_refuses_fails_with_where_and_what_to_do() -> None:
    with pytest.raises(BuildError) as error:
        require_valid({"tag": ["award"]}, "ocds/release-schema.json", "data/x.json")
    assert str(error.value).startswith("data/x.json would not be valid by its standard, at the top: ")
    assert "Correct the record that it was made from" in str(error.value)
