"""From the invitation to the calendar, over HTTP and by mail."""

import re
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from django.core import mail
from icalendar import Calendar

from events.backstage import sweep
from events.backstage.models import Job, Letter, Work
from events.places.commands import set_venue
from events.programme import commands as programme
from events.registration import commands as seats
from events.registration import tasks
from events.registration.models import Pool, Registration
from tests.events.registration.mail import at, calendar, letters, link_in, sent_to, settle
from tests.factories.world import AT, later, make_event, make_person, make_world, wish
from tests.factories.world import join as join_school

pytestmark = pytest.mark.django_db
NOW = later(minutes=5)


@pytest.fixture
def world():
    return make_world()


@pytest.fixture
def event(world):
    return make_event(world, venue_id=venue(world).pk, summary="Short stories from class.")


def venue(world):
    return set_venue(
        school_id=world.schools[0].pk, name="School HR 0", room="Room 12", address="Lime Road 4",
        access="Ramp at the yard", at=AT,
    )  # fmt: skip


def press(client, path, way, moment=NOW):
    with at(moment):
        return client.post(path, {"way": way}, follow=True)


def look(client, path, moment=NOW):
    with at(moment):
        return client.get(path)


def invited(person):
    [letter] = letters(person, "invitation")
    return link_in(letter)


@pytest.mark.journey
def test_from_the_mail_to_the_calendar_and_back(client, world, event):
    teacher = world.teachers[0]
    settle()
    path = invited(teacher)

    before = rows()
    page = look(client, f"{path}?way=online")
    assert page.status_code == 200
    assert rows() == before
    assert "Yes, register me online" in page.text

    receipt = press(client, path, "online")
    assert "You are registered, online" in receipt.text
    settle(NOW)
    first = sent_to(teacher)[-1]
    method, entry = calendar(first)
    assert (method, entry["SEQUENCE"]) == ("REQUEST", 0)
    assert entry["UID"] == event.parts.get().uid
    assert entry["ATTENDEE"].params["RSVP"] == "FALSE"
    assert "/go/" in str(entry["DESCRIPTION"])

    assert "You are registered, in the room" in press(client, path, "room", later(6)).text
    settle(later(6))
    method, entry = calendar(sent_to(teacher)[-1])
    assert (method, entry["SEQUENCE"]) == ("REQUEST", 1)
    assert str(entry["LOCATION"]) == "School HR 0, Room 12, Lime Road 4"

    assert "You said that you cannot come" in press(client, path, "no", later(7)).text
    settle(later(7))
    method, entry = calendar(sent_to(teacher)[-1])
    assert (method, entry["SEQUENCE"], entry["STATUS"]) == ("CANCEL", 2, "CANCELLED")

    press(client, path, "room", later(8))
    settle(later(8))
    method, entry = calendar(sent_to(teacher)[-1])
    assert (method, entry["SEQUENCE"]) == ("REQUEST", 3)


def rows():
    from django.apps import apps

    return {model.__name__: model.objects.count() for model in apps.get_app_config("events").get_models()}  # fmt: skip


def test_everybody_in_the_cluster_is_invited_once(world, event):
    settle()
    settle(later(1))
    assert len(letters(kind="invitation")) == len(world.teachers) + 1
    assert len(mail.outbox) == len(world.teachers) + 1
    assert all(not letter.ics for letter in letters(kind="invitation"))


def test_long_lists_are_told_batch_by_batch(client, world, event, monkeypatch):
    monkeypatch.setattr(tasks, "BATCH", 2)
    settle()
    assert len(letters(kind="invitation")) == len(world.teachers) + 1
    for person in world.teachers[:5]:
        press(client, invited(person), "online")
    settle(NOW)  # whose receipt is written after a change is told of it there
    moved = wish(world, minutes=90, venue_id=venue(world).pk)
    programme.change(event.pk, moved, by=world.actor(world.coordinator), at=later(10))
    settle(later(10))
    assert len(letters(kind="change")) == 5
    assert [(job.state, job.done, job.total) for job in Job.objects.order_by("created_at")] == [
        ("done", 7, 7), ("done", 5, 5),
    ]  # fmt: skip


