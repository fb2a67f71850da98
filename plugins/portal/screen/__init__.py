"""Table Schema -> SQL that says which rows Frictionless must look at. Judges text in DuckDB; says nothing to people.

Strict on purpose: a row that is not in doubt is one that Frictionless accepts; a row in doubt may still be good.
Frictionless reads 13,000 rows a second, this two million.
"""

from .compile import Screen, compile_screen, python_reader, repeats, typed

__all__ = ["Screen", "compile_screen", "python_reader", "repeats", "typed"]
