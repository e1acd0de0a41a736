"""From a member's yes to numbers beside suggested times: over HTTP, page by page."""

import json
from datetime import UTC, datetime, timedelta

from events.availability import rules
from events.availability.models import BusyConsent, BusyTime
from events.backstage import contributed, sweep
from events.backstage.models import AuditEntry
from events.kernel.actors import Role
from events.networks import commands as networks
from events.networks.models import Cluster, Membership
from integrations.accounts.models import Account
from integrations.busy import fetching
from integrations.ports import Entry
from integrations.providers.google import auth
from integrations.providers.google.connect import connect
from integrations.simulators.google.server import PERSON
from tests.events.registration.mail import at as stands_at
from tests.factories.sessions import sign_in
from tests.factories.world import SYSTEM, make_person, make_world
from tests.integrations.busy.stage import kept
from tests.matrix.places import give

# The suggested Thursday: 12 November 2026, 16:30 to 19:00 in Zagreb.
SUGGESTED = datetime(2026, 11, 12, 15, 30, tzinfo=UTC)
TITLE = "Dentist, please tell nobody"
NUMBERS = "By their calendars: {} free, {} busy, {} unknown."


def engaged(google, person, start=SUGGESTED, hours=1):

    secret = {"service_account": google.service_account()}
    calendar = connect(google.endpoints(), secret, calendar=person.email, subject=PERSON).calendar
    calendar.put(
        Entry(
            key=f"{person.pk:032x}", uid=f"{person.pk}@elsewhere.example.org", sequence=0,
            title=TITLE, text="", place="", starts_at=start,
            ends_at=start + timedelta(hours=hours), zone="Europe/Zagreb",
        ),
        known=None,
    )  # fmt: skip


def asked_about(simulator):
    """Addresses in every question about free and busy times."""
    bodies = [json.loads(one.body) for one in simulator.diary if one.path.endswith("/freeBusy")]
    bodies += [json.loads(one.body) for one in simulator.diary if "getSchedule" in one.path]
    return {item["id"] for body in bodies for item in body.get("items", [])} | {
        address for body in bodies for address in body.get("schedules", [])
    }


def test_two_say_yes_one_is_busy_and_the_planner_shows_numbers(stage, google):
    account = stage.google(google)
    first, second, *_ = stage.teachers
    engaged(google, first)
    page = stage.get(first).content.decode()
    assert "google of the country (Google Workspace)" in page
    assert "You have not said yes." in page
    assert stage.say(first, account).status_code == 302
    stage.say(second, account)
    assert "You said yes on 2 November 2026." in stage.get(first).content.decode()
    before, after = stage.plan()
    assert "Calendars are being asked now." in before
    assert NUMBERS.format(0, 0, 5) in before
    assert "Calendars are being asked now." not in after
    assert NUMBERS.format(1, 1, 3) in after
    assert NUMBERS.format(2, 0, 3) in after
    assert asked_about(google) == {first.email, second.email}
    assert TITLE not in after
    assert first.name not in after
    assert kept() == (1, 2)


def test_the_third_time_is_the_one_when_fewer_are_busy(stage, google):
    account = stage.google(google)
    busy = stage.teachers[0]
    for day in (8, 9, 10):  # the two suggested days and the one between
        engaged(google, busy, start=SUGGESTED + timedelta(days=day - 10), hours=3)
        google.world.books[busy.email].entries.update(
            {f"{day}": google.world.books[busy.email].entries.pop(f"{busy.pk:032x}")}
        )
    stage.say(busy, account)
    _, after = stage.plan()
    assert "The fewest people are busy then." in after
    assert after.count("By their calendars") == 3


def test_nobody_is_asked_about_without_a_yes_and_nothing_is_shown(stage, google):
    stage.google(google)
    before, after = stage.plan()
    assert asked_about(google) == set()
    assert "By their calendars" not in before + after


def test_a_yes_taken_back_deletes_what_is_kept_and_nothing_is_asked(stage, google):
    account = stage.google(google)
    first, second, *_ = stage.teachers
    for person in (first, second):
        engaged(google, person)
        stage.say(person, account)
    stage.plan()
    assert kept() == (2, 2)
    stage.say(first, account, do="withdraw")
    assert kept() == (1, 1)
    page = stage.get(first).content.decode()
    assert "You have not said yes." in page
    google.diary.clear()
    stage.work(hours=2)
    _, after = stage.plan()
    assert asked_about(google) == {second.email}
    assert NUMBERS.format(0, 1, 4) in after
    row = BusyConsent.objects.get(person=first)
    assert (row.version, row.withdrawn_at is None) == (1, False)
    deeds = AuditEntry.objects.filter(thing="busy_consent", thing_id=row.pk, actor_id=first.pk)
    assert sorted(deeds.values_list("action", flat=True)) == [
        "busy_times_shared", "busy_times_withdrawn",
    ]  # fmt: skip


