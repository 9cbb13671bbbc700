"""What every test may use; each part is a module of tests/plugins."""

from hypothesis import settings

pytest_plugins = [
    "tests.plugins.network",
    "tests.plugins.server",
    "tests.plugins.databases",
    "tests.plugins.worlds",
    "tests.plugins.templates",
    "tests.plugins.web",
    "tests.plugins.browser",
    "tests.plugins.missing",
]

# A busy machine is no fault: nothing that is timed is a test.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")
