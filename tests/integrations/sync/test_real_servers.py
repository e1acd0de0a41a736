"""The whole way to calendar servers that others wrote: connected, published, moved, asked, put right."""

from datetime import timedelta
from importlib import import_module

import pytest

from events.programme import commands as programme
from integrations.accounts import commands as accounts
from integrations.sync import commands, questions
from integrations.sync.models import Link, Question
from tests.contracts.caldav import PASSWORD, USER
from tests.contracts.conftest import started  # noqa: F401  pytest finds fixtures by their names
from tests.factories.world import AT, make_world
from tests.integrations.sync.conftest import Stage
from tests.integrations.sync.test_outward import change, part_of

pytestmark = pytest.mark.django_db
HOURS = timedelta(hours=3)


@pytest.fixture(params=["radicale", "xandikos"])
def server(request, started):  # noqa: F811  the fixture above
    """An empty calendar on each server."""
    module = import_module(f"tests.contracts.peers.{request.param}")
    with module.peer(*started(module)) as running:
        yield running


class RealStage(Stage):
    """A network whose account was connected as a person does it."""

    def __init__(self, world, server):
        self.world, self.server, self.now = world, server, AT
        wish = accounts.Wish(
            provider="caldav", scope="person", scope_id=world.coordinator.pk, name="Team calendar", makes_meetings=False,
            calendar=server.relay.url + server.path, options={"server": server.relay.url},
        )  # fmt: skip
        self.account = accounts.connect(
            wish=wish, secrets={"user": USER, "password": PASSWORD}, by=self.by, at=AT
        )

    def standing(self):
        """What stands there, read by a program of its own."""
        calendar = self.server.calendar()
        names = self.server.names()
        return [calendar.find(key="", remote_id=name) for name in names]

    def answer(self, kind):
        question = Question.objects.get(answered_at=None)
        commands.answer(
            question.pk, seen=questions.digest(question), answer=kind, by=self.by, at=self.now
        )
        self.work(1)


@pytest.fixture
def stage(db, settings, server):
    settings.KOLEGA_PRIVATE_SERVERS = True
    return RealStage(make_world(), server)


def test_an_event_stands_there_once_and_follows_every_change(stage):
    event = stage.event(title="Small steps")
    (found,) = stage.standing()
    assert (found.title, found.starts_at) == ("Small steps", part_of(event).starts_at)
    assert (found.key, found.remote_id) == (stage.link().key, stage.link().remote_id)
    change(stage, event, title="Larger steps")
    assert [one.title for one in stage.standing()] == ["Larger steps"]
    stage.read()
    assert Question.objects.count() == 0
    programme.cancel(event.pk, reason="Snow", by=stage.by, at=stage.now)
    stage.work(1)
    assert (stage.standing(), stage.link().state) == ([], "removed")


def test_an_answer_that_was_lost_makes_no_second_entry(stage):
    stage.server.fault("lost", where="PUT")
    event = stage.event(title="Small steps")
    assert len(stage.server.names()) == 1
    stage.work(seconds=3600)
    assert [one.title for one in stage.standing()] == ["Small steps"]
    assert (stage.link().state, Link.objects.count()) == ("ok", 1)
    assert part_of(event).starts_at == stage.standing()[0].starts_at


def test_a_move_there_is_asked_about_and_put_right(stage):
    event = stage.event()
    stage.read()
    starts_at, ends_at = part_of(event).starts_at, part_of(event).ends_at
    stage.server.moved_there(stage.link().remote_id, starts_at + HOURS, ends_at + HOURS)
    stage.read()
    assert Question.objects.get().kind == "moved"
    assert stage.standing()[0].starts_at == starts_at + HOURS
    stage.answer("restore")
    assert stage.standing()[0].starts_at == starts_at
    stage.read()
    assert Question.objects.filter(answered_at=None).count() == 0


def test_an_entry_removed_there_is_asked_about_and_put_back(stage):
    event = stage.event()
    stage.read()
    stage.server.removed_there(stage.link().remote_id)
    stage.read()
    assert Question.objects.get().kind == "removed"
    stage.answer("restore")
    assert [one.starts_at for one in stage.standing()] == [part_of(event).starts_at]
    assert stage.link().state == "ok"


def test_a_forgotten_cursor_is_a_whole_round_that_finds_what_was_missed(stage):
    event = stage.event()
    stage.read()
    stage.server.removed_there(stage.link().remote_id)
    stage.server.forget_cursors()
    stage.read()
    stage.read()
    assert Question.objects.get().kind == "removed"
    assert event.pk == Question.objects.get().link.part.event_id
