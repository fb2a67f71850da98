"""Benchmarks: never a timed test. `make bench` prints medians with their spread; quote ratios within one run."""
