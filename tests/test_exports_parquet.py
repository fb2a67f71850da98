"""Parquet read back with DuckDB: the same values as the records, typed, in their order."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest

from portal.errors import BuildError
from portal.exports import Job, to_package, to_parquet
from portal.exports.job import Download
from tests.exports_of_tiny import with_more

AWKWARD = (
    {"id": "T-1", "title_en": 'say "no", then\nstop\r\nand \\ go; 🪁'},
    {"id": "T-2", "title_en": " spaces around "},
    {"id": "T-3", "title_en": "'quoted'"},
    {"id": "T-4", "title_en": "one\rtwo"},
    {"id": "T-5", "title_en": "null", "note_en": "NULL"},
    {"id": "N-1", "amount_awarded": Decimal("476300.500")},
    {"id": "N-2", "amount_awarded": Decimal("-0")},
    {"id": "N-3", "amount_awarded": Decimal("1E+6")},
    {"id": "N-4", "amount_awarded": Decimal("12345678901234567.89")},
)


def write(job: Job, output: Path) -> list[Download]:
    (output / "data").mkdir(exist_ok=True)
    return list(to_parquet.write(job, output, list(to_package.write(job, output, ()))))


def read(file: Path) -> list[dict[str, Any]]:
    with duckdb.connect() as database:
        cursor = database.execute("select * from read_parquet(?)", [str(file)])
        names = [column[0] for column in cursor.description or ()]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def test_every_table_comes_back_as_the_records(job: Job, tmp_path: Path) -> None:
    awkward = with_more(job, "grants", *AWKWARD)
    downloads = write(awkward, tmp_path)
    assert [download.path for download in downloads] == [f"data/{table.name}.parquet" for table in job.resources]
    for download in downloads:
        assert download.resource is not None
        records = awkward.rows[download.resource]
        assert download.rows == len(records)
        expected = [
            {name: list(value) if isinstance(value, tuple) else value for name, value in record.values.items()}
            for record in records
        ]
        assert read(tmp_path / download.path) == expected, download.path


def test_columns_have_types(job: Job, tmp_path: Path) -> None:
    write(job, tmp_path)
    with duckdb.connect() as database:
        described = database.execute("describe from read_parquet(?)", [str(tmp_path / "data/grants.parquet")])
        types = {row[0]: row[1] for row in described.fetchall()}
        codec = database.execute(
            "select distinct compression from parquet_metadata(?)", [str(tmp_path / "data/grants.parquet")]
        ).fetchall()
    assert (types["amount_awarded"], types["year"], types["added_on"]) == ("DECIMAL(24,6)", "BIGINT", "DATE")
    assert (types["partners"], types["decided_on"]) == ("VARCHAR[]", "VARCHAR")
    assert codec == [("ZSTD",)]


def test_the_file_says_what_it_is(job: Job, tmp_path: Path) -> None:
    write(job, tmp_path)
    with duckdb.connect() as database:
        sql = "select decode(key), decode(value) from parquet_kv_metadata(?)"
        about = dict(database.execute(sql, [str(tmp_path / "data/grants.parquet")]).fetchall())
    assert about["table"] == "grants"
    assert about["version"] == "2025-02-01-unreleased"
    assert about["license"] == "CC0 1.0, https://creativecommons.org/publicdomain/zero/1.0/"


def test_the_same_records_give_the_same_bytes(job: Job, tmp_path: Path) -> None:
    first = {download.path: download.sha256 for download in write(job, tmp_path)}
    assert {download.path: download.sha256 for download in write(job, tmp_path)} == first


@pytest.mark.parametrize(
    ("amount", "type_"), [("0.12345678", "DECIMAL(38,8)"), ("0.12345600", "DECIMAL(24,6)"), ("1E+20", "DECIMAL(38,6)")]
)
def test_a_number_with_many_digits_keeps_them_all(amount: str, type_: str, job: Job, tmp_path: Path) -> None:
    write(with_more(job, "grants", {"id": "N-1", "amount_awarded": Decimal(amount)}), tmp_path)
    with duckdb.connect() as database:
        sql = "select amount_awarded, typeof(amount_awarded) from read_parquet(?) where id = 'N-1'"
        assert database.execute(sql, [str(tmp_path / "data/grants.parquet")]).fetchall() == [(Decimal(amount), type_)]


def test_a_number_that_parquet_cannot_hold_is_refused(job: Job, tmp_path: Path) -> None:
    longest = with_more(job, "grants", {"id": "N-1", "amount_awarded": Decimal("0." + "3" * 38)})
    with pytest.raises(BuildError, match=r"the column “amount_awarded”: its numbers have up to .* 38 after it"):
        write(longest, tmp_path)


def test_rows_that_got_lost_are_refused(job: Job, tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    made = list(to_package.write(job, tmp_path, ()))
    lines = (tmp_path / "data/grants.csv").read_text("utf-8").splitlines(keepends=True)
    (tmp_path / "data/grants.csv").write_text("".join(lines[:-1]), "utf-8")
    with pytest.raises(BuildError, match=r"data/grants\.parquet .* 7 of 8 records would be in it"):
        list(to_parquet.write(job, tmp_path, made))
    assert not (tmp_path / "data/grants.parquet").exists()


def test_a_file_that_cannot_be_written_is_named(job: Job, tmp_path: Path) -> None:
    (tmp_path / "data/grants.parquet").mkdir(parents=True)
    with pytest.raises(OSError, match=r"data/grants\.parquet"):
        write(job, tmp_path)


def test_without_the_csv_of_a_table_there_is_no_parquet(job: Job, tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    made = [replace(download, path="elsewhere") for download in to_package.write(job, tmp_path, ())]
    assert list(to_parquet.write(job, tmp_path, made)) == []
