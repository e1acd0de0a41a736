"""The report of a run, as Markdown: without credentials, names of mailboxes or whole ids."""

from collections.abc import Sequence
from datetime import datetime

from integrations.accounts import words
from integrations.live.steps import OK, REFUSED, SKIPPED, WRONG, Log, Step

SIMULATED = (
    "**This run spoke with a simulator of ours. It says nothing about the provider itself.**"
)
FOOT = (
    "Made by `make live`. Only items that the run made itself were changed or removed. The report "
    "holds no credentials, no addresses of people and no whole ids; it may be sent on."
)


def outcome(log: Log) -> str:
    """In one sentence, how the run went."""
    bad = log.count(REFUSED) + log.count(WRONG)
    if bad:
        return f"{bad} of {len(log.steps)} steps did not go well."
    return f"Every step went well, {log.count(SKIPPED)} were left out."


def markdown(log: Log, *, at: datetime, ended_at: datetime, simulated: bool) -> str:
    """The whole report."""
    head = [
        f"# Kolega and {words.provider(log.provider)}: what went and what did not",
        f"Began {at:%Y-%m-%d %H:%M:%S} UTC, ended {ended_at:%Y-%m-%d %H:%M:%S} UTC. {outcome(log)}",
    ]
    parts = [*head, *([SIMULATED] if simulated else []), _table(log.steps), *_todo(log), FOOT]
    return "\n\n".join(parts) + "\n"


def _table(steps: Sequence[Step]) -> str:
    rows = [f"| {one.what} | {one.outcome} | {one.seconds:.1f} s | {one.said} |" for one in steps]
    return "\n".join(["| step | outcome | took | reason |", "|---|---|---|---|", *rows])


def _todo(log: Log) -> list[str]:
    if all(step.outcome in {OK, SKIPPED} for step in log.steps):
        return []
    guide = f"docs/providers/{log.provider}.md"
    return [f"What to grant stands beside each refused step, and step by step in `{guide}`."]
