"""The events of the last term become drafts of this one, shifted by whole weeks."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client

from events.kernel.errors import NotAllowed
from events.networks import commands as networks
from events.planner import copying, queries
from events.programme import commands as programme
from events.programme.models import Event, Part, Slot
from events.registration.models import Pool
from tests.events.registration.mail import at
from tests.factories.sessions import sign_in
from tests.factories.world import AT, SYSTEM, make_event, make_world

pytestmark = pytest.mark.django_db
NOW = datetime(2027, 1, 11, 9, 0, tzinfo=UTC)
TODAY = NOW.date()


@pytest.fixture
def world():
    found = make_world()
    for name, first, last in (
        ("Autumn", date(2026, 9, 7), date(2026, 12, 20)), ("Spring", date(2027, 1, 11), date(2027, 6, 13)),
    ):  # fmt: skip
        networks.add_term(
            country_id=found.country.pk, name=name, starts_on=first, ends_on=last, by=SYSTEM, at=AT
        )
    return found


def scope(world):
    [found] = queries.scopes(world.actor(world.coordinator))
    return found


def copy(world, person=None):
    by = world.actor(person or world.coordinator)
    return copying.copy_term(scope(world), today=TODAY, by=by, at=NOW)


def page(world):
    with at(NOW):
        return sign_in(Client(), world.coordinator).get("/plan/?view=term").text


def test_promised_events_become_drafts_on_the_same_weekday_and_time(world):
    event = make_event(
        world, places={"room": 12, "online": None}, summary="Short stories.",
        registration_closes_at=datetime(2026, 11, 25, 23, 0, tzinfo=UTC),
    )  # fmt: skip
    slot = Slot.objects.filter(part__event=event, form="talk").first()
    Slot.objects.filter(pk=slot.pk).update(title="My talk", presenter=world.teachers[0])
    assert copy(world) == 1
    made = Event.objects.exclude(pk=event.pk).get()
    part = made.parts.get()
    assert (made.state, made.title, made.summary) == ("draft", "Small steps", "Short stories.")
    assert part.starts_wall == "2027-04-01T16:30"  # a Thursday, 18 weeks later, in summer time
    assert part.wall.weekday() == event.parts.get().wall.weekday()
    assert (part.join_url, part.mode, part.minutes) == ("", "hybrid", 150)
    assert made.registration_closes_at == datetime(2027, 3, 31, 22, 0, tzinfo=UTC)
    assert Pool.objects.get(event=made, way="room").capacity == 12
    copied = list(Slot.objects.filter(part=part).values_list("form", "minutes"))
    assert copied == list(Slot.objects.filter(part__event=event).values_list("form", "minutes"))
    assert not Slot.objects.filter(part=part, title="My talk").exists()
    assert made.organiser_id == world.coordinator.pk


def test_what_was_copied_is_not_copied_again(world):
    make_event(world)
    assert copy(world) == 1
    with pytest.raises(copying.NothingToCopy):
        copy(world)
    assert Event.objects.count() == 2


def test_drafts_cancelled_ones_and_what_would_lie_outside_are_left(world):
    make_event(world, title="Draft", publish=False)
    gone = make_event(world, title="Gone")
    programme.cancel(gone.pk, reason="Snow", by=world.actor(world.coordinator), at=AT)
    make_event(world, title="Early", starts=datetime(2026, 11, 3, 16, 30))
    Part.objects.filter(event__title="Early").update(starts_wall="2026-09-07T08:00")
    make_event(world, title="Other term", starts=datetime(2027, 7, 1, 16, 30))
    early = Part.objects.get(event__title="Early")
    start = datetime(2026, 9, 7, 6, 0, tzinfo=UTC)
    Part.objects.filter(pk=early.pk).update(starts_at=start, ends_at=start + timedelta(minutes=150))
    with pytest.raises(copying.NothingToCopy):
        copy(world)


def test_nobody_copies_for_a_cluster_they_do_not_plan_in(world):
    make_event(world)
    with pytest.raises(NotAllowed):
        copy(world, world.teachers[0])
    assert Event.objects.count() == 1


def test_the_term_view_lists_the_term_and_offers_the_copy_once(world):
    make_event(world)
    text = page(world)
    assert "Spring" in text
    assert "Copy 1 event" in text
    with at(NOW):
        client = sign_in(Client(), world.coordinator)
        form = {"scope": scope(world).key, "_once": "a"}
        for _ in range(2):
            answer = client.post("/plan/copy/", form)
            assert answer.status_code == 302
        assert Event.objects.count() == 2
        again = client.post("/plan/copy/", {**form, "_once": "b"}, follow=True).text
    assert "There is nothing left to copy" in again
    text = page(world)
    assert "Small steps" in text
    assert "Copy 1 event" not in text


def test_without_terms_the_view_says_who_adds_them():
    assert "No term is known" in page(make_world())


def test_the_hint_of_an_empty_plan_is_no_hint_of_the_fields(world):
    assert page(world).count("It takes about a minute and a half.") == 1
