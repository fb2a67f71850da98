"""Where the table stands in a sheet: its row of titles, its columns, its rows of records. Reads no value."""

from __future__ import annotations

from collections.abc import Mapping as Of
from collections.abc import Sequence
from dataclasses import dataclass

from ..checks.words import fold
from ..errors import InputError, Message, say
from .data_rows import complete_layout
from .grid import Merged, Sheet, Workbook, column_letter
from .mapped import mapped_layout
from .mapping import Mapping
from .model import CellProblem, Column, Layout
from .reading import is_empty
from .rules import Rules, TableRules
from .titles import Title, TitleText, field_of, parse_title, title_text
from .words import Words

SEARCHED = 30  # filled rows among which the titles are looked for
LEAST = 2  # titles that make a row one of titles; one is enough where the sheet has a single column


@dataclass(frozen=True, slots=True)
class Candidate:
    """What may be the title of a column."""

    column: int  # 0 is column A
    text: str  # as it is shown
    title: TitleText
    uses_above: bool  # the row above holds a part of it


@dataclass(frozen=True, slots=True)
class Header:
    """A row that may be the one of titles of a table."""

    table: str
    place: int  # among the rows of the sheet
    titles: Of[int, tuple[Title, str]]  # column -> what it says, and its words
    uses_above: bool  # the row above holds a part of the titles

    @property
    def score(self) -> int:
        """How many fields it names."""
        return len({title.field for title, _ in self.titles.values()})


def find_layouts(
    workbook: Workbook, rules: Rules, table: str | None = None, mapping: Mapping | None = None
) -> tuple[tuple[Layout, ...], tuple[CellProblem, ...], tuple[tuple[str, Message], ...]]:
    """The tables of a file in the order of the package, what is wrong with them, and the sheets without one and why.

    Raises InputError when no sheet has one.
    """
    layouts: list[Layout] = []
    problems: list[CellProblem] = []
    others: list[tuple[str, Message]] = []
    for sheet in workbook.sheets:
        if mapping and mapping.sheet and fold(mapping.sheet) != fold(sheet.name):
            others.append((sheet.name, say("The mapping file is about another sheet.")))
            continue
        layout, faults = find_layout(sheet, rules, table, mapping)
        problems.extend(faults)
        if layout:
            layouts.append(layout)
        elif not sheet.rows:
            others.append((sheet.name, say("The sheet is empty.")))
        elif not faults:
            others.append((sheet.name, say("No row of the sheet names the columns of a table.")))
    if not layouts and not problems:
        raise InputError(_no_table(workbook, table))
    order = list(rules.by_table)
    layouts.sort(key=lambda layout: order.index(layout.table))
    return tuple(layouts), tuple(problems), tuple(others)


def find_layout(
    sheet: Sheet, rules: Rules, table: str | None = None, mapping: Mapping | None = None
) -> tuple[Layout | None, tuple[CellProblem, ...]]:
    """The table of a sheet; None when it has none, or when it could be several. `table`: look only for this one."""
    if mapping:
        return mapped_layout(sheet, rules, mapping)
    if not sheet.rows:
        return None, ()
    rows = [candidates(sheet, place, rules.words) for place in range(min(SEARCHED, len(sheet.rows)))]
    headers = [_best_header(sheet, rows, one) for name, one in rules.by_table.items() if table in (None, name)]
    found = [header for header in headers if header]
    best = max((header.score for header in found), default=0)
    likely = [header for header in found if header.score == best]
    named = [header for header in likely if _is_called(sheet.name, rules.by_table[header.table])]
    if len(named or likely) > 1:
        return None, (_several(sheet, named or likely),)
    return _layout(sheet, (named or likely)[0], rules) if likely else (None, ())


def _best_header(sheet: Sheet, rows: Sequence[Sequence[Candidate]], rules: TableRules) -> Header | None:
    """The row that names most fields of a table; of equal ones the first, unless the next completes it."""
    least = LEAST if max(len(row.cells) for row in sheet.rows[:SEARCHED]) > 1 else 1
    best: Header | None = None
    for place, row in enumerate(rows):
        header = _header(place, row, rules)
        if header.score < least:
            continue
        completes = best and header.score == best.score and header.uses_above and place == best.place + 1
        if not best or header.score > best.score or completes:
            best = header
    return best


