"""A mapping file: what a publisher says about somebody else's spreadsheet. Read and checked, not applied."""

from __future__ import annotations

import difflib
from collections import abc
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml

from ..errors import InputError, Message, say
from ..importing.values import NUMBER
from ..package import NOT_YAML, Resource
from .days import Order
from .rules import Rules, is_name

KEYS = ("table", "sheet", "header", "language", "columns", "constants", "skip")
OPTIONS = ("column", "scale", "decimal", "days", "take", "values", "create", "empty")
ORDERS: tuple[Order, ...] = ("dmy", "mdy", "ymd")
DECIMALS = (".", ",")
TAKES = ("year",)


@dataclass(frozen=True, slots=True)
class ColumnOptions:
    """What the file says about one column."""

    title: str
    scale: Decimal | None = None
    decimal: str = ""  # decimal sign; empty where the cells decide
    days: Order | None = None  # of the parts of a day
    take: str = ""  # the part of a day that is the value; empty for all of it
    values: abc.Mapping[str, str] = field(default_factory=dict)  # their word -> our value
    create: abc.Mapping[str, str] | None = None  # field of the table referred to -> value of records made from names
    empty: frozenset[str] = frozenset()  # words that say nothing


@dataclass(frozen=True, slots=True)
class Mapping:
    """A mapping file."""

    table: str
    columns: abc.Mapping[str, ColumnOptions]  # field -> its column, in the order of the file
    sheet: str = ""  # its name; empty for every sheet that has the columns
    header: int | None = None  # number of the row of titles
    language: str = ""  # of the texts; empty for that of the person
    constants: abc.Mapping[str, str] = field(default_factory=dict)  # field -> value of every row
    skip: abc.Mapping[str, frozenset[str]] = field(default_factory=dict)  # title of a column -> values not wanted


def read_mapping(file: Path, rules: Rules) -> Mapping:
    """Read a mapping file, or raise InputError with the first thing that is wrong in it."""
    content = _read(file)
    _known_words(content, KEYS, file.name)
    table = _text(content, "table", file.name)
    if table not in rules.by_table:
        raise _unknown(table, rules.by_table, "table")
    resource = rules.by_table[table].resource
    columns = {name: _options(name, item, resource, rules) for name, item in _pairs(content, "columns").items()}
    constants = _texts(_pairs(content, "constants"), "constants")
    for name in (*columns, *constants):
        if name not in resource.by_name:
            raise _unknown(name, resource.field_names, "columns" if name in columns else "constants")
    for name in constants:
        if name in columns:
            raise InputError(say("The mapping file gives “{field}” a column and a constant. Keep one.", field=name))
    if not columns:
        raise InputError(say("The mapping file names no columns. Write them under “columns”, as field: title."))
    header = content.get("header")
    if header is not None and not (isinstance(header, str) and header.isdecimal()):
        raise _wrong("header", header, say("Write the number of the row."))
    language = content.get("language", "")
    if language and language not in rules.languages:
        raise _unknown(str(language), rules.languages, "language")
    skip = {title: frozenset(_list(values, title)) for title, values in _pairs(content, "skip").items()}
    sheet = str(content.get("sheet", ""))
    return Mapping(table, columns, sheet, int(header) if header else None, language, constants, skip)


def _read(file: Path) -> dict[str, Any]:
    try:
        content = yaml.load(file.read_text(encoding="utf-8-sig"), yaml.BaseLoader)  # every value is a text
    except OSError as error:
        reason = error.strerror or str(error)
        raise InputError(
            say("The file {file} cannot be read: {reason}. Correct its name or its rights.", file=file, reason=reason)
        ) from None
    except NOT_YAML as error:
        mark = getattr(error, "problem_mark", None)
        what = say(
            "The mapping file {file} cannot be read as YAML; look at line {line} and the one before it.",
            file=file.name,
            line=mark.line + 1 if mark else 1,
        )
        raise InputError(what) from None
    if not isinstance(content, dict):
        raise InputError(say("The mapping file {file} is not a list of names and values.", file=file.name))
    return content


