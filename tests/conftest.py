"""What holds for every test."""

from collections import Counter

import pytest
from hypothesis import HealthCheck, settings

# A slow machine is no failure, and the same code passes or fails the same way each time.
settings.register_profile(
    "steady", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("steady")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say loudly what this computer has no means to try: a list of skipped tests is passed over."""
    skipped = terminalreporter.stats.get("skipped", ())
    reasons = Counter(str(report.longrepr[2]).removeprefix("Skipped: ") for report in skipped)
    if reasons:
        terminalreporter.section("NOT EVERYTHING WAS TRIED", sep="!", red=True)
    for reason, tests in reasons.items():
        terminalreporter.line(f"{tests} tests were left out: {reason}", red=True)
