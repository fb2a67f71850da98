"""Changes to the text of a YAML file that leave everything else as it is: records of a table, files of the package."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import partial
from itertools import groupby
from typing import Any

import yaml

from ..package import Field

INDENT = 2
WIDTH = 110


def new_record(cells: Mapping[str, str], fields: Sequence[Field]) -> str:
    """A file of one record, its names in the order of the schema; what is empty is left out."""
    entries = (_entry(field, cells[field.name], INDENT) for field in fields if cells[field.name])
    return "- " + (" " * INDENT).join(entries)


def changed_record(text: str, key: str, cells: Mapping[str, str], changed: set[str], fields: Sequence[Field]) -> str:
    """The file with other values in the record whose key has the value of `cells`. Raises LookupError without it."""
    root: Any = yaml.compose(text, yaml.SafeLoader)  # never None: the record stands in the file
    items = [item for item in root.value if _scalar(item, key) == cells[key]]
    if not items:
        raise LookupError(cells[key])
    item = items[0]
    if item.flow_style:
        whole = " " * item.start_mark.column
        entries = [_entry(field, cells[field.name], item.start_mark.column) for field in fields if cells[field.name]]
        return "".join([text[: item.start_mark.index], whole.join(entries).rstrip("\n"), text[item.end_mark.index :]])
    indent = item.start_mark.column
    starts = [name.start_mark.index for name, _ in item.value]
    written = {
        name.value: text[start:end].rstrip(" ")
        for (name, _), start, end in zip(item.value, starts, [*starts[1:], item.end_mark.index], strict=True)
    }
    for field in fields:
        if field.name in changed:
            written[field.name] = _entry(field, cells[field.name], indent) if cells[field.name] else ""
    order = [field.name for field in fields]
    kept = sorted((name for name in written if written[name]), key=order.index)
    if [name for name in written if written[name] and name not in changed] != [
        name for name in kept if name not in changed
    ]:
        kept = [name for name in written if written[name]]  # the file has an order of its own
    entries = [written[name] if written[name].endswith("\n") else written[name] + "\n" for name in kept]
    return "".join([text[: item.start_mark.index], (" " * indent).join(entries), text[item.end_mark.index :]])


def with_files(text: str, table: str, paths: Iterable[str]) -> str:
    """The descriptor of a package in which the table lists more files, each in its place by name."""
    text = text if text.endswith("\n") else f"{text}\n"
    resources = _child(yaml.compose(text, yaml.SafeLoader), "resources")
    node = _child(next(item for item in resources.value if _scalar(item, "name") == table), "path")
    new = sorted(paths)
    listed = [node.value] if isinstance(node, yaml.ScalarNode) else [item.value for item in node.value]
    if isinstance(node, yaml.ScalarNode) or not listed:
        return f"{text[: node.start_mark.index]}[{', '.join(sorted([*listed, *new]))}]{text[node.end_mark.index :]}"
    for number, added in reversed([(one, list(them)) for one, them in groupby(new, partial(bisect, listed))]):
        neighbour = node.value[max(number - 1, 0)]
        if node.flow_style:
            place = neighbour.end_mark.index if number else neighbour.start_mark.index
            lines = "".join(f", {path}" if number else f"{path}, " for path in added)
        else:
            start = text.rfind("\n", 0, neighbour.start_mark.index) + 1
            place = text.find("\n", neighbour.end_mark.index) + 1 if number else start
            lines = "".join(f"{text[start : neighbour.start_mark.index]}{path}\n" for path in added)
        text = text[:place] + lines + text[place:]
    return text


def _child(node: Any, name: str) -> Any:
    return next((value for key, value in node.value if key.value == name), None)


def _scalar(node: Any, name: str) -> str | None:
    child = _child(node, name) if isinstance(node, yaml.MappingNode) else None
    return child.value if isinstance(child, yaml.ScalarNode) else None


def _entry(field: Field, text: str, indent: int) -> str:
    """Name and value as they stand in a record that is so far from the margin; it ends its line."""
    value = _value(field, text)
    flow = isinstance(value, list)
    written = yaml.safe_dump(
        {field.name: value}, allow_unicode=True, width=WIDTH, default_flow_style=None if flow else False
    )
    return "\n".join(_indented(written.splitlines(), indent)) + "\n"


def _indented(lines: list[str], indent: int) -> Iterator[str]:
    yield lines[0]
    for line in lines[1:]:
        yield " " * indent + line if line else line


def _value(field: Field, text: str) -> Any:
    if field.type == "integer":
        return int(text)
    if field.type == "number":
        return float(text) if "." in text else int(text)
    if field.type == "date":
        return date.fromisoformat(text)
    if field.type == "boolean":
        return text == "true"
    if field.type == "list":
        return text.split(field.delimiter or ",")
    return text
