"""A plan as JSON, with sentences in a language: for programs, and for the table of cases."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from ..cells import number_text
from ..errors import Message
from ..i18n import Translations
from .grid import column_letter
from .model import CellProblem
from .plan import FATES, AmountSums, Plan
from .plan_words import PlanWords


def plan_as_json(plan: Plan, words: PlanWords, translations: Translations, language: str) -> dict[str, Any]:
    """Everything that the sentences say, unshortened."""

    def told(*messages: Message) -> str:
        return " ".join(translations.message(language, message) for message in messages)

    def all_told(messages: Iterable[Message]) -> list[str]:
        return [told(message) for message in messages]

    return {
        "rows": {fate: sum(table.counts[fate] for table in plan.tables) for fate in FATES},
        "tables": {
            table.table: {
                "rows": table.counts,
                "made": len(table.made),
                "sums": [_sums(one) for one in table.sums],
                "unreadable_amounts": table.unreadable,
            }
            for table in plan.tables
        },
        "problems": problems_as_json(plan.verdict.problems, translations, language),
        "blocking": [
            {"file": one.file, "line": one.line, "field": one.column, "sentence": told(one.what, one.fix)}
            for one in plan.verdict.judgement.blocking
        ],
        "records": [
            {
                "sheet": row.match.row.sheet,
                "row": row.match.row.number,
                "table": row.match.row.table,
                "id": row.match.id,
                "fate": row.fate,
                "changes": [
                    {"field": change.field, "before": change.before, "after": change.after}
                    for change in row.match.changes
                ],
            }
            for row in plan.verdict.judgement.rows
        ],
        "left_aside": all_told(words.left_aside()),
        "good": all_told(words.good()),
        "advice": all_told(words.advice()),
    }


def problems_as_json(
    problems: Sequence[CellProblem], translations: Translations, language: str
) -> list[dict[str, Any]]:
    """Problems of cells with their sentences; the column is a letter, None for the row as a whole."""
    return [
        {
            "sheet": one.sheet,
            "row": one.row,
            "column": None if one.column is None else column_letter(one.column),
            "field": one.field,
            "level": one.level,
            "sentence": " ".join(translations.message(language, part) for part in (one.what, one.fix)),
        }
        for one in problems
    ]


def _sums(sums: AmountSums) -> dict[str, str]:
    names = ("given", "taken", "rejected", "before", "after")
    figures = {name: number_text(getattr(sums, name)) for name in names}
    return {"field": sums.field, "currency": sums.currency, **figures}
