"""The files of the columns: which value each grant of a window has, and the amounts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import duckdb

from .about import About
from .coding import signs_of
from .dimensions import DIMENSIONS
from .numbering import Numbered


def column_files(
    database: duckdb.DuckDBPyConnection, about: About, numbered: Numbered, constant: Mapping[str, int | None]
) -> Iterator[tuple[str, str]]:
    """(path, text) window by window. A column in which all grants have one value has no files."""
    varying = [one.name for one in DIMENSIONS if constant[one.name] is None]
    signs = {name: signs_of(numbered.sizes[name]) for name in varying}
    amounts = f"""case when amount_awarded is null then ''
        else cast(cast(amount_awarded * {10**numbered.scale} as hugeint) as varchar) end"""
    names = ", ".join(f'"{name}"' for name in varying)
    cursor = database.execute(
        f"select {amounts} as amount{', ' if names else ''}{names} from explorer_grants order by number"
    )
    starts = about.windows(numbered.grants)
    for window, (start, end) in enumerate(zip(starts, (*starts[1:], numbered.grants), strict=True)):
        rows = cursor.fetchmany(end - start)
        written, *columns = zip(*rows, strict=True)
        for name, values in zip(varying, columns, strict=True):
            yield f"c/{name}/{window}", "".join(map(signs[name].__getitem__, values))
        if numbered.amounts:
            yield f"c/amounts/{window}", " ".join(written)
