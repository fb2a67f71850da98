"""Identifiers that the desk makes: readable, and the same for the same row."""

from __future__ import annotations

import pytest

from portal.desk.identifiers import identifiers, identity_of, numbered
from portal.desk.rules import TableRules
from portal.package import Package


@pytest.mark.parametrize(
    ("table", "cells", "identifier"),
    [
        ("grants", {"funder": "MIN", "year": "2026", "title_en": "Kites"}, "MIN-2026-2b12c0d1"),
        ("grants", {"funder": "MIN", "year": "2026", "title_en": " «KITES» "}, "MIN-2026-2b12c0d1"),
        ("grants", {"funder": "MIN", "year": "2026", "title_en": "Kites", "amount_awarded": "5"}, "MIN-2026-2b12c0d1"),
        ("grants", {"funder": "MIN", "year": "2025", "title_en": "Kites"}, "MIN-2025-546473fd"),
        ("organizations", {"name_en": "School"}, "organizations-9f71afb9"),
        ("sources", {"url": "https://example.org/A"}, "sources-b7b0c63e"),
        ("grants", {}, "grants-7c370d95"),
        ("grants", {"funder": "мэрия/1"}, "1-cbf56712"),
    ],
)
def test_identifier_is_readable(table: str, cells: dict[str, str], identifier: str, package: Package) -> None:
    rules = TableRules(package.by_name[table], ("eo", "en"))
    assert next(identifiers(identity_of(cells, rules), rules)) == identifier


def test_addresses_differ_by_every_sign(package: Package) -> None:
    rules = TableRules(package.by_name["sources"], ("eo", "en"))
    one, other = (identity_of({"url": f"https://example.org/{end}"}, rules) for end in ("a-b", "a/b"))
    assert next(identifiers(one, rules)) != next(identifiers(other, rules))


def test_longer_identifiers_begin_as_the_first(package: Package) -> None:
    rules = TableRules(package.by_name["grants"], ("eo", "en"))
    first, second = list(identifiers(identity_of({"funder": "MIN"}, rules), rules))[:2]
    assert second.startswith(first)
    assert len(second) == len(first) + 4


def test_later_ones_are_numbered() -> None:
    assert [numbered("a-1", number) for number in (1, 2, 3)] == ["a-1", "a-1-2", "a-1-3"]
