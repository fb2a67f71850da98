"""What DuckDB says about the same grants, asked in SQL that knows nothing of the index but the numbers of the grants.

A word is found in a grant when a folded word of its texts, or of a name that it points at, is a form of it, as
tests/explorer_model.py tells. Only folding itself is the portal's own, word by word.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import duckdb

from portal.database import SQL
from portal.explorer.fold import fold, words_of
from tests.explorer_model import is_form

TEXTS = ("title", "description", "beneficiary_note", "place_note")
LANGUAGES = ("ky", "ru", "en")
TOKEN = r"[\p{L}\p{N}]+(?:[''’ʼ`][\p{L}\p{N}]+)*"  # the quotation mark is doubled for SQL
NAMED = {  # dimension -> field, table, and what names in it are called
    "funder": ("funder", "organizations", "name"),
    "recipient": ("recipient", "organizations", "name"),
    "program": ("program", "programs", "title"),
    "call": ("call", "calls", "title"),
    "sphere": ("sphere", "spheres", "label"),
    "group": ("beneficiary_group", "beneficiary_groups", "label"),
    "place": ("place", "places", "name"),
}
DIMENSIONS = (*NAMED, "year", "status", "certainty", "amount", "paid", "results")
NONE = "none"

Condition = tuple[str, str]  # dimension, or "" for words; SQL


@dataclass(frozen=True, slots=True)
class Answer:
    """Exact figures, as the page gives them."""

    total: int
    first: list[int]  # numbers of the first grants
    facets: dict[str, dict[str, int]]  # dimension -> value, or “none” -> grants
    sums: dict[str, Any]
    years: dict[str, Any]


class Truth:
    """The tables of a DuckDB file, the numbers of an index, and the words of every grant."""

    def __init__(self, source: Path, index: Path) -> None:
        self.database = duckdb.connect(":memory:", config={"threads": 2})
        self.database.execute(f"attach '{source}' as filed (read_only); use filed")
        self.database.execute("create temp table numbers (id varchar, number integer)")
        for path in sorted((index / "i").glob("*.js")):
            known = _content(path)
            self.database.execute(
                "insert into numbers select unnest(?), unnest(?)", [list(known), list(known.values())]
            )
        self.meta = _content(index / "meta.js")
        self._check_numbers()
        paths = (SQL / "1_place_paths.sql").read_text(encoding="utf-8")
        self.database.execute(paths.replace("create view", "create temp view"))
        self._create_grants()
        self._create_words()
        self.names = {name: self._names(name) for name in NAMED}

    def _check_numbers(self) -> None:
        """Every grant has a number of its own, the newest first."""
        grants, numbers, least, most = self._row(
            "select count(*), count(distinct number), min(number), max(number) from grants join numbers using (id)"
        )
        (late,) = self._row("""
            select count(*)
            from (select year > lag(year) over (order by number) as is_late from grants join numbers using (id))
            where is_late""")
        if (grants, numbers, least, most, late) != (self.meta["n"], self.meta["n"], 0, self.meta["n"] - 1, 0):
            raise SystemExit(f"The numbers of the index are wrong: {(grants, numbers, least, most, late)}")

    def _create_grants(self) -> None:
        bands = "".join(
            f" when amount_awarded < {bound} then '{at}'" for at, bound in enumerate(self.meta["bands"], start=1)
        )
        self.database.execute(f"""
            create temp table g as
            select number, funder, recipient, program, call, sphere, beneficiary_group as "group", place,
                cast(year as varchar) as year, status, certainty, currency, amount_awarded, amount_group, counted,
                case when amount_awarded is null then null{bands} else '{len(self.meta["bands"]) + 1}' end as amount,
                if(grants.id in (select "grant" from payments where paid_on is not null), 'yes', 'no') as paid,
                if(grants.id in (select "grant" from reports where "grant" is not null), 'yes', 'no') as results
            from grants join numbers using (id) join certainties on certainties.code = certainty
            order by number""")

    def _create_words(self) -> None:
        texts = ", ".join(f"{text}_{language}" for text in TEXTS for language in LANGUAGES)
        self.database.execute(f"""
            create temp table tokens as
            select number, unnest(list_distinct(regexp_extract_all(concat_ws(' ', id, {texts}), '{TOKEN}'))) as token
            from grants join numbers using (id)""")
        self.database.execute("""
            create temp table words as
            select cast(row_number() over (order by token) as integer) as word, token
            from (select distinct token from tokens where length(token) >= 2)""")
        self.database.execute(
            "create temp table postings as select word, number from tokens join words using (token); drop table tokens"
        )
        found = self.database.execute("select word, token from words").fetchall()
        self.words: dict[str, list[int]] = {}  # folded -> words that fold to it
        for word, token in found:
            self.words.setdefault(fold(token), []).append(word)

    def _names(self, name: str) -> dict[str, set[str]]:
        """Value -> the folded words of its names; of a place also those of the places around it."""
        _, table, kind = NAMED[name]
        key = "code" if kind == "label" else "id"
        columns = ", ".join(f"{kind}_{language}" for language in LANGUAGES)
        rows = self.database.execute(f'select {key}, concat_ws(chr(10), {columns}) from "{table}"').fetchall()
        found = {identifier: set(words_of(names)) for identifier, names in rows}
        if name == "place":
            around = self.database.execute("select place, ancestor from place_paths").fetchall()
            own, found = found, {identifier: set() for identifier in found}
            for place, ancestor in around:
                found[place] |= own[ancestor]
        return found

    def term(self, typed: str, *, is_not: bool) -> Condition:
        """Grants in which a word is a form of a folded one, or those in which none is."""
        begins = partial(is_form, typed)
        words = [word for folded, found in self.words.items() if begins(folded) for word in found]
        tests = [f"number in (select number from postings where word in (select unnest({words or [0]})))"]
        for name, names in self.names.items():
            if values := [identifier for identifier, folded in names.items() if any(map(begins, folded))]:
                tests.append(f'coalesce("{name}" in (select unnest({_texts(values)})), false)')
        if years := [year for year in self.years if begins(year)]:
            tests.append(f"year in (select unnest({_texts(years)}))")
        return "", f"{'not ' if is_not else ''}({' or '.join(tests)})"

    @property
    def years(self) -> list[str]:
        """The years in which there are grants."""
        return [year for (year,) in self.database.execute("select distinct year from g order by year").fetchall()]

    def filter(self, name: str, values: Sequence[str]) -> Condition:
        """Grants that have one of some values; a place stands for all inside it."""
        said = _texts([value for value in values if value != NONE])
        column = f'"{name}"'
        test = f"{column} in (select unnest({said}))"
        if name == "place":
            test = f"place in (select place_paths.place from place_paths where ancestor in (select unnest({said})))"
        empty = f" or {column} is null" if NONE in values else ""
        return name, f"(coalesce({test}, false){empty})"

    def amounts(self, least: str | None, most: str | None) -> Condition:
        """Grants of which the amount is known and lies between two bounds."""
        tests = [f"amount_awarded {sign} {bound}" for sign, bound in ((">=", least), ("<=", most)) if bound]
        return "amount", f"coalesce({' and '.join(tests)}, false)"

    def ask(self, conditions: Sequence[Condition]) -> Answer:
        """Everything the page says about the grants that fulfil all conditions."""
        columns = "".join(f", {sql} as c{at}" for at, (_, sql) in enumerate(conditions))
        self.database.execute(f"create or replace temp table asked as select g.*{columns} from g")
        held = " and ".join([f"c{at}" for at in range(len(conditions))] or ["true"])
        self.database.execute(f"create or replace temp view held as select * from asked where {held}")
        facets = {}
        for name in DIMENSIONS:
            others = [f"c{at}" for at, (own, _) in enumerate(conditions) if own != name]
            facets[name] = dict(self._facet(name, " and ".join(others or ["true"])))
        first = self.database.execute("select number from held order by number limit 20").fetchall()
        return Answer(self._row("select count(*) from held")[0], [number for (number,) in first], facets, *self._sums())

    def are_held(self, numbers: Sequence[int]) -> bool:
        """Whether all of these grants fulfil the conditions of the last ask()."""
        return bool(
            self._row(f"select count(*) from held where number in (select unnest({list(numbers) or [-1]}))")[0]
            == len(numbers)
        )

    def _facet(self, name: str, where: str) -> Iterator[tuple[str, int]]:
        sql = f"select coalesce(\"{name}\", '{NONE}'), count(*) from asked where {where} group by 1"
        if name == "place":
            sql = f"""select coalesce(ancestor, '{NONE}'), count(*) from asked
                left join place_paths on place_paths.place = asked.place where {where} group by 1"""
        yield from self.database.execute(sql).fetchall()

    def _sums(self) -> tuple[dict[str, Any], dict[str, Any]]:
        def amounts(where: str) -> dict[str, tuple[str, int]]:
            rows = self.database.execute(f"""
                select currency, sum(amount_awarded), count(*) from held
                where amount_awarded is not null and {where} group by 1""").fetchall()
            return {currency: (_decimal(amount), grants) for currency, amount, grants in rows}

        counted, announced, with_amount = self._row("""
            select count(*) filter (where counted), count(*) filter (where not counted),
                count(*) filter (where counted and amount_awarded is not null) from held""")
        joint = self.database.execute("""
            select amount_group from held where counted and amount_group is not null group by 1
            having count(*) = (select count(*) from g as others where others.amount_group = held.amount_group)
            order by 1""").fetchall()
        years = self.database.execute(
            "select year, count(*), count(*) filter (where counted) from held group by 1"
        ).fetchall()
        by_year = self.database.execute("""
            select year, currency, sum(amount_awarded) from held
            where counted and amount_awarded is not null group by 1, 2
            """).fetchall()
        sums: dict[str, dict[str, str]] = {}
        for year, currency, amount in by_year:
            sums.setdefault(year, {})[currency] = _decimal(amount)
        return (
            {
                "counted": counted,
                "announced": announced,
                "withAmount": with_amount,
                "awarded": amounts("counted"),
                "announcedAmounts": amounts("not counted"),
                "joint": [identifier for (identifier,) in joint],
            },
            {year: [grants, known, sums.get(year, {})] for year, grants, known in years},
        )

    def _row(self, sql: str) -> Any:
        return self.database.execute(sql).fetchall()[0]


def _content(path: Path) -> Any:
    """The value that a file of the index gives."""
    text = path.read_text(encoding="utf-8")
    return json.loads(text[text.index(",") + 1 : text.rindex(")")])


def _texts(values: Sequence[str]) -> str:
    return (
        f"cast([{', '.join(chr(39) + value.replace(chr(39), chr(39) * 2) + chr(39) for value in values)}] as varchar[])"
    )


def _decimal(value: Any) -> str:
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
