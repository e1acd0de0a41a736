"""`make live` as a process against far sides on loopback."""

import json
import os
import subprocess
import sys
from contextlib import contextmanager

from config.env import ROOT

SECONDS = 90


def environment(data, given):
    """Nothing of the tests' own database: a run needs none."""
    kept = {k: v for k, v in os.environ.items() if k in {"PATH", "HOME", "LANG"}}
    return {**kept, "KOLEGA_DATA": str(data), "STATIC_NAMES": "plain", **given}


def start(provider, data, given, *more):
    command = [sys.executable, "manage.py", "live", provider, *more]
    return subprocess.Popen(
        command, cwd=ROOT, env=environment(data, given), text=True,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip


def finish(process):
    out, err = process.communicate(timeout=SECONDS)
    return process.returncode, out, err


def run(provider, data, given, *more):
    return finish(start(provider, data, given, *more))


def google(simulator, **more):
    return {
        "KOLEGA_SIMULATORS": "yes", "LIVE_OPTIONS": json.dumps(simulator.endpoints()),
        "LIVE_GOOGLE_KEY": simulator.service_account(),
        "LIVE_GOOGLE_SUBJECT": "coordinator@school.example.org", **more,
    }  # fmt: skip


def rows(report):
    """Outcome and reason by step of a report."""
    cells = [line.strip("|").split(" | ") for line in report.splitlines() if line.startswith("| ")]
    return {
        one[0].strip(): (one[1].strip(), one[3].strip(" |")) for one in cells if one[1] != "outcome"
    }


def outcomes(report):
    return {what: outcome for what, (outcome, _reason) in rows(report).items()}


@contextmanager
def stopped_after(simulator, line):
    """The simulator calls `deed` (set on what is yielded) in the middle of the first such request."""
    hook = {"deed": None}
    answer = simulator.answer

    def watched(request):
        found = answer(request)
        if request.line.startswith(line) and hook["deed"] is not None:
            deed, hook["deed"] = hook["deed"], None
            deed()
        return found

    simulator.answer = watched
    try:
        yield hook
    finally:
        simulator.answer = answer
