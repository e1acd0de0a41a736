"""A copy that somebody makes over there carries our key along, and never takes over our link."""

from dataclasses import replace

import pytest

from events.programme import commands as programme
from integrations.sync.models import Link, Question
from tests.integrations.sync.test_inward import HOURS, event, standing
from tests.integrations.sync.test_outward import change

__all__ = ["event"]
pytestmark = pytest.mark.django_db


def copied(stage, **changes):
    found = standing(stage)
    stage.far._write(replace(found, remote_id="copy", **changes))
    return found


@pytest.mark.parametrize("moved", [0, 1])
def test_a_copy_is_nobody_s_question_and_the_original_stays_ours(stage, event, moved):
    first = standing(stage)
    copied(stage, starts_at=first.starts_at + moved * HOURS, ends_at=first.ends_at + moved * HOURS)
    stage.read()
    assert (stage.link().remote_id, Question.objects.count()) == (first.remote_id, 0)
    change(stage, event, title="Renamed")
    assert stage.far.entries[first.remote_id].title == "Renamed"
    assert stage.far.entries["copy"].title == first.title


def test_what_takes_the_place_of_a_removed_entry_is_taken_on(stage, event):
    """Cut out and pasted: the copy is what is left of it."""
    first = copied(stage)
    stage.far.remove_there(first.remote_id)
    stage.read()
    assert (stage.link().remote_id, Question.objects.count()) == ("copy", 0)
    change(stage, event, title="Renamed")
    assert standing(stage).title == "Renamed"


def test_of_several_with_the_key_the_one_that_has_it_as_its_id_counts(stage, event):
    """The answer to our first call was lost, and somebody copied the entry meanwhile."""
    first, key = standing(stage), stage.link().key
    for remote_id in ("copy", key, "copy-2"):
        stage.far._write(replace(first, remote_id=remote_id))
    stage.far.entries.pop(first.remote_id)
    stage.far.log = [one for one in stage.far.log if one[1] != first.remote_id]
    Link.objects.update(remote_id="", etag="")
    stage.read()
    assert stage.link().remote_id == key


def test_a_removal_is_done_though_a_copy_stands_there(stage, event):
    first = copied(stage)
    programme.cancel(event.pk, reason="Snow", by=stage.by, at=stage.now)
    stage.work(1)
    assert (stage.link().state, standing(stage).remote_id) == ("removed", "copy")
    assert stage.far.entries[first.remote_id].removed
