"""A ticket opens what it was made for, until it is over, and nothing else."""

from dataclasses import replace
from datetime import timedelta

import pytest

from recordings.media.tickets import Grant, issue, seconds_left
from tests.factories.world import AT

GRANT = Grant(recording_id=7, revision=2, epoch="a1", holder="session")
HOUR = 3_600_000


def test_it_holds_for_twice_the_duration_and_an_hour():
    ticket = issue(GRANT, duration_ms=HOUR, at=AT)
    assert seconds_left(ticket, GRANT, at=AT) == 3 * 3600
    assert seconds_left(ticket, GRANT, at=AT + timedelta(hours=3, seconds=-1)) == 1
    assert seconds_left(ticket, GRANT, at=AT + timedelta(hours=3)) == 0


def test_it_stays_the_same_within_the_hour():
    first, second = (issue(GRANT, duration_ms=HOUR, at=AT + timedelta(minutes=m)) for m in (1, 59))
    assert first == second
    assert issue(GRANT, duration_ms=HOUR, at=AT + timedelta(minutes=61)) != first


@pytest.mark.parametrize(
    "other",
    [{"recording_id": 8}, {"revision": 1}, {"epoch": "a2"}, {"holder": "somebody"}, {"holder": ""}],
)
def test_it_is_for_nothing_and_nobody_else(other):
    ticket = issue(GRANT, duration_ms=HOUR, at=AT)
    assert seconds_left(ticket, replace(GRANT, **other), at=AT) == 0


@pytest.mark.parametrize("place", range(31))
def test_one_changed_character_opens_nothing(place):
    ticket = issue(GRANT, duration_ms=HOUR, at=AT)
    there = ticket[place]
    changed = ticket[:place] + ("0" if there != "0" else "1") + ticket[place + 1 :]
    assert len(ticket) == 31
    assert seconds_left(changed, GRANT, at=AT) == 0


@pytest.mark.parametrize("text", ["", ".", "nothing", 8 * "f" + "." + 22 * "A", 31 * "é"])
def test_what_is_no_ticket(text):
    assert seconds_left(text, GRANT, at=AT) == 0
