"""The file that the page loads first: names, dimensions with their counts, totals, ranges, and what is where."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import duckdb

from ..cells import number_text
from .about import FORMAT, LIST, VALUES, About
from .coding import width_of
from .dimensions import DIMENSIONS, Dimension
from .fold import CUT
from .names import cut
from .numbering import COLUMNS, Numbered
from .other_words import without_hyphens
from .row_files import Names
from .words import named_values

NUMBER_TYPES = ("number", "integer")
MOST_RANGES = 6_000  # of a year, region and program: 40 KB after compression; where they are more, of a year and region


def make_meta(
    database: duckdb.DuckDBPyConnection,
    about: About,
    numbered: Numbered,
    *,
    names: Names,
    counts: Mapping[str, list[list[int]]],
    constant: Mapping[str, int | None],
    sources: Mapping[str, Any],
    shards: list[str],
    ids: int,
) -> dict[str, Any]:
    """The content of the file. `counts` are grants by dimension, value and window."""
    return {
        "format": FORMAT,
        "version": about.version,
        "n": numbered.grants,
        "languages": about.languages,
        "rows": about.rows,
        "windows": about.windows(numbered.grants),
        "list": LIST,
        "values": VALUES,
        "cut": CUT,
        "ids": ids,
        "scale": numbered.scale,
        "currency": about.currency,
        "fields": [field.name for field in about.fields],
        "refers": {field.name: field.refers_to for field in about.fields if field.refers_to in names},
        "lists": {field.name: field.delimiter for field in about.fields if field.type == "list"},
        "numbers": [field.name for field in about.fields if field.type in NUMBER_TYPES],
        "names": names,
        "dimensions": [
            _dimension(database, about, numbered, one, counts=counts, constant=constant[one.name]) for one in DIMENSIONS
        ],
        "bands": [str(bound) for bound in numbered.bands],
        "certain": [value for (value,) in database.execute(_CERTAIN).fetchall()],
        "all": _all(database),
        "runs": _runs(database, numbered) if numbered.ranges else None,
        "joint": [[key, number_text(amount), currency, grants] for key, amount, currency, grants in _joint(database)],
        "shards": shards,
        "sources": sources,
    }


def count_values(
    database: duckdb.DuckDBPyConnection, about: About, numbered: Numbered
) -> tuple[dict[str, list[list[int]]], dict[str, int | None]]:
    """Dimension -> value -> grants by window, and dimension -> the value that all grants have, else None."""
    starts = about.windows(numbered.grants)
    window_of = " + ".join(f"cast(number >= {start} as integer)" for start in starts[1:]) or "0"
    counts: dict[str, list[list[int]]] = {}
    constant: dict[str, int | None] = {}
    for one in DIMENSIONS:
        found = [[0] * len(starts) for _ in range(numbered.sizes[one.name])]
        sql = f'select "{one.name}", {window_of} as part, count(*) from explorer_grants group by all'
        for value, window, count in database.execute(sql).fetchall():
            found[value][window] = count
        used = [value for value, by_window in enumerate(found) if any(by_window)]
        counts[one.name] = found
        constant[one.name] = used[0] if len(used) == 1 else 0 if not used else None
    return counts, constant


def _labels(names: list[str], other: str, about: About) -> list[str]:
    """Names by language, and behind the last language other words by which they are found."""
    more = " ".join(filter(None, [other, *without_hyphens(names)])) if any(names) else ""
    return [*names, *[""] * (len(about.languages) - len(names)), more] if more else cut(names)


def _dimension(
    database: duckdb.DuckDBPyConnection,
    site: About,
    numbered: Numbered,
    one: Dimension,
    *,
    counts: Mapping[str, list[list[int]]],
    constant: int | None,
) -> dict[str, Any]:
    size = numbered.sizes[one.name]
    listed = numbered.is_listed(one)
    about: dict[str, Any] = {
        "name": one.name,
        "field": one.field,
        "table": one.table,
        "kind": "listed" if listed else "filed",
        "size": size,
        "width": width_of(size),
        "constant": constant,
    }
    if listed:
        values = named_values(database, one.name, one.table)
        about["values"] = ["", *(key for _, key, _ in values)]
        other = site.other_words.get(one.table or "", {})
        labels = [_labels(names, other.get(key, ""), site) for _, key, names in values]
        about["labels"] = [[], *labels] if one.table else []
        about["counts"] = counts[one.name]
    if one.name == "place":
        parents = dict(database.execute(_PARENTS).fetchall())
        about["parents"] = [0, *(parents.get(value) or 0 for value, _, _ in values)]
    if one.name == "certainty":
        about["descriptions"] = [[], *_descriptions(database, site)]
    return about


def _descriptions(database: duckdb.DuckDBPyConnection, about: About) -> list[list[str]]:
    """What each level of certainty means, by language."""
    sql = f"select column_name from {COLUMNS} where table_name = 'certainties'"
    known = {name for (name,) in database.execute(sql).fetchall()}
    columns = [f"description_{language}" for language in about.languages]
    words = ", ".join(f"coalesce({name}, '')" if name in known else "''" for name in columns)
    sql = f"""select [{words}] from explorer_certainty join certainties on certainties.code = explorer_certainty.id
        order by value"""
    return [cut(names) for (names,) in database.execute(sql).fetchall()]


def _all(database: duckdb.DuckDBPyConnection) -> dict[str, Any]:
    total, counted = database.execute(
        "select count(*), count(*) filter (where counted) from explorer_grants"
    ).fetchall()[0]
    known = database.execute("""
        select counted, written_currency, sum(amount_awarded), count(amount_awarded) from explorer_grants
        where amount_awarded is not null group by all order by 4 desc, 2""").fetchall()
    sums = {
        kind: [
            {"currency": currency, "amount": number_text(amount), "grants": grants}
            for is_counted, currency, amount, grants in known
            if is_counted == (kind == "awarded")
        ]
        for kind in ("awarded", "announcedAmounts")
    }
    years: dict[str, list[Any]] = {}
    for year, grants, count in database.execute("""
        select explorer_year.id, count(*), count(*) filter (where counted) from explorer_grants
        join explorer_year on value = year group by all order by 1 desc""").fetchall():
        years[year] = [grants, count, {}]
    for year, currency, amount in database.execute("""
        select explorer_year.id, written_currency, sum(amount_awarded) from explorer_grants
        join explorer_year on value = year where counted and amount_awarded is not null group by all order by all
        """).fetchall():
        years[year][2][currency] = number_text(amount)
    joint = [
        {"id": key, "amount": number_text(amount), "currency": currency, "grants": grants}
        for key, amount, currency, grants in _joint(database, counted_only=True)
    ]
    return {"total": total, "counted": counted, "announced": total - counted, **sums, "joint": joint, "years": years}


def _joint(database: duckdb.DuckDBPyConnection, *, counted_only: bool = False) -> list[Any]:
    """Joint sums with the number of grants that share each; `counted_only` those of which all grants are counted."""
    having = "having bool_and(counted)" if counted_only else ""
    return database.execute(f"""
        select amount_groups.id, any_value(amount_groups.amount), any_value(amount_groups.currency), count(*)
        from amount_groups join grants on amount_group = amount_groups.id
        join certainties on certainties.code = grants.certainty
        group by amount_groups.id {having} order by 1""").fetchall()


def _runs(database: duckdb.DuckDBPyConnection, numbered: Numbered) -> dict[str, Any]:
    """The ranges of a year, region and program, in the order of the numbers, with what is counted in each."""
    one_currency = "sum(case when counted then amount_awarded end)" if numbered.sizes["currency"] == 2 else "null"
    program = next(one for one in DIMENSIONS if one.name == "program")
    ranges = "select count(*) from (select distinct year, region, program from explorer_grants)"
    few = database.execute(ranges).fetchall()[0][0] <= MOST_RANGES
    value = "program" if few and numbered.is_listed(program) else "0"
    cells = database.execute(f"""
        select year, region, {value} as program_value, count(*), count(*) filter (where counted),
            count(amount_awarded) filter (where counted),
            coalesce(cast(cast({one_currency} * {10**numbered.scale} as hugeint) as varchar), '')
        from explorer_grants group by year, region, program_value order by min(number)""").fetchall()
    return {"program": value != "0", "cells": "|".join(",".join(map(str, cell)) for cell in cells)}


def value_rows(
    database: duckdb.DuckDBPyConnection, numbered: Numbered, counts: Mapping[str, list[list[int]]]
) -> Iterator[tuple[str, list[Any]]]:
    """(path, content) of the files of values: id, names by language, grants."""
    for one in DIMENSIONS:
        if numbered.is_listed(one):
            continue
        values = named_values(database, one.name, one.table)
        for at in range(0, len(values), VALUES):
            some = values[at : at + VALUES]
            rows = [[key, cut(names), sum(counts[one.name][value])] for value, key, names in some]
            yield f"v/{one.name}/{at // VALUES}", rows


_CERTAIN = """select value from explorer_certainty join certainties on certainties.code = explorer_certainty.id
    where counted order by value"""
_PARENTS = """select inner_place.value, outer_place.value from places
    join explorer_place as inner_place on inner_place.id = places.id
    join explorer_place as outer_place on outer_place.id = places.parent"""
