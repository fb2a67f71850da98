"""Settings of the builds that are timed: the shipped ones, with a page for every grant."""
