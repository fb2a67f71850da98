"""What hangs on a grant, program or call: payments, reports, amendments, documents."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ..model import Dated
from ..records import Records

Hanging = Mapping[str, tuple[Dated, ...]]  # identifier of a grant, program or call -> what hangs on it

# resource -> the code list of its kinds, the column of its day, the column of its words
COLUMNS = {
    "payments": (None, "paid_on", "note"),
    "reports": ("report_kinds", "presented_on", "finding"),
    "amendments": (None, "changed_on", "description"),
    "documents": ("document_kinds", "issued_on", "note"),
}


def hanging(records: Records, resource: str, column: str, identifiers: Sequence[str] | None = None) -> Hanging:
    """What hangs on each record, or on those with some `identifiers`, by the column that names it; the oldest first.

    A payment stands on the day it was planned for until it is paid.
    """
    kinds, day, text = COLUMNS[resource]
    found = {}
    for identifier, rows in records.by(resource, column, identifiers).items():
        items = []
        for row in rows:
            paid = bool(row["paid_on"])
            chosen = "planned_on" if resource == "payments" and not paid else day
            items.append(records.dated(row, kinds, chosen, text, paid=paid))
        found[identifier] = tuple(sorted(items, key=lambda item: (item.day.text if item.day else "9", item.id)))
    return found
