"""Rows downloaded from random views beside the same rows written by DuckDB, octet for octet."""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Sequence
from urllib.parse import urlencode

from playwright.sync_api import Page

from portal.package import Field
from tests.bench.explorer.combinations import Combination, make_combinations
from tests.bench.explorer.compare import conditions_of
from tests.bench.explorer.truth import Truth

MOST = 1_500  # rows of a view; the page itself allows more
SORTS = {
    "newest": "number",
    "amount": "amount_awarded desc nulls last, number",
    "-amount": "amount_awarded nulls last, number",
}
VIEWED = """async (address) => {
  const page = document.querySelector("grant-explorer");
  page.visit(address);
  do await new Promise((resolve) => setTimeout(resolve, 10));
  while (page.parts.view.ariaBusy);
  page.parts.plain.checked = true;
}"""
TAKE = "async () => { await document.querySelector('grant-explorer').take('csv'); }"


def compare_downloads(
    page: Page, truth: Truth, fields: Sequence[Field], views: int, seed: int
) -> tuple[int, int, list[str]]:
    """Views, rows that were equal in all of them together, and the views that differ."""
    rows, wrong, seen = 0, [], 0
    choose = random.Random(seed)
    for asked in make_combinations(truth, views * 40, seed):
        conditions = conditions_of(page, truth, asked)
        total = truth.ask(conditions).total
        if not 0 < total <= MOST:
            continue
        seen += 1
        sort = choose.choice(list(SORTS))
        chosen = choose.sample(list(fields), choose.randint(3, 9)) if choose.random() < 0.5 else []
        address = _address(asked, sort, [field.name for field in chosen])
        page.evaluate(VIEWED, address)
        with page.expect_download() as taken:
            page.evaluate(TAKE)
        with zipfile.ZipFile(io.BytesIO(taken.value.path().read_bytes())) as packed:
            name = next(name for name in packed.namelist() if name.endswith(".csv"))
            found = packed.read(name)
        true = _csv(truth, chosen or fields, SORTS[sort]).encode()
        if found == true:
            rows += total
        else:
            wrong.append(f"{address}: {total} rows; {_difference(found, true)}")
        if seen == views:
            break
    return seen, rows, wrong


def _address(asked: Combination, sort: str, columns: Sequence[str]) -> str:
    state = [("q", " ".join(asked.words)), ("from", asked.least), ("to", asked.most), ("sort", sort)]
    if columns:
        state += [("view", "table"), ("columns", ",".join(columns))]
    state += [(name, value) for name, values in asked.filters.items() for value in values]
    return f"#{urlencode([(name, value) for name, value in state if value])}"


def _csv(truth: Truth, fields: Sequence[Field], order: str) -> str:
    """The grants held by the last question as the plain CSV, written by DuckDB."""
    cells = ", ".join(_quoted(_cell(field)) for field in fields)
    line = f"concat_ws(',', {cells})"
    rows = truth.database.execute(f"""
        select {line} from filed.grants join numbers using (id)
        where number in (select number from held) order by {order}
        """).fetchall()
    return "".join(f"{row}\n" for row in [",".join(field.name for field in fields), *(row for (row,) in rows)])


def _cell(field: Field) -> str:
    text = f'cast("{field.name}" as varchar)'
    if field.type == "number":
        text = f"regexp_replace({text}, '\\.?0+$', '')"
    elif field.type == "list":
        text = f"array_to_string(\"{field.name}\", '{field.delimiter or ','}')"
    return f"coalesce({text}, '')"


def _quoted(cell: str) -> str:
    return f"""if(regexp_matches({cell}, '[",\\r\\n]'), '"' || replace({cell}, '"', '""') || '"', {cell})"""


def _difference(found: bytes, true: bytes) -> str:
    ours, theirs = found.split(b"\n"), true.split(b"\n")
    at = next((at for at, (one, other) in enumerate(zip(ours, theirs, strict=False)) if one != other), 0)
    return f"{len(ours)} lines and {len(theirs)}; line {at + 1}: {ours[at]!r} instead of {theirs[at]!r}"
