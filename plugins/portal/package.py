"""The Data Package as dataclasses: which tables there are, with which fields. Reads descriptors, never records."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path, PurePosixPath
from typing import Any

import yaml

from .descriptor import DESCRIPTOR, descriptor_problem, form_of, repeated_names, resource_problems, wrong_columns
from .errors import DataError, Problem, say
from .foreign_keys import lost_references, with_listed_keys
from .text import Text

__all__ = ["DESCRIPTOR", "NOT_YAML", "Field", "Package", "Resource", "YamlLoader", "read_package", "yaml_problem"]
REMEMBERED = 256  # texts of descriptors and schemas
YamlLoader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the C one reads the schemas eight times faster
NOT_YAML = (  # PyYAML lets more than its own errors through: a day such as 2019-02-31, !!int "", [[[[…
    yaml.YAMLError,
    ValueError,
    LookupError,
    AttributeError,
    RecursionError,
)


@dataclass(frozen=True, slots=True)
class Field:
    """A column: its type in Table Schema's words, and what a reader is told about it."""

    name: str
    type: str
    title: Text
    description: Text
    required: bool
    constraints: Mapping[str, Any]
    delimiter: str | None = None  # between the items of a list
    refers_to: str | None = None  # name of the resource that the value, or each item, points at
    partial_date: bool = False  # text such as 2019, 2019-07 or 2019-07-18


@dataclass(frozen=True)
class Resource:
    """A table of the package."""

    name: str
    title: Text
    description: Text
    paths: tuple[str, ...]  # below the data folder
    format: str  # csv, yaml or parquet
    fields: tuple[Field, ...]
    primary_key: str
    schema: Mapping[str, Any] = field(repr=False)  # as written
    schema_path: str  # below the data folder; code lists share one

    @cached_property
    def field_names(self) -> tuple[str, ...]:
        """Names of the columns in their order."""
        return tuple(column.name for column in self.fields)

    @cached_property
    def by_name(self) -> dict[str, Field]:
        """Column name -> Field."""
        return {column.name: column for column in self.fields}

    @property
    def is_codelist(self) -> bool:
        """A list of allowed values with a label in every language."""
        return self.primary_key == "code"


@dataclass(frozen=True)
class Package:
    """The data folder's descriptor."""

    folder: Path
    title: Text
    description: Text
    resources: tuple[Resource, ...]
    descriptor: Mapping[str, Any] = field(repr=False)  # as written

    @property
    def name(self) -> str:
        """For file names; files that hold several tables are called by it."""
        return str(self.descriptor.get("name") or "data").replace("/", "-")

    @cached_property
    def by_name(self) -> dict[str, Resource]:
        """Resource name -> Resource."""
        return {resource.name: resource for resource in self.resources}

    @property
    def files(self) -> tuple[Mapping[str, Any], ...]:
        """Descriptors of the resources that are no tables, such as a map."""
        return tuple(item for item in self.descriptor["resources"] if "schema" not in item)

    @property
    def listed(self) -> Iterator[str]:
        """Every path that the descriptor names, some of them several times: of tables, schemas and other files."""
        for resource in self.resources:
            yield from (*resource.paths, resource.schema_path)
        yield from (str(item["path"]) for item in self.files)


def read_package(folder: Path, languages: tuple[str, ...]) -> Package:
    """Read datapackage.yaml and the schemas it names, or raise DataError.

    A title in a language stands in `title_<language>`; `title` serves every language without one.
    """
    descriptor = _read_mapping(folder, DESCRIPTOR)
    problems: list[Problem] = []
    resources = []
    written = descriptor.get("resources")
    listed = written if isinstance(written, list) else []
    for number, item in enumerate(listed, start=1):
        if not isinstance(item, dict) or not item.get("name") or not item.get("path"):
            what = say("Resource number {number} has no name or no path.", number=number)
            problems.append(descriptor_problem(what, say("Give it a name and a path.")))
            continue
        faults = tuple(resource_problems(item))
        problems.extend(faults)
        if "schema" in item and not faults:
            try:
                resources.append(_resource(folder, item, languages))
            except DataError as error:
                problems.extend(error.problems)
            except (LookupError, TypeError, AttributeError, ValueError):  # a name, list or path is not what it must be
                what = say("The table “{table}” or its schema is not written as a Table Schema.", table=item["name"])
                problems.append(descriptor_problem(what, say("Compare it with that of another table.")))
    if not problems:
        problems.extend(repeated_names([item["name"] for item in listed]))
    if not problems:
        problems.extend(lost_references(resources))
    if not resources and not problems:
        what = say("The package lists no tables.")
        problems.append(descriptor_problem(what, say("List the files under “resources”, each with its schema.")))
    if problems:
        raise DataError(problems)
    return Package(
        folder=folder,
        title=_text(descriptor, "title", languages),
        description=_text(descriptor, "description", languages),
        resources=tuple(resources),
        descriptor=descriptor,
    )


