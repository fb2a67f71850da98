"""Table Schema -> which rows Frictionless must look at: of large tables asked in SQL, of small ones in Python.

Strict on purpose: a row that is not in doubt is one that Frictionless accepts; a row in doubt may still be good.
Frictionless reads 13,000 rows a second, the SQL two million. Says nothing to people.
"""

from .compile import Screen, compile_screen, filled_cell, python_reader, repeats, typed
from .plain import Plain, compile_plain

__all__ = ["Plain", "Screen", "compile_plain", "compile_screen", "filled_cell", "python_reader", "repeats", "typed"]
