"""data/desk/: the browser is given every rule that Python obeys, and its code says nothing that Python does not say."""

from __future__ import annotations

import ast
import json
import re
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from portal.checks import CHECKS
from portal.desk.browser import CONSTANTS
from portal.desk.browser_sentences import PORTAL, SPEAKERS, templates
from portal.exports import Job
from portal.exports.to_desk import ONLY_ON_IMPORT, write
from tests.plugin_left_out import ROOT

ENGINE = ROOT / "theme/static/js/desk"
SAID = re.compile(r'\bsay\(\s*("(?:[^"\\]|\\.)*")')
NOT_LITERAL = re.compile(r'(?<![\w.])say\((?!\s*")')


@pytest.fixture(scope="module")
def output(job: Job, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("desk")
    assert list(write(job, folder, ())) == []  # they are no downloads
    return folder


@pytest.fixture(scope="module")
def given_rules(output: Path) -> Any:
    return content_of(output, "rules")


@pytest.fixture(scope="module")
def given_tables(output: Path) -> Any:
    return content_of(output, "tables")


def content_of(output: Path, name: str) -> Any:
    """What the script leaves in the page."""
    script = (output / f"data/desk/{name}.js").read_text("utf-8")
    return json.loads(script[script.rindex(" = {") + 3 :].rstrip().removesuffix(";"))


def camel_case(name: str) -> str:
    return re.sub(r"_(\w)", lambda found: found[1].upper(), name)


def test_every_check_is_made_in_the_browser_or_said_to_be_made_later() -> None:
    made = "".join(file.read_text("utf-8") for file in ENGINE.glob("checks-*.js"))
    lacking = [
        check.__name__ for check in CHECKS if f"desk.checks.{camel_case(check.__name__)} = function* (" not in made
    ]
    assert lacking == list(ONLY_ON_IMPORT)


def test_the_checks_come_in_their_order(given_rules: Any) -> None:
    assert given_rules["checks"]["order"] == [check.__name__ for check in CHECKS]


@pytest.mark.parametrize("file", sorted(ENGINE.glob("*.js")), ids=lambda file: file.name)
def test_the_browser_says_only_what_python_says(file: Path) -> None:
    script = file.read_text("utf-8")
    known = {*templates(), *said_in_rules()}
    assert [words for words in map(json.loads, SAID.findall(script)) if words not in known] == []
    computed = [script[found.start() :].partition("\n")[0] for found in NOT_LITERAL.finditer(script)]
    assert [line for line in computed if line not in PASSED_ON] == []


PASSED_ON = (  # sentences that come from the rules, or are sentences already
    "say(kind.template, { ...kind.values, file }));",
    "say(message.template, Object.fromEntries(values));",
)


def said_in_rules() -> list[str]:
    return [message.template for message in ONLY_ON_IMPORT.values()]


def test_no_sentence_of_the_modules_that_judge_is_passed_over() -> None:
    files = [file for pattern in SPEAKERS for file in sorted(PORTAL.glob(pattern))]
    nodes = (node for file in files for node in ast.walk(ast.parse(file.read_text("utf-8"))))
    calls = [one for one in nodes if isinstance(one, ast.Call) and isinstance(one.func, ast.Name) and one.args]
    said = [one.args[0] for one in calls if ast.unparse(one.func) in {"say", "heading"}]
    assert templates() == tuple(dict.fromkeys(one.value for one in said if isinstance(one, ast.Constant)))


@pytest.mark.parametrize("file", sorted(ENGINE.glob("*.js")), ids=lambda file: file.name)
def test_every_constant_that_the_browser_asks_for_is_given(file: Path, given_rules: Any) -> None:
    script = file.read_text("utf-8")
    for names, module in re.findall(r'const \{ ([^}]+) \} = desk\.constants\("(\w+)"\)', script):
        assert set(names.split(", ")) <= given_rules["constants"][module].keys(), module
    for module, name in re.findall(r'desk\.constants\("(\w+)"\)\.(\w+)', script):
        assert name in given_rules["constants"][module], module


def test_constants_are_those_of_the_modules(given_rules: Any) -> None:
    assert given_rules["constants"]["lookups"]["LIKELY"] == 0.6
    assert given_rules["constants"]["grid"]["MOST_ROWS"] == 100_000
    assert given_rules["constants"]["days"]["MONTH_YEAR"] == [
        r"([0-9]{1,2})[\.\/-]([0-9]{4})(?: ?((?:(?!\p{Nd}|[^\p{L}\p{N}_])[^])+)\.?)?".replace(r"\p{Nd}|", r"[\p{Nd}]|"),
        "u",
    ]
    assert sum(map(len, CONSTANTS.values())) == sum(map(len, given_rules["constants"].values()))


def test_a_field_carries_what_the_schema_says(given_rules: Any) -> None:
    grants = next(table for table in given_rules["tables"] if table["name"] == "grants")
    field = {field["name"]: field for field in grants["fields"]}
    assert field["funder"] == {
        "name": "funder",
        "type": "string",
        "title": {"eo": "Donita de", "en": "Given by"},
        "constraints": {"required": True},
        "refersTo": "organizations",
        "synonyms": ["funder", "Donita de", "Given by", "Donanto"],
    }
    assert field["partners"]["delimiter"] == ";"
    assert field["id"]["constraints"]["form"] == [r"(?<![^])[A-Za-z0-9][A-Za-z0-9\._-]*(?=\n?(?![^]))", "u"]


def test_records_keep_their_place_and_their_cells(given_tables: Any) -> None:
    sources = given_tables["sources"]
    assert sources["files"] == ["sources.csv"]
    assert [row[:2] for row in sources["rows"][:2]] == [[0, 2], [0, 3]]
    assert sources["rows"][0][2] == sources["rows"][0][2].strip() != ""
    assert set(given_tables["grants"]["files"]) == {"grants/2023.csv", "grants/2024.csv"}


def test_an_amount_keeps_its_zeros_as_sentences_repeat_it(job: Job, tmp_path: Path) -> None:
    grants = job.portal.tables["grants"]
    first = replace(grants.records[0], values={**grants.records[0].values, "amount_awarded": Decimal("500.50")})
    tables = {**job.portal.tables, "grants": replace(grants, records=(first,))}
    list(write(replace(job, portal=replace(job.portal, tables=tables)), tmp_path, ()))
    written = content_of(tmp_path, "tables")["grants"]
    assert written["rows"][0][2 + written["fields"].index("amount_awarded")] == "500.50"


def test_a_table_that_is_packed_is_left_out_and_says_so(job: Job, tmp_path: Path) -> None:
    list(write(replace(job, settings=replace(job.settings, all_formats=7)), tmp_path, ()))
    tables = content_of(tmp_path, "tables")
    assert [name for name, table in tables.items() if table.get("isLeftOut")] == ["organizations", "grants"]
    assert [name for name in ("organizations", "grants", "sources") if not tables[name]["rows"]] == [
        *("organizations", "grants")
    ]
    assert tables["grants"]["fields"]
    later = content_of(tmp_path, "rules")["onlyOnImport"].values()
    assert any("which are too large for this page: {tables}." in sentence for sentence in later)


def test_nothing_is_left_out_where_no_table_is_packed(given_rules: Any, given_tables: Any) -> None:
    assert not [name for name, table in given_tables.items() if "isLeftOut" in table]
    assert given_rules["onlyOnImport"] == {}


def test_every_language_has_its_sentences(output: Path, job: Job) -> None:
    names = {f"sentences.{language}.js" for language in job.settings.languages}
    assert {file.name for file in (output / "data/desk").iterdir()} == {"rules.js", "tables.js", *names}
    assert content_of(output, "sentences.en") == {}


def test_scripts_add_sentences_whatever_comes_first(output: Path) -> None:
    script = (output / "data/desk/sentences.eo.js").read_text("utf-8")
    assert script.startswith('globalThis.deskSentences = globalThis.deskSentences || {};\ndeskSentences["eo"] = {')
