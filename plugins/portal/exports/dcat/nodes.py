"""What the properties of DCAT-AP hold: our values as things and texts of linked data."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from babel.core import get_global

from ...text import Text
from ..job import FOLDER, Download, Job
from ..linked import texts
from .graph import Literal, Node, Term
from .parts import (
    Dataset,
    contact,
    datasets,
    descriptions,
    folder_path,
    period,
    publisher,
)

CATALOG = f"{FOLDER}/catalog.ttl"  # addresses of things begin with that of this file
EU = "http://publications.europa.eu/resource/authority"
MEDIA_TYPES = "http://www.iana.org/assignments/media-types"
SHA256 = "http://spdx.org/rdf/terms#checksumAlgorithm_sha256"
FILE_TYPES = {  # media type -> code in the list of the EU; of the others only the media type is said
    "application/geo+json": "GEOJSON",
    "application/json": "JSON",
    "application/ld+json": "JSON_LD",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "XLSX",
    "application/xml": "XML",
    "application/zip": "ZIP",
    "text/csv": "CSV",
    "text/plain": "TXT",
    "text/turtle": "RDF_TURTLE",
}


@dataclass(frozen=True, eq=False)
class Harvest:
    """The job and its files, with what several properties need."""

    job: Job
    made: Sequence[Download]

    @cached_property
    def datasets(self) -> tuple[Dataset, ...]:
        """As the catalog lists them."""
        return datasets(self.job, self.made)

    @cached_property
    def descriptions(self) -> Mapping[str, Download]:
        """Path of a file -> the file that describes its columns."""
        return descriptions(self.made)

    @cached_property
    def publisher(self) -> Node:
        """Who publishes."""
        name, address = publisher(self.job)
        told: list[tuple[str, Term]] = [("foaf:name", literal) for literal in literals(name)]
        if address:
            told.append(("foaf:homepage", Node(address, "foaf:Document")))
        return Node(self.thing("publisher"), "foaf:Agent", tuple(told))

    def thing(self, name: str) -> str:
        """The address of a thing that is no file."""
        return f"{self.address(CATALOG)}#{name}"

    def address(self, path: str) -> str:
        """Of a file of the site; beside the catalog when the site has no address."""
        return self.job.address(path, beside=CATALOG)

    def dataset(self, dataset: Dataset) -> Node:
        """A data set by its address."""
        return Node(self.thing("package" if dataset.whole else f"dataset/{dataset.name}"), "dcat:Dataset")

    def distribution(self, download: Download) -> Node:
        """A file as a distribution, by its address."""
        return Node(self.thing(f"distribution/{folder_path(download)}"), "dcat:Distribution")

    def file(self, download: Download, kind: str) -> Node:
        """A file itself."""
        return Node(self.address(download.path), kind)

    def pages(self) -> Iterator[Node]:
        """The page of the downloads in each language."""
        for code in self.job.settings.languages:
            yield Node(self.address(f"{code}/data.html"), "foaf:Document")


def literals(text: Text) -> list[Literal]:
    """A text in its languages."""
    return [
        Literal(said) if isinstance(said, str) else Literal(said["@value"], said["@language"]) for said in texts(text)
    ]


def licence(harvest: Harvest) -> Iterator[Node]:
    """The standard allows one: the first that has an address."""
    for item in [item for item in harvest.job.licenses if item.get("path")][:1]:
        title = (("dct:title", Literal(item["title"])),) if item.get("title") else ()
        yield Node(item["path"], "dct:LicenseDocument", title)


def language(code: str) -> Node:
    """In the list of the EU by its three letters, where there is but one such code; else in that of a library."""
    three = [long for long, short in get_global("language_aliases").items() if short == code and len(long) == 3]
    if len(three) == 1:
        return Node(f"{EU}/language/{three[0].upper()}", "dct:LinguisticSystem")
    return Node(f"http://id.loc.gov/vocabulary/iso639-1/{code.partition('_')[0]}", "dct:LinguisticSystem")


def languages(harvest: Harvest) -> list[Node]:
    """Those of the portal."""
    return [language(code) for code in harvest.job.settings.languages]


def day(harvest: Harvest) -> Literal:
    """Of the data."""
    return Literal(harvest.job.data_date.isoformat(), datatype="xsd:date")


def first_release(harvest: Harvest) -> list[Literal]:
    """Its day; none before it."""
    releases = harvest.job.portal.releases
    return [Literal(releases[0].day.isoformat(), datatype="xsd:date")] if releases else []


def this_release(harvest: Harvest) -> list[Literal]:
    """Its day, when the data is a release."""
    release = harvest.job.portal.released
    return [Literal(release.day.isoformat(), datatype="xsd:date")] if release else []


def places(harvest: Harvest) -> Iterator[Node]:
    """The places that are inside no other and still exist."""
    for place in harvest.job.portal.catalog.places:
        if not place.path and not place.valid_to:
            told: list[tuple[str, Term]] = [("skos:prefLabel", literal) for literal in literals(place.name)]
            if place.iso_code:
                told.append(("dct:identifier", Literal(place.iso_code)))
            yield Node(harvest.thing(f"place/{place.id}"), "dct:Location", tuple(told))


def contact_point(harvest: Harvest) -> Iterator[Node]:
    """Whom to ask; none when neither an e-mail address nor a place for questions is known."""
    if found := contact(harvest.job):
        told: list[tuple[str, Term]] = [("vcard:fn", Literal(found.name))]
        if found.email:
            told.append(("vcard:hasEmail", Node(f"mailto:{found.email}")))
        if found.url:
            told.append(("vcard:hasURL", Node(found.url)))
        yield Node(harvest.thing("contact"), "vcard:Kind", tuple(told))


def years(harvest: Harvest, dataset: Dataset) -> Iterator[Node]:
    """The first and the last year that its records are about."""
    if found := period(harvest.job, dataset):
        first, last = (Literal(f"{year:04}", datatype="xsd:gYear") for year in found)
        told = (("dcat:startDate", first), ("dcat:endDate", last))
        yield Node(harvest.thing(f"period/{found[0]}-{found[1]}"), "dct:PeriodOfTime", told)


def checksum(harvest: Harvest, download: Download) -> Node:
    """SHA-256 of a file."""
    told: tuple[tuple[str, Term], ...] = (
        ("spdx:algorithm", Node(SHA256, "spdx:ChecksumAlgorithm")),
        ("spdx:checksumValue", Literal(download.sha256, datatype="xsd:hexBinary")),
    )
    return Node(harvest.thing(f"checksum/{folder_path(download)}"), "spdx:Checksum", told)


def file_type(download: Download) -> list[Node]:
    """As the EU lists it, when it does."""
    code = FILE_TYPES.get(download.media_type)
    return [Node(f"{EU}/file-type/{code}", "dct:MediaTypeOrExtent")] if code else []


def described_by(harvest: Harvest, download: Download) -> list[Node]:
    """The description of the columns of a CSV file."""
    found = harvest.descriptions.get(download.path)
    return [harvest.file(found, "dct:Standard")] if found else []
