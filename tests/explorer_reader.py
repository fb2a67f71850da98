"""Reads the files of an index as the browser does, written anew: what build_index() wrote must be found again."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from zlib import crc32

SIGNS = "".join(chr(code) for code in range(32, 127) if chr(code) not in '"\\')


class IndexReader:
    """An index below a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.meta = self.get("meta")
        self.dimensions = {one["name"]: one for one in self.meta["dimensions"]}

    def get(self, path: str) -> Any:
        """The value of a file."""
        text = (self.folder / f"{path}.js").read_text(encoding="utf-8")
        start = f'explorer("{path}",'
        assert text.startswith(start)
        assert text.endswith(");\n")
        return json.loads(text[len(start) : -3])

    def values_of(self, name: str) -> list[int]:
        """Number of the value of every grant."""
        one = self.dimensions[name]
        if one["constant"] is not None:
            return [one["constant"]] * self.meta["n"]
        text = "".join(self.get(f"c/{name}/{window}") for window in range(self.windows))
        return [fixed(text[at : at + one["width"]]) for at in range(0, len(text), one["width"])]

    @property
    def windows(self) -> int:
        """How many windows there are."""
        return len(self.meta["windows"])

    def amounts(self) -> list[str]:
        """Scaled amount of every grant, nothing where it is not known."""
        return [amount for window in range(self.windows) for amount in self.get(f"c/amounts/{window}").split(" ")]

    def ids_of(self, name: str) -> list[str]:
        """Identifier of the value of every grant."""
        return [self.value(name, number) for number in self.values_of(name)]

    def value(self, name: str, number: int) -> str:
        """Identifier of a value."""
        if not number:
            return ""
        if "values" in self.dimensions[name]:
            return str(self.dimensions[name]["values"][number])
        size = self.meta["values"]
        return str(self.get(f"v/{name}/{(number - 1) // size}")[(number - 1) % size][0])

    def entries(self) -> Iterator[tuple[str, str, list[tuple[int, int]]]]:
        """(key, word, [(number, mark)]) in the order of the files."""
        for at, first in enumerate(self.meta["shards"]):
            shard = self.get(f"t/{at}")
            assert next(iter(shard)) == first
            for key, (word, count, codes, *steps) in shard.items():
                firsts = steps[1:]
                found = (
                    [code for part in range(len(steps[0])) for code in gaps(self.get(f"p/{codes % 64}/{codes}-{part}"))]
                    if steps
                    else list(gaps(codes))
                )
                assert len(found) == count
                if firsts:
                    end = self.meta["windows"][1]
                    assert list(gaps(firsts[0])) == [code for code in found if code[0] < end]
                yield key, word, found

    def rows(self) -> Iterator[dict[str, str]]:
        """Cells of every grant by field, without the empty ones."""
        fields = {one["field"]: name for name, one in self.dimensions.items()}
        files = -(-self.meta["n"] // self.meta["rows"])
        for at in range(files):
            content = self.get(f"r/{at // 512}/{at}")
            columns = {}
            for field, packed in content["columns"].items():
                if isinstance(packed, dict):
                    width = self.dimensions[fields[field]]["width"]
                    numbers = [fixed(packed["v"][i : i + width]) for i in range(0, len(packed["v"]), width)]
                    columns[field] = [self.value(fields[field], number) for number in numbers]
                else:
                    columns[field] = list(unpacked(packed, content["n"]))
            for place in range(content["n"]):
                yield {field: cells[place] for field, cells in columns.items() if cells[place]}

    def number_of(self, identifier: str) -> int:
        """Number of a grant."""
        return int(self.get(f"i/{crc32(identifier.encode()) % self.meta['ids']}")[identifier])


def fixed(text: str) -> int:
    """A number of fixed width."""
    value = 0
    for sign in text:
        value = value * len(SIGNS) + SIGNS.index(sign)
    return value


def gaps(text: str) -> Iterator[tuple[int, int]]:
    """Numbers with their marks."""
    number, value = -1, 0
    for sign in text:
        digit = SIGNS.index(sign)
        if digit >= 46:
            value = value * 46 + digit - 46
            continue
        value = value * 46 + digit
        number += value // 2 + 1
        yield number, value % 2
        value = 0


def unpacked(packed: Any, count: int) -> Iterator[str]:
    """The cells of a column of a file of rows."""
    if isinstance(packed, str):
        yield from [packed] * count
    elif len(packed) == 2 and isinstance(packed[0], list):
        yield from (packed[0][SIGNS.index(sign)] for sign in packed[1])
    else:
        yield from packed
