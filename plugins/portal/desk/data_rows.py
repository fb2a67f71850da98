"""The rows of a sheet that are records, with merged cells filled in; and why the others are none."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from ..checks.words import fold
from ..errors import Message, say
from .grid import Cell, Merged, Sheet, SheetRow
from .model import Column, Layout
from .reading import is_empty, shown_text
from .rules import Rules, TableRules
from .titles import title_text
from .words import Words

LEAST_NUMBERED = 3  # cells of a row that counts the columns
FEW = 2  # columns that a remark below the totals may fill
MANY = 4  # columns of a table in which a row of one text is a remark


def complete_layout(sheet: Sheet, table: str, place: int, columns: Sequence[Column], rules: Rules) -> Layout:
    """The layout of a sheet whose titles and columns are known."""
    row = sheet.rows[place]
    rows, skipped = data_rows(sheet, place, columns, table, rules)
    return Layout(
        sheet=sheet.name,
        table=table,
        header=row.number,
        columns=tuple(columns),
        unused=_unused(row, rows, {column.index for column in columns}),
        rows=rows,
        skipped=skipped,
    )


def _unused(header: SheetRow, rows: Sequence[SheetRow], used: set[int]) -> tuple[tuple[int, str], ...]:
    """Columns with values that no field takes, and their titles."""
    filled: set[int] = set()
    for row in rows:
        if len(filled) + len(used) < len(row.cells):
            filled.update(
                index
                for index, cell in enumerate(row.cells)
                if index not in filled and index not in used and not is_empty(cell)
            )
    titles = [title_text(cell) for cell in header.cells]
    return tuple((index, titles[index] if index < len(titles) else "") for index in sorted(filled))


def data_rows(
    sheet: Sheet, place: int, columns: Sequence[Column], table: str, rules: Rules
) -> tuple[tuple[SheetRow, ...], tuple[tuple[int, Message], ...]]:
    """The rows of records under the titles, which stand at this place, and the other rows with the reason."""
    header = sheet.rows[place]
    skipped = [(row.number, say("The row stands above the titles of the columns.")) for row in sheet.rows[:place]]
    judge = RowJudge(header, columns, rules.by_table[table], rules.words)
    merged = _by_row([one for one in sheet.merged if one.first_row > header.number])
    firsts: dict[Merged, Cell] = {}
    rows = []
    for row in sheet.rows[place + 1 :]:
        ranges = merged.get(row.number, ())
        reason = judge.reason(row, ranges)
        if reason:
            skipped.append((row.number, reason))
        else:
            rows.append(_filled(row, ranges, firsts) if ranges else row)
    return tuple(rows), tuple(skipped)


def _by_row(ranges: Sequence[Merged]) -> dict[int, list[Merged]]:
    found: defaultdict[int, list[Merged]] = defaultdict(list)
    for one in ranges:
        for number in range(one.first_row, one.last_row + 1):
            found[number].append(one)
    return dict(found)


def _filled(row: SheetRow, ranges: Sequence[Merged], firsts: dict[Merged, Cell]) -> SheetRow:
    """The row with the first cell of each range in all of its cells. `firsts` are those of the rows above."""
    cells = list(row.cells)
    for one in ranges:
        cells.extend([None] * (one.last_column + 1 - len(cells)))
        if row.number == one.first_row:
            firsts[one] = cells[one.first_column]
        for column in range(one.first_column, one.last_column + 1):
            cells[column] = firsts.get(one)
    return SheetRow(row.number, tuple(cells))


class RowJudge:
    """Tells rows of records from totals, titles that are there again, numbers of columns and remarks."""

    def __init__(self, header: SheetRow, columns: Sequence[Column], rules: TableRules, words: Words):
        self.header = header
        self.titles = [fold(shown_text(cell)) if isinstance(cell, str) else "" for cell in header.cells]
        self.indexes = list(dict.fromkeys(column.index for column in columns))
        types = {column.index: rules.resource.by_name[column.field].type for column in columns}
        self.text_columns = [index for index in self.indexes if types[index] not in ("number", "integer")]
        self.totals = words.totals
        self.titles_before = True  # the row before was one of titles
        self.totals_before = False

    def reason(self, row: SheetRow, merged: Sequence[Merged]) -> Message | None:  # noqa: PLR0911  (one a kind of row)
        """Why the row is no record; None when it is one."""
        filled = [index for index, cell in enumerate(row.cells) if not is_empty(cell)]
        numbered, self.titles_before = self.titles_before and self._is_numbered(row, filled), False
        if numbered:
            return say("The row counts the columns.")
        place = next((index for index in filled if isinstance(row.cells[index], str)), -1)
        first = fold(shown_text(row.cells[place])) if place >= 0 else ""
        if place in filled[:1] and self._is_titles(row, filled, first):
            self.titles_before = True
            return say("The row repeats the titles of the columns.")
        if first and self._is_total(filled, place, first):
            self.totals_before = True
            return say("The row holds totals.")
        down = {column for one in merged if one.first_row < row.number for column in _columns_of(one)}
        own = [index for index in self.indexes if index in down or index in filled]
        if not own:
            return say("The row fills none of the columns that are read.")
        if self.totals_before and len(own) <= FEW and len(self.indexes) >= MANY:
            return say("The row is a remark below the totals.")
        if len(filled) == 1 and place >= 0 and not down and self._is_remark(place, merged):
            return say("The row is a heading or a remark.")
        return None

    def _is_numbered(self, row: SheetRow, filled: Sequence[int]) -> bool:
        texts = [shown_text(row.cells[index]) for index in filled]
        return len(filled) >= LEAST_NUMBERED and texts == [str(number) for number in range(1, len(filled) + 1)]

    def _is_titles(self, row: SheetRow, filled: Sequence[int], first: str) -> bool:
        if filled[0] >= len(self.titles) or first != self.titles[filled[0]]:
            return False
        texts = [shown_text(row.cells[index]) for index in filled if index < len(self.titles)]
        titles = [self.titles[index] for index in filled if index < len(self.titles)]
        same = sum(fold(text) == title for text, title in zip(texts, titles, strict=True))
        return same >= 2 and same * 2 >= len(filled)

    def _is_total(self, filled: Sequence[int], place: int, folded: str) -> bool:
        if not any(folded == word or folded.startswith(f"{word} ") for word in self.totals):
            return False
        others = [index for index in self.text_columns if index in filled and index != place]
        return len(others) * 2 < len(self.text_columns) or not self.text_columns

    def _is_remark(self, place: int, merged: Sequence[Merged]) -> bool:
        """One text alone: it says nothing of a record in a table of many columns, or it stands over most of them."""
        if len(self.indexes) >= MANY:
            return True
        over = {column for one in merged if one.first_column == place for column in _columns_of(one)}
        return len(over) >= 2 and len(over.intersection(self.indexes)) * 2 > len(self.indexes)


def _columns_of(merged: Merged) -> range:
    return range(merged.first_column, merged.last_column + 1)
