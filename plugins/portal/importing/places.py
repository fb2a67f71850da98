"""Locations of a 360Giving file -> places: countries, coded areas below them, and areas that have only a name."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from babel import Locale

from ..checks.words import fold
from ..errors import say
from .book import FILE, Book, Remark
from .code_choices import Row
from .values import plain_text, read_amount, safe_id, slug

# Areas of the register that the standard takes its codes from, and what files call its country and the parts of it.
REGISTER, REGISTER_COUNTRY = re.compile(r"[EJKLMNSW]\d{8}"), "GB"
COUNTRY_WORDS = {"uk", "uk whole", "uk wide", "great britain"}
PARTS = {"england", "scotland", "wales", "northern ireland"}
LIMITS = {"latitude": 90, "longitude": 180}


def country_code(value: Any) -> str:
    """ISO 3166-1 code of a country by its code or its English name; empty for anything else."""
    text = plain_text(value)
    if len(text) == 2 and text.isascii() and text.upper() in _territories("en"):
        return text.upper()
    return _codes_by_name().get(fold(text), "")


def home_country(book: Book, record: str, path: str, value: Any) -> Row | None:
    """The country that an organization sits in, also by a part of it; what is no country is set aside."""
    text = plain_text(value)
    code = country_code(text) or (REGISTER_COUNTRY if _names_a_part(text) else "")
    if not code and value not in (None, ""):
        book.set_aside(record, path, value, say("It is no country."))
    return country(book, code) if code else None


@cache
def _territories(language: str) -> dict[str, str]:
    names = Locale.parse(language).territories
    return {code: str(name) for code, name in names.items() if len(code) == 2 and code.isalpha() and code != "ZZ"}


@cache
def _codes_by_name() -> dict[str, str]:
    names = {fold(name): code for code, name in _territories("en").items()}
    return {**names, **dict.fromkeys(COUNTRY_WORDS, REGISTER_COUNTRY)}


def country(book: Book, code: str) -> Row:
    """The row of a country, which gets its names in the languages of the portal."""
    rows = book.rows("places")
    if ("country", code) not in rows:
        names = {f"name_{language}": _territories(language).get(code, "") for language in book.languages}
        rows["country", code] = {
            "id": book.identifier("places", ("country", code), code),
            "kind": book.codes["country"],
            **names,
            "iso_code": code,
            "names_basis": book.codes["name ours"],
            "source": FILE,
        }
    return rows["country", code]


def grant_place(book: Book, record: str, locations: Sequence[Mapping[str, Any]]) -> Row:
    """The cells about the place of a grant. Several locations become the country they share, and a note."""
    rows = [row for row in (_place(book, record, location) for location in locations) if row]
    places = {row["id"]: row for row in rows}
    notes = [
        book.text(record, "beneficiaryLocation/description", location.get("description")) for location in locations
    ]
    place = rows[0]["id"] if rows else ""
    if len(places) > 1:
        notes = [_name(book, row) for row in places.values()] + notes
        countries = {row.get("parent") or (row["id"] if "iso_code" in row else "") for row in rows}
        place = countries.pop() if len(countries) == 1 else ""
    return {
        **({"place": place} if place else {}),
        **book.in_language("place_note", "; ".join(dict.fromkeys(filter(None, notes)))),
    }


def _name(book: Book, row: Row) -> str:
    names = (row.get(f"name_{language}") for language in (book.language, *book.languages))
    return next((str(name) for name in names if name), str(row["id"]))


def _place(book: Book, record: str, location: Mapping[str, Any]) -> Row | None:
    code, kind = plain_text(location.get("geoCode")), plain_text(location.get("geoCodeType"))
    if REGISTER.fullmatch(kind) and not REGISTER.fullmatch(code):
        code, kind = kind, code
        exchanged = say("Code and type of code were exchanged in the file.")
        book.changed.append(Remark(record, "beneficiaryLocation/geoCodeType", code, exchanged))
    name = book.text(record, "beneficiaryLocation/name", location.get("name"))
    stated = plain_text(location.get("countryCode"))
    home = country_code(stated)
    if stated and not home:
        reason = say("It is no code of a country.")
        book.set_aside(record, "beneficiaryLocation/countryCode", location.get("countryCode"), reason)
    if kind and not code:
        book.set_aside(record, "beneficiaryLocation/geoCodeType", kind, say("There is no code that it belongs to."))
    named = country_code(name)
    if not code and (not name or (named and home in ("", named))):
        return country(book, named or home) if named or home else None
    if not home and (REGISTER.fullmatch(code) or _names_a_part(name)):
        home = REGISTER_COUNTRY
    key = ("code", code) if code else ("name", home, fold(name))
    rows = book.rows("places")
    if key not in rows:
        wanted = safe_id(code) if code else "-".join(filter(None, [home, slug(name)]))
        rows[key] = {
            "id": book.identifier("places", key, wanted),
            "kind": book.codes.geography(kind) if code and kind else book.codes["place kind"],
            **({"parent": country(book, home)["id"]} if home else {}),
            **({"code": code} if code else {}),
            **_point(book, record, location),
            "names_basis": book.codes["name read"],
            "source": FILE,
        }
    row = rows[key]
    column = f"name_{book.language}"
    if name and row.get(column, code) == code:  # an area may be named in a later grant only
        row[column] = name
    elif name and fold(name) != fold(row[column]):
        reason = say("Another grant names the place “{name}”.", name=row[column])
        book.set_aside(record, "beneficiaryLocation/name", name, reason)
    elif column not in row:
        row[column] = code
    return row


def _names_a_part(name: str) -> bool:
    """Whether a name begins with a part of the register's country: “England/London”, “Scotland: Fife”."""
    first = fold(re.split(r"[/:,]| - ", name)[0])
    return first in PARTS or fold(name).removesuffix(" wide") in PARTS


def _point(book: Book, record: str, location: Mapping[str, Any]) -> Row:
    cells = {}
    for name, limit in LIMITS.items():
        value = location.get(name)
        if value in (None, ""):
            continue
        degrees = read_amount(value)
        if degrees is None or abs(degrees) > limit:
            book.set_aside(record, f"beneficiaryLocation/{name}", value, say("It is no such number of degrees."))
        else:
            cells[name] = f"{degrees:f}"
    if len(cells) == 1:
        alone = next(iter(cells))
        book.set_aside(
            record, f"beneficiaryLocation/{alone}", location[alone], say("The other half of the point lacks.")
        )
        return {}
    return cells
