"""The catalogs for harvesters: both forms say the same, the shapes of the standard accept it, every file is in it."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pyshacl
import pytest
from rdflib import RDF, Graph, Literal, Namespace, URIRef
from rdflib.compare import isomorphic

from portal.__main__ import load_settings
from portal.errors import BuildError
from portal.exports import Download, Job, to_csvw, to_data_json, to_dcat, to_package, to_people_csv, to_readme, to_zip
from portal.exports.dcat import graph as ours
from portal.i18n import Translations
from portal.pipeline import read_portal
from tests.golden_files import compare_golden

SITE = "https://kites.example/grants"
DCAT = Namespace("http://www.w3.org/ns/dcat#")
DCTERMS = Namespace("http://purl.org/dc/terms/")
SPDX = Namespace("http://spdx.org/rdf/terms#")
SHAPES = (("dcat-ap-SHACL.ttl",), ("shapes.ttl", "range.ttl", "deprecateduris.ttl"))
IN_GOLDEN = (
    "catalog",
    "publisher",
    "contact",
    "package",
    "dataset/grants",
    "distribution/eo/grants.csv",
    "checksum/eo/grants.csv",
    "place/fantazia",
)


def write_all(job: Job, output: Path) -> dict[str, Download]:
    """Some downloads of the job, and the catalogs of them, by path."""
    (output / "data").mkdir()
    made: list[Download] = []
    for module in (to_package, to_people_csv, to_csvw, to_readme, to_zip, to_dcat, to_data_json):
        made.extend(list(module.write(job, output, tuple(made))))
    return {download.path: download for download in made}


def with_descriptor(job: Job, **changes: Any) -> Job:
    """The same job with other members in the descriptor of its package."""
    package = replace(job.package, descriptor={**job.package.descriptor, **changes})
    return replace(job, portal=replace(job.portal, package=package))


@pytest.fixture(scope="module")
def output(job: Job, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Of a site without address."""
    folder = tmp_path_factory.mktemp("output")
    write_all(job, folder)
    return folder


@pytest.fixture(scope="module")
def made(job: Job, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Download]]:
    """The folder and the files of a site with address."""
    folder = tmp_path_factory.mktemp("public")
    settings = replace(job.settings, site_url=SITE, repository="kites/grants")
    return folder, write_all(replace(job, settings=settings), folder)


@pytest.fixture(scope="module")
def catalog(made: tuple[Path, dict[str, Download]]) -> Graph:
    return Graph().parse(made[0] / "data/catalog.ttl")


def test_both_forms_say_the_same(output: Path, made: tuple[Path, dict[str, Download]], catalog: Graph) -> None:
    assert isomorphic(catalog, Graph().parse(made[0] / "data/catalog.jsonld", format="json-ld"))
    relative = Graph().parse(output / "data/catalog.ttl")
    assert isomorphic(relative, Graph().parse(output / "data/catalog.jsonld", format="json-ld"))
    assert len(relative) > 2000


@pytest.mark.shared
@pytest.mark.parametrize("names", SHAPES)
def test_the_shapes_of_the_standard_accept_the_catalog(names: tuple[str, ...], catalog: Graph, shared: Path) -> None:
    conforms, _, text = pyshacl.validate(catalog, shacl_graph=read_shapes(names, shared))
    assert conforms, text


@pytest.mark.shared
@pytest.mark.parametrize("names", SHAPES)
@pytest.mark.parametrize("lost", [DCTERMS["title"], DCTERMS.description, DCAT.accessURL, SPDX.checksumValue])
def test_the_shapes_would_notice_what_lacks(names: tuple[str, ...], lost: URIRef, catalog: Graph, shared: Path) -> None:
    broken = Graph()
    for statement in catalog:
        if statement[1] != lost:
            broken.add(statement)
    conforms, _, _ = pyshacl.validate(broken, shacl_graph=read_shapes(names, shared))
    assert not conforms


@pytest.mark.shared
def test_the_shapes_accept_the_catalog_of_the_shipped_records(tmp_path: Path, shared: Path) -> None:
    settings = replace(load_settings(Path(__file__).parent.parent / "pelicanconf.py"), site_url=SITE)
    day = date(2026, 11, 25)
    write_all(Job(read_portal(settings, day), settings, Translations(settings.translations), day), tmp_path)
    graph = Graph().parse(tmp_path / "data/catalog.ttl")
    for names in SHAPES:
        conforms, _, text = pyshacl.validate(graph, shacl_graph=read_shapes(names, shared))
        assert conforms, text