def test_an_invitation_has_a_button_for_each_way_and_one_for_neither(world, event):
    settle()
    [letter] = letters(world.teachers[0], "invitation")
    for text in (letter.text, letter.html):
        for way in ("room", "online", "no"):
            assert f"?way={way}" in text
        assert "Small steps" in text
        assert "Short stories from class." in text
        assert "Zagreb time" in text


def test_undo_before_ten_seconds_sends_nothing(world, event):
    settle(AT + timedelta(seconds=9))
    assert not letters()
    by = world.actor(world.coordinator)
    programme.unpublish(event.pk, by=by, at=AT + timedelta(seconds=9))
    settle(later(1))
    assert not letters()
    assert not mail.outbox


def test_publishing_again_counts_its_own_ten_seconds(world, event):
    by = world.actor(world.coordinator)
    programme.unpublish(event.pk, by=by, at=AT + timedelta(seconds=5))
    programme.publish(event.pk, by=by, at=AT + timedelta(seconds=8))
    settle(AT + timedelta(seconds=12))
    assert not letters()
    settle(AT + timedelta(seconds=18))
    assert len(letters(kind="invitation")) == len(world.teachers) + 1


def test_a_worker_that_dies_after_sending_repeats_the_same_message(world, event, monkeypatch):
    teacher = world.teachers[0]
    settle()
    mail.outbox.clear()
    Letter.objects.exclude(person=teacher).delete()
    letter = Letter.objects.get()
    Letter.objects.update(state="queued")
    work = Work.objects.filter(fact__kind="LetterQueued", fact__body__letter_id=letter.pk)
    work.update(state="ready", done_at=None)

    def dies(*args, **kwargs):
        raise SystemExit

    moment = later(1)
    with monkeypatch.context() as patch:
        patch.setattr(sweep, "_finish", dies)
        with pytest.raises(SystemExit), at(moment):
            sweep.drain(at=moment)
    assert len(mail.outbox) == 1
    settle(moment + sweep.LEASE + timedelta(seconds=1))
    assert len(mail.outbox) == 2
    assert {envelope.content["Message-ID"] for envelope in mail.outbox} == {letter.message_id}


def test_a_change_goes_once_to_who_has_a_place_or_waits(client, world):
    event = make_event(world, places={"room": 1, "online": None})
    settle()
    first, second, third = world.teachers[:3]
    press(client, invited(first), "room")
    press(client, invited(second), "room")
    settle(NOW)
    by = world.actor(world.coordinator)
    moved = wish(world, starts=wish(world).starts + timedelta(days=1))
    programme.change(event.pk, moved, by=by, at=later(10))
    settle(later(10))
    settle(later(11))
    [told] = letters(first, "change")
    assert told.subject.startswith("New time: Small steps, Friday 27 November 2026, 16:30")
    new, former = told.text.index("Friday 27 November"), told.text.index("Thursday 26 November")
    assert new < told.text.index("It was planned for") < former
    method, entry = calendar(sent_to(first)[-1])
    assert (method, entry["SEQUENCE"]) == ("REQUEST", 1)
    assert entry["UID"] == calendar(sent_to(first)[-2])[1]["UID"]
    [waits] = letters(second, "change")
    assert not waits.ics
    assert not letters(third, "change")


@pytest.mark.parametrize(
    ("changes", "subject"),
    [
        ({"title": "Big steps"}, "Changed: Big steps"),
        ({"join_url": "https://meet.example.org/new"}, "New way to join online: Small steps"),
        ({"minutes": 90, "title": "Big steps"}, "Changed: Big steps"),
    ],
)
def test_the_subject_says_what_changed(client, world, changes, subject):
    event = make_event(world)
    settle()
    press(client, invited(world.teachers[0]), "online")
    settle(NOW)  # whose receipt is written after a change is told of it there
    programme.change(
        event.pk, wish(world, **changes), by=world.actor(world.coordinator), at=later(10)
    )
    settle(later(10))
    [letter] = letters(world.teachers[0], "change")
    assert letter.subject.startswith(subject)


