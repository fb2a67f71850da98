"""A small index of the explorer, made from records without the builder and its database, so that both are tested."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any
from zlib import crc32

from portal.explorer import fold

words_of = cache(fold.words_of)  # the same few texts come again and again, and nobody changes the lists
LANGUAGES = ("ky", "ru", "en")
SIGNS = [chr(code) for code in range(32, 127) if chr(code) not in '"\\']
CUT, SCALE, IDS = 6, 2, 3
CERTAIN = ("sure", "likely")
BANDS = (1_000, 50_000, 10**15)
TEXTS = ("title_ru", "title_en", "description_ru", "description_en", "place_note_ru")
FIELDS = (
    "id", "funder", "recipient", "program", "call", "sphere", "beneficiary_group", "place", "year", "status",
    "certainty", "currency", "amount_awarded", "amount_group", *TEXTS,
)  # fmt: skip
REFERS = {
    "funder": "organizations", "recipient": "organizations", "program": "programs", "call": "calls",
    "sphere": "spheres", "beneficiary_group": "beneficiary_groups", "place": "places",
}  # fmt: skip
DIMENSIONS = {
    "funder": "funder", "recipient": "recipient", "program": "program", "call": "call", "sphere": "sphere",
    "group": "beneficiary_group", "place": "place", "year": "year", "status": "status", "certainty": "certainty",
    "currency": "currency", "amount": None, "paid": None, "results": None, "joint": "amount_group",
}  # fmt: skip


@dataclass(frozen=True)
class Sizes:
    """Of the files: small ones, so that few grants need many."""

    windows: tuple[int, ...] = (0, 20, 64, *range(128, 10_000, 128))  # first numbers
    rows: int = 16
    list: int = 32
    inside: int = 20
    first: int = 9
    values: int = 8
    shard: int = 40  # keys
    filed: frozenset[str] = frozenset({"recipient"})


@dataclass(frozen=True)
class World:
    """Grants as rows of text, the names of what they point at, and what else an index knows."""

    grants: Sequence[Mapping[str, str]]
    names: Mapping[str, Mapping[str, list[str]]]  # table -> id -> names by language
    parents: Mapping[str, str]  # place -> the place around it
    joint: Mapping[str, tuple[str, str]]  # id -> amount, currency
    paid: frozenset[str] = frozenset()
    reported: frozenset[str] = frozenset()
    sizes: Sizes = field(default_factory=Sizes)

    def around(self, place: str) -> list[str]:
        """The place and those around it, the innermost first."""
        found = [place] if place else []
        while found and found[-1] in self.parents:
            found.append(self.parents[found[-1]])
        return found

    def value(self, grant: Mapping[str, str], dimension: str) -> str:
        """What a grant has in a dimension; empty when it is not said."""
        name = DIMENSIONS[dimension]
        if dimension == "amount":
            amount = grant["amount_awarded"]
            return str(1 + sum(Decimal(amount) >= bound for bound in BANDS)) if amount else ""
        if dimension in ("paid", "results"):
            return "yes" if grant["id"] in (self.paid if dimension == "paid" else self.reported) else "no"
        return grant[name or ""]

    def ordered(self) -> list[Mapping[str, str]]:
        """In the order of their numbers."""
        newest = sorted(self.grants, key=lambda one: one["id"])
        newest.sort(key=lambda one: one["year"], reverse=True)
        if len(self.starts(len(newest))) == 1:
            return newest
        values = {name: self.values(name) for name in ("place", "program")}
        return sorted(
            newest,
            key=lambda one: (
                -int(one["year"]),
                values["place"].index(self.region(one["place"])),
                values["program"].index(one["program"]),
            ),
        )

    def starts(self, grants: int) -> list[int]:
        """First numbers of the windows."""
        return [start for start in self.sizes.windows if start < max(grants, 1)]

    def region(self, place: str) -> str:
        """The part of the country that a place lies in, or the country itself."""
        return ["", *reversed(self.around(place)), ""][min(2, len(self.around(place)))]

    def values(self, dimension: str) -> list[str]:
        """Values by their numbers; 0 is not said."""
        counts: defaultdict[str, int] = defaultdict(int)
        for grant in self.grants:
            value = self.value(grant, dimension)
            counts[value] += 1
            for place in self.around(value) if dimension == "place" else ():
                counts[place] += 0
        counts.pop("", None)
        if dimension == "amount":
            return ["", *(str(band + 1) for band in range(len(BANDS) + 1))]
        if dimension in ("year", "paid", "results"):
            return ["", *sorted(counts, reverse=True)]
        return ["", *sorted(counts, key=lambda one: (-counts[one], one))]


def coded(numbers: Iterable[int], width: int) -> str:
    return "".join("".join(SIGNS[number // 93**at % 93] for at in reversed(range(width))) for number in numbers)


def width_of(size: int) -> int:
    return next(width for width in (1, 2, 3) if 93**width >= size)


def gaps(codes: Sequence[int]) -> str:
    text, before = [], -1
    for code in codes:
        number, mark = divmod(code, 2)
        value = (number - before - 1) * 2 + mark
        before = number
        digits = [SIGNS[value % 46]]
        while value := value // 46:
            digits.insert(0, SIGNS[46 + value % 46])
        text.append("".join(digits))
    return "".join(text)


def scaled(amount: str) -> int:
    return int(Decimal(amount) * 10**SCALE)


def plain(amount: Decimal) -> str:
    text = f"{amount:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


class Maker:
    """Makes the files of a world."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.grants = world.ordered()
        self.values = {name: world.values(name) for name in DIMENSIONS}
        self.files: dict[str, Any] = {}
        self.keys: dict[str, list[Any]] = {}
        self.lists = 0

    def add(self, key: str, word: str, codes: Sequence[int]) -> None:
        """A key and the list behind it."""
        sizes = self.world.sizes
        if len(codes) <= sizes.inside:
            self.keys[key] = [word, len(codes), gaps(codes)]
            return
        parts = [codes[at : at + sizes.list] for at in range(0, len(codes), sizes.list)]
        firsts = [part[0] // 2 for part in parts]
        starts = self.world.starts(len(self.grants))
        first = [code for code in codes if code < starts[1] * 2] if len(starts) > 1 else []
        seen = [gaps(first)] if len(starts) > 1 and len(first) <= sizes.first else []
        steps = [a - b for a, b in zip(firsts, [0, *firsts], strict=False)]
        self.keys[key] = [word, len(codes), self.lists, steps, *seen]
        for at, part in enumerate(parts):
            self.files[f"p/{self.lists % 64}/{self.lists}-{at}"] = gaps(part)
        self.lists += 1

    def windows(self) -> list[tuple[int, slice]]:
        """Number of each window, and its grants."""
        starts = self.world.starts(len(self.grants))
        return [(at, slice(*pair)) for at, pair in enumerate(zip(starts, [*starts[1:], None], strict=True))]

    def dimension(self, name: str, about: str | None) -> dict[str, Any]:
        """What meta says of a dimension; its files."""
        values, table = self.values[name], REFERS.get(about or "")
        numbers = [values.index(self.world.value(grant, name)) for grant in self.grants]
        one: dict[str, Any] = {
            "name": name, "field": about, "table": table, "kind": "listed", "size": len(values),
            "width": width_of(len(values)), "constant": numbers[0] if len(set(numbers)) == 1 else None,
        }  # fmt: skip
        if one["constant"] is None:
            for at, part in self.windows():
                self.files[f"c/{name}/{at}"] = coded(numbers[part], one["width"])
        if name in self.world.sizes.filed:
            self.file_values(name, table or "", numbers)
            return one | {"kind": "filed"}
        of = [Counter(numbers[part]) for _, part in self.windows()]
        labels = [[], *(self.world.names[table][key] for key in values[1:])] if table else []
        parents = {"parents": [self.parent(key) for key in values]} if name == "place" else {}
        counts = [[counted[value] for counted in of] for value in range(len(values))]
        return one | {"values": values, "labels": labels, "counts": counts} | parents

    def parent(self, place: str) -> int:
        return self.values["place"].index(self.world.parents.get(place, ""))

    def file_values(self, name: str, table: str, numbers: Sequence[int]) -> None:
        """Keys and files of the values of a filed dimension."""
        named: defaultdict[str, list[int]] = defaultdict(list)
        rows = []
        for value, key in enumerate(self.values[name][1:], start=1):
            grants = [number * 2 for number, own in enumerate(numbers) if own == value]
            self.add(f"{name}={key}", key, grants)
            names = self.world.names[table][key]
            for start in {word[:CUT] for text in (key, *names) for word in words_of(text)}:
                named[f"{name}:{start}"].append(value * 2)
            rows.append([key, names, len(grants)])
        for start, found in named.items():
            self.add(start, start, found)
        for at in range(0, len(rows), self.world.sizes.values):
            self.files[f"v/{name}/{at // self.world.sizes.values}"] = rows[at : at + self.world.sizes.values]

    def words(self) -> None:
        """Keys of the words of the texts."""
        found: defaultdict[str, dict[int, int]] = defaultdict(dict)
        for number, grant in enumerate(self.grants):
            for is_title, text in searched(self.world, grant):
                for word in words_of(text):
                    codes = found[word[:CUT]]
                    codes[number] = max(codes.get(number, 0), int(is_title))
        spelled = {word[:CUT]: raw for raw, word in spellings(self.world)}
        for key, marks in found.items():
            self.add(key, spelled.get(key, key), sorted(number * 2 + mark for number, mark in marks.items()))

    def shards(self) -> list[str]:
        """Files of the keys; the first key of each."""
        ordered = sorted(self.keys, key=lambda key: key.encode("utf-16-be"))
        firsts = ordered[:: self.world.sizes.shard]
        for at in range(len(firsts)):
            part = ordered[at * self.world.sizes.shard : (at + 1) * self.world.sizes.shard]
            self.files[f"t/{at}"] = {key: self.keys[key] for key in part}
        return firsts

    def rest(self) -> None:
        """Files of amounts, identifiers and rows."""
        sizes = self.world.sizes
        amounts = [str(scaled(grant["amount_awarded"])) if grant["amount_awarded"] else "" for grant in self.grants]
        for at, part in self.windows():
            if any(amounts):
                self.files[f"c/amounts/{at}"] = " ".join(amounts[part])
        for at in range(IDS):
            self.files[f"i/{at}"] = {
                grant["id"]: number
                for number, grant in enumerate(self.grants)
                if crc32(grant["id"].encode()) % IDS == at
            }
        for at in range(0, len(self.grants), sizes.rows):
            file = at // sizes.rows
            self.files[f"r/{file >> 9}/{file}"] = row_file(self.world, self.grants[at : at + sizes.rows], self.values)

    def meta(self) -> dict[str, Any]:
        world, sizes, grants = self.world, self.world.sizes, self.grants
        counted = [grant for grant in grants if grant["certainty"] in CERTAIN]
        others = [grant for grant in grants if grant["certainty"] not in CERTAIN]
        is_filed = "recipient" in sizes.filed
        names = {key: of for key, of in world.names["organizations"].items() if key.startswith("FND") or not is_filed}
        return {
            "format": 1, "version": "test", "n": len(grants), "languages": LANGUAGES, "rows": sizes.rows,
            "windows": self.world.starts(len(grants)), "list": sizes.list, "values": sizes.values, "cut": CUT,
            "ids": IDS, "scale": SCALE, "currency": "AAA", "fields": FIELDS, "refers": REFERS, "lists": {},
            "numbers": ["amount_awarded", "year"],
            "names": {**world.names, "organizations": names},
            "dimensions": [self.dimension(name, about) for name, about in DIMENSIONS.items()],
            "bands": [str(bound) for bound in BANDS],
            "certain": [at for at, key in enumerate(self.values["certainty"]) if key in CERTAIN],
            "all": {
                "total": len(grants), "counted": len(counted), "announced": len(others), "awarded": sums(counted),
                "announcedAmounts": sums(others), "joint": joint_sums(world, counted), "years": years(grants),
            },
            "runs": runs(world, grants, self.values) if len(self.windows()) > 1 else None,
            "joint": [
                [key, *world.joint[key], sum(grant["amount_group"] == key for grant in grants)]
                for key in sorted(world.joint)
            ],
            "shards": self.shards(), "sources": {},
        }  # fmt: skip


def make_index(world: World) -> dict[str, Any]:
    """Path -> content of every file of the index."""
    maker = Maker(world)
    maker.words()
    maker.rest()
    meta = maker.meta()
    return maker.files | {"meta": meta}


def searched(world: World, grant: Mapping[str, str]) -> list[tuple[bool, str]]:
    """(whether it is a title, text) of every text of a grant that is in the lists of words."""
    texts = [(name.startswith("title"), grant[name]) for name in TEXTS]
    names = [
        (False, text)
        for name in world.sizes.filed
        if grant[DIMENSIONS[name] or ""]
        for text in world.names[REFERS[DIMENSIONS[name] or ""]][grant[DIMENSIONS[name] or ""]]
    ]
    return [*texts, (False, grant["id"]), *names]


def spellings(world: World) -> list[tuple[str, str]]:
    """(word in lower case, folded), the most frequent last."""
    counts: defaultdict[tuple[str, str], int] = defaultdict(int)
    for grant in world.grants:
        for _, text in searched(world, grant):
            for raw in text.lower().replace(",", " ").split():
                for word in words_of(raw):
                    counts[raw, word] += 1
    return sorted(counts, key=lambda one: (counts[one], one))


def row_file(world: World, part: Sequence[Mapping[str, str]], values: Mapping[str, list[str]]) -> dict[str, Any]:
    columns: dict[str, Any] = {}
    filed = {DIMENSIONS[name]: name for name in world.sizes.filed}
    for name in FIELDS:
        cells = [grant[name] for grant in part]
        distinct = sorted(set(cells))
        if name in filed:
            of = values[filed[name]]
            columns[name] = {"v": coded([of.index(cell) for cell in cells], width_of(len(of)))}
        elif len(distinct) == 1:
            columns |= {name: distinct[0]} if distinct[0] else {}
        elif len(distinct) * 2 > len(cells):
            columns[name] = cells
        else:
            columns[name] = [distinct, coded([distinct.index(cell) for cell in cells], 1)]
    paid = {str(at): [{"amount": "1"}] for at, grant in enumerate(part) if grant["id"] in world.paid}
    return {"n": len(part), "columns": columns, "hanging": {"payments": paid}}


def sums(grants: Iterable[Mapping[str, str]]) -> list[dict[str, Any]]:
    """Amounts by currency, that of most grants first."""
    found: defaultdict[str, list[Decimal]] = defaultdict(list)
    for grant in grants:
        if grant["amount_awarded"]:
            found[grant["currency"]].append(Decimal(grant["amount_awarded"]))
    listed = [{"currency": key, "amount": plain(sum(of, Decimal())), "grants": len(of)} for key, of in found.items()]
    return sorted(listed, key=lambda one: (-one["grants"], one["currency"]))


def joint_sums(world: World, counted: Sequence[Mapping[str, str]]) -> list[dict[str, Any]]:
    """The joint sums of which every grant is here and counted."""
    found = []
    for key, (amount, currency) in sorted(world.joint.items()):
        members = sum(grant["amount_group"] == key for grant in world.grants)
        here = sum(grant["amount_group"] == key for grant in counted)
        if here == members > 0:
            found.append({"id": key, "amount": amount, "currency": currency, "grants": members})
    return found


def years(grants: Iterable[Mapping[str, str]]) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = {}
    by_year: defaultdict[str, list[Mapping[str, str]]] = defaultdict(list)
    for grant in grants:
        by_year[grant["year"]].append(grant)
    for year in sorted(by_year, reverse=True):
        counted = [grant for grant in by_year[year] if grant["certainty"] in CERTAIN]
        of = {one["currency"]: one["amount"] for one in sums(counted)}
        found[year] = [len(by_year[year]), len(counted), of]
    return found


def runs(world: World, grants: Sequence[Mapping[str, str]], values: Mapping[str, list[str]]) -> dict[str, Any]:
    cells: list[list[Any]] = []
    one_currency = len(values["currency"]) == 2
    for grant in grants:
        key = [
            values["year"].index(grant["year"]),
            values["place"].index(world.region(grant["place"])),
            values["program"].index(grant["program"]),
        ]
        if not cells or cells[-1][:3] != key:
            cells.append([*key, 0, 0, 0, ""])
        cell = cells[-1]
        cell[3] += 1
        if grant["certainty"] in CERTAIN:
            cell[4] += 1
            if grant["amount_awarded"]:
                cell[5] += 1
                cell[6] = (cell[6] or 0) + scaled(grant["amount_awarded"]) if one_currency else ""
    return {"program": True, "cells": "|".join(",".join(map(str, cell)) for cell in cells)}


def write_index(files: Mapping[str, Any], folder: Path) -> None:
    """As scripts, as the builder writes them."""
    for path, content in files.items():
        target = folder / f"{path}.js"
        target.parent.mkdir(parents=True, exist_ok=True)
        text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
        target.write_text(f'explorer("{path}",{text});\n', encoding="utf-8")