def read_shapes(names: tuple[str, ...], shared: Path) -> Graph:
    """The shapes of some files of the standard, together."""
    shapes = Graph()
    for name in names:
        shapes.parse(shared / "schemas/dcat-ap" / name)
    return shapes


def test_every_file_is_a_distribution_with_its_size_and_checksum(
    made: tuple[Path, dict[str, Download]], catalog: Graph
) -> None:
    known = {}
    for distribution in catalog.subjects(RDF.type, DCAT.Distribution):
        address = str(catalog.value(distribution, DCAT.downloadURL))
        checksum = catalog.value(distribution, SPDX.checksum)
        size, digest = catalog.value(distribution, DCAT.byteSize), catalog.value(checksum, SPDX.checksumValue)
        known[address.removeprefix(f"{SITE}/")] = (int(str(size)), str(digest).lower())
    formats = ("CSVW", "README", "DCAT-AP JSON-LD", "DCAT-AP Turtle", "data.json")
    assert known == {
        path: (download.size, download.sha256) for path, download in made[1].items() if download.format not in formats
    }


def test_a_csv_file_conforms_to_its_description(catalog: Graph) -> None:
    file = URIRef(f"{SITE}/data/catalog.ttl#distribution/eo/grants.csv")
    assert list(catalog.objects(file, DCTERMS.conformsTo)) == [URIRef(f"{SITE}/data/eo/grants.csv-metadata.json")]


def test_relative_addresses_lead_to_files_of_the_site(output: Path) -> None:
    graph = Graph().parse(output / "data/catalog.ttl")
    addresses = {str(address) for address in graph.objects(None, DCAT.downloadURL)}
    assert len(addresses) > 80
    for address in addresses:
        assert Path(address.removeprefix("file://")).is_file()


@pytest.mark.parametrize("form", ["ttl", "jsonld"])
def test_the_catalog_is_as_it_was(
    form: str, made: tuple[Path, dict[str, Download]], pytestconfig: pytest.Config
) -> None:
    text = (made[0] / f"data/catalog.{form}").read_text("utf-8")
    text = re.sub(r"[0-9a-f]{64}", "…", text)
    parts = text.split("\n\n") if form == "ttl" else text.splitlines()
    about = re.compile(rf"(?:<|{{\"@id\": \"){re.escape(SITE)}/data/catalog.ttl#(?:{'|'.join(IN_GOLDEN)})[>\"]")
    kept = [part for part in parts if about.match(part) or part.startswith(("@prefix", '"@context"'))]
    compare_golden(pytestconfig, f"exports/data/catalog.{form}.txt", "\n\n".join(kept) + "\n")


@pytest.mark.parametrize(
    "words", ['a "quoted" title', "back\\slash", "two\nlines\r\tand a tab", "\x01 control", "Аты «жок»", "'''", '"""']
)
def test_any_text_comes_back(words: str) -> None:
    graph = ours.Graph({"dct": str(DCTERMS)})
    node = ours.Node("https://kites.example/a b/«x»?y=1#z")
    texts = [ours.Literal(words, "eo"), ours.Literal(words, datatype="dct:x"), ours.Literal(words)]
    graph.tell(node, "dct:title", texts)
    expected = {Literal(words, lang="eo"), Literal(words, datatype=DCTERMS.x), Literal(words)}
    for text, form in ((ours.turtle(graph), "turtle"), (ours.json_ld(graph), "json-ld")):
        read = Graph().parse(data=text, format=form)
        assert set(read.objects(None, DCTERMS["title"])) == expected
        assert {str(subject) for subject in read.subjects()} == {node.iri}
    assert node.iri == "https://kites.example/a%20b/%C2%ABx%C2%BB?y=1#z"