def test_a_summary_corrected_sends_nothing(client, world, event):
    settle()
    press(client, invited(world.teachers[0]), "online")
    settle(NOW)
    sent = len(mail.outbox)
    same = wish(world, summary="Better words.", venue_id=venue(world).pk)
    programme.change(event.pk, same, by=world.actor(world.coordinator), at=later(10))
    settle(later(10))
    assert len(mail.outbox) == sent


def test_cancelling_clears_calendars_and_says_why(client, world):
    event = make_event(world, places={"room": 1, "online": None})
    settle()
    first, second = world.teachers[:2]
    press(client, invited(first), "room")
    press(client, invited(second), "room")
    settle(NOW)
    by = world.actor(world.coordinator)
    programme.cancel(event.pk, reason="The school is closed for snow.", by=by, at=later(10))
    settle(later(10))
    method, entry = calendar(sent_to(first)[-1])
    assert (method, entry["SEQUENCE"]) == ("CANCEL", 1)
    assert "The school is closed for snow." in letters(first)[-1].text
    [waits] = letters(second, "cancelled")
    assert not waits.ics
    page = look(client, invited(first), later(11))
    assert "This event is cancelled" in page.text
    assert "The school is closed for snow." in page.text
    assert press(client, invited(first), "room", later(11)).status_code == 409


def test_cancelling_at_once_holds_invitations_back(world, event):
    moment = AT + timedelta(seconds=11)
    by = world.actor(world.coordinator)
    programme.cancel(event.pk, reason="A mistake.", by=by, at=AT + timedelta(seconds=10))
    settle(moment)
    assert not mail.outbox


def test_full_offers_the_waiting_list_and_a_free_place_is_given(client, world):
    make_event(world, places={"room": 1, "online": None})
    settle()
    first, second = world.teachers[:2]
    press(client, invited(first), "room")
    page = look(client, f"{invited(second)}?way=room")
    assert "The room is full." in page.text
    assert "Wait for a place in the room" in page.text
    assert "You are number 1 on the waiting list" in press(client, invited(second), "room").text
    settle(NOW)
    assert "number 1 on the waiting list" in letters(second, "waiting")[0].text
    assert not letters(second, "waiting")[0].ics
    press(client, invited(first), "no", later(6))
    settle(later(6))
    [receipt] = letters(second, "receipt")
    assert receipt.subject.startswith("A place is free and yours")
    assert calendar(sent_to(second)[-1])[0] == "REQUEST"


def test_a_switch_to_a_full_way_keeps_the_place(client, world):
    event = make_event(world, places={"room": 1, "online": None})
    settle()
    first, second = world.teachers[:2]
    press(client, invited(first), "room")
    press(client, invited(second), "online")
    answer = press(client, invited(second), "room", later(6))
    assert answer.status_code == 409
    assert "You keep the place you have." in answer.text
    row = Registration.objects.get(event=event, person=second)
    assert (row.way, row.state) == ("online", "registered")
    assert Pool.objects.get(event=event, way="online").taken == 1


def test_the_link_ends_with_the_event(client, world, event):
    settle()
    path = invited(world.teachers[0])
    page = look(client, path, event.ends_at)
    assert page.status_code == 410
    assert "This event has ended" in page.text
    assert press(client, path, "room", event.ends_at).status_code == 409
    assert not Registration.objects.exists()


def test_a_closed_registration_says_whom_to_ask(client, world):
    make_event(world, registration_closes_at=later(days=1))
    settle()
    page = look(client, invited(world.teachers[0]), later(days=2))
    assert "Registration has closed" in page.text
    assert world.coordinator.name in page.text


