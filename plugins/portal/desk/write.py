"""Taken rows -> the files of the data folder: all of them or none.

Only files in which something changes are written, and in them every other row keeps its bytes. New files are written
beside the old ones first and then put in their place; if anything fails on the way, or if the records read back are not
the ones that were meant, the old files are put back.
"""

from __future__ import annotations

import re
import shutil
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from ..cells import record_cells
from ..errors import BuildError, DataError
from ..package import DESCRIPTOR, Package, Resource
from ..validate import Tables
from .csv_text import CsvText
from .identifiers import YEAR
from .judge import Judged
from .match import Match
from .yaml_text import changed_record, new_record, with_files

OF_A_YEAR = re.compile(r"(?:.*/)?\d{4}\.csv")


def write_rows(rows: Sequence[Judged], package: Package, read_again: Callable[[], Tables]) -> tuple[str, ...]:
    """Write the new and the changed records; return the files, below the data folder.

    `read_again` reads the folder and raises DataError when it cannot be published. Raises BuildError when nothing could
    be written because of the records, and OSError because of the disk; the old files are in their place then.
    """
    matches = [row.match for row in rows if row.fate in ("new", "changed")]
    changes = _Changes(package)
    for match in matches:
        resource = package.by_name[match.row.table]
        if resource.format == "parquet":
            raise BuildError(f"The table “{resource.name}” is Parquet, which is not written here. Nothing was written.")
        if resource.format == "yaml":
            changes.put_yaml(match, resource)
        else:
            changes.put_csv(match, resource)
    contents = changes.contents()
    _replace_all(package.folder, contents, lambda: _require(matches, read_again))
    return tuple(contents)


@dataclass
class _Changes:
    """The files that change, as they will be."""

    package: Package
    csv: dict[str, CsvText] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    new: defaultdict[str, list[str]] = field(default_factory=lambda: defaultdict(list))  # table -> files it will list

    def put_csv(self, match: Match, resource: Resource) -> None:
        """Replace the row of the record, or add one to the file in which it belongs."""
        cells = [match.cells[name] for name in resource.field_names]
        record = match.record
        path = _path_for(match, resource)
        if record:
            key = resource.field_names.index(resource.primary_key)
            written = self._csv(record.file, resource).cells(record.line)
            if len(written) <= key or written[key] != match.id:
                raise BuildError(f"{record.file} changed while it was read. Nothing was written; do the same again.")
            if not OF_A_YEAR.fullmatch(record.file) or path == record.file:
                self.csv[record.file].replace(record.line, cells)
                return
            self.csv[record.file].remove(record.line)
        self._csv(path, resource).append(cells)

    def _csv(self, path: str, resource: Resource) -> CsvText:
        if path not in self.csv:
            if path in resource.paths:
                self.csv[path] = CsvText.of((self.package.folder / path).read_bytes())
            else:
                self._list(path, resource)
                self.csv[path] = CsvText.empty(resource.field_names)
        return self.csv[path]

    def put_yaml(self, match: Match, resource: Resource) -> None:
        """Change the values in the file of the record, or make one."""
        if match.record:
            path = match.record.file
            text = self.texts.get(path) or self._read(path)
            before = zip(resource.field_names, record_cells(match.record, resource), strict=True)
            changed = {name for name, cell in before if match.cells[name] != cell}
            self.texts[path] = changed_record(text, resource.primary_key, match.cells, changed, resource.fields)
            return
        folder = PurePosixPath(resource.paths[0]).parent if resource.paths else PurePosixPath(resource.name)
        path = str(folder / f"{match.id}.yaml")
        self._list(path, resource)
        self.texts[path] = new_record(match.cells, resource.fields)

    def _list(self, path: str, resource: Resource) -> None:
        if (self.package.folder / path).exists():
            raise BuildError(f"{path} is there already, but no table lists it. Nothing was written.")
        self.new[resource.name].append(path)

    def _read(self, path: str) -> str:
        return (self.package.folder / path).read_bytes().decode("utf-8")

    def contents(self) -> dict[str, bytes]:
        """Path -> content; the descriptor last, which names the others."""
        found = {path: text.content() for path, text in self.csv.items()}
        found.update((path, text.encode()) for path, text in self.texts.items())
        if self.new:
            text = self._read(DESCRIPTOR)
            for table, paths in self.new.items():
                text = with_files(text, table, paths)
            found[DESCRIPTOR] = text.encode()
        return dict(sorted(found.items(), key=lambda item: (item[0] == DESCRIPTOR, item[0])))


def _path_for(match: Match, resource: Resource) -> str:
    """The file of the record's year where the table has such files, else the last one of the table."""
    path = PurePosixPath(resource.paths[-1])
    if match.cells.get(YEAR) and all(OF_A_YEAR.fullmatch(one) for one in resource.paths):
        return str(path.with_name(f"{match.cells[YEAR]}.csv"))
    return str(path)


def _require(matches: Sequence[Match], read_again: Callable[[], Tables]) -> None:
    """Raise BuildError unless the folder holds the records as they were meant."""
    try:
        tables = read_again()
    except DataError as error:
        raise BuildError(f"The records could not be read back, so the old files were put back. {error}") from None
    for name in dict.fromkeys(match.row.table for match in matches):
        resource = tables[name].resource
        meant = {
            match.id: [match.cells[one] for one in resource.field_names] for match in matches if match.row.table == name
        }
        found = {record[resource.primary_key]: record for record in tables[name].records}
        for identifier, cells in meant.items():
            if identifier not in found or record_cells(found[identifier], resource) != cells:
                raise BuildError(
                    f"The record “{identifier}” of {name} was not read back as it was written, "
                    "so the old files were put back. Report this as a fault of Ashar."
                )


def _replace_all(folder: Path, contents: Mapping[str, bytes], require: Callable[[], None]) -> None:
    """Put the new files in the place of the old ones and ask whether they are good; if not, put the old ones back."""
    old = {path: (folder / path).read_bytes() if (folder / path).exists() else None for path in contents}
    try:
        for path, content in contents.items():
            target = folder / path
            target.parent.mkdir(parents=True, exist_ok=True)
            _beside(target).write_bytes(content)
            if old[path] is not None:
                shutil.copymode(target, _beside(target))
        for path in contents:
            _beside(folder / path).replace(folder / path)
        require()
    except BaseException:  # also when it is interrupted: half of the files would be worse than none
        _put_back(folder, old)
        raise


def _put_back(folder: Path, old: Mapping[str, bytes | None]) -> None:
    for path, content in old.items():
        target = folder / path
        with suppress(OSError):
            _beside(target).unlink(missing_ok=True)
        if content is None:
            target.unlink(missing_ok=True)
        elif target.read_bytes() != content:
            target.write_bytes(content)


def _beside(path: Path) -> Path:
    return path.with_name(f".{path.name}.new")
