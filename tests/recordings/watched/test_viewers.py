"""Random viewers against an oracle that shares no code with the server; the long form has 1,000."""

import os
from collections import Counter
from datetime import timedelta

import pytest
import time_machine
from django.db import transaction
from django.test import Client

from events.kernel.actors import Actor
from events.kernel.lines import subtract, take
from recordings.watched import commands, rules, sessions
from recordings.watched.models import Watched
from tests.factories.recordings import make_recording
from tests.factories.world import AT, make_event, make_person, make_world
from tests.recordings.watched.viewers import CHEATS, Viewer

pytestmark = pytest.mark.django_db
VIEWERS = int(os.environ.get("KOLEGA_VIEWERS", "12"))
ACTIONS = 24
START = AT + timedelta(days=30)


@pytest.fixture
def recordings():
    world = make_world(teachers=0)
    return [
        make_recording(make_event(world, title=f"Talk {minutes}"), minutes=minutes)
        for minutes in (20, 40, 60)
    ]


def instant(tenths):
    return START + timedelta(milliseconds=100 * tenths)


def viewer(seed, recordings, clock, actions=ACTIONS):
    """One person's evening; everything is taken back afterwards, so that a thousand stay light."""
    client, rows = Client(), {one.pk: one for one in recordings}
    with transaction.atomic():
        person = make_person(f"Viewer {seed}")

        def open_page(recording, now):
            by = Actor(person_id=person.pk)
            return sessions.opening(rows[recording], by=by, at=instant(now)).sid

        def knock(recording, text, now):
            clock.move_to(instant(now), tick=False)
            address = f"/watch/{recording}/beat"
            return client.post(address, text, content_type="application/json").status_code

        def credited():
            found = Watched.objects.filter(person=person).values_list("recording_id", "ranges")
            return {pk: [tuple(one) for one in ranges] for pk, ranges in found}

        made = Viewer(
            seed, recordings={pk: one.length_ms for pk, one in rows.items()}, now=600,
            open_page=open_page, knock=knock, credited=credited,
        )  # fmt: skip
        made.live(actions)
        transaction.set_rollback(True)
    return made


def evenings(recordings, number, first=0):
    with time_machine.travel(START, tick=False) as clock:
        for seed in range(first, first + number):
            yield viewer(seed, recordings, clock)


def test_nobody_is_credited_what_was_not_played(recordings):
    counts, honest, faults = Counter(), 0, []
    for number, made in enumerate(evenings(recordings, VIEWERS)):
        counts.update(made.counts)
        honest += made.oracle.honest
        faults += [f"viewer {number} {made.chosen}: {fault}" for fault in made.faults]
    cheats = {name: counts[f"cheat {name}"] for name in CHEATS}
    answers = {name: count for name, count in counts.items() if name.startswith("answers")}
    told = (
        f"\nWATCHING, {VIEWERS} viewers of {ACTIONS} actions, {honest} without a cheat; "
        f"{cheats}; {answers}; {len(faults)} faults"
    )
    print(told)  # noqa: T201  the figures of the long form
    assert not faults, "\n".join(faults[:40])
    assert all(count >= min(50, VIEWERS // 12) for count in cheats.values())


def without_the_clamp(beat, session, *, covered, used, at, limit):
    new = subtract(beat.played, covered)
    return rules.Outcome(new, (), 0, beat.wall)


def without_the_persons_time(beat, session, *, covered, used, at, limit):
    return judge(beat, session, covered=covered, used=(), at=at, limit=limit)


def without_the_devices_clock(beat, session, *, covered, used, at, limit):
    free = subtract([(session.heard, at)], used)
    new = take(subtract(beat.played, covered), at_most=8 * 60 * 60 * 1000)
    return rules.Outcome(new, take(free, at_most=1), 0, beat.wall)


judge = rules.judge


@pytest.mark.parametrize(
    "guardless", [without_the_clamp, without_the_persons_time, without_the_devices_clock]
)
def test_without_a_guard_it_is_found(recordings, monkeypatch, guardless):
    monkeypatch.setattr(commands.rules, "judge", guardless)
    found = (made.faults for made in evenings(recordings, 40, first=100))
    assert any("credited" in fault for faults in found for fault in faults)
