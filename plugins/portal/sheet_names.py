"""Names of the sheets of a workbook, which Excel limits."""

from __future__ import annotations

from collections.abc import Iterable

LONGEST_NAME = 31  # characters
NOT_IN_NAMES = str.maketrans("", "", "[]:*?/\\")
KEPT = "history"  # that Excel keeps for itself


def sheet_names(wanted: Iterable[tuple[str, str]]) -> tuple[str, ...]:
    """Names that Excel allows and that differ, of (words, what to take where no letter of them is allowed)."""
    names: list[str] = []
    taken = {KEPT}
    for words, otherwise in wanted:
        bare = words.translate(NOT_IN_NAMES).strip("' ") or otherwise
        name, number = bare[:LONGEST_NAME].strip("' "), 2
        while name.casefold() in taken:
            ending = f" ({number})"
            name, number = bare[: LONGEST_NAME - len(ending)].strip("' ") + ending, number + 1
        taken.add(name.casefold())
        names.append(name)
    return tuple(names)
