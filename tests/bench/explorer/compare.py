"""The page's answers beside DuckDB's: all equal, or the page says “at least” and has no more."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

from tests.bench.explorer.combinations import Combination
from tests.bench.explorer.shell import PAGE
from tests.bench.explorer.truth import DIMENSIONS, Answer, Condition, Truth

ASK = """async ([question, facets, all]) => {
  const { index } = document.querySelector("grant-explorer");
  const answer = await index.ask({ ...question, facets, all, sums: true });
  const idsOf = async (name, counts) => {
    const { values } = index.meta.dimensions.find((one) => one.name === name);
    const found = [...counts];
    const numbers = found.map(([value]) => value);
    const ids = values ? numbers.map((one) => values[one]) : (await index.values(name, numbers)).map(({ id }) => id);
    return found.map(([, count], at) => [ids[at] || "none", count]);
  };
  const facetOf = async ([name, { exact, counts }]) => [name, [exact, await idsOf(name, counts)]];
  const told = await Promise.all(Object.entries(answer.facets).map(facetOf));
  return { ...answer, facets: told, years: [...(answer.years ?? [])] };
}"""
TYPED = "(text) => explorer.parse(text).terms.map(({ words, not }) => [words, not])"


@dataclass
class Verdict:
    """How many figures were equal, rightly “at least”, or wrong."""

    asked: int = 0
    exact: int = 0  # questions all of whose figures are equal
    equal: int = 0
    least: int = 0
    wrong: list[str] = field(default_factory=list)

    def note(self, what: str, *, is_exact: bool, found: Any, true: Any, is_less: bool) -> None:
        """Note one figure."""
        if found == true:
            self.equal += 1
        elif not is_exact and is_less:
            self.least += 1
        else:
            self.wrong.append(f"{what}: {found} instead of {true}{'' if is_exact else ' or less'}")


def open_page(page: Page, folder: Path) -> None:
    """The explorer of a folder, from disk."""
    page.goto(f"{(folder / PAGE).as_uri()}")
    page.wait_for_function("document.querySelector('grant-explorer').index")


def conditions_of(page: Page, truth: Truth, asked: Combination) -> list[Condition]:
    """What the question means, in SQL; the words as the page understands them."""
    found = [truth.filter(name, values) for name, values in asked.filters.items()]
    if asked.least or asked.most:
        found.append(truth.amounts(asked.least or None, asked.most or None))
    for words, is_not in page.evaluate(TYPED, " ".join(asked.words)):
        parts = [truth.term(word, is_not=False)[1] for word in words]
        found.append(("", f"{'not ' if is_not else ''}({' and '.join(parts)})"))
    return found


def compare(page: Page, truth: Truth, asked: Combination, verdict: Verdict, *, to_the_end: bool) -> bool:
    """Ask both; whether all figures are equal. `to_the_end`: as after a click on “Count to the end”."""
    told = page.evaluate(ASK, [asked.question, list(DIMENSIONS), to_the_end])
    true = truth.ask(conditions_of(page, truth, asked))
    name = f"{asked.question}{' (to the end)' if to_the_end else ''}"
    verdict.asked += 1
    before = verdict.equal
    figures = list(_figures(told, true, truth))
    for what, is_exact, found, expected, is_less in figures:
        verdict.note(f"{name}: {what}", is_exact=is_exact, found=found, true=expected, is_less=is_less)
    is_equal = verdict.equal - before == len(figures)
    verdict.exact += is_equal
    return is_equal


def _figures(told: dict[str, Any], true: Answer, truth: Truth) -> Iterator[tuple[str, bool, Any, Any, bool]]:
    """(what, whether the page says that it is exact, what it says, what is true, whether that is not more)."""
    yield "total", told["exact"], told["total"], true.total, told["total"] <= true.total
    first = told["numbers"][: len(true.first)]
    yield "first rows", told["exact"], first, true.first, truth.are_held(first)
    for name, (is_exact, counts) in told["facets"]:
        found, expected = dict(counts), true.facets[name]
        yield name, is_exact, found, expected, all(count <= expected.get(value, 0) for value, count in found.items())
    sums = told["sums"]
    for name in ("counted", "announced", "withAmount"):
        yield name, sums["exact"], sums[name], true.sums[name], sums[name] <= true.sums[name]
    for name in ("awarded", "announcedAmounts"):
        found = {one["currency"]: (one["amount"], one["grants"]) for one in sums[name]}
        expected = true.sums[name]
        yield name, sums["exact"], found, expected, all(_is_less(found[key], expected.get(key)) for key in found)
    joint = [one["id"] for one in sums["joint"]]
    yield "joint", sums["exact"], joint, true.sums["joint"], set(joint) <= set(true.sums["joint"])
    years = {year: [one["grants"], one["counted"], one["sums"]] for year, one in told["years"]}
    yield "years", sums["exact"], years, true.years, all(years[year][0] <= true.years[year][0] for year in years)


def _is_less(found: tuple[str, int], expected: tuple[str, int] | None) -> bool:
    return expected is not None and float(found[0]) <= float(expected[0]) and found[1] <= expected[1]
