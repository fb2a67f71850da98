"""Numbers as text of signs that need one octet each and no escape, in a script as in JSON."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import product

SIGNS = tuple(chr(code) for code in range(32, 127) if chr(code) not in '"\\')
HALF = len(SIGNS) // 2  # the signs below it end a number of gaps(), those from it on continue one
COUNTED = HALF * HALF  # numbers whose text is made beforehand; larger gaps are rare


def width_of(size: int) -> int:
    """Signs that a value number below `size` needs."""
    width = 1
    while len(SIGNS) ** width < size:
        width += 1
    return width


def signs_of(size: int) -> tuple[str, ...]:
    """The text of every number below `size`, all of one width, the most significant sign first."""
    made = product(SIGNS, repeat=width_of(size))
    return tuple("".join(signs) for signs, _ in zip(made, range(size), strict=False))


def gaps(codes: Sequence[int]) -> str:
    """Ascending numbers as gaps. A code is a number doubled, plus 1 where the number is marked.

    A gap counts from the number before, the first from -1; the text is that of (gap - 1) * 2 + mark.
    """
    before = -2
    told = []
    for code in codes:
        told.append(code - before - 2)
        before = code & -2
    return "".join([_COUNTED[gap] if gap < COUNTED else _number(gap) for gap in told])


def plain_gaps(numbers: Iterable[int]) -> str:
    """The same for numbers of which none is marked."""
    return gaps([number * 2 for number in numbers])


def _number(value: int) -> str:
    text = SIGNS[value % HALF]
    while value := value // HALF:
        text = SIGNS[HALF + value % HALF] + text
    return text


_COUNTED = [_number(value) for value in range(COUNTED)]
