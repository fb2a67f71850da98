"""Changes to the text of a CSV file that leave every other row as it is, byte for byte."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ..cells import csv_line

BOM = codecs.BOM_UTF8.decode()


@dataclass
class CsvText:
    """The rows of a file as they are written, each with the end of its line."""

    mark: str  # byte order mark, or nothing
    rows: dict[int, str]  # line on which the row begins -> its text; the first is the header
    line_end: str

    @classmethod
    def of(cls, content: bytes) -> CsvText:
        """Divide a file that load.py can read. Raises csv.Error and UnicodeDecodeError of any other."""
        text = content.decode("utf-8")
        mark = BOM if text.startswith(BOM) else ""
        lines = list(io.StringIO(text.removeprefix(BOM), newline=""))
        csv.field_size_limit(max(len(text), csv.field_size_limit()))
        reader = csv.reader(iter(lines), strict=True)
        rows: dict[int, str] = {}
        start = 0
        for _ in reader:
            rows[start + 1] = "".join(lines[start : reader.line_num])
            start = reader.line_num
        return cls(mark, rows, _line_end(rows.get(1, "")))

    @classmethod
    def empty(cls, header: Sequence[str]) -> CsvText:
        """A file without records."""
        return cls("", {1: csv_line(header, "\n")}, "\n")

    def cells(self, line: int) -> list[str]:
        """The cells of the row that begins on the line; none if no row does."""
        return next(csv.reader([self.rows[line]], strict=True)) if line in self.rows else []

    def replace(self, line: int, cells: Iterable[str]) -> None:
        """Put other cells into the row that begins on the line."""
        self.rows[line] = csv_line(cells, _line_end(self.rows[line]) or self.line_end)

    def remove(self, line: int) -> None:
        """Take out the row that begins on the line."""
        del self.rows[line]

    def append(self, cells: Iterable[str]) -> None:
        """Add a row at the end."""
        last = next(reversed(self.rows))
        if not _line_end(self.rows[last]):
            self.rows[last] += self.line_end
        self.rows[last + 1 + self.rows[last].count("\n")] = csv_line(cells, self.line_end)

    def content(self) -> bytes:
        """The file."""
        return (self.mark + "".join(self.rows.values())).encode()


def _line_end(row: str) -> str:
    return row[len(row.rstrip("\r\n")) :]