def _resource(folder: Path, item: Mapping[str, Any], languages: tuple[str, ...]) -> Resource:
    schema = with_listed_keys(_read_mapping(folder, item["schema"]))
    targets = {
        key["fields"][0]: key["reference"]["resource"] or item["name"] for key in schema.get("foreignKeys") or []
    }
    fields = tuple(_fields(schema, targets, languages))
    problems = wrong_columns(item, [column.name for column in fields])
    if problems:
        raise DataError(problems)
    key = schema.get("primaryKey") or ["id"]
    form = form_of(item)
    path = item["path"]
    paths = (path,) if isinstance(path, str) else tuple(path)
    return Resource(
        name=item["name"],
        title=_text(item, "title", languages),
        description=_text(item, "description", languages),
        paths=tuple(file for one in paths for file in _files_below(folder, one)) if form == "parquet" else paths,
        format=form,
        fields=fields,
        primary_key=key if isinstance(key, str) else key[0],
        schema=schema,
        schema_path=item["schema"],
    )


def _files_below(folder: Path, path: str) -> Iterator[str]:
    """The Parquet files of a path that may be a folder, but for those that Spark and Hive write for themselves.

    A path without any stays as it is, to be told when it is read.
    """
    found = [file.relative_to(folder).as_posix() for file in (folder / path).rglob("*.parquet")]
    below = len(PurePosixPath(path).parts)
    kept = sorted(name for name in found if not any(part[0] in "._" for part in PurePosixPath(name).parts[below:]))
    yield from kept or [path]


def _fields(schema: Mapping[str, Any], targets: Mapping[str, str], languages: tuple[str, ...]) -> Iterator[Field]:
    for item in schema["fields"]:
        constraints = item.get("constraints") or {}
        if not isinstance(item.get("references") or "", str):
            raise TypeError(item)
        yield Field(
            name=item["name"],
            type=item.get("type", "string"),
            title=_text(item, "title", languages),
            description=_text(item, "description", languages),
            required=bool(constraints.get("required")),
            constraints=constraints,
            delimiter=item.get("delimiter"),
            refers_to=item.get("references") or targets.get(item["name"]),
            partial_date="precision" in item,
        )


def _text(item: Mapping[str, Any], name: str, languages: tuple[str, ...]) -> Text:
    words = {language: item.get(f"{name}_{language}") or item.get(name) for language in languages}
    return Text.of(words)


def _read_mapping(folder: Path, name: str) -> dict[str, Any]:
    fix = say("Put the file there, or correct the path in {descriptor}.", descriptor=DESCRIPTOR)
    try:
        content = _parsed((folder / name).read_text(encoding="utf-8"))
    except (FileNotFoundError, IsADirectoryError):
        raise DataError([Problem(say("The file is missing."), fix, file=name)]) from None
    except NOT_YAML as error:
        raise DataError([yaml_problem(error, name)]) from None
    if not isinstance(content, dict):
        what = say("The file is empty or is not a list of names and values.")
        raise DataError([Problem(what, say("Restore it from the last version that worked."), file=name)])
    return content


@lru_cache(maxsize=REMEMBERED)
def _parsed(text: str) -> Any:
    """What YAML says. Nobody changes it, and an edit of records leaves the schemas as they are while Pelican serves."""
    return yaml.load(text, YamlLoader)


def yaml_problem(error: Exception, name: str) -> Problem:
    """Say in plain words that a file is not YAML, with the line where reading stopped."""
    mark = getattr(error, "problem_mark", None)
    return Problem(
        say("The file cannot be read as YAML."),
        say("Look at this line and the one before it: a colon, a quotation mark or the indentation is wrong."),
        file=name,
        line=mark.line + 1 if mark else None,
    )
