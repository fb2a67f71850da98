"""Parquet: a table with typed columns, for programs that read much. Made from the CSV files of the package."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from pathlib import Path

from ..database import TEXT, TYPES
from ..errors import BuildError
from ..package import Field
from ..scratch import csv_to_parquet, open_scratch_database, split_list
from ..validate import Record
from .cells import number_text
from .job import FOLDER, Download, Job, describe
from .narrow import different_values
from .to_package import csv_path

MEDIA_TYPE = "application/vnd.apache.parquet"
PLACES, WHOLE = 6, 18  # digits after and before the point of a usual number column
DIGITS = 38  # that a number of Parquet can have


def write(job: Job, output: Path, made: Sequence[Download]) -> Iterator[Download]:
    """data/<resource>.parquet of every data/<resource>.csv, rows by primary key.

    Raises BuildError for a number that has too many digits, and for rows that do not come back as they are.
    """
    there = {download.path for download in made}
    with open_scratch_database() as database:
        for resource in job.every_resource:
            source, path = csv_path(job, resource), f"{FOLDER}/{resource.name}.parquet"
            if source not in there:
                continue
            rows = job.rows[resource.name]
            columns = {field.name: _type(field, rows, path) for field in resource.fields}
            about = {"table": resource.name, "version": job.version, "license": job.license_words}
            (output / path).open("wb").close()  # for Python's OSError, which names the file
            try:
                count = csv_to_parquet(database, output / source, output / path, columns, about)
                if count != len(rows):
                    raise ValueError(f"{count} of {len(rows)} records would be in it")
            except ValueError as error:
                (output / path).unlink()
                fix = "Report this as a fault of Ashar."
                raise BuildError(f"{path} cannot be made from {source}: {error}. {fix}") from None
            yield describe(output, path, "Parquet", MEDIA_TYPE, resource=resource.name, rows=len(rows))


def _type(field: Field, records: Sequence[Record], path: str) -> str:
    if field.type == "number":
        return _number(field.name, different_values(records, field.name), path)
    if field.type == "list":
        return split_list(field.delimiter or ",")
    return TYPES.get(field.type, TEXT)


def _number(column: str, values: Iterable[Decimal | None], path: str) -> str:
    """The usual type, or one with more places when a number of the column needs them: no digit is lost."""
    whole, places = 1, PLACES
    for value in values:
        if value is not None:
            whole = max(whole, value.adjusted() + 1)
            exponent = value.as_tuple().exponent
            if isinstance(exponent, int) and exponent < -places:
                places = max(places, _places(value))
    if places == PLACES and whole <= WHOLE:
        return TYPES["number"]
    if places + whole > DIGITS:
        raise BuildError(
            f"{path} cannot hold the column “{column}”: its numbers have up to {whole} digits before the point and "
            f"{places} after it, together more than {DIGITS}. Shorten the longest number."
        )
    return f"DECIMAL({DIGITS}, {places})"


def _places(value: Decimal) -> int:
    """Digits after the point, without zeros at the end. Decimal.normalize() would round to 28 digits."""
    return len(number_text(value).partition(".")[2])
