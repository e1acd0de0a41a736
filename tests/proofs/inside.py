"""Runs inside an installation: `python -m tests.proofs.inside NAME JSON` prints JSON.

Makes the setting of a proof, or carries out deeds that have no page yet, one JSON line each.
"""

import json
import os
import sys
from datetime import datetime, timedelta

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

import django

django.setup()

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: E402
from django.contrib.sessions.backends.db import SessionStore  # noqa: E402
from django.db import DatabaseError, close_old_connections, transaction  # noqa: E402

from attendance.exports import commands as exports  # noqa: E402
from events.backstage import once  # noqa: E402
from events.backstage.models import FactRow  # noqa: E402
from events.kernel import clock  # noqa: E402
from events.kernel.actors import Role  # noqa: E402
from events.kernel.errors import DomainError  # noqa: E402
from events.networks import commands as networks  # noqa: E402
from events.networks import queries  # noqa: E402
from events.people import commands as accounts  # noqa: E402
from events.people.models import Person  # noqa: E402
from events.programme import commands as programme  # noqa: E402
from events.programme.models import Event  # noqa: E402
from events.registration import links  # noqa: E402
from recordings.library import standing  # noqa: E402
from recordings.media import store, tickets  # noqa: E402
from tests.factories import world as factory  # noqa: E402
from tests.factories.recordings import make_recording  # noqa: E402
from tests.proofs import crowd  # noqa: E402


def session(person: Person) -> str:
    """A session of somebody, as signing in would make it."""
    store = SessionStore()
    store[SESSION_KEY] = str(person.pk)
    store[BACKEND_SESSION_KEY] = "allauth.account.auth_backends.AuthenticationBackend"
    store[HASH_SESSION_KEY] = person.get_session_auth_hash()
    store.set_expiry(24 * 3600)
    store.create()
    return str(store.session_key)


def coming(
    world: factory.World, title: str, places: int | None, *, at: datetime, audience: str = "cluster"
) -> Event:
    """A published event in the room in a month."""
    start = (at + timedelta(days=30)).replace(tzinfo=None, minute=0, second=0, microsecond=0)
    by = world.actor(world.coordinator, at=at)
    wish = factory.wish(
        world, title=title, starts=start, zone="UTC", mode="room", audience=audience
    )
    event = programme.plan(wish, by=by, at=at)
    factory.registration.set_places(event.pk, places={"room": places}, by=by, at=at)
    return programme.publish(event.pk, by=by, at=at)


def places(clients: int, capacity: int, signed_in: int) -> dict[str, object]:
    """One event; `clients` people with a link each, the first `signed_in` of them with a session."""
    at = clock.now()
    world = factory.make_world("HR", teachers=0)
    guests = crowd.people(clients, name="guest", at=at, schools=world.schools)
    event = coming(world, "Rush", capacity, at=at)
    tokens = [links.token_of(link) for link in crowd.links(event, guests, at=at)]
    keys = [session(guest) for guest in guests[:signed_in]]
    return {
        "event": event.pk, "slug": event.slug, "tokens": tokens, "sessions": keys,
        "people": [guest.pk for guest in guests],
    }  # fmt: skip


def network(guests: int, past: int) -> dict[str, object]:
    """All that the kill proof writes about."""
    at = clock.now()
    world = factory.make_world("HR", teachers=2)
    crowd_of = crowd.people(guests, name="guest", at=at)
    event = coming(world, "Open house", None, at=at)
    tokens = [links.token_of(link) for link in crowd.links(event, crowd_of, at=at)]
    held = crowd.past_events(event, past, at=at)
    there = crowd.people(20, name="there", at=at)
    crowd.registered(held, there, each=2, at=at)
    officer = factory.make_person("Officer")
    accounts.grant(
        person_id=officer.pk, role=Role.MINISTRY_OFFICER, scope="country",
        scope_id=world.country.pk, by=factory.SYSTEM, at=at,
    )  # fmt: skip
    term = networks.add_term(
        country_id=world.country.pk, name="Term", starts_on=(at - timedelta(days=90)).date(),
        ends_on=(at + timedelta(days=90)).date(), by=factory.ADMIN, at=at,
    )  # fmt: skip
    return {
        "event": event.pk, "tokens": tokens, "addresses": [one.email for one in crowd_of],
        "session": session(world.coordinator), "coordinator": world.coordinator.pk,
        "host": world.schools[0].pk,
        "past": [[one.pk, [row.person_id for row in one.registrations.all()]] for one in held],
        "term": term.pk, "officer": officer.pk,
    }  # fmt: skip


def catalogue(events: int) -> dict[str, object]:
    """Public events; the first was planned through its command, with a running order."""
    at = clock.now()
    world = factory.make_world("HR", teachers=0)
    first = coming(world, "TeachMeet with agenda", 30, at=at, audience="public")
    crowd.coming_events(first, events - 1, at=at)
    return {"slug": first.slug}


def film(megabytes: int) -> dict[str, object]:
    """A public recording with one large file of random bytes, and the address of it for a visitor."""
    at = clock.now()
    event = coming(factory.make_world("HR", teachers=0), "Filmed", 30, at=at, audience="public")
    with transaction.atomic():
        row = make_recording(event, visibility="public")
        # There is nothing in the file to make sizes of.
        FactRow.objects.filter(kind="OriginalArrived").delete()
    with store.working_folder() as folder:
        path = folder / "240p.mp4"
        with path.open("wb") as content:
            for _ in range(megabytes):
                content.write(os.urandom(1_000_000))
        store.put(f"{store.folder_of(row.pk, 1)}/240p.mp4", path)
    grant = tickets.Grant(row.pk, 1, standing.epoch(row), "")
    ticket = tickets.issue(grant, duration_ms=row.length_ms, at=at)
    return {"path": f"/m/{ticket}/{row.pk}/1/240p.mp4"}


def _close(event: int, by: int) -> str:
    at = clock.now()
    actor = queries.actor_for(Person.objects.get(pk=by), at=at)
    programme.close(event, by=actor, at=at)
    return "closed"


def _export(key: str, term: int, by: int) -> str:
    at = clock.now()
    actor = queries.actor_for(Person.objects.get(pk=by), at=at)

    def do() -> once.Answer:
        batch, _ = exports.freeze(term_id=term, by=actor, at=at)
        return once.Answer(200, {"batch": batch.pk})

    return str(once.run(key, {"term": term}, do, at=at).body["batch"])


def deeds() -> None:
    """Carry out one deed for each line of JSON; the answer line says what came of it."""
    known = {"close": _close, "export": _export}
    for line in sys.stdin:
        asked = json.loads(line)
        try:
            close_old_connections()
            answer = {"done": known[asked.pop("deed")](**asked)}
        except DomainError as error:
            answer = {"refused": error.code}
        except DatabaseError as error:
            answer = {"away": type(error).__name__}
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    if sys.argv[1] == "deeds":
        deeds()
    else:
        made = {"places": places, "network": network, "catalogue": catalogue, "film": film}[
            sys.argv[1]
        ](**json.loads(sys.argv[2]))
        sys.stdout.write(json.dumps(made) + "\n")
