"""Names of sheets that Excel allows."""

from __future__ import annotations

import io

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from portal.sheet_names import sheet_names


@pytest.mark.parametrize(
    ("wanted", "names"),
    [
        (["Grants", "Grants"], ("Grants", "Grants (2)")),
        (["Grants", "GRANTS"], ("Grants", "GRANTS (2)")),
        (["History"], ("History (2)",)),  # which Excel keeps for itself
        (["a[b]:c*d?e/f\\g"], ("abcdefg",)),
        (["'quoted'", "?"], ("quoted", "otherwise")),
        (["x" * 40, "x" * 40], ("x" * 31, "x" * 27 + " (2)")),
    ],
)
def test_names(wanted: list[str], names: tuple[str, ...]) -> None:
    assert sheet_names((words, "otherwise") for words in wanted) == names


@given(st.lists(st.text(st.sampled_from("aB 'ж[]:*?/\\"), max_size=40), min_size=1, max_size=12))
def test_a_workbook_takes_any(wanted: list[str]) -> None:
    with xlsxwriter.Workbook(io.BytesIO(), {"in_memory": True}) as workbook:
        for name in sheet_names((words, str(number)) for number, words in enumerate(wanted)):
            workbook.add_worksheet(name)
