"""The rows that were not taken, as they were sent, with what is to be mended: nothing that somebody sent is lost.

A workbook gives a workbook back, so that days and numbers stay what they are; a CSV file gives CSV files, one a sheet.
The identifiers that the desk made are there too, so that a mended row becomes the record that it would have been. When
such a file is imported, the last column is one that no field takes.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import xlsxwriter
from babel.numbers import get_decimal_symbol

from ..errors import heading
from ..i18n import Translations
from ..sheet_names import sheet_names
from .grid import Cell
from .judge import Judged
from .model import Layout
from .plan import Plan
from .reading import shown_text
from .rules import Rules

MARK = "\ufeff"  # by which Excel knows UTF-8
EPOCH = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class RejectedSheet:
    """The rejected rows of a sheet."""

    name: str
    header: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


def rejected_sheets(plan: Plan, rules: Rules, translations: Translations, language: str) -> tuple[RejectedSheet, ...]:
    """The rows that were not taken, sheet by sheet; titles are as they were sent."""
    mend = translations.message(language, heading("What to mend"))
    sheets = []
    for layout in plan.verdict.layouts:
        rows = [row for row in plan.rejected if row.match.row.sheet == layout.sheet]
        if rows:
            sheets.append(_sheet(layout, rows, rules, (translations, language, mend)))
    return tuple(sheets)


def _sheet(layout: Layout, rows: Sequence[Judged], rules: Rules, words: tuple[Translations, str, str]) -> RejectedSheet:
    translations, language, mend = words
    resource = rules.package.by_name[layout.table]
    titles: Mapping[int, str] = {
        **{column.index: column.title for column in layout.columns},
        **dict(layout.unused),
    }
    width = max([*titles, *(len(row.match.row.original.cells) - 1 for row in rows)], default=-1) + 1
    gives_id = any(column.field == resource.primary_key for column in layout.columns)
    own = [] if gives_id else [resource.by_name[resource.primary_key].title.words(language)]
    header = [*(titles.get(index, "") for index in range(width)), *own, mend]

    def reasons(row: Judged) -> str:
        found = (one for one in row.problems if one.level == "error")
        return " ".join(translations.message(language, part) for one in found for part in (one.what, one.fix))

    def cells(row: Judged) -> Iterator[Cell]:
        sent = row.match.row.original.cells
        yield from (sent[index] if index < len(sent) else None for index in range(width))
        if own:
            yield row.match.id
        yield reasons(row)

    return RejectedSheet(layout.sheet, tuple(header), tuple(tuple(cells(row)) for row in rows))


def write_beside(file: Path, sheets: Sequence[RejectedSheet], forms: Sequence[str], language: str) -> tuple[Path, ...]:
    """Write the rows beside the file that was sent, under a name that no other content has; return the files.

    `forms` are those of the workbooks that were read.
    """
    ending = "csv" if set(forms) == {"csv"} else "xlsx"
    number = 1
    while True:
        path = file.with_name(f"{file.stem}.rejected{f'-{number}' if number > 1 else ''}.{ending}")
        contents = _contents(path, sheets, language)
        if all(not one.exists() or one.read_bytes() == content for one, content in contents.items()):
            return _write(contents)
        number += 1


def write_rejected(path: Path, sheets: Sequence[RejectedSheet], language: str) -> tuple[Path, ...]:
    """Write the rows into the file; return the files, of which there are several for a CSV of several sheets."""
    return _write(_contents(path, sheets, language))


def _contents(path: Path, sheets: Sequence[RejectedSheet], language: str) -> dict[Path, bytes]:
    if path.suffix.casefold() == ".xlsx":
        return {path: _workbook(sheets)}
    paths = [path, *(path.with_name(f"{path.stem}-{number}{path.suffix}") for number in range(2, len(sheets) + 1))]
    return {own: _csv(sheet, language) for own, sheet in zip(paths, sheets, strict=True)}


def _write(contents: Mapping[Path, bytes]) -> tuple[Path, ...]:
    for path, content in contents.items():
        path.write_bytes(content)
    return tuple(contents)


def _csv(sheet: RejectedSheet, language: str) -> bytes:
    """With the delimiter that programs of the language expect, and every cell in quotation marks."""
    delimiter = ";" if get_decimal_symbol(language) == "," else ","
    lines = [sheet.header, *sheet.rows]
    quoted = (['"' + shown_text(cell).replace('"', '""') + '"' for cell in line] for line in lines)
    return (MARK + "".join(delimiter.join(line) + "\r\n" for line in quoted)).encode("utf-8", "replace")


def _workbook(sheets: Sequence[RejectedSheet]) -> bytes:
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"created": EPOCH})  # the same rows make the same file
    day = book.add_format({"num_format": "dd.mm.yyyy"})
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    names = sheet_names((sheet.name, str(number)) for number, sheet in enumerate(sheets, start=1))
    for name, sheet in zip(names, sheets, strict=True):
        page = book.add_worksheet(name)
        for column, title in enumerate(sheet.header):
            page.write_string(0, column, title, bold)
        for line, cells in enumerate(sheet.rows, start=1):
            for column, cell in enumerate(cells):
                if isinstance(cell, bool):
                    page.write_boolean(line, column, cell)
                elif isinstance(cell, Decimal):
                    page.write_number(line, column, float(cell))
                elif isinstance(cell, date):
                    page.write_datetime(line, column, cell, day)
                elif cell is not None:
                    page.write_string(line, column, shown_text(cell))
        page.freeze_panes(1, 0)
        page.set_column(len(sheet.header) - 1, len(sheet.header) - 1, 60)
    book.close()
    return stream.getvalue()
