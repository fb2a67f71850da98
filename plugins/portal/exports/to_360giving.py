"""360Giving 1.4: the grants that the standard can be told, as one package of JSON with a grant a line.

Each grant is made, checked by the schema and written before the next, so that nothing but identifiers grows with
their number.
"""

from __future__ import annotations

import json
import shutil
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any, TextIO

import jsonschema_rs

from ..errors import BuildError, say
from ..grants import StoredGrants
from ..model import Grant
from .chosen import choose_grants
from .giving360.choice import GRANT_SCHEMA, Choice
from .giving360.mapping import MAPPING
from .giving360.writer import STANDARD_KEY, Writer
from .job import FOLDER, Download, Job, describe
from .narrow import different_values
from .standards import Document, LeftOut, Standard, read_schema

PATH = f"{FOLDER}/360giving.json"
FORMAT = "360Giving"
VERSION = "1.4"
PACKAGE_SCHEMA = "360giving/360-giving-package-schema.json"
_json = json.JSONEncoder(ensure_ascii=False).encode

STANDARD = Standard(
    key=STANDARD_KEY,
    name="360Giving Data Standard",
    version=VERSION,
    url="https://standard.threesixtygiving.org/",
    about=say(
        "Read by people and programs that put grants of many givers side by side. It knows grants and what belongs to "
        "them, and wants to know of each who gave it, who received it, how much, when and what for."
    ),
    conventions=(
        say(
            "The standard allows no grant without a named recipient, an amount of its own and the day of the decision. "
            "Grants that lack one of them are left out, and nothing is made up for them. A sum reported for several "
            "grants together is never divided. The file counts what it leaves out."
        ),
        say("Grants that were only announced are left out, because every grant in the file counts as awarded."),
        say(
            "Identifiers of grants begin with the prefix that 360Giving gave the publisher. Without a registered "
            "prefix they begin with 360G- and the name of the data: it is stable but in no register."
        ),
        say(
            "Texts are in English when the site has it, else in its first language. A text that is not there in that "
            "language stands in the first one that it exists in."
        ),
        say("Only one organization is the recipient. Partners, co-funding and donors have no place in the standard."),
        say(
            "The day of an agreement is not the day of the decision, and is not used for it. Days in the life of a "
            "grant may be known only to the month or year."
        ),
        say(
            "Payments stand as single transactions. The total paid is left out, because the records may not hold "
            "every payment."
        ),
        say("Classifications are in the portal's own lists: the vocabulary is the name of the data and of the list."),
    ),
    mapping=MAPPING,
    formats=(FORMAT,),
)


def write(job: Job, output: Path, _made: Sequence[Download]) -> Iterator[Download]:
    """data/360giving.json; none when no grant can be told, as the standard has no empty package.

    Raises BuildError when the package would not be valid; there is no file then. Raises SettingsError for a prefix
    that is none.
    """
    writer, choice = Writer(job), Choice()
    grants = choose_grants(job.portal.catalog.grants, lambda _: True)
    with TemporaryFile("w+", encoding="utf-8", newline="\n") as lines:
        # What is left out stands above the grants and is known only behind them: they wait in a file of their own.
        first, count = _write_grants(lines, choice.told(grants), writer)
        job.left_out[STANDARD.key] = missing = choice.left_out()
        if not first:
            return
        head = _head(job, writer, missing)
        _require_valid(PACKAGE_SCHEMA, {**head, "grants": [first]}, PATH)
        lines.seek(0)
        with (output / PATH).open("w", encoding="utf-8", newline="\n") as stream:
            stream.write("{\n")
            stream.writelines(f"{_json(name)}: {_json(value)},\n" for name, value in head.items())
            stream.write('"grants": [')
            shutil.copyfileobj(lines, stream)
            stream.write("\n]\n}\n")
    yield describe(output, PATH, FORMAT, "application/json", rows=count)


