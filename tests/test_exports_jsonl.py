"""JSON Lines: the rows of the JSON files, one a line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from portal.exports import Job, to_json, to_jsonl
from tests.exports_of_tiny import with_more
from tests.golden_files import compare_golden

AWKWARD = {"id": "T-1", "title_en": 'one\r\ntwo\u2028three "four", ]\n"rows": [\n'}


def test_a_line_is_a_row_of_the_json_file(job: Job, tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    awkward = with_more(job, "grants", AWKWARD)
    made = list(to_json.write(awkward, tmp_path, ()))
    downloads = list(to_jsonl.write(awkward, tmp_path, made))
    assert [download.path for download in downloads] == [f"data/{table.name}.jsonl" for table in job.resources]
    for download in downloads:
        lines = (tmp_path / download.path).read_text("utf-8").split("\n")
        assert lines.pop() == ""
        rows = json.loads((tmp_path / f"data/{download.resource}.json").read_text("utf-8"))["rows"]
        assert [json.loads(line) for line in lines] == rows
        assert download.rows == len(rows)


def test_the_file_is_as_it_was(job: Job, tmp_path: Path, pytestconfig: pytest.Config) -> None:
    (tmp_path / "data").mkdir()
    list(to_jsonl.write(job, tmp_path, list(to_json.write(job, tmp_path, ()))))
    compare_golden(pytestconfig, "exports/data/budgets.jsonl", (tmp_path / "data/budgets.jsonl").read_text("utf-8"))


def test_without_the_json_of_a_table_there_are_no_lines(job: Job, tmp_path: Path) -> None:
    assert list(to_jsonl.write(job, tmp_path, ())) == []
