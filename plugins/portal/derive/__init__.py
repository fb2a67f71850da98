"""The derived views as Parquet, for those who go on from there: made by DuckDB, or by Spark where one machine is small.

Both read the same typed tables and the same files of sql/. The site itself is always made from DuckDB.
"""

from .command import add_derive_arguments, run_derive

__all__ = ["add_derive_arguments", "run_derive"]
