"""Which codes of the portal's lists an imported record gets, and which codes the lists lack."""

from __future__ import annotations

from collections.abc import Callable, Container, Mapping
from dataclasses import dataclass, field
from typing import Any

from ..load import RawTable

Row = dict[str, Any]  # column -> text of the cell, or a list of texts; without the empty ones
_ = str  # marks words for the translation tools


@dataclass(frozen=True, slots=True)
class Choice:
    """A meaning that a list may have a code for: by its code, else by words in its English label."""

    table: str
    codes: tuple[str, ...]  # the best first; the first is added when none is there
    label: str
    in_label: tuple[str, ...] = ()
    must_hold: Mapping[str, str] = field(default_factory=dict)  # column -> cell


NOT_STATED = ("not stated", "not known", "unknown")
COUNTED = {"counted": "true"}
CHOICES = {
    "organization kind": Choice("organization_kinds", ("not_stated", "unknown"), _("Not stated"), NOT_STATED),
    "program level": Choice("program_levels", ("not_stated", "unknown"), _("Not stated"), NOT_STATED),
    "program status": Choice("program_statuses", ("not_stated", "unknown"), _("Not stated"), NOT_STATED),
    "place kind": Choice("place_kinds", ("not_stated", "unknown"), _("Not stated"), NOT_STATED),
    "country": Choice("place_kinds", ("country",), _("Country")),
    "title basis": Choice("title_bases", ("source",), _("Title in the source")),
    "name read": Choice("name_bases", ("source", "read"), _("Read in a source")),
    "name ours": Choice("name_bases", ("ours",), _("Written by the portal")),
    "grant status": Choice("grant_statuses", ("awarded", "not_stated", "unknown"), _("Awarded"), NOT_STATED),
    "certainty": Choice("certainties", ("confirmed",), _("Confirmed"), must_hold=COUNTED),
    "certainty without recipient": Choice(
        "certainties", ("reported", "unnamed", "confirmed"), _("Recipient not named"), must_hold=COUNTED
    ),
}
GEOGRAPHIES = {  # geoCodeType of the standard -> what it is; others go by their own name
    "CA": "Council area",
    "CTRY": "Country (part of a state)",
    "CTY": "County",
    "DZ": "Data zone",
    "LONB": "London borough",
    "LSOA": "Lower layer super output area",
    "MD": "Metropolitan district",
    "MSOA": "Middle layer super output area",
    "NMD": "Non-metropolitan district",
    "OA": "Output area",
    "PAR": "Civil parish",
    "RGN": "Region",
    "RGN/GOR": "Region",
    "UA": "Unitary authority",
    "WD": "Electoral ward or division",
    "WPC": "Parliamentary constituency",
}
FULL_NAMES = {"unitary authorities": "UA"}


class Codes:
    """The lists of the portal, with the codes that the import added."""

    def __init__(self, lists: Mapping[str, RawTable], label: Callable[[str], Mapping[str, str]]) -> None:
        """`label` gives an English label in every language of the portal, by column: label_en, …"""
        self._label = label
        self.rows = {name: {row["code"]: row for row in rows_of(table)} for name, table in lists.items()}
        self.added: list[tuple[str, str]] = []  # (list, code), in the order in which they were needed
        self.chosen = {name: self._choose(choice) for name, choice in CHOICES.items() if choice.table in self.rows}

    def __getitem__(self, meaning: str) -> str:
        """The code for a meaning of CHOICES; empty when the portal has no such list."""
        return self.chosen.get(meaning, "")

    def geography(self, name: str) -> str:
        """The code of place_kinds for a geoCodeType, added when it is new."""
        name = FULL_NAMES.get(name.casefold(), name)
        code = "-".join("".join(sign if sign.isascii() and sign.isalnum() else " " for sign in name.lower()).split())
        if not code or "place_kinds" not in self.rows:
            return self["place kind"]
        return self._add("place_kinds", code, GEOGRAPHIES.get(name.upper(), name), {})

    def _choose(self, choice: Choice) -> str:
        rows = self.rows[choice.table]
        fitting = [code for code, row in rows.items() if row.items() >= choice.must_hold.items()]
        by_code = [code for code in choice.codes if code in fitting]
        by_label = [
            code
            for code in fitting
            if any(words in rows[code].get("label_en", "").lower() for words in choice.in_label)
        ]
        if by_code or by_label:
            return str([*by_code, *by_label][0])
        code = free_code(choice.codes[0], rows)
        return self._add(choice.table, code, choice.label, choice.must_hold)

    def _add(self, table: str, code: str, label: str, others: Mapping[str, str]) -> str:
        if code not in self.rows[table]:
            self.rows[table][code] = {"code": code, **self._label(label), **others}
            self.added.append((table, code))
        return code


def free_code(code: str, taken: Container[str]) -> str:
    """The code, longer by a word as often as the list has it with another meaning."""
    while code in taken:
        code += "_imported"
    return code


def rows_of(table: RawTable) -> list[Row]:
    """The rows of a table as mappings, without the empty cells."""
    names = table.resource.field_names
    return [
        {name: str(cell) for name, cell in zip(names, row.cells, strict=False) if cell not in (None, "")}
        for row in table.rows
    ]
