"""What the browser is told for downloads is what the prepared files say."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.explorer.download_words import download_words
from portal.explorer.taken import taken, without_possessive
from portal.exports import Job
from portal.exports.cells import TAKEN, TRUTHS, disarm, months
from portal.exports.columns import people_columns
from portal.exports.csvw_columns import describe_table
from portal.text import Text
from tests.exports_of_tiny import with_table
from tests.test_exports_cells import PIECES

LANGUAGES = ("eo", "ru")


@pytest.mark.parametrize("language", ["eo", "en"])
def test_the_columns_are_those_of_the_csv_for_people(language: str, job: Job) -> None:
    told = download_words(job, language)["columns"]["people"]
    expected = people_columns(job, job.package.by_name["grants"], language)
    assert [(one["field"], one["title"], one["line"], one.get("table")) for one in told] == [
        (
            column.field.name,
            column.title,
            f"- {column.title}: {column.description}",
            column.field.refers_to if column.names else None,
        )
        for column in expected
    ]
    assert [one.get("text", False) for one in told] == [column.is_text for column in expected]
    assert [one["field"] for one in told if one.get("partial")] == [
        *("decided_on", "agreement_on"),
        *("planned_start", "planned_end", "actual_start", "actual_end"),
    ]
    assert {one["field"]: one["delimiter"] for one in told if "delimiter" in one} == {
        "partners": ";",
        "also_sources": ";",
    }
    assert {one["field"]: one["type"] for one in told if one["type"] not in ("string", "list")} == {
        **dict.fromkeys(("amount_requested", "amount_awarded", "amount_cofunding"), "number"),
        **dict.fromkeys(("year", "people_planned"), "integer"),
        **dict.fromkeys(("added_on", "changed_on"), "date"),
    }


def test_columns_without_names_are_those_of_the_csv_for_programs(job: Job) -> None:
    columns = download_words(job, "en")["columns"]["plain"]
    assert [one["title"] for one in columns] == list(job.package.by_name["grants"].field_names)
    assert [one["field"] for one in columns] == [one["title"] for one in columns]
    assert not [one for one in columns if "text" in one or "table" in one]


def test_the_columns_of_a_csvw_are_described_in_the_language_of_the_page(job: Job) -> None:
    resource = job.package.by_name["grants"]
    columns = download_words(job, "eo")["columns"]
    for form, language in (("people", "eo"), ("plain", None)):
        whole = {column["name"]: column for column in describe_table(job, resource, language).columns}
        for one in columns[form]:
            told = whole[one["csvw"]["name"]]
            assert one["csvw"] == {
                **told,
                "titles": {code: told["titles"][code] for code in ("und", "eo") if code in told["titles"]},
                "dc:description": [
                    words for words in told["dc:description"] if isinstance(words, str) or words["@language"] == "eo"
                ],
            }


@pytest.mark.parametrize("form", ["people", "plain"])
def test_the_columns_of_groups_are_json_when_they_are_filled_in(form: str, job: Job) -> None:
    texts = download_words(job, "eo")["groups"][form]
    values = {"by": "recipient", "label": "Ricevita de", "currency": "XTS", "kind": "string", "text": ""}
    columns = [json.loads(re.sub(r"\{(\w+)\}", lambda found: values[found[1]], text)) for text in texts]
    titles = {
        "people": ["Ricevita de", "Ricevita de: nomo", "Grants", "Counted grants"]
        + [f"{word}, XTS" for word in ("Grants with an amount", "Sum", "Median", "Largest")],
        "plain": ["recipient", "name", "grants", "counted", "with_amount_XTS", "sum_XTS", "median_XTS", "largest_XTS"],
    }
    assert [one["title"] for one in columns] == titles[form]
    assert [one["csvw"]["name"] for one in columns] == titles["plain"]
    assert [one["csvw"]["datatype"] for one in columns] == ["string"] * 2 + ["integer"] * 3 + ["decimal"] * 3


@pytest.mark.parametrize("form", ["people", "plain"])
def test_the_csvw_says_what_the_browser_fills_in(form: str, job: Job) -> None:
    text = download_words(replace(job, settings=replace(job.settings, site_url="https://kites.example")), "en")[
        "metadata"
    ]["rows"][form]
    values = {"file": "kites.csv", "address": "https://kites.example/en/explore.html#q=x", "hash": "0a", "rows": "3"}
    values |= {"size": "9", "filters": "[]", "columns": "[]"}
    assert set(re.findall(r"\{(\w+)\}", text)) == set(values)
    told = json.loads(re.sub(r"\{(\w+)\}", lambda found: values[found[1]], text))
    assert (told["url"], told["schema:numberOfItems"], told["dcat:byteSize"]) == ("kites.csv", 3, 9)
    assert told["schema:mainEntityOfPage"] == {"@id": values["address"]}
    assert told["tableSchema"] == {"null": "", "columns": []}
    assert "dcat:downloadURL" not in told
    citations = json.dumps(told["dc:bibliographicCitation"])
    assert values["address"] in citations
    assert told["dialect"]["lineTerminators"] == ["\r\n" if form == "people" else "\n"]


def test_the_csvw_of_groups_does_not_call_them_grants(job: Job) -> None:
    text = download_words(job, "en")["metadata"]["groups"]["people"]
    assert '"@value": "Groups of grants"' in text
    assert "dc:description" not in text


def test_the_readme_says_what_the_prepared_one_says(job: Job) -> None:
    readme = download_words(job, "eo")["readme"]
    assert readme.startswith("Fantazio: ")
    assert f"\nPermesilo: {job.license_words}\n" in readme
    assert "\n- An empty cell means that the source does not say; it never means zero.\n" in readme
    names = ["file", "hash", "rows", "order", "address", "filters", "sums", "columns"]
    assert re.findall(r"\{(\w+)\}", readme) == names


def test_the_head_of_the_json_ends_where_the_page_and_the_rows_follow(job: Job) -> None:
    head = download_words(job, "en")["json"]
    told = json.loads(f'{head}"page": "", "rows": []}}')
    assert list(told) == ["resource", "licenses", "date", "source", "dictionary", "page", "rows"]
    assert told["dictionary"] == "../data/datapackage.json"


@pytest.mark.parametrize(
    ("title", "name"),
    [("Grants & <more>", "Grants & <more>"), ("[a/b]: 'c'", "ab 'c"), ("x" * 40, "x" * 31), ("':'", "grants")],
)
def test_the_sheet_has_a_name_that_excel_takes(title: str, name: str, job: Job) -> None:
    table = job.portal.tables["grants"]
    named = replace(table, resource=replace(table.resource, title=Text.of({"en": title})))
    workbook = download_words(with_table(job, named), "en")["workbook"]
    (sheet,) = ElementTree.fromstring(workbook["xl/workbook.xml"]).findall(".//{*}sheet")
    assert sheet.get("name") == name
    for xml in workbook.values():
        ElementTree.fromstring(xml)


@pytest.mark.parametrize(
    ("pattern", "plain", "numbers"),
    [
        (r"a*+b", r"(?=(a*))\1b", {}),
        (r"(?P<x>[ab\]]{2,}+)c++", r"((?=([ab\]]{2,}))\2)(?=(c+))\3", {"x": 1}),
        (r"(?:\s?+\d)++(?P<y>e)", r"(?:(?=(\s?))\1\d)+(e)", {"y": 2}),
        (r"[=+\-]+x", r"[=+\-]+x", {}),
    ],
)
def test_possessive_quantifiers_become_groups_that_are_not_gone_back_into(
    pattern: str, plain: str, numbers: dict[str, int]
) -> None:
    assert without_possessive(pattern) == (plain, numbers)


PLAIN, NUMBERS = without_possessive(TAKEN.pattern)
MATCH = re.compile(PLAIN, TAKEN.flags).match


@given(PIECES | st.text())
def test_the_pattern_for_the_browser_finds_what_disarm_finds(text: str) -> None:
    """As Python; tests/browser has the JavaScript."""
    found = MATCH(text)
    word = found and found[NUMBERS["word"]]
    known = months(LANGUAGES) if re.search(r"\d", text) else TRUTHS
    assert (bool(found) and (not word or word.lower() in known)) == (disarm(text, LANGUAGES) != text)


def test_the_words_of_the_pattern_are_those_of_disarm() -> None:
    told = taken(LANGUAGES)
    assert told["pattern"][1] == "iu"
    assert told["word"] == NUMBERS["word"]
    assert set(told["months"]) == months(LANGUAGES)
    assert set(told["truths"]) == TRUTHS
