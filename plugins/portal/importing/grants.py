"""Grants of a 360Giving file -> rows with what they point at, or the reason why one cannot be written."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from ..cells import number_text
from ..checks.texts import UNSHOWABLE
from ..checks.words import fold
from ..errors import Message, say
from ..text import Day
from .bodies import is_named, linked_source, organization, program
from .book import FILE, Book, Remark, members
from .code_choices import Row
from .places import grant_place
from .values import plain_text, read_amount, read_day, safe_id

CURRENCY = re.compile("[A-Z]{3}")


@dataclass(frozen=True, slots=True)
class Limits:
    """What a grant may not exceed."""

    today: date
    first_year: int
    last_year: int


def why_not(item: Any, seen: Mapping[str, int], limits: Limits) -> Message | None:
    """The reason why a grant cannot be written honestly, None when it can. `seen`: identifier -> place in the file."""
    if not isinstance(item, Mapping):
        return say("It is no object with fields.")
    original = plain_text(item.get("id"))
    if not original or UNSHOWABLE.search(original):
        return say("It has no identifier.")
    if original in seen:
        return say("Grant number {number} of the file has the same identifier.", number=seen[original])
    if not any(map(is_named, members(item, "fundingOrganization")[:1])):
        return say("It names no funder.")
    return _amount_fault(item) or _day_fault(item, limits)


def _amount_fault(item: Mapping[str, Any]) -> Message | None:
    value = item.get("amountAwarded")
    if value in (None, ""):
        return None
    amount = read_amount(value)
    if amount is None:
        return say("The amount awarded cannot be read as a number.")
    if amount <= 0:
        return say("The amount awarded is not above zero.")
    if not grant_currency(item):
        return say("The currency of the amount is missing or is no code of three letters.")
    return None


def _day_fault(item: Mapping[str, Any], limits: Limits) -> Message | None:
    day = read_day(item.get("awardDate"))
    if not day:
        return say("The day of the award is missing or cannot be read.")
    if Day(day).first > limits.today:
        return say("The day of the award has not come yet.")
    if not limits.first_year <= Day(day).first.year <= limits.last_year:
        return say("The year of the award is before {first}.", first=limits.first_year)
    return None


def grant_currency(item: Mapping[str, Any]) -> str:
    """The three letters of the currency, empty when there are none."""
    code = plain_text(item.get("currency")).upper()
    return code if CURRENCY.fullmatch(code) else ""


def add_grant(book: Book, item: Mapping[str, Any]) -> Row:
    """Write a grant that can be written into the book, with everything that it points at. Returns its row."""
    original = plain_text(item["id"])
    identifier = book.identifier("grants", original, safe_id(original))
    funder = organization(book, original, "fundingOrganization", members(item, "fundingOrganization")[0])
    recipients = [one for one in members(item, "recipientOrganization") if is_named(one)]
    received = [organization(book, original, "recipientOrganization", one) for one in recipients]
    received = [one for one in dict.fromkeys(received) if one != funder or _is_oneself(book, original, one)]
    programs = [program(book, original, funder, one) for one in members(item, "grantProgramme")[:1]]
    day = read_day(item["awardDate"]) or ""
    code = plain_text(next((one.get("code") for one in members(item, "grantProgramme")), ""))
    row = {
        "id": identifier,
        "original_id": original,
        "funder": funder,
        **({"recipient": received[0]} if received else {}),
        **({"partners": received[1:]} if received[1:] else {}),
        **({"program": programs[0]} if programs and programs[0] else {}),
        **({"program_code": book.text(original, "grantProgramme/code", code)} if code else {}),
        **book.in_language("title", book.text(original, "title", item.get("title"))),
        "title_basis": book.codes["title basis"],
        **book.in_language("description", book.text(original, "description", item.get("description"))),
        **grant_place(book, original, members(item, "beneficiaryLocation")),
        **_amounts(book, original, item),
        "year": day[:4],
        "decided_on": day,
        **_period(book, original, item, "plannedDates", "planned"),
        **_period(book, original, item, "actualDates", "actual"),
        "status": book.codes["grant status"],
        "certainty": book.codes["certainty" if received else "certainty without recipient"],
        **_duration(book, original, item),
        **_sources(book, original, item),
    }
    book.rows("grants")[original] = row
    _add_payments(book, original, item, row)
    return row


def _is_oneself(book: Book, original: str, body: str) -> bool:
    """Note that a recipient is the funder, which no grant can say. Always False: the recipient is left out."""
    reason = say("The funder is named as the recipient, too, so the recipient is left empty.")
    book.set_aside(original, "recipientOrganization/id", body, reason)
    return False


def _amounts(book: Book, original: str, item: Mapping[str, Any]) -> Row:
    currency, cells = grant_currency(item), {}
    for path, column in (("amountAppliedFor", "amount_requested"), ("amountAwarded", "amount_awarded")):
        if item.get(path) in (None, ""):
            continue
        amount = read_amount(item[path])
        if amount is None or amount <= 0 or not currency:
            book.set_aside(original, path, item[path], say("It is no amount above zero with a currency."))
        else:
            cells[column] = number_text(amount)
    if cells:
        cells["currency"] = currency
    elif item.get("currency") not in (None, ""):
        book.set_aside(original, "currency", item["currency"], say("There is no amount that it belongs to."))
    paid = read_amount(item.get("amountDisbursed"))
    if paid is not None and paid > 0 and currency:
        said = say(
            "The source reports {amount} {currency} as paid so far, without a day.",
            amount=number_text(paid),
            currency=currency,
        )
        return {**cells, **book.our_words("amount_note", said)}
    if item.get("amountDisbursed") not in (None, "", Decimal(0)):
        reason = say("It is no amount above zero with a currency.")
        book.set_aside(original, "amountDisbursed", item["amountDisbursed"], reason)
    return cells


def _period(book: Book, original: str, item: Mapping[str, Any], name: str, columns: str) -> Row:
    dates = next(iter(members(item, name)), {})
    cells = {}
    for path, column in (("startDate", f"{columns}_start"), ("endDate", f"{columns}_end")):
        day = read_day(dates.get(path))
        if day:
            cells[column] = day
        elif dates.get(path) not in (None, ""):
            book.set_aside(original, f"{name}/{path}", dates[path], say("It cannot be read as a day."))
    start, end = cells.get(f"{columns}_start"), cells.get(f"{columns}_end")
    if start and end and Day(end).last < Day(start).first:
        book.set_aside(original, f"{name}/endDate", dates["endDate"], say("It lies before the start."))
        del cells[f"{columns}_end"]
    return cells


def _duration(book: Book, original: str, item: Mapping[str, Any]) -> Row:
    value = next(iter(members(item, "plannedDates")), {}).get("duration")
    months = read_amount(value)
    if months is None or months <= 0:
        if value not in (None, ""):
            book.set_aside(original, "plannedDates/duration", value, say("It is no number of months above zero."))
        return {}
    return book.our_words(
        "status_note", say("Planned duration in months, by the source: {months}.", months=number_text(months))
    )


def _sources(book: Book, original: str, item: Mapping[str, Any]) -> Row:
    data = linked_source(
        book,
        original,
        "dataSource",
        item.get("dataSource"),
        say("Named by the imported file as the source of its data."),
    )
    page = linked_source(
        book, original, "url", item.get("url"), say("Named by the imported file as the web page of a grant.")
    )
    sources = list(dict.fromkeys(one for one in (data, page, FILE) if one))
    main = data or FILE
    also = [one for one in sources if one != main]
    return {"source": main, **({"also_sources": also} if also else {})}


def _add_payments(book: Book, original: str, item: Mapping[str, Any], grant: Row) -> None:
    """Payments with a day. The sum paid so far has none, so it is told in a note."""
    for number, payment in enumerate(members(item, "disbursementTransaction"), start=1):
        amount, day = read_amount(payment.get("value")), read_day(payment.get("transactionDate"))
        currency = grant_currency(payment) or grant_currency(item)
        if amount is None or amount <= 0 or not day or not currency:
            reason = say("The payment lacks a day, a currency or an amount above zero.")
            book.set_aside(original, "disbursementTransaction", payment, reason)
            continue
        description = book.text(original, "disbursementTransaction/description", payment.get("description"))
        book.rows("payments")[original, number] = {
            "id": book.identifier("payments", (original, number), f"{grant['id']}-paid-{number}"),
            "grant": grant["id"],
            "tranche": str(number),
            "paid_on": day,
            "amount": number_text(amount),
            "currency": currency,
            **book.in_language("note", description),
            "source": grant["source"],
        }


def tell_apart(book: Book) -> None:
    """Put the identifier behind a title where recipient, title, year and amount are those of an earlier grant."""
    column, seen = f"title_{book.language}", set()
    rows = book.rows("grants")
    for original in sorted(rows, key=lambda one: (rows[one]["decided_on"], one)):
        row = rows[original]
        amount = Decimal(row["amount_awarded"]) if "amount_awarded" in row else None
        key = (row.get("recipient"), fold(row.get(column, "")), row["year"], amount)
        if row.get("recipient") and row.get(column) and key in seen:
            row[column] += f" ({row['id']})"
            reason = say("Its identifier was added, as another grant has the same title, recipient, year and amount.")
            book.changed.append(Remark(original, "title", None, reason))
        seen.add(key)
