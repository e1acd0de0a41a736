"""Several dates at once: one receipt, one letter an edit, and what calendars make of them."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar

from events.backstage.models import Letter
from events.invitations.writer import feed
from events.kernel.errors import DomainError
from events.mydays import queries as mydays
from events.planner import series as desk
from events.planner.commands import Wish
from events.programme import commands, revision, series
from events.programme.models import Part
from events.programme.plans import present_plan
from events.programme.recurrence import Repeat
from events.registration import commands as registration
from events.registration.models import PersonalLink, Registration
from events.registration.series import commands as several
from tests.events.invitations.expanders import by_home_assistant, by_ical_js, by_libical
from tests.events.registration.mail import at, letters, settle
from tests.factories.world import AT, make_world, wish

pytestmark = pytest.mark.django_db
PARSERS = [by_libical, by_ical_js, by_home_assistant]
ZAGREB = ZoneInfo("Europe/Zagreb")
# Tuesdays from November over both clock changes: 28 March and 31 October 2027 (Europe/Zagreb).
FIRST = datetime(2026, 11, 10, 16, 30)
NOW = AT + timedelta(minutes=5)


@pytest.fixture
def world():
    return make_world()


@pytest.fixture
def by(world):
    return world.actor(world.coordinator)


def made(world, by, repeat):
    asked = Wish(wish(world, starts=FIRST, title="Tuesdays"), {"room": None, "online": None})
    row = desk.plan(asked, repeat=repeat, publish=True, by=by, at=AT)
    settle()
    return row


@pytest.fixture
def planned(world, by):
    return made(world, by, Repeat("weekly", number=8))


@pytest.fixture
def year(world, by):
    return made(world, by, Repeat("weekly", until=date(2027, 11, 30)))


def parts(row, **found):
    return list(Part.objects.filter(event__series=row, **found).order_by("recurrence_id"))


def changed(part, **values):
    part = Part.objects.select_related("event__kind").get(pk=part.pk)
    plan = present_plan(part.event, part)
    return type(plan)(**{**vars(plan), **values})


def join(world, person, row, dates=None, way="room"):
    ids = [part.event_id for part in dates or parts(row)]
    return several.register(
        row.pk, event_ids=ids, person_id=person.pk, way=way, by=world.actor(person), at=AT
    )


def instants(walls):
    return sorted(one.replace(tzinfo=ZAGREB).astimezone(UTC) for one in walls)


def standing(row):
    """When the dates of a series take place, from the tables."""
    found = Part.objects.filter(event__series=row).exclude(event__state="cancelled")
    return sorted(found.values_list("starts_at", flat=True))


def new_letters(person, since):
    return [one for one in letters(person) if one.pk > since]


def last_letter():
    return Letter.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


def test_the_audience_gets_one_invitation_for_all_dates(planned, world):
    rows = letters(kind="invitation")
    assert {one.person_id for one in rows} >= {teacher.pk for teacher in world.teachers}
    assert len(rows) == len({one.person_id for one in rows})
    assert rows[0].ics == b""
    assert "/dates/" in rows[0].text
    assert "Invitation: Tuesdays, 8 dates" in rows[0].subject


def test_several_dates_are_told_in_one_receipt(planned, world):
    teacher, since = world.teachers[0], last_letter()
    chosen = [parts(planned)[place] for place in (0, 2, 7)]
    join(world, teacher, planned, chosen)
    settle(NOW)
    (letter,) = new_letters(teacher, since)
    assert (letter.kind, letter.ics_method) == ("receipt", "REQUEST")
    assert letter.subject == "You are registered: Tuesdays, 3 dates"
    for parse in PARSERS:
        assert parse(bytes(letter.ics)) == [part.starts_at for part in chosen]


def test_asking_again_for_the_same_dates_is_refused_in_words(planned, world):
    join(world, world.teachers[0], planned, parts(planned)[:2])
    with pytest.raises(DomainError) as refused:
        join(world, world.teachers[0], planned, parts(planned)[:2])
    assert refused.value.code == "no_dates_chosen"
    assert Registration.objects.count() == 2


@pytest.fixture
def split(year, world, by):
    """Everybody holds all dates; one was moved, one cancelled; from 19 January on it is 17:00."""
    rows, teacher = parts(year), world.teachers[0]
    join(world, teacher, year)
    settle(NOW)
    moved, gone, cut = rows[14], rows[20], rows[10]
    by_hand = changed(moved, starts=datetime(2027, 2, 18, 9, 0))
    commands.change(moved.event_id, by_hand, by=by, at=NOW)
    commands.cancel(gone.event_id, reason="Holiday", by=by, at=NOW)
    settle(NOW)
    since = last_letter()
    later = changed(cut, starts=datetime(2027, 1, 19, 17, 0))
    done = revision.change(cut.event_id, later, scope="following", by=by, at=NOW)
    settle(NOW + timedelta(minutes=1))
    return done.series, rows, new_letters(teacher, since)


OLD = [FIRST + timedelta(weeks=week) for week in range(10)]
NEW = [datetime(2027, 1, 19, 17, 0) + timedelta(weeks=week) for week in range(46)]
NEW[4] = datetime(2027, 2, 18, 9, 0)
del NEW[10]


@pytest.mark.parametrize("parse", PARSERS)
def test_this_and_following_over_both_clock_changes_means_the_same_everywhere(
    parse, year, split, world, client
):
    new, _rows, (_first, second) = split
    assert len({one.replace(tzinfo=ZAGREB).utcoffset() for one in NEW}) == 2
    assert parse(bytes(second.ics)) == instants(NEW)
    client.force_login(world.teachers[0])
    for row, walls in ((year, OLD), (new, NEW)):
        assert standing(row) == instants(walls)
        with at(NOW):
            file = client.get(f"/series/{row.slug}.ics")
        assert sorted(parse(file.content)) == sorted(instants([*OLD, *NEW]))


def test_what_left_the_old_series_is_cleared_by_its_own_original_starts(year, split, world):
    _new, rows, (first, second) = split
    assert (first.ics_method, second.ics_method) == ("CANCEL", "REQUEST")
    cancelled = Calendar.from_ical(bytes(first.ics)).walk("VEVENT")
    assert {str(one["UID"]) for one in cancelled} == {year.uid}
    known = {one["RECURRENCE-ID"].dt.replace(tzinfo=None) for one in cancelled}
    assert known == {part.wall for part in rows[10:]} - {rows[20].wall}
    # The registration for the date that was cancelled before stays as it was, too.
    held = Registration.objects.filter(person=world.teachers[0], state="registered")
    assert held.count() == 56


def test_the_feed_means_the_same_in_three_parsers(planned, world, by):
    rows, teacher = parts(planned), world.teachers[0]
    join(world, teacher, planned, rows[:12])
    commands.change(
        rows[3].event_id, changed(rows[3], starts=datetime(2026, 12, 3, 9)), by=by, at=NOW
    )
    body = feed(mydays.calendar_of(teacher.pk, at=NOW), name="x")
    expected = sorted(
        Part.objects.filter(pk__in=[p.pk for p in rows[:12]]).values_list("starts_at", flat=True)
    )
    for parse in PARSERS:
        assert parse(body) == expected


def test_an_edit_of_all_is_one_letter_a_person_with_all_they_hold(planned, world, by):
    rows = parts(planned)
    one, two, nobody = world.teachers[:3]
    join(world, one, planned, rows[:5])
    join(world, two, planned, rows[3:8])
    settle(NOW)
    since = last_letter()
    revision.change(
        rows[0].event_id, changed(rows[0], starts=FIRST.replace(hour=18), title="Later"),
        scope="all", by=by, at=NOW,
    )  # fmt: skip
    settle(NOW + timedelta(minutes=1))
    assert new_letters(nobody, since) == []
    for person, dates in ((one, rows[:5]), (two, rows[3:8])):
        (letter,) = new_letters(person, since)
        assert (letter.kind, letter.ics_method, letter.subject) == (
            "change", "REQUEST", "Changed: Later",
        )  # fmt: skip
        walls = [part.wall.replace(hour=18) for part in dates]
        for parse in PARSERS:
            assert parse(bytes(letter.ics)) == instants(walls)
    settle(NOW + timedelta(minutes=2))
    assert len(new_letters(one, since)) == 1


def test_sequence_rises_with_every_edit(planned, world, by):
    rows, teacher = parts(planned), world.teachers[0]
    join(world, teacher, planned, rows[:3])
    settle(NOW)
    seen = []
    for hour in (17, 18, 19):
        moment = NOW + timedelta(minutes=hour)
        revision.change(
            rows[0].event_id, changed(rows[0], starts=FIRST.replace(hour=hour)), scope="all",
            by=by, at=moment,
        )  # fmt: skip
        settle(moment)
        letter = letters(teacher)[-1]
        seen.append(
            [int(v["SEQUENCE"]) for v in Calendar.from_ical(bytes(letter.ics)).walk("VEVENT")]
        )
    for earlier, later in pairwise(seen):
        assert all(one < two for one, two in zip(earlier, later, strict=True))


def test_cancelling_many_dates_is_one_letter(planned, world, by):
    rows, teacher = parts(planned), world.teachers[0]
    join(world, teacher, planned, rows[:6])
    settle(NOW)
    since = last_letter()
    series.cancel(rows[2].event_id, scope="following", reason="Snow", by=by, at=NOW)
    settle(NOW + timedelta(minutes=1))
    (letter,) = new_letters(teacher, since)
    assert (letter.ics_method, letter.subject) == ("CANCEL", "Cancelled: Tuesdays, 4 dates")
    assert "Snow" in letter.text
    dates = Calendar.from_ical(bytes(letter.ics)).walk("VEVENT")
    assert [one["RECURRENCE-ID"].dt.replace(tzinfo=None) for one in dates] == [
        p.wall for p in rows[2:6]
    ]
    assert {str(one["STATUS"]) for one in dates} == {"CANCELLED"}


def test_giving_one_date_back_clears_that_date_alone(planned, world):
    rows, teacher = parts(planned), world.teachers[0]
    join(world, teacher, planned, rows[:3])
    settle(NOW)
    registration.cancel(rows[1].event_id, person_id=teacher.pk, by=world.actor(teacher), at=NOW)
    settle(NOW + timedelta(minutes=1))
    letter = letters(teacher)[-1]
    (gone,) = Calendar.from_ical(bytes(letter.ics)).walk("VEVENT")
    assert (letter.ics_method, gone["RECURRENCE-ID"].dt.replace(tzinfo=None)) == (
        "CANCEL", rows[1].wall,
    )  # fmt: skip
    assert str(gone["UID"]) == planned.uid


def test_a_place_on_one_date_carries_its_original_start(planned, world):
    row, teacher = parts(planned)[4], world.teachers[0]
    registration.register(
        row.event_id, person_id=teacher.pk, way="room", by=world.actor(teacher), at=NOW
    )
    settle(NOW + timedelta(minutes=1))
    letter = letters(teacher)[-1]
    (held,) = Calendar.from_ical(bytes(letter.ics)).walk("VEVENT")
    assert (str(held["UID"]), held["RECURRENCE-ID"].dt.replace(tzinfo=None)) == (
        planned.uid, row.wall,
    )  # fmt: skip


def test_the_page_takes_all_ticked_dates_in_one_request(planned, world, client):
    teacher, rows = world.teachers[0], parts(planned)
    client.force_login(teacher)
    with at(NOW):
        page = client.get(f"/series/{planned.slug}/")
        assert page.content.decode().count('name="date"') == 8
        assert not Registration.objects.exists()
        answer = client.post(
            f"/series/{planned.slug}/",
            {"way": "online", "date": [str(row.event_id) for row in rows[:3]], "_once": "n1"},
        )
        assert answer.status_code == 302
        assert list(Registration.objects.values_list("way", "state").distinct()) == [
            ("online", "registered")
        ]
        assert Registration.objects.count() == 3
        nothing = client.post(f"/series/{planned.slug}/", {"way": "room", "_once": "n2"})
        assert (nothing.status_code, Registration.objects.count()) == (422, 3)
        assert "Tick at least one date." in nothing.content.decode()
    with at(rows[0].ends_at):
        client.force_login(teacher)
        page = client.get(f"/series/{planned.slug}/").text
    assert (page.count("You had a place"), page.count("You are going")) == (1, 2)


def test_a_sibling_cluster_meets_the_same_nothing_as_for_a_wrong_address(planned, world, client):
    other = make_world("AL")
    client.force_login(other.teachers[0])
    rows = parts(planned)
    with at(NOW):
        missing = client.get("/series/nothing-here/")
        for path in (f"/series/{planned.slug}/", f"/series/{planned.slug}.ics"):
            assert client.get(path).status_code == 404
        hidden = client.get(f"/series/{planned.slug}/")
        assert hidden.content == missing.content
        posted = client.post(
            f"/series/{planned.slug}/", {"way": "room", "date": [str(rows[0].event_id)]}
        )
    assert posted.status_code == 404
    assert not Registration.objects.exists()


def test_the_link_in_the_mail_leads_to_all_dates_and_registers(planned, world, client):
    teacher, rows = world.teachers[0], parts(planned)
    (invitation,) = [one for one in letters(teacher) if one.kind == "invitation"]
    path = next(line for line in invitation.text.splitlines() if "/dates/" in line)
    path = path.partition("://")[2].partition("/")[2]
    forged = f"{path[: -len('?/dates/')]}1/dates/"  # no token has a 1
    with at(NOW):
        before = list(PersonalLink.objects.values())
        assert client.get(f"/{path}").content.decode().count('name="date"') == 8
        assert list(PersonalLink.objects.values()) == before
        answer = client.post(
            f"/{path}", {"way": "room", "date": [rows[0].event_id, rows[1].event_id, 999999]}
        )
        assert answer.status_code == 302
        assert client.get(f"/{forged}").status_code == 404
    assert set(Registration.objects.values_list("person_id", "event_id")) == {
        (teacher.pk, rows[0].event_id), (teacher.pk, rows[1].event_id),
    }  # fmt: skip
    settle(NOW)
    assert len([one for one in letters(teacher) if one.kind == "receipt"]) == 1


def test_a_letter_about_a_whole_year_stays_light(year, world):
    join(world, world.teachers[0], year)
    settle(NOW)
    letter = letters(world.teachers[0])[-1]
    assert letter.subject == "You are registered: Tuesdays, 56 dates"
    assert len(letter.html.encode()) < 30_000
    assert len(bytes(letter.ics)) < 10_000
