"""Panels: contributed pieces, left out when they fail, checked at start-up."""

import pytest
from django.template import engines

from config import wiring
from events.backstage import contributed
from events.kernel.actors import ANONYMOUS
from events.kernel.contributions import Panel
from events.registration import panels as registration
from tests.factories.world import AT, make_event, make_world

HERE = "tests.events.programme.test_panels"


def good(actor, ids, *, at):
    return Panel("components/logo.html", {}, order=int(ids["event_id"]))


def silent(actor, ids, *, at):
    return None


def broken(actor, ids, *, at):
    raise ZeroDivisionError


def misspelt(actor, ids, *, at):
    return Panel("no/such/template.html", {})


def old_shape(actor, ids):
    return None


@pytest.fixture
def table(monkeypatch):
    monkeypatch.setattr(wiring, "PANELS", {})
    return wiring.PANELS


def drawn(rf, place="event.side"):
    request = rf.get("/")
    request.moment = AT
    source = "{% load pieces %}{% panels place event_id=7 %}"
    return engines["django"].from_string(source).render({"place": place}, request)


def test_panels_of_a_place_are_drawn(rf, table):
    table["event.side"] = [f"{HERE}.good", f"{HERE}.silent"]
    assert drawn(rf).count("<svg") == 1
    assert drawn(rf, "event.main") == ""


@pytest.mark.parametrize("name", ["broken", "misspelt", "old_shape", "not_there"])
def test_a_panel_that_fails_is_logged_and_left_out(rf, table, caplog, name):
    table["event.side"] = [f"{HERE}.{name}", f"{HERE}.good"]
    assert drawn(rf).count("<svg") == 1
    assert "is left out" in caplog.text


@pytest.mark.parametrize("name", ["old_shape", "not_there", "HERE"])
def test_the_start_up_check_names_a_path_that_cannot_serve(table, name):
    table["event.side"] = [f"{HERE}.{name}"]
    assert [fault.id for fault in contributed.paths_import()] == ["kolega.E001"]


def test_every_path_of_the_wiring_serves():
    assert contributed.paths_import() == []


@pytest.mark.django_db
@pytest.mark.parametrize("maker", [registration.take_part, registration.who_comes])
def test_panels_of_a_hidden_event_are_empty(maker):
    world, other = make_world(), make_world("AL")
    event = make_event(world)
    registration_of(world, event)
    ids = {"event_id": event.pk}
    stranger = other.actor(other.teachers[0])
    assert maker(stranger, ids, at=AT) is None
    assert maker(ANONYMOUS, ids, at=AT) is None
    assert maker(world.actor(world.teachers[1]), ids, at=AT) is not None


def registration_of(world, event):
    from events.registration import commands

    teacher = world.teachers[0]
    commands.register(event.pk, person_id=teacher.pk, way="room", by=world.actor(teacher), at=AT)


@pytest.mark.django_db
def test_panels_cost_at_most_two_queries(django_assert_num_queries):
    world = make_world()
    event = make_event(world)
    registration_of(world, event)
    actor, ids = world.actor(world.teachers[0]), {"event_id": event.pk}
    for maker in (registration.take_part, registration.who_comes):
        with django_assert_num_queries(2):
            maker(actor, ids, at=AT)
    for maker in (registration.next_event, registration.next_bar):
        with django_assert_num_queries(1):
            maker(actor, {}, at=AT)
    with django_assert_num_queries(2):
        registration.row_states(actor, [event.pk], at=AT)
