"""What visitors ask: twenty questions of every kind, chosen from the records themselves."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

import duckdb

VISITS = 5  # the questions are shared out among so many visitors; the first of each meets an empty cache
TITLE = "concat_ws(' ', title_en, title_ru, title_ky)"
WORD = "[\\p{L}]{5,}"
WORDS = f"""
    create or replace temp table words as
    select word, count(*) as grants
    from (
        select id, unnest(list_distinct(regexp_extract_all(lower({TITLE}), '{WORD}'))) as word
        from grants
    )
    group by word"""


def common_word(database: duckdb.DuckDBPyConnection, place: int) -> str:
    """The word of most titles, but for some."""
    database.execute(WORDS)
    return str(_one(database, f"select word from words order by grants desc, word limit 1 offset {place}"))


def choose_questions(database: duckdb.DuckDBPyConnection) -> list[tuple[str, str]]:
    """(name, address behind #) of each question."""
    database.execute(WORDS)
    total = _one(database, "select count(*) from grants")
    common = [
        word for (word,) in database.execute("select word from words order by grants desc, word limit 40").fetchall()
    ]
    rare = _one(database, "select word from words order by abs(grants - ?), word limit 1", max(2, total // 6000))
    some = _one(database, "select word from words order by abs(grants - ?), word limit 1", max(3, total // 300))
    recipient, name = database.execute("""
        select organizations.id, coalesce(name_ru, name_en) from grants
        join organizations on organizations.id = recipient
        group by 1, 2 order by abs(count(*) - 200), 1 limit 1""").fetchall()[0]
    most = {
        field: [
            str(value)
            for (value,) in database.execute(
                f"select {field} from grants where {field} is not null group by 1 order by count(*) desc, 1 limit 9"
            ).fetchall()
        ]
        for field in ("funder", "program", "call", "sphere", "beneficiary_group", "place", "year", "status")
    }
    region = _one(database, "select id from places where kind = 'region' order by id limit 1 offset 2")
    identifier, phrase = database.execute(
        "select id, coalesce(title_ru, title_en, title_ky) from grants order by hash(id) limit 1"
    ).fetchall()[0]
    sphere, year, group = most["sphere"][2], most["year"][1], next(iter(most["beneficiary_group"]), None)
    questions: list[tuple[str, dict[str, Any]]] = [
        ("two common words", {"q": f"{common[0]} {common[6]}"}),
        ("region and year", {"place": region, "year": year}),
        ("word, region, year", {"q": common[0], "place": region, "year": year}),
        ("recipient", {"recipient": recipient}),
        ("common word", {"q": common[3]}),
        ("word and sphere", {"q": common[3], "sphere": sphere}),
        ("funder", {"funder": most["funder"][-1]}),
        ("sphere and funder", {"sphere": sphere, "funder": most["funder"][-1]}),
        ("rare word", {"q": rare}),
        ("amounts from, to", {"from": "100000", "to": "120000"}),
        ("status", {"status": most["status"][-1]}),
        ("identifier", {"q": identifier}),
        ("three letters", {"q": common[11][:3]}),
        ("word of a recipient and word", {"q": f"{name.split()[-1]} {common[0]}"}),
        ("program and year", {"program": most["program"][3], "year": most["year"][2]}),
        ("call", {"call": most["call"][0]} if most["call"] else {"program": most["program"][5]}),
        ("less common word", {"q": some}),
        ("word without another", {"q": f"{common[5]} -{common[0]}"}),
        ("group and results", {"group": group, "results": "yes"} if group else {"paid": "no", "year": most["year"][3]}),
        ("phrase", {"q": '"' + " ".join(phrase.split()[:2]) + '"'}),
    ]
    return [(name, f"#{urlencode(state)}") for name, state in questions]


def _one(database: duckdb.DuckDBPyConnection, sql: str, *values: Any) -> Any:
    return database.execute(sql, list(values)).fetchall()[0][0]
