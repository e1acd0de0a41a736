"""The self-test of an account (`ports.Check`): it only reads."""

from collections.abc import Callable, Mapping
from typing import Any

from integrations.ports import Denied, Finding, Gone, Trouble
from integrations.providers.google.payloads import MEET
from integrations.providers.google.service import Service

WRITERS = ("owner", "writer")
# Any minute will do to learn whether free and busy times are told.
MINUTE = {"timeMin": "2026-01-01T00:00:00Z", "timeMax": "2026-01-01T00:01:00Z"}
# After these nothing else can go well, so nothing else is tried.
HOPELESS = {"secret_wrong", "consent_revoked", "token_unreachable"}


class GoogleCheck:
    """Tries what the product needs of an account.

    `what` of the findings, in this order: token, calendar (readable), events (may be written),
    conference (Meet allowed in this calendar), busy, meet (who was there), drive (recordings).
    """

    def __init__(self, services: Mapping[str, Service], calendar: str) -> None:
        """Take a line per purpose and the calendar's id."""
        self.services = services
        self.calendar = calendar

    def check(self) -> list[Finding]:
        """One finding per need; where no token can be had only that one."""
        token = _tried("token", self.services["events"].sign_in)
        if token.code in HOPELESS:
            return [token]
        tries: dict[str, Callable[[], object]] = {
            "calendar": self._role, "events": self._events, "conference": self._conference,
            "busy": self._busy, "meet": self._meet, "drive": self._drive,
        }  # fmt: skip
        return [token, *(_tried(what, deed) for what, deed in tries.items())]

    def _run(self, purpose: str, make: Callable[[Any], Any]) -> dict[str, Any]:
        told: dict[str, Any] = self.services[purpose].run(make)
        return told

    def _role(self) -> str:
        told = self._run(
            "events", lambda calls: calls.events().list(calendarId=self.calendar, maxResults=1)
        )
        return str(told.get("accessRole", ""))

    def _events(self) -> None:
        role = self._role()
        if role not in WRITERS:
            raise Denied("forbidden", f"role {role or 'unknown'}")

    def _conference(self) -> None:
        told = self._run("calendar", lambda calls: calls.calendars().get(calendarId=self.calendar))
        allowed = told.get("conferenceProperties", {}).get("allowedConferenceSolutionTypes", [])
        if MEET not in allowed:
            raise Denied("conference_not_allowed", ", ".join(allowed))

    def _busy(self) -> None:
        body = {**MINUTE, "items": [{"id": self.calendar}]}
        told = self._run("busy", lambda calls: calls.freebusy().query(body=body))
        wrong = [
            error for one in told.get("calendars", {}).values() for error in one.get("errors", [])
        ]
        if wrong:
            raise Denied("calendar_missing", wrong[0].get("reason", ""))

    def _meet(self) -> None:
        self._run("meet", lambda calls: calls.conferenceRecords().list(pageSize=1))

    def _drive(self) -> None:
        self._run("drive", lambda calls: calls.files().list(pageSize=1, fields="files(id)"))


def _tried(what: str, deed: Callable[[], object]) -> Finding:
    try:
        deed()
    except Gone as gone:
        return Finding(what, went=False, code="calendar_missing", said=gone.said)
    except Trouble as trouble:
        return Finding(what, went=False, code=trouble.code, said=trouble.said)
    return Finding(what, went=True)
