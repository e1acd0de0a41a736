"""What waits is said again where it helps: not for what is over, nor where something waits already."""

from datetime import timedelta

import pytest

from events.backstage.models import FactRow, Timer, Work
from events.programme import commands as programme
from integrations.accounts.models import Account
from integrations.ports import Denied, Temporary
from integrations.sync import keeping, tasks
from integrations.sync.models import Link
from tests.factories.world import make_event
from tests.integrations.sync.test_inward import event
from tests.integrations.sync.test_outward import change

__all__ = ["event"]
pytestmark = pytest.mark.django_db


def said(stage, **passed):
    """How many entries are said to be due after some time."""
    before = FactRow.objects.filter(kind="LinkDue").count()
    stage.now += timedelta(**passed)
    tasks.push_waiting(at=stage.now)
    return FactRow.objects.filter(kind="LinkDue").count() - before


def forget_work(stage):
    Work.objects.exclude(state="done").update(state="parked")
    Timer.objects.all().delete()


def test_what_is_over_does_not_wait_for_ever(stage, event):
    Link.objects.update(state="pending")
    assert said(stage, minutes=20) == 1
    forget_work(stage)
    assert said(stage, days=80) == 0


def test_nothing_is_said_again_while_the_lane_holds_work(stage, event):
    stage.far.fail("put", Temporary("rate_limit", after=7200), times=9)
    change(stage, event, title="Renamed")
    assert said(stage, minutes=20) == 0
    forget_work(stage)
    assert said(stage, minutes=1) == 1


@pytest.mark.parametrize("trouble", [Denied("request_refused"), Temporary("server_error")])
def test_a_removal_is_never_forgotten(stage, event, trouble):
    stage.far.fail("remove", trouble, times=9)
    programme.cancel(event.pk, reason="Snow", by=stage.by, at=stage.now)
    for _ in range(5):
        stage.work(60)
    assert stage.link().state in {"failed", "pending"}
    stage.far.troubles.clear()
    forget_work(stage)
    assert said(stage, hours=2) == 1
    stage.work(1)
    assert (stage.link().state, stage.far.standing()) == ("removed", [])


def test_events_without_link_and_account_are_not_compared(stage, event, monkeypatch):
    compared = []

    def keep(event_id, *, at):
        assert at == stage.now
        compared.append(event_id)

    monkeypatch.setattr(keeping, "keep", keep)
    second = make_event(stage.world, title="Second")
    tasks.compare_wishes(at=stage.now)
    assert compared == [event.pk, second.pk]
    Account.objects.update(state="off")
    compared.clear()
    tasks.compare_wishes(at=stage.now)
    assert compared == [event.pk]
