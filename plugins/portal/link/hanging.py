"""What hangs on a grant, program or call: payments, reports, amendments, documents."""

from __future__ import annotations

from collections.abc import Sequence

from ..model import Dated
from ..records import Records
from ..tables import Record

# tables whose records may hang on a grant -> the code list of its kinds, the column of its day, the column of its words
HANGING = {
    "payments": (None, "paid_on", "note"),
    "reports": ("report_kinds", "presented_on", "finding"),
    "amendments": (None, "changed_on", "description"),
    "documents": ("document_kinds", "issued_on", "note"),
}


class Hanging:
    """What hangs on each record, or on those with some `identifiers`, by the column that names it.

    It is linked when it is asked for: while Pelican serves, a build asks for few of thousands.
    """

    def __init__(self, records: Records, resource: str, column: str, identifiers: Sequence[str] | None = None) -> None:
        self._records, self._resource = records, resource
        self._rows = records.by(resource, column, identifiers)
        self._linked: dict[str, tuple[Dated, ...]] = {}

    def on(self, identifier: str) -> tuple[Dated, ...]:
        """On one grant, program or call; the oldest first."""
        if identifier not in self._rows:
            return ()
        if identifier not in self._linked:
            items = [self._link(row) for row in self._rows[identifier]]
            items.sort(key=lambda item: (item.day.text if item.day else "9", item.id))
            self._linked[identifier] = tuple(items)
        return self._linked[identifier]

    def _link(self, row: Record) -> Dated:
        """A payment stands on the day it was planned for until it is paid."""
        kinds, day, text = HANGING[self._resource]
        paid = bool(row["paid_on"])
        chosen = "planned_on" if self._resource == "payments" and not paid else day
        return self._records.dated(row, kinds, chosen, text, paid=paid)
