"""The tables of DCAT-AP: which property has which of our values. The catalog is filled from them."""

from __future__ import annotations

from ...errors import heading, say
from ..standards import Mapped
from .graph import Literal, Node
from .nodes import (
    MEDIA_TYPES,
    checksum,
    contact_point,
    day,
    described_by,
    file_type,
    first_release,
    language,
    languages,
    licence,
    literals,
    places,
    this_release,
    years,
)
from .parts import folder_path, is_about_places, keywords, whole_description

CATALOG_FIELDS = (  # each value is given the harvest
    Mapped("dct:title", "", lambda of: literals(of.job.settings.name), say("The name of the portal.")),
    Mapped("dct:description", "datapackage.description", lambda of: literals(whole_description(of.job))),
    Mapped(
        "dct:publisher",
        "datapackage.contributors",
        lambda of: [of.publisher],
        say("The contributor whose role is publisher; without one, the portal."),
    ),
    Mapped("dct:license", "datapackage.licenses", licence),
    Mapped("dct:language", "", languages, say("The languages of the portal.")),
    Mapped("foaf:homepage", "", lambda of: [Node(of.address("index.html"), "foaf:Document")]),
    Mapped("dct:issued", "", first_release, say("The day of the first release.")),
    Mapped("dct:modified", "", lambda of: [day(of)], say("The day of the data.")),
    Mapped(
        "dct:spatial",
        "places.id, places.iso_code",
        places,
        say("The places that are inside no other and still exist."),
    ),
    Mapped("dcat:dataset", "datapackage.resources", lambda of: [of.dataset(dataset) for dataset in of.datasets]),
)
DATASET_FIELDS = (  # each value is given the harvest and the data set
    Mapped("dct:title", "datapackage.title, datapackage.resources.title", lambda _, one: literals(one.title)),
    Mapped(
        "dct:description",
        "datapackage.description, datapackage.resources.description",
        lambda _, one: literals(one.description),
        say("A sentence of the portal where the publisher describes nothing."),
    ),
    Mapped("dct:identifier", "datapackage.name, datapackage.resources.name", lambda _, one: [Literal(one.name)]),
    Mapped("dct:publisher", "datapackage.contributors", lambda of, _: [of.publisher]),
    Mapped(
        "dcat:contactPoint",
        "datapackage.contributors",
        lambda of, _: contact_point(of),
        say("A contributor with an e-mail address, and where questions can be asked in public."),
    ),
    Mapped("dcat:version", "", lambda of, _: [Literal(of.job.version)], say("The version of the data.")),
    Mapped("dct:issued", "", lambda of, _: first_release(of), say("The day of the first release.")),
    Mapped("dct:modified", "", lambda of, _: [day(of)], say("The day of the data.")),
    Mapped("dct:language", "", lambda of, _: languages(of), say("The languages of the portal.")),
    Mapped(
        "dcat:keyword",
        "spheres.code",
        lambda of, one: [literal for label in keywords(of.job, one) for literal in literals(label)],
        say("The spheres that the records of the table belong to."),
    ),
    Mapped(
        "dct:spatial",
        "places.id, places.iso_code",
        lambda of, one: places(of) if is_about_places(of.job, one) else [],
        say("Where the records name places: the places that are inside no other and still exist."),
    ),
    Mapped(
        "dct:temporal",
        "grants.year, programs.year_from, programs.year_to",
        years,
        say("The first and the last year in the columns of this name of the table."),
    ),
    Mapped("dcat:landingPage", "", lambda of, _: of.pages(), say("The page of the downloads in each language.")),
    Mapped("foaf:page", "", lambda of, one: [of.file(file, "foaf:Document") for file in one.documents]),
    Mapped("dcat:distribution", "", lambda of, one: [of.distribution(file) for file in one.files]),
)
DISTRIBUTION_FIELDS = (  # each value is given the harvest and the file
    Mapped("dct:title", "", lambda _, file: [Literal(folder_path(file))], say("The name of the file.")),
    Mapped("dcat:accessURL", "", lambda of, file: [of.file(file, "rdfs:Resource")]),
    Mapped("dcat:downloadURL", "", lambda of, file: [of.file(file, "rdfs:Resource")]),
    Mapped("dcat:mediaType", "", lambda _, file: [Node(f"{MEDIA_TYPES}/{file.media_type}", "dct:MediaType")]),
    Mapped("dct:format", "", lambda _, file: file_type(file)),
    Mapped("dcat:byteSize", "", lambda _, file: [Literal(str(file.size), datatype="xsd:nonNegativeInteger")]),
    Mapped("spdx:checksum", "", lambda of, file: [checksum(of, file)], say("SHA-256.")),
    Mapped("dct:license", "datapackage.licenses", lambda of, _: licence(of)),
    Mapped("dct:language", "", lambda _, file: [language(file.language)] if file.language else []),
    Mapped("dct:issued", "", lambda of, _: this_release(of), say("The day of the release, when the data is one.")),
    Mapped("dct:modified", "", lambda of, _: [day(of)], say("The day of the data.")),
    Mapped("dct:conformsTo", "", described_by, say("The description of the columns of a CSV file.")),
)
MAPPING = (
    (heading("The portal → catalog"), CATALOG_FIELDS),
    (heading("All tables together, and each table → data set"), DATASET_FIELDS),
    (heading("Files → distribution"), DISTRIBUTION_FIELDS),
)