def _header(place: int, row: Sequence[Candidate], rules: TableRules) -> Header:
    """What a row says of the columns of a table; of several candidates for a column the first that it knows."""
    titles: dict[int, tuple[Title, str]] = {}
    uses_above = False
    for candidate in row:
        title = None if candidate.column in titles else field_of(candidate.title, rules)
        if title:
            titles[candidate.column] = (title, candidate.text)
            uses_above = uses_above or candidate.uses_above
    return Header(rules.resource.name, place, titles, uses_above)


def candidates(sheet: Sheet, place: int, words: Words) -> list[Candidate]:
    """The texts of a row that may be titles: with that of the group above before it, then alone."""
    row = sheet.rows[place]
    groups = _texts_above(sheet, place)
    found = []
    for column in range(max(len(row.cells), len(groups))):
        own = title_text(row.cells[column]) if column < len(row.cells) else ""
        group = groups[column] if column < len(groups) else ""
        merged = _covering(sheet, row.number, column)
        if own and group:
            joined = f"{group} {own}"
            found.append(Candidate(column, joined, parse_title(joined, words), True))
        if own:
            found.append(Candidate(column, own, parse_title(own, words), False))
        elif merged and merged.first_row < row.number:
            above = _text_at(sheet, merged.first_row, merged.first_column)
            found.append(Candidate(column, above, parse_title(above, words), True))
    return found


def _texts_above(sheet: Sheet, place: int) -> list[str]:
    """Titles of groups of columns in the row above, each over all of its columns.

    A CSV file has lost how wide a group is: there it reaches as far as the cells right of it are empty.
    """
    if place == 0 or sheet.rows[place - 1].number != sheet.rows[place].number - 1:
        return []
    row = sheet.rows[place - 1]
    width = max(len(row.cells), len(sheet.rows[place].cells))
    texts = [title_text(row.cells[column]) if column < len(row.cells) else "" for column in range(width)]
    for column in range(1, width):
        merged = _covering(sheet, row.number, column)
        if merged:
            texts[column] = texts[merged.first_column] if merged.last_row == row.number else texts[column]
        elif not texts[column] and not sheet.merged:
            texts[column] = texts[column - 1]
    return texts


def _covering(sheet: Sheet, row: int, column: int) -> Merged | None:
    for merged in sheet.merged:
        if merged.first_row <= row <= merged.last_row and merged.first_column <= column <= merged.last_column:
            return merged
    return None


def _text_at(sheet: Sheet, number: int, column: int) -> str:
    for row in sheet.rows[:SEARCHED]:
        if row.number == number:
            return title_text(row.cells[column]) if column < len(row.cells) else ""
    return ""


def _layout(sheet: Sheet, header: Header, rules: Rules) -> tuple[Layout, tuple[CellProblem, ...]]:
    row = sheet.rows[header.place]
    columns: list[Column] = []
    problems = []
    for index, (title, words) in sorted(header.titles.items()):
        first = next((column for column in columns if column.field == title.field), None)
        if not first:
            columns.append(Column(index, title.field, words, title.scale, title.currency))
        elif _has_values(sheet, header.place, index):
            what = say(
                "The columns {first} and {second} both hold “{field}”.",
                first=column_letter(first.index),
                second=column_letter(index),
                field=first.title,
            )
            fix = say("Give one of the two another title, or delete it.")
            problems.append(CellProblem(sheet.name, row.number, index, title.field, what, fix))
    return complete_layout(sheet, header.table, header.place, columns, rules), tuple(problems)


def _has_values(sheet: Sheet, place: int, column: int) -> bool:
    return any(column < len(row.cells) and not is_empty(row.cells[column]) for row in sheet.rows[place + 1 :])


def _is_called(name: str, rules: TableRules) -> bool:
    """Whether the sheet, or the file without its ending, has the name or a title of the table."""
    names = {fold(rules.resource.name), *(fold(words) for _, words in rules.resource.title.versions)}
    return fold(name) in names or fold(name.rpartition(".")[0]) in names


def _several(sheet: Sheet, headers: Sequence[Header]) -> CellProblem:
    tables = ", ".join(header.table for header in headers)
    what = say("The titles of the columns fit several tables: {tables}.", tables=tables)
    fix = say("Give the sheet the name of its table.")
    return CellProblem(sheet.name, None, None, None, what, fix)


def _no_table(workbook: Workbook, table: str | None) -> Message:
    if table:
        return say(
            "No sheet of {file} has a row with the titles of the table “{table}”. Take them from its template.",
            file=workbook.name,
            table=table,
        )
    return say(
        "No sheet of {file} has a row with titles of columns that the portal knows. Take them from a template.",
        file=workbook.name,
    )
