"""Reads CSV files by their CSVW metadata, with the csvw package. Runs in an environment of its own: .venv/csvw.

Arguments are metadata files. Prints JSON: for each, the warnings, and for each table its name and its rows.
"""

from __future__ import annotations

import json
import sys
from decimal import Decimal
from typing import Any

from csvw import CSVW  # type: ignore[import-not-found]  # it cannot be installed beside Frictionless


def read(path: str) -> dict[str, Any]:
    """Every table of a metadata file, with what the package warns of."""
    described = CSVW(path, validate=True)
    valid = described.is_valid
    tables = {
        str(table.url): [{name: _plain(value) for name, value in row.items()} for row in table.iterdicts(strict=False)]
        for table in described.tables
    }
    return {"valid": valid, "warnings": [str(warning.message) for warning in described.warnings], "tables": tables}


def _plain(value: Any) -> Any:
    """As the test writes what it expects: numbers and days as text."""
    if isinstance(value, list):
        return [_plain(item) for item in value]
    if isinstance(value, Decimal):
        return format(value, "f")
    if hasattr(value, "unsplit"):
        return value.unsplit()
    return value.date().isoformat() if hasattr(value, "date") else value


if __name__ == "__main__":
    json.dump({path: read(path) for path in sys.argv[1:]}, sys.stdout)
