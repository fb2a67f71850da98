"""CSV for people: the files of all languages, written at once, hold what each would hold alone."""

from __future__ import annotations

from pathlib import Path

from portal.exports import Job
from portal.exports.columns import people_columns
from portal.exports.to_people_csv import ENCODING, header_line, people_line, write


def test_a_file_is_its_header_and_a_line_a_record(job: Job, tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    downloads = list(write(job, tmp_path, ()))
    assert {download.language for download in downloads} == set(job.settings.languages)
    for download in downloads:
        assert download.resource
        assert download.language
        columns = people_columns(job, job.package.by_name[download.resource], download.language)
        records = job.rows[download.resource]
        lines = [header_line(columns), *(people_line(columns, record) for record in records)]
        assert (tmp_path / download.path).read_bytes() == "".join(lines).encode(ENCODING)
        assert download.rows == len(records)


def test_a_name_is_in_the_language_of_its_file(job: Job, tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    list(write(job, tmp_path, ()))
    ours, english = ((tmp_path / f"data/{code}/grants.csv").read_text(ENCODING) for code in ("eo", "en"))
    spheres = {code: job.names[code]["spheres"] for code in ("eo", "en")}
    sphere = next(record["sphere"] for record in job.rows["grants"] if record["sphere"])
    assert spheres["eo"][sphere] != spheres["en"][sphere]
    assert spheres["eo"][sphere] in ours
    assert spheres["en"][sphere] in english
    assert spheres["eo"][sphere] not in english
