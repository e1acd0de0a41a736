"""The pages of whoever runs the event: speakers, the cut, how long it is kept."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from events.backstage.models import AuditEntry, Letter
from events.consents import commands as consents
from events.consents.queries import recording_of
from events.templatetags.moments import plain_day
from recordings.keeping import commands
from recordings.library import commands as library
from recordings.library import queries, retention
from recordings.library.objections import open_noes
from recordings.library.pupils import ParentsOpen
from tests.factories.recordings import make_recording
from tests.factories.sessions import sign_in
from tests.factories.world import AT, SYSTEM, make_event

pytestmark = pytest.mark.django_db


@pytest.fixture
def organiser(world):
    return sign_in(Client(), world.coordinator)


@pytest.fixture
def hour(event, speakers):
    """A draft of an hour; the second speaker said no to the own talk."""
    consents.answer(
        recording_of(event.pk, "Two"), person_id=speakers[1].pk, yes=False, where="page", by=SYSTEM,
        at=AT,
    )  # fmt: skip
    return make_recording(event, publish=False)


def test_the_talk_of_who_said_no_is_prefilled_and_cut_in_player_time(organiser, hour):
    page = organiser.get(f"/recordings/{hour.slug}/cut/")
    assert b'value="10:00"' in page.content
    assert b'value="20:00"' in page.content
    assert "Nothing of them is in it" in page.content.decode()
    sent = {"do": "cut", "from_0": "09:58", "to_0": "20:01", "from_1": "1:00", "to_1": "1:30"}
    assert organiser.post(f"/recordings/{hour.slug}/cut/", sent).status_code == 302
    row = queries.find(hour.pk)
    assert row.wanted == [[60_000, 90_000], [598_000, 1_201_000]]
    page = organiser.get(f"/recordings/{hour.slug}/cut/")
    assert b'name="from_0"' not in page.content


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [("12", "13:00", "such as 12:30"), ("12:00", "", "Give both"), ("12:00", "11:00", "must end"),
     ("99:00", "99:10", "over by then"), ("", "", "at least one second"),
     ("0:10", "90:00", "only 1:00:00 long"),
     ("0:00", "60:00", "Nothing would be left")],
)  # fmt: skip
def test_marks_that_make_no_sense_are_told_at_their_field(organiser, hour, start, end, words):
    page = organiser.post(
        f"/recordings/{hour.slug}/cut/", {"do": "cut", "from_0": start, "to_0": end}
    )
    assert page.status_code == 422
    assert words in page.content.decode()
    assert queries.find(hour.pk).wanted == []


def test_nothing_of_them_is_in_it_needs_a_reason(organiser, hour):
    address = f"/recordings/{hour.slug}/cut/"
    assert organiser.post(address, {"do": "nothing", "note": ""}).status_code == 422
    known = open_noes(hour)[0].consent_id
    sent = {"do": "nothing", "note": "Watched it", "known": known}
    assert organiser.post(address, sent).status_code == 302
    assert len(queries.find(hour.pk).absent) == 1


def test_speakers_are_listed_asked_and_noted(organiser, hour, speakers):
    address = f"/recordings/{hour.slug}/speakers/"
    page = organiser.get(address).content.decode()
    assert "Not answered" in page
    assert "Said no" in page
    organiser.post(address, {"do": "mail"})
    assert Letter.objects.filter(kind="recording_ask").count() == 1
    noted = {"do": "answer", "talk": f"{speakers[0].pk}:One", "said": "yes"}
    assert organiser.post(address, noted).status_code == 422
    assert organiser.post(address, {**noted, "note": "On paper"}).status_code == 302
    assert "Agreed" in organiser.get(address).content.decode()


def test_what_nobody_announced_is_said_to_be_asked(organiser, world):
    row = make_recording(make_event(world, title="Quiet", recorded=False), publish=False)
    queries.Recording.objects.filter(pk=row.pk).update(asked_at=None)
    address = f"/recordings/{row.slug}/speakers/"
    assert organiser.post(address, {"do": "asked", "note": "By mail"}).status_code == 302
    assert "By mail" in organiser.get(address).content.decode()


def test_publishing_before_everybody_agreed_says_so_on_the_page_that_leads_to_the_speakers(
    organiser, world, hour
):
    quiet = make_recording(make_event(world, title="Quiet", recorded=False), publish=False)
    queries.Recording.objects.filter(pk=quiet.pk).update(asked_at=None)
    for row, said in ((quiet, "Nobody knew that this would be recorded"), (hour, "Ask these")):
        page = organiser.post(f"/recordings/{row.slug}/manage/publish/", follow=True)
        assert page.redirect_chain == [(f"/recordings/{row.slug}/manage/", 302)]
        assert f'href="/recordings/{row.slug}/speakers/"' in page.text
        shown = [str(one) for one in page.context["messages"]]
        assert (len(shown), said in shown[0], queries.find(row.pk).state) == (1, True, "draft")


def test_a_day_is_chosen_or_it_goes_at_once_when_ticked(organiser, hour):
    address = f"/recordings/{hour.slug}/keep/"
    day = (timezone.now() + timedelta(days=100)).date()
    near = (timezone.now() + timedelta(days=2)).date()
    assert organiser.post(address, {"do": "keep", "until": str(near)}).status_code == 422
    late = organiser.post(address, {"do": "keep", "until": "2099-01-01"})
    last = plain_day(retention.last_day(at=timezone.now()))
    assert (late.status_code, late.text.count(f"The latest day is {last}.")) == (422, 1)
    assert late.text.count("Choose a day within the next ten years.") == 2
    assert organiser.post(address, {"do": "keep", "until": str(day)}).status_code == 302
    assert queries.find(hour.pk).kept_until == day
    assert organiser.post(address, {"do": "remove"}).status_code == 422
    assert organiser.post(address, {"do": "remove", "sure": "on"}).status_code == 302
    assert queries.find(hour.pk).state == "deleted"


def test_others_do_not_get_in_and_read_only_that_a_part_was_left_out(world, event, hour):
    teacher = sign_in(Client(), world.teachers[2])
    for page in ("speakers", "cut", "keep"):
        assert Client().get(f"/recordings/{hour.slug}/{page}/").status_code == 302
        assert teacher.get(f"/recordings/{hour.slug}/{page}/").status_code == 404
    commands.library.Recording.objects.filter(pk=hour.pk).update(
        cuts=[[600_000, 1_200_000]], state="published", published_at=AT, up_at=AT
    )
    page = teacher.get(f"/recordings/{hour.slug}/")
    assert "left out at the wish of a speaker" in page.content.decode()
    assert teacher.get(f"/recordings/{hour.slug}/cut/").status_code == 403


@pytest.mark.parametrize(
    ("cuts", "words"),
    [([[600_000, 1_200_000]], "A part was left out at the wish of a speaker."),
     ([[0, 60_000]], "A part was left out."),
     ([[0, 60_000], [600_000, 1_200_000]], "Some parts were left out.")],
)  # fmt: skip
def test_whose_wish_it_was_is_said_only_where_it_is_known(organiser, hour, cuts, words):
    queries.Recording.objects.filter(pk=hour.pk).update(cuts=cuts)
    page = organiser.get(f"/recordings/{hour.slug}/").content.decode()
    assert f'<p class="note" role="note">{words}</p>' in page


def test_nothing_is_offered_to_be_restored_where_nobody_said_no(organiser, event):
    row = make_recording(event, publish=False)
    address = f"/recordings/{row.slug}/cut/"
    assert "Nothing of them is in it" not in organiser.get(address).content.decode()
    queries.Recording.objects.filter(pk=row.pk).update(state="withdrawn")
    assert "Make it a draft again" in organiser.get(address).content.decode()


def test_while_it_is_withdrawn_there_is_no_empty_box_of_publishing(organiser, event):
    row = make_recording(event, publish=False)
    address = f"/recordings/{row.slug}/manage/"
    assert "Publishing" in organiser.get(address).content.decode()
    queries.Recording.objects.filter(pk=row.pk).update(state="withdrawn")
    assert "Publishing" not in organiser.get(address).content.decode()


def test_a_recording_where_pupils_are_seen_needs_the_parents(organiser, world):
    sent = {"title": "Lesson", "language": "en", "link": "https://video.example.org/1"}
    for kind, asked in (("lesson-observation", True), ("teachmeet", False)):
        event = make_event(world, kind=kind, title=kind)
        address = f"/plan/{event.pk}/recording/"
        filled = {**sent, "part": event.parts.get().pk}
        assert ("Every parent" in organiser.get(address).content.decode()) == asked
        assert organiser.post(address, filled).status_code == (422 if asked else 302)
        if asked:
            assert organiser.post(address, {**filled, "parents": "on"}).status_code == 302
            row = queries.Recording.objects.get(event=event)
            assert (row.parents_by, row.parents_at is None) == (world.coordinator, False)
            assert AuditEntry.objects.filter(action="recording_parents", thing_id=row.pk).exists()


@pytest.mark.parametrize("how", ["code", "visit", "visitors"])
def test_where_pupils_are_seen_nothing_is_published_before_the_parents_agreed(
    organiser, world, how
):
    event = make_event(world, kind="lesson-observation" if how == "code" else "teachmeet")
    if how == "visit":
        type(event.kind).objects.filter(pk=event.kind_id).update(visit=True)
    if how == "visitors":
        type(event).objects.filter(pk=event.pk).update(visitors=[world.teachers[0].pk])
    row = make_recording(event, publish=False)
    assert "Pupils may be seen" in organiser.get(f"/recordings/{row.slug}/manage/").content.decode()
    with pytest.raises(ParentsOpen):
        library.publish(row.pk, by=SYSTEM, at=AT)
    address = f"/recordings/{row.slug}/speakers/"
    assert organiser.post(address, {"do": "parents"}).status_code == 422
    assert organiser.post(address, {"do": "parents", "parents": "on"}).status_code == 302
    assert f"as {world.coordinator.name} said" in organiser.get(address).content.decode()
    library.publish(row.pk, by=SYSTEM, at=AT)


def test_ones_own_answers_stand_on_ones_own_page(hour, speakers, world):
    page = sign_in(Client(), speakers[1]).get("/me/data/").content.decode()
    assert "My answers about recordings" in page
    assert f"/events/{hour.event.slug}/recorded/" in page
    other = sign_in(Client(), world.teachers[3]).get("/me/data/").content.decode()
    assert "My answers about recordings" not in other
