"""A small portal with the schemas and code lists of data/ and made-up records: what the desk is tried on."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from portal.settings import Settings
from portal.text import Text

ROOT = Path(__file__).resolve().parent.parent
RECORDS = ROOT / "tests/data/desk/records.yaml"
LANGUAGES = ("ky", "ru", "en")
TODAY = date(2026, 11, 25)
PATHS = {"grants": "grants/2019.csv", "programs": "programs/{id}.yaml"}  # of tables with a file a year or a record


def make_desk_portal(folder: Path) -> Settings:
    """Write the data folder; return the settings of the portal."""
    shutil.copytree(ROOT / "data/schemas", folder / "schemas")
    shutil.copytree(ROOT / "data/codelists", folder / "codelists")
    records = yaml.safe_load(RECORDS.read_text("utf-8"))
    descriptor = yaml.safe_load((ROOT / "data/datapackage.yaml").read_text("utf-8"))
    descriptor["resources"] = [item for item in descriptor["resources"] if "schema" in item]
    for item in descriptor["resources"]:
        if not item["path"] or str(item["path"]).startswith("codelists/"):
            continue
        fields = yaml.safe_load((folder / item["schema"]).read_text("utf-8"))["fields"]
        rows = records.get(item["name"], [])
        if item["name"] == "programs":
            item["path"] = [PATHS["programs"].format(id=row["id"]) for row in rows]
            for path, row in zip(item["path"], rows, strict=True):
                _write(folder / path, yaml.safe_dump([row], allow_unicode=True, sort_keys=False))
            continue
        item["path"] = [PATHS["grants"]] if item["name"] == "grants" else f"{item['name']}.csv"
        _write_csv(folder / f"{PATHS.get(item['name'], item['path'])}", [field["name"] for field in fields], rows)
    _blank_sources(folder / "codelists/legal_bases.csv")
    _write(folder / "datapackage.yaml", yaml.safe_dump(descriptor, allow_unicode=True, sort_keys=False, width=140))
    return settings_of(folder)


def settings_of(folder: Path) -> Settings:
    """The settings of such a portal."""
    return Settings(
        name=Text.of(dict.fromkeys(LANGUAGES, "Desk")),
        languages=LANGUAGES,
        data=folder,
        translations=ROOT / "theme/translations",
        currency="KGS",
        currency_names={"KGS": Text.of({"ky": "сом", "ru": "сом", "en": "som"})},
        language_names={},
        repository="",
        headline=(),
        gap_year=None,
        map="",
        grant_pages=30_000,
    )


def write_settings(folder: Path, data: Path) -> Path:
    """A settings file for the command line, of the portal in `data`."""
    conf = folder / "desk_conf.py"
    conf.write_text(
        "from pathlib import Path\n"
        f"PORTAL = {{'name': dict.fromkeys({LANGUAGES!r}, 'Desk'), 'languages': {LANGUAGES!r}, 'currency': 'KGS',\n"
        f"  'data': Path({str(data)!r}), 'translations': Path({str(ROOT / 'theme/translations')!r}),\n"
        "  'currency_names': {'KGS': {'ky': 'сом', 'ru': 'сом', 'en': 'som'}}}\n",
        encoding="utf-8",
    )
    return conf


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")


def _write_csv(path: Path, header: list[str], rows: list[Mapping[str, Any]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, header, restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def _blank_sources(path: Path) -> None:
    """The laws in the real code list name real sources, which this portal does not have."""
    with path.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    _write_csv(path, list(rows[0]), [{**row, "source": ""} for row in rows])
