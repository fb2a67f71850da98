"""Forms -> the files in which GitHub looks for them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from ..desk.rules import Rules
from ..errors import say
from ..i18n import Translations, language_name
from ..settings import Settings
from .kinds import kinds_for
from .questions import Form, Question, make_form

REMARK = "# Written by `make forms` from the schemas, code lists and records; changes here are lost.\n"
LABEL = "records"  # of issues that are forms, where the repository has such a label
TITLE = "[records] "  # begins the title of such issues, so that they are known also without the label
CONFIG = "config.yml"


def make_forms(rules: Rules, words: Translations) -> tuple[Form, ...]:
    """Every form in every language of the portal."""
    return tuple(make_form(kind, language, rules, words) for kind in kinds_for(rules) for language in rules.languages)


def form_files(rules: Rules, settings: Settings, words: Translations) -> dict[str, str]:
    """Name of each file -> its content."""
    forms = {f"{form.name}.yml": _file(_as_github(form, settings, words)) for form in make_forms(rules, words)}
    return {**forms, CONFIG: _file({"blank_issues_enabled": True})}


def write_forms(folder: Path, files: dict[str, str]) -> None:
    """Write the files, and take away forms that were written before and are no longer made."""
    folder.mkdir(parents=True, exist_ok=True)
    for path in folder.glob("*.yml"):
        if path.name not in files and path.read_text(encoding="utf-8").startswith(REMARK):
            path.unlink()
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")


def _file(content: dict[str, Any]) -> str:
    return REMARK + yaml.safe_dump(content, allow_unicode=True, sort_keys=False, width=110)


def _as_github(form: Form, settings: Settings, words: Translations) -> dict[str, Any]:
    own = settings.language_names.get(form.language)
    language = own.words(form.language) if own else language_name(form.language, form.language)
    told = say(
        "Write what the source says and leave empty what it does not say. "
        "A program makes records of it and proposes them; a person decides."
    )
    return {
        "name": f"{form.title} ({language})",
        "description": form.description,
        "title": f"{TITLE}{form.title}",
        "labels": [LABEL],
        "body": [
            {"type": "markdown", "attributes": {"value": words.message(form.language, told)}},
            *(_element(question) for question in form.questions),
        ],
    }


def _element(question: Question) -> dict[str, Any]:
    element: dict[str, Any] = {
        "type": question.kind,
        "id": question.name,
        "attributes": dict(_attributes(question)),
    }
    if question.is_required:
        element["validations"] = {"required": True}
    return element


def _attributes(question: Question) -> Iterator[tuple[str, Any]]:
    yield "label", question.label
    if question.help:
        yield "description", question.help
    if question.kind == "dropdown":
        yield "options", list(question.choices)
    if question.kind == "checkboxes":
        yield "options", [{"label": choice} for choice in question.choices]
    if question.value:
        yield "value", question.value
    if question.example:
        yield "placeholder", question.example
