"""The rows that the rivals make pages of: one JSON file, every name looked up and every number and day written out.

That is work which Ashar does within its time and the rivals are spared. Raw values stand beside the written ones.
"""

from __future__ import annotations

import csv
import json
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml

import pelicanconf
from portal.citation import MONTHS
from portal.i18n import Formats
from portal.settings import read_settings
from portal.text import Day

LANGUAGE = "en"
Named = dict[str, str]  # "id" and "name"


def write_rows(data: Path, file: Path) -> None:
    """Write a row a grant, as a list of objects."""
    with file.open("w", encoding="utf-8") as stream:
        for number, row in enumerate(_rows(data)):
            stream.write(",\n" if number else "[\n")
            stream.write(json.dumps(row, ensure_ascii=False))
        stream.write("\n]\n")


def site_values(data: Path, day: date) -> dict[str, str]:
    """What is the same on all pages: the name of the site and how its records are cited."""
    settings = read_settings(pelicanconf.PORTAL)
    licence = yaml.safe_load((data / "datapackage.yaml").read_text(encoding="utf-8"))["licenses"][0]
    return {
        "name": settings.name.words(LANGUAGE),
        "licence": licence.get("title") or licence["name"],
        "version": f"{day}-unreleased",
        "day": Formats(LANGUAGE, settings.currency_names).day(Day(day.isoformat())),
        "year": str(day.year),
        "month": MONTHS[day.month - 1],
        "parts": f"{day.year}, {day.month}, {day.day}",
    }


def _rows(data: Path) -> Iterator[dict[str, Any]]:
    formats = Formats(LANGUAGE, read_settings(pelicanconf.PORTAL).currency_names)
    organizations, places = _named(data / "organizations.csv"), _named(data / "places.csv")
    spheres, calls = _named(data / "codelists/spheres.csv"), _named(data / "calls.csv")
    programs = {
        program["id"]: {"id": program["id"], "name": program.get(f"title_{LANGUAGE}") or program["id"]}
        for file in sorted((data / "programs").glob("*.yaml"))
        for program in yaml.safe_load(file.read_text(encoding="utf-8"))
    }
    groups, statuses = _labels(data, "beneficiary_groups"), _labels(data, "grant_statuses")
    certainties = {row["code"]: row for row in _read(data / "codelists/certainties.csv")}
    around = {place["id"]: place["parent"] for place in _read(data / "places.csv")}
    sources = {source["id"]: source for source in _read(data / "sources.csv")}
    payments = _payments(data, sources, formats)
    for file in sorted((data / "grants").glob("*.csv")):
        for row in _read(file):
            amount, certainty, source = row["amount_awarded"], certainties[row["certainty"]], sources[row["source"]]
            days = [_day(formats, row[name]) for name in ("planned_start", "planned_end")]
            yield {
                "id": row["id"],
                "title": row[f"title_{LANGUAGE}"],
                "ours": row["title_basis"] == "ours",
                "description": row[f"description_{LANGUAGE}"],
                "year": row["year"],
                "funder": organizations[row["funder"]],
                "recipient": organizations.get(row["recipient"]),
                "program": programs.get(row["program"]),
                "call": calls.get(row["call"]),
                "sphere": spheres.get(row["sphere"]),
                "group": groups.get(row["beneficiary_group"]),
                "place": places.get(row["place"]),
                "around": [places[place] for place in _path(row["place"], around)],
                "sum": amount and formats.money(Decimal(amount), row["currency"]),
                "amount": amount,
                "currency": row["currency"],
                "agreement": ", ".join(filter(None, (row["agreement_number"], _day(formats, row["agreement_on"])))),
                "payments": payments.get(row["id"]),
                "people": row["people_planned"] and formats.number(int(row["people_planned"])),
                "decided": _day(formats, row["decided_on"]),
                "period": " – ".join(day or "…" for day in days) if any(days) else "",
                "status": statuses[row["status"]],
                "certainty": {name: certainty[f"{name}_{LANGUAGE}"] for name in ("label", "description")},
                "counted": certainty["counted"] == "true",
                "source": {
                    "publisher": source["publisher"],
                    "day": _day(formats, source["published_on"]),
                    "title": source["title"] or source["url"],
                    "url": source["url"],
                },
            }


def _payments(data: Path, sources: dict[str, dict[str, str]], formats: Formats) -> dict[str, list[dict[str, Any]]]:
    """Grant -> its payments, by day."""
    found: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in sorted(_read(data / "payments.csv"), key=lambda row: row["paid_on"]):
        source = sources[row["source"]]
        name = f"{source['publisher'] or source['title']}, {source['published_on'][:4]}"
        payment = {
            "day": _day(formats, row["paid_on"]),
            "sum": formats.money(Decimal(row["amount"]), row["currency"]),
            "note": row[f"note_{LANGUAGE}"],
            "source": {"id": source["id"], "name": name},
        }
        found[row["grant"]].append(payment)
    return found


def _read(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        yield from csv.DictReader(stream)


def _named(path: Path) -> dict[str, Named]:
    """Identifier or code -> it and its name, or without a name the identifier twice."""
    found = {}
    for row in _read(path):
        identifier = row.get("id") or row["code"]
        name = next(
            (row[f"{what}_{LANGUAGE}"] for what in ("name", "title", "label") if f"{what}_{LANGUAGE}" in row), ""
        )
        found[identifier] = {"id": identifier, "name": name or identifier}
    return found


def _labels(data: Path, codelist: str) -> dict[str, str]:
    return {code: item["name"] for code, item in _named(data / f"codelists/{codelist}.csv").items()}


def _path(place: str, around: dict[str, str]) -> Iterator[str]:
    """The larger places around one, nearest first."""
    while place := around.get(place, ""):
        yield place


def _day(formats: Formats, text: str) -> str:
    return text and formats.day(Day(text))
