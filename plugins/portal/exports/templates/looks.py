"""How the templates look: the values of theme/static/css/tokens.css, light, as a spreadsheet has no dark."""

from __future__ import annotations

from dataclasses import dataclass

from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook

PAPER, INK, SOFT, LINE = "#faf8f4", "#1d1b18", "#5c564d", "#e2dcd1"
ACCENT, ACCENT_SOFT, ON_ACCENT = "#9c2a2f", "#f3e3df", "#ffffff"
WRONG, DOUBTFUL = "#d9a09c", "#f6e3b4"


@dataclass(frozen=True, slots=True)
class Looks:
    """The formats of a workbook."""

    required: Format  # title of a column that must be filled in
    optional: Format
    left_empty: Format  # title of the column that the desk fills in
    text: Format
    whole: Format
    number: Format
    amount: Format
    day: Format
    wrong: Format
    doubtful: Format
    big: Format  # title of a help sheet
    note: Format
    label: Format  # first cell of a row of a help sheet
    cell: Format
    soft: Format
    whole_cell: Format
    day_cell: Format


def make_looks(workbook: Workbook) -> Looks:
    """The formats, each made once."""
    head = {"bold": True, "text_wrap": True, "valign": "vcenter", "border": 1, "border_color": LINE, "indent": 1}
    body = {"font_color": INK, "valign": "top"}
    help_cell = {**body, "align": "left", "indent": 1, "text_wrap": True, "bottom": 1, "bottom_color": LINE}
    make = workbook.add_format
    return Looks(
        required=make({**head, "bg_color": ACCENT, "font_color": ON_ACCENT}),
        optional=make({**head, "bg_color": ACCENT_SOFT, "font_color": INK}),
        left_empty=make({**head, "bg_color": LINE, "font_color": SOFT}),
        text=make({**body, "num_format": "@"}),
        whole=make({**body, "num_format": "0"}),
        number=make(body),
        amount=make({**body, "num_format": "#,##0.00"}),
        day=make({**body, "num_format": "yyyy-mm-dd"}),
        wrong=make({"bg_color": WRONG}),
        doubtful=make({"bg_color": DOUBTFUL}),
        big=make({"bold": True, "font_size": 16, "font_color": ACCENT}),
        note=make({"font_color": SOFT, "text_wrap": True, "valign": "top"}),
        label=make({**help_cell, "bold": True, "bg_color": PAPER}),
        cell=make(help_cell),
        soft=make({**help_cell, "font_color": SOFT}),
        whole_cell=make({**help_cell, "num_format": "0.######"}),
        day_cell=make({**help_cell, "num_format": "yyyy-mm-dd"}),
    )
