"""Rows -> typed tables, or every problem. Frictionless gives the verdict; sentences.py puts it into plain words."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from .errors import DataError, Problem, say
from .foreign_keys import MANY
from .keys import dangling_keys
from .load import RawTable
from .package import DESCRIPTOR, Resource
from .quote import quoted_name
from .screen import compile_plain, compile_screen, python_reader, repeats
from .screen.compile import BOUNDS
from .screen.patterns import NO_PATTERN
from .sentences import explain, shown, telling
from .stored import StoredRecords, StoredRows
from .tables import Record, Row, Table, Tables

if TYPE_CHECKING:
    from frictionless import Dialect, Schema

__all__ = ["LARGEST", "Record", "Table", "Tables", "dangling_keys", "judge_rows", "read_schema", "validate_tables"]

SchemaOf = Callable[[Resource], "Schema"]
LARGEST = 10**15  # more than the world earns in a year, in dollars; the database holds 10**18
NO_NUMBER = ("nan", "NaN", "sNaN", "-nan", "-NaN")  # neither more nor less than any other
MOST_PLACES = 20  # after the decimal sign; 1e-999999999, written in full, would be a text of 1 GB


def validate_tables(raw: Mapping[str, RawTable]) -> Tables:
    """Return the cells as Python values, or raise DataError with every problem.

    Numbers become Decimal, whole numbers int, days date, lists tuples of text; a column that is only text stays
    text, also where it means a day known to the month. An empty cell becomes None.
    """
    problems: list[Problem] = []
    tables: dict[str, Table] = {}
    known: dict[str, Schema] = {}

    def schema_of(resource: Resource) -> Schema:
        path = resource.schema_path
        if path not in known:  # making one takes 10 ms, and the code lists share theirs
            known[path] = read_schema(resource)
        return known[path]

    for name, written in raw.items():
        judge = judge_stored if isinstance(written.rows, StoredRows) else judge_small
        tables[name], faults = judge(written, schema_of)
        problems.extend(faults)
    for table in tables.values():
        problems.extend(dangling_keys(table, tables))
    if problems:
        raise DataError(problems)
    return tables


def judge_small(written: RawTable, schema_of: SchemaOf) -> tuple[Table, list[Problem]]:
    """The same as judge_rows(); where nothing is in doubt, Frictionless is not even started."""
    plain = compile_plain(written.resource.schema)
    if plain is None:
        return judge_rows(written, schema_of(written.resource))
    found = plain.values([row.cells for row in written.rows])
    if found is None:
        return judge_rows(written, schema_of(written.resource))
    records = [Record(values, row.file, row.line) for values, row in zip(found, written.rows, strict=True)]
    return Table(written.resource, tuple(records)), []


def judge_rows(written: RawTable, schema: Schema) -> tuple[Table, list[Problem]]:
    """The cells of one table as Python values, with every problem but dangling keys. `schema` is of read_schema().

    A cell that has a problem is None.
    """
    import frictionless  # noqa: PLC0415  (it takes 0.15 s, and clean records do not need it)

    problems: list[Problem] = []
    records = []
    numbers = [field.name for field in written.resource.fields if field.type in ("number", "integer")]
    cells = [list(written.resource.field_names), *(list(row.cells) for row in written.rows)]
    with frictionless.Resource(name=written.resource.name, data=cells, schema=schema, dialect=_dialect()) as judge:
        for row, source in zip(judge.row_stream, written.rows, strict=True):
            errors = telling(_errors_of(row, source))
            problems.extend(explain(error, written.resource, source, written.rows) for error in errors)
            values = {column: _plain(value) for column, value in row.to_dict().items()}
            for problem in _no_figures(values, numbers, source.file, source.line):
                problems.append(problem)
                values[problem.column or ""] = None
            records.append(Record(values, source.file, source.line))
    return Table(written.resource, tuple(records)), problems


def judge_stored(written: RawTable, schema_of: SchemaOf) -> tuple[Table, list[Problem]]:
    """The same for the rows of a store; Frictionless judges only those in which the screen finds something to doubt.

    A table whose schema says what the screen does not know, or whose keys repeat, is judged whole, in memory.
    """
    resource, rows = written.resource, written.rows
    if compile_plain(resource.schema) is None:
        schema_of(resource)  # Frictionless says whether it is one
    screen = compile_screen(resource.schema)
    if not isinstance(rows, StoredRows) or screen is None or rows.has(repeats(screen, quoted_name(resource.name))):
        return judge_rows(written, schema_of(resource))
    doubtful = rows.where(screen.doubt)
    problems: list[Problem] = []
    readers = tuple(python_reader(field, resource.schema) for field in resource.schema["fields"])
    if len(doubtful):
        judged, problems = judge_rows(RawTable(resource, doubtful), schema_of(resource))
        if not doubtful.mend(judged.records, readers):  # a cell that has a problem becomes an empty one
            return judge_rows(written, schema_of(resource))
    return Table(resource, StoredRecords(rows.selection, readers)), problems


def read_schema(resource: Resource) -> Schema:
    """The schema as Frictionless wants it, but for the foreign keys: see dangling_keys()."""
    import frictionless  # noqa: PLC0415  (see judge_rows)

    descriptor = {name: value for name, value in resource.schema.items() if name != "foreignKeys"}
    try:
        schema = frictionless.Schema.from_descriptor(descriptor)
        reasons = list(_unusable(schema))
    except frictionless.FrictionlessException as error:
        reasons = [fault.note for fault in error.reasons or [error.error]]
    except (AttributeError, TypeError) as error:  # such as a "$schema" that is no text
        reasons = [str(error)]
    if reasons:
        what = say("The schema of “{table}” cannot be used: {reason}.", table=resource.name, reason="; ".join(reasons))
        raise DataError([Problem(what, say("Correct the schema."), file=DESCRIPTOR)])
    return schema


def _unusable(schema: Schema) -> Iterator[str]:
    """What Frictionless takes for a schema, and breaks off at when it reads a row."""
    import frictionless  # noqa: PLC0415  (see judge_rows)

    for field in schema.fields:
        faults = []
        try:
            read = field.create_value_reader()
            for name in BOUNDS:
                bound = field.constraints.get(name)
                if bound is not None and (read(bound) is None or str(bound) in NO_NUMBER):
                    faults.append(f'{name} "{bound}" is no value of type "{field.type}"')
            if not faults:
                field.read_cell("5")  # any text; compiles the pattern and asks the other constraints
        except frictionless.FrictionlessException as error:
            faults = [error.error.note]
        except (*NO_PATTERN, AttributeError, LookupError, TypeError, ValueError) as error:
            faults = [str(error)]
        if field.type in MANY and (field.name in schema.primary_key or field.constraints.get("unique")):
            faults.append("a cell with more than one value can be neither a key nor unique")
        yield from (f'field "{field.name}": {fault}' for fault in faults)


def _dialect() -> Dialect:
    """The first row has the names. Left to guess, Frictionless drops it where most rows have fewer or more cells."""
    import frictionless  # noqa: PLC0415  (see judge_rows)

    return frictionless.Dialect.from_descriptor({"headerRows": [1]})


def _errors_of(row: Any, source: Row) -> list[Any]:
    """Frictionless reads the cells only now; it breaks off at a time with a zone beside a limit without one."""
    try:
        return list(row.errors)
    except TypeError:
        what = say("A time with a zone cannot be compared with one without, or the other way round.")
        fix = say("Write the times and the limits of their column all with a zone, or all without.")
        raise DataError([Problem(what, fix, file=source.file, line=source.line)]) from None


def _plain(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def _no_figures(values: Mapping[str, Any], columns: Sequence[str], file: str, line: int) -> Iterator[Problem]:
    """Frictionless takes NaN, INF, 1e999 and 1e-999 for numbers; nobody was ever paid any of them."""
    for column in columns:
        value = values[column]
        if isinstance(value, Decimal) and not (value.is_finite() and int(value.as_tuple().exponent) >= -MOST_PLACES):
            what = say("“{value}” is not a number.", value=value)
            fix = say("Write digits and a full stop, such as 1950000.50, or leave the cell empty.")
            yield Problem(what, fix, file=file, line=line, column=column)
        elif isinstance(value, Decimal | int) and not -LARGEST < value < LARGEST:
            what = say("“{value}” is more than any budget.", value=shown(value))
            yield Problem(what, say("Correct the value."), file=file, line=line, column=column)
