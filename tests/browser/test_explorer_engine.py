"""theme/static/js/explorer/: the engine answers as if it had looked at every grant, from an index in small files."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from portal.explorer.endings import ENDINGS
from portal.explorer.fold import fold, words_of
from tests.browser.explorer_brute import Brute, Question, Term
from tests.browser.explorer_index import DIMENSIONS, FIELDS, LANGUAGES, Sizes, World, make_index, write_index

pytestmark = pytest.mark.long

SCRIPTS = Path(__file__).resolve().parents[2] / "theme/static/js/explorer"
ENGINE = ("core", "fold", "ask", "parts", "choices", "terms", "suggest", "rows", "tally", "engine")
WORDS = {
    "language": "ru", "languages": LANGUAGES, "labels": {name: name for name in DIMENSIONS} | {"funder": "Донор"},
    "endings": {code: sorted({"", *map(fold, endings)}) for code, endings in ENDINGS.items()},
    "passedOver": [],
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


def write_page(folder: Path, files: dict[str, Any]) -> None:
    """A page in a folder that has only the engine and an index."""
    write_index(files, folder / "explore")
    scripts = "".join(
        f'<script src="{(SCRIPTS / name).as_uri()}.js"></script>'
        + ('<script src="stub.js"></script>' if name == "core" else "")
        for name in ENGINE
    )
    (folder / "stub.js").write_text(STUB % json.dumps(WORDS, ensure_ascii=False), encoding="utf-8")
    (folder / "page.html").write_text(f"<!doctype html><meta charset=utf-8><body>{scripts}", encoding="utf-8")


def open_page(browser: Browser, folder: Path, has_index: bool = True) -> Page:
    """That page, with nothing of the index read yet."""
    page = browser.new_page()
    page.goto((folder / "page.html").as_uri())
    if has_index:
        page.evaluate("async () => { globalThis.index = await explorer.open('explore/', null); }")
    return page


@dataclass
class Asked:
    """An index in a folder, a page that reads it, and who knows what is in it."""

    page: Page
    brute: Brute
    folder: Path

    def ask(self, question: Question | None = None, **more: Any) -> dict[str, Any]:
        answer: dict[str, Any] = self.page.evaluate(ASK, (question or Question()).asked(**more))
        return answer

    def requests(self) -> int:
        return int(self.page.evaluate("explorer.requests"))


WORLDS = {
    "many windows": (700, Sizes(), ("AAA", "BBB")),
    "many windows, one currency": (500, Sizes(windows=tuple(range(0, 1000, 100))), ("AAA",)),
    "one window": (300, Sizes(windows=(0,), filed=frozenset()), ("AAA", "BBB")),
}


@pytest.fixture(scope="module", params=WORLDS)
def asked(
    request: pytest.FixtureRequest, browser: Browser, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Asked]:
    grants, sizes, currencies = WORLDS[request.param]
    yield from _asked(
        browser, tmp_path_factory.mktemp("index"), make_world(grants, sizes, len(request.param), currencies)
    )


@pytest.fixture(scope="module")
def large(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Asked]:
    """Many windows, in which questions do not come to an end."""
    sizes = Sizes(windows=(0, 8, *range(16, 10_000, 16)), rows=4, inside=2)
    yield from _asked(browser, tmp_path_factory.mktemp("large"), make_world(900, sizes, 3, ("AAA",)))


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Brute]:
    """A folder with an index, to be left as it is, and who knows what is in it."""
    world = make_world(300, Sizes(), 9)
    folder = tmp_path_factory.mktemp("small")
    write_page(folder, make_index(world))
    return folder, Brute(world)


@pytest.fixture
def fresh(browser: Browser, small: tuple[Path, Brute]) -> Iterator[Asked]:
    """An index of which nothing is read yet."""
    folder, brute = small
    page = open_page(browser, folder)
    yield Asked(page, brute, folder)
    page.close()


def _asked(browser: Browser, folder: Path, world: World) -> Iterator[Asked]:
    write_page(folder, make_index(world))
    page = open_page(browser, folder)
    yield Asked(page, Brute(world), folder)
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
def test_engine_answers_as_if_it_had_looked_at_every_grant(asked: Asked, seed: int) -> None:
    choose = random.Random(seed)
    for _ in range(25):
        question = random_question(asked.brute.world, choose)
        found = told(asked.ask(question))
        for part, value in asked.brute.answer(question).items():
            assert found[part] == value, (part, question)


def test_everything_is_told_without_a_question(asked: Asked) -> None:
    question = Question(facets=("place", "year", "funder"))
    expected = asked.brute.answer(question)
    before = asked.requests()
    answer = asked.ask(question, grants=0, parallel=True)
    assert asked.requests() == before
    assert told(answer) == expected | {"numbers": []}


def test_years_regions_and_programs_need_no_part_of_the_index(fresh: Asked) -> None:
    question = Question(filters={"year": ["2019", "2020"], "place": ["north", "none"], "program": ["PRG-1"]})
    answer = fresh.ask(question, grants=0, all=False, parallel=True, sums=False, facets=["year", "program"])
    assert fresh.requests() == 1  # meta
    assert answer["total"] == fresh.brute.answer(question)["total"] > 0
    assert answer["exact"]


def test_budget_ends_a_question_and_says_so(large: Asked) -> None:
    choose = random.Random(4)
    ended = 0
    for _ in range(30):
        question = random_question(large.brute.world, choose)
        before = large.requests()
        answer = large.ask(question, all=False, grants=20)
        expected = large.brute.answer(question)
        assert answer["done"]
        assert answer["total"] <= expected["total"]
        assert answer["total"] == expected["total"] or not answer["exact"]
        if question.sort == "newest":
            assert answer["numbers"] == expected["numbers"][:20] or not answer["exact"]
        for name, facet in answer["facets"].items():
            of_brute = expected["facets"][name]
            assert all(count <= of_brute.get(value, 0) for value, count in facet["counts"]), question
            assert dict(map(tuple, facet["counts"])) == of_brute or not facet["exact"], question
        assert answer["sums"]["counted"] <= expected["sums"]["counted"]
        assert {key: of for key, of in answer["sums"].items() if key != "exact"} == expected["sums"] or not answer[
            "sums"
        ]["exact"]
        ended += not answer["exact"]
        assert large.requests() - before < 400 or question.sort != "newest"
    assert ended > 3


def test_first_rows_come_before_all_is_counted(large: Asked) -> None:
    answer = large.ask(Question((Term("детей"),)), all=False)
    first = next(numbers for numbers, _ in answer["told"] if numbers)
    assert first == answer["numbers"][: len(first)]
    assert [done for _, done in answer["told"]] == [False] * (len(answer["told"]) - 1) + [True]
    assert len(answer["told"]) > 2


def test_newer_question_stops_the_older(fresh: Asked) -> None:
    stopped, calls, newer, beside = fresh.page.evaluate(
        """async (question) => {
            let calls = 0;
            const older = index.ask(question, () => { calls += 1; });
            const beside = index.ask({ ...question, parallel: true });
            const newer = index.ask(question);
            return [(await older).done, calls, (await newer).done, (await beside).done];
        }""",
        Question((Term("детей"),)).asked(),
    )
    assert [stopped, calls, newer, beside] == [False, 0, True, True]


KINDS = ("t", "p", "c/funder", "c/amounts", "c/year", "r", "i", "v")
BROKEN = [
    *((kind, text) for kind in KINDS for text in ("", "explorer(")),
    *(
        (kind, text)
        for kind in ("t", "p", "r", "v")
        for text in ('explorer("{path}", null);', 'explorer("{path}", "x");')
    ),
]  # nothing there, half of it, and what is no part of an index


@pytest.mark.parametrize(("kind", "broken"), BROKEN)
def test_broken_part_is_a_sentence_and_is_asked_for_again(fresh: Asked, kind: str, broken: str) -> None:
    folder = fresh.folder / "explore"
    texts = {path: path.read_text() for path in (folder / kind).rglob("*.js")}
    question = Question(
        (Term("детей"), Term("школа вода", is_phrase=True), Term("2019")),
        {"funder": ["FND-1", "FND-2"], "recipient": ["ORG-1", "ORG-2"]},
        facets=("recipient", "status"),
        groups="recipient",
    )
    simple = Question((Term("G-15"),), {}, at_least="0")
    try:
        for path in texts:
            name = path.relative_to(folder).as_posix().removesuffix(".js")
            path.write_text(broken.replace("{path}", name)) if broken else path.unlink()
        for one in (question, simple, Question((), {"year": ["2019"]}, sort="amount")):
            answer = fresh.ask(one, all=False, grants=20)
            assert answer["done"]
            assert answer["total"] <= fresh.brute.answer(one)["total"]
            assert not answer["faults"] or not answer["exact"]
            assert all("could not be loaded" in fault for fault in answer["faults"])
    finally:  # other tests read the folder too
        for path, text in texts.items():
            path.write_text(text)
    assert told(fresh.ask(question)) == fresh.brute.answer(question)


def test_missing_meta_is_an_error_with_its_path(fresh: Asked) -> None:
    found = fresh.page.evaluate(
        "async () => { try { await explorer.get('other'); } catch ({ path }) { return path; } }"
    )
    assert found == "other"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("рибилитация", "реабилитация"),
        ("шкоал", "школа"),
        ("тефлокомментарий", "тифлокомментарий"),
        ("пнадус", "пандус"),
        ("Сверной", "северная"),
        ("wtaer", "water"),
    ],
)
def test_misspelt_word_offers_the_nearest(asked: Asked, typed: str, meant: str) -> None:
    answer = asked.ask(text=f"{typed} 2019")
    assert answer["total"] == 0
    assert answer["suggestions"][0]["typed"] == typed
    assert meant[:5] in [one["word"][:5] for one in answer["suggestions"]]


def test_words_that_are_found_suggest_nothing(asked: Asked) -> None:
    assert asked.ask(text="детей -ъъъ абырвалг")["suggestions"] == []
    assert asked.ask(text="детей")["suggestions"] == []


@pytest.mark.parametrize("change", [str, str.lower, str.upper])
def test_identifier_finds_its_grant_first(asked: Asked, change: Callable[[str], str]) -> None:
    for number in (0, 3, 7, len(asked.brute.grants) - 1):
        identifier = asked.brute.grants[number]["id"]
        answer = asked.ask(text=change(identifier))
        if identifier.startswith("G-"):  # of “Gr7-3x” no way of writing it is known but its own
            assert answer["numbers"][0] == number
        if change is str:
            assert answer["numbers"][0] == number
            assert asked.ask(text=f"id:{identifier}")["numbers"] == [number]
            assert asked.ask(text=identifier, all=False, grants=1)["numbers"] == [number]


def test_filters_hold_for_a_grant_found_by_its_identifier(asked: Asked) -> None:
    grant = next(one for one in asked.brute.grants if one["id"].startswith("G-") and one["status"] == "open")
    assert asked.ask(text=grant["id"], filters={"status": ["open"]})["total"] == 1
    assert asked.ask(text=grant["id"], filters={"status": ["done"]})["total"] == 0


def test_unknown_values_are_named_and_the_rest_is_answered(asked: Asked) -> None:
    filters = {
        "funder": ["FND-1", "nobody"],
        "recipient": ["no-one"],
        "nothing": ["x"],
        "year": ["2019"],
        "place": ["<b>"],
    }
    answer = asked.ask(filters=filters)
    assert sorted(answer["unknown"]) == [
        ["funder", "nobody"], ["nothing", "x"], ["place", "<b>"], ["recipient", "no-one"],
    ]  # fmt: skip
    assert answer["total"] == asked.brute.answer(Question(filters={"funder": ["FND-1"], "year": ["2019"]}))["total"]


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        ("x" * 10_000, ["Only the first 200 signs are searched for."]),
        ("да нет " * 7, ["Only the first 12 words are searched for. Left out: да нет."]),
        ("а", ["There is no word to search for: a word has two letters or more."]),
        ('"', ["There is no word to search for: a word has two letters or more."]),
        ("<script>alert(1)</script>", []),
        ('funder:"" -: :x "', []),
        ("constructor __proto__ toString", []),
    ],
)
def test_strange_questions_are_answered(asked: Asked, text: str, faults: list[str]) -> None:
    answer = asked.ask(text=text)
    assert answer["faults"] == faults
    assert answer["done"]


def test_amount_that_is_none_is_said(asked: Asked) -> None:
    answer = asked.ask(None, **{"from": "many", "to": "1 200,50"})
    assert answer["faults"] == ["“many” is no amount. Write it in digits."]
    assert answer["total"] == asked.brute.answer(Question(at_most="1200.50"))["total"]


def test_field_is_known_by_its_name_on_the_page(asked: Asked) -> None:
    grant = next(one for one in asked.brute.grants if one["funder"])
    expected = asked.brute.answer(Question(filters={"funder": [grant["funder"]]}))["numbers"]
    for name in ("funder", "донор", "Донор"):
        assert asked.ask(text=f"{name}:{grant['funder'].lower()}")["numbers"] == expected


def test_rows_have_their_values_names_and_what_hangs_on_them(asked: Asked) -> None:
    world, grants = asked.brute.world, asked.brute.grants
    numbers = [0, 5, len(grants) - 1, 17]
    rows = asked.page.evaluate(
        """async (numbers) => (await index.rows(numbers)).map((row) => ({
            ...row,
            sources: row.sources("x"),
            names: row.names("organizations", row.values.recipient),
            funder: row.names("organizations", row.values.funder),
        }))""",
        numbers,
    )
    for number, row in zip(numbers, rows, strict=True):
        grant = grants[number]
        names = {"": [], **world.names["organizations"]}
        assert row["number"] == number
        assert row["id"] == grant["id"]
        assert row["values"] == dict(grant)
        assert [row["names"], row["funder"]] == [names[grant["recipient"]], names[grant["funder"]]]
        assert row["hanging"].get("payments", []) == ([{"amount": "1"}] if grant["id"] in world.paid else [])
        assert row["sources"] is None
        assert asked.page.evaluate("(id) => index.numberOf(id)", grant["id"]) == number
    assert asked.page.evaluate("index.numberOf('no such')") is None


def test_early_row_does_not_wait_for_the_names_of_filed_values(asked: Asked) -> None:
    number = next(at for at, grant in enumerate(asked.brute.grants) if grant["recipient"])
    row = asked.page.evaluate("(number) => index.early(number)", number)
    is_filed = "recipient" in asked.brute.world.sizes.filed
    assert row["isEarly"] == is_filed
    left_out = {"recipient": ""} if is_filed else {}
    assert row["values"] == {**asked.brute.grants[number], **left_out}


@pytest.mark.parametrize("dimension", ["recipient", "funder", "place", "year"])
def test_values_are_found_by_their_words(asked: Asked, dimension: str) -> None:
    world, brute = asked.brute.world, asked.brute
    counts = brute.answer(Question(facets=(dimension,)))["facets"][dimension]
    values = world.values(dimension)
    table = {"recipient": "organizations", "funder": "organizations", "place": "places"}.get(dimension)
    expected = [
        {"value": at, "id": one, "names": world.names[table][one] if table else [], "count": counts[at]}
        for at, one in enumerate(values)
        if at
    ]
    search = """async ([name, text, limit]) =>
        (await index.search(name, text, limit)).map(({ value, id, names, count }) => ({ value, id, names, count }))"""
    assert asked.page.evaluate(search, [dimension, "", 8]) == expected[:8]
    words = {"recipient": "ШКОЛА ор", "funder": "fnd", "place": "Холм", "year": "2019"}[dimension]
    fitting = [
        one
        for one in expected
        if all(
            any(word.startswith(fold(sought)) for text in (one["id"], *one["names"]) for word in words_of(text))
            for sought in words.split()
        )
    ]
    assert asked.page.evaluate(search, [dimension, words, 500]) == fitting
    assert fitting
    for one in expected[:3]:
        found = asked.page.evaluate("([name, id]) => index.valueNamed(name, id)", [dimension, one["id"]])
        assert {key: found[key] for key in one} == one
    assert asked.page.evaluate("(name) => index.valueNamed(name, 'nothing')", dimension) is None


def test_beginning_of_too_many_words_finds_at_least(browser: Browser, tmp_path: Path) -> None:
    world = make_world(300, Sizes(windows=(0,)), 1)
    grants = [
        {**one, "title_ru": f"аб{chr(1072 + at % 20)}{chr(1072 + at % 13)}к"} for at, one in enumerate(world.grants)
    ]
    for asked in _asked(browser, tmp_path, replace(world, grants=grants)):
        answer = asked.ask(text="аб", all=False)
        assert not answer["exact"]
        assert 60 < answer["total"] < 300
        assert told(asked.ask(text="аб"))["total"] == 300
        without = asked.ask(text="-аб")
        assert without["exact"]
        assert without["total"] == 0


def test_small_index_stands_in_the_page(browser: Browser, tmp_path: Path) -> None:
    world = make_world(60, Sizes(windows=(0,)), 2)
    write_page(tmp_path, {"meta": 0})
    page = open_page(browser, tmp_path, has_index=False)
    question = Question((Term("детей"),), facets=("year",))
    page.evaluate("async (files) => { globalThis.index = await explorer.open('nowhere/', files); }", make_index(world))
    assert told(page.evaluate(ASK, question.asked())) == Brute(world).answer(question)
    assert page.evaluate("explorer.requests") == 0
    page.close()


def test_index_of_nothing(browser: Browser, tmp_path: Path) -> None:
    world = replace(make_world(1, Sizes(), 2), grants=[], joint={})
    for asked in _asked(browser, tmp_path, world):
        answer = asked.ask(text="детей", facets=["year"], groups="year")
        assert [answer["total"], answer["exact"], answer["numbers"], answer["groups"]] == [0, True, [], []]
        assert asked.page.evaluate("index.numberOf('x')") is None