def test_a_yes_taken_back_while_the_calendar_answers_keeps_nothing(stage, google):
    account = stage.google(google)
    first = stage.teachers[0]
    engaged(google, first)
    stage.say(first, account)
    stage.get(stage.world.coordinator, "/plan/new/")

    save = fetching.fetch(account.pk, at=stage.now)
    stage.say(first, account, do="withdraw")
    with stands_at(stage.now):
        save()
        sweep.drain(at=stage.now)
    assert kept() == (0, 0)


def test_a_mailbox_that_refuses_is_unknown(stage, microsoft):
    account, boxes = stage.microsoft(microsoft)
    first, second, *_ = stage.teachers
    boxes[first.email].shares_times = False
    microsoft.hand.add(boxes[second.email], TITLE, SUGGESTED, SUGGESTED + timedelta(hours=1))
    for person in (first, second):
        stage.say(person, account)
    _, after = stage.plan()
    assert NUMBERS.format(0, 1, 4) in after
    assert NUMBERS.format(1, 0, 4) in after
    assert asked_about(microsoft) == {first.email, second.email}
    told_nothing = "The calendar has told nothing so far; you count as unknown."
    assert told_nothing in stage.get(first).content.decode()
    assert told_nothing not in stage.get(second).content.decode()


def test_an_outage_is_unknown_and_never_free(stage, google):
    account = stage.google(google)
    stage.say(stage.teachers[0], account)
    google.faults.switch_on("hang_up", "freeBusy", times=9)
    _, after = stage.plan()
    assert NUMBERS.format(0, 0, 5) in after
    assert "Calendars are being asked now." not in after
    google.faults.clear()
    stage.work(hours=2)
    assert NUMBERS.format(1, 0, 4) in stage.plan()[1]


def test_after_a_day_without_an_answer_everybody_is_unknown_again(stage, google):
    account = stage.google(google)
    stage.say(stage.teachers[0], account)
    assert NUMBERS.format(1, 0, 4) in stage.plan()[1]
    google.faults.switch_on("server_error", "freeBusy", times=99)
    stage.work(hours=23)
    assert NUMBERS.format(1, 0, 4) in stage.planned()
    stage.work(hours=1)
    assert NUMBERS.format(1, 0, 4) not in stage.planned()
    assert NUMBERS.format(0, 0, 5) in stage.planned()


def test_a_refused_right_is_unknown_and_what_was_kept_goes(stage, google):
    account = stage.google(google)
    engaged(google, stage.teachers[0])
    stage.say(stage.teachers[0], account)
    stage.plan()
    google.tokens.granted -= {"calendar.freebusy"}
    google.tokens.given.clear()
    auth.forget()
    stage.work(hours=2)
    _, after = stage.plan()
    assert NUMBERS.format(0, 0, 5) in after
    assert kept() == (0, 0)


def test_a_pause_that_is_asked_for_is_kept(stage, google):
    account = stage.google(google)
    stage.say(stage.teachers[0], account)
    google.faults.switch_on("rate_limit", "freeBusy", after=120)
    _, after = stage.plan()
    assert NUMBERS.format(0, 0, 5) in after
    assert "Calendars are being asked now." in after
    stage.work(seconds=200)
    assert NUMBERS.format(1, 0, 4) in stage.planned()


def test_another_country_cannot_agree_and_is_not_asked_about(stage, google):
    account = stage.google(google)
    there = make_world("AL", teachers=1)
    stranger = there.teachers[0]
    assert (
        "No calendar of your school, country or programme" in stage.get(stranger).content.decode()
    )
    assert stage.say(stranger, account).status_code == 404
    assert BusyConsent.objects.count() == 0
    stage.say(stage.teachers[0], account)
    stage.plan()
    assert asked_about(google) == {stage.teachers[0].email}


def test_who_has_left_the_country_is_not_asked_about_any_more(stage, google):

    account = stage.google(google)
    first = stage.teachers[0]
    stage.say(first, account)
    stage.plan()
    Membership.objects.filter(person=first).update(ended_on=stage.now.date())
    stage.say(stage.teachers[1], account)
    google.diary.clear()
    stage.work(hours=2)
    stage.plan()
    assert asked_about(google) == {stage.teachers[1].email}
    assert "This calendar cannot be asked about you any more." in stage.get(first).content.decode()
    assert kept() == (0, 1)


def test_an_account_that_was_switched_off_is_neither_offered_nor_asked(stage, google):
    account = stage.google(google)
    stage.say(stage.teachers[0], account)
    Account.objects.filter(pk=account.pk).update(state="off")
    _, after = stage.plan()
    assert asked_about(google) == set()
    assert NUMBERS.format(0, 0, 5) in after
    assert stage.say(stage.teachers[1], account).status_code == 404


