"""theme/static/js/explorer/: the engine answers as if it had looked at every grant, from an index in small files."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from portal.explorer.endings import ENDINGS
from portal.explorer.fold import fold
from tests.browser.explorer_brute import Brute, Question, Term
from tests.browser.explorer_index import DIMENSIONS, FIELDS, LANGUAGES, Sizes, World, make_index, write_index

SCRIPTS = Path(__file__).resolve().parents[2] / "theme/static/js/explorer"
ENGINE = ("core", "fold", "ask", "parts", "choices", "terms", "suggest", "rows", "tally", "engine")
WORDS = {
    "language": "ru", "languages": LANGUAGES, "labels": {name: name for name in DIMENSIONS} | {"funder": "Донор"},
    "endings": {code: sorted({fold(ending) for ending in endings}) for code, endings in ENDINGS.items()},
}  # fmt: skip
STUB = """
    explorer.words = %s;
    explorer.say = (text, values = {}) => text.replace(/\\{(\\w+)\\}/g, (whole, name) => values[name] ?? whole);
"""
ASK = """async (question) => {
    const told = [];
    const answer = await index.ask(question, (part) => told.push([part.numbers, part.done]));
    const facets = Object.entries(answer.facets).map(([name, of]) => [name, { ...of, counts: [...of.counts] }]);
    return { ...answer, facets: Object.fromEntries(facets), years: answer.years && [...answer.years], told };
}"""

NOUNS = (
    "детей", "детям", "детский", "школа", "школы", "вода", "водой", "развитие", "развития", "реабилитация",
    "реабилитации", "балдардын", "балдарга", "бала", "children", "child", "water", "training", "trainings", "youth",
    "женщин", "женщины", "тренинг", "поддержка", "сельских", "мектеп", "мектепке", "жаштар", "2019", "ёлки", "елка",
)  # fmt: skip
RARE = ("пандус", "тифлокомментарий", "сурдоперевод")
PLACES = {
    "land": ("Тоолуу өлкө", "Горная страна", "Land of hills"),
    "north": ("Түндүк", "Северная область", "North"), "south": ("Түштүк", "Южная область", "South"),
    "lake": ("Көл району", "Озёрный район", "Lake district"), "hill": ("Дөң", "Холм", "Hill"),
    "spring": ("Булак", "Родник", "Spring village"), "abroad": ("Чет өлкө", "Зарубежье", "Abroad"),
}  # fmt: skip
PARENTS = {"north": "land", "south": "land", "lake": "north", "hill": "south", "spring": "lake"}


def make_world(grants: int, sizes: Sizes, seed: int, currencies: tuple[str, ...] = ("AAA", "BBB")) -> World:
    """Grants of random words and values, the same every time."""
    choose = random.Random(seed)

    def some(words: tuple[str, ...], most: int) -> str:
        return " ".join(choose.choices(words, k=choose.randint(1, most)))

    def either(prefix: str, count: int, gaps: float = 0.1) -> str:
        return "" if choose.random() < gaps else f"{prefix}-{int(count * choose.random() ** 2) + 1}"

    rows = []
    for number in range(grants):
        row = dict.fromkeys(FIELDS, "") | {
            "id": f"G-{number}" if number % 7 else f"Gr{number}-{choose.randint(1, 9)}x",
            "funder": either("FND", 5), "recipient": either("ORG", 120), "program": either("PRG", 4),
            "call": either("CALL", 6, 0.5), "sphere": either("SPH", 7), "beneficiary_group": either("GRP", 4),
            "place": choose.choice(["", *PLACES]), "year": str(choose.randint(2017, 2021)),
            "status": choose.choice(["open", "done", ""]), "certainty": choose.choice(["sure", "sure", "likely", "?"]),
            "title_ru": some(NOUNS, 4), "title_en": some(NOUNS, 2) if number % 3 else "",
            "description_ru": some(NOUNS, 9), "description_en": some((*NOUNS, *RARE), 3) if number % 5 == 0 else "",
            "place_note_ru": some(RARE, 1) if number % 50 == 0 else "",
        }  # fmt: skip
        kind = choose.random()
        if kind < 0.7:
            row["currency"] = choose.choice(currencies)
            row["amount_awarded"] = choose.choice(
                [
                    "1200",
                    "950000",
                    "49999.99",
                    "0.07",
                    "1950000.5",
                    "123456789012345.67",
                    "50000",
                    "8999999999999999.99",
                ]
            )
        elif kind < 0.8:
            row["amount_group"] = f"J-{choose.randint(1, grants // 10)}"
        rows.append(row)

    def names(prefix: str, count: int) -> dict[str, list[str]]:
        return {f"{prefix}-{at}": ["", f"{some(NOUNS, 2)} {at}ф", some(NOUNS, 2)] for at in range(1, count + 1)}

    of_tables = {
        "organizations": names("FND", 5) | names("ORG", 120), "programs": names("PRG", 4), "calls": names("CALL", 6),
        "spheres": names("SPH", 7), "beneficiary_groups": names("GRP", 4),
        "places": {key: list(texts) for key, texts in PLACES.items()},
    }  # fmt: skip
    used = sorted({row["amount_group"] for row in rows if row["amount_group"]})
    joint = {key: (str(choose.randint(1, 10**6)), "AAA") for key in used}
    ids = [row["id"] for row in rows]
    return World(rows, of_tables, PARENTS, joint, frozenset(choose.sample(ids, grants // 3)), frozenset(ids[:5]), sizes)


def random_question(world: World, choose: random.Random) -> Question:
    terms = []
    for _ in range(choose.choice([0, 0, 1, 1, 1, 2, 2, 3])):
        kind = choose.random()
        words = choose.choice([*NOUNS, *RARE, "Северной", "Озёрном", "2020"])
        if kind < 0.1:
            terms.append(Term(f"{choose.choice(NOUNS)} {choose.choice(NOUNS)}", is_phrase=True))
        elif kind < 0.15:
            terms.append(Term(words, is_phrase=True))
        elif kind < 0.3:
            name = choose.choice(["title", "description", "funder", "recipient", "place", "program"])
            terms.append(Term(words, field=name, is_not=choose.random() < 0.3, is_phrase=choose.random() < 0.2))
        else:
            terms.append(Term(words, is_not=choose.random() < 0.15))
    filters = {}
    names = ["funder", "recipient", "program", "call", "sphere", "group", "place", "year", "status", "certainty",
             "amount", "paid", "results", "currency", "joint"]  # fmt: skip
    for name in choose.sample(names, choose.choice([0, 0, 1, 1, 2, 3])):
        values = [value or "none" for value in world.values(name)]
        filters[name] = choose.sample(values, min(len(values), choose.choice([1, 1, 2, 3])))
    bounds = ["", "", "", "0", "1200", "49999.991", "50000", "950000", "8999999999999999.99"]
    return Question(
        tuple(terms),
        filters,
        choose.choice(bounds),
        choose.choice(bounds),
        choose.choice(["newest", "newest", "relevance", "amount", "-amount"]),
        tuple(choose.sample(list(DIMENSIONS), 4)),
        choose.choice([None, "recipient", "place", "funder", "year"]),
    )


def engine_page(browser: Browser, folder: Path, files: dict[str, Any]) -> Page:
    """A page in a folder that has only the engine and an index."""
    write_index(files, folder / "explore")
    scripts = "".join(
        f'<script src="{(SCRIPTS / name).as_uri()}.js"></script>'
        + ('<script src="stub.js"></script>' if name == "core" else "")
        for name in ENGINE
    )
    (folder / "stub.js").write_text(STUB % json.dumps(WORDS, ensure_ascii=False), encoding="utf-8")
    (folder / "page.html").write_text(f"<!doctype html><meta charset=utf-8><body>{scripts}", encoding="utf-8")
    page = browser.new_page()
    page.goto((folder / "page.html").as_uri())
    page.evaluate("async () => { globalThis.index = await explorer.open('explore/', null); }")
    return page


WORLDS = {
    "many windows": (700, Sizes(), ("AAA", "BBB")),
    "many windows, one currency": (500, Sizes(window=100), ("AAA",)),
    "one window": (300, Sizes(window=65_536, filed=frozenset()), ("AAA", "BBB")),
}


@pytest.fixture(scope="module", params=WORLDS)
def asked(
    request: pytest.FixtureRequest, browser: Browser, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Page, Brute]]:
    grants, sizes, currencies = WORLDS[request.param]
    world = make_world(grants, sizes, len(request.param), currencies)
    page = engine_page(browser, tmp_path_factory.mktemp("index"), make_index(world))
    yield page, Brute(world)
    page.close()


def told(answer: dict[str, Any]) -> dict[str, Any]:
    """An answer of the engine in the form of that of Brute."""
    groups = answer["groups"]
    assert answer["exact"]
    assert answer["done"]
    assert not answer["faults"]
    assert all(facet["exact"] for facet in answer["facets"].values())
    assert answer["sums"].pop("exact")
    return {
        "total": answer["total"],
        "numbers": answer["numbers"],
        "facets": {name: dict(map(tuple, facet["counts"])) for name, facet in answer["facets"].items()},
        "sums": answer["sums"],
        "years": {year: [of["grants"], of["counted"], of["sums"]] for year, of in answer["years"]},
        "groups": None
        if groups is None
        else {one["id"]: {key: one[key] for key in ("grants", "counted", "awarded")} for one in groups},
    }


@pytest.mark.parametrize("seed", range(4))
def test_engine_answers_as_if_it_had_looked_at_every_grant(asked: tuple[Page, Brute], seed: int) -> None:
    page, brute = asked
    choose = random.Random(seed)
    for _ in range(25):
        question = random_question(brute.world, choose)
        answer = page.evaluate(ASK, question.asked())
        expected = brute.answer(question)
        found = told(answer)
        for part, value in expected.items():
            assert found[part] == value, (part, question)
