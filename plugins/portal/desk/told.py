"""A problem of a cell as one line: in which sheet, at which cell, what, how to mend it."""

from __future__ import annotations

from ..errors import Message, say
from ..i18n import Translations
from .grid import column_letter
from .model import CellProblem


def where(problem: CellProblem) -> Message:
    """The place, as the spreadsheet names it."""
    if problem.row is None:
        return say("Sheet {sheet}", sheet=problem.sheet)
    if problem.column is None:
        return say("Sheet “{sheet}”, row {row}", sheet=problem.sheet, row=problem.row)
    cell = f"{column_letter(problem.column)}{problem.row}"
    return say("Sheet “{sheet}”, cell {cell}", sheet=problem.sheet, cell=cell)


def told(problem: CellProblem, translations: Translations, language: str) -> str:
    """The whole line in the language."""
    place, what, fix = (translations.message(language, one) for one in (where(problem), problem.what, problem.fix))
    return f"{place}: {what} {fix}"
