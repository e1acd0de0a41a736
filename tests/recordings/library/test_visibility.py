"""`visible_to` and `may_watch` give one answer, whoever asks and whatever the recording is."""

import itertools
import random

import pytest

from events.kernel.actors import ANONYMOUS
from events.programme.models import Event
from events.registration import commands as registration
from events.registration.models import Registration
from recordings.library import policies, queries, states
from recordings.library.models import Recording, Visibility
from tests.events.programme.test_visibility import events, holders
from tests.factories.recordings import make_recording
from tests.factories.world import AT, make_event, make_world

pytestmark = pytest.mark.django_db


def recordings(dice):
    kinds = itertools.product(states.RECORDING, Visibility.values, (True, False))
    rows = list(Event.objects.order_by("pk"))
    for event, (state, visibility, captioned) in zip(itertools.cycle(rows), kinds, strict=False):
        row = make_recording(event, captioned=captioned, visibility=visibility)
        up_at = row.up_at if dice.random() < 0.8 else None
        Recording.objects.filter(pk=row.pk).update(state=state, up_at=up_at)


def test_the_set_and_the_single_question_agree():
    worlds = [make_world(), make_world("AL")]
    dice = random.Random(4)  # noqa: S311  data of a test
    events(worlds, dice)
    event = make_event(worlds[0], audience="public")
    guest = worlds[1].teachers[0]
    registration.register(
        event.pk, person_id=guest.pk, way="online", by=worlds[1].actor(guest), at=AT
    )
    make_recording(event)
    recordings(dice)
    rows = list(Recording.objects.exclude(state=states.DELETED))
    actors = [ANONYMOUS, *(actor for world in worlds for actor in holders(world))]
    known = set(Registration.objects.values_list("event_id", "person_id"))
    total = 0
    for actor in actors:
        seen = set(queries.visible_to(actor, at=AT).values_list("pk", flat=True))
        assert seen == {
            row.pk
            for row in rows
            if policies.may_watch(
                actor, row, registered=(row.event_id, actor.person_id) in known, at=AT
            )
        }
        total += len(seen)
    assert 0 < total < len(actors) * len(rows)


def test_without_captions_the_public_does_not_see_it():
    row = make_recording(make_event(make_world()), captioned=False, visibility="public")
    assert not queries.visible_to(ANONYMOUS, at=AT).filter(pk=row.pk).exists()
    Recording.objects.filter(pk=row.pk).update(captioned=True)
    assert queries.visible_to(ANONYMOUS, at=AT).filter(pk=row.pk).exists()
