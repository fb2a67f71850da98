"""data.json for harvesters that read Project Open Data 1.1: what the catalog of DCAT-AP says, in its simpler words.

Texts are in the first language of the site, as the standard has no place for more.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from ..errors import BuildError
from .dcat.parts import Dataset, contact, datasets, descriptions, folder_path, keywords, period, publisher
from .job import FOLDER, Download, Job, describe
from .linked import tag

PATH = f"{FOLDER}/data.json"
FORM = "data.json"
SCHEMA = "https://project-open-data.cio.gov/v1.1/schema"
MANDATORY = (
    "title",
    "description",
    "keyword",
    "modified",
    "publisher",
    "contactPoint",
    "identifier",
    "accessLevel",
)


def write(job: Job, output: Path, made: Sequence[Download]) -> Iterator[Download]:
    """data/data.json; none without any file. Raises BuildError for a data set that lacks what the standard demands."""
    found = datasets(job, made)
    if not found:
        return
    described = descriptions(made)
    catalog = {
        "@context": f"{SCHEMA}/catalog.jsonld",
        **({"@id": job.address(PATH, PATH)} if job.settings.site_url else {}),
        "@type": "dcat:Catalog",
        "conformsTo": SCHEMA,
        "describedBy": f"{SCHEMA}/catalog.json",
        "dataset": [_dataset(job, dataset, described) for dataset in found],
    }
    require_complete(catalog)
    text = json.dumps(catalog, ensure_ascii=False, indent=1) + "\n"
    (output / PATH).write_text(text, encoding="utf-8", newline="\n")
    yield describe(output, PATH, FORM, "application/json")


def require_complete(catalog: Mapping[str, Any]) -> None:
    """Raise BuildError when a data set lacks what the standard demands."""
    for dataset in catalog["dataset"]:
        for name in MANDATORY:
            if not dataset.get(name):
                raise BuildError(
                    f"{PATH} would not be valid by Project Open Data: the data set {dataset.get('identifier')} has no "
                    f"{name}. Add it to datapackage.yaml; if it stands there, report this as a fault of Ashar."
                )


def _dataset(job: Job, dataset: Dataset, described: Mapping[str, Download]) -> dict[str, Any]:
    language = job.settings.languages[0]
    name, releases, site = publisher(job)[0].words(language), job.portal.releases, job.settings.site_url
    title, years = dataset.title.words(language), period(job, dataset)
    licence = next((item["path"] for item in job.licenses if item.get("path")), None)
    whom = contact(job)
    return {
        "@type": "dcat:Dataset",
        "identifier": f"{job.name}/{dataset.name}" if not dataset.whole else job.name,
        "title": title,
        "description": dataset.description.words(language),
        "keyword": [label.words(language) for label in keywords(job, dataset)] or [title],
        "modified": job.data_date.isoformat(),
        **({"issued": releases[0].day.isoformat()} if releases else {}),
        "publisher": {"@type": "org:Organization", "name": name},
        # The standard demands an e-mail address. Where the publisher gives none there is none: it is not made up.
        "contactPoint": {
            "@type": "vcard:Contact",
            "fn": whom.name if whom else name,
            **({"hasEmail": f"mailto:{whom.email}"} if whom and whom.email else {}),
        },
        "accessLevel": "public",
        **({"license": licence} if licence else {}),
        **({"temporal": f"{years[0]:04}-01-01/{years[1]:04}-12-31"} if years else {}),
        "language": [tag(code) for code in job.settings.languages],
        **({"landingPage": job.address(f"{language}/data.html", PATH)} if site else {}),
        "distribution": [_distribution(job, file, described.get(file.path)) for file in dataset.files],
    }


def _distribution(job: Job, file: Download, described: Download | None) -> dict[str, Any]:
    """Addresses must be whole in this standard, and are left out when that of the site is not known."""
    site = job.settings.site_url
    return {
        "@type": "dcat:Distribution",
        "title": folder_path(file),
        "format": file.format,
        "mediaType": file.media_type,
        **({"downloadURL": job.address(file.path, PATH)} if site else {}),
        **(
            {"describedBy": job.address(described.path, PATH), "describedByType": described.media_type}
            if described and site
            else {}
        ),
    }
