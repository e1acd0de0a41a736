"""Connected accounts of the demo, and what stands at the simulators when a visitor comes.

While the story is told the simulators run in this process, so entries, links and reports come about
as they always do. What they held is made anew from our rows by the process that visitors meet
(`config.simulated.taking_in`).
"""

import random
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from django.conf import settings

from config.demo import cast
from config.demo.events import SATURDAY, Happening, Stage
from config.demo.ideas import idea
from config.demo.story import follow
from config.simulated import meetings, taking_in
from config.simulated.board import Board
from events.programme import queries as programme
from integrations.accounts import commands as accounts
from integrations.accounts import health, simulated
from integrations.harvest import commands as harvest
from integrations.meet import attaching
from integrations.simulators.microsoft.world import CLIENT, TENANT
from integrations.simulators.serving import running
from integrations.sync import keeping

if TYPE_CHECKING:
    from integrations.accounts.models import Account

# Webinars of the whole of Croatia on the last weekday: of the first the report has come, the
# meeting of the second is still to be held by the visitor.
HELD, OPEN = "Digitalni alati za mentore: pitanja i odgovori", "Kako dvije škole vode mrežni sat"
STARTS = {HELD: time(15, 0), OPEN: time(10, 0)}
GUESTS = 9
DAY = timedelta(days=1)
LOOKS = (timedelta(hours=4), timedelta(hours=2))  # before the end of the story


@dataclass(frozen=True)
class Connection:
    """An account to connect for a country: name, address of the calendar, options, secrets."""

    provider: str
    name: str
    calendar: str
    options: Mapping[str, object]
    secrets: Mapping[str, str]


CONNECTIONS: Mapping[str, Connection] = {
    "HR": Connection(
        "microsoft", "Ministarstvo: Outlook i Teams", "dogadanja@hr.example.org",
        {"tenant": TENANT, "client_id": CLIENT}, {"client_secret": "a-secret-of-the-simulator"},
    ),
    "AL": Connection(
        "google", "Kalendari i rrjetit", "kalendari@al.example.org", {},
        {"refresh_token": "refresh", "client_id": "client", "client_secret": "client-secret"},
    ),
    "MK": Connection(
        "bigbluebutton", "Сервер за состаноци", "", {"checksum": "sha256"},
        {"secret": "simulated-secret-0123456789abcdef"},
    ),
}  # fmt: skip


@dataclass
class Teller:
    """Tells what happened at the simulators; does nothing where there are none."""

    stages: Mapping[str, Stage]
    board: Board
    connected: "dict[str, Account]" = field(default_factory=dict)
    webinars: dict[str, Happening] = field(default_factory=dict)

    def plan(self) -> None:
        """Put the webinars into the story, before it is told."""
        stage = self.stages[cast.STAR]
        own = replace(stage, source=random.Random("simulated"))  # noqa: S311  a story
        guests = tuple(one for house in stage.realm.houses for one in house.staff[1:4] if one.email)
        for title, start in STARTS.items():
            webinar = replace(
                idea("webinar", title), start=start, offset=-1, guests=guests[:GUESTS],
                audience="country", meets=True,
            )  # fmt: skip
            wall = datetime.combine(_weekday_before(stage), start)
            self.webinars[title] = Happening(own, webinar, wall=wall)
            self.webinars[title].prepare()

    def connect(self, at: datetime) -> None:
        """Connect the accounts, and bring what is coming into their calendars."""
        for code, one in CONNECTIONS.items():
            self.connected[code] = account = self._connected(code, one, at)
            taking_in.take_in(self.board, account)
        for event_id in self._promised(at):
            keeping.keep(event_id, at=at)
        attaching.attach_missing(at=at)
        follow(at)

    def _connected(self, code: str, one: Connection, at: datetime) -> "Account":
        realm = self.stages[code].realm
        wish = accounts.Wish(
            one.provider, "country", realm.country_id, name=one.name, calendar=one.calendar,
            subject=one.calendar if one.provider == "google" else "",
            options={**one.options, **simulated.MARKED},
        )  # fmt: skip
        by = self.stages[code].network.actor(realm.national)
        return accounts.connect(wish=wish, secrets=one.secrets, by=by, at=at)

    def _promised(self, at: datetime) -> list[int]:
        countries = [self.stages[code].realm.country_id for code in self.connected]
        rows = programme.promised_ids(after=at).filter(country_id__in=countries)
        return sorted(rows)

    def fetch(self, at: datetime) -> None:
        """Hold one of the meetings, and let its report come; `at` is when the story ends."""
        happening = self.webinars[HELD]
        part = programme.parts_of(happening.event_id)[0]
        start, end = part.starts_at, part.ends_at
        guests = meetings.guests_of(happening.event_id, starts_at=start, ends_at=end)
        meetings.hold(self.board, part.join_url, guests, start=start, end=end)
        for before in LOOKS:
            follow(at - before)
            harvest.heard(self.connected[cast.STAR].pk, part.join_url, at=at - before)
            follow(at - before)
        for account in self.connected.values():
            health.note_good(account.pk, at=at)


class Nobody(Teller):
    """Tells nothing, where no simulators are wanted."""

    def plan(self) -> None:
        """Plan nothing."""

    def connect(self, at: datetime) -> None:
        """Connect nothing."""

    def fetch(self, at: datetime) -> None:
        """Fetch nothing."""


def _weekday_before(stage: Stage) -> date:
    day = stage.day - DAY
    while day.weekday() >= SATURDAY:
        day -= DAY
    return day


@contextmanager
def telling(stages: Mapping[str, Stage], *, at: datetime) -> Iterator[Teller]:
    """Within it the simulators run in this process, their clock standing at the end of the story."""
    board = Board(clock=lambda: at, home=settings.SIMULATORS_URL)
    if not settings.KOLEGA_SIMULATORS:
        yield Nobody(stages, board)
        return
    with running(board), simulated.standing_at(board.url):
        yield Teller(stages, board)
