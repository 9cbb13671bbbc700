"""What every test may use; each part is a module of tests/plugins."""

pytest_plugins = [
    "tests.plugins.network",
    "tests.plugins.server",
    "tests.plugins.databases",
    "tests.plugins.templates",
    "tests.plugins.web",
    "tests.plugins.browser",
    "tests.plugins.missing",
]