@pytest.mark.parametrize("token", ["1-aaaa", "x", "999999-" + "a" * 26, "1-ž"])
def test_a_forged_link_looks_like_any_missing_page(client, world, event, token):
    settle()
    page = look(client, f"/r/{token}/")
    assert page.status_code == 404
    assert page.content == client.get("/nowhere/").content


def test_guessing_links_is_slowed_down(client):
    with at(NOW):
        answers = [client.get(f"/r/1-{number:026}/").status_code for number in range(32)]
    assert answers[:30] == [404] * 30
    assert answers[30:] == [429, 429]


def test_the_page_is_kept_out_of_stores_and_search(client, world, event):
    settle()
    page = look(client, invited(world.teachers[0]))
    assert page.headers["Cache-Control"] == "private, no-store"
    assert page.headers["Referrer-Policy"] == "no-referrer"
    assert "noindex" in page.headers["X-Robots-Tag"]
    assert not page.cookies


def test_a_forwarded_link_asks_for_its_holder_and_shows_no_address(client, world, event):
    settle()
    teacher = world.teachers[0]
    page = look(client, f"{invited(teacher)}?way=room")
    assert f"Are you {teacher.name}?" in page.text
    assert f"I am not {teacher.name}" in page.text
    assert teacher.email not in page.text
    assert "t…@example.org" in page.text


def test_somebody_else_signed_in_is_warned(client, world, event):
    settle()
    holder, other = world.teachers[:2]
    with at(NOW):
        client.force_login(other)
    page = look(client, invited(holder))
    assert f"This link belongs to: {holder.name}. You are signed in as: {other.name}." in page.text
    press(client, invited(holder), "room")
    assert Registration.objects.get().person == holder


def test_colleagues_with_one_mailbox_are_told_apart(client, world, event):
    ana = make_person("Ana Anić", email="staff@example.org")
    eva = make_person("Eva Ević", email="staff@example.org")
    outsider = make_person("Iva Ivić", email="staff@example.org")
    for person in (ana, eva):
        join_school(person, world.schools[1])
    settle()
    [letter] = letters(ana, "invitation")
    assert letter.text.startswith("This mail is for: Ana Anić\n")
    page = look(client, f"{link_in(letter)}?way=online")
    assert "Several colleagues read this mailbox" in page.text
    assert "Ana Anić" in page.text
    assert "Eva Ević" in page.text
    assert outsider.name not in page.text
    own = f"{invited(eva)}?me=1&amp;way=online"
    assert own in page.text
    assert "Are you Eva Ević?" in look(client, own.replace("&amp;", "&")).text


def test_one_of_two_in_a_mailbox_leaves_and_the_entry_stays(client, world, event):
    ana = make_person("Ana Anić", email="staff@example.org")
    eva = make_person("Eva Ević", email="staff@example.org")
    for person in (ana, eva):
        join_school(person, world.schools[1])
    settle()
    for person in (ana, eva):
        press(client, invited(person), "room")
    settle(NOW)
    press(client, invited(ana), "no", later(6))
    settle(later(6))
    assert not letters(ana, "given-back")[0].ics
    press(client, invited(eva), "no", later(7))
    settle(later(7))
    assert letters(eva, "given-back")[0].ics_method == "CANCEL"


def test_people_without_mail_are_named_to_who_can_register_them(world, event):
    silent = make_person("Ana Anić", email="")
    bounced = make_person("Eva Ević")
    for person in (silent, bounced):
        join_school(person, world.schools[2])
    from events.people import commands as people

    people.mail_bounced(address=bounced.email)
    settle()
    assert not letters(silent)
    assert not letters(bounced)
    [told] = letters(kind="unreached")
    assert told.to_address == world.coordinator.email
    assert told.subject.startswith("No mail reaches 2 colleagues")
    assert "Ana Anić" in told.text
    assert "Eva Ević" in told.html


