"""README.txt beside the downloads and in the ZIP: what this is and may be used for, in every language of the site."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from ..text import Day
from .job import FOLDER, Download, Job, describe, reading_notes
from .to_package import PACKED

PATH = f"{FOLDER}/README.txt"
RULE = "-" * 72


def write(job: Job, output: Path, made: Sequence[Download]) -> Iterator[Download]:
    """data/README.txt."""
    parts = ["\n".join(_part(job, language, made)) for language in job.settings.languages]
    (output / PATH).write_text(f"\n{RULE}\n\n".join(parts), encoding="utf-8", newline="\n")
    yield describe(output, PATH, "README", "text/plain")


def _part(job: Job, language: str, made: Sequence[Download]) -> Iterator[str]:
    title = job.package.title.words(language)
    yield from (title, "=" * len(title), "")
    yield from (job.package.description.words(language), "")
    day = job.formats[language].day(Day(job.data_date.isoformat()))
    for label, value in (
        (job.words(language, "Licence"), job.license_words),
        (job.words(language, "Date of the data"), day),
        (job.words(language, "Address"), job.settings.site_url),
    ):
        if value:
            yield f"{label}: {value}"
    yield ""
    for sentence in (
        *reading_notes(job, language),
        job.words(language, "The file datapackage.json is the data dictionary: it describes every table and column."),
        *_about_files(job, language, made),
        job.words(language, "To check that the files arrived whole, run: {command}", command="sha256sum -c SHA256SUMS"),
    ):
        yield f"- {sentence}"
    yield ""


def _about_files(job: Job, language: str, made: Sequence[Download]) -> Iterator[str]:
    """What the files beside this one are; of a format that was not made nothing is said."""
    formats = {download.format for download in made}
    folders = ", ".join(f"{code}/" for code in job.settings.languages)
    if "JSON" in formats:
        yield job.words(language, "The CSV and JSON files beside this one are for programs, in UTF-8.")
    if PACKED in formats:
        yield job.words(language, "Tables with very many rows are published only as Parquet and packed CSV (.csv.gz).")
    if "XLSX" in formats:
        yield job.words(
            language,
            "The folders {folders} hold CSV and Excel files for people, with headings and names in their language.",
            folders=folders,
        )
        yield job.words(
            language,
            "If your spreadsheet writes fractions with a comma, or shows a CSV file in one column, take the XLSX file.",
        )
    elif any(download.format == "CSV" and download.language for download in made):
        yield job.words(
            language,
            "The folders {folders} hold CSV files for people, with headings and names in their language.",
            folders=folders,
        )
