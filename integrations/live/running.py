"""One run against one provider, through the same adapters as events."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from integrations.accounts import adapters, rules
from integrations.live import calendars, rooms
from integrations.live.steps import Log, Step

PROVIDERS = ("google", "microsoft", "bigbluebutton", "caldav", "zoom")
PATIENCE = 30.0  # seconds
HEARD_ONLY = "Zoom only tells of meetings by signed notices. Nothing can be made or read there."


@dataclass(frozen=True)
class Wanted:
    """What a run is to speak with; `options`, `secret` and the rest as `adapters.made` takes them."""

    provider: str
    options: dict[str, object]
    secret: dict[str, str]
    calendar: str = ""
    subject: str = ""

    def account(self) -> Any:
        """The provider's object. Raises Denied."""
        return adapters.made(
            self.provider, self.options, self.secret, calendar=self.calendar, subject=self.subject
        )

    def values(self) -> list[str]:
        """Everything that must not stand in a report."""
        given = [*self.secret.values(), *(str(one) for one in self.options.values())]
        return [*given, self.calendar, self.subject]

    @property
    def simulated(self) -> bool:
        """Whether it goes to a simulator instead of the provider."""
        return bool(set(self.options) - adapters.PROVIDERS[self.provider].options)


def run(wanted: Wanted, log: Log, *, at: datetime, patience: float = PATIENCE) -> None:
    """Every step; what it made is removed, also when it is broken off by KeyboardInterrupt."""
    account = log.attempt("token", "Read the credentials", wanted.account)
    if account is None:
        return
    if wanted.provider in rules.CALENDARS:
        address = wanted.subject or (wanted.calendar if "@" in wanted.calendar else "")
        meets = wanted.provider in rules.MEETINGS
        calendars.CalendarRun(wanted.account, log, at, address, meets, patience).go()
    elif wanted.provider == "bigbluebutton":
        rooms.RoomRun(wanted.account, log, at, patience).go()
    else:
        for finding in account.check.check():
            log.finding(finding)
        log.skip("Make, change and remove", HEARD_ONLY)


def clean(wanted: Wanted, log: Log, *, at: datetime) -> None:
    """Remove what earlier runs left at the provider, and nothing else."""
    account = log.attempt("token", "Read the credentials", wanted.account)
    if account is None:
        return
    if wanted.provider in rules.CALENDARS:
        calendars.clean(account, log, at=at)
    elif wanted.provider == "bigbluebutton":
        rooms.clean(account, log)
    else:
        log.skip("Remove what earlier runs left", HEARD_ONLY)


def line(step: Step) -> str:
    """A step as it is shown while the run goes on."""
    return f"{step.outcome:8}{step.what}" + (f": {step.said}" if step.said else "")
