"""XLSX for people: a workbook a language, a sheet a table. Numbers and days are numbers and days; all else is text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path

from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from ..package import Resource
from ..sheet_names import sheet_names
from ..workers import share_out
from .columns import people_columns
from .filled_sheet import FilledSheet, Looks
from .job import DICTIONARY, FOLDER, Download, Job, describe, reading_notes
from .quick_workbook import QuickWorkbook
from .to_package import CSV_MEDIA_TYPE

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SHEET_ROWS = 1_048_575  # that Excel holds below a header
KEPT_ROWS = 20_000  # of the longest sheet; a longer one waits in a file, which takes 19 grants twice as long
NARROWEST, WIDEST = 8, 48  # characters
HEADER_ROWS = 1


@dataclass(frozen=True, slots=True)
class Book:
    """A workbook that is being written."""

    job: Job
    language: str
    path: str  # below the output folder
    hashes: Mapping[str, str]  # path of a plain CSV -> its SHA-256
    looks: Looks


def write(job: Job, output: Path, made: Sequence[Download]) -> Iterator[Download]:
    """data/<language>/<package>.xlsx; none where a table has more rows than a sheet can hold."""
    if any(len(rows) > SHEET_ROWS for rows in job.rows.values()):
        return
    paths = {language: f"{FOLDER}/{language}/{job.name}.xlsx" for language in job.settings.languages}
    is_large = any(len(rows) > KEPT_ROWS for rows in job.rows.values())
    hashes = {file.path: file.sha256 for file in made if file.media_type == CSV_MEDIA_TYPE}

    def write_books(share: Sequence[str]) -> None:
        for language in share:
            (output / paths[language]).parent.mkdir(exist_ok=True)
            # A stream of ours, as XlsxWriter hides the OSError of a file that it cannot open.
            with (
                (output / paths[language]).open("wb") as stream,
                QuickWorkbook(stream, {"in_memory": not is_large}) as workbook,
            ):
                looks = Looks(
                    header=workbook.add_format({"bold": True, "bottom": 1}),
                    whole=workbook.add_format({"num_format": "#,##0"}),
                    fraction=workbook.add_format({"num_format": "#,##0.######"}),
                    day=workbook.add_format({"num_format": "yyyy-mm-dd"}),
                )
                _write_workbook(Book(job, language, paths[language], hashes, looks), workbook)

    _ = (job.resources, job.rows, job.names)  # made once here, not once in each process
    share_out(write_books, job.settings.languages, least=1)
    for language, path in paths.items():
        yield describe(output, path, "XLSX", MEDIA_TYPE, language=language)


def _write_workbook(book: Book, workbook: Workbook) -> None:
    job, language = book.job, book.language
    title = job.package.title.words(language)
    created = datetime.combine(job.data_date, time())
    workbook.set_properties({"title": title, "comments": job.license_words, "created": created})
    names = _sheet_names(job, language)
    _write_about(book, workbook.add_worksheet(names[0]), names[1:])
    for resource, name in zip(job.resources, names[1:], strict=True):
        _write_table(book, workbook.add_worksheet(name, FilledSheet), resource)


def _sheet_names(job: Job, language: str) -> tuple[str, ...]:
    """The name of the first sheet, then those of the tables."""
    wanted = [(job.words(language, "About"), "about")]
    wanted += [(resource.title.words(language), resource.name) for resource in job.resources]
    return sheet_names(wanted)


def _about_lines(book: Book) -> Iterator[tuple[str, str | date]]:
    """(label, value) of the first sheet, row by row; a note has no label."""
    job, language = book.job, book.language
    title = job.package.title.words(language)
    lines: tuple[tuple[str, str | date], ...] = (
        (job.words(language, "Title"), title),
        (job.words(language, "Description"), job.package.description.words(language)),
        (job.words(language, "Version of the data"), job.version),
        (job.words(language, "Filters"), job.words(language, "none: all rows of every table")),
        (job.words(language, "Licence"), job.license_words),
        (job.words(language, "Date of the data"), job.data_date),
        (job.words(language, "Address"), job.settings.site_url),
        (job.words(language, "How to cite"), job.citation(language, title, book.path)),
        (job.words(language, "Data dictionary"), job.address(DICTIONARY, beside=book.path)),
        *(("", note) for note in reading_notes(job, language)),
    )
    return ((label, value) for label, value in lines if value)


def _write_about(book: Book, sheet: Worksheet, names: Sequence[str]) -> None:
    job, language = book.job, book.language
    sheet.set_column(0, 0, 32)
    sheet.set_column(1, 1, 100)
    sheet.set_column(2, 2, 32)
    sheet.set_column(3, 3, 68)
    row = 0
    for label, value in _about_lines(book):
        if label:
            sheet.write_string(row, 0, label, book.looks.header)
        if isinstance(value, date):
            sheet.write_datetime(row, 1, value, book.looks.day)
        else:
            sheet.write_string(row, 1, value)
        row += 1
    row += 1
    headings = (
        job.words(language, "Sheet"),
        job.words(language, "Rows"),
        job.words(language, "CSV file"),
        job.words(language, "SHA-256 of the CSV file"),
    )
    for number, heading in enumerate(headings):
        sheet.write_string(row, number, heading, book.looks.header)
    for resource, name in zip(job.resources, names, strict=True):
        row += 1
        path = f"{FOLDER}/{resource.name}.csv"
        sheet.write_string(row, 0, name)
        sheet.write_number(row, 1, len(job.rows[resource.name]))
        if path in book.hashes:
            sheet.write_string(row, 2, job.address(path, beside=book.path))
            sheet.write_string(row, 3, book.hashes[path])


def _write_table(book: Book, sheet: FilledSheet, resource: Resource) -> None:
    columns = people_columns(book.job, resource, book.language)
    records = book.job.rows[resource.name]
    for number, column in enumerate(columns):
        sheet.write_string(0, number, column.title, book.looks.header)
        if column.description:
            sheet.write_comment(0, number, column.description, {"x_scale": 2})
    widths = sheet.fill(columns, records, book.looks, first=HEADER_ROWS)
    for number, (column, width) in enumerate(zip(columns, widths, strict=True)):
        longest = max(width, len(column.title) + 3)  # the button of the filter covers three characters
        sheet.set_column(number, number, min(max(longest + 1, NARROWEST), WIDEST))
    sheet.freeze_panes(HEADER_ROWS, 0)
    sheet.autofilter(0, 0, len(records), len(columns) - 1)
