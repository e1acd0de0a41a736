"""A no and whoever publishes at the same moment: in the end nobody watches it."""

import threading
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.db import connection, transaction

from events.backstage import sweep
from events.consents import commands as consents
from events.consents.queries import recording_of
from events.registration import commands as registration
from recordings.keeping import handlers
from recordings.library import commands as library
from recordings.library import queries
from tests.factories.recordings import make_recording
from tests.factories.world import AT, SYSTEM

pytestmark = pytest.mark.django_db(transaction=True)
PATIENCE = 20  # seconds


def say(person, event, *, yes, at=AT):
    consents.answer(
        recording_of(event.pk), person_id=person.pk, yes=yes, where="page", by=SYSTEM, at=at
    )


def test_a_no_while_it_is_published_takes_it_down(event, world, monkeypatch):
    guest = world.teachers[3]
    registration.register(event.pk, person_id=guest.pk, way="room", by=world.actor(guest), at=AT)
    say(guest, event, yes=True)
    row = make_recording(event, publish=False)
    sweep.drain(at=AT)
    checked, told = threading.Event(), threading.Event()

    def publish():
        try:
            with transaction.atomic():
                library.publish(row.pk, by=SYSTEM, at=AT)
                checked.set()
                told.wait(PATIENCE)
        finally:
            checked.set()
            connection.close()

    def looked(event_id):
        rows = queries.of_event(event_id)
        told.set()
        return rows

    monkeypatch.setattr(handlers, "queries", SimpleNamespace(of_event=looked))
    thread = threading.Thread(target=publish)
    thread.start()
    assert checked.wait(PATIENCE)
    held = event.parts.get().starts_at + timedelta(minutes=1)
    say(guest, event, yes=False, at=held)
    sweep.drain(at=held)
    thread.join(PATIENCE)
    assert queries.find(row.pk).state == "withdrawn"
