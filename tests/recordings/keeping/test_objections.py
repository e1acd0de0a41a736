"""A no that arrives while a recording is a draft stands in its way until somebody decides."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from events.backstage import sweep
from events.backstage.models import Letter
from events.consents import commands as consents
from events.consents.queries import recording_of
from events.programme import commands as programme
from events.programme.models import Slot
from events.registration import commands as registration
from recordings.keeping import panels
from recordings.library import commands as library
from recordings.library import queries, shortening
from recordings.library.commands import Arrival
from recordings.library.models import Original, Source
from recordings.library.objections import objections_of, open_noes
from recordings.library.speakers import speakers_of
from tests.factories.recordings import make_recording
from tests.factories.sessions import sign_in
from tests.factories.world import AT, SYSTEM, make_event

pytestmark = pytest.mark.django_db


@pytest.fixture
def guest(world, event):
    person = world.teachers[3]
    registration.register(event.pk, person_id=person.pk, way="room", by=world.actor(person), at=AT)
    say(person, event, yes=True, where="register")
    return person


@pytest.fixture
def held(event):
    """A minute after the event began."""
    return event.parts.get().starts_at + timedelta(minutes=1)


@pytest.fixture
def draft(event):
    return make_recording(event, publish=False)


def say(person, event, *, yes, at=AT, title="", where="page"):
    consents.answer(
        recording_of(event.pk, title), person_id=person.pk, yes=yes, where=where, by=SYSTEM, at=at
    )


def publish(row):
    library.publish(row.pk, by=SYSTEM, at=AT)


def restore(row, *, note, at):
    """As of a page that shows every no there is."""
    known = max((one.consent_id for one in open_noes(row)), default=0)
    shortening.restore(row.pk, note=note, known=known, by=SYSTEM, at=at)


def shown(page):
    """The newest no that a page of the cut listed."""
    return re.search(r'name="known" value="(\d+)"', page)[1]


def test_a_no_of_whoever_took_part_stops_a_draft_until_it_is_decided(draft, event, guest, held):
    say(guest, event, yes=False, at=held)
    sweep.drain(at=held)
    assert queries.find(draft.pk).state == "draft"
    letter = Letter.objects.get(kind="recording_back")
    assert letter.subject.startswith("Before you publish")
    with pytest.raises(library.ObjectionsOpen) as refused:
        publish(draft)
    assert refused.value.data["names"] == guest.name
    restore(draft, note="Sat behind the camera", at=held)
    publish(draft)


def test_it_stands_on_the_pages_and_in_the_list_of_things_to_do(draft, event, guest, held, world):
    say(guest, event, yes=False, at=held)
    organiser = sign_in(Client(), world.coordinator)
    desk = organiser.get(f"/recordings/{draft.slug}/manage/").content.decode()
    assert "1 person no longer agrees" in desk
    assert guest.name in organiser.get(f"/recordings/{draft.slug}/cut/").content.decode()
    to_do = "Recordings somebody no longer agrees to"
    assert to_do in organiser.get("/attendance/").content.decode()
    address = f"/recordings/{draft.slug}/cut/"
    known = shown(organiser.get(address).content.decode())
    organiser.post(address, {"do": "nothing", "note": "Not in it", "known": known})
    assert to_do not in organiser.get("/attendance/").content.decode()
    assert (
        "no longer agree" not in organiser.get(f"/recordings/{draft.slug}/manage/").content.decode()
    )


def test_what_is_decided_takes_no_place_on_the_list_of_things_to_do(
    draft, guest, held, world, monkeypatch
):
    event = draft.event
    monkeypatch.setattr(panels, "MOST", 1)
    say(guest, event, yes=False, at=held)
    newer = make_recording(event, publish=False)
    restore(newer, note="Sat behind the camera", at=held)
    assert panels.undecided(world.actor(world.coordinator), {}, at=held).values.rows == [draft]


def test_many_talks_cost_no_more_questions(draft, speakers, django_assert_num_queries):
    with django_assert_num_queries(3):
        assert len(speakers_of(draft)) == 2


def test_a_no_before_the_recording_came_in_counts_too(event, guest, held):
    say(guest, event, yes=False, at=held)
    row = make_recording(event, publish=False)
    with pytest.raises(library.ObjectionsOpen):
        publish(row)
    say(guest, event, yes=True, at=held)
    publish(row)


def test_who_said_no_before_it_began_is_not_in_it(draft, event, guest, held, world):
    say(guest, event, yes=False, at=AT)
    other = world.teachers[4]
    registration.register(event.pk, person_id=other.pk, way="room", by=world.actor(other), at=AT)
    say(other, event, yes=False, where="join", at=held)
    assert objections_of(draft) == []
    publish(draft)


def test_a_no_of_a_speaker_on_a_draft_stops_it_too(draft, event, speakers, held, world):
    for one in speakers:
        say(one, event, yes=True)
    say(speakers[1], event, yes=False, title="Two", at=held)
    with pytest.raises(library.SpeakersOpen):
        publish(draft)
    page = sign_in(Client(), world.coordinator).get("/attendance/").content.decode()
    assert "Recordings somebody no longer agrees to" in page


def test_a_no_to_a_table_or_to_a_title_that_has_changed_counts(draft, event, world, held):
    host = world.teachers[2]
    part = draft.part_id
    table = Slot(form="table", minutes=10, title="Table", presenter=host)
    programme.set_running_order(part, [table], by=SYSTEM, at=AT)
    say(host, event, yes=False, title="Table", at=held)
    assert [one.title for one in objections_of(draft)] == ["Table"]
    renamed = Slot(form="talk", minutes=10, title="Tables", presenter=host)
    programme.set_running_order(part, [renamed], by=SYSTEM, at=AT)
    say(host, event, yes=True, at=AT)
    with pytest.raises(library.ObjectionsOpen):
        publish(draft)


def test_a_no_said_again_after_it_was_decided_is_open_again(draft, event, guest, held):
    say(guest, event, yes=False, at=held)
    restore(draft, note="Sat behind the camera", at=held)
    say(guest, event, yes=False, at=held)
    with pytest.raises(library.ObjectionsOpen):
        publish(draft)


def test_a_no_said_after_the_page_was_opened_stays_open(draft, guest, speakers, held, world):
    event = draft.event
    say(speakers[0], event, yes=True)
    say(speakers[1], event, yes=False, title="Two", at=held)
    say(guest, event, yes=False, at=held)
    organiser, address = sign_in(Client(), world.coordinator), f"/recordings/{draft.slug}/cut/"
    known = shown(organiser.get(address).content.decode())
    other = world.teachers[4]
    registration.register(event.pk, person_id=other.pk, way="room", by=world.actor(other), at=AT)
    say(other, event, yes=False, at=held)
    say(speakers[0], event, yes=False, title="One", at=held)
    organiser.post(address, {"do": "nothing", "note": "Not in it", "known": known})
    left = [(one.person_id, one.title) for one in open_noes(queries.find(draft.pk))]
    assert left == [(speakers[0].pk, "One"), (other.pk, "")]
    organiser.post(address, {"do": "nothing", "note": "Not in it"})
    assert len(open_noes(queries.find(draft.pk))) == 2


def test_a_mistake_shows_the_page_anew_with_what_came_meanwhile(draft, event, guest, held, world):
    organiser, address = sign_in(Client(), world.coordinator), f"/recordings/{draft.slug}/cut/"
    say(guest, event, yes=False, at=held)
    again = organiser.post(address, {"do": "nothing", "note": "", "known": "0"})
    assert again.status_code == 422
    page = again.content.decode()
    assert guest.name in page
    assert shown(page) == str(objections_of(draft)[0].consent_id)


def test_a_no_to_a_talk_said_again_after_it_was_decided_takes_it_down(draft, event, speakers, held):
    say(speakers[0], event, yes=True)
    say(speakers[1], event, yes=False, title="Two", at=held)
    restore(draft, note="Not in it", at=held)
    publish(draft)
    sweep.drain(at=held)
    assert queries.find(draft.pk).state == "published"
    say(speakers[1], event, yes=False, title="Two", at=held)
    sweep.drain(at=held)
    assert queries.find(draft.pk).state == "withdrawn"


def test_a_no_said_while_another_is_cut_out_stays_open_after_the_cut(event, guest, held, world):
    other = world.teachers[4]
    registration.register(event.pk, person_id=other.pk, way="room", by=world.actor(other), at=AT)
    row = make_recording(event)
    say(guest, event, yes=False, at=held)
    sweep.drain(at=held)
    assert queries.find(row.pk).state == "withdrawn"
    span = [(0, 60_000)]
    shortening.want_cut(row.pk, span, by=SYSTEM, at=held)
    say(other, event, yes=False, at=held)
    made = shortening.Made("key", 10, "0" * 64, {"duration_ms": 1})
    assert shortening.take_cut(row.pk, made, spans=span, revision=1, by=SYSTEM, at=held)
    Original.objects.filter(recording=row, revision=1).update(removed_at=held)
    with pytest.raises(library.ObjectionsOpen) as refused:
        publish(row)
    assert other.name in refused.value.data["names"]


@pytest.mark.parametrize("change", ["rename", "remove"])
def test_a_no_to_a_talk_before_the_event_survives_a_change_of_its_slot(
    draft, event, speakers, change
):
    for one in speakers:
        say(one, event, yes=True)
    say(speakers[1], event, yes=False, title="Two")
    slots = [Slot(form="talk", minutes=10, title="One", presenter=speakers[0])]
    if change == "rename":
        slots.append(Slot(form="talk", minutes=10, title="Second", presenter=speakers[1]))
    programme.set_running_order(draft.part_id, slots, by=SYSTEM, at=AT)
    with pytest.raises(library.ObjectionsOpen) as refused:
        publish(draft)
    assert refused.value.data["names"] == speakers[1].name
    restore(draft, note="Not in it", at=AT)
    publish(draft)


def test_a_link_to_elsewhere_needs_the_yes_of_speakers_as_well(event, speakers):
    made = library.begin(
        event.parts.get().pk, title="Elsewhere", language="en", by=SYSTEM, at=AT,
        arrival=Arrival(Source.LINK, link="https://video.example.org/1"),
    )  # fmt: skip
    with pytest.raises(library.SpeakersOpen):
        publish(made)
    for one in speakers:
        say(one, event, yes=True)
    publish(made)


def test_others_see_nothing_to_do(draft, event, guest, held, world):
    say(guest, event, yes=False, at=held)
    make_event(world, title="Another")
    page = sign_in(Client(), world.teachers[0]).get("/attendance/").content.decode()
    assert "no longer agrees" not in page