@pytest.mark.parametrize(("kind", "lost"), [("dcat:Dataset", "dct:title"), ("dcat:Distribution", "dcat:accessURL")])
def test_a_catalog_with_gaps_fails_the_build(
    kind: str, lost: str, job: Job, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("DATASET_FIELDS", "DISTRIBUTION_FIELDS"):
        fields = tuple(mapped for mapped in getattr(to_dcat, name) if mapped.theirs != lost)
        monkeypatch.setattr(to_dcat, name, fields)
    with pytest.raises(BuildError, match=f"is a {kind} and has no {lost}"):
        write_all(job, tmp_path)
    assert not list(tmp_path.glob("data/catalog.*"))


def test_the_publisher_and_the_contact_are_those_of_the_package(job: Job, tmp_path: Path) -> None:
    people = [
        {"title": "Kite Press", "roles": ["publisher"], "path": "https://press.example/"},
        {"title": "Desk", "role": "contact", "email": "desk@press.example"},
    ]
    write_all(with_descriptor(job, contributors=people), tmp_path)
    text = (tmp_path / "data/catalog.ttl").read_text("utf-8")
    assert 'a foaf:Agent ;\n  foaf:name "Kite Press" ;\n  foaf:homepage <https://press.example/> .' in text
    assert 'a vcard:Kind ;\n  vcard:fn "Desk" ;\n  vcard:hasEmail <mailto:desk@press.example> .' in text
    told = json.loads((tmp_path / "data/data.json").read_text("utf-8"))["dataset"][0]
    assert told["publisher"]["name"] == "Kite Press"
    assert told["contactPoint"] == {
        "@type": "vcard:Contact",
        "fn": "Desk",
        "hasEmail": "mailto:desk@press.example",
    }


def test_whom_to_ask_is_left_out_when_nobody_is_named(output: Path) -> None:
    assert "vcard:Kind" not in (output / "data/catalog.ttl").read_text("utf-8")
    told = json.loads((output / "data/data.json").read_text("utf-8"))
    assert {tuple(dataset["contactPoint"]) for dataset in told["dataset"]} == {("@type", "fn")}


def test_data_json_has_what_project_open_data_demands(made: tuple[Path, dict[str, Download]]) -> None:
    told = json.loads((made[0] / "data/data.json").read_text("utf-8"))
    assert told["conformsTo"] == "https://project-open-data.cio.gov/v1.1/schema"
    assert told["@id"] == f"{SITE}/data/data.json"
    grants = next(dataset for dataset in told["dataset"] if dataset["identifier"] == "fantazia/grants")
    files = grants.pop("distribution")
    assert grants == {
        "@type": "dcat:Dataset",
        "identifier": "fantazia/grants",
        "title": "Subvencioj",
        "description": "Awarded grants, one a row; grants that were only announced are marked and never counted.",
        "keyword": ["libertempo", "edukado"],
        "modified": "2025-02-01",
        "publisher": {"@type": "org:Organization", "name": "Fantazio"},
        "contactPoint": {"@type": "vcard:Contact", "fn": "Fantazio"},
        "accessLevel": "public",
        "license": "https://creativecommons.org/publicdomain/zero/1.0/",
        "temporal": "2023-01-01/2024-12-31",
        "language": ["eo", "en"],
        "landingPage": f"{SITE}/eo/data.html",
    }
    assert files[0] == {
        "@type": "dcat:Distribution",
        "title": "grants.csv",
        "format": "CSV",
        "mediaType": "text/csv",
        "downloadURL": f"{SITE}/data/grants.csv",
        "describedBy": f"{SITE}/data/grants.csv-metadata.json",
        "describedByType": "application/csvm+json",
    }
    assert {dataset["identifier"] for dataset in told["dataset"]} >= {"fantazia", "fantazia/spheres"}


@pytest.mark.parametrize("name", to_data_json.MANDATORY)
def test_a_data_set_with_a_gap_fails_the_build(name: str, output: Path) -> None:
    told = json.loads((output / "data/data.json").read_text("utf-8"))
    del told["dataset"][3][name]
    with pytest.raises(BuildError, match=f"has no {name}"):
        to_data_json.require_complete(told)


def test_data_json_has_no_relative_addresses(output: Path) -> None:
    text = (output / "data/data.json").read_text("utf-8")
    assert "downloadURL" not in text
    assert "landingPage" not in text


def test_the_mapping_names_members_of_the_package_and_columns_of_its_tables(job: Job) -> None:
    columns = {f"{resource.name}.{field.name}" for resource in job.resources for field in resource.fields}
    members = {f"datapackage.{name}" for name in job.package.descriptor}
    members |= {f"datapackage.resources.{name}" for item in job.package.descriptor["resources"] for name in item}
    for _, fields in to_dcat.STANDARD.mapping:
        for mapped in fields:
            assert {name.strip() for name in mapped.ours.split(",") if name} <= columns | members
    assert to_dcat.left_out(job) == ()
