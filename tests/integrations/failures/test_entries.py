"""Facts table E, entries: once, in one calendar, following us, and asked about when they differ."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest

from events.backstage.models import Work
from events.programme import parts
from integrations.accounts.models import Account
from integrations.sync import pushing, tasks
from integrations.sync.models import Link, Question
from tests.events.registration.mail import at as stands_at
from tests.events.registration.mail import letters

pytestmark = pytest.mark.django_db
MADE = {"google": "POST /calendar", "microsoft": "POST /v1.0/users"}
LISTS = {"google": "GET /calendar/v3/calendars", "microsoft": "calendarView/delta"}
HOURS = timedelta(hours=3)


def remote(stage):
    return stage.link().remote_id


@pytest.mark.parametrize("fault", ["lost", "half", "garbage"])
def test_e_made_once_when_the_answer_is_lost(stage, far, fault):
    """The id is ours, chosen before the first call: the second one finds what the first made."""
    stage.fars[far].faults.switch_on(fault, MADE[far])
    stage.event()
    stage.work(60)
    assert len(stage.asked(far, MADE[far])) > 1 or far == "microsoft"
    assert stage.fars[far].faults.met[fault] == 1
    assert (len(stage.standing()), stage.link().state) == (1, "ok")


def test_e_made_once_in_one_calendar_of_two(stage, google, microsoft):
    """The nearest account alone, also while it does not answer."""
    stage.google(google, scope="country")
    near = stage.microsoft(microsoft)
    microsoft.faults.switch_on("server_error", "/v1.0/users", times=4)
    stage.event()
    for _ in range(6):
        stage.work(300)
    assert (len(stage.standing("microsoft")), stage.standing("google")) == (1, [])
    assert list(Link.objects.values_list("account_id", flat=True)) == [near.pk]


def test_e_one_invitation_nobody_is_named_over_there(stage, far):
    """Our own mail is the one invitation, also when a call is repeated."""
    stage.fars[far].faults.switch_on("lost", MADE[far])
    event = stage.event()
    person = stage.world.teachers[0]
    stage.register(event, person)
    stage.change(event, title="Larger steps")
    stage.cancel(event)
    told = (stage.fars[far].world.invitations) if far == "google" else len(microsoft_mail(stage))
    assert told == 0
    bodies = [one.body.decode() for one in stage.fars[far].diary if one.method in ("POST", "PATCH")]
    assert not any("attendees" in body for body in bodies)
    if far == "google":
        writes = [one for one in google_writes(stage) if "watch" not in one.path]
        assert writes
        assert {one.query.get("sendUpdates") for one in writes} == {"none"}
    assert len(letters(person, "place")) <= 1


def microsoft_mail(stage):
    return stage.fars["microsoft"].world.sent


def google_writes(stage):
    return [
        one for one in stage.asked("google", "/calendar/v3/calendars/")
        if one.method in ("POST", "PATCH", "DELETE")
    ]  # fmt: skip


def test_e_reschedule_arrives_whatever_was_lost(stage, far, monkeypatch):
    """What is wished is compared with what was confirmed, not with whether there was an error."""
    event = stage.event()
    stage.fars[far].faults.switch_on("lost", "PATCH")
    stage.change(event, title="Larger steps")
    stage.work(60)
    later = stage.part(event).wall + timedelta(days=1)
    with monkeypatch.context() as patched:
        patched.setattr(pushing, "push", _bug)
        stage.change(event, starts=later)
    # The work itself is given up by a bug of ours: nothing speaks of the change any more.
    Work.objects.exclude(state="done").update(state="parked")
    stage.now += timedelta(hours=1)
    with stands_at(stage.now):
        tasks.push_waiting(at=stage.now)
    stage.work(1)
    stage.work(60)
    (found,) = stage.standing()
    assert title(found) == "Larger steps"
    assert (stage.link().seen_starts_at, stage.link().state) == (
        stage.part(event).starts_at,
        "ok",
    )


def _bug(*_, **__):
    raise ValueError("a bug of ours")


def title(found):
    return found["summary"] if isinstance(found, dict) else found.values["subject"]


def test_e_removed_there_is_asked_and_never_silent(stage, far):
    """Somebody deletes it while our own change is on its way, and notices of it are late."""
    event = stage.event()
    stage.read()
    stage.fars[far].hand.remove(remote(stage))
    stage.fars[far].faults.switch_on("server_error", times=2)
    stage.change(event, title="Larger steps")
    stage.work(120)
    stage.read()
    assert Question.objects.get().kind == "removed"
    event.refresh_from_db()
    assert (event.state, stage.standing()) == ("published", [])
    stage.answer("restore")
    assert [title(one) for one in stage.standing()] == ["Larger steps"]


def test_e_moved_there_is_asked_and_never_overwritten(stage, far):
    event = stage.event()
    stage.read()
    before = stage.part(event).starts_at
    stage.fars[far].hand.move(remote(stage), before + HOURS, before + 2 * HOURS)
    stage.fars[far].faults.switch_on("precondition", "PATCH")
    stage.change(event, title="Larger steps")
    stage.work(120)
    assert Question.objects.get().found_starts_at == before + HOURS
    assert stage.part(event).starts_at == before


@pytest.mark.parametrize("fault", ["not_found", "gone"])
def test_e_cancelled_when_it_is_gone_there_already(stage, far, fault):
    """Deleting what is not there has been done: 404 and 410 are a success."""
    event = stage.event()
    stage.fars[far].hand.remove(remote(stage))
    stage.fars[far].faults.switch_on(fault, "DELETE")
    stage.cancel(event)
    assert stage.fars[far].faults.met[fault] == 1
    assert stage.link().state == "removed"
    assert Account.objects.get().trouble == ""
    asked = len(stage.asked(far, "DELETE"))
    stage.work(3600)
    assert len(stage.asked(far, "DELETE")) == asked == 1


def test_e_cancelled_after_a_removal_there(stage, far):
    event = stage.event()
    stage.fars[far].hand.remove(remote(stage))
    stage.cancel(event)
    stage.read()
    assert (stage.link().state, Question.objects.count(), stage.standing()) == ("removed", 0, [])


def test_e_no_ping_pong_with_our_own_echo(stage, far):
    """What we wrote comes back as a change: the etag is the one we know, so nothing follows."""
    event = stage.event()
    stage.fars[far].faults.switch_on("lost", "PATCH")
    stage.change(event, title="Larger steps")
    stage.work(60)
    writes = len(stage.asked(far, "PATCH"))
    for _ in range(3):
        stage.read()
    assert len(stage.asked(far, "PATCH")) == writes
    assert (Question.objects.count(), stage.link().state) == (0, "ok")


def test_e_what_we_sent_before_is_no_news(stage, far):
    """Two changes on their way, the first has arrived unconfirmed: that state is nobody else's."""
    event = stage.event()
    stage.read()
    faults = stage.fars[far].faults
    faults.switch_on("lost", "PATCH")
    faults.switch_on("server_error", "PATCH", times=99)
    stage.change(event, title="Larger steps")
    stage.change(event, title="The largest steps")
    step_aside(stage)
    assert [title(one) for one in stage.standing()] == ["Larger steps"]
    read_in_between(stage, far)
    assert Question.objects.count() == 0
    settled(stage, far, "The largest steps")


