"""Busy times: spans without titles; what is not told is not free."""

from datetime import timedelta

import pytest

from integrations.ports import Denied
from integrations.simulators.google.server import PERSON
from integrations.simulators.google.world import Book
from tests.contracts.peer import SINCE, STARTS, UNTIL, Sample

HOUR = timedelta(hours=1)


def test_busy_spans_and_nothing_else(google, account):
    account().calendar.put(Sample(1).entry(), known=None)
    found = account().busy.busy([PERSON], since=SINCE, until=UNTIL)
    assert found == {PERSON: [(STARTS, STARTS + 2 * HOUR)]}
    assert account().busy.busy([PERSON], since=SINCE, until=STARTS) == {PERSON: []}


def test_spans_are_cut_at_the_question(google, account):
    account().calendar.put(Sample(1).entry(), known=None)
    found = account().busy.busy([PERSON], since=STARTS + HOUR, until=UNTIL)
    assert found == {PERSON: [(STARTS + HOUR, STARTS + 2 * HOUR)]}


def test_somebody_google_does_not_know_is_unknown_not_free(google, account):
    found = account().busy.busy([PERSON, "x@school.example.org"], since=SINCE, until=UNTIL)
    assert found == {PERSON: [], "x@school.example.org": None}


def test_many_are_asked_for_in_several_questions(google, account):
    many = [f"t{number}@school.example.org" for number in range(120)]
    google.world.books |= {name: Book(name) for name in many}
    found = account().busy.busy(many, since=SINCE, until=UNTIL)
    assert found == {name: [] for name in many}
    asked = [one.json() for one in google.diary if one.path.endswith("/freeBusy")]
    assert [len(one["items"]) for one in asked] == [50, 50, 20]


def test_nobody_is_nothing(google, account):
    assert account().busy.busy([], since=SINCE, until=UNTIL) == {}
    assert google.diary == []


def test_without_the_right_it_is_said(google, account):
    google.tokens.granted.discard("calendar.freebusy")
    with pytest.raises(Denied) as met:
        account().busy.busy([PERSON], since=SINCE, until=UNTIL)
    assert met.value.code == "scope_missing"
