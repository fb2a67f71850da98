"""The sheet that is filled in: titles, drop-downs, checks of what is typed, and colours for what is wrong."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from ...errors import say
from ...validate import LARGEST
from ..quick_workbook import QuickSheet
from .asked import Asked, Kind
from .book import STAR, Book
from .help_sheets import A4
from .lists import Lists
from .red import Place, doubtful, no_truth, wrong

ROWS = 1_000  # that can be filled in
LONGEST_PROMPT, LONGEST_PROMPT_TITLE = 255, 32  # characters that Excel holds
HEADER_HEIGHT = 48  # points: three lines
WIDTHS: dict[Kind, int] = {"text": 30, "record": 32, "code": 24, "address": 32, "identifier": 18}
USUAL_WIDTH = 16
FIRST_DAY, LAST_DAY = date(1900, 3, 1), date(2100, 12, 31)


class PlainSheet(QuickSheet):
    """A sheet whose formulas use no function that is younger than Excel 2007.

    XlsxWriter looks for 150 such names in each formula, which was a fifth of the time of a template.
    """

    def _prepare_formula(self, formula: str, _expand: bool = False) -> str:
        return formula.removeprefix("=")


def write_table(book: Book, sheet: Worksheet, lists: Lists) -> None:
    """Fill the sheet, which comes first."""
    amounts = [f"${xl_col_to_name(place)}2" for place, one in enumerate(book.columns) if one.kind == "amount"]
    places = [_place(book, number, lists, amounts) for number in range(len(book.columns))]
    for number, (column, at) in enumerate(zip(book.columns, places, strict=True)):
        sheet.write_string(0, number, column.title + (STAR if column.required else ""), _header(book, column))
        about = "\n".join(part for part in (column.about, column.why, book.form(column)) if part)
        lines = sum(1 + len(line) // 45 for line in about.split("\n"))
        sheet.write_comment(0, number, about, {"width": 300, "height": 18 * lines + 12, "color": "#faf8f4"})
        sheet.set_column(number, number, WIDTHS.get(column.kind, USUAL_WIDTH), _look(book, column))
        sheet.data_validation(1, number, ROWS, number, _validation(book, column, lists))
        _colour(book, sheet, number, column, at)
    sheet.set_row(0, HEADER_HEIGHT)
    sheet.freeze_panes(1, 0)
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.repeat_rows(0)


def _place(book: Book, number: int, lists: Lists, amounts: Sequence[str]) -> Place:
    letter, last = xl_col_to_name(number), xl_col_to_name(len(book.columns) - 1)
    choices = book.columns[number].offered
    return Place(
        cell=f"{letter}2",
        column=f"${letter}$2:${letter}${ROWS + 1}",
        row=f"$A2:${last}2",
        amounts=amounts,
        lists=lists[choices.table] if choices else None,
    )


def _header(book: Book, column: Asked) -> Format:
    if column.required:
        return book.looks.required
    return book.looks.left_empty if column.kind == "identifier" else book.looks.optional


def _look(book: Book, column: Asked) -> Format:
    """Texts are texts, so that zeros in front and days known to the month stay as they are typed."""
    looks = book.looks
    numbers = {"integer": looks.whole, "number": looks.number, "amount": looks.amount, "day": looks.day}
    return numbers.get(column.kind, looks.text)


def _colour(book: Book, sheet: Worksheet, number: int, column: Asked, at: Place) -> None:
    formulas = list(wrong(column, book.rules.resource.name, at))
    if column.kind == "boolean":
        formulas.append(no_truth(at.cell, *_truths(book)))
    for formula in formulas:
        rule = {"type": "formula", "criteria": f"={formula}", "format": book.looks.wrong}
        sheet.conditional_format(1, number, ROWS, number, rule)
    doubt = doubtful(column, at)
    if doubt:
        rule = {"type": "formula", "criteria": f"={doubt}", "format": book.looks.doubtful}
        sheet.conditional_format(1, number, ROWS, number, rule)


def _truths(book: Book) -> tuple[str, str]:
    return book.job.words(book.language, "yes"), book.job.words(book.language, "no")


def _validation(book: Book, column: Asked, lists: Lists) -> dict[str, Any]:
    """What may be typed, with the help that appears beside the cell."""
    prompt = " ".join(part for part in (column.about, book.form(column)) if part)
    return {
        "input_title": _short(column.title, LONGEST_PROMPT_TITLE),
        "input_message": _short(prompt, LONGEST_PROMPT),
        "error_title": _short(column.title, LONGEST_PROMPT_TITLE),
        "error_message": _short(book.form(column), LONGEST_PROMPT),
        **dict(_allowed(book, column, lists)),
    }


def _allowed(book: Book, column: Asked, lists: Lists) -> Iterator[tuple[str, Any]]:
    limits = column.field.constraints
    least, most = limits.get("minimum", -LARGEST), limits.get("maximum", LARGEST)
    if column.offered:
        yield from (("validate", "list"), ("source", f"={lists[column.offered.table][0]}"))
        if column.many:
            yield "show_error", False  # a list lets one be chosen; several are written
        elif not column.offered.closed:
            yield from (("error_type", "warning"), ("error_message", _short(_new_name(book), LONGEST_PROMPT)))
    elif column.kind == "boolean":
        yield from (("validate", "list"), ("source", list(_truths(book))))
    elif column.kind == "currency":
        yield from (("validate", "list"), ("source", list(book.currencies)), ("error_type", "warning"))
    elif column.kind == "amount":
        yield from (("validate", "decimal"), ("criteria", ">"), ("value", 0))
    elif column.kind in ("number", "integer"):
        yield "validate", "decimal" if column.kind == "number" else "integer"
        yield from (("criteria", "between"), ("minimum", least), ("maximum", most))
    elif column.kind == "day":
        yield from (("validate", "date"), ("criteria", "between"), ("minimum", FIRST_DAY), ("maximum", LAST_DAY))
    else:
        yield "validate", "any"


def _new_name(book: Book) -> str:
    return book.say(
        say("The portal knows no record of this name. Keep it if it is written right and the record is to be added.")
    )


def _short(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1]}…"
