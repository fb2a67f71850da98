"""The documents of the Open Contracting Data Standard: which processes there are, and what stands in each."""
