"""Spreadsheets to be filled in and sent back: a workbook a table and language. templates/ makes their sheets."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, time
from pathlib import Path
from typing import BinaryIO

from ..desk.rules import TableRules
from ..errors import heading
from ..sheet_names import LONGEST_NAME, sheet_names
from ..workers import share_out
from .job import FOLDER, Download, Job, describe
from .narrow import different_values
from .quick_workbook import QuickWorkbook
from .templates.asked import CURRENCY, Asked, asked_columns
from .templates.book import Book
from .templates.choices import all_choices, keys_by_name
from .templates.examples import Example, examples_of, titles_of
from .templates.help_sheets import write_examples, write_explanation
from .templates.lists import write_lists
from .templates.looks import make_looks
from .templates.table_sheet import PlainSheet, write_table
from .to_xlsx import MEDIA_TYPE

FORMAT = "Template"
EXPLANATION, EXAMPLES, LISTS = heading("Explanation"), heading("Examples"), heading("Lists")


def write(job: Job, output: Path, _made: Sequence[Download]) -> Iterator[Download]:
    """data/templates/<table>.<language>.xlsx, of every table that is no code list."""
    languages = job.settings.languages
    tables = {one.name: TableRules(one, languages) for one in job.resources if not one.is_codelist}
    titles = titles_of(tables)
    names = keys_by_name(job)
    choices = all_choices(job, names)
    currencies = _currencies(job)
    wanted = [(name, language) for name in tables for language in languages]
    (output / FOLDER / "templates").mkdir(exist_ok=True)

    def write_books(share: Sequence[tuple[str, str]]) -> None:
        for name, language in share:
            columns = asked_columns(tables[name], job.package, choices[language], language)
            examples = examples_of(job, tables[name], columns, language, titles)
            with (output / _path(name, language)).open("wb") as stream:
                _write_book(stream, job, tables[name], language, columns, examples, currencies)

    _ = job.rows  # made once here, not once in each process
    share_out(write_books, wanted, least=10)
    for name, language in wanted:
        yield describe(output, _path(name, language), FORMAT, MEDIA_TYPE, resource=name, language=language)


def _currencies(job: Job) -> tuple[str, ...]:
    """That of the portal first, then those of its records."""
    used: set[str] = set()
    for resource in job.package.resources:
        if CURRENCY in resource.by_name:
            used |= different_values(job.rows[resource.name], CURRENCY) - {None}
    ours = job.settings.currency
    return (ours, *sorted(used - {ours}))


def _path(table: str, language: str) -> str:
    return f"{FOLDER}/templates/{table}.{language}.xlsx"


def _write_book(  # noqa: PLR0917  (each says another thing of the one book)
    stream: BinaryIO,
    job: Job,
    rules: TableRules,
    language: str,
    columns: tuple[Asked, ...],
    examples: tuple[Example, ...],
    currencies: tuple[str, ...],
) -> None:
    """Write to a stream of ours, as XlsxWriter hides the OSError of a file that it cannot open."""
    title = rules.resource.title.words(language) or rules.resource.name
    called = title if len(title) <= LONGEST_NAME else rules.resource.name  # the desk knows a table by its whole title
    helps = (job.translations.message(language, words) for words in (EXPLANATION, EXAMPLES, LISTS))
    names = sheet_names(((called, rules.resource.name), *zip(helps, ("explanation", "examples", "lists"), strict=True)))
    with QuickWorkbook(stream, {"in_memory": True}) as workbook:
        workbook.set_properties({"title": title, "created": datetime.combine(job.data_date, time())})
        book = Book(job, rules, language, columns, make_looks(workbook), names, currencies)
        table, explanation, shown = (workbook.add_worksheet(name, PlainSheet) for name in names[:3])
        write_table(book, table, write_lists(book, workbook))
        write_explanation(book, explanation, examples)
        write_examples(book, shown, examples)
