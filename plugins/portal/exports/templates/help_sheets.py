"""The sheets beside the table: what each column means, and examples. Neither is ever taken for a table."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from xlsxwriter.worksheet import Worksheet

from ...errors import heading, say
from .asked import Asked
from .book import Book
from .examples import COUNT, Example, Shown, sample

A4 = 9  # as Excel numbers papers
LISTED = 40  # labels that the explanation lists; the drop-down has all
FIRST_ROW = 8  # of the explanations; above stand the notes
HEADINGS = (
    heading("Column"),
    heading("Must be filled in"),
    heading("What it is"),
    heading("How to write it"),
    heading("Allowed values"),
    heading("An example"),
    heading("Field in the data"),
)
WIDTHS = (38, 14, 46, 46, 40, 36, 28)
EXAMPLE_WIDTH = 46
NOTES = (
    say("Fill in the first sheet: a row for each record, from the second row on. Change nothing in its row of titles."),
    say("Columns whose title ends in an asterisk must be filled in. Leave a cell empty where nobody knows the value."),
    say("A red cell is wrong or missing; an amber one holds a name that the portal does not know yet."),
    say("Delete columns that you do not need, and put the others in any order."),
)


def write_explanation(book: Book, sheet: Worksheet, examples: tuple[Example, ...]) -> None:
    """The second sheet: a row a column of the table."""
    resource, looks = book.rules.resource, book.looks
    sheet.hide_gridlines(2)
    for number, width in enumerate(WIDTHS):
        sheet.set_column(number, number, width)
    sheet.write_string(0, 0, resource.title.words(book.language) or resource.name, looks.big)
    sheet.set_row(0, 26)
    notes = [resource.description.words(book.language), *(book.say(note) for note in NOTES)]
    for row, note in enumerate(notes, start=1):
        if note:
            sheet.merge_range(row, 0, row, 4, note, looks.note)
            sheet.set_row(row, 15 * (1 + len(note) // 150))
    for number, words in enumerate(HEADINGS):
        sheet.write_string(FIRST_ROW - 1, number, book.say(words), looks.required)
    sheet.set_row(FIRST_ROW - 2, 8)
    sheet.set_row(FIRST_ROW - 1, 34)
    for row, (label, column) in enumerate(book.labelled(), start=FIRST_ROW):
        required = book.say(heading("yes")) if column.required else ""
        about = "\n".join(part for part in (column.about, column.why) if part)
        shown = (example[column.field.name] for example in examples if column.field.name in example)
        example = next(shown, None) or sample(book.job, column, book.language)
        cells = (label, required, about, book.form(column), _allowed(column), example)
        for number, value in enumerate(cells):
            _write(book, sheet, row, number, value)
        sheet.write_string(row, len(cells), f"{resource.name}.{column.field.name}", looks.soft)
        sheet.set_row(row, _height(zip(cells, WIDTHS, strict=False)))
    sheet.freeze_panes(FIRST_ROW, 1)
    _print_wide(sheet)


def write_examples(book: Book, sheet: Worksheet, examples: tuple[Example, ...]) -> None:
    """The third sheet, to be read downwards: the titles stand in its first column, each example in one of its own."""
    sheet.hide_gridlines(2)
    sheet.set_column(0, 0, WIDTHS[0])
    sheet.set_column(1, COUNT, EXAMPLE_WIDTH)
    sheet.write_string(0, 0, book.say(heading("Column")), book.looks.required)
    for number in range(1, len(examples) + 1):
        title = book.say(say("Example {number}", number=number))
        sheet.write_string(0, number, title, book.looks.required)
    sheet.set_row(0, 24)
    for row, (label, column) in enumerate(book.labelled(), start=1):
        cells = (label, *(example.get(column.field.name, "") for example in examples))
        for number, value in enumerate(cells):
            _write(book, sheet, row, number, value)
        sheet.set_row(row, _height(zip(cells, (WIDTHS[0], *[EXAMPLE_WIDTH] * COUNT), strict=False)))
    sheet.freeze_panes(1, 1)
    _print_wide(sheet)


def _write(book: Book, sheet: Worksheet, row: int, number: int, value: Shown) -> None:
    looks = book.looks
    if isinstance(value, date):
        sheet.write_datetime(row, number, value, looks.day_cell)
    elif isinstance(value, Decimal | int):
        sheet.write_number(row, number, value, looks.whole_cell)
    elif value:
        sheet.write_string(row, number, value, looks.cell if number else looks.label)
    else:
        sheet.write_blank(row, number, None, looks.cell)


def _allowed(column: Asked) -> str:
    """The labels of a code list; names of records are too many and change."""
    if not column.choices or not column.choices.closed:
        return ""
    labels = list(column.choices.labels.values())
    return "; ".join(labels[:LISTED]) + ("; …" if len(labels) > LISTED else "")


def _height(cells: Iterable[tuple[Shown, int]]) -> float:
    """Points for the longest of the texts in columns so wide, as programs do not measure them when they open a file."""
    lines = [sum(1 + int(len(line) * 1.1) // width for line in str(text).split("\n")) for text, width in cells]
    return min(15.0 * max(lines, default=1) + 3, 400.0)


def _print_wide(sheet: Worksheet) -> None:
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.fit_to_pages(1, 0)
