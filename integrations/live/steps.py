"""Steps of a run: each is tried, timed and told, and none stops the next."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from integrations.accounts import words
from integrations.live import granting
from integrations.live.scrubbing import Scrub
from integrations.ports import Finding, Trouble

T = TypeVar("T")
PAUSE = 2.0  # seconds between two looks at something that may take its time
OK, REFUSED, WRONG, SKIPPED = "ok", "refused", "wrong", "skipped"


class Skip(Exception):
    """The step means nothing here; the text says why."""


class Wrong(Exception):
    """The provider answered, and what stands there is not what was asked for."""


@dataclass(frozen=True)
class Step:
    """One line of the report. `outcome`: ok, refused, wrong or skipped; `seconds` is how long it took."""

    what: str
    outcome: str
    said: str
    seconds: float


def within(seconds: float, done: Callable[[], bool]) -> bool:
    """Whether something came true in time; asked at once, then again and again."""
    ends = time.monotonic() + seconds
    while not done():
        if time.monotonic() > ends:
            return False
        time.sleep(min(PAUSE, max(0.0, ends - time.monotonic())))
    return True


class Log:
    """The steps of one run, in order; `heard` is told of each as it ends."""

    def __init__(self, provider: str, scrub: Scrub, heard: Callable[[Step], None]) -> None:
        """Begin without steps."""
        self.provider, self.scrub, self.heard = provider, scrub, heard
        self.steps: list[Step] = []

    def attempt(self, name: str, what: str, deed: Callable[[], T], *, said: str = "") -> T | None:
        """Carry a step out; None when it did not go well. `name` says which right it needs."""
        began = time.monotonic()
        try:
            found = deed()
        except Skip as skip:
            self._add(what, SKIPPED, str(skip), began)
        except Wrong as wrong:
            self._add(what, WRONG, str(wrong), began)
        except Trouble as trouble:
            self._add(what, REFUSED, self._reason(name, trouble.code, trouble.said), began)
        else:
            self._add(what, OK, said, began)
            return found
        return None

    def finding(self, finding: Finding) -> None:
        """A line of the self-test."""
        outcome = OK if finding.went else REFUSED
        said = "" if finding.went else self._reason(finding.what, finding.code, finding.said)
        with_words = f"Self-test: {words.check(finding.what)}"
        self._add(with_words, outcome, said, time.monotonic())

    def skip(self, what: str, said: str) -> None:
        """A step that means nothing here."""
        self._add(what, SKIPPED, said, time.monotonic())

    def broke_off(self) -> None:
        """Somebody ended the run before its end."""
        self._add("The whole run", WRONG, "It was broken off by a signal.", time.monotonic())

    def count(self, outcome: str) -> int:
        """How many steps ended so."""
        return sum(1 for step in self.steps if step.outcome == outcome)

    def _reason(self, name: str, code: str, quoted: str) -> str:
        said = words.said(code)
        told = self.scrub(words.quoted(code, quoted))
        parts = [str(said.wrong), str(said.todo), granting.right(self.provider, name, code)]
        quote = f"The provider said: {told}" if told else ""
        return " ".join(part for part in [*parts, quote] if part)

    def _add(self, what: str, outcome: str, said: str, began: float) -> None:
        step = Step(what, outcome, said, time.monotonic() - began)
        self.steps.append(step)
        self.heard(step)
