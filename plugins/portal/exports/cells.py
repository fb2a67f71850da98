"""What keeps a spreadsheet from making something else of a cell. How values become cells stands in portal/cells.py."""

from __future__ import annotations

from ..cells import cell_text, csv_line, number_text, record_cells

__all__ = ["cell_text", "csv_line", "disarm", "number_text", "record_cells"]

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")  # a spreadsheet computes a cell that begins so


def disarm(text: str) -> str:
    """Text that no spreadsheet takes for a formula: an apostrophe stands before one."""
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text
