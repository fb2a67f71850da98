"""What the descriptor may say of a resource. What would change how its file is read, or what nobody checks, is refused.

Frictionless follows such words. Were they passed over, it would read other values than the pages show, or refuse them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath
from typing import Any

from .errors import Message, Problem, say
from .screen.readings import FORMATS

DESCRIPTOR = "datapackage.yaml"
NAME = re.compile("[a-z0-9][a-z0-9._-]*")  # it names tables, of which DuckDB tells no capital letters, and files
UTF8 = ("utf-8", "utf8", "UTF-8", "utf-8-sig")
PROFILES = ("tabular-data-resource", "data-resource")
# The words of a resource with few values. Of a table, and of a file that is none, such as a map.
TABLE = {"type": ("table",), "format": ("csv", "yaml", "parquet"), "encoding": UTF8, "profile": PROFILES}
FILE = {"type": ("file", "json", "text"), "encoding": UTF8, "profile": PROFILES[1:]}
TABLES = ("csv", "tsv", "yaml", "yml", "parquet", "xls", "xlsx", "ods")  # endings of what Frictionless reads as a table
TEXT = re.compile("title|description|homepage|mediatype|format|(?:title|description)_[A-Za-z_-]+")
DIALECT = {  # what is allowed to be said; it says how files are read in any case
    "delimiter": ",",
    "quoteChar": '"',
    "doubleQuote": True,
    "skipInitialSpace": False,
    "header": True,
}
PLAIN_DIALECT = 'delimiter: ",", quoteChar: \'"\', doubleQuote: true, skipInitialSpace: false, header: true'
YAML_DIALECT = "keyed: true, keys: […]"
SHOWN = 80  # characters of what is written
CREDITS = {"licenses": {"name", "path", "title"}, "sources": {"title", "path", "email"}}


def descriptor_problem(what: Message, fix: Message) -> Problem:
    """A fault of the descriptor, or of a schema that it names."""
    return Problem(what, fix, file=DESCRIPTOR)


def resource_problems(item: Mapping[str, Any]) -> Iterator[Problem]:
    """What cannot be kept to in the words of a resource. It has a name and a path."""
    name = item["name"]
    if not isinstance(name, str) or not NAME.fullmatch(name):
        what = say("“{name}” cannot be the name of a resource.", name=name)
        fix = say(
            "Use small Latin letters, digits, hyphens, underscores and full stops: it becomes the name of a file."
        )
        yield descriptor_problem(what, fix)
    yield from _path_problems(item)
    choices: Mapping[str, tuple[str, ...]] = TABLE if "schema" in item else FILE
    for word, value in item.items():
        if word in ("name", "path", "schema"):
            continue
        if word in choices:
            if value not in choices[word]:
                allowed = say("Allowed values: {values}.", values=", ".join(choices[word]))
                yield _wrong_value(name, word, value, allowed)
        elif word == "dialect":
            yield from _dialect_problems(name, value)
        elif word in CREDITS:
            if not _are_credits(word, value):
                fix = say(
                    "Write a list; each item has one or more of these: {words}.", words=", ".join(sorted(CREDITS[word]))
                )
                yield _wrong_value(name, word, value, fix)
        elif not isinstance(word, str) or not TEXT.fullmatch(word):
            what = say("The resource “{name}” says “{word}”, which is neither read nor checked.", name=name, word=word)
            yield descriptor_problem(what, say("Take it out, or correct the word if it is misspelt."))
        elif not isinstance(value, str):
            yield _wrong_value(name, word, value, say("Put the value in quotation marks."))


def repeated_names(names: list[Any]) -> Iterator[Problem]:
    """Names that more than one resource has."""
    for name in dict.fromkeys(name for name in names if names.count(name) > 1):
        what = say("More than one resource is called “{name}”.", name=name)
        yield descriptor_problem(what, say("Give each a name of its own."))


def form_of(item: Mapping[str, Any]) -> str:
    """How the file of a table is written; like Frictionless, by the ending where nothing is said."""
    path = item["path"] if isinstance(item["path"], str) else item["path"][0]
    return str(item.get("format") or PurePosixPath(path).suffix.lstrip(".") or "csv")


def _path_problems(item: Mapping[str, Any]) -> Iterator[Problem]:
    name, path = item["name"], item["path"]
    paths = [path] if isinstance(path, str) or "schema" not in item else path
    if not isinstance(paths, list) or not all(isinstance(one, str) for one in paths):
        yield _wrong_value(name, "path", path, say("Write the path of a file below the data folder."))
        return
    schema = item.get("schema")
    for one in (*paths, *([schema] if isinstance(schema, str) else [])):
        if not _is_below(one):
            what = say("“{path}”, a path of “{name}”, leads out of the data folder.", path=one, name=name)
            fix = say("Put the file into that folder, and write the path from there, with forward slashes.")
            yield descriptor_problem(what, fix)
    form = form_of({"path": paths, "format": item.get("format")})
    if "schema" not in item and form.lower() in TABLES:
        what = say("“{name}” is a table and has no schema, so nobody checks it.", name=name)
        yield descriptor_problem(what, say("Name its schema, or keep the file in another place."))
    elif "schema" in item and not item.get("format") and form not in TABLE["format"]:
        fix = say("Say under “format” how the file is written: {values}.", values=", ".join(TABLE["format"]))
        yield _wrong_value(name, "path", path, fix)


def _is_below(path: str) -> bool:
    """Whether Frictionless, too, calls the path safe, here and where drives have letters."""
    parts = PurePosixPath(path).parts
    is_inside = bool(parts) and not path.startswith(("/", "~", "%")) and ".." not in parts
    return is_inside and not set(path) & set("\\:$\0")


def _dialect_problems(name: str, dialect: Any) -> Iterator[Problem]:
    """All but its words for YAML: see wrong_columns()."""
    said = {word: value for word, value in dialect.items() if word != "yaml"} if isinstance(dialect, dict) else None
    inner = said.pop("csv", {}) if said else {}
    if not all(isinstance(words, dict) and words.items() <= DIALECT.items() for words in (said, inner)):
        yield _wrong_value(name, "dialect", dialect, say("Allowed values: {values}.", values=PLAIN_DIALECT))


def wrong_columns(item: Mapping[str, Any], columns: list[Any]) -> list[Problem]:
    """Columns of a table without a name, or other ones in its dialect for YAML than in its schema."""
    table, words = item["name"], (item.get("dialect") or {}).get("yaml", {})
    problems = []
    for number, column in enumerate(columns, start=1):
        if not column or not isinstance(column, str):
            what = say("Column number {number} of “{table}” has no name.", number=number, table=table)
            problems.append(descriptor_problem(what, say("Correct the schema.")))
    if not isinstance(words, dict) or not words.keys() <= {"keyed", "keys"} or words.get("keyed", True) is not True:
        problems.append(_wrong_value(table, "dialect", words, say("Allowed values: {values}.", values=YAML_DIALECT)))
    elif words.get("keys", columns) != columns:
        what = say("The “keys” in the dialect of “{table}” are not the columns of its schema.", table=table)
        fix = say("They must read: {keys}", keys=", ".join(map(str, columns)))
        problems.append(descriptor_problem(what, fix))
    return problems


def _are_credits(word: str, value: Any) -> bool:
    if not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
        return False
    is_told = all(one.keys() <= CREDITS[word] and all(isinstance(text, str) for text in one.values()) for one in value)
    if word == "licenses":
        return is_told and all(one.get("name") or one.get("path") for one in value)
    return is_told and all(re.fullmatch(FORMATS["email"], one.get("email") or "a@b.kg") for one in value)


def _wrong_value(name: str, word: str, value: Any, fix: Message) -> Problem:
    written = " ".join(f"{word}: {value}".split())
    shown = written if len(written) <= SHOWN else written[: SHOWN - 1] + "…"
    return descriptor_problem(say("The resource “{name}” says “{words}”.", name=name, words=shown), fix)
