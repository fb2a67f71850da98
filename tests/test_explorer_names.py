"""What the index says of sources, whichever of their columns a portal has."""

from __future__ import annotations

import duckdb
import pytest

from portal.database import OWN_COLUMNS
from portal.explorer import About
from portal.explorer.names import read_sources
from portal.explorer.numbering import COLUMNS

WORDS = {"title_note_eo": "Raporto", "title_note_en": "A report", "note_eo": "Legita", "note_en": "Read"}


def told(*without: str) -> dict[str, object]:
    """What is said of a source, in a portal that does without some columns."""
    kept = "".join(f", '{words}' as {column}" for column, words in WORDS.items() if column not in without)
    with duckdb.connect() as database:
        database.execute(f"create table sources as select 'S-1' as id, 'Kites' as title{kept}")
        database.execute("create table grants as select 'S-1' as source")
        database.execute(f"create table {COLUMNS} as select table_name, column_name, data_type from {OWN_COLUMNS}")
        return read_sources(database, About(("eo", "en"), "v", "XTS", ()))["S-1"]


@pytest.mark.parametrize(
    ("without", "said"),
    [
        ((), {"title_note": ["Raporto", "A report"], "note": ["Legita", "Read"]}),
        (("title_note_en", "note_en"), {"title_note": ["Raporto"], "note": ["Legita"]}),
        (("title_note_eo", "note_eo"), {"title_note": ["", "A report"], "note": ["", "Read"]}),
        (("title_note_eo", "note_en"), {"title_note": ["", "A report"], "note": ["Legita"]}),
        (("title_note_eo", "title_note_en"), {"note": ["Legita", "Read"]}),
        (tuple(WORDS), {}),
    ],
)
def test_a_column_that_is_missing_takes_no_other_with_it(without: tuple[str, ...], said: dict[str, object]) -> None:
    assert told(*without) == {"title": "Kites", **said}
