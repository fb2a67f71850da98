"""The case table, tests/data/cases.yaml, as files: a case becomes the bytes that a clerk sends.

Words of a case:
  language, table   of the reader, and of the row that `good` has for the table; titles stand in that language
  cells             values in place of the good ones; a new field becomes a column
  without           columns that are left out
  rows              several rows, each with its own cells
  sheets            several tables, each with `table` and `rows`
  above, below      rows around the table; below by field
  titles, extra, numbered, long, grid, raw, file, csv, xlsx   see the functions here
A cell {number: …}, {day: …} or {formula: …} is a value of that kind in a workbook.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import yaml

from portal.desk.grid import column_letter
from portal.load import LONGEST_CELL
from portal.package import Package
from tests import desk_files
from tests.desk_parity import Outcome, Sent
from tests.desk_portal import TODAY

CASES = Path(__file__).parent / "data/cases.yaml"
Grid = list[list[Any]]
Found = tuple[str, int | None, str | None, str, str]  # sheet, row, column, level, sentence
FILES = ("csv", "xlsx", "raw", "file", "grid", "above", "below", "sheets", "numbered", "titles", "extra")


def read_cases() -> list[dict[str, Any]]:
    """Every case, with the good rows it starts from. Every value is text, as in a cell."""
    table = yaml.load(CASES.read_text("utf-8"), yaml.BaseLoader)
    return [{**case, "good": table["good"]} for case in table["cases"]]


def is_a_file(case: Mapping[str, Any]) -> bool:
    """Whether the case is about the form of a file, and not about a cell or a row."""
    return not case.keys().isdisjoint(FILES)


def sent(case: Mapping[str, Any], package: Package) -> Sent:
    """A case as a file that is sent."""
    return Sent(*make_file(case, package), case["language"], TODAY)


def told_lines(outcome: Outcome) -> list[str]:
    """An answer as the table has it: a line a problem, or why the file cannot be used."""
    if outcome.refused:
        return [outcome.refused]
    found = [
        (sheet, row, None if column is None else column_letter(column), level, sentence)
        for sheet, row, column, _, level, sentence in outcome.problems
    ]
    return told_rows(found, outcome.blocking)


def told_rows(found: Iterable[Found], blocking: Iterable[str]) -> list[str]:
    """“table.csv, I2, error: …”, in the order of sheets, rows and columns; then what would break elsewhere."""
    lines = [
        f"{sheet}, {column or ''}{row or ''}, {level}: {sentence}"
        for sheet, row, column, level, sentence in sorted(
            found, key=lambda one: (one[0], one[1] or 0, one[2] or "", one[3:])
        )
    ]
    return [*lines, *(f"elsewhere: {sentence}" for sentence in blocking)]


def with_said(table: str, about: str, said: Sequence[str]) -> str:
    """The text of the table with other words for a case."""
    line = re.compile(rf"^- {{about: {re.escape(about)}, .*$", re.MULTILINE)
    found = line.search(table)
    if found is None:
        raise AssertionError(about)
    kept, said_before, _ = found.group().partition(", says: [")
    kept = kept if said_before else kept.removesuffix("}")
    written = f"{kept}, says: {json.dumps(list(said), ensure_ascii=False)}}}"
    return table[: found.start()] + written + table[found.end() :]


def make_file(case: Mapping[str, Any], package: Package) -> tuple[str, bytes]:
    """Name and content of the file of a case."""
    if "raw" in case:
        return "table.csv", case["raw"].encode()
    if "file" in case:
        return MADE[case["file"]]()
    grids = [(f"Sheet {number}", one, _grid(case, one, package)) for number, one in enumerate(_sheets(case), start=1)]
    if "xlsx" in case:
        return "table.xlsx", _xlsx(grids, case["xlsx"] or {}, case)
    if len(grids) > 1:
        raise AssertionError("A CSV file has one table")
    return "table.csv", _csv(grids[0][2], case.get("csv") or {})


def _sheets(case: Mapping[str, Any]) -> Sequence[Mapping[str, Any]]:
    if "grid" in case:
        return [{"grid": case["grid"]}]
    return case.get("sheets") or [{"table": case["table"], "rows": case.get("rows") or [{}]}]


def _grid(case: Mapping[str, Any], sheet: Mapping[str, Any], package: Package) -> Grid:
    if "grid" in sheet:
        return [list(row) for row in sheet["grid"]]
    good = {**case["good"][sheet["table"]], **(case.get("cells") or {})}
    if "long" in case:
        good[case["long"]] = "a" * (LONGEST_CELL + 1)
    rows = [{**good, **row} for row in sheet["rows"]]
    fields = [
        name for name in dict.fromkeys(name for row in rows for name in row) if name not in case.get("without", ())
    ]
    extra = case.get("extra") or {}
    by_name = package.by_name[sheet["table"]].by_name
    titles = {name: by_name[name].title.words(case["language"]) for name in {*fields, *(extra.keys() & by_name.keys())}}
    if isinstance(case.get("titles"), Mapping):
        titles.update(case["titles"])
    header = [titles.get(name, name) for name in [*fields, *extra]]
    if case.get("titles") == "capitals":
        header = [f"{title.upper()} *" for title in header]
    return [
        *([*row] for row in case.get("above", ())),
        header,
        *([[str(number) for number in range(1, len(header) + 1)]] if "numbered" in case else []),
        *([*(row.get(name, "") for name in fields), *extra.values()] for row in rows),
        *([row.get(name, "") for name in fields] if row else [] for row in case.get("below", ())),
    ]


def _csv(grid: Grid, form: Mapping[str, str]) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=form.get("delimiter", ","), lineterminator=form.get("line_end", "\r\n"))
    writer.writerows(grid)
    before = f"{form['before']}\r\n" if "before" in form else ""
    return (before + text.getvalue()).encode(form.get("encoding", "utf-8"))


def _xlsx(
    grids: Sequence[tuple[str, Mapping[str, Any], Grid]], form: Mapping[str, Any], case: Mapping[str, Any]
) -> bytes:
    book = openpyxl.Workbook()
    for name, sheet, grid in grids:
        page = book.worksheets[0] if name == "Sheet 1" else book.create_sheet()
        page.title = name
        page.sheet_state = "hidden" if "hidden" in sheet else "visible"
        for row, cells in enumerate(grid, start=1):
            for column, cell in enumerate(cells, start=1):
                _fill(page.cell(row, column), cell)
        for merged in form.get("merged", ()):
            page.merge_cells(merged)
        if "merge_down" in form:
            column = list(case["good"][case["table"]]).index(form["merge_down"]) + 1
            page.merge_cells(start_row=2, end_row=len(grid), start_column=column, end_column=column)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def _fill(cell: Any, value: Any) -> None:
    if not isinstance(value, Mapping):
        cell.value = value or None
        cell.data_type = "s" if value else "n"  # “=…” of a plain text is no formula
        return
    if "number" in value:
        cell.value = float(value["number"])
    elif "day" in value:
        cell.value, cell.number_format = date.fromisoformat(value["day"]), "dd.mm.yyyy"
    else:
        cell.value = value["formula"]


MADE: Mapping[str, Callable[[], tuple[str, bytes]]] = {
    "image": lambda: ("table.csv", desk_files.PNG),
    "encrypted": lambda: ("table.xlsx", desk_files.locked_xlsx()),
    "broken": lambda: ("table.xlsx", desk_files.xlsx_octets([["a"]])[:200]),
    "old": lambda: ("table.xls", desk_files.old_xls()),
    "bomb": lambda: ("table.xlsx", desk_files.zip_bomb(400)),
}
