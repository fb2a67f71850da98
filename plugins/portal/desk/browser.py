"""What the desk in the browser is given: the rules and the records, made from the ones Python obeys.

The code that obeys them there stands in theme/static/js/desk/. No rule is written down a second time: constants and
patterns of the checks are read from their modules here.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from types import ModuleType
from typing import Any

from .. import sentences, validate
from ..cells import cell_text
from ..checks import CHECKS, dates, identity, money, references, texts
from ..checks.words import ACCENTS, prose_columns, versions
from ..errors import Message
from ..load import LONGEST_CELL
from ..package import Field, Resource
from ..text import Text
from ..validate import Record, Tables
from . import (
    columns,
    data_rows,
    days,
    gather,
    grid,
    identifiers,
    layout,
    letters,
    lookups,
    numbers,
    read_csv,
    read_file,
    read_xlsx,
    reading,
    titles,
)
from .regex import flags_of, javascript
from .rules import OTHER_NAMES, Rules, TableRules, is_name

FILE = "\0"  # stands for the name of a file
CONSTANTS: Mapping[ModuleType, tuple[str, ...]] = {  # that the same module in the browser reads
    columns: ("CURRENCY", "CODE", "ITEMS"),
    data_rows: ("LEAST_NUMBERED", "FEW", "MANY"),
    days: (
        *("ISO", "YEAR_FIRST", "THREE", "MONTH_YEAR", "ORDINAL", "SERIAL", "FIRST_SERIAL", "LAST_SERIAL"),
        *("FIRST_YEAR", "LAST_YEAR", "LONGEST", "ENDING"),
    ),
    gather: ("MOST_CELLS", "CONSTANTS"),
    grid: ("MOST_ROWS", "MOST_COLUMNS", "MOST_OCTETS"),
    identifiers: ("DIGITS", "MORE_DIGITS", "YEAR", "NO_LETTER"),
    layout: ("SEARCHED", "LEAST"),
    letters: ("COMMON", "RARE", "HIGH", "SAMPLE", "WORD"),
    lookups: ("LIKELY", "PROPOSED", "LONGEST_SEARCHED", "COMPARED", "LABELLED"),
    numbers: ("PLAIN", "BODY", "SPACED", "GROUPED", "LONGEST", "STEM"),
    read_csv: ("SEPARATORS", "NO_SEPARATOR", "MOST_TEXT", "JUDGED", "DECIMAL", "FIRST_LINE"),
    read_file: ("LOOKED_AT",),
    read_xlsx: ("KNOWN_FORMATS", "NO_LETTERS", "ELAPSED", "DAY", "TIME", "NUMBER"),
    reading: ("BLANKS", "INVISIBLE", "DASHES"),
    sentences: ("SHOWN", "SEARCHED", "LISTED"),
    titles: ("SHORT", "MOST_TITLE"),
}
COLUMNS = ("name", "title", "label", "description")  # that checks look up in every language


def rules_for_browser(rules: Rules) -> dict[str, Any]:
    """Everything that stands in rules.js."""
    return {
        "languages": rules.languages,
        "currency": rules.currency,
        "longestCell": LONGEST_CELL,
        "largest": str(validate.LARGEST),
        "mostPlaces": validate.MOST_PLACES,
        "constants": {
            module.__name__.rpartition(".")[2]: {name: _constant(getattr(module, name)) for name in names}
            for module, names in CONSTANTS.items()
        },
        "otherKinds": [_other_kind(pattern, sentence(FILE)) for pattern, sentence in read_file.OTHER_KINDS],
        "words": {
            "scales": rules.words.scales,
            "currencies": rules.words.currencies,
            "months": rules.words.months,
            **{name: sorted(getattr(rules.words, name)) for name in ("fillers", "yes", "no", "totals")},
        },
        "casefold": _casefold(),
        "otherNames": OTHER_NAMES,
        "checks": check_constants(),
        "tables": [_table(resource, rules) for resource in rules.package.resources],
    }


def check_constants() -> dict[str, Any]:
    """The constants of the checks, and the names of the checks in their order."""
    return {
        "order": [check.__name__ for check in CHECKS],
        "periods": dates.PERIODS,
        "decisions": dates.DECISIONS,
        "named": identity.NAMED,
        "titled": identity.TITLED,
        "amounts": money.AMOUNTS,
        "optional": money.OPTIONAL,
        "chains": references.CHAINS,
        "longNumber": _constant(texts.LONG_NUMBER),
        "dividers": _constant(texts.DIVIDERS),
        "address": _constant(texts.ADDRESS),
        "email": _constant(texts.EMAIL),
        "phone": _constant(texts.PHONE),
        "personalNumber": _constant(texts.PERSONAL_NUMBER),
        "runs": texts.RUNS,
        "unshowable": _constant(texts.UNSHOWABLE),
    }


def tables_for_browser(tables: Tables) -> dict[str, Any]:
    """Everything that stands in tables.js: of each record the place of its file in `files`, its line, its cells."""
    found = {}
    for name, table in tables.items():
        files = list(dict.fromkeys([*table.resource.paths, *(record.file for record in table.records)]))
        records = sorted(table.records, key=lambda one: (files.index(one.file), one.line))  # as they are read
        rows = [[files.index(one.file), one.line, *_without_last_empty(_cells(one, table.resource))] for one in records]
        found[name] = {"fields": table.resource.field_names, "files": files, "rows": rows}
    return found


def _constant(value: Any) -> Any:
    if isinstance(value, re.Pattern):
        return [javascript(value), flags_of(value)]
    return sorted(value) if isinstance(value, frozenset) else value


def _other_kind(pattern: re.Pattern[bytes], message: Message) -> dict[str, Any]:
    """A kind of file that is no table: how it begins, octets taken for letters of Latin-1, and the sentence."""
    flags = pattern.flags & (re.IGNORECASE | re.DOTALL)
    start = re.compile(pattern.pattern.decode("latin-1"), flags)
    values = {name: value for name, value in message.values if value != FILE}
    return {"start": _constant(start), "template": message.template, "values": values}


def _table(resource: Resource, rules: Rules) -> dict[str, Any]:
    known = rules.by_table.get(resource.name)
    return {
        "name": resource.name,
        "title": _words(resource.title),
        "paths": resource.paths,
        "isCodelist": resource.is_codelist,
        "primaryKey": resource.primary_key,
        "identity": known.identity if known else (),
        "foreignKeys": [
            {
                "fields": key["fields"],
                "table": key["reference"]["resource"] or resource.name,
                "keys": key["reference"]["fields"],
            }
            for key in resource.schema.get("foreignKeys") or ()
        ],
        "prose": prose_columns(resource),
        "versions": {name: columns for name in COLUMNS if (columns := versions(resource, name))},
        "fields": [{**_field(field, known), **_assumed(field, known, rules)} for field in resource.fields],
    }


def _field(field: Field, rules: TableRules | None) -> dict[str, Any]:
    """A field without the words that it does not have: most have few of them."""
    constraints = dict(field.constraints)
    if "pattern" in constraints:  # as Frictionless asks for it
        constraints["form"] = _constant(re.compile(f"^{constraints['pattern']}$"))
    written: dict[str, Any] = {
        "name": field.name,
        "type": field.type,
        "title": _words(field.title),
        "constraints": constraints,
        "delimiter": field.delimiter,
        "isName": is_name(field.name),
        "refersTo": field.refers_to,
        "partialDate": field.partial_date,
    }
    if rules:
        written |= {
            "format": rules.written[field.name].get("format"),
            "automatic": rules.automatic(field.name),
            "synonyms": rules.synonyms(field),
            "why": _words(rules.why(field.name)),
        }
    return {name: value for name, value in written.items() if value}


def _assumed(field: Field, own: TableRules | None, rules: Rules) -> dict[str, Any]:
    value = own.assumed.get(field.name) if own else None
    if value is None:
        return {}
    label = _words(rules.label(field.refers_to, value)) if field.refers_to else dict.fromkeys(rules.languages, value)
    return {"assumed": {"value": value, "label": label}}


def _words(text: Text) -> Mapping[str, str]:
    return dict(text.versions)


def _cells(record: Record, resource: Resource) -> list[str]:
    """As text; an amount with the zeros that are written at its end, as sentences repeat it so."""
    values = record.values
    return [
        str(value) if isinstance(value, Decimal) else cell_text(value, field.delimiter) if value is not None else ""
        for field in resource.fields
        for value in (values[field.name],)
    ]


def _without_last_empty(cells: list[str]) -> list[str]:
    while cells and not cells[-1]:
        cells.pop()
    return cells


@cache
def _casefold() -> dict[str, str]:
    """Letters of which the folded form is not the small one, such as ß, as far as fold() leaves them to casefold()."""
    special = (letter for letter in map(chr, range(0x80, 0x20000)) if letter.casefold() != letter.lower())
    return {letter: letter.casefold() for letter in special if _is_left(letter)}


def _is_left(letter: str) -> bool:
    return ACCENTS.sub("", unicodedata.normalize("NFKD", letter)) == letter
