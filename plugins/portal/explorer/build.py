"""The index, file by file."""

from __future__ import annotations

import hashlib
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import Any
from zlib import crc32

import duckdb

from .about import IDS, About, Index
from .columns import column_files
from .dimensions import LISTED
from .meta import count_values, make_meta, value_rows
from .names import known_names, read_names, read_sources
from .numbering import HELPERS, number_grants
from .row_files import row_files, write_json
from .words import Keys, value_files, word_files

Parts = Generator[tuple[str, str], None, dict[str, Any]]
INLINE_GRANTS = 300  # an index of so many grants may stand in the page,
INLINE_OCTETS = 200_000  # if it is not larger than this


def build_index(database: duckdb.DuckDBPyConnection, about: About, folder: Path) -> Index:
    """Write the index below the folder, or return a small one, to stand in the page.

    `database` has the tables as database.py fills them: grants, organizations, programs, calls, places, certainties,
    amount_groups, payments, reports, amendments, documents, sources and the code lists, and the view place_paths.
    Raises OSError when a file cannot be written.
    """
    files = _files(database, about)
    kept: dict[str, str] = {}
    if database.execute("select count(*) from grants").fetchall()[0][0] <= INLINE_GRANTS:
        kept = dict(files)
        octets = sum(len(text.encode()) for text in kept.values())
        if octets <= INLINE_OCTETS:
            return Index(kept, len(kept), octets)
    return _write(folder, iter(kept.items()) if kept else files)


def _write(folder: Path, files: Iterator[tuple[str, str]]) -> Index:
    paths, octets, made = [], 0, set()
    for path, text in files:
        target = folder / f"{path}.js"
        if target.parent not in made:
            target.parent.mkdir(parents=True, exist_ok=True)
            made.add(target.parent)
        content = f'explorer("{path}",{text});\n'.encode()
        target.write_bytes(content)
        paths.append(path)
        octets += len(content)
    listed = write_json({"octets": octets, "paths": paths})
    (folder / "files.js").write_text(f'explorer("files",{listed});\n', encoding="utf-8")
    return Index(None, len(paths) + 1, octets)


def _files(database: duckdb.DuckDBPyConnection, about: About) -> Iterator[tuple[str, str]]:
    """(path, JSON) of every file. The last is meta, which knows all others: when one of them changes, it changes."""
    digest = hashlib.sha256()
    meta = yield from _noted(_parts(database, about), digest)
    yield "meta", write_json({**meta, "digest": digest.hexdigest()})


def _noted(parts: Parts, digest: hashlib._Hash) -> Parts:
    """The same parts, each added to the digest."""
    while True:
        try:
            path, text = next(parts)
        except StopIteration as end:
            return dict(end.value)
        digest.update(f"{path}\n{text}\n".encode())
        yield path, text


def _parts(database: duckdb.DuckDBPyConnection, about: About) -> Parts:
    """(path, JSON) of every file but meta. Returns what stands in that."""
    numbered = number_grants(database, about)
    counts, constant = count_values(database, about, numbered)
    for path, text in column_files(database, about, numbered, constant):
        yield path, write_json(text)
    keys = Keys((*about.windows(numbered.grants), 0)[1])
    for files in (word_files(database, about, numbered, keys), value_files(database, numbered, keys)):
        for path, text in files:
            yield path, write_json(text)
    shards = []
    for at, (first, content) in enumerate(keys.shards()):
        shards.append(first)
        yield f"t/{at}", content
    del keys
    for path, values in value_rows(database, numbered, counts):
        yield path, write_json(values)
    ids = max(1, -(-numbered.grants // IDS))
    for at, numbers in enumerate(_identifiers(database, ids)):
        yield f"i/{at}", write_json(numbers)
    names = read_names(database)
    known = known_names(database, about, names)
    sources = read_sources(database, about)
    few = len(sources) <= LISTED
    rows_of = row_files(database, about, numbered, known=known, names=names, sources=None if few else sources)
    for path, rows in rows_of:
        yield path, write_json(rows)
    meta = make_meta(
        database,
        about,
        numbered,
        names=known,
        counts=counts,
        constant=constant,
        sources=sources if few else {},
        shards=shards,
        ids=ids,
    )
    for table in HELPERS:
        database.execute(f"drop table {table}")
    return meta


def _identifiers(database: duckdb.DuckDBPyConnection, files: int) -> list[dict[str, int]]:
    """Identifier -> number, shared out by the checksum of the identifier."""
    found: list[dict[str, int]] = [{} for _ in range(files)]
    cursor = database.execute("select id, number from explorer_order order by number")
    while rows := cursor.fetchmany(10_000):
        for identifier, number in rows:
            found[crc32(identifier.encode()) % files][identifier] = number
    return found
