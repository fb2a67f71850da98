"""A data folder with as many grants as wanted. Every row says that it is synthetic; no randomness."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

import yaml

YEARS = range(2010, 2026)
NAMES = 40  # recipients; each stands in the table of organizations


def write_synthetic(source: Path, folder: Path, grants: int) -> None:
    """Copy a data folder and put synthetic grants in the place of its own.

    Funders, places and code lists are those of the copied folder; recipients are made.
    """
    shutil.copytree(source, folder)
    descriptor = yaml.safe_load((folder / "datapackage.yaml").read_text(encoding="utf-8"))
    resource = next(item for item in descriptor["resources"] if item["name"] == "grants")
    for path in resource["path"]:
        (folder / path).unlink()
    resource["path"] = ["grants/synthetic.csv"]
    (folder / "datapackage.yaml").write_text(yaml.safe_dump(descriptor, allow_unicode=True), encoding="utf-8")
    columns = _columns(folder, "grants")
    funders = [row["id"] for row in _rows(folder / "organizations.csv")][:12]
    places = [row["id"] for row in _rows(folder / "places.csv")]
    spheres = [row["code"] for row in _rows(folder / "codelists/spheres.csv")]
    groups = [row["code"] for row in _rows(folder / "codelists/beneficiary_groups.csv")]
    source_id = next(_rows(folder / "sources.csv"))["id"]
    recipients = _add_recipients(folder, source_id)
    for name in ("reports", "payments", "amendments", "documents", "amount_groups"):  # they point at grants
        path = folder / f"{name}.csv"
        path.write_text(",".join(_columns(folder, name)) + "\n", encoding="utf-8")
    with (folder / "grants/synthetic.csv").open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, columns, restval="", lineterminator="\n")
        writer.writeheader()
        for number in range(grants):
            year = YEARS[number * 7 % len(YEARS)]
            writer.writerow(
                {
                    "id": f"SYN-{number:07}",
                    "funder": funders[number * 5 % len(funders)],
                    "recipient": recipients[number * 11 % len(recipients)],
                    "title_en": f"Synthetic grant {number}: day centre, training and transport",
                    "title_basis": "ours",
                    "description_en": "Synthetic row for benchmarks. " * (1 + number % 4),
                    "sphere": spheres[number * 3 % len(spheres)],
                    "beneficiary_group": groups[number * 13 % len(groups)],
                    "place": places[number * 17 % len(places)],
                    "amount_awarded": 50_000 + number * 7919 % 950_000,
                    "currency": "KGS",
                    "year": year,
                    "status": "implemented",
                    "certainty": "reported",
                    "added_on": "2026-01-01",
                    "changed_on": "2026-01-01",
                    "source": source_id,
                }
            )


def _add_recipients(folder: Path, source_id: str) -> list[str]:
    path = folder / "organizations.csv"
    recipients = [f"SYN-R-{number:03}" for number in range(NAMES)]
    with path.open("a", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, _columns(folder, "organizations"), restval="", lineterminator="\n")
        for number, identifier in enumerate(recipients):
            name = f"Synthetic organization {number}"
            writer.writerow({"id": identifier, "kind": "ngo", "name_en": name, "source": source_id})
    return recipients


def _columns(folder: Path, resource: str) -> list[str]:
    schema = yaml.safe_load((folder / f"schemas/{resource}.yaml").read_text(encoding="utf-8"))
    return [field["name"] for field in schema["fields"]]


def _rows(path: Path) -> csv.DictReader[str]:
    return csv.DictReader(path.read_text(encoding="utf-8").splitlines())
