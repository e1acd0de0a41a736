"""A closed event with certificates, for tests of pages."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import time_machine

from attendance.certificates.models import Certificate
from attendance.presence import commands as presence
from attendance.recognition import commands as recognition
from events.backstage import jobs, sweep
from events.kernel.actors import Role
from events.people import commands as people
from events.people.models import Person
from events.programme import commands as programme
from events.programme.models import Event
from events.registration import commands as registration
from tests.factories.sessions import sign_in
from tests.factories.world import AT, SYSTEM, World, make_event, make_person, make_world


@dataclass
class Scene:
    world: World
    event: Event
    after: datetime

    def certificate(self, teacher: int = 0) -> Certificate:
        return Certificate.objects.get(person=self.world.teachers[teacher], state="issued")

    @property
    def coordinator(self) -> Person:
        return self.world.coordinator

    @property
    def by(self):
        return self.world.actor(self.coordinator)

    def get(self, client, address: str, person: Person | None = None, **more):
        return self._ask(client.get, client, address, person, **more)

    def post(self, client, address: str, values: dict, person: Person | None = None, **more):
        return self._ask(client.post, client, address, person, values, **more)

    def _ask(self, method, client, address, person, *values, **more):
        with time_machine.travel(self.after, tick=False):
            client.logout()
            if person is not None:
                sign_in(client, person, second_step=True)
            return method(address, *values, **more)


def officer_of(world: World) -> Person:
    """A ministry officer of the world's country."""
    person = make_person(f"Officer {world.country.code}")
    people.grant(
        person_id=person.pk, role=Role.MINISTRY_OFFICER, scope="country",
        scope_id=world.country.pk, by=SYSTEM, at=AT,
    )  # fmt: skip
    return person


def work(at: datetime) -> None:
    with time_machine.travel(at, tick=False):
        for _ in range(3):
            sweep.drain(at=at)
            jobs.run_due(at=at)


def close(scene_world: World, event: Event, came: int, *, register: int | None = None) -> datetime:
    """Registers people, lets the first ones be there from start to end, and closes the event."""
    by, after = scene_world.actor(scene_world.coordinator), event.ends_at + timedelta(hours=1)
    for teacher in scene_world.teachers[: register or came]:
        registration.register(
            event.pk, person_id=teacher.pk, way="room", by=scene_world.actor(teacher), at=AT
        )
    came_in = [teacher.pk for teacher in scene_world.teachers[:came]]
    presence.attest(event.pk, person_ids=came_in, by=by, at=after)
    programme.close(event.pk, by=by, at=after)
    work(after)
    return after


def make_scene(**event) -> Scene:
    recognition.load_first_scheme()
    world = make_world()
    made = make_event(world, **event)
    return Scene(world, made, close(world, made, 2, register=3))