def test_whom_an_account_serves(stage, google):
    first, second = stage.teachers[:2]  # of two schools
    programme = networks.add_programme(code="blended", name="Blended", by=SYSTEM, at=stage.now)
    Cluster.objects.update(programme_id=programme.pk)
    elsewhere = make_world("AL", teachers=1).teachers[0]
    places = {
        "school": (stage.world.schools[0].pk, {first}), "person": (first.pk, {first}),
        "country": (stage.world.country.pk, {first, second}),
        "programme": (programme.pk, {first, second}), "world": (0, {first, second, elsewhere}),
    }  # fmt: skip
    Cluster.objects.filter(country__code="AL").update(programme_id=None)
    for scope, (scope_id, people) in places.items():
        account = stage.google(google, scope=scope, scope_id=scope_id)
        found = {
            one
            for one in (first, second, elsewhere, make_person(f"No Address {scope}", email=""))
            if account.pk in {had.source_id for had in offered(one, stage)}
        }
        assert found == people, scope


def test_a_caldav_server_is_asked_about_its_own_person_alone(stage):
    first, second = stage.teachers[:2]
    options = {"server": "https://127.0.0.1:9/"}
    account = stage.connect(
        "caldav", options, {"user": "a", "password": "b"}, subject=first.email.upper(),
        calendar="https://127.0.0.1:9/a/",
    )  # fmt: skip
    assert [one.source_id for one in offered(first, stage)] == [account.pk]
    assert offered(second, stage) == []


def test_a_caldav_calendar_added_on_the_pages_is_offered_to_its_person(stage):
    first, second = stage.teachers[:2]
    by = make_person("Coordinates The Country")
    give(by, Role.NATIONAL_COORDINATOR, "country", stage.world.country.pk)
    sign_in(stage.client, by, second_step=True)
    sent = {
        "whose": f"country:{stage.world.country.pk}", "server": "https://dav.example.org/",
        "calendar": "/cal/", "subject": first.email, "secret_user": "a", "secret_password": "b",
    }  # fmt: skip
    with stands_at(stage.now):
        assert stage.client.post("/connections/add/caldav/", sent).status_code == 302
    account = Account.objects.get()
    assert [one.source_id for one in offered(first, stage)] == [account.pk]
    assert offered(second, stage) == []


def offered(person, stage):
    return contributed.busy_sources(person.pk, at=stage.now)


def test_the_person_takes_everything_away_as_a_file(stage, google):
    account = stage.google(google)
    engaged(google, stage.teachers[0])
    stage.say(stage.teachers[0], account)
    stage.plan()
    data = json.loads(stage.get(stage.teachers[0], "/me/data/download/").content)
    one = data["busy_times"][0]
    assert one["busy"] == [{"starts_at": "2026-11-12T15:30:00Z", "ends_at": "2026-11-12T16:30:00Z"}]
    assert one["calendar"] == "google of the country (Google Workspace)"
    assert TITLE not in json.dumps(data)


def test_times_that_passed_and_answers_that_are_old_are_deleted(stage, google):
    account = stage.google(google)
    first, second = stage.teachers[:2]
    engaged(google, first, start=stage.now + timedelta(hours=3))
    engaged(google, second, start=stage.now + timedelta(days=40))
    for person in (first, second):
        stage.say(person, account)
    stage.plan()
    assert kept() == (2, 2)
    google.faults.switch_on("server_error", "freeBusy", times=999)
    stage.work(hours=5)
    assert kept() == (1, 2)
    stage.work(days=14)
    assert kept() == (0, 0)


def test_while_somebody_plans_calendars_are_asked_each_half_day_and_later_no_more(stage, google):
    account = stage.google(google)
    stage.say(stage.teachers[0], account)
    stage.work(days=1)
    assert asked_about(google) == set()
    stage.plan()

    def questions():
        return sum(1 for one in google.diary if one.path.endswith("/freeBusy"))

    first = questions()
    stage.plan()
    assert questions() == first
    stage.work(hours=13)
    assert questions() == 2 * first
    stage.work(days=15)
    now = questions()
    stage.work(days=1)
    assert questions() == now


def test_a_yes_to_what_it_meant_before_is_asked_for_anew(stage, google, monkeypatch):

    account = stage.google(google)
    stage.say(stage.teachers[0], account)
    stage.plan()
    monkeypatch.setattr(rules, "VERSION", 2)
    google.diary.clear()
    stage.work(hours=2)
    _, after = stage.plan()
    assert "By their calendars" not in after
    assert asked_about(google) == set()
    assert kept() == (0, 0)
    assert "You have not said yes." in stage.get(stage.teachers[0]).content.decode()
    stage.say(stage.teachers[0], account)
    given = BusyConsent.objects.filter(withdrawn_at=None)
    assert list(given.values_list("version", flat=True)) == [2]
    assert BusyConsent.objects.count() == 2


def test_there_is_no_place_for_a_title():
    names = {field.name for field in BusyTime._meta.get_fields()}
    assert names == {"id", "consent", "starts_at", "ends_at"}
