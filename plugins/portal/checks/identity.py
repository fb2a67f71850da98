"""Records that are there twice, have no name, or are not who they say."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import Any

from ..errors import Problem, say
from ..validate import Record, Tables
from .rows import cell, error, records, warning
from .words import fold, folded, versions

NAMED = {"organizations": "name", "places": "name", "programs": "title"}
TITLED = ("calls", "grants")  # sources often leave these without a title


def missing_names(tables: Tables, _today: date) -> Iterator[Problem]:
    """A record that has no name in any language could only be shown by its identifier."""
    for name in (*NAMED, *TITLED):
        if name not in tables:
            continue
        table = tables[name]
        columns = versions(table.resource, NAMED.get(name, "title"))
        for record in table.records:
            if columns and not any(record[column] for column in columns):
                what = say("The record has no name or title in any language.")
                fix = say("Write it in at least one language.")
                problem = warning if name in TITLED else error
                yield problem(record, columns[0], what, fix)


def grants_to_oneself(tables: Tables, _today: date) -> Iterator[Problem]:
    """A body that gives a grant to itself is nearly always a slip of the pen."""
    for grant in records(tables, "grants"):
        recipient = cell(grant, "recipient")
        if recipient and recipient == cell(grant, "funder"):
            what = say("“{organization}” gives the grant and receives it.", organization=recipient)
            yield error(grant, "recipient", what, say("Correct one of the two; leave an unknown recipient empty."))


def repeated_grants(tables: Tables, _today: date) -> Iterator[Problem]:
    """The same grant twice. Where the recipient is not known it is only likely, so it is a warning."""
    if "grants" not in tables:
        return
    columns = versions(tables["grants"].resource, "title")
    seen: dict[tuple[Any, ...], Record] = {}
    for grant in tables["grants"].records:
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
                id=first["id"],
                file=first.file,
                line=first.line,
            )
            yield error(grant, "id", what, say("Delete one of the two, or write into the title what tells them apart."))
        elif first:
            what = say(
                "The grant may be the same as “{id}” in {file}, line {line}: funder, title, year and place.",
                id=first["id"],
                file=first.file,
                line=first.line,
            )
            yield warning(grant, "id", what, say("Delete one of the two if it is."))
        for key in keys:
            seen.setdefault(key, grant)


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
    coded = [place for place in records(tables, "places") if (cell(place, "code") or "").isdecimal()]
    lengths = Counter(len(place["code"]) for place in coded)
    usual, count = lengths.most_common(1)[0] if lengths else (0, 0)
    if count * 2 <= len(coded):
        return
    for place in coded:
        if len(place["code"]) < usual:
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
