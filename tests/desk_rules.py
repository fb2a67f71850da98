"""Rules by which the desk is tried: those of the made-up portal Proba, in the languages ky, ru and en, and sheets."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from portal.desk.grid import Merged, Sheet, SheetRow
from portal.desk.model import CellProblem
from portal.desk.rules import Rules, read_rules
from portal.desk.told import told
from portal.i18n import Translations
from portal.load import load_tables
from portal.package import read_package
from portal.validate import validate_tables
from tests.desk_portal import make_desk_portal

ENGLISH = Translations(Path())  # a folder without .po files in it
PO = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\n'
LISTS = {
    "eo": ("jes", "ne", "sume|entute"),
    "ru": ("да|истина", "нет|ложь", "итого|всего|общий итог"),
    "ky": ("ооба|чын", "жок|жалган", "жыйынтыгы|бардыгы|баары"),
}


def word_lists(folder: Path) -> Translations:
    """Translations that hold only the lists of words for yes, no and total."""
    for language, words in LISTS.items():
        pairs = zip(("yes|y|true", "no|n|false", "total|totals|grand total|in total|sum|in all"), words, strict=True)
        text = "".join(f'msgid "{english}"\nmsgstr "{listed}"\n\n' for english, listed in pairs)
        (folder / f"{language}.po").write_text(PO + text, encoding="utf-8")
    return Translations(folder)


@cache
def rules_of_proba() -> Rules:
    """The rules of Proba: the schemas and code lists of data/ with made-up records. Shared, as it takes a second."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        settings = make_desk_portal(folder / "proba")
        (folder / "words").mkdir()
        package = read_package(settings.data, settings.languages)
        tables = validate_tables(load_tables(package))
        return read_rules(
            package,
            tables,
            settings.languages,
            settings.currency,
            settings.currency_names,
            translations=word_lists(folder / "words"),
        )


def sheet(*rows: Sequence[Any], merged: tuple[Merged, ...] = (), name: str = "Лист1") -> Sheet:
    """A sheet; an empty row is left out, as readers leave it out. Whole numbers become Decimal."""
    return Sheet(
        name,
        tuple(
            SheetRow(number, tuple(Decimal(str(cell)) if type(cell) in (int, float) else cell for cell in row))
            for number, row in enumerate(rows, start=1)
            if any(cell is not None for cell in row)
        ),
        merged,
    )


def lines(problems: tuple[CellProblem, ...]) -> list[str]:
    """The problems as an English reader sees them, without the name of the sheet."""
    return [told(problem, ENGLISH, "en").removeprefix("Sheet “Лист1”, ") for problem in problems]
