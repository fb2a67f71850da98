"""XLSX for people: a workbook a language, a sheet a table. Numbers and days are numbers and days; all else is text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from ..package import Resource
from ..workers import share_out
from .cells import cell_text
from .columns import people_columns
from .job import DICTIONARY, FOLDER, Download, Job, describe, reading_notes

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SHEET_ROWS = 1_048_575  # that Excel holds below a header
LONGEST_CELL = 32_767  # characters that Excel holds
LONGEST_NAME = 31  # of a sheet
NOT_IN_NAMES = str.maketrans("", "", "[]:*?/\\")
EXACT_DIGITS = 15  # Excel rounds what has more
FIRST_DAY = date(1900, 3, 1)  # Excel believes in 29 February 1900, so that earlier days come out wrong
NARROWEST, WIDEST = 8, 48  # characters
HEADER_ROWS = 1


@dataclass(frozen=True, slots=True)
class Looks:
    """The formats of a workbook."""

    header: Format
    whole: Format  # amounts: 1,950,000
    fraction: Format  # amounts: 476,300.5
    day: Format


def write(job: Job, output: Path, _made: Sequence[Download]) -> Iterator[Download]:
    """data/<language>/<package>.xlsx; none where a table has more rows than a sheet can hold."""
    if any(len(rows) > SHEET_ROWS for rows in job.rows.values()):
        return
    paths = {language: f"{FOLDER}/{language}/{job.name}.xlsx" for language in job.settings.languages}

    def write_books(share: Sequence[str]) -> None:
        for language in share:
            (output / paths[language]).parent.mkdir(exist_ok=True)
            # A stream of ours, as XlsxWriter hides the OSError of a file that it cannot open.
            with (
                (output / paths[language]).open("wb") as stream,
                xlsxwriter.Workbook(stream, {"in_memory": True}) as workbook,
            ):
                _write_workbook(job, workbook, language)

    _ = (job.resources, job.rows, job.names)  # made once here, not once in each process
    share_out(write_books, job.settings.languages, least=1)
    for language, path in paths.items():
        yield describe(output, path, "XLSX", MEDIA_TYPE, language=language)


def _write_workbook(job: Job, workbook: Workbook, language: str) -> None:
    title = job.package.title.words(language)
    created = datetime.combine(job.data_date, time())
    workbook.set_properties({"title": title, "comments": job.license_words, "created": created})
    looks = Looks(
        header=workbook.add_format({"bold": True, "bottom": 1}),
        whole=workbook.add_format({"num_format": "#,##0"}),
        fraction=workbook.add_format({"num_format": "#,##0.######"}),
        day=workbook.add_format({"num_format": "yyyy-mm-dd"}),
    )
    names = _sheet_names(job, language)
    _write_about(job, workbook.add_worksheet(names[0]), looks, language, names[1:])
    for resource, name in zip(job.resources, names[1:], strict=True):
        _write_table(job, workbook.add_worksheet(name), looks, language, resource)


def _sheet_names(job: Job, language: str) -> list[str]:
    """The name of the first sheet, then those of the tables. Excel forbids some characters, and two equal names."""
    wanted = [(job.words(language, "About"), "about")]
    wanted += [(resource.title.words(language), resource.name) for resource in job.resources]
    names: list[str] = []
    taken = {"history"}  # Excel keeps it for itself
    for title, otherwise in wanted:
        words = title.translate(NOT_IN_NAMES).strip("' ") or otherwise
        name, number = words[:LONGEST_NAME].strip("' "), 2
        while name.casefold() in taken:
            ending = f" ({number})"
            name, number = words[: LONGEST_NAME - len(ending)].strip("' ") + ending, number + 1
        taken.add(name.casefold())
        names.append(name)
    return names


def _write_about(job: Job, sheet: Worksheet, looks: Looks, language: str, names: Sequence[str]) -> None:
    lines = (
        (job.words(language, "Title"), job.package.title.words(language)),
        (job.words(language, "Description"), job.package.description.words(language)),
        (job.words(language, "Licence"), job.license_words),
        (job.words(language, "Date of the data"), job.data_date),
        (job.words(language, "Address"), job.settings.site_url),
        (job.words(language, "Data dictionary"), job.address(DICTIONARY, beside=f"{FOLDER}/{language}/")),
        *(("", note) for note in reading_notes(job, language)),
    )
    sheet.set_column(0, 0, 32)
    sheet.set_column(1, 1, 100)
    row = 0
    for label, value in lines:
        if value:
            if label:
                sheet.write_string(row, 0, label, looks.header)
            _write_value(sheet, row, 1, value, looks)
            row += 1
    row += 1
    sheet.write_string(row, 0, job.words(language, "Sheet"), looks.header)
    sheet.write_string(row, 1, job.words(language, "Rows"), looks.header)
    for resource, name in zip(job.resources, names, strict=True):
        row += 1
        sheet.write_string(row, 0, name)
        sheet.write_number(row, 1, len(job.rows[resource.name]))


def _write_table(job: Job, sheet: Worksheet, looks: Looks, language: str, resource: Resource) -> None:
    columns = people_columns(job, resource, language)
    records = job.rows[resource.name]
    for number, column in enumerate(columns):
        sheet.write_string(0, number, column.title, looks.header)
        if column.description:
            sheet.write_comment(0, number, column.description, {"x_scale": 2})
        longest = len(column.title) + 3  # the button of the filter covers three characters
        for row, record in enumerate(records, start=HEADER_ROWS):
            longest = max(longest, _write_value(sheet, row, number, column.value(record), looks))
        sheet.set_column(number, number, min(max(longest + 1, NARROWEST), WIDEST))
    sheet.freeze_panes(HEADER_ROWS, 0)
    sheet.autofilter(0, 0, len(records), len(columns) - 1)


def _write_value(sheet: Worksheet, row: int, number: int, value: Any, looks: Looks) -> int:
    """Write a cell and return about how many characters wide it is. Nothing is written for None."""
    if value is None:
        return 0
    text = cell_text(value)
    if isinstance(value, bool):
        sheet.write_boolean(row, number, value)
    elif isinstance(value, int) and abs(value) < 10**EXACT_DIGITS:
        sheet.write_number(row, number, value)
    elif isinstance(value, Decimal) and len(text.strip("-").replace(".", "").strip("0")) <= EXACT_DIGITS:
        whole = value == value.to_integral_value()
        sheet.write_number(row, number, float(value), looks.whole if whole else looks.fraction)
        return len(text) + len(text) // 3  # with the marks between thousands
    elif isinstance(value, date) and value >= FIRST_DAY:
        sheet.write_datetime(row, number, value, looks.day)
    else:
        text = text.replace("\r\n", "\n").replace("\r", "\n")  # Excel shows any other line end as a sign
        sheet.write_string(row, number, text if len(text) <= LONGEST_CELL else f"{text[: LONGEST_CELL - 1]}…")
    return len(text)
