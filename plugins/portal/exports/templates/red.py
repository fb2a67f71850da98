"""Formulas that are true of a wrong cell, so that a spreadsheet colours it. What no formula can judge stays white.

They find what the checks of the portal would refuse, and nothing that they would take, but for days in words.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ...checks.money import OPTIONAL
from ...validate import LARGEST
from .asked import Asked

YEARS = (1900, 2100)  # a number in a column of days that may be a year
FIRST_SERIAL = 20_000  # a number there that may be a day as Excel counts them: 1954


@dataclass(frozen=True, slots=True)
class Place:
    """Where a column stands, as the formula of its first cell writes it."""

    cell: str  # “C2”
    column: str  # “$C$2:$C$1001”
    row: str  # all cells of the row, “$A2:$BB2”
    amounts: Sequence[str]  # those with the amounts that share the currency: “$D2”
    lists: tuple[str, str] | None  # names of the ranges with the labels and with their keys


def wrong(column: Asked, table: str, at: Place) -> Iterator[str]:
    """Formulas without their equals sign; a cell of which one is true is wrong."""
    cell = at.cell
    if column.required:
        yield f"AND(LEN(TRIM({cell}))=0,COUNTA({at.row})>0)"
    if column.kind == "identifier":
        yield f"AND(LEN({cell})>0,COUNTIF({at.column},{cell})>1)"
    elif column.kind in ("amount", "number", "integer"):
        yield f"AND(LEN({cell})>0,IF(ISNUMBER({cell}),{_out_of_limits(column, cell)},TRUE))"
    elif column.kind in ("day", "partial day"):
        yield f"AND(LEN({cell})>0,IF(ISNUMBER({cell}),{_no_day_number(column, cell)},NOT({_is_day(column, cell)})))"
    elif column.kind == "address":
        yield f'AND(LEN({cell})>0,LEFT({cell},7)<>"http://",LEFT({cell},8)<>"https://")'
    elif column.kind == "currency":
        yield f"AND(LEN({cell})>0,NOT(AND(LEN({cell})=3,EXACT({cell},UPPER({cell})))))"
        if at.amounts and table in OPTIONAL:
            filled = "+".join(f"LEN({amount})" for amount in at.amounts)
            yield f"({filled}>0)<>(LEN({cell})>0)"
    elif column.kind == "code" and at.lists:
        yield _unknown(column, cell, at.lists)


def doubtful(column: Asked, at: Place) -> str | None:
    """The formula of a cell that names no record: a new one may be right."""
    return _unknown(column, at.cell, at.lists) if column.kind == "record" and at.lists else None


def no_truth(cell: str, yes: str, no: str) -> str:
    """The formula of a cell that is neither of these words, nor true or false as the program has them."""
    return f'AND(LEN({cell})>0,NOT(ISLOGICAL({cell})),{cell}<>"{yes}",{cell}<>"{no}")'


def _unknown(column: Asked, cell: str, lists: tuple[str, str]) -> str:
    """COUNTIF fails on texts of more than 255 characters; they are left to the checks, and so are several values."""
    one = f'ISERROR(FIND(";",{cell})),' if column.many else ""
    counts = "+".join(f"COUNTIF({name},{cell})" for name in lists)
    return f"AND(LEN({cell})>0,{one}IFERROR({counts},1)=0)"


def _out_of_limits(column: Asked, cell: str) -> str:
    limits = column.field.constraints
    least, most = limits.get("minimum", -LARGEST), limits.get("maximum", LARGEST)
    tests = [f"{cell}<=0" if column.kind == "amount" else f"{cell}<{least}", f"{cell}>{most}"]
    if column.kind == "integer":
        tests.append(f"{cell}<>INT({cell})")
    return f"OR({','.join(tests)})"


def _no_day_number(column: Asked, cell: str) -> str:
    if column.kind == "day":
        return f"{cell}<{FIRST_SERIAL}"
    return f"AND({cell}<{FIRST_SERIAL},OR({cell}<{YEARS[0]},{cell}>{YEARS[1]}))"


def _is_day(column: Asked, cell: str) -> str:
    """2019-11-05 or 05.11.2019; where it may be less, also 2019-11 and 2019. Never an error, which counts as wrong."""
    year, month, day = f"LEFT({cell},4)", f"MID({cell},6,2)", f"MID({cell},9,2)"
    forms = [
        f'AND(LEN({cell})=10,MID({cell},5,1)="-",MID({cell},8,1)="-",MONTH(DATE({year},{month},{day}))=VALUE({month}))',
        f'AND(LEN({cell})-LEN(SUBSTITUTE({cell},".",""))=2,MID({cell},LEN({cell})-4,1)=".",'
        f'LEN({cell})>7,ISNUMBER(VALUE(SUBSTITUTE({cell},".",""))))',
    ]
    if column.kind == "partial day":
        forms.append(f"AND(LEN({cell})=4,ISNUMBER(VALUE({cell})))")
        forms.append(
            f'AND(LEN({cell})=7,MID({cell},5,1)="-",ISNUMBER(VALUE({year})),VALUE({month})>0,VALUE({month})<13)'
        )
    return "OR(" + ",".join(f"IFERROR({form},FALSE)" for form in forms) + ")"
