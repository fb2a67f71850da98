"""Real spreadsheets of others through the command line, with mapping files: what is sent is taken or given back."""

from __future__ import annotations

import csv
import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tests.real_spreadsheets import FILES, RealFile, cells_of, copy_of, import_file, new_portal

pytestmark = pytest.mark.long

MOST = 10_000  # rows of a file that is imported here; `make bench` imports all of them
ZERO = "more than zero"
TWICE = "the same as"
FORMULA = "run it as a formula"
PHONE = "a phone number"
ITSELF = "gives the grant and receives it"
EMPTY = "cell is empty"
REASONS = (ZERO, TWICE, FORMULA, PHONE, ITSELF, EMPTY)


@dataclass(frozen=True, slots=True)
class Expected:
    """What becomes of a file."""

    amount: str  # title of its column
    rows: int
    new: int
    given: str  # sum of the amounts
    rejected: str  # sum of those that are not taken
    reasons: Mapping[str, int]  # rows; one may have several reasons
    made: Mapping[str, int]  # records made of names
    thousand: str = ","  # what stands between thousands
    scale: int = 1


AWARDS = Expected(
    amount="Amount Awarded",
    rows=3_351,
    new=3_218,
    given="3920986733",
    rejected="659525",
    reasons={ZERO: 109, TWICE: 24, ITSELF: 2},
    made={"organizations": 1_969, "programs": 103},
)
EXPECTED = {
    "government-grant-awards-2016-17.xlsx": AWARDS,
    "awards-2016-17.csv": AWARDS,
    "government-grant-schemes-2013-14.csv": Expected(
        amount="Amount (£,000s)",
        rows=1_019,
        new=1_019,
        given="146828100380.67",
        rejected="0",
        reasons={},
        made={"programs": 925},
        scale=1_000,
    ),
    "government-grant-schemes-2014-15.csv": Expected(
        amount="Amount (£m)",
        rows=1_180,
        new=1_155,
        given="132032225406.9",
        rejected="-940000",
        reasons={ZERO: 24, EMPTY: 1},
        made={"programs": 1_043},
        scale=1_000_000,
    ),
    "government-grant-schemes-2015-16.csv": Expected(
        amount="Value per year",
        rows=1_349,
        new=1_339,
        given="109037558971",
        rejected="-2667867576",
        reasons={ZERO: 10},
        made={"programs": 1_339},
    ),
    "government-grant-schemes-2016-17.csv": Expected(
        amount="Value per year",
        rows=1_207,
        new=1_192,
        given="99835148027",
        rejected="-2487035037",
        reasons={ZERO: 14, FORMULA: 1},
        made={"programs": 1_188},
    ),
    "es-erdf-2007-2013.csv": Expected(
        amount="montante_concedido",
        rows=MOST,
        new=9_844,
        given="6094607632.25",
        rejected="996105.97",
        reasons={ZERO: 24, TWICE: 130, FORMULA: 2},
        made={"organizations": 3_164, "programs": 3},
        thousand=".",
    ),
    "es-esf-2007-2013.csv": Expected(
        amount="spending",
        rows=MOST,
        new=9_987,
        given="1831892638.73",
        rejected="38556.2",
        reasons={TWICE: 13},
        made={"organizations": 8_329, "programs": 4},
        thousand=".",
    ),
}


@pytest.mark.shared
@pytest.mark.filterwarnings("ignore:Unknown extension:UserWarning")  # of openpyxl, about the real XLSX
@pytest.mark.parametrize("file", FILES, ids=lambda file: Path(file.path).name)
def test_a_real_spreadsheet_is_taken_or_given_back_to_the_last_penny(
    file: RealFile, shared: Path, tmp_path: Path
) -> None:
    path, data = copy_of(file, shared, tmp_path), new_portal(tmp_path)
    header, *rows = cells_of(path)
    if len(rows) > MOST:
        rows = rows[:MOST]
        with path.open("w", encoding="utf-8", newline="") as stream:
            csv.writer(stream).writerows([header, *rows])
    expected = EXPECTED[path.name]
    amount = header.index(expected.amount)
    assert len(rows) == expected.rows
    assert sum((number(row[amount], expected) for row in rows), Decimal()) == Decimal(expected.given)

    done = import_file(path, data, file.mapping)
    assert done.status == int(expected.rows > expected.new), done.complaints
    table = next(name for name in ("grants", "budgets") if name in done.told["tables"])
    told = done.told["tables"][table]
    refused = expected.rows - expected.new
    assert told["rows"] == {"new": expected.new, "changed": 0, "unchanged": 0, "rejected": refused}
    assert {name: one["made"] for name, one in done.told["tables"].items() if one["made"]} == expected.made
    assert reasons_in(done.told) == expected.reasons
    taken = Decimal(expected.given) - Decimal(expected.rejected)
    (sums,) = told["sums"]
    for name, figure in (("given", expected.given), ("rejected", expected.rejected), ("taken", taken), ("before", 0)):
        assert Decimal(sums[name]) == Decimal(figure)

    parts = [*data.glob(f"{table}.csv"), *data.glob(f"{table}/*.csv")]
    written = [row for part in parts for row in records_of(part) if row["currency"] == sums["currency"]]
    assert len(written) == expected.new
    assert sum(Decimal(row[sums["field"]]) for row in written) == taken == Decimal(sums["after"])
    back = [row for given in done.told["rejected_rows"] for row in cells_of(Path(given))[1:]]
    assert len(back) == refused
    assert not Counter(plain(row[: len(header)]) for row in back) - Counter(map(plain, rows))
    assert sum((number(row[amount], expected) for row in back), Decimal()) == Decimal(expected.rejected)

    before = digests(data)
    again = import_file(path, data, file.mapping)
    assert again.told["tables"][table]["rows"] == {
        "new": 0,
        "changed": 0,
        "unchanged": expected.new,
        "rejected": refused,
    }
    assert again.told["rejected_rows"] == done.told["rejected_rows"]
    assert digests(data) == before
    for run in (done, again):  # measured: 221 MB for the largest
        assert run.peak < 600


def records_of(file: Path) -> list[dict[str, str]]:
    """The rows of a table of the portal."""
    with file.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def plain(row: Sequence[Any]) -> tuple[str, ...]:
    """A row as text, without the blanks that nobody sees."""
    return tuple(" ".join(str("" if cell is None else cell).split()) for cell in row)


def number(cell: Any, expected: Expected) -> Decimal:
    """The amount in a cell of the raw file."""
    text = str(cell).strip().replace(expected.thousand, "")
    return Decimal(text.replace(",", ".") or "0") * expected.scale


def digests(folder: Path) -> dict[str, str]:
    """Every file of the folder with a digest of its content."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def reasons_in(told: Any) -> dict[str, int]:
    """Reason -> rows that were rejected for it."""
    found: dict[str, set[int]] = {}
    for problem in told["problems"]:
        if problem["level"] == "error":
            reason = next((one for one in REASONS if one in problem["sentence"]), problem["sentence"])
            found.setdefault(reason, set()).add(problem["row"])
    return {reason: len(rows) for reason, rows in found.items()}
