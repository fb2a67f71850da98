"""The explorer measured: `make bench-explorer`. What comes out on one machine stands in RESULTS.md."""
