"""The least that a package must have for the pages to be made. Whatever else is missing is shown as not published."""

from __future__ import annotations

from collections.abc import Iterator

from .errors import Problem, say
from .package import DESCRIPTOR
from .validate import Tables

# table -> columns without which a page cannot be made. `label`, `name`, `title` stand in every language.
NEEDED = {
    "grants": (
        "id", "program", "call", "funder", "recipient", "partners", "donor", "sphere", "place", "year", "status",
        "certainty", "amount_awarded", "currency", "amount_group", "added_on", "changed_on", "source",
    ),
    "programs": ("id", "level", "status", "source"),
    "calls": ("id", "customer", "year", "stage", "source"),
    "organizations": ("id", "kind", "source"),
    "places": ("id", "kind", "parent", "source"),
    "totals": (
        "id", "year", "metric", "value", "unit", "exactness", "scope", "place", "organization", "program", "source",
    ),
    "coverage": ("id", "organization", "year", "status", "source"),
    "sources": ("id",),
    "certainties": ("code", "counted"),
    "metrics": ("code", "money_by_year", "counts_grants"),
    "scopes": ("code", "organization_kind"),
    "units": ("code", "is_money"),
    **dict.fromkeys(
        ("spheres", "grant_statuses", "program_levels", "program_statuses", "stages", "organization_kinds",
         "place_kinds", "exactness", "coverage_statuses"),
        ("code",),
    ),
}  # fmt: skip


def missing_parts(tables: Tables) -> Iterator[Problem]:
    """A problem for every needed table and column that the package lacks."""
    for name, columns in NEEDED.items():
        if name not in tables:
            what = say("The package has no table “{table}”, which the pages need.", table=name)
            yield Problem(what, say("Add it; it may have no rows, but it must be there."), file=DESCRIPTOR)
            continue
        resource = tables[name].resource
        for column in columns:
            if column not in resource.by_name:
                what = say(
                    "The table “{table}” has no column “{column}”, which the pages need.", table=name, column=column
                )
                yield Problem(
                    what, say("Add it to the schema and to the file; it may be empty."), file=resource.paths[0]
                )
