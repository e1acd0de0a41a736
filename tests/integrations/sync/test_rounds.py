"""Reading does not stand in the way of writing, and leaves alone what is over."""

from datetime import timedelta

import pytest

from integrations.ports import Temporary
from integrations.sync.models import Cursor
from tests.integrations.sync.test_inward import event, standing
from tests.integrations.sync.test_outward import change

__all__ = ["event"]
pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("after", [None, 20.0])
def test_a_read_that_keeps_failing_steps_aside_for_what_is_to_be_written(stage, event, after):
    stage.far.fail("changes", Temporary("server_error", after=after), times=99)
    stage.read()
    change(stage, event, title="Renamed")
    for _ in range(4):
        stage.work(40)
    assert standing(stage).title == "Renamed"
    stage.read()
    change(stage, event, title="Renamed again")
    assert standing(stage).title == "Renamed again"
    stage.far.troubles.clear()
    stage.read()
    assert (Cursor.objects.get().failures, Cursor.objects.get().good_at) == (0, stage.now)


def test_a_read_that_failed_for_a_moment_is_tried_again_in_its_place(stage, event):
    stage.far.fail("changes", Temporary("server_error"), times=2)
    stage.read()
    stage.work(40)
    stage.work(40)
    assert (stage.far.calls.count("changes"), Cursor.objects.get().failures) == (3, 0)


def test_a_whole_round_asks_for_nothing_that_is_over(stage, event):
    stage.now += timedelta(days=80)
    stage.far.forget_cursors()
    stage.far.calls.clear()
    stage.read()
    assert stage.far.calls == ["changes", "changes"]
