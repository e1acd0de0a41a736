"""Work that was asked to come back later waits that long, with its lane, and is no failure."""

from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.db import transaction

from events.backstage import commands, reactions, sweep
from events.backstage.models import Work
from tests.factories.world import AT

HERE = "tests.events.backstage.test_later"
seen: list[int] = []
busy = [True]


@dataclass(frozen=True)
class Called:
    number: int


def ask(fact, *, at):
    if busy[0] and fact.number == 1:
        raise sweep.Later(100, "rate_limit")
    seen.append(fact.number)


@pytest.fixture(autouse=True)
def _wired(monkeypatch):
    row = reactions.React(Called, f"{HERE}.ask", "outer", lane=lambda _fact: "far:1")
    monkeypatch.setattr("config.wiring.REACTIONS", [row])
    seen.clear()
    busy[0] = True
    for known in (reactions.reactions, reactions.by_handler):
        known.cache_clear()
    yield
    for known in (reactions.reactions, reactions.by_handler):
        known.cache_clear()


def call(*numbers):
    with transaction.atomic():
        for number in numbers:
            commands.record(Called(number), at=AT)


@pytest.mark.django_db
def test_it_is_due_again_not_earlier_and_holds_its_lane():
    call(1, 2)
    sweep.drain(at=AT)
    work = Work.objects.get(fact__body__number=1)
    assert AT + timedelta(seconds=100) <= work.due_at <= AT + timedelta(seconds=110)
    assert (work.state, work.attempts, work.last_error) == ("ready", 0, "rate_limit")
    assert seen == []
    busy[0] = False
    sweep.drain(at=AT + timedelta(seconds=99))
    assert seen == []
    sweep.drain(at=AT + timedelta(seconds=111))
    assert seen == [1, 2]


@pytest.mark.django_db
def test_it_is_parked_after_days_of_that_and_lets_the_lane_go():
    call(1, 2)
    moment = AT
    for _ in range(40):
        sweep.drain(at=moment)
        moment += timedelta(hours=2)
    assert Work.objects.get(fact__body__number=1).state == "parked"
    assert seen == [2]
