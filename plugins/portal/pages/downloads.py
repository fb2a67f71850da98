"""Which files are offered first, and what each is for. All others stand with their table on the data page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..errors import Message, say
from ..exports import Download

# (resource or None, of one language or of none, format, purpose)
PURPOSES = (
    ("grants", True, "CSV", say("Grants, to open in Excel: column titles in your language, names beside identifiers.")),
    (
        None,
        True,
        "XLSX",
        say("Everything as one Excel workbook: a sheet a table, with notes on what each column means."),
    ),
    ("totals", True, "CSV", say("Totals that sources report: money, applicants, projects.")),
    ("organizations", True, "CSV", say("Organizations that give or receive.")),
    ("grants", False, "CSV", say("Grants for programs and statistics: plain field names and codes.")),
    ("grants", False, "CSV (gzip)", say("Grants for programs and statistics, packed: field names and codes.")),
    ("grants", False, "JSON", say("Grants for web developers.")),
    ("grants", False, "Parquet", say("Grants for data analysis: typed columns, small and fast to read.")),
    (None, False, "SQLite", say("Everything as a database that answers questions, such as awarded_by_year.")),
    (None, False, "ZIP", say("Everything in one archive, with the dictionary, the licence and checksums.")),
    (None, False, "Data Package", say("Description of all tables for machines (Frictionless Data Package).")),
    (None, False, "JSON API", say("Each record at an address of its own, for programs. The addresses stay.")),
    (None, False, "OpenAPI", say("Description of those addresses for machines (OpenAPI 3.1).")),
    (None, False, "Releases", say("All releases, with their counts and files.")),
    (None, False, "SHA256SUMS", say("Checksums, to prove that a file is unchanged.")),
    (None, False, "README", say("What the files are, in all languages.")),
)
ON_HOME = (
    ("grants", True, "CSV"),
    (None, True, "XLSX"),
    ("grants", False, "JSON"),
    (None, False, "ZIP"),
    ("grants", False, "CSV (gzip)"),
)


def choose(downloads: Iterable[Download], language: str) -> Iterator[tuple[Download, Message]]:
    """(file, what it is for), in the order of PURPOSES."""
    found = {_key(download): download for download in downloads if download.language in (None, language)}
    for resource, spoken, form, purpose in PURPOSES:
        if download := found.get((resource, spoken, form)):
            yield download, purpose


def main_downloads(downloads: Iterable[Download], language: str) -> list[Download]:
    """The few files that the home page offers."""
    found = {_key(download): download for download in downloads if download.language in (None, language)}
    return [found[key] for key in ON_HOME if key in found]


def _key(download: Download) -> tuple[str | None, bool, str]:
    return download.resource, download.language is not None, download.format
