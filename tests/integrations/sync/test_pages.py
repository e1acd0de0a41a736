"""What the coordinator sees: the panel on the event's page, the page with the question, the mark."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from events.programme import queries
from integrations.ports import Temporary
from integrations.sync import panels, questions
from integrations.sync.models import Link, Question
from tests.events.registration.mail import at as stands_at
from tests.factories.sessions import sign_in
from tests.integrations.sync.test_inward import moved_there
from tests.integrations.sync.test_outward import change, part_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def event(stage):
    found = stage.event()
    stage.read()
    return found


def get(stage, client, path, who=None):
    with stands_at(stage.now):
        sign_in(client, who or stage.world.coordinator)
        return client.get(path)


def post(stage, client, event, **values):
    with stands_at(stage.now):
        sign_in(client, stage.world.coordinator)
        return client.post(f"/plan/{event.pk}/calendar/", values)


def panel(stage, event, who=None):
    by = stage.world.actor(who or stage.world.coordinator)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        found = panels.calendar(by, {"event_id": event.pk}, at=stage.now)
    assert len(asked) <= 2
    return found


def test_the_panel_is_for_those_who_run_the_event_and_costs_two_queries(stage, event):
    (line,) = panel(stage, event).values.lines
    assert (line.state, line.calendar) == ("ok", "Team calendar (Google Workspace)")
    assert panel(stage, event, stage.world.teachers[0]) is None


def test_the_event_page_says_where_the_entry_stands(stage, event, client):
    page = get(stage, client, f"/events/{event.slug}/").content.decode()
    assert "Team calendar (Google Workspace)" in page
    assert "The entry stands in the calendar." in page


def test_each_trouble_has_a_sentence(stage, event, client):
    path = f"/plan/{event.pk}/calendar/"
    stage.far.fail("put", Temporary("server_error"), times=9)
    change(stage, event, title="Renamed")
    assert "We keep trying" in get(stage, client, path).content.decode()
    stage.account.state = "reconnect"
    stage.account.save()
    assert "waits until it is repaired" in get(stage, client, path).content.decode()
    stage.account.state = "off"
    stage.account.save()
    page = get(stage, client, path).content.decode()
    assert "The connection was switched off." in page
    assert "refuses the entry" not in page


def test_a_question_is_asked_answered_and_marked_in_the_planner(stage, event, client):
    assert panels.marks(stage.by, [event.pk], at=stage.now) == {}
    moved_there(stage)
    assert list(panels.marks(stage.by, [event.pk, 0], at=stage.now)) == [event.pk]
    page = get(stage, client, f"/plan/{event.pk}/calendar/").content.decode()
    assert "Somebody moved it in the calendar" in page
    before = part_of(event).starts_at
    question = Question.objects.get()
    answered = post(stage, client, event, do="answer", question=question.pk, answer="accept",
                    seen=questions.digest(question))  # fmt: skip
    assert answered.status_code == 302
    stage.work(1)
    assert part_of(event).starts_at > before
    assert panels.marks(stage.by, [event.pk], at=stage.now) == {}


def test_an_answer_that_lacks_something_says_what(stage, event, client):
    stage.far.remove_there(stage.link().remote_id)
    stage.read()
    question = Question.objects.get()
    missing = post(stage, client, event, do="answer", question=question.pk)
    told = missing.content.decode()
    words = "Choose one of the answers for “What shall count?”."
    assert (missing.status_code, told.count(words), told.count('id="id_answer"')) == (422, 2, 1)
    assert f'<a href="#id_answer">{words}' in told
    why = post(stage, client, event, do="answer", question=question.pk, answer="accept",
               seen=questions.digest(question))  # fmt: skip
    assert why.status_code == 422
    assert "Say in one line why" in why.content.decode()
    assert queries.find_part(part_of(event).pk).event.state == "published"


def test_the_buttons_leave_out_take_in_and_ask_for_a_link(stage, event, client):
    post(stage, client, event, do="leave")
    assert stage.link().state == "detached"
    post(stage, client, event, do="take")
    assert stage.link().state == "pending"
    post(stage, client, event, do="meeting", part=part_of(event).pk)
    assert Link.objects.get().meeting_asked
    for part in ("", "x", "99999999999999999999"):
        assert post(stage, client, event, do="meeting", part=part).status_code in {302, 404}


def test_strangers_see_and_do_nothing(stage, event, client):
    path = f"/plan/{event.pk}/calendar/"
    assert client.get(path).status_code == 302
    teacher = stage.world.teachers[0]
    assert get(stage, client, path, teacher).status_code == 403
    with stands_at(stage.now):
        assert client.post(path, {"do": "leave"}).status_code == 403
    assert stage.link().state == "ok"


def test_a_broken_connection_names_whom_to_ask_and_promises_no_link(stage, client):
    stage.account.makes_meetings = True
    stage.account.save()
    event = stage.event(mode="online")
    Link.objects.update(meeting_state="none")
    stage.account.state = "troubled"
    stage.account.save()
    post(stage, client, event, do="meeting", part=part_of(event).pk)
    page = get(stage, client, f"/plan/{event.pk}/calendar/").content.decode()
    assert "The connection to the calendar does not work." in page
    assert "The video link is being made." not in page
    change(stage, event, title="Renamed")
    Link.objects.update(meeting_state="pending")  # it was asked for before the connection broke
    page = get(stage, client, f"/events/{event.slug}/").content.decode()
    name = stage.account.added_by.name
    assert f"It serves: Events of a country. Ask {name}, who added it." in page
    assert "The video link is being made." not in page
    assert "/connections/" not in page.split("In the calendar</h2>")[1].split("</section>")[0]
