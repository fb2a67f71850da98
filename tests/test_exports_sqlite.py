"""The SQLite file, read as anybody would: by SQL. Its views say what the site says."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from portal.errors import BuildError
from portal.exports import Job, to_sqlite
from portal.exports.sqlite_views import VIEWS
from portal.model import Figures, Money
from portal.package import Package
from portal.validate import Table
from tests.exports_of_tiny import with_more, with_table
from tests.golden_files import compare_golden

AMOUNTS = {  # identifier of a grant -> its amount as written and as SQLite gives it back
    "N-1": ("1950000.00", 1950000),
    "N-2": ("476300.500", 476300.5),
    "N-3": ("1E+6", 1000000),
    "N-4": ("0.1", 0.1),
    "N-5": ("-0", 0),
    "N-6": ("123456789012.25", 123456789012.25),
}


@pytest.fixture(scope="module")
def database(job: Job, tmp_path_factory: pytest.TempPathFactory) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(write(job, tmp_path_factory.mktemp("output")))) as connection:
        yield connection


def write(job: Job, output: Path) -> Path:
    (output / "data").mkdir(exist_ok=True)
    (download,) = to_sqlite.write(job, output, ())
    assert (download.path, download.format, download.rows) == ("data/fantazia.sqlite", "SQLite", None)
    return output / download.path


def rows(file: Path, sql: str) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(file)) as connection:
        return connection.execute(sql).fetchall()


def test_sqlite_finds_no_fault(database: sqlite3.Connection) -> None:
    assert database.execute("pragma integrity_check").fetchall() == [("ok",)]
    assert database.execute("pragma foreign_key_check").fetchall() == []


def test_every_record_is_in_its_table(job: Job, database: sqlite3.Connection) -> None:
    for resource in job.resources:
        cursor = database.execute(f'select * from "{resource.name}" order by rowid')
        names = [column[0] for column in cursor.description]
        assert names == list(resource.field_names)
        for row, record in zip(cursor.fetchall(), job.rows[resource.name], strict=True):
            for name, cell in zip(names, row, strict=True):
                value = record.values[name]
                if isinstance(value, tuple):
                    assert tuple(json.loads(cell)) == value
                elif isinstance(value, Decimal):
                    assert Decimal(str(cell)) == value
                else:
                    assert cell == (value if value is None or isinstance(value, str | int) else value.isoformat())


def test_keys_and_indexes_are_those_of_the_schema(database: sqlite3.Connection) -> None:
    keys = {(row[3], row[2], row[4]) for row in database.execute("pragma foreign_key_list(payments)")}
    assert keys == {("grant", "grants", "id"), ("source", "sources", "id")}
    assert ("parent", "places", "id") in {
        (r[3], r[2], r[4]) for r in database.execute("pragma foreign_key_list(places)")
    }
    columns = {row[1]: row[2:] for row in database.execute("pragma table_info(grants)")}
    assert columns["id"] == ("TEXT", 1, None, 1)
    assert columns["amount_awarded"] == ("NUMERIC", 0, None, 0)
    assert columns["year"] == ("INTEGER", 1, None, 0)
    plan = database.execute("explain query plan select * from grants where funder = 'x'").fetchall()
    assert "grants_by_funder" in plan[0][3]


def test_a_reference_to_nothing_cannot_be_added(job: Job, tmp_path: Path) -> None:
    with closing(sqlite3.connect(write(job, tmp_path))) as connection:
        connection.execute("pragma foreign_keys = on")
        with pytest.raises(sqlite3.IntegrityError, match="FOREIGN KEY"):
            connection.execute("update payments set \"grant\" = 'no such grant'")


def test_amounts_are_exact(job: Job, tmp_path: Path) -> None:
    more = [{"id": grant, "amount_awarded": Decimal(amount)} for grant, (amount, _) in AMOUNTS.items()]
    found = rows(write(with_more(job, "grants", *more), tmp_path), "select id, amount_awarded from grants")
    assert {grant: amount for grant, amount in found if grant in AMOUNTS} == {
        grant: amount for grant, (_, amount) in AMOUNTS.items()
    }


def test_a_column_with_a_number_that_would_lose_digits_is_text(job: Job, tmp_path: Path) -> None:
    long = with_more(job, "grants", {"id": "N-7", "amount_awarded": Decimal("12345678901234567.89")})
    file = write(long, tmp_path)
    found = dict(rows(file, "select id, amount_awarded from grants where amount_awarded is not null"))
    assert (found["N-7"], found["G-2024-4"]) == ("12345678901234567.89", "1200")


def test_sums_keep_every_cent(job: Job, tmp_path: Path) -> None:
    more = [{"id": f"C-{n}", "year": 2031, "currency": "XTS", "amount_awarded": Decimal("0.10")} for n in range(1000)]
    more.append({"id": "C-L", "year": 2031, "currency": "XTS", "amount_awarded": Decimal("1234567890123")})
    file = write(with_more(job, "grants", *more), tmp_path)
    sql = "select awarded from awarded_by_year where year = 2031"
    assert rows(file, sql) == [(1234567890223,)]  # a plain sum() gives 1234567890222.9446


def test_the_views_say_what_the_site_says(job: Job, database: sqlite3.Connection) -> None:
    kinds = {"year": "year", "funder": "funder", "recipient": "recipient", "program": "program", "place": "place",
             "sphere": "sphere"}  # fmt: skip
    compared = 0
    for kind in kinds:
        found: dict[str, list[tuple[str | None, int, Any]]] = {}
        sql = f"select {kind}, currency, grants, awarded from awarded_by_{kind}"
        for subject, currency, grants, awarded in database.execute(sql):
            found.setdefault(str(subject), []).append((currency, grants, awarded))
        expected = {
            subject: figures
            for (of, subject), figures in job.portal.catalog.figures.items()
            if of == kind and figures.grants
        }
        assert found.keys() == expected.keys(), kind
        for subject, figures in expected.items():
            assert _figures(found[subject]) == _comparable(figures), (kind, subject)
            compared += 1
    assert compared > 10


def _figures(found: list[tuple[str | None, int, Any]]) -> tuple[int, int, set[Money]]:
    awarded = {Money(Decimal(str(amount)), currency) for currency, _, amount in found if currency}
    return sum(grants for _, grants, _ in found), sum(grants for currency, grants, _ in found if currency), awarded


def _comparable(figures: Figures) -> tuple[int, int, set[Money]]:
    return figures.grants, figures.with_amount, set(figures.awarded)


def test_joint_sums_stand_apart(database: sqlite3.Connection) -> None:
    assert database.execute("select * from joint_sums").fetchall() == [
        ("J-1", 60000, "XTS", 2, '["G-2023-2","G-2023-3"]')
    ]
    currencies = database.execute("select sum(awarded) from awarded_by_year where currency = 'XTS'").fetchone()
    single = database.execute("select sum(amount_awarded) from counted_grants where currency = 'XTS'").fetchone()
    assert currencies == single


def test_announced_grants_are_only_in_their_own_view(database: sqlite3.Connection) -> None:
    announced = {row[0] for row in database.execute("select id from announced_grants")}
    assert "G-2024-3" in announced
    counted = {row[0] for row in database.execute("select id from counted_grants")}
    assert announced.isdisjoint(counted)
    assert len(announced | counted) == database.execute("select count(*) from grants").fetchone()[0]


def test_reported_and_held_agree_with_the_pages(job: Job, database: sqlite3.Connection) -> None:
    lines = {line.total_id: (line.reported, line.held) for year in job.portal.catalog.coverage for line in year.lines}
    found = database.execute("select total, reported, held from reported_and_held").fetchall()
    assert {total: (Decimal(str(reported)), held) for total, reported, held in found} == lines
    years = {year.year: (year.reported, year.held) for year in job.portal.catalog.coverage if year.reported}
    found = database.execute("select year, reported, held from reported_and_held_by_year").fetchall()
    assert {year: (Decimal(str(reported)), held) for year, reported, held in found} == years
    entries = {
        (entry.year, entry.organization.id): entry.held
        for year in job.portal.catalog.coverage
        for entry in year.entries
    }
    found = database.execute("select year, organization, held from publishing_by_body").fetchall()
    assert {(year, body): held for year, body, held in found} == entries


@pytest.mark.parametrize("view", sorted(file.stem for file in VIEWS.glob("*.sql")))
def test_every_view_answers_as_it_did(view: str, database: sqlite3.Connection, pytestconfig: pytest.Config) -> None:
    cursor = database.execute(f'select * from "{view}"')
    names = [column[0] for column in cursor.description]
    shown = [name for name in names if view not in ("counted_grants", "announced_grants") or name in ("id", "whole")]
    lines = ["|".join(shown)]
    for row in cursor:
        values = dict(zip(names, row, strict=True))
        lines.append("|".join("" if values[name] is None else str(values[name]) for name in shown))
    compare_golden(pytestconfig, f"exports/sqlite/{view}.txt", "\n".join(lines) + "\n")


@pytest.mark.parametrize("view", sorted(file.stem for file in VIEWS.glob("*.sql")))
def test_every_view_carries_its_question(view: str, database: sqlite3.Connection) -> None:
    (sql,) = database.execute("select sql from sqlite_master where type = 'view' and name = ?", [view]).fetchone()
    assert "?" in next(line for line in sql.splitlines() if line.startswith("-- "))


@pytest.mark.parametrize(
    ("words", "grants"),
    [
        ("vento", {"G-2023-1", "G-2024-2"}),  # Esperanto title
        ("wind AND school", {"G-2023-1", "G-2024-2"}),  # English title
        ("fondajo", {"G-2023-1", "G-2024-2"}),  # the recipient, and ĵ is found as j
        ("title:lamp", {"G-2024-4"}),
    ],
)
def test_words_are_found_in_every_language(words: str, grants: set[str], database: sqlite3.Connection) -> None:
    found = database.execute('select "grant" from grants_search where grants_search match ?', [words])
    assert grants <= {row[0] for row in found}


def test_the_file_says_what_it_is(database: sqlite3.Connection) -> None:
    about = {(name, language): value for name, language, value in database.execute("select * from about")}
    assert about["version", None] == "2025-02-01-unreleased"
    assert about["date", None] == "2025-02-01"
    assert about["title", "eo"] == "Subvencioj de Insulo Fantazia"
    assert ("address", None) not in about  # it is not known
    sql = "select title_eo, title_en from about_columns where \"table\" = 'grants' and \"column\" = 'funder'"
    assert database.execute(sql).fetchall() == [("Donita de", "Given by")]
    sql = 'select title_eo from about_columns where "table" = \'grants\' and "column" is null'
    assert database.execute(sql).fetchall() == [("Subvencioj",)]


def test_the_same_records_give_the_same_bytes(job: Job, tmp_path: Path) -> None:
    first = write(job, tmp_path).read_bytes()
    grants = job.portal.tables["grants"]
    turned = with_table(job, Table(grants.resource, grants.records[::-1]))
    assert write(turned, tmp_path).read_bytes() == first


def test_a_portal_without_payments_has_no_view_of_them(job: Job, tmp_path: Path) -> None:
    left = _without(job, "payments")
    found = {row[0] for row in rows(write(left, tmp_path), "select name from sqlite_master where type = 'view'")}
    assert "awarded_and_paid" not in found
    assert "awarded_by_year" in found


def _without(job: Job, name: str) -> Job:
    package = job.package
    left = Package(
        package.folder,
        package.title,
        package.description,
        tuple(resource for resource in package.resources if resource.name != name),
        package.descriptor,
    )
    tables = {other: table for other, table in job.portal.tables.items() if other != name}
    return replace(job, portal=replace(job.portal, package=left, tables=tables))


@pytest.mark.parametrize("name", ["about", "Grants_Search", "awarded_by_year", "grants_search_data"])
def test_a_table_with_a_name_of_ours_is_refused(name: str, job: Job, tmp_path: Path) -> None:
    terms = job.portal.tables["terms"]
    resource = replace(terms.resource, name=name)
    package = replace(job.package, resources=(*job.package.resources, resource))
    portal = replace(job.portal, package=package, tables={**job.portal.tables, name: Table(resource, terms.records)})
    with pytest.raises(BuildError, match=f"data/fantazia.sqlite has a table or view “{name}” of its own"):
        write(replace(job, portal=portal), tmp_path)
    assert list((tmp_path / "data").iterdir()) == []


def test_without_full_text_search_nothing_is_written(job: Job, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(to_sqlite, "NEEDED_OPTION", "ENABLE_NOTHING")
    with pytest.raises(BuildError, match="has no full-text search"):
        write(job, tmp_path)
    assert list((tmp_path / "data").iterdir()) == []


def test_what_sqlite_refuses_is_said(job: Job, tmp_path: Path) -> None:
    twice = with_more(job, "payments", {"tranche": 3})
    with pytest.raises(BuildError, match=r"cannot be written: UNIQUE constraint failed: payments\.id"):
        write(twice, tmp_path)
    assert list((tmp_path / "data").iterdir()) == []


def test_a_full_disk_is_no_fault_of_a_table(job: Job, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(to_sqlite, "PRAGMAS", (*to_sqlite.PRAGMAS, "max_page_count = 5"))
    with pytest.raises(OSError, match=r"No space left on device: .*/data/fantazia\.sqlite"):
        write(job, tmp_path)
    assert list((tmp_path / "data").iterdir()) == []


def test_a_file_that_cannot_be_written_is_named(job: Job, tmp_path: Path) -> None:
    (tmp_path / "data/fantazia.sqlite").mkdir(parents=True)
    with pytest.raises(OSError, match=r"data/fantazia\.sqlite"):
        write(job, tmp_path)
