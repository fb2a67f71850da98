"""A 360Giving file -> a complete data folder of this portal. The order of the work; each step is a module."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from ..errors import InputError, say
from ..i18n import Translations
from ..package import Package, read_package
from ..pipeline import read_tables
from ..settings import Settings
from ..validate import Tables
from .bodies import name_organizations
from .book import FILE, Book, paths
from .code_choices import Codes, Row
from .fields import not_mapped
from .folder import (
    FORM,
    MARK,
    REPORTS,
    cell_texts,
    code_list_rows,
    earlier_records,
    read_code_lists,
    require_free,
    take_place,
    write_folder,
    write_json,
)
from .grants import Limits, add_grant, tell_apart, why_not
from .report import Rejected, Report, sums_of_file, sums_of_tables
from .schemas import ByLanguage, columns, extended
from .source_file import SourceFile, described_licence, read_source
from .values import plain_text, read_amount, read_day, slug

_ = str  # marks words for the translation tools
ABOUT = _("Grants imported from a file of the 360Giving Data Standard. An empty cell means that the file does not say.")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the person who imports decides."""

    file: Path
    folder: Path  # new, empty, or written by an import
    language: str  # of the texts in the file
    title: str = ""  # of the records; empty takes the file's own
    licence: str = ""  # address of the licence; empty takes the one that the file names
    publisher: str = ""  # of the file; empty takes the one that it names
    address: str = ""  # where the file can be had; empty takes the one that the file names


def import_file(wanted: Wanted, settings: Settings, today: date) -> Report:
    """Write the data folder and return the report.

    Raises InputError when file or folder cannot be used, DataError when the records would not pass the check.
    `today` tells the future from the past; nothing else depends on it.
    """
    languages = settings.languages
    if wanted.language not in languages:
        known = ", ".join(languages)
        raise InputError(
            say(
                "The portal has no language “{language}”. Choose one of: {known}.",
                language=wanted.language,
                known=known,
            )
        )
    require_free(wanted.folder)
    source = read_source(wanted.file)
    package = read_package(settings.data, languages)
    translations = Translations(settings.translations)

    def label(words: str) -> dict[str, str]:
        return {f"label_{language}": translations.gettext(language, words) for language in languages}

    book = Book(wanted.language, languages, translations, Codes(read_code_lists(package), label))
    rejected, unmapped = _read_grants(source, book, _limits(package, today))
    if not book.rows("grants"):
        raise InputError(
            say(
                "No grant of {file} can be written. The first one: {reason}",
                file=source.name,
                reason=rejected[0].reason,
            )
        )
    name_organizations(book)
    tell_apart(book)
    day = source.day or _latest_day(source, today)
    _add_file(book, source, wanted, day)
    by_language = _by_language(translations, languages)
    schemas = extended(package, by_language)
    fields = {name: columns(schemas.get(one.schema_path, one.schema)) for name, one in package.by_name.items()}
    rows = {
        name: [cell_texts(row, fields[name]) for row in book.rows(name).values()]
        for name in book.tables
        if name in fields
    }
    _date_grants(rows["grants"], earlier_records(wanted.folder), day)
    listed = code_list_rows(package, book.codes.rows, {str(row["id"]) for row in rows["sources"]})
    about = _about(source, wanted, package, by_language, day)
    new = wanted.folder.with_name(f".{wanted.folder.name}.importing")
    shutil.rmtree(new, ignore_errors=True)
    try:
        write_folder(new, package, {**rows, **listed}, about, schemas)
        written = read_tables(replace(settings, data=new, map=""), today)[1]
        report = _report(
            source, book, rejected, unmapped, written=written, columns_of=fields, has_licence="licenses" in about
        )
        report.require_balance()
        write_json(new / REPORTS / "report.json", report.as_json())
        write_json(new / REPORTS / "rejected.json", report.rejected_json())
        take_place(new, wanted.folder)
    finally:
        shutil.rmtree(new, ignore_errors=True)
    return report


def _read_grants(source: SourceFile, book: Book, limits: Limits) -> tuple[list[Rejected], Counter[str]]:
    """Fill the book; return what was rejected, and the fields that were not mapped with the grants that have them."""
    rejected: list[Rejected] = []
    unmapped: Counter[str] = Counter()
    seen: dict[str, int] = {}
    for number, item in enumerate(source.grants, start=1):
        reason = why_not(item, seen, limits)
        if reason:
            record = plain_text(item.get("id")) if isinstance(item, Mapping) else ""
            rejected.append(Rejected(number, record, reason, item))
        else:
            add_grant(book, item)
            seen[plain_text(item["id"])] = number
            unmapped.update(not_mapped(item, set(paths(item))))
    return rejected, unmapped


