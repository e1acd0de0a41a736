"""Somebody whom a class list places in several schools joins all that the importer keeps."""

import pytest

from events.kernel.actors import Role
from events.networks.imports import commands, matching
from events.networks.imports.lines import KNOWN, NEW
from events.networks.models import Membership
from events.networks.rosters.person import PersonRow
from events.people import commands as people
from events.people.models import Person
from tests.events.registration.mail import settle
from tests.factories.world import AT, SYSTEM, make_person, make_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return make_world()


def row(name="Tina Teach", *codes):
    first, *others = codes
    return PersonRow(
        1, name, email="tina@example.org", school_code=first, other_school_codes=tuple(others)
    )


def carry(world, by, *rows):
    lines = matching.persons(rows, school_id=None, by=by, at=AT)
    roster = commands.carry_out(
        lines, kind="people", country_id=world.country.pk, school_id=None, digest="0", by=by, at=AT
    )
    return lines, roster


def codes_of(name):
    rows = Membership.objects.filter(person__name=name, ended_on=None)
    return sorted(rows.values_list("school__national_code", flat=True))


def test_all_schools_of_a_row_are_joined_and_the_preview_names_them(world):
    by = world.actor(world.coordinator)
    [line], roster = carry(world, by, row("Tina Teach", "HR-0", "HR-2", "HR-3"))
    assert (line.state, line.detail) == (
        NEW, "tina@example.org, School HR 0, School HR 2, School HR 3",
    )  # fmt: skip
    assert codes_of("Tina Teach") == ["HR-0", "HR-2", "HR-3"]
    [again], _ = carry(world, by, row("Tina Teach", "HR-0", "HR-4"))
    assert again.state == KNOWN
    assert codes_of("Tina Teach") == ["HR-0", "HR-2", "HR-3", "HR-4"]
    assert roster.made.count() == 4


def test_schools_out_of_reach_and_unknown_codes_are_not_joined(world):
    keeper = make_person("Keeper")
    people.grant(
        person_id=keeper.pk, role=Role.SCHOOL_COORDINATOR, scope="school",
        scope_id=world.schools[0].pk, by=SYSTEM, at=AT,
    )  # fmt: skip
    carry(world, world.actor(keeper), row("Tina Teach", "HR-0", "HR-1", "nowhere", "HR-0"))
    assert codes_of("Tina Teach") == ["HR-0"]


def test_a_long_list_keeps_the_schools_until_its_job_is_done(world, monkeypatch):
    monkeypatch.setattr(commands, "AT_ONCE", 0)
    by = world.actor(world.coordinator)
    _, roster = carry(world, by, row("Tina Teach", "HR-0", "HR-2"))
    assert codes_of("Tina Teach") == []
    settle()
    assert codes_of("Tina Teach") == ["HR-0", "HR-2"]
    assert Person.objects.filter(name="Tina Teach").count() == 1
    assert roster.rows == 1
