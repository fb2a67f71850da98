"""Benchmarks: never a timed test. `make bench` prints medians with their spread; quote ratios within one run."""

from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent  # of the project
