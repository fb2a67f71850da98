"""Open Contracting Data Standard 1.1.5: every process as a release, and as a record with the compiled release.

Each release is made, checked by the schema and written before the next, so that nothing grows with their number.
"""

from __future__ import annotations

import json
import shutil
import uuid
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, TextIO

from ..errors import BuildError, heading, say
from .job import FOLDER, Download, Job, describe
from .ocds.book import Book, moment
from .ocds.mapping import MAPPING
from .ocds.processes import make_writer, processes
from .standards import Document, LeftOut, Standard, require_valid

RELEASES, RECORDS = f"{FOLDER}/ocds-releases.json", f"{FOLDER}/ocds-records.json"
EXTENSION = f"{FOLDER}/ocds-extension"
EXTENSION_FILES = ("extension.json", "release-schema.json")
MEDIA_TYPE = "application/json"
SCHEMA_ADDRESS = "https://standard.open-contracting.org/schema/1__1__5/"
RELEASE_SCHEMA = "ocds/release-schema.json"
REFERRED = {  # by the schemas of the packages
    f"{SCHEMA_ADDRESS}release-schema.json": RELEASE_SCHEMA,
    f"{SCHEMA_ADDRESS}versioned-release-validation-schema.json": "ocds/versioned-release-validation-schema.json",
}
NO_PLACE = {  # table -> what is left out with it
    "amount_groups": heading("Sums reported for several grants together"),
    "vouchers": heading("Numbers of social vouchers of programs"),
    "totals": heading("Totals that sources report"),
    "coverage": heading("What bodies have published, year by year"),
    "contradictions": heading("Points on which sources disagree"),
}
_json = json.JSONEncoder(ensure_ascii=False).encode

STANDARD = Standard(
    key="ocds",
    name="Open Contracting Data Standard",
    version="1.1.5",
    url="https://standard.open-contracting.org/1.1/en/",
    about=say(
        "Read by people and programs that follow public contracts from plan to payment, all over the world. "
        "A grant is written there as an award and a contract."
    ),
    conventions=(
        say(
            "OCDS is made for purchases and has no word for grants. The body that gives a grant is the buyer, "
            "the recipient is the supplier, the call is the tender."
        ),
        say(
            "One process is one call with all its grants. A grant that belongs to no call is a process of its own, "
            "and so is a program that has neither calls nor grants. A program with calls stands in the planning "
            "of each of them: do not add its budgets up across processes."
        ),
        say(
            "Every process has one release, which tells all that is known of it. A new version of the data has new "
            "releases under the same process identifiers; the records hold the latest."
        ),
        say(
            "The process identifiers begin with the prefix that the publisher has registered. Without a registered "
            "prefix they begin with one made from the name of the data: it is stable but not in the official register."
        ),
        say(
            "Texts without a suffix are in the first language of the site; those in other languages have a suffix, "
            "such as title_en. A text that does not exist in the first language stands only under its suffix. Names "
            "always stand without a suffix too, as they remain the same name."
        ),
        say(
            "OCDS wants days with a time: a day begins at 00:00 and ends at 23:59:59, both in UTC. A day that is known "
            "only to the month or year is left out, never guessed."
        ),
        say(
            "A grant that was only announced is an award with the status “pending” and has no contract. An award "
            "without value is one whose amount no source says; one without suppliers, one whose recipient is not named."
        ),
        say(
            "A sum reported for several grants together is never divided: their awards have no value, and the sum is "
            "left out."
        ),
        say(
            "Contracts have no value of their own: the sum stands in the award. Their status is left out, because the "
            "records have their own words for it; those stand in the award as statusDetails."
        ),
        say(
            "Sources are documents of the type “source”. Types of documents and reports are the codes of this site's "
            "own lists, and so are the classifications and the places."
        ),
        say(
            "Four fields are not in the standard: budgetBreakdown, deliveryLocation, statusDetails and the value of a "
            "milestone. The extension in {folder} describes them; the files name it when the address of the site is "
            "known.",
            folder=EXTENSION,
        ),
    ),
    mapping=MAPPING,
    formats=("OCDS releases", "OCDS records", "OCDS extension"),
)