def test_a_place_for_who_has_no_mail_is_told_to_who_registers_them(world):
    event = make_event(world, places={"room": 1, "online": None})
    silent, first = make_person("Ana Anić", email=""), world.teachers[0]
    join_school(silent, world.schools[2])
    by = world.actor(world.coordinator)
    for person in (first, silent):
        seats.register(event.pk, person_id=person.pk, way="room", by=by, at=AT)
    settle()
    assert not [row for row in letters() if row.purpose.startswith("drawn-in:")]
    seats.cancel(event.pk, person_id=first.pk, by=by, at=later(20))
    settle(later(20))
    settle(later(20))
    [told] = [row for row in letters(kind="unreached") if row.purpose.startswith("drawn-in:")]
    assert told.to_address == world.coordinator.email
    assert told.subject.startswith("A place is free for Ana Anić")
    assert f"/attendance/{event.pk}/ticket-cards.pdf" in told.text


def test_every_letter_is_small_and_its_plain_twin_complete(client, world, event):
    settle()
    teacher = world.teachers[0]
    for moment, way in enumerate(("online", "room", "no"), start=6):
        press(client, invited(teacher), way, later(moment))
        settle(later(moment))
    assert {letter.kind for letter in letters(teacher)} == {"invitation", "receipt", "given-back"}
    for letter in letters(teacher):
        assert len(letter.html.encode()) <= 30_000
        for address in re.findall(r'href="([^"]+)"', letter.html):
            assert address.replace("&amp;", "&") in letter.text
        assert "<" not in letter.text


def test_the_sender_is_the_service_in_the_coordinators_name(client, world, event):
    settle()
    message = sent_to(world.teachers[0])[0]
    assert str(message["From"]) == f"{world.coordinator.name} <kolega@example.org>"
    assert str(message["Reply-To"]) == world.coordinator.email


def test_a_receipt_says_first_how_to_give_the_place_back(client, world, event):
    settle()
    teacher = world.teachers[0]
    press(client, invited(teacher), "room")
    settle(NOW)
    [receipt] = letters(teacher, "receipt")
    assert receipt.text.splitlines()[0] == "Cannot come after all? Give your place back"
    assert receipt.text.splitlines()[1].endswith("?way=no")


def test_letters_are_in_the_readers_language():
    world = make_world(language="hr")
    make_event(world)
    settle()
    assert {letter.language for letter in letters(world.teachers[0])} == {"hr"}
    assert '<html lang="hr">' in letters(world.teachers[0])[0].html


def test_an_event_like_any_other_costs_the_same_questions(
    client, world, event, django_assert_max_num_queries
):
    settle()
    path = invited(world.teachers[0])
    with django_assert_max_num_queries(7):
        look(client, path)


def test_xandikos_takes_the_place_its_change_and_its_end(client, world, event, tmp_path):
    teacher = world.teachers[0]
    settle()
    press(client, invited(teacher), "online")
    settle(NOW)
    by = world.actor(world.coordinator)
    moved = wish(world, minutes=90, venue_id=venue(world).pk)
    programme.change(event.pk, moved, by=by, at=later(10))
    settle(later(10))
    press(client, invited(teacher), "no", later(11))
    settle(later(11))
    sent, shown = [], []
    for message in sent_to(teacher)[1:]:
        assert give_to_xandikos(message, tmp_path) == 0
        files = sorted(tmp_path.glob("user/calendars/**/*.ics"))
        [entry] = [e for f in files for e in Calendar.from_ical(f.read_bytes()).walk("VEVENT")]
        sent.append(calendar(message)[1]["SEQUENCE"])
        shown.append((entry["STATUS"], entry["DTEND"].dt - entry["DTSTART"].dt))
    long, short = timedelta(minutes=150), timedelta(minutes=90)
    assert sent == [0, 1, 2]
    assert shown == [("CONFIRMED", long), ("CONFIRMED", short), ("CANCELLED", short)]


def give_to_xandikos(message, folder):
    xandikos = Path(sys.executable).with_name("xandikos")
    where = ["-d", folder, "--principal", "/user/", "--autocreate"]
    return subprocess.run(
        [xandikos, "import-imip", *where],
        input=message.as_bytes(),
        capture_output=True,
        check=False,
    ).returncode