def test_e_what_we_left_there_is_no_news(stage, far):
    """Somebody touches what stands there from before while our change does not get through."""
    event = stage.event()
    stage.read()
    stage.fars[far].faults.switch_on("server_error", "PATCH", times=99)
    stage.change(event, title="Larger steps")
    step_aside(stage)
    touch(stage, far)
    read_in_between(stage, far)
    assert Question.objects.count() == 0
    settled(stage, far, "Larger steps")


def step_aside(stage):
    """Let a push fail until the calendar can be read between two tries."""
    for _ in range(4):
        stage.work(60)


def read_in_between(stage, far):
    reads = len(stage.asked(far, LISTS[far]))
    stage.read(60)
    assert len(stage.asked(far, LISTS[far])) == reads + 1


def touch(stage, far):
    """A change over there to nothing that is ours: a new etag, and a notice."""
    hand = stage.fars[far].hand
    if far == "google":
        hand.change(remote(stage), colorId="5")
    else:
        hand.rename(remote(stage), title(stage.standing()[0]))


def settled(stage, far, name):
    """Once the far side takes changes again the last one stands there, after one write."""
    stage.fars[far].faults.clear()
    writes = len(stage.asked(far, "PATCH"))
    for _ in range(3):
        stage.read()
    assert [title(one) for one in stage.standing()] == [name]
    assert len(stage.asked(far, "PATCH")) == writes + 1
    assert (Question.objects.count(), stage.link().state) == (0, "ok")


def test_e_a_copy_takes_no_link_along(stage, google):
    """A further day that begins as a copy of the first gets a room of its own."""
    stage.google(google)
    event = stage.event()
    first = stage.part(event)
    google.faults.switch_on("rate_limit", MADE["google"], after=5)
    wish = parts.present(first)
    with stands_at(stage.now):
        added = parts.add(
            event.pk,
            replace(wish, starts=wish.starts + timedelta(days=2)),
            by=stage.by,
            at=stage.now,
        )
    for _ in range(5):
        stage.work(10)
    added.refresh_from_db()
    first.refresh_from_db()
    assert added.join_url
    assert first.join_url
    assert added.join_url != first.join_url
    keys = [json.loads(one.body)["id"] for one in stage.asked("google", MADE["google"])]
    assert len(set(keys)) == 2


@pytest.mark.parametrize("gone", [False, True])
def test_e_postponed_far_into_the_future(stage, far, gone):
    """A new date is told over there; what ran out there meanwhile is asked about and made again."""
    event = stage.event()
    link, former = stage.link(), stage.part(event).join_url
    assert former
    if gone:
        stage.fars[far].hand.remove(link.remote_id)
    stage.change(event, starts=stage.part(event).wall + timedelta(days=200))
    if gone:
        assert Question.objects.get().kind == "removed"
        stage.answer("restore")
        stage.work(10)
    (found,) = stage.standing()
    assert stage.link().seen_starts_at == stage.part(event).starts_at
    assert (stage.part(event).join_url == former) is not gone or far == "google"
    assert stage.part(event).join_url
    assert title(found) == "Small steps"
