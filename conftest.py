"""What every test can use: the built site, and the account of tests that a missing tool left out."""

pytest_plugins = ["tests.plugin_left_out", "tests.plugin_site"]
