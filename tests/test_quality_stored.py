"""quality/ of tables that stay in their store: the same figures as in memory."""

from __future__ import annotations

from dataclasses import replace

from portal.errors import Problem, say
from portal.exports import Job
from portal.quality import Quality, measure, trend
from portal.store import Store
from tests.conftest import LANGUAGES
from tests.stored_tables import stored


def warn(file: str, line: int, column: str | None) -> Problem:
    return Problem(say("It is odd."), say("Look at it."), file=file, line=line, column=column, level="warning")


def figures(quality: Quality) -> list[object]:
    """Everything that is counted, without the resources, which name the files."""
    bodies = [("", quality.tables, quality.warnings)]
    bodies += [(one.organization.id, one.tables, one.warnings) for one in quality.publishers]
    return [
        (
            body,
            [
                (table.resource.name, table.records, [(f.field.name, f.filled) for f in table.fields])
                for table in tables
            ],
            warnings,
        )
        for body, tables, warnings in bodies
    ]


def test_stored_tables_have_the_same_figures(job: Job) -> None:
    tables = job.portal.tables
    warnings = (
        *(warn(record.file, record.line, "url") for record in tables["sources"].records),
        *(warn(record.file, record.line, "title_en") for record in tables["grants"].records),
        *(warn(record.file, record.line, None) for record in tables["reports"].records),
        warn("organizations.csv", 2, "name_en"),
        warn("nowhere.csv", 1, None),
    )
    in_memory = replace(job.portal, warnings=warnings)
    in_store = replace(in_memory, tables=stored(tables, Store()))
    found = figures(measure(in_memory, LANGUAGES))
    assert len(found) > 2
    assert figures(measure(in_store, LANGUAGES)) == found


def test_stored_grants_have_the_same_point_in_the_trend(job: Job) -> None:
    in_store = replace(job.portal, tables=stored(job.portal.tables, Store()))
    found = trend(job.portal, LANGUAGES)
    assert len(found) > 2
    assert trend(in_store, LANGUAGES) == found