def left_out(job: Job) -> tuple[LeftOut, ...]:
    """The grants that the standard cannot be told, by reason, and the payments of the others."""
    if STANDARD.key not in job.left_out:
        choice, grants = Choice(), job.portal.catalog.grants
        if isinstance(grants, StoredGrants):
            choice.count(grants, sorted(different_values(job.rows.get("payments", ()), "grant") - {None}))
        else:
            deque(choice.told(grants), maxlen=0)
        job.left_out[STANDARD.key] = choice.left_out()
    return job.left_out[STANDARD.key]


def _write_grants(stream: TextIO, grants: Iterable[Grant], writer: Writer) -> tuple[Document | None, int]:
    """A grant a line, each checked before it is written. The first, and how many there are."""
    first: Document | None = None
    seen: dict[str, str] = {}
    between = "\n"
    for grant in grants:
        document = writer.grant(grant)
        _require_valid(GRANT_SCHEMA, document, f"{PATH}, grant {grant.id}")
        if document["id"] in seen:
            raise BuildError(
                f"{PATH} would hold the identifier “{document['id']}” twice, for the grants “{seen[document['id']]}” "
                f"and “{grant.id}”. Change the identifier of one of them."
            )
        seen[document["id"]] = grant.id
        stream.write(between + _json(document))
        between = ",\n"
        first = first or document
    return first, len(seen)


def _head(job: Job, writer: Writer, left: Sequence[LeftOut]) -> Document:
    """What stands above the grants. `dataVersion` and `leftOut` are members of our own: the standard allows more."""
    site, language, day = job.settings.site_url, writer.language, job.data_date.isoformat()
    licenses = [item["path"] for item in job.licenses if str(item.get("path", "")).startswith("http")]
    missing = [{"reason": job.translations.message(language, item.reason), "count": item.count} for item in left]
    head: Document = {
        "version": VERSION,
        "title": job.package.title.words(language) or job.name,
        "description": "\n".join(_description(job, writer, missing)),
        "identifier": f"{job.name}-{job.version}",
        "publisher": {"name": job.settings.name.words(language), **({"website": writer.uri(site)} if site else {})},
        "license": writer.uri(licenses[0]) if licenses else None,
        "issued": day,
        "modified": f"{day}T00:00:00Z",
        "downloadURL": writer.uri(f"{site}/{PATH}") if site else None,
        "accessURL": writer.uri(f"{site}/{language}/data.html") if site else None,
        "dataVersion": job.version,
        "leftOut": missing,
    }
    return {name: value for name, value in head.items() if value is not None}


def _description(job: Job, writer: Writer, missing: Sequence[Document]) -> Iterator[str]:
    language = writer.language
    about = job.package.description.words(language)
    if about:
        yield about
    if missing:
        yield job.words(language, "What this file leaves out, because the standard has no place for it:")
        yield from (f"{item['reason']}: {item['count']}" for item in missing)
    if STANDARD_KEY not in job.settings.prefixes:
        yield job.words(
            language, "The prefix “{prefix}” of the identifiers is not registered with 360Giving.", prefix=writer.prefix
        )


def _require_valid(schema: str, document: Any, path: str) -> None:
    """Like standards.require_valid(), but formats count: without them every day would be a date-time too."""
    problem = next(iter(_validator(schema).iter_errors(document)), None)
    if problem:
        where = "/".join(str(step) for step in problem.instance_path)
        raise BuildError(
            f"{path} would not be valid by its standard, at {where or 'the top'}: {problem.message}. "
            "Correct the record that it was made from; if the record is right, report this as a fault of Ashar."
        )


@cache
def _validator(schema: str) -> Any:
    """Made once a process. The package refers to the schema of a grant by its address on the web."""
    grant = read_schema(GRANT_SCHEMA)
    address = read_schema(PACKAGE_SCHEMA)["properties"]["grants"]["items"]["$ref"]
    registry = jsonschema_rs.Registry([(address, grant)])
    return jsonschema_rs.validator_for(read_schema(schema), registry=registry, validate_formats=True)
