"""Somebody else's calendar server as a peer of the contract: a fresh calendar for each."""

from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from urllib.parse import urlsplit

import requests
import vobject
from defusedxml.ElementTree import fromstring

from integrations.providers.caldav.connect import connect
from integrations.simulators.serving import running
from tests.contracts.relay import FAULTS, Relay

NUMBERS = count(1)
USER, PASSWORD = "tester", "correct horse"


@dataclass
class CalDavPeer:
    """The calendar at `home` + `name` of the server behind a relay."""

    relay: Relay
    behind: str
    path: str
    faults: frozenset[str] = FAULTS

    def connected(self):
        return connect(
            {"server": self.relay.url, "allowed_hosts": "127.0.0.1"},
            {"user": USER, "password": PASSWORD},
            calendar=self.path, subject="tester@example.org",
        )  # fmt: skip

    def calendar(self):
        return self.connected().calendar

    def fault(self, kind: str, **more: object) -> None:
        self.relay.faults.switch_on(kind, **more)

    def calm(self) -> None:
        self.relay.faults.clear()

    def moved_there(self, remote_id, starts_at, ends_at) -> None:
        def move(event) -> None:
            zone = event.dtstart.value.tzinfo  # as a program does that shows the entry's own zone
            event.dtstart.value = starts_at.astimezone(zone)
            event.dtend.value = ends_at.astimezone(zone)

        self.edited_there(remote_id, move)

    def edited_there(self, remote_id, edit) -> None:
        """Somebody's calendar program (vobject) reads the file, changes it and writes it back."""
        standing = self._ask("GET", remote_id)
        held = vobject.readOne(standing.content.decode())
        edit(held.vevent)
        headers = {"If-Match": standing.headers["ETag"], "Content-Type": "text/calendar"}
        self._ask("PUT", remote_id, data=held.serialize().encode(), headers=headers)

    def stored(self, remote_id: str) -> str:
        """The file over there."""
        return self._ask("GET", remote_id).content.decode()

    def put_there(self, name: str, body: str) -> None:
        """Somebody puts a file of their own there."""
        self._ask("PUT", name, data=body.encode(), headers={"Content-Type": "text/calendar"})

    def removed_there(self, remote_id: str) -> None:
        self._ask("DELETE", remote_id)

    def forget_cursors(self) -> None:
        self.relay.forget_cursors()

    def names(self) -> list[str]:
        answer = self._ask("PROPFIND", "", headers={"Depth": "1"})
        paths = [urlsplit(one.text).path for one in fromstring(answer.content).iter("{DAV:}href")]
        return sorted({path.rpartition("/")[2] for path in paths if path.endswith(".ics")})

    def count(self) -> int:
        return len(self.names())

    def invitations(self) -> int:
        """A server invites whom a file names: files with guests or an organizer."""
        held = [self.stored(name) for name in self.names()]
        return sum("ATTENDEE" in one or "ORGANIZER" in one for one in held)

    def _ask(self, method, name, **more):
        answer = requests.request(
            method, f"{self.behind}{self.path}{name}", auth=(USER, PASSWORD), timeout=10, **more
        )
        answer.raise_for_status()
        return answer


@contextmanager
def fresh(behind: str, home: str):
    """A peer with an empty calendar of its own below `home`."""
    path = f"{home}kolega-{next(NUMBERS)}/"
    made = requests.request("MKCALENDAR", behind + path, auth=(USER, PASSWORD), timeout=10)
    made.raise_for_status()
    with running(Relay(behind)) as relay:
        yield CalDavPeer(relay, behind, path)
