"""Numbers as text of signs that need one octet each and no escape, in a script as in JSON."""

from __future__ import annotations

from itertools import product

SIGNS = tuple(chr(code) for code in range(32, 127) if chr(code) not in '"\\')
HALF = len(SIGNS) // 2  # the signs below it end a number of gaps(), those from it on continue one


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


def without_repeats(codes: list[int]) -> list[int]:
    """Codes of gaps() of which none is for the same number as the one before; of those the last, the marked one, stays.

    `codes` ascend. Nine lists of ten are about one number, half of the others have no repeats.
    """
    if codes and codes[0] >> 1 == codes[-1] >> 1:
        return codes[-1:]
    numbers = [code >> 1 for code in codes]
    if len(set(numbers)) == len(numbers):
        return codes
    return list(dict(zip(numbers, codes, strict=True)).values())


def gaps(codes: list[int]) -> str:
    """Ascending numbers as gaps. A code is a number doubled, plus 1 where the number is marked.

    A gap counts from the number before, the first from -1; the text is that of (gap - 1) * 2 + mark.
    """
    if len(codes) == 1:
        return _WRITTEN[codes[0]]
    before = [-2]
    before += [code & -2 for code in codes]  # map() and list comprehensions: a loop took four times as long
    return "".join(map(_WRITTEN.__getitem__, [code - 2 for code in map(int.__sub__, codes, before)]))


class _Written(dict[int, str]):
    """The texts of numbers of up to three signs that occurred: to make those of all would take 50 milliseconds."""

    def __missing__(self, value: int) -> str:
        text = _number(value)
        if value < HALF**3:
            self[value] = text
        return text


def _number(value: int) -> str:
    text = SIGNS[value % HALF]
    while value := value // HALF:
        text = SIGNS[HALF + value % HALF] + text
    return text


_WRITTEN = _Written()
