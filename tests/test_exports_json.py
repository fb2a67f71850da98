"""The lines of a JSON file: made for a table at once, they are those that each record has on its own."""

from __future__ import annotations

from decimal import Decimal

from portal.exports import Job
from portal.exports.columns import VALUES_KEPT
from portal.exports.to_json import json_line, make_json_line
from tests.exports_of_tiny import with_more

AWKWARD = (
    {"id": "T-1", "title_en": 'one\r\ntwo "three", \u2028', "amount_awarded": Decimal("-0")},
    {"id": "T-2", "amount_awarded": Decimal("0.00"), "people_planned": 0},
    {"id": "T-3", "amount_awarded": Decimal("12345678901234567.89"), "people_planned": 1},
    {"id": "T-4", "amount_awarded": Decimal("1E+6")},
    {"id": "T-5", "amount_awarded": Decimal("1000000.00")},
)


def test_a_line_is_the_same_for_one_record_and_for_many(job: Job) -> None:
    awkward = with_more(job, "grants", *AWKWARD)
    for resource in awkward.resources:
        line = make_json_line(resource)
        for record in awkward.rows[resource.name]:
            assert line(record) == json_line(record)


def test_more_values_than_are_remembered_are_written_all_the_same(job: Job) -> None:
    many = with_more(job, "grants", *({"id": f"M-{number}"} for number in range(VALUES_KEPT + 10)))
    line = make_json_line(many.package.by_name["grants"])
    lines = [line(record) for record in many.rows["grants"]]
    assert lines == [json_line(record) for record in many.rows["grants"]]
    assert sum('"id": "M-' in text for text in lines) == VALUES_KEPT + 10
