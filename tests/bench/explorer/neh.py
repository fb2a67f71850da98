"""66,527 real grants of the National Endowment for the Humanities (1966-2020, public domain) in the portal's tables.

What stands for “nothing” there becomes empty; whoever received a grant is known by the spelling of the name alone.
"""

from __future__ import annotations

import lzma
import tempfile
from pathlib import Path

from tests.bench.explorer.tables import create_tables
from tests.plugin_left_out import SHARED

FOLDER = SHARED / "data/neh-grants"
SQL = Path(__file__).parent / "neh.sql"
GRANTS = 66_527


def write_neh(path: Path) -> None:
    """A DuckDB file with the grants and everything around them."""
    path.unlink(missing_ok=True)
    with create_tables(path) as database, tempfile.TemporaryDirectory() as folder:
        for packed in sorted(FOLDER.glob("*.csv.xz")):
            (Path(folder) / packed.stem).write_bytes(lzma.decompress(packed.read_bytes()))
        database.execute(
            f"create temp table published as from read_csv('{folder}/*.csv', all_varchar = true, header = true, "
            """delim = ',', quote = '"', escape = '"')"""
        )
        database.execute(SQL.read_text(encoding="utf-8"))
        found = database.execute("select count(*), count(distinct id) from grants").fetchall()[0]
    if found != (GRANTS, GRANTS):
        raise SystemExit(f"{found} grants and identifiers were read; {GRANTS} of each were published.")
