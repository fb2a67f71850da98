"""DCAT-AP 3.0.1: the catalog of everything that can be downloaded, as Turtle and as JSON-LD with the same content.

The shapes of the standard take three seconds for the catalog of forty tables: the tests run them, and the build checks
only that what they demand is there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from ..errors import BuildError, say
from .dcat.graph import Graph, Node, json_ld, turtle
from .dcat.mapping import CATALOG_FIELDS, DATASET_FIELDS, DISTRIBUTION_FIELDS, MAPPING
from .dcat.nodes import CATALOG, Harvest
from .job import FOLDER, Download, Job, describe
from .standards import LeftOut, Mapped, Standard

JSON_LD = f"{FOLDER}/catalog.jsonld"
FORM_JSON_LD, FORM_TURTLE = "DCAT-AP JSON-LD", "DCAT-AP Turtle"
PREFIXES = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "spdx": "http://spdx.org/rdf/terms#",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
MANDATORY = {  # class -> what the standard demands of it
    "dcat:Catalog": ("dct:title", "dct:description", "dct:publisher"),
    "dcat:Dataset": ("dct:title", "dct:description"),
    "dcat:Distribution": ("dcat:accessURL",),
    "foaf:Agent": ("foaf:name",),
    "spdx:Checksum": ("spdx:algorithm", "spdx:checksumValue"),
}

STANDARD = Standard(
    key="dcat-ap",
    name="DCAT-AP",
    version="3.0.1",
    url="https://semiceu.github.io/DCAT-AP/releases/3.0.1/",
    about=say("Read by data portals, which find and list the data of others by such catalogs."),
    conventions=(
        say("Every table is a data set, and every file of it a distribution. Files about all tables are of one more."),
        say(
            "A README explains files and a CSVW file describes the columns of a CSV file: they are no distributions "
            "but documents of the others."
        ),
        say("Words that the publisher wrote in one language for all are in no language."),
        say(
            "When the address of the site is not known, all addresses are relative to the file of the catalog: they "
            "are right wherever the folder of the site stands."
        ),
    ),
    mapping=MAPPING,
    formats=(FORM_JSON_LD, FORM_TURTLE),
)


def write(job: Job, output: Path, made: Sequence[Download]) -> Iterator[Download]:
    """data/catalog.jsonld and data/catalog.ttl; none without any file. Raises BuildError for a catalog with gaps."""
    harvest = Harvest(job, made)
    if not harvest.datasets:
        return
    graph = make_graph(harvest)
    require_complete(graph)
    for path, text, form, media_type in (
        (JSON_LD, json_ld(graph), FORM_JSON_LD, "application/ld+json"),
        (CATALOG, turtle(graph), FORM_TURTLE, "text/turtle"),
    ):
        (output / path).write_text(text, encoding="utf-8", newline="\n")
        yield describe(output, path, form, media_type)


def left_out(_job: Job) -> tuple[LeftOut, ...]:
    """Nothing: a catalog is about files, not about records."""
    return ()


def make_graph(harvest: Harvest) -> Graph:
    """The catalog, its data sets and their files."""
    graph = Graph(PREFIXES)
    _fill(graph, Node(harvest.thing("catalog"), "dcat:Catalog"), CATALOG_FIELDS, harvest)
    for dataset in harvest.datasets:
        _fill(graph, harvest.dataset(dataset), DATASET_FIELDS, harvest, dataset)
    for dataset in harvest.datasets:
        for download in dataset.files:
            _fill(graph, harvest.distribution(download), DISTRIBUTION_FIELDS, harvest, download)
    return graph


def require_complete(graph: Graph) -> None:
    """Raise BuildError when something lacks what the standard demands of it."""
    for kind, demanded in MANDATORY.items():
        for iri, told in graph.of_kind(kind):
            for predicate in demanded:
                if not told.get(predicate):
                    raise BuildError(
                        f"{CATALOG} would not be valid by DCAT-AP: {iri} is a {kind} and has no {predicate}. "
                        "Add it to datapackage.yaml; if it stands there, report this as a fault of Ashar."
                    )


def _fill(graph: Graph, node: Node, table: Iterable[Mapped], *given: Any) -> None:
    graph.introduce(node)
    for mapped in table:
        graph.tell(node, mapped.theirs, mapped.value(*given))
