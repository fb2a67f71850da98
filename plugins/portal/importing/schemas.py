"""The portal's schemas with what imported records need besides: their own identifiers, codes of other registers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ..package import Package

_ = str  # marks words for the translation tools
ANY_CODE = r"[A-Za-z0-9][A-Za-z0-9 ._/-]*"
TRIMMED = r"\S(.*\S)?"
ORIGINAL_ID = (
    "original_id",
    TRIMMED,
    _("Identifier in the source"),
    _("The identifier as the source writes it, without blanks around it."),
)
PROGRAM_CODE = (
    "program_code",
    "",
    _("Code of the program in the source"),
    _("What the source writes beside the title of the program, such as a round."),
)
NEW = {  # table -> the column that a new one follows, and the new one: name, pattern, title, description
    "grants": (("id", ORIGINAL_ID), ("program", PROGRAM_CODE)),
    "organizations": (("id", ORIGINAL_ID),),
}
PLACE_CODE = _("Code of the place in the register that the source uses.")

ByLanguage = Callable[[str, str], Mapping[str, str]]  # (name, English words) -> title, title_ru, …


def extended(package: Package, by_language: ByLanguage) -> dict[str, dict[str, Any]]:
    """Path of a schema -> the schema as it is written for imported records; schemas that stay are left out."""
    made = {}
    for table, new in NEW.items():
        if table in package.by_name:
            resource = package.by_name[table]
            fields = list(resource.schema["fields"])
            for after, (name, pattern, title, description) in new:
                names = [field["name"] for field in fields]
                if name in names:
                    continue
                field = {
                    "name": name,
                    "type": "string",
                    **by_language("title", title),
                    **by_language("description", description),
                    **({"constraints": {"pattern": pattern}} if pattern else {}),
                }
                fields.insert(names.index(after) + 1 if after in names else len(names), field)
            made[resource.schema_path] = {**resource.schema, "fields": fields}
    if "places" in package.by_name:
        resource = package.by_name["places"]
        fields = [
            _with_any_code(one, by_language) if one["name"] == "code" else one for one in resource.schema["fields"]
        ]
        made[resource.schema_path] = {**resource.schema, "fields": fields}
    return made


def _with_any_code(field: Mapping[str, Any], by_language: ByLanguage) -> dict[str, Any]:
    constraints = {**(field.get("constraints") or {}), "pattern": ANY_CODE}
    if constraints == field.get("constraints"):  # by an earlier import
        return dict(field)
    kept = {name: value for name, value in field.items() if not name.startswith("description")}
    return {**kept, **by_language("description", PLACE_CODE), "constraints": constraints}


def columns(schema: Mapping[str, Any]) -> dict[str, str]:
    """Name of each column -> what stands between the items of a list in it."""
    return {field["name"]: field.get("delimiter") or "," for field in schema["fields"]}
