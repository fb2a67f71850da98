"""What an import did, as a file for programs and as sentences for the person who ran it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from ..cells import number_text
from ..errors import BuildError, Message, say
from ..validate import Tables
from .book import Remark
from .grants import grant_currency
from .values import read_amount

ZERO = Decimal(0)
MOST_SHOWN = 12  # fields that were not mapped, in the summary; the report has all


@dataclass(frozen=True, slots=True)
class Rejected:
    """A grant that was not written."""

    number: int  # its place in the file, from 1
    record: str  # its identifier, empty when it has none
    reason: Message
    original: Any


@dataclass(frozen=True, slots=True)
class Report:
    """Everything that a publisher should know about an import. Sums go by currency."""

    file: str
    sha256: str
    language: str
    read: int
    written: int
    rejected: tuple[Rejected, ...]
    sums_read: dict[str, Decimal]
    sums_written: dict[str, Decimal]
    sums_rejected: dict[str, Decimal]
    without_amount: int  # grants read whose amount is missing or cannot be read
    tables: dict[str, int]  # table -> rows written, without the code lists
    chosen: dict[str, str]  # meaning -> code that the imported records carry
    added_codes: tuple[tuple[str, str], ...]
    not_mapped: Counter[str]  # field -> grants that have it
    lost_columns: dict[str, int]  # “table.column” that this portal does not have -> rows
    set_aside: tuple[Remark, ...]
    changed: tuple[Remark, ...]
    has_licence: bool

    def require_balance(self) -> None:
        """Raise BuildError unless everything that was read is written or rejected."""
        sums_fit = all(total == self._out(currency) for currency, total in self.sums_read.items())
        counts_fit = self.read == self.written + len(self.rejected)
        if not (sums_fit and counts_fit and self.sums_written.keys() <= self.sums_read.keys()):
            raise BuildError(
                f"Of {self.read} grants {self.written} would be written and {len(self.rejected)} rejected, "
                "and the sums would not agree. Nothing was written. Report this as a fault of Ashar."
            )

    def _out(self, currency: str) -> Decimal:
        return self.sums_written.get(currency, ZERO) + self.sums_rejected.get(currency, ZERO)

    def as_json(self) -> dict[str, Any]:
        """The content of report.json."""
        reasons = Counter(str(one.reason) for one in self.rejected)
        return {
            "file": {"name": self.file, "sha256": self.sha256},
            "language": self.language,
            "grants": {"read": self.read, "written": self.written, "rejected": len(self.rejected)},
            "grants_without_readable_amount": self.without_amount,
            "amount_awarded": {
                currency: {
                    "read": number_text(total),
                    "written": number_text(self.sums_written.get(currency, ZERO)),
                    "rejected": number_text(self.sums_rejected.get(currency, ZERO)),
                }
                for currency, total in sorted(self.sums_read.items())
            },
            "rejected": dict(sorted(reasons.items())),
            "records_written": self.tables,
            "codes_used": self.chosen,
            "codes_added": [{"table": table, "code": code} for table, code in self.added_codes],
            "fields_not_mapped": dict(_by_count(self.not_mapped)),
            "columns_not_here": self.lost_columns,
            "values_set_aside": [_remark(one) for one in self.set_aside],
            "texts_changed": [_remark(one) for one in self.changed],
        }

    def rejected_json(self) -> list[dict[str, Any]]:
        """The content of rejected.json: every grant that was not written, whole, with the reason."""
        return [{"number": one.number, "reason": str(one.reason), "grant": one.original} for one in self.rejected]

    def sentences(self) -> Iterator[Message]:
        """The summary."""
        yield say(
            "Grants read: {read}. Written: {written}. Rejected: {rejected}.",
            read=self.read,
            written=self.written,
            rejected=len(self.rejected),
        )
        for reason, count in sorted(
            Counter(one.reason for one in self.rejected).items(), key=lambda item: str(item[0])
        ):
            yield say("Rejected, {count}: {reason}", count=count, reason=reason)
        for currency, total in sorted(self.sums_read.items()):
            yield say(
                "Awarded in {currency}: {read} read, {written} written, {rejected} rejected.",
                currency=currency or "…",
                read=number_text(total),
                written=number_text(self.sums_written.get(currency, ZERO)),
                rejected=number_text(self.sums_rejected.get(currency, ZERO)),
            )
        if self.without_amount:
            yield say("Grants whose amount is missing or unreadable: {count}.", count=self.without_amount)
        yield say(
            "Records: {tables}.", tables=", ".join(f"{name} {count}" for name, count in self.tables.items() if count)
        )
        yield say("Codes used: {codes}.", codes=", ".join(f"{name} “{code}”" for name, code in self.chosen.items()))
        if self.added_codes:
            added = ", ".join("/".join(one) for one in self.added_codes)
            yield say("Codes added to the lists, where labels may wait for a translation: {codes}.", codes=added)
        if self.set_aside or self.changed:
            yield say(
                "Values set aside: {aside}. Texts changed: {changed}. The report names each.",
                aside=len(self.set_aside),
                changed=len(self.changed),
            )
        if self.lost_columns:
            yield say("This portal has no columns for: {columns}.", columns=", ".join(self.lost_columns))
        if self.not_mapped:
            fields = _by_count(self.not_mapped)
            shown = ", ".join(f"{name} ({count})" for name, count in fields[:MOST_SHOWN])
            yield say(
                "Fields that no column holds: {count}, with the number of grants that have them: {fields}.",
                count=len(fields),
                fields=shown + (", …" if len(fields) > MOST_SHOWN else ""),
            )
        if not self.has_licence:
            yield say("The file names no licence. Find out which one it has, and import it again with --licence.")


def _by_count(fields: Counter[str]) -> list[tuple[str, int]]:
    return sorted(fields.items(), key=lambda item: (-item[1], item[0]))


def _remark(remark: Remark) -> dict[str, Any]:
    value = {} if remark.value is None else {"value": remark.value}
    return {"grant_or_organization": remark.record, "field": remark.field, **value, "reason": str(remark.reason)}


def sums_of_file(grants: Iterable[Mapping[str, Any]]) -> dict[str, Decimal]:
    """Currency -> what the grants of the file award; "" for amounts without a currency that can be read."""
    sums: defaultdict[str, Decimal] = defaultdict(Decimal)
    for item in grants:
        amount = read_amount(item.get("amountAwarded"))
        if amount is not None:
            sums[grant_currency(item)] += amount
    return dict(sums)


def sums_of_tables(tables: Tables) -> dict[str, Decimal]:
    """Currency -> what the grants of the records award."""
    sums: defaultdict[str, Decimal] = defaultdict(Decimal)
    for grant in tables["grants"].records:
        if grant["amount_awarded"] is not None:
            sums[grant["currency"]] += grant["amount_awarded"]
    return dict(sums)
