"""What the catalogs for harvesters say, put together once: the data sets, who publishes them, what they are about."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ...package import Resource
from ...text import Text
from ..job import FOLDER, Download, Job
from ..narrow import different_values

DOCUMENTS = ("README",)  # formats of files that explain others
FILLED_IN = "Template"  # format of files that hold no records but ask for them
DESCRIBED_BY = "CSVW"  # format of files that each describe one other, whose path is theirs without the ending
DESCRIPTION_ENDING = "-metadata.json"
YEARS = (("year", "year_from"), ("year", "year_to"))  # columns in which the time of a record begins, and ends


@dataclass(frozen=True, eq=False)
class Dataset:
    """A table, a file that is none such as a map, or all tables together."""

    name: str  # of the resource; that of the package for all together
    title: Text
    description: Text
    resource: Resource | None  # None for a file and for all together
    files: tuple[Download, ...]
    documents: tuple[Download, ...]  # that explain the files
    whole: bool = False  # whether it is all tables together


@dataclass(frozen=True, slots=True)
class Contact:
    """Whom to write to."""

    name: str
    email: str | None
    url: str | None  # where a question can be asked in public


def datasets(job: Job, made: Sequence[Download]) -> tuple[Dataset, ...]:
    """All tables together, then each table, then each file that is none; only those that have files."""
    of: dict[str | None, list[Download]] = {}
    for download in made:
        of.setdefault(download.resource, []).append(download)
    items = {item["name"]: item for item in job.package.descriptor["resources"]}
    names = [*(resource.name for resource in job.every_resource), *(item["name"] for item in job.package.files)]
    title, files = job.package.title or _named(job, job.name), of.get(None, [])
    found = [Dataset(job.name, title, whole_description(job), None, *_apart(files), whole=True)]
    for name in names:
        title = _text(job, items[name], "title") or _named(job, name)
        description = _text(job, items[name], "description") or _plain_description(job)
        resource = job.package.by_name.get(name)
        found.append(Dataset(name, title, description, resource, *_apart(of.get(name, []))))
    return tuple(dataset for dataset in found if dataset.files)


def descriptions(made: Sequence[Download]) -> Mapping[str, Download]:
    """Path of a file -> the file that describes its columns."""
    return {
        download.path.removesuffix(DESCRIPTION_ENDING): download for download in made if download.format == DESCRIBED_BY
    }


def publisher(job: Job) -> tuple[Text, str | None]:
    """(name, address) of who publishes: what the package says, else the portal itself."""
    for contributor in job.package.descriptor.get("contributors") or []:
        if "publisher" in _roles(contributor) and contributor.get("title"):
            return Text.of(dict.fromkeys(job.settings.languages, contributor["title"])), contributor.get("path")
    return job.settings.name, job.settings.site_url or None


def contact(job: Job) -> Contact | None:
    """The contributor with an e-mail address, the contact first; else the place for questions; None without both."""
    contributors = [one for one in job.package.descriptor.get("contributors") or [] if one.get("email")]
    contributors.sort(key=lambda one: "contact" not in _roles(one))
    url = f"https://github.com/{job.settings.repository}/issues" if job.settings.repository else None
    if contributors:
        return Contact(contributors[0].get("title") or contributors[0]["email"], contributors[0]["email"], url)
    return Contact(publisher(job)[0].words(job.settings.languages[0]), None, url) if url else None


def keywords(job: Job, dataset: Dataset) -> tuple[Text, ...]:
    """Names of the spheres that its records belong to."""
    used: set[str] = set()
    for resource, columns in _columns(job, dataset, "spheres"):
        for name in columns:
            for value in different_values(job.rows[resource.name], name):
                used.update(value if isinstance(value, tuple) else (value,) if value else ())
    return tuple(code.label for code in job.portal.catalog.spheres if code.code in used)


def is_about_places(job: Job, dataset: Dataset) -> bool:
    """Whether its records name places, or are places."""
    return any(columns or resource.name == "places" for resource, columns in _columns(job, dataset, "places"))


def period(job: Job, dataset: Dataset) -> tuple[int, int] | None:
    """The first and the last year that its records are about; None when they name no year."""
    ends = [
        [
            year
            for resource in _tables(job, dataset)
            for name in columns
            if name in resource.by_name
            for year in different_values(job.rows[resource.name], name)
            if isinstance(year, int)
        ]
        for columns in YEARS
    ]
    return (min(ends[0]), max(ends[1])) if all(ends) else None


def _tables(job: Job, dataset: Dataset) -> Sequence[Resource]:
    return job.package.resources if dataset.whole else (dataset.resource,) if dataset.resource else ()


def _columns(job: Job, dataset: Dataset, target: str) -> Iterator[tuple[Resource, list[str]]]:
    """Its tables, each with the names of the columns that refer to the target."""
    for resource in _tables(job, dataset):
        yield resource, [field.name for field in resource.fields if field.refers_to == target]


def whole_description(job: Job) -> Text:
    """Of all tables together."""
    return job.package.description or Text.of(
        {
            code: job.words(code, "The data of the portal “{name}”.", name=job.settings.name.words(code))
            for code in job.settings.languages
        }
    )


def folder_path(download: Download) -> str:
    """The path of a file below the folder of the downloads."""
    return download.path.removeprefix(f"{FOLDER}/")


def _apart(files: Sequence[Download]) -> tuple[tuple[Download, ...], tuple[Download, ...]]:
    """The files with data, and those that explain them; those that describe one other or are filled in are neither."""
    data = tuple(file for file in files if file.format not in (*DOCUMENTS, DESCRIBED_BY, FILLED_IN))
    return data, tuple(file for file in files if file.format in DOCUMENTS)


def _plain_description(job: Job) -> Text:
    """The standards demand a description also of a table that the publisher has not described."""
    return Text.of(
        {
            code: job.words(code, "A part of the data of the portal “{name}”.", name=job.settings.name.words(code))
            for code in job.settings.languages
        }
    )


def _named(job: Job, name: str) -> Text:
    return Text.of(dict.fromkeys(job.settings.languages, name))


def _text(job: Job, item: Mapping[str, Any], member: str) -> Text:
    return Text.of({code: item.get(f"{member}_{code}") or item.get(member) for code in job.settings.languages})


def _roles(contributor: Mapping[str, Any]) -> Iterator[str]:
    """Version 1 of the Data Package has one role, version 2 several."""
    yield from contributor.get("roles") or []
    if contributor.get("role"):
        yield contributor["role"]
