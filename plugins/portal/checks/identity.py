"""Records that are there twice, have no name, or are not who they say."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any, NamedTuple

from ..errors import Problem, say
from ..validate import Record, Tables
from .rows import Columns, Doubt, cell, column_of, error, records, suspects, warning
from .words import fold, folded, versions

NAMED = {"organizations": "name", "places": "name", "programs": "title"}
TITLED = ("calls", "grants")  # sources often leave these without a title


class Place(NamedTuple):
    """Where a record was written."""

    id: str
    file: str
    line: int


def missing_names(tables: Tables, _today: date) -> Iterator[Problem]:
    """A record that has no name in any language could only be shown by its identifier."""
    for name in (*NAMED, *TITLED):
        if name not in tables:
            continue
        table = tables[name]
        columns = versions(table.resource, NAMED.get(name, "title"))
        for record in suspects(table, _nameless(columns)) if columns else ():
            if not any(record[column] for column in columns):
                what = say("The record has no name or title in any language.")
                fix = say("Write it in at least one language.")
                problem = warning if name in TITLED else error
                yield problem(record, columns[0], what, fix)


def grants_to_oneself(tables: Tables, _today: date) -> Iterator[Problem]:
    """A body that gives a grant to itself is nearly always a slip of the pen."""
    for grant in records(tables, "grants", lambda grant: f"{grant['recipient']} = {grant['funder']}"):
        recipient = cell(grant, "recipient")
        if recipient and recipient == cell(grant, "funder"):
            what = say("“{organization}” gives the grant and receives it.", organization=recipient)
            yield error(grant, "recipient", what, say("Correct one of the two; leave an unknown recipient empty."))


def repeated_grants(tables: Tables, _today: date) -> Iterator[Problem]:
    """The same grant twice. Where the recipient is not known it is only likely, so it is a warning."""
    if "grants" not in tables:
        return
    columns = versions(tables["grants"].resource, "title")
    seen: dict[tuple[Any, ...], Place] = {}
    for grant in suspects(tables["grants"], _may_be_repeated):
        recipient = cell(grant, "recipient")
        same = (
            (recipient, cell(grant, "year"), cell(grant, "amount_awarded"))
            if recipient
            else (None, cell(grant, "year"), cell(grant, "funder"), cell(grant, "place"))
        )
        keys = [(title, *same) for title in sorted(folded(grant, columns))]
        first = next((seen[key] for key in keys if key in seen), None)
        if first and recipient:
            what = say(
                "The grant is the same as “{id}” in {file}, line {line}: recipient, title, year and amount.",
                id=first.id,
                file=first.file,
                line=first.line,
            )
            yield error(grant, "id", what, say("Delete one of the two, or write into the title what tells them apart."))
        elif first:
            what = say(
                "The grant may be the same as “{id}” in {file}, line {line}: funder, title, year and place.",
                id=first.id,
                file=first.file,
                line=first.line,
            )
            yield warning(grant, "id", what, say("Delete one of the two if it is."))
        for key in keys:
            seen.setdefault(key, Place(grant["id"], grant.file, grant.line))


def alike_organizations(tables: Tables, _today: date) -> Iterator[Problem]:
    """Two organizations whose names differ only in their legal form, punctuation, accents or case."""
    if "organizations" not in tables:
        return
    columns = versions(tables["organizations"].resource, "name")
    legal_form = _legal_forms(tables)
    seen: dict[str, Record] = {}
    for organization in tables["organizations"].records:
        names = {" ".join(legal_form.sub(" ", name).split()) or name for name in folded(organization, columns)}
        first = next((seen[name] for name in sorted(names) if name in seen), None)
        if first and not _is_successor(first, organization) and not _is_successor(organization, first):
            what = say(
                "The name looks like that of “{id}” in {file}, line {line}.",
                id=first["id"],
                file=first.file,
                line=first.line,
            )
            fix = say("If the two are one, keep one record and let everything point at it.")
            yield warning(organization, columns[0], what, fix)
        for name in names:
            seen.setdefault(name, organization)


def lost_zeros(tables: Tables, _today: date) -> Iterator[Problem]:
    """A code of digits that is shorter than most: spreadsheets drop the zeros at its beginning."""
    codes = [code for code in column_of(tables, "places", "code").values() if (code or "").isdecimal()]
    lengths = Counter(map(len, codes))
    usual, count = lengths.most_common(1)[0] if lengths else (0, 0)
    if count * 2 <= len(codes):
        return
    for place in records(tables, "places", lambda place: f"length({place['code']}) < {usual}"):
        if (cell(place, "code") or "").isdecimal() and len(place["code"]) < usual:
            what = say("“{value}” seems to have lost the zeros at its beginning.", value=place["code"])
            fix = say("Write {value}, and keep the column as text.", value=place["code"].zfill(usual))
            yield warning(place, "code", what, fix)


def _legal_forms(tables: Tables) -> re.Pattern[str]:
    """Finds the labels of the legal forms in a folded name, the longest first; “union / society” are two."""
    labels = [
        part
        for record in records(tables, "legal_forms")
        for column in versions(tables["legal_forms"].resource, "label")
        for part in re.split(r"[/,;()]", record[column] or "")
    ]
    phrases = sorted({fold(label) for label in labels} - {""}, key=lambda phrase: (-len(phrase), phrase))
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, phrases))})\b" if phrases else r"(?!)")


def _is_successor(old: Record, new: Record) -> bool:
    """A body that took over often keeps the name."""
    return bool(cell(old, "replaced_by") == new["id"])


def _nameless(columns: Iterable[str]) -> Doubt:
    return lambda table: f"coalesce({', '.join(table[column] for column in columns)}) is null"


def _may_be_repeated(grant: Columns) -> str:
    """That another grant has the same recipient, year and amount, or funder, year and place."""
    year, amount = grant.value("year"), grant.value("amount_awarded")
    known = (grant["recipient"], year, amount)
    unknown = ("null", year, grant["funder"], grant["place"])
    same = f"case when {grant['recipient']} is null then {_listed(unknown)} else {_listed(known)} end"
    unread = (
        f"{year} is null and {grant['year']} is not null or {amount} is null and {grant['amount_awarded']} is not null"
    )
    return (
        f"{same} in (select {same} from {grant.table} group by all having count(*) > 1)"
        f" or exists (select 1 from {grant.table} where {unread})"
    )


def _listed(values: Iterable[str]) -> str:
    return "[" + ", ".join(f"coalesce(cast({value} as varchar), '')" for value in values) + "]"
