"""Changes to the text of a YAML file that leave everything else as it is: records of a table, files of the package."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
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
    root = yaml.compose(text, yaml.SafeLoader)
    items = [item for item in root.value if _scalar(item, key) == cells[key]]
    if not items:
        raise LookupError(cells[key])
    item = items[0]
    if item.flow_style:
        whole = " " * item.start_mark.column
        entries = [_entry(field, cells[field.name], item.start_mark.column) for field in fields if cells[field.name]]
        return text[: item.start_mark.index] + whole.join(entries).rstrip("\n") + text[item.end_mark.index :]
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
    return text[: item.start_mark.index] + (" " * indent).join(entries) + text[item.end_mark.index :]


def with_file(text: str, table: str, path: str) -> str:
    """The descriptor of a package in which the table lists one more file, in its place by name."""
    resources = _child(yaml.compose(text, yaml.SafeLoader), "resources")
    node = _child(next(item for item in resources.value if _scalar(item, "name") == table), "path")
    if isinstance(node, yaml.ScalarNode):
        listed = ", ".join(sorted([node.value, path]))
        return f"{text[: node.start_mark.index]}[{listed}]{text[node.end_mark.index :]}"
    before = [item for item in node.value if item.value < path]
    neighbour = before[-1] if before else node.value[0]
    if node.flow_style:
        place = neighbour.end_mark.index if before else neighbour.start_mark.index
        return text[:place] + (f", {path}" if before else f"{path}, ") + text[place:]
    start = text.rfind("\n", 0, neighbour.start_mark.index) + 1
    line = f"{text[start : neighbour.start_mark.index]}{path}\n"
    place = text.find("\n", neighbour.end_mark.index) + 1 if before else start
    return text[:place] + line + text[place:]


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
