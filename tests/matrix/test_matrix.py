"""Every address × every role × every place: the answers are the ones in `tables/`."""

from collections import Counter

import pytest
import time_machine
from django.db import transaction
from django.test import override_settings

from tests.matrix import persons, places, routes, table
from tests.matrix.asking import Answer, ask, bare, body_of, fingerprint, nowhere, question

pytestmark = pytest.mark.django_db
ROWS = table.read()


@pytest.fixture(scope="module")
def scene(django_db_setup, django_db_blocker, tmp_path_factory):
    """One world for all rows, in one transaction that is never committed."""
    mails = override_settings(MAILBOX_FOLDER=tmp_path_factory.mktemp("mails"))
    with django_db_blocker.unblock(), mails, transaction.atomic():
        try:
            made = places.make_places()
            with time_machine.travel(places.NOW, tick=False):
                askers = persons.make_askers(made[0])
                yield made, askers, fingerprint()
        finally:
            transaction.set_rollback(True)


def test_every_address_has_a_row_and_every_row_an_address():
    there = {
        (method, address)
        for address, pattern in routes.routes().items()
        for method in routes.methods(pattern)
    }
    told = Counter((row.method, row.address, row.variant) for row in ROWS)
    assert sorted(there - {(row.method, row.address) for row in ROWS}) == []
    assert sorted({(row.method, row.address) for row in ROWS} - there) == []
    assert [row for row, times in told.items() if times > 1] == []


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_the_answers_are_the_ones_of_the_table(scene, row):
    made, askers, before = scene
    found: table.Found = {}
    wrong, hidden = [], []
    for asker in askers if not row.refuses_the_method else _ends(askers):
        answers = _answers(asker, row, made, before)
        found[asker.column, asker.way] = "".join(answer.letter for answer in answers)
        told = row.expected(asker.column, asker.way)[: len(answers)]
        if found[asker.column, asker.way] != told:
            statuses = [answer.status for answer in answers]
            wrong.append(f"{asker}: {found[asker.column, asker.way]} {statuses}, told {told}")
        if any(answer.changed for answer in answers):
            wrong.append(f"{asker}: refused, and a table changed")
        hidden += [(asker, answer) for answer in answers if answer.letter == "m"]
    wrong += _told_apart(row, hidden, before)
    assert wrong == [], f"{row.where}; the answers found read\n{table.written(row, found)}"


def _answers(asker, row, made, before):
    """One answer for each place; places that are the same question are asked once."""
    numbers = persons.asked_at(asker.column) if asker.way == "here" else persons.OWN
    known: dict[tuple[str, str], Answer] = {}
    for number in numbers:
        asked = question(row, made[number])
        known[asked] = known.get(asked) or ask(asker, row, made[number], before)
    return [known[question(row, made[number])] for number in numbers]


def _told_apart(row, hidden, before):
    """Hidden things that do not look like nothing: in words all of them, in headers two."""
    for asker, answer in hidden:
        if "<" in row.address and answer in (hidden[0][1], hidden[-1][1]):
            absent = ask(asker, row, answer.place, before, missing=True)
            if bare(absent.response) != bare(answer.response):
                yield f"{asker}: hidden and missing can be told apart"
        start = row.address.split("/")[1]
        if start != "api" and body_of(answer) != nowhere(asker, row.method, start):
            yield f"{asker}: what is hidden does not look like an unknown address"


def _ends(askers):
    """Which method an address takes is asked before who asks: the first and the last tell it."""
    return [askers[0], *askers[-3:]]


def test_afterwards_everything_is_as_before(scene):
    _, _, before = scene
    assert fingerprint() == before