def _limits(package: Package, today: date) -> Limits:
    years = package.by_name["grants"].by_name["year"].constraints
    return Limits(today, int(years.get("minimum", 1)), int(years.get("maximum", 9999)))


def _latest_day(source: SourceFile, today: date) -> str:
    """The last whole day in a file that does not say how old it is."""
    values = [
        item.get(name) for item in source.grants if isinstance(item, Mapping) for name in ("dateModified", "awardDate")
    ]
    days = {day for day in map(read_day, values) if day and len(day) == 10 and day <= today.isoformat()}
    return max(days, default=today.isoformat())


def _add_file(book: Book, source: SourceFile, wanted: Wanted, day: str) -> None:
    """The file itself as a source; a link that is the same address is another record of it."""
    address, publisher = wanted.address or source.address, wanted.publisher or source.publisher
    book.rows("sources")[FILE] = {
        "id": FILE,
        "title": book.text("", "title", source.title or source.name),
        "title_language": book.language,
        **({"publisher": publisher} if publisher else {}),
        "published_on": day,
        **({"url": address} if address else {}),
        **book.our_words(
            "title_note", say("A file of the 360Giving Data Standard, from which the records were imported.")
        ),
    }


def _date_grants(rows: list[Row], earlier: Mapping[str, tuple[Row, Row]], day: str) -> None:
    """A grant that an earlier import wrote keeps its first day, and its last one unless it says something else now."""
    for row in rows:
        cells, days = earlier.get(row["id"], ({}, {}))
        is_same = cells == row
        row["added_on"] = days.get("added_on", day)
        row["changed_on"] = days["changed_on"] if is_same else day


def _by_language(translations: Translations, languages: tuple[str, ...]) -> ByLanguage:
    def by_language(name: str, words: str) -> dict[str, str]:
        told = {language: translations.gettext(language, words) for language in languages}
        return {name: words, **{f"{name}_{language}": text for language, text in told.items() if text != words}}

    return by_language


def _about(source: SourceFile, wanted: Wanted, package: Package, by_language: ByLanguage, day: str) -> dict[str, Any]:
    """The descriptor without its resources."""
    title = wanted.title or source.title or source.name
    licence, address = wanted.licence or source.licence, wanted.address or source.address
    return {
        "name": slug(title.removesuffix(".gz").removesuffix(".json")),
        "title": title,
        **by_language("description", ABOUT),
        "version": day,
        **({"licenses": [described_licence(licence)]} if licence else {}),
        "sources": [{"title": source.title or source.name, **({"path": address} if address else {})}],
        MARK: {"format": FORM, "file": source.name, "sha256": source.sha256, "tablesOf": package.name},
    }


def _report(
    source: SourceFile,
    book: Book,
    rejected: list[Rejected],
    unmapped: Counter[str],
    *,
    written: Tables,
    columns_of: Mapping[str, Mapping[str, str]],
    has_licence: bool,
) -> Report:
    """The account. What was written is counted in the tables as they were read back."""
    grants = [item for item in source.grants if isinstance(item, Mapping)]
    lost = Counter(
        f"{table}.{column}"
        for table, rows in book.tables.items()
        for row in rows.values()
        for column, value in row.items()
        if value and column not in columns_of.get(table, {})
    )
    return Report(
        file=source.name,
        sha256=source.sha256,
        language=book.language,
        read=len(source.grants),
        written=len(written["grants"].records),
        rejected=tuple(rejected),
        sums_read=sums_of_file(grants),
        sums_written=sums_of_tables(written),
        sums_rejected=sums_of_file([one.original for one in rejected if isinstance(one.original, Mapping)]),
        without_amount=sum(read_amount(item.get("amountAwarded")) is None for item in grants),
        tables={name: len(table.records) for name, table in written.items() if not table.resource.is_codelist},
        chosen=book.codes.chosen,
        added_codes=tuple(book.codes.added),
        not_mapped=unmapped,
        lost_columns=dict(sorted(lost.items())),
        set_aside=tuple(book.remarks),
        changed=tuple(book.changed),
        has_licence=has_licence,
    )
