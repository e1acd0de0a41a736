"""Free and busy times."""

from datetime import timedelta

import pytest

from integrations.providers.microsoft import busy
from tests.contracts.peer import STARTS

HOUR = timedelta(hours=1)
ANA, IVO = "ana@school.example.org", "ivo@school.example.org"


@pytest.fixture
def people(simulator, box):
    return [simulator.world.add_mailbox(address) for address in (ANA, IVO)]


def ask(connection, *addresses, days=1):
    return connection.busy.busy(addresses, since=STARTS, until=STARTS + timedelta(days=days))


def test_busy_spans_are_joined(simulator, connection, people):
    for start in (0, 1, 3):
        begins = STARTS + start * HOUR
        simulator.hand.add(people[0], "Secret", begins, begins + HOUR)
    assert ask(connection, ANA, IVO) == {
        ANA: [(STARTS, STARTS + 2 * HOUR), (STARTS + 3 * HOUR, STARTS + 4 * HOUR)], IVO: [],
    }  # fmt: skip


@pytest.mark.parametrize(
    ("shown", "taken"),
    [("busy", True), ("oof", True), ("tentative", True), ("free", False),
     ("workingElsewhere", False)],
)  # fmt: skip
def test_what_counts_as_busy(simulator, connection, people, shown, taken):
    simulator.hand.add(people[0], "x", STARTS, STARTS + HOUR, showAs=shown)
    assert bool(ask(connection, ANA)[ANA]) is taken


def test_an_entry_of_which_nothing_is_told_is_not_free(simulator, connection, people):
    simulator.hand.add(people[0], "x", STARTS, STARTS + HOUR)
    simulator.hand.add(people[0], "y", STARTS + HOUR, STARTS + 2 * HOUR, showAs="unknown")
    assert ask(connection, ANA, IVO) == {ANA: None, IVO: []}
    assert busy._spans({"availabilityView": "0x20"}, STARTS) is None


def test_unknown_is_not_free(simulator, connection, people):
    people[1].shares_times = False
    stranger = "nobody@elsewhere.example.org"
    assert ask(connection, ANA, IVO, stranger) == {ANA: [], IVO: None, stranger: None}


def test_many_people_and_long_spans_are_asked_for_in_parts(simulator, connection, people):
    names = [f"t{number}@school.example.org" for number in range(23)]
    for name in names:
        simulator.world.add_mailbox(name)
    late = STARTS + timedelta(days=80)
    simulator.hand.add(simulator.world.mailbox(names[22]), "x", late, late + HOUR)
    found = ask(connection, *names, days=100)
    assert found[names[22]] == [(late, late + HOUR)]
    assert all(spans == [] for name, spans in found.items() if name != names[22])


def test_unknown_in_a_part_is_unknown_in_the_whole():
    assert busy._joined([(STARTS, STARTS)], None) is None
    assert busy._joined(None, []) is None


def test_where_only_digits_are_given_they_are_read():
    spans = busy._spans({"availabilityView": "0120"}, STARTS)
    half = HOUR / 2
    assert spans == [(STARTS + half, STARTS + HOUR), (STARTS + HOUR, STARTS + 3 * half)]
    assert busy._spans({"scheduleId": "x"}, STARTS) is None


def test_no_titles_are_kept(simulator, connection, people):
    simulator.hand.add(people[0], "Divorce lawyer", STARTS, STARTS + HOUR)
    assert "Divorce" not in repr(ask(connection, ANA))
