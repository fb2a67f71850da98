"""Issue forms: made from the schemas, valid for GitHub, and read back into records without surprises."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from portal.__main__ import load_settings, main
from portal.checks.words import fold
from portal.desk.intake import read_desk_rules
from portal.desk.lookups import Lookup
from portal.desk.rules import Rules
from portal.errors import InputError
from portal.forms.answers import LONGEST, NO_ANSWER, read_answers
from portal.forms.make import form_files, make_forms
from portal.forms.proposal import Proposal, propose
from portal.forms.questions import Form
from portal.i18n import Translations
from portal.settings import Settings
from tests.plugin_left_out import ROOT
from tests.releases_of_tiny import FIRST, TRANSLATIONS, release, tiny_settings

TODAY = date(2025, 6, 1)
FOLDER = ROOT / ".github/ISSUE_TEMPLATE"
ADDRESS = "https://kites.fantazia.example/2025"


@pytest.fixture(scope="session")
def own() -> Settings:
    """Settings of the portal that this repository ships."""
    return load_settings(ROOT / "pelicanconf.py")


@pytest.fixture(scope="session")
def own_rules(own: Settings) -> Rules:
    return read_desk_rules(own)


@pytest.fixture(scope="session")
def own_files(own: Settings, own_rules: Rules) -> dict[str, str]:
    return form_files(own_rules, own, Translations(own.translations))


@pytest.fixture(scope="session")
def island_files(island_rules: Rules) -> dict[str, str]:
    settings = tiny_settings(island_rules.package.folder)
    return form_files(island_rules, settings, Translations(TRANSLATIONS))


@pytest.fixture(scope="session")
def island_rules(tmp_path_factory: pytest.TempPathFactory) -> Rules:
    folder = tmp_path_factory.mktemp("island") / "tiny"
    shutil.copytree(ROOT / "tests/data/tiny", folder)
    return read_desk_rules(tiny_settings(folder))


@pytest.fixture(scope="session")
def forms(island_rules: Rules) -> dict[str, Form]:
    """Name of the file without its ending -> form of the tiny portal."""
    return {form.name: form for form in make_forms(island_rules, Translations(TRANSLATIONS))}


def filled(form: Form, answers: Mapping[str, str]) -> str:
    """The text that GitHub makes of the form."""
    blocks = []
    for question in form.questions:
        text = answers.get(question.name, question.value)
        if question.kind == "checkboxes":
            text = f"- [{'X' if text else ' '}] {question.choices[0]}"
        blocks.append(f"### {question.label}\n\n{text or NO_ANSWER}")
    return "\n\n".join(blocks)


GRANT = {
    "funder": "Ministry of Kites",
    "recipient": "Seagull Foundation",
    "title_en": "Kites at night",
    "title_basis": "as in the source",
    "place": "Harbour Town",
    "amount_awarded": "12 500,50",
    "year": "2024",
    "decided_on": "5 November 2024",
    "status": "under way",
    "certainty": "confirmed",
    "source": ADDRESS,
    "source-title": "Kites of 2024",
    "source-published_on": "05.11.2024",
}
NOTHING = {
    "organization": "Council of Harbour Town",
    "year": "2022",
    "reason": "The council says that it gave none.",
    "source": "S-2",
}
CORRECTION = {
    "table": "Grants",
    "record": "https://fantasia.example/en/grants/G-2024-2.html",
    "column": "Amount awarded",
    "value": "26000",
    "reason": "The decision says so.",
}


def proposal_of(name: str, answers: Mapping[str, str], forms: Mapping[str, Form], rules: Rules) -> Proposal:
    text = filled(forms[name], answers)
    return propose(read_answers(text, tuple(forms.values())), rules, TODAY)


def told(proposal: Proposal) -> list[str]:
    return [f"{fault.label}: {fault.what} {fault.fix}" for fault in proposal.faults if fault.level == "error"]


# The files


def without_names(text: str, rules: Rules) -> Any:
    """The form without the names of records: whoever adds an organization need not know of the forms."""
    content = yaml.safe_load(text)
    for element in content.get("body", ()):
        fields = (rules.by_table[name].resource.by_name.get(element.get("id")) for name in ("grants", "coverage"))
        targets = [rules.package.by_name[field.refers_to] for field in fields if field and field.refers_to]
        if targets and not targets[0].is_codelist:
            element["attributes"].pop("options", None)
    return content


def test_the_forms_of_the_repository_are_those_that_the_schemas_make(
    own_files: dict[str, str], own_rules: Rules
) -> None:
    written = {path.name: path.read_text(encoding="utf-8") for path in FOLDER.iterdir()}
    assert sorted(written) == sorted(own_files)
    stale = [
        name
        for name, text in own_files.items()
        if without_names(written[name], own_rules) != without_names(text, own_rules)
    ]
    assert stale == [], "run `make forms`"


def test_every_name_in_the_forms_of_the_repository_means_one_record(own_rules: Rules) -> None:
    for path in FOLDER.glob("*-*.yml"):
        for element in yaml.safe_load(path.read_text(encoding="utf-8"))["body"]:
            fields = [
                own_rules.by_table[name].resource.by_name.get(element.get("id")) for name in ("grants", "coverage")
            ]
            target = next((field.refers_to for field in fields if field and field.refers_to), None)
            if target and element["type"] == "dropdown":
                lookup = Lookup(own_rules.package.by_name[target], own_rules, "en")
                lost = [option for option in element["attributes"]["options"] if not lookup.key_of(option)]
                assert lost == [], f"{path.name}: run `make forms`"


def test_there_is_a_form_of_each_kind_in_each_language(island_files: dict[str, str]) -> None:
    assert sorted(island_files) == [
        "config.yml",
        "correct-record-en.yml",
        "correct-record-eo.yml",
        "publish-nothing-en.yml",
        "publish-nothing-eo.yml",
        "report-grant-en.yml",
        "report-grant-eo.yml",
    ]


def faults_for_github(form: Any) -> list[str]:
    """What GitHub would refuse, by its “Syntax for issue forms” and “Common validation errors”."""
    found = []
    if not isinstance(form, dict) or set(form) - {"name", "description", "title", "labels", "assignees", "body"}:
        return ["keys that are not allowed"]
    for key in ("name", "description", "title"):
        if not isinstance(form.get(key), str) or not form[key].strip():
            found.append(f"{key} is no text")
    questions = [element for element in form["body"] if element["type"] != "markdown"]
    if not questions:
        found.append("no question")
    ids = [element.get("id") for element in questions]
    labels = [element["attributes"]["label"] for element in questions]
    found += [f"{one} stands twice" for names in (ids, labels) for one in set(names) if names.count(one) > 1]
    allowed = {
        "markdown": {"value"},
        "input": {"label", "description", "placeholder", "value"},
        "textarea": {"label", "description", "placeholder", "value", "render"},
        "dropdown": {"label", "description", "options", "multiple", "default"},
        "checkboxes": {"label", "description", "options"},
    }
    for element in form["body"]:
        kind, attributes = element["type"], element["attributes"]
        if set(element) - {"type", "id", "attributes", "validations"} or set(attributes) - allowed[kind]:
            found.append(f"{kind} has keys that are not allowed")
        if kind != "markdown" and not re.fullmatch(r"[A-Za-z0-9_-]+", element.get("id") or ""):
            found.append(f"{element.get('id')} is no id")
        if set(element.get("validations", {})) - {"required"} or (kind == "checkboxes" and "validations" in element):
            found.append("validations that are not allowed")
        options = attributes.get("options", ["x"])
        texts = [option["label"] if isinstance(option, dict) else option for option in options]
        texts += [text for key, text in attributes.items() if key != "options"]
        found += [f"{text!r} is no text" for text in texts if not isinstance(text, str) or not text.strip()]
        if not options or len(set(map(str, options))) < len(options):
            found.append("options that are not unique")
        found += [f"{option} is kept by GitHub" for option in options if str(option).casefold() == "none"]
        if re.search(r"passw|secret|token", str(attributes.get("label")), re.IGNORECASE):
            found.append("a word that is not allowed")
    return found


@pytest.mark.parametrize("portal", ["own_files", "island_files"])
def test_github_takes_every_form(portal: str, request: pytest.FixtureRequest) -> None:
    files: dict[str, str] = dict(request.getfixturevalue(portal))
    assert yaml.safe_load(files.pop("config.yml")) == {"blank_issues_enabled": True}
    contents = {name: yaml.safe_load(text) for name, text in files.items()}
    assert {name: faults for name, form in contents.items() if (faults := faults_for_github(form))} == {}
    names = [form["name"] for form in contents.values()]
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("portal", ["own_files", "island_files"])
def test_labels_differ_in_more_than_signs(portal: str, request: pytest.FixtureRequest) -> None:
    for name, text in request.getfixturevalue(portal).items():
        labels = [
            fold(element["attributes"]["label"])
            for element in yaml.safe_load(text).get("body", ())
            if element["type"] != "markdown"
        ]
        assert sorted(set(labels)) == sorted(labels), name
        assert all(labels), name


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"extra": 1}, "keys that are not allowed"),
        ({"name": " "}, "name is no text"),
        ({"body": [{"type": "markdown", "attributes": {"value": "x"}}]}, "no question"),
        ({"body": [{"type": "input", "id": "a b", "attributes": {"label": "A"}}]}, "a b is no id"),
        ({"body": [{"type": "input", "id": "a", "attributes": {"label": True}}]}, "True is no text"),
        (
            {"body": [{"type": "dropdown", "id": "a", "attributes": {"label": "A", "options": ["None"]}}]},
            "None is kept by GitHub",
        ),
        (
            {"body": [{"type": "dropdown", "id": "a", "attributes": {"label": "A", "options": ["x", "x"]}}]},
            "options that are not unique",
        ),
    ],
)
def test_the_rules_of_github_find_a_broken_form(change: dict[str, Any], says: str) -> None:
    body = [{"type": "input", "id": "a", "attributes": {"label": "A"}}]
    assert says in faults_for_github({"name": "N", "description": "D", "title": "T", "body": body, **change})


def test_bodies_are_chosen_and_recipients_are_written(forms: dict[str, Form]) -> None:
    funder = next(question for question in forms["report-grant-en"].questions if question.name == "funder")
    assert funder.kind == "dropdown"
    assert "Ministry of Kites" in funder.choices
    recipient = next(question for question in forms["report-grant-en"].questions if question.name == "recipient")
    assert recipient.kind == "input"


# What is filled in


@pytest.mark.parametrize("name", ["report-grant-en", "report-grant-eo", "correct-record-eo", "publish-nothing-en"])
def test_a_form_is_known_with_its_language(name: str, forms: dict[str, Form]) -> None:
    answers = read_answers(filled(forms[name], {"year": "2024"}), tuple(forms.values()))
    assert answers.form.name == name
    assert answers.texts.get("year") == ("2024" if not name.startswith("correct") else None)


def test_a_reported_grant_is_a_new_record_with_its_source(forms: dict[str, Form], island_rules: Rules) -> None:
    proposal = proposal_of("report-grant-en", GRANT, forms, island_rules)
    assert told(proposal) == []
    assert proposal.is_good
    rows = {row.match.row.table: row.match.cells for row in proposal.rows}
    assert [row.fate for row in proposal.rows] == ["new", "new"]
    assert {name: cell for name, cell in rows["sources"].items() if cell and name != "id"} == {
        "title": "Kites of 2024",
        "url": ADDRESS,
        "published_on": "2024-11-05",
    }
    assert {name: cell for name, cell in rows["grants"].items() if cell and name != "id"} == {
        "funder": "ministry-of-kites",
        "recipient": "seagull",
        "title_en": "Kites at night",
        "title_basis": "source",
        "place": "havena",
        "amount_awarded": "12500.5",
        "currency": "XTS",
        "year": "2024",
        "decided_on": "2024-11-05",
        "status": "under_way",
        "certainty": "confirmed",
        "added_on": "2025-06-01",
        "changed_on": "2025-06-01",
        "source": rows["sources"]["id"],
    }


def test_a_currency_that_was_filled_in_from_the_beginning_means_nothing_alone(
    forms: dict[str, Form], island_rules: Rules
) -> None:
    answers = {name: text for name, text in GRANT.items() if name != "amount_awarded"}
    proposal = proposal_of("report-grant-en", answers, forms, island_rules)
    assert told(proposal) == []
    assert proposal.rows[-1].match.cells["currency"] == ""


def test_a_grant_that_is_there_keeps_its_source_and_rests_on_another_one_too(
    forms: dict[str, Form], island_rules: Rules
) -> None:
    answers = {
        **GRANT,
        "title_en": "School of the wind, second year",
        "title_eo": "Lernejo de la vento, dua jaro",
        "amount_awarded": "25000",
        "decided_on": "2024-03-05",
    }
    (source, grant) = proposal_of("report-grant-en", answers, forms, island_rules).rows
    assert (grant.match.id, grant.fate) == ("G-2024-2", "changed")
    assert [(change.field, change.before, change.after) for change in grant.match.changes] == [
        ("also_sources", "", source.match.id)
    ]


def test_nothing_to_publish_is_a_record(forms: dict[str, Form], island_rules: Rules) -> None:
    proposal = proposal_of("publish-nothing-en", NOTHING, forms, island_rules)
    assert told(proposal) == []
    (row,) = proposal.rows
    assert row.fate == "new"
    assert {name: cell for name, cell in row.match.cells.items() if cell and name != "id"} == {
        "organization": "harbour-council",
        "year": "2022",
        "status": "nothing",
        "note_en": "The council says that it gave none.",
        "source": "S-2",
    }


def test_nothing_to_publish_takes_the_place_of_being_late(forms: dict[str, Form], island_rules: Rules) -> None:
    answers = {**NOTHING, "organization": "Ministry of Kites", "year": "2024"}
    (row,) = proposal_of("publish-nothing-en", answers, forms, island_rules).rows
    assert (row.match.id, row.fate) == ("K-2", "changed")
    assert ("status", "late", "nothing") in [(one.field, one.before, one.after) for one in row.match.changes]


def test_a_correction_changes_one_value(forms: dict[str, Form], island_rules: Rules) -> None:
    proposal = proposal_of("correct-record-en", CORRECTION, forms, island_rules)
    assert told(proposal) == []
    (row,) = proposal.rows
    assert (row.match.id, row.fate) == ("G-2024-2", "changed")
    assert [(one.field, one.before, one.after) for one in row.match.changes] == [("amount_awarded", "25000", "26000")]
    assert row.match.cells["changed_on"] == "2025-06-01"
    assert proposal.reason == "The decision says so."


@pytest.mark.parametrize(
    ("answers", "change"),
    [
        ({"record": "G-2024-2"}, ("amount_awarded", "25000", "26000")),
        ({"record": "School of the wind, second year"}, ("amount_awarded", "25000", "26000")),
        ({"record": "fantasia.example/explore.html#q=wind&grant=G-2024-2"}, ("amount_awarded", "25000", "26000")),
        ({"column": "amount_awarded"}, ("amount_awarded", "25000", "26000")),
        ({"column": "Ricevita de", "value": "Asocio Lumturo, ĉiam"}, ("recipient", "seagull", "lighthouse")),
        ({"column": "People planned", "value": "", "empty": "X"}, ("people_planned", "150", "")),
        ({"column": "Planned end", "value": "1 October 2024"}, ("planned_end", "2024-09-30", "2024-10-01")),
        (
            {"table": "Organizations", "record": "Seagull Foundation", "column": "Name (in English)", "value": "Gull"},
            ("name_en", "Seagull Foundation", "Gull"),
        ),
    ],
)
def test_a_correction_finds_the_value(
    answers: dict[str, str], change: tuple[str, str, str], forms: dict[str, Form], island_rules: Rules
) -> None:
    proposal = proposal_of("correct-record-en", {**CORRECTION, **answers}, forms, island_rules)
    assert told(proposal) == []
    assert [(one.field, one.before, one.after) for one in proposal.rows[0].match.changes] == [change]


def test_the_source_of_a_correction_is_kept_beside_the_first(forms: dict[str, Form], island_rules: Rules) -> None:
    proposal = proposal_of("correct-record-en", {**CORRECTION, "source": ADDRESS}, forms, island_rules)
    source, grant = proposal.rows
    assert grant.match.cells["source"] == "S-1"
    assert grant.match.cells["also_sources"] == source.match.id


FAULTS: dict[str, tuple[str, dict[str, str], list[str]]] = {  # what is wrong -> (form, answers, sentences)
    "no funder": (
        "report-grant-en",
        {**GRANT, "funder": ""},
        ["Given by: Nothing is written here, but it is needed. Fill it in."],
    ),
    "an unknown recipient": (
        "report-grant-en",
        {**GRANT, "recipient": "Seagul Fundation"},
        [
            "Received by: “Organizations” has no record called “Seagul Fundation”. "
            "Did you mean “Seagull Foundation (seagull)”?"
        ],
    ),
    "an amount that is none": (
        "report-grant-en",
        {**GRANT, "amount_awarded": "a lot"},
        [
            "Amount awarded: “a lot” is not a number. "
            "Write digits and a full stop, such as 1950000.50, or leave the cell empty."
        ],
    ),
    "a day of the future": (
        "report-grant-en",
        {**GRANT, "decided_on": "2031-01-01"},
        ["Decided on: "],
    ),
    "a source that is none": (
        "report-grant-en",
        {**GRANT, "source": "my neighbour"},
        [
            "Source: “my neighbour” is neither a web address nor the identifier of a source. "
            "Write the whole address, beginning with https://."
        ],
    ),
    "a source with an evil address": (
        "report-grant-en",
        {**GRANT, "source": "javascript:alert(1)"},
        [
            "Source: “javascript:alert(1)” is neither a web address nor the identifier of a source. "
            "Write the whole address, beginning with https://."
        ],
    ),
    "a table that there is not": (
        "correct-record-en",
        {**CORRECTION, "table": "Secrets"},
        ["Table: “Secrets” is none of the choices."],
    ),
    "a record that there is not": (
        "correct-record-en",
        {**CORRECTION, "record": "G-9999"},
        ["Record: “Grants” has no record called “G-9999”."],
    ),
    "a column that there is not": (
        "correct-record-en",
        {**CORRECTION, "column": "Colour"},
        ["Which value: The table has no column “Colour”."],
    ),
    "a value that the program keeps": (
        "correct-record-en",
        {**CORRECTION, "column": "Identifier", "value": "G-1"},
        ["Which value: “Identifier” is not for people to change. Name the value that is wrong."],
    ),
    "a value of another table": (
        "correct-record-en",
        {**CORRECTION, "column": "Status", "value": "sleeping"},
        ["Right value: “sleeping” is not in the list of allowed values,"],
    ),
    "no value": (
        "correct-record-en",
        {**CORRECTION, "value": ""},
        ["Right value: Nothing is written here, but it is needed. Write the right value, or tick that none is known."],
    ),
    "a value and none": (
        "correct-record-en",
        {**CORRECTION, "empty": "X"},
        ["Right value: There is a value, and it says that nothing comes in its place."],
    ),
    "the value that is there": (
        "correct-record-en",
        {**CORRECTION, "value": "25000"},
        ["Right value: The records say so already. Nothing is to be done."],
    ),
    "a formula": (
        "correct-record-en",
        {**CORRECTION, "column": "Note (in English)", "value": "=HYPERLINK(1)"},
        ["Right value: "],
    ),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_told_at_its_question(name: str, forms: dict[str, Form], island_rules: Rules) -> None:
    form, answers, expected = FAULTS[name]
    proposal = proposal_of(form, answers, forms, island_rules)
    said = told(proposal)
    assert not proposal.is_good
    assert len(said) == len(expected), said
    assert all(sentence.startswith(start) for sentence, start in zip(said, expected, strict=True)), said


# What may be sent


def test_what_stands_in_remarks_is_not_read(forms: dict[str, Form]) -> None:
    text = filled(forms["publish-nothing-en"], NOTHING)
    hidden = f"<!--\n### Year\n\n1999\n-->\n{text}\n<!-- never closed ### Year"
    assert read_answers(hidden, tuple(forms.values())).texts["year"] == "2022"


def test_windows_line_ends_and_headings_of_others_are_taken(forms: dict[str, Form]) -> None:
    answers = {**NOTHING, "reason": "One.\n\n### Something else\n\nTwo."}
    text = filled(forms["publish-nothing-en"], answers).replace("\n", "\r\n")
    assert read_answers(text, tuple(forms.values())).texts["reason"] == "One.\n\n### Something else\n\nTwo."


def test_an_answer_cannot_answer_another_question(forms: dict[str, Form]) -> None:
    answers = {**NOTHING, "reason": "None.\n\n### Year\n\n1999"}
    with pytest.raises(InputError, match="“Year” stands in the form twice"):
        read_answers(filled(forms["publish-nothing-en"], answers), tuple(forms.values()))


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "The text is not one of the forms."),
        ("Hello,\n\n### Year\n\n2024", "The text is not one of the forms."),
        ("x" * (LONGEST + 1), "The text has 100001 characters; a form has 100000 at most."),
        ("### " + "#" * 90_000 + "x", "The text is not one of the forms."),
        ("<!--" * 20_000, "The text is not one of the forms."),
    ],
)
def test_what_is_no_form_is_told(text: str, says: str, forms: dict[str, Form]) -> None:
    with pytest.raises(InputError, match=re.escape(says)):
        read_answers(text, tuple(forms.values()))


def test_a_question_that_was_deleted_is_not_answered(forms: dict[str, Form], island_rules: Rules) -> None:
    text = filled(forms["publish-nothing-en"], NOTHING).replace("### Year\n\n2022\n\n", "")
    proposal = propose(read_answers(text, tuple(forms.values())), island_rules, TODAY)
    assert told(proposal) == ["Year: Nothing is written here, but it is needed. Fill it in."]


@pytest.mark.parametrize("name", ["report-grant-en", "correct-record-en", "publish-nothing-eo"])
@pytest.mark.parametrize(
    "text", ["=1+1", "\u202e\u0000\x1b[31m", "'; rm -rf /", "../../x", "A" * 5000, "<script>", "9" * 400]
)
def test_any_answer_ends_in_sentences(name: str, text: str, forms: dict[str, Form], island_rules: Rules) -> None:
    answers = {question.name: text for question in forms[name].questions}
    proposal = proposal_of(name, answers, forms, island_rules)
    assert not proposal.is_good
    assert proposal.faults


# The command


def run(portal: Path, text: str | bytes, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    """Run the command in the folder of a portal and see that whatever it says, it is words."""
    content = text.encode() if isinstance(text, str) else text
    (portal / "issue.md").write_bytes(content)
    command = [sys.executable, "-m", "portal", "from-issue", "issue.md", "--settings", "conf.py", *arguments]
    environment = {"PYTHONPATH": str(ROOT / "plugins"), "SOURCE_DATE_EPOCH": "1748736000", "PATH": "/usr/bin:/bin"}
    done = subprocess.run(command, cwd=portal, env=environment, capture_output=True, check=False)
    assert b"Traceback" not in done.stderr, done.stderr.decode()
    return done


@pytest.fixture
def portal(tiny: Path) -> Path:
    """A folder with the tiny records and a settings file for them."""
    (tiny.parent / "conf.py").write_text(
        f"import sys\nsys.path[:0] = [{str(ROOT / 'tests/data')!r}]\nfrom tinyconf import *\nfrom pathlib import Path\n"
        f"PORTAL = {{**PORTAL, 'data': Path({str(tiny)!r})}}\n",
        encoding="utf-8",
    )
    return tiny.parent


def test_nothing_is_written_before_yes_and_the_second_time_nothing_is_to_do(
    portal: Path, forms: dict[str, Form]
) -> None:
    before = {path: path.read_bytes() for path in (portal / "tiny").rglob("*") if path.is_file()}
    text = filled(forms["report-grant-en"], GRANT)
    shown = run(portal, text)
    assert (shown.returncode, {path: path.read_bytes() for path in before}) == (0, before)
    assert "Nothing is written yet." in shown.stdout.decode()
    written = run(portal, text, "--yes")
    assert written.returncode == 0, written.stdout.decode()
    assert "Written: grants/2024.csv, sources.csv." in written.stdout.decode()
    again = run(portal, text, "--yes")
    assert again.returncode == 1
    assert "The records say so already." in again.stdout.decode()


def test_a_correction_brings_its_reason_for_the_next_release(portal: Path, forms: dict[str, Form]) -> None:
    release(portal / "tiny", FIRST)
    text = filled(forms["correct-record-en"], CORRECTION)
    done = run(portal, text, "--yes")
    assert done.returncode == 0, done.stdout.decode()
    (file,) = (portal / "tiny/changes").iterdir()
    assert yaml.safe_load(file.read_text("utf-8")) == [
        {
            "resource": "grants",
            "id": "G-2024-2",
            "field": ["amount_awarded", "changed_on"],
            "reason_en": "The decision says so.",
        }
    ]
    other = {**CORRECTION, "column": "People planned", "value": "160", "reason": "Counted again."}
    assert run(portal, filled(forms["correct-record-en"], other), "--yes").returncode == 0
    made = release(portal / "tiny", date(2025, 7, 1))
    reasons = {change.field: change.reason.words("en") for change in made.changes}
    assert reasons == {
        "amount_awarded": "The decision says so.",
        "changed_on": "The decision says so.",
        "people_planned": "Counted again.",
    }


def test_the_answer_is_in_the_language_of_the_form_and_safe_to_show(portal: Path, forms: dict[str, Form]) -> None:
    answers = {**GRANT, "recipient": "@everyone <img src=x>", "funder": ""}
    done = run(portal, filled(forms["report-grant-eo"], answers), "--yes", "--format", "markdown")
    text = done.stdout.decode()
    assert done.returncode == 1
    assert next(one.label for one in forms["report-grant-eo"].questions if one.name == "recipient") in text
    assert "<img" not in text
    assert "@everyone" not in re.sub("<code>.*?</code>", "", text)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"\xff\xfe\x00", "The letters are not stored as UTF-8"),
        (b"", "The text is not one of the forms."),
        (b"x" * 1_000_000, "characters; a form has 100000 at most."),
        ("я".encode() * 500_000, "characters; a form has 100000 at most."),
    ],
)
def test_a_file_that_is_none_is_a_sentence(content: bytes, says: str, portal: Path) -> None:
    done = run(portal, content, "--yes", "--lang", "en")
    assert done.returncode == 2
    assert says in done.stdout.decode()


def test_a_file_that_is_not_there_is_a_sentence(portal: Path, capsys: pytest.CaptureFixture[str]) -> None:
    missing = str(portal / "none.md")
    assert main(["from-issue", missing, "--settings", str(portal / "conf.py"), "--lang", "en"]) == 2
    assert f"{missing} cannot be read: No such file or directory." in capsys.readouterr().out


def test_the_command_writes_the_forms_and_takes_old_ones_away(portal: Path, island_files: dict[str, str]) -> None:
    into = portal / "forms"
    into.mkdir()
    (into / "report-grant-xx.yml").write_text(island_files["config.yml"], "utf-8")
    (into / "bug.yml").write_text("name: Bug\n", "utf-8")
    assert main(["forms", "--into", str(into), "--settings", str(portal / "conf.py")]) == 0
    assert {path.name for path in into.iterdir()} == {*island_files, "bug.yml"}
    assert {name: (into / name).read_text("utf-8") for name in island_files} == island_files
