"""Grants -> numbers, and the values of their dimensions as numbers. All of it in tables of the database.

Makes the tables explorer_columns (table_name, column_name, data_type: DuckDB takes 2 ms for each look into its
own list of them), explorer_names (names of everything that grants point at), explorer_<dimension> (value, id, count)
and explorer_grants (number, id, and a column a dimension with the number of its value).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass

import duckdb

from ..database import OWN_COLUMNS
from .about import About
from .dimensions import DIMENSIONS, KINDS, LISTED, Dimension

NAME_COLUMNS = ("name", "title", "label", "title_note")  # as exports/job.py chooses what a record is called
PLAIN_COLUMNS = ("name", "title", "label")
COLUMNS = "explorer_columns"
HELPERS = (
    *(COLUMNS, "explorer_names", "explorer_order", "explorer_grants"),
    *(f"explorer_{one.name}" for one in DIMENSIONS),
)
# Tables that a portal may do without; for the index they are empty.
MAY_LACK = {
    "payments": '"grant" varchar, paid_on varchar, id varchar',
    "reports": '"grant" varchar, id varchar',
    "amount_groups": "id varchar, amount decimal(24, 6), currency varchar",
}
SERIES = (1, 2, 5)  # amounts that begin a band: these times a power of ten
BANDS = 6


@dataclass(frozen=True, slots=True)
class Numbered:
    """What the numbering found out."""

    grants: int
    sizes: Mapping[str, int]  # dimension -> number of its values, “not said” included
    bands: tuple[int, ...]  # lower bounds of the bands of amounts, from the second band on
    scale: int  # digits behind the point of amounts
    amounts: bool  # whether any amount is known
    ranges: bool  # whether years, regions and programs are ranges of numbers

    def is_listed(self, dimension: Dimension) -> bool:
        """Whether its values come with the page."""
        return dimension.always_listed or self.sizes[dimension.name] <= LISTED + 1


def number_grants(database: duckdb.DuckDBPyConnection, about: About) -> Numbered:
    """Number the grants, and the values of every dimension."""
    for table in HELPERS:
        database.execute(f"drop table if exists {table}")
    for table, columns in MAY_LACK.items():
        database.execute(f"create table if not exists {table} ({columns})")
    database.execute(f"create table {COLUMNS} as select table_name, column_name, data_type from {OWN_COLUMNS}")
    _name(database, about)
    count = _one(database, "select count(*) from grants")
    bands = _bands(database)
    sizes = {dimension.name: _value(database, dimension, bands) for dimension in DIMENSIONS}
    ranges = count > about.window
    order = "year desc, coalesce(decided_on, '') desc, id"
    if ranges:
        database.execute(_REGIONS)
        order = "year desc, region, program_value, coalesce(decided_on, '') desc, id"
    database.execute(f"""
        create table explorer_order as
        select cast(row_number() over (order by {order}) - 1 as integer) as number, id
        from (
            select grants.id, grants.year, decided_on, program.value as program_value
                {", coalesce(regions.value, 0) as region" if ranges else ""}
            from grants
            left join explorer_program as program on program.id = grants.program
            {"left join explorer_regions as regions on regions.place = grants.place" if ranges else ""}
        )""")
    joins = "".join(
        f"left join explorer_{one.name} on explorer_{one.name}.id = {_sql(one, bands)}\n" for one in DIMENSIONS
    )
    values = ", ".join(f"coalesce(explorer_{one.name}.value, 0) as {one.name}" for one in DIMENSIONS)
    region = ", coalesce(regions.value, 0) as region" if ranges else ", 0 as region"
    database.execute(f"""
        create table explorer_grants as
        select number, grants.id as id, amount_awarded, grants.currency as written_currency, counted,
            {values.replace(" as group", ' as "group"')}{region}
        from explorer_order
        join grants on grants.id = explorer_order.id
        join certainties on certainties.code = grants.certainty
        {joins}
        {"left join explorer_regions as regions on regions.place = grants.place" if ranges else ""}
        order by number""")
    scale = "max(length(rtrim(split_part(cast(amount_awarded as varchar), '.', 2), '0')))"
    digits = _one(database, f"select coalesce({scale}, 0) from grants")
    amounts = _one(database, "select count(amount_awarded) from grants") > 0
    return Numbered(count, sizes, bands, digits, amounts, ranges)


def _one(database: duckdb.DuckDBPyConnection, sql: str) -> int:
    return int(database.execute(sql).fetchall()[0][0])


def _name(database: duckdb.DuckDBPyConnection, about: About) -> None:
    """explorer_names: table, id, names by language (an empty text where there is none)."""
    known = database.execute(f"select table_name, column_name from {COLUMNS}").fetchall()
    columns: dict[str, set[str]] = {}
    for table, column in known:
        columns.setdefault(table, set()).add(column)
    database.execute('create table explorer_names ("table" varchar, id varchar, names varchar[])')
    named = sorted({field.refers_to for field in about.fields if field.refers_to} | {"organizations", *KINDS})
    selected = []
    for table in named:
        choices = "".join(_choices(columns.get(table, set()), about.languages))
        if choices:
            key = "id" if "id" in columns[table] else "code"  # a place has both
            selected.append(f"""select '{table}', {key}, case{choices} end as names from "{table}" """)
    if selected:  # in one statement of plain functions: a sixth of the time of one a table with array_to_string()
        union = "union all ".join(selected)
        database.execute(f"insert into explorer_names select * from ({union}) where names is not null")


def _choices(columns: Set[str], languages: Sequence[str]) -> Iterator[str]:
    """Names by language from the first columns that have words; the plain column where a language has none."""
    for name in NAME_COLUMNS:
        plain = [f'"{name}"'] if name in PLAIN_COLUMNS and name in columns else []
        own = [f'"{name}_{language}"' if f"{name}_{language}" in columns else "null" for language in languages]
        used = [column for column in (*own, *plain) if column != "null"]
        if used:
            words = (", ".join([f"nullif({column}, '')", *plain, "''"]) for column in own)
            listed = ", ".join(f"coalesce({choice})" for choice in words)
            yield f" when concat({', '.join(used)}) <> '' then [{listed}]"


def _bands(database: duckdb.DuckDBPyConnection) -> tuple[int, ...]:
    """Round amounts that part the grants into bands of about as many grants each."""
    shares = ", ".join(str(part / BANDS) for part in range(1, BANDS))
    found = database.execute(f"select quantile_disc(amount_awarded, [{shares}]) from grants").fetchall()[0][0]
    return tuple(sorted({_round(int(amount)) for amount in found or () if amount >= 1}))


def _round(amount: int) -> int:
    """The nearest of 1, 2, 5, 10, 20, … not above the amount."""
    power: int = 10 ** (len(str(amount)) - 1)
    return max(step * power for step in SERIES if step * power <= amount)


def _sql(dimension: Dimension, bands: tuple[int, ...]) -> str:
    cases = "".join(f" when amount_awarded < {bound} then '{at}'" for at, bound in enumerate(bands, start=1))
    return dimension.sql.replace(
        "{band}", f"case when amount_awarded is null then null{cases} else '{len(bands) + 1}' end"
    )


def _value(database: duckdb.DuckDBPyConnection, dimension: Dimension, bands: tuple[int, ...]) -> int:
    """explorer_<dimension>: value number from 1, id, number of grants. Returns how many there are, with 0."""
    if dimension.in_order:  # every band, also one without grants
        counted = f"select cast(unnest(range(1, {len(bands) + 2})) as varchar) as id"
        order = "cast(id as integer)"
    else:
        counted = f"select distinct {_sql(dimension, bands)} as id from grants"
        order = "id desc" if dimension.newest_first else "count desc, id"
    if dimension.name == "place":  # also those that only lie around
        counted = "select distinct ancestor as id from place_paths where place in (select place from grants)"
    database.execute(f"""
        create table explorer_{dimension.name} as
        select cast(row_number() over (order by {order}) as integer) as value, id, count
        from (
            select ids.id, count(held.id) as count
            from ({counted}) as ids
            left join (select {_sql(dimension, bands)} as id from grants) as held on held.id = ids.id
            where ids.id is not null
            group by ids.id
        )
        order by value""")
    return _one(database, f"select count(*) + 1 from explorer_{dimension.name}")


# The region of a place: the part of the whole country that it lies in, or the country itself.
_REGIONS = """
create or replace table explorer_regions as
select place, value
from (
    select place, ancestor, row_number() over (partition by place order by distance desc) as from_top,
        count(*) over (partition by place) as places
    from place_paths
)
join explorer_place on explorer_place.id = ancestor
where from_top = least(2, places)
"""