def write(job: Job, output: Path, _made: Sequence[Download]) -> Iterator[Download]:
    """data/ocds-releases.json, data/ocds-records.json and the extension; none without a program, call or grant.

    Raises BuildError when a release would not be valid; the files are gone then.
    """
    paths = output / RELEASES, output / RECORDS
    try:
        with (
            paths[0].open("w", encoding="utf-8", newline="\n") as releases,
            paths[1].open("w", encoding="utf-8", newline="\n") as records,
        ):
            count = _write_processes(job, releases, records)
    except BuildError:
        _remove(paths)
        raise
    if not count:
        _remove(paths)
        return
    yield describe(output, RELEASES, "OCDS releases", MEDIA_TYPE, rows=count)
    yield describe(output, RECORDS, "OCDS records", MEDIA_TYPE, rows=count)
    (output / EXTENSION).mkdir(exist_ok=True)
    for name in EXTENSION_FILES:
        shutil.copyfile(Path(__file__).parent / "ocds/extension" / name, output / EXTENSION / name)
        yield describe(output, f"{EXTENSION}/{name}", "OCDS extension", MEDIA_TYPE)


def left_out(job: Job) -> tuple[LeftOut, ...]:
    """What OCDS has no place for; nothing that counts none."""
    found = [LeftOut(reason, len(job.rows.get(table, ()))) for table, reason in NO_PLACE.items()]
    loose = [
        report for report in job.rows.get("reports", ()) if not (report["grant"] or report["call"] or report["program"])
    ]
    found.append(LeftOut(heading("Reports that are about no single program, call or grant"), len(loose)))
    return tuple(item for item in found if item.count)


def _write_processes(job: Job, releases: TextIO, records: TextIO) -> int:
    """Both packages, a release or record a line. The number of processes."""
    book = Book(job)
    release_of = make_writer(book)
    count, between = 0, "\n"
    for process in processes(job, book):
        head, body = release_of(process)
        release = {**head, **body}
        require_valid(release, RELEASE_SCHEMA, f"{RELEASES}, {process.ocid}")
        if not count:
            _begin(job, releases, records, release)
        text = _json(body)[1:-1]
        compiled = {**head, "id": f"{process.ocid}-{head['date']}", "tag": ["compiled"]}
        whole = f"{_json(head)[:-1]}, {text}}}"
        kept = _json(_link(job, head)) if job.settings.site_url else whole
        releases.write(between + whole)
        records.write(
            f'{between}{{"ocid": {_json(process.ocid)}, "releases": [{kept}], '
            f'"compiledRelease": {_json(compiled)[:-1]}, {text}}}}}'
        )
        count, between = count + 1, ",\n"
    for stream in (releases, records):
        stream.write("\n]\n}\n")
    return count


def _begin(job: Job, releases: TextIO, records: TextIO, release: Document) -> None:
    """Write what stands above the releases and records, when it is valid with the first of them."""
    head = _package(job, RELEASES)
    require_valid({**head, "releases": [release]}, "ocds/release-package-schema.json", RELEASES, REFERRED)
    _write_head(releases, head, "releases")
    head = _package(job, RECORDS)
    if job.settings.site_url:
        head["packages"] = [job.address(RELEASES, beside=RECORDS)]
    kept = _link(job, release) if job.settings.site_url else release
    compiled = {**release, "tag": ["compiled"]}
    record = {"ocid": release["ocid"], "releases": [kept], "compiledRelease": compiled}
    require_valid({**head, "records": [record]}, "ocds/record-package-schema.json", RECORDS, REFERRED)
    _write_head(records, head, "records")


def _write_head(stream: TextIO, head: Document, name: str) -> None:
    stream.write("{\n")
    stream.writelines(f"{_json(member)}: {_json(value)},\n" for member, value in head.items())
    stream.write(f"{_json(name)}: [")


def _package(job: Job, path: str) -> Document:
    site = job.settings.site_url
    license_path = next((item["path"] for item in job.licenses if item.get("path")), None)
    members: dict[str, Any] = {
        "uri": job.address(path, beside=path) if site else _name_of(job, path),
        "version": "1.1",
        "extensions": [job.address(f"{EXTENSION}/{EXTENSION_FILES[0]}", beside=path)] if site else None,
        "publishedDate": moment(job.data_date),
        "publisher": {"name": job.settings.name.words(job.settings.languages[0]), **({"uri": site} if site else {})},
        "license": license_path,
    }
    return {name: value for name, value in members.items() if value}


def _name_of(job: Job, path: str) -> str:
    """A name for a file that has no address: the same for the same version."""
    return uuid.uuid5(uuid.NAMESPACE_URL, f"{job.name}/{job.version}/{path}").urn


def _link(job: Job, head: Document) -> Document:
    return {
        "url": f"{job.address(RELEASES, beside=RECORDS)}#{head['id']}",
        "date": head["date"],
        "tag": head["tag"],
    }


def _remove(paths: tuple[Path, ...]) -> None:
    for path in paths:
        path.unlink(missing_ok=True)
