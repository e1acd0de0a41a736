"""Facts become work, work is done once, failures wait, the broken is parked."""

import threading
from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.db import connection, transaction

from events.backstage import commands, due, jobs, reactions, sweep
from events.backstage.models import FactRow, Timer, Work
from events.kernel.actors import system
from tests.factories.world import AT

seen: list[tuple[str, int]] = []
free: list[bool] = []
carried: list[object] = []


@dataclass(frozen=True)
class Rang:
    number: int


def inner(fact, *, at):
    seen.append(("inner", fact.number))


def outer(fact, *, at):
    free.append(not connection.in_atomic_block)
    return lambda: seen.append(("saved", fact.number))


def fails(fact, *, at):
    raise ValueError("no")


def hopeless(fact, *, at):
    raise sweep.Permanent("never")


def counted(job):
    carried.append(job.pk)
    return True


@pytest.fixture
def wire(settings, monkeypatch):
    def use(*reacts):
        monkeypatch.setattr("config.wiring.REACTIONS", list(reacts))
        reactions.reactions.cache_clear()
        reactions.by_handler.cache_clear()
        seen.clear()

    yield use
    reactions.reactions.cache_clear()
    reactions.by_handler.cache_clear()


HERE = "tests.events.backstage.test_sweep"


def ring(number=1, at=AT):
    with transaction.atomic():
        commands.record(Rang(number), at=at)


@pytest.mark.django_db(transaction=True)
def test_a_fact_outside_a_transaction_is_refused():
    with pytest.raises(commands.OutsideTransaction):
        commands.record(Rang(1), at=AT)


@pytest.mark.django_db
def test_each_reaction_runs_once(wire):
    wire(reactions.React(Rang, f"{HERE}.inner"), reactions.React(Rang, f"{HERE}.outer", "outer"))
    ring()
    for _ in range(2):
        sweep.drain(at=AT)
    assert sorted(seen) == [("inner", 1), ("saved", 1)]
    assert set(Work.objects.values_list("state", flat=True)) == {"done"}


@pytest.mark.django_db
def test_a_rolled_back_deed_leaves_no_fact(wire):
    wire(reactions.React(Rang, f"{HERE}.inner"))
    with transaction.atomic():
        commands.record(Rang(1), at=AT)
        transaction.set_rollback(True)
    assert FactRow.objects.count() == 0


@pytest.mark.django_db
def test_held_work_waits(wire):
    wire(reactions.React(Rang, f"{HERE}.inner", hold=10))
    ring()
    sweep.drain(at=AT + timedelta(seconds=9))
    assert seen == []
    sweep.drain(at=AT + timedelta(seconds=10))
    assert seen == [("inner", 1)]


@pytest.mark.django_db
def test_failing_work_is_put_back_then_parked(wire):
    wire(reactions.React(Rang, f"{HERE}.fails"))
    ring()
    at = AT
    for _ in range(sweep.MAX_ATTEMPTS):
        sweep.drain(at=at)
        at += timedelta(hours=7)
    work = Work.objects.get()
    assert (work.state, work.attempts, work.last_error) == ("parked", 12, "ValueError")


@pytest.mark.django_db
def test_hopeless_work_is_parked_at_once(wire):
    wire(reactions.React(Rang, f"{HERE}.hopeless"))
    ring()
    sweep.drain(at=AT)
    assert Work.objects.get().state == "parked"


@pytest.mark.django_db
def test_a_lane_runs_in_order_one_at_a_time(wire):
    wire(reactions.React(Rang, f"{HERE}.inner", lane=lambda fact: "one"))
    for number in range(3):
        ring(number)
    due.fan_out(at=AT)
    first = sweep.claim(at=AT)
    assert sweep.claim(at=AT) is None
    sweep.run(first, at=AT)
    sweep.drain(at=AT)
    assert seen == [("inner", 0), ("inner", 1), ("inner", 2)]


@pytest.mark.django_db
def test_an_expired_lease_is_taken_over_and_the_late_worker_changes_nothing(wire):
    wire(reactions.React(Rang, f"{HERE}.outer", "outer"))
    ring()
    due.fan_out(at=AT)
    slow = sweep.claim(at=AT)
    later = AT + sweep.LEASE + timedelta(seconds=1)
    fast = sweep.claim(at=later)
    assert fast.pk == slow.pk
    sweep.run(slow, at=later)  # neither what the late one did counts nor how it ended
    sweep.put_back(slow, ValueError(), at=later)
    sweep.park(slow, "late")
    assert (Work.objects.get().state, seen) == ("leased", [])
    sweep.run(fast, at=later)
    sweep.run(slow, at=later)
    assert seen == [("saved", 1)]


@pytest.mark.django_db
def test_timers_become_facts_when_due_and_can_be_moved(wire):
    wire(reactions.React(Rang, f"{HERE}.inner"))
    commands.set_timer("t", Rang(7), due_at=AT + timedelta(hours=1))
    commands.set_timer("t", Rang(8), due_at=AT + timedelta(hours=2))
    due.fire_timers(at=AT + timedelta(minutes=90))
    sweep.drain(at=AT + timedelta(minutes=90))
    assert (seen, Timer.objects.count()) == ([], 1)
    sweep.drain(at=AT + timedelta(hours=2))
    assert (seen, Timer.objects.count()) == ([("inner", 8)], 0)


@pytest.mark.django_db
def test_timers_of_one_look_become_facts_in_the_order_they_were_due():
    for number in (3, 1, 2):
        commands.set_timer(f"t{number}", Rang(number), due_at=AT + timedelta(minutes=number))
    due.fire_timers(at=AT + timedelta(hours=1))
    told = FactRow.objects.order_by("id").values_list("body__number", flat=True)
    assert list(told) == [1, 2, 3]


@pytest.mark.django_db
def test_jobs_of_one_instant_are_carried_on_in_one_order_wherever_their_rows_lie(monkeypatch):
    carried.clear()
    monkeypatch.setattr("config.wiring.JOBS", {"count": f"{HERE}.counted"})
    by = system("test")
    made = [jobs.start("count", key=str(n), params={}, by=by, at=AT, total=None) for n in range(9)]
    for job in made[::2]:  # an update moves a row in its table
        job.save()
    jobs.run_due(at=AT)
    assert carried == sorted(job.pk for job in made)


@pytest.mark.django_db(transaction=True)
def test_no_transaction_is_open_during_an_outer_call(wire):
    wire(reactions.React(Rang, f"{HERE}.outer", "outer"))
    free.clear()
    ring()
    sweep.drain(at=AT)
    assert free == [True]


@pytest.mark.django_db(transaction=True)
def test_two_sweeps_side_by_side_run_everything_once(wire):
    wire(reactions.React(Rang, f"{HERE}.inner"))
    for number in range(60):
        ring(number)

    def work():
        try:
            sweep.drain(at=AT)
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    sweep.drain(at=AT)
    assert sorted(seen) == [("inner", number) for number in range(60)]
