"""Random filters and words, each made so that a known grant, or most of it, fulfils them."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from typing import Any

from tests.bench.explorer.truth import DIMENSIONS, LANGUAGES, NONE, TOKEN, Truth

TITLES = ", ".join(f"title_{language}" for language in LANGUAGES)
NAMES = ", ".join(f"names.name_{language}" for language in LANGUAGES)
SAMPLE = 3_000  # grants that combinations are made of


@dataclass(slots=True)
class Combination:
    """What is asked: words, values and bounds."""

    words: list[str] = field(default_factory=list)  # one with - before it is left out
    filters: dict[str, list[str]] = field(default_factory=dict)
    least: str = ""
    most: str = ""

    @property
    def question(self) -> dict[str, Any]:
        """As the engine takes it."""
        return {"text": " ".join(self.words), "filters": self.filters, "from": self.least, "to": self.most}


def make_combinations(truth: Truth, count: int, seed: int) -> list[Combination]:
    """The same combinations every time."""
    rows = truth.database.execute(f"""
        select number, regexp_extract_all(concat_ws(' ', {TITLES}), '{TOKEN}'),
            regexp_extract_all(concat_ws(' ', {NAMES}), '{TOKEN}')
        from grants join numbers using (id) left join organizations as names on names.id = recipient
        order by hash(number) limit {SAMPLE}""").fetchall()
    columns = ", ".join(f'"{name}"' for name in DIMENSIONS)
    found = truth.database.execute(
        f"select number, {columns} from g where number in (select unnest(?))", [[number for number, *_ in rows]]
    ).fetchall()
    values = {number: dict(zip(DIMENSIONS, row, strict=True)) for number, *row in found}
    choose = random.Random(seed)
    sample = [(values[number], title, names) for number, title, names in rows]
    return [_combination(choose, sample) for _ in range(count)]


def _combination(choose: random.Random, sample: list[tuple[dict[str, Any], list[str], list[str]]]) -> Combination:
    (values, title, names), (others, other_title, _) = choose.sample(sample, 2)
    made = Combination()
    for _ in range(choose.choice((0, 1, 1, 1, 2, 2))):
        word = choose.choice(names if names and choose.random() < 0.2 else title or ["synthetic"])
        made.words.append(word[: choose.randint(2, 5)] if choose.random() < 0.2 else word)
    if choose.random() < 0.12 and other_title:
        made.words.append(f"-{choose.choice(other_title)}")
    for name in choose.sample(DIMENSIONS, choose.choice((0, 1, 1, 2, 3) if made.words else (1, 1, 2, 3))):
        wanted = {values[name] or NONE}
        if choose.random() < 0.4:
            wanted.add(others[name] or NONE)
        made.filters[name] = sorted(wanted)
    if choose.random() < 0.15:
        least = choose.choice(("0", "5000", "100000", "99999.75"))
        made.least, made.most = choose.choice(((least, ""), ("", "250000.5"), (least, "1000000")))
    return made
