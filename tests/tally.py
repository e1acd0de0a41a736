"""Says at the very end how many tests ran, how many did not, and why.

With CI=true a test may be left out for one reason only: the folder ../shared is not there.
"""

import os
from collections import Counter
from pathlib import Path

import pytest

SHARED = "../shared"
IS_THERE = (Path(__file__).resolve().parents[2] / "shared").is_dir()
LEFT_OUT: Counter[str] = Counter()
RAN: set[str] = set()
FAILED: set[str] = set()


def pytest_addoption(parser) -> None:
    """Where the names of failed tests are to be written."""
    parser.addoption("--failed-to", default="", help="write the ids of failed tests to this file")


def pytest_runtest_logreport(report) -> None:
    """Count one test."""
    if report.skipped:
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
        LEFT_OUT[reason.removeprefix("Skipped: ")] += 1
    elif report.when == "call" or report.failed:
        RAN.add(report.nodeid)
        if report.failed:
            FAILED.add(report.nodeid)


def pytest_collectreport(report) -> None:
    """Count a file that leaves itself out."""
    if report.skipped:
        LEFT_OUT[str(report.longrepr[2]).removeprefix("Skipped: ")] += 1


def pytest_deselected(items) -> None:
    """Count tests that were left out by a choice such as -k or -m."""
    LEFT_OUT["deselected"] += len(items)


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session) -> None:
    """Fail where a test was left out that may not be; write down what failed by itself."""
    told = session.config.getoption("--failed-to")
    if told and not hasattr(session.config, "workerinput") and not forbidden():
        Path(told).write_text("\n".join(sorted(FAILED)))
    if os.environ.get("CI") == "true" and forbidden() and session.exitstatus == 0:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


@pytest.hookimpl(trylast=True)
def pytest_unconfigure() -> None:
    """Print the tally as the last lines."""
    print(f"\nrun {len(RAN)}, failed {len(FAILED)}, skipped {sum(LEFT_OUT.values())}")
    for reason, count in sorted(LEFT_OUT.items()):
        print(f"  {count} skipped: {reason}")
    if os.environ.get("CI") == "true" and forbidden():
        print(f"  In CI a test may be skipped only because {SHARED} is absent.")


def forbidden() -> list[str]:
    """Reasons that CI does not take."""
    return [reason for reason in LEFT_OUT if SHARED not in reason or IS_THERE]
