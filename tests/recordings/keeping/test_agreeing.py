"""A no takes the recording down at once; what is then to be done is told, asked and noted."""

from datetime import timedelta

import pytest
from django.core import mail

from events.backstage import sweep
from events.backstage.models import Letter
from events.consents import commands as consents
from events.consents.queries import recording_of
from events.kernel import clock
from events.registration import commands as registration
from recordings.keeping import commands
from recordings.library import commands as library
from recordings.library import queries, shortening
from recordings.library.models import Recording, Source
from recordings.library.objections import open_noes
from tests.factories.recordings import make_recording
from tests.factories.world import AT, SYSTEM, make_event

pytestmark = pytest.mark.django_db
LATER = AT + timedelta(hours=1)
SLOT = 600_000


def answer(person, event, *, yes, title="", at=AT):
    consents.answer(
        recording_of(event.pk, title), person_id=person.pk, yes=yes, where="page", by=SYSTEM, at=at
    )


@pytest.fixture
def shown(event, speakers):
    """A published recording of an hour in which both speak."""
    for person in speakers:
        answer(person, event, yes=True)
    return make_recording(event)


def state(row):
    return queries.find(row.pk).state


def restore(row, *, note):
    """As of a page that shows every no there is."""
    known = max((one.consent_id for one in open_noes(row)), default=0)
    shortening.restore(row.pk, note=note, known=known, by=SYSTEM, at=LATER)


def work():
    sweep.drain(at=clock.now())


def letters(kind):
    return list(Letter.objects.filter(kind=kind).order_by("pk"))


@pytest.mark.parametrize("title", ["", "Two"])
def test_a_speaker_who_says_no_takes_the_recording_down(shown, event, speakers, world, title):
    other = make_recording(make_event(world, title="Another day", recorded=True))
    answer(speakers[1], event, yes=False, title=title, at=LATER)
    work()
    assert (state(shown), state(other)) == ("withdrawn", "published")
    told = letters("recording_back")
    assert [one.to_address for one in told] == [world.coordinator.email]
    assert speakers[1].name in told[0].text
    assert f"/recordings/{shown.slug}/cut/" in told[0].text
    assert "Mark from where to where" in told[0].text
    assert len(mail.outbox) >= 1


def test_nobody_is_asked_to_cut_what_lies_elsewhere(shown, event, speakers):
    Recording.objects.filter(pk=shown.pk).update(link="https://videos.example.org/w/1")
    answer(speakers[1], event, yes=False, at=LATER)
    work()
    assert "Replace the recording where it lies" in letters("recording_back")[0].text


def test_whoever_took_part_takes_it_down_too_and_strangers_do_not(shown, event, world):
    guest, stranger = world.teachers[3:5]
    registration.register(event.pk, person_id=guest.pk, way="room", by=world.actor(guest), at=AT)
    answer(stranger, event, yes=False, at=LATER)
    work()
    assert state(shown) == "published"
    answer(guest, event, yes=False, at=LATER)
    work()
    assert state(shown) == "withdrawn"


def test_a_link_to_elsewhere_comes_down_for_a_talk_as_well(event, speakers):
    for person in speakers:
        answer(person, event, yes=True)
    row = library.begin(
        event.parts.get().pk, title="Elsewhere", language="en", by=SYSTEM, at=AT,
        arrival=library.Arrival(Source.LINK, link="https://video.example.org/1"),
    )  # fmt: skip
    library.publish(row.pk, by=SYSTEM, at=AT)
    answer(speakers[1], event, yes=False, title="Two", at=LATER)
    work()
    assert state(row) == "withdrawn"
    Recording.objects.filter(pk=row.pk).update(state="draft")
    with pytest.raises(library.SpeakersOpen):
        library.publish(row.pk, by=SYSTEM, at=LATER)


def test_who_said_no_at_the_entrance_takes_it_down_on_the_page_and_so_again(shown, event, world):
    guest = world.teachers[3]
    registration.register(event.pk, person_id=guest.pk, way="room", by=world.actor(guest), at=AT)
    asked = recording_of(event.pk)
    consents.answer(asked, person_id=guest.pk, yes=False, where="register", by=SYSTEM, at=AT)
    work()
    assert state(shown) == "published"
    answer(guest, event, yes=False, at=LATER)
    work()
    assert state(shown) == "withdrawn"
    restore(shown, note="Watched it all")
    library.publish(shown.pk, by=SYSTEM, at=LATER)
    answer(guest, event, yes=False, at=LATER + timedelta(hours=1))
    work()
    assert state(shown) == "withdrawn"


def test_a_talk_that_is_not_in_the_file_changes_nothing(shown, event, speakers):
    Recording.objects.filter(pk=shown.pk).update(cuts=[[SLOT, 2 * SLOT]])
    answer(speakers[1], event, yes=False, title="Two", at=LATER)
    work()
    assert (state(shown), letters("recording_back")) == ("published", [])


def test_it_comes_back_only_with_a_cut_or_with_a_reason(shown, event, speakers):
    answer(speakers[1], event, yes=False, title="Two", at=LATER)
    work()
    with pytest.raises(library.NoteMissing):
        restore(shown, note=" ")
    Recording.objects.filter(pk=shown.pk).update(state="draft")
    with pytest.raises(library.SpeakersOpen):
        library.publish(shown.pk, by=SYSTEM, at=LATER)
    Recording.objects.filter(pk=shown.pk).update(state="withdrawn")
    restore(shown, note="Watched it all")
    assert state(shown) == "draft"
    library.publish(shown.pk, by=SYSTEM, at=LATER)


def test_speakers_are_asked_by_one_mail_each(event, speakers):
    row = make_recording(event, publish=False)
    answer(speakers[0], event, yes=True)
    assert commands.ask_speakers(row.pk, by=SYSTEM, at=AT) == 1
    assert commands.ask_speakers(row.pk, by=SYSTEM, at=LATER) == 0
    asked = letters("recording_ask")
    assert [one.to_address for one in asked] == [speakers[1].email]
    assert f"/events/{event.slug}/recorded/" in asked[0].text
    assert "Two" in asked[0].text


def test_both_answers_of_one_save_are_told_in_one_mail_and_a_later_no_in_another(
    shown, event, speakers
):
    def save(at):
        for title in ("", "Two"):
            answer(speakers[1], event, yes=False, title=title, at=at)
        work()

    save(LATER)
    assert state(shown) == "withdrawn"
    assert len(letters("recording_back")) == 1
    restore(shown, note="Watched it all")
    library.publish(shown.pk, by=SYSTEM, at=LATER)
    save(LATER + timedelta(minutes=5))
    assert state(shown) == "withdrawn"
    assert len(letters("recording_back")) == 2
