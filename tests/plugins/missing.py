"""Says in the last lines what did not run here, and why: nothing is skipped silently."""

import os
from collections import Counter

import pytest


def reason_of(report: pytest.TestReport | pytest.CollectReport) -> str:
    """Return why a test was skipped."""
    said = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
    return said.removeprefix("Skipped: ")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    skipped = Counter(reason_of(report) for report in terminalreporter.stats.get("skipped", []))
    for reason, number in sorted(skipped.items()):
        terminalreporter.write_line(f"did not run here: {number} tests: {reason}", yellow=True)
    if os.environ.get("JIEDUI_LINT") == "failed":
        terminalreporter.write_line("lint found something: see the lines above the tests", red=True)