def _options(name: str, item: Any, resource: Resource, rules: Rules) -> ColumnOptions:
    if isinstance(item, str):
        return ColumnOptions(item)
    if not isinstance(item, dict):
        raise _wrong(name, item, say("Write the title of the column."))
    _known_words(item, OPTIONS, name)
    scale, decimal, days, take = item.get("scale"), item.get("decimal", ""), item.get("days"), item.get("take", "")
    if scale is not None and not (isinstance(scale, str) and NUMBER.fullmatch(scale)):
        raise _wrong("scale", scale, say("Write a number, such as 1000."))
    if decimal and decimal not in DECIMALS:
        raise _wrong("decimal", decimal, say("Write a comma or a full stop in quotation marks."))
    if days is not None and days not in ORDERS:
        raise _wrong("days", days, say("Write one of {values}.", values=", ".join(ORDERS)))
    if take and take not in TAKES:
        raise _wrong("take", take, say("Write one of {values}.", values=", ".join(TAKES)))
    return ColumnOptions(
        title=_text(item, "column", name),
        scale=Decimal(scale) if scale is not None else None,
        decimal=decimal,
        days=days,
        take=take,
        values=_texts(_pairs(item, "values"), "values"),
        create=_create(name, _texts(_pairs(item, "create"), "create"), resource, rules) if "create" in item else None,
        empty=frozenset(_list(item.get("empty", []), "empty")),
    )


def _create(name: str, values: dict[str, str], resource: Resource, rules: Rules) -> dict[str, str]:
    refers_to = resource.by_name[name].refers_to if name in resource.by_name else None
    if refers_to not in rules.by_table:
        raise InputError(say("The mapping file cannot make records for “{field}”: it refers to no table.", field=name))
    target = rules.by_table[refers_to].resource
    for one in values:
        if one not in target.by_name:
            raise _unknown(one, target.field_names, "create")
        if one == target.primary_key or is_name(one):
            raise _wrong("create", one, say("Identifiers and names are made from the cell; leave them out."))
    return values


def _pairs(content: abc.Mapping[str, Any], word: str) -> dict[str, Any]:
    found = content.get(word) or {}
    if not isinstance(found, dict):
        raise _wrong(word, found, say("Write names and values, one a line."))
    return found


def _texts(values: abc.Mapping[str, Any], place: str) -> dict[str, str]:
    for value in values.values():
        if not isinstance(value, str):
            raise _wrong(place, value, say("Write one value."))
    return dict(values)


def _list(values: Any, place: str) -> list[str]:
    listed = [values] if isinstance(values, str) else values
    if not isinstance(listed, list) or not all(isinstance(value, str) for value in listed):
        raise _wrong(place, values, say("Write the values as a list."))
    return listed


def _text(content: abc.Mapping[str, Any], word: str, place: str) -> str:
    found = content.get(word)
    if not isinstance(found, str) or not found:
        raise InputError(say("The mapping file lacks “{word}” in “{place}”. Add it.", word=word, place=place))
    return found


def _known_words(content: abc.Mapping[str, Any], known: tuple[str, ...], place: str) -> None:
    for word in content:
        if word not in known:
            raise _unknown(str(word), known, place)


def _unknown(word: str, known: Iterable[str], place: str) -> InputError:
    listed = list(known)
    likely = difflib.get_close_matches(word, listed, n=1)
    hint: Message = (
        say("Did you mean “{likely}”?", likely=likely[0])
        if likely
        else say("Allowed values: {values}.", values=", ".join(listed))
    )
    return InputError(
        say(
            "The mapping file names “{word}” in “{place}”, which is not known. {hint}",
            word=word,
            place=place,
            hint=hint,
        )
    )


def _wrong(word: str, value: Any, fix: Message) -> InputError:
    return InputError(
        say("The mapping file says “{value}” for “{word}”. {fix}", value=str(value)[:60], word=word, fix=fix)
    )
