"""Series of cluster meetings: one date is moved, one is cancelled, those that are over were held."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from config.demo.events import DAY, HOUR, Happening, Stage, school_day
from config.demo.ideas import ONLINE, Idea, idea
from events.kernel.actors import Actor
from events.programme import commands as programme
from events.programme import recurrence, series, seriesdates
from events.programme.commands import Plan
from events.programme.series import Repeat
from events.registration import commands as registration
from events.registration import together

if TYPE_CHECKING:
    from events.programme.models import Part

AHEAD = 12  # days from planning to the first date that may be coming
MINUTES = timedelta(minutes=1)
FRIDAY = 4


@dataclass(frozen=True)
class Rhythm:
    """What a cluster calls its meetings, how often they are, and which dates did not stay.

    `first` counts days from the day of loading; `moved` and `cancelled` are places in the series.
    """

    title: str
    every: str
    first: int
    number: int
    moved: int
    cancelled: int


RHYTHMS = {
    "HR": Rhythm("Kratki sastanak klastera", recurrence.FORTNIGHTLY, -36, 8, 4, 5),
    "MK": Rhythm("Состанок на мрежата", recurrence.WEEKLY, 2, 6, 2, 3),
    "RS": Rhythm("Састанак мреже", recurrence.WEEKLY, 4, 6, 1, 4),
}


def add(stage: Stage) -> None:
    """Put the series of a country's first cluster into the story, if it has one."""
    rhythm = RHYTHMS.get(stage.realm.land.code)
    if rhythm is not None:
        _Meetings(stage, rhythm).prepare()


@dataclass
class _Meetings:
    stage: Stage
    rhythm: Rhythm
    dates: "list[Part]" = field(default_factory=list)
    series_id: int = 0

    def __post_init__(self) -> None:
        ring = self.stage.realm.rings[0]
        guests = tuple(person for house in ring.houses for person in house.staff[1:4])[:15]
        self.idea: Idea = replace(
            idea("cluster-meeting", self.rhythm.title),
            ring=ring,
            host=ring.houses[0],
            guests=guests,
        )
        day = school_day(self.stage.day, self.rhythm.first)
        self.wall = datetime.combine(day, self.idea.start)

    @property
    def by(self) -> Actor:
        """Who runs the meetings."""
        assert self.idea.ring is not None  # noqa: S101  set above
        return self.stage.network.actor(self.idea.ring.coordinator)

    def prepare(self) -> None:
        """Put everything into the story in its order."""
        story, at = self.stage.story, self.stage.network.at
        planned = at + (min(self.rhythm.first, 0) - AHEAD) * DAY + 10 * HOUR
        story.at(planned, self.plan)
        story.at(planned + 5 * MINUTES, self.publish)
        story.at(planned + 6 * HOUR, self.register)
        story.at(at - 6 * DAY, self.move)
        story.at(at - 5 * DAY, self.call_off)
        gap = timedelta(weeks=1 if self.rhythm.every == recurrence.WEEKLY else 2)
        for number in range(self.rhythm.number):
            wall = self.wall + number * gap
            held = Happening(self.stage, self.idea, wall=wall)
            if held.end < self.stage.hush - 2 * DAY:
                story.at(held.end + 40 * MINUTES, self._holding(number, held, held.attend))
                story.at_and_follow(held.end + 21 * HOUR, self._holding(number, held, held.close))

    def plan(self, at: datetime) -> None:
        """Make the drafts of all dates."""
        realm, one = self.stage.realm, self.idea
        assert one.ring is not None  # noqa: S101  set above
        wish = Plan(
            kind=one.kind, title=one.title, starts=self.wall, zone=realm.land.zone,
            minutes=one.minutes, mode=ONLINE, country_id=realm.country_id,
            language=realm.land.language, cluster_id=one.ring.cluster_id,
            summary=realm.land.summary, join_url="https://meet.example.org/klaster",
            certificate=False,
        )  # fmt: skip
        repeat = Repeat(self.rhythm.every, number=self.rhythm.number)
        self.series_id = series.plan(wish, repeat=repeat, by=self.by, at=at).pk
        self.dates = list(seriesdates.dates_for_work(self.series_id))
        for part in self.dates:
            registration.set_places(part.event_id, places={ONLINE: None}, by=self.by, at=at)

    def publish(self, at: datetime) -> None:
        """Promise all dates."""
        series.publish(self.series_id, by=self.by, at=at)

    def register(self, at: datetime) -> None:
        """The coordinators and some teachers come to every date."""
        people = [person.pk for person in self.idea.guests or ()]
        for part in self.dates:
            together.register_all(part.event_id, person_ids=people, way=ONLINE, by=self.by, at=at)

    def move(self, at: datetime) -> None:
        """One date is on another day of its week than the others."""
        part = self.dates[self.rhythm.moved]
        plan = programme.present_plan(part.event, part)
        day = -DAY if plan.starts.weekday() == FRIDAY else DAY
        later = replace(plan, starts=plan.starts + day)
        programme.change(part.event_id, later, by=self.by, at=at)

    def call_off(self, at: datetime) -> None:
        """One date falls out for the country's usual reason."""
        reason = self.stage.realm.land.reasons[0]
        event_id = self.dates[self.rhythm.cancelled].event_id
        programme.cancel(event_id, reason=reason, by=self.by, at=at)

    def _holding(
        self, number: int, held: Happening, deed: Callable[[datetime], None]
    ) -> Callable[[datetime], None]:
        def hold(at: datetime) -> None:
            held.event = self.dates[number].event
            deed(at)

        return hold
