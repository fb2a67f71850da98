"""Organizations and places."""

from __future__ import annotations

from ..model import Organization, OtherName, Place
from ..records import OURS, Paths, Records


def link_organizations(records: Records) -> list[Organization]:
    """Every organization, in the order of the table."""
    replaces = records.by("organizations", "replaced_by")
    names = records.by("organization_names", "organization")
    return [
        Organization(
            id=row["id"],
            name=records.text(row, "name"),
            kind=records.known_code("organization_kinds", row["kind"]),
            legal_form=records.code("legal_forms", row["legal_form"]),
            role=records.code("organization_roles", row["role"]),
            registration_id=row["registration_id"],
            place=records.ref("places", row["place"]),
            replaced_by=records.ref("organizations", row["replaced_by"]),
            replaces=tuple(records.refs["organizations"][other["id"]] for other in replaces[row["id"]]),
            other_names=tuple(
                OtherName(
                    name=records.text(name, "name"),
                    seen_from=name["seen_from"],
                    seen_to=name["seen_to"],
                    note=records.text(name, "note"),
                    source=records.sources[name["source"]],
                )
                for name in names[row["id"]]
            ),
            note=records.text(row, "note"),
            sources=records.sources_of(row),
        )
        for row in records["organizations"]
    ]


def link_places(records: Records, paths: Paths) -> list[Place]:
    """Every place, in the order of the table."""
    parts = records.by("places", "parent")
    return [
        Place(
            id=row["id"],
            name=records.text(row, "name"),
            kind=records.known_code("place_kinds", row["kind"]),
            path=paths[row["id"]],
            parts=tuple(records.refs["places"][part["id"]] for part in parts[row["id"]]),
            code=row["code"],
            iso_code=row["iso_code"],
            latitude=row["latitude"],
            longitude=row["longitude"],
            valid_from=row["valid_from"],
            valid_to=row["valid_to"],
            replaced_by=records.ref("places", row["replaced_by"]),
            names_are_ours=row["names_basis"] == OURS,
            note=records.text(row, "note"),
            source=records.sources[row["source"]],
        )
        for row in records["places"]
    ]
