"""A data folder with as many grants as wanted, rich enough for every standard: a named recipient, an amount, days, a
program or a call, some payments. Every row says that it is synthetic; no randomness.
"""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

import yaml

YEARS = range(2010, 2026)
NAMES = 40  # recipients; each stands in the table of organizations
PROGRAM = {
    "id": "SYN-PROGRAM",
    "title_en": "Synthetic program",
    "title_basis": "ours",
    "level": "sectoral",
    "status": "running",
    "year_from": YEARS[0],
    "year_to": YEARS[-1],
}
PAID = 10  # every tenth grant is paid in two parts


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
    source_id = next(_rows(folder / "sources.csv"))["id"]
    programs = next(item for item in descriptor["resources"] if item["name"] == "programs")
    programs["path"].append("programs/synthetic.yaml")
    program = yaml.safe_dump([{**PROGRAM, "source": source_id}], sort_keys=False)
    (folder / "programs/synthetic.yaml").write_text(program, encoding="utf-8")
    (folder / "datapackage.yaml").write_text(yaml.safe_dump(descriptor, allow_unicode=True), encoding="utf-8")
    columns = _columns(folder, "grants")
    named = [row["id"] for row in _rows(folder / "organizations.csv") if row["name_en"]]
    funders = named[:12]
    places = [row["id"] for row in _rows(folder / "places.csv")]
    spheres = [row["code"] for row in _rows(folder / "codelists/spheres.csv")]
    groups = [row["code"] for row in _rows(folder / "codelists/beneficiary_groups.csv")]
    recipients = _add_recipients(folder, source_id)
    _add_calls(folder, source_id, funders[0])
    for name in ("reports", "payments", "amendments", "documents", "amount_groups"):  # they point at grants
        path = folder / f"{name}.csv"
        path.write_text(",".join(_columns(folder, name)) + "\n", encoding="utf-8")
    with (folder / "grants/synthetic.csv").open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, columns, restval="", lineterminator="\n")
        writer.writeheader()
        for number in range(grants):
            year = YEARS[number * 7 % len(YEARS)]
            month, day = 1 + number % 6, 1 + number % 28
            writer.writerow(
                {
                    "id": f"SYN-{number:07}",
                    "program": PROGRAM["id"],
                    "call": f"SYN-C-{year}" if number % 3 else "",
                    "funder": funders[number * 5 % len(funders)],
                    "recipient": recipients[number * 11 % len(recipients)],
                    "title_en": f"Synthetic grant {number}: day centre, training and transport",
                    "title_basis": "ours",
                    "description_en": " ".join(["Synthetic row for benchmarks."] * (1 + number % 4)),
                    "title_ru": f"Синтетический грант {number}: дневной центр, обучение и транспорт",
                    "sphere": spheres[number * 3 % len(spheres)],
                    "beneficiary_group": groups[number * 13 % len(groups)],
                    "place": places[number * 17 % len(places)],
                    "amount_awarded": 50_000 + number * 7919 % 950_000,
                    "currency": "KGS",
                    "year": year,
                    "decided_on": f"{year}-{month:02}-{day:02}",
                    "agreement_number": f"SYN-{number}/{year}",
                    "agreement_on": f"{year}-{month + 1:02}-{day:02}",
                    "planned_start": f"{year}-{month + 2:02}",
                    "planned_end": f"{year}-12",
                    "people_planned": number % 500,
                    "status": "implemented",
                    "certainty": "confirmed",
                    "added_on": "2026-01-01",
                    "changed_on": "2026-01-01",
                    "source": source_id,
                }
            )
    _add_payments(folder, source_id, grants)


def _add_calls(folder: Path, source_id: str, customer: str) -> None:
    with (folder / "calls.csv").open("a", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, _columns(folder, "calls"), restval="", lineterminator="\n")
        for year in YEARS:
            writer.writerow(
                {
                    "id": f"SYN-C-{year}",
                    "program": PROGRAM["id"],
                    "customer": customer,
                    "title_en": f"Synthetic call of {year}",
                    "title_basis": "ours",
                    "year": year,
                    "announced_on": f"{year}-01-01",
                    "stage": "call_announced",
                    "source": source_id,
                }
            )


def _add_payments(folder: Path, source_id: str, grants: int) -> None:
    with (folder / "payments.csv").open("a", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, _columns(folder, "payments"), restval="", lineterminator="\n")
        for number in range(0, grants, PAID):
            year = YEARS[number * 7 % len(YEARS)]
            for tranche in (1, 2):
                writer.writerow(
                    {
                        "id": f"SYN-P-{number:07}-{tranche}",
                        "grant": f"SYN-{number:07}",
                        "tranche": tranche,
                        "paid_on": f"{year}-{8 + tranche:02}-15",
                        "amount": "12345.50",
                        "currency": "KGS",
                        "note_en": "Synthetic row for benchmarks.",
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
