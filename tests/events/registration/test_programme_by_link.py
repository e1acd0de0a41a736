"""Who is invited reads the programme without signing in; nobody else learns of the event."""

from datetime import timedelta

import pytest

from events.programme import commands as programme
from events.registration import commands, links
from events.registration.models import PersonalLink
from tests.events.registration.mail import at, letters, settle
from tests.factories.world import AT, make_event, make_world

pytestmark = pytest.mark.django_db
NOW = AT + timedelta(minutes=5)


@pytest.fixture
def world():
    return make_world()


@pytest.fixture
def event(world):
    return make_event(world, summary="Short stories from class.")


def programme_path(teacher):
    [letter] = letters(teacher, "invitation")
    line = next(line for line in letter.text.splitlines() if line.endswith("/programme/"))
    return "/" + line.partition("://")[2].partition("/")[2]


def test_the_invitation_leads_to_the_programme_without_signing_in(client, world, event):
    settle()
    path = programme_path(world.teachers[0])
    other = world.teachers[1]
    commands.register(event.pk, person_id=other.pk, way="room", by=world.actor(other), at=NOW)
    with at(NOW):
        answer = client.get(path)
        assert client.get(f"/events/{event.slug}/").status_code == 404
        place = client.get(path.removesuffix("programme/"))
    assert answer.status_code == 200
    assert "Short stories from class." in answer.text
    assert "Running order" in answer.text
    assert other.name not in answer.text
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert f'href="{path}"' in place.text


def test_a_forged_or_ended_link_looks_like_any_unknown_address(client, world, event):
    settle()
    teacher = world.teachers[0]
    path = programme_path(teacher)
    with at(NOW):
        missing = client.get("/r/nothing/programme/")
        assert missing.status_code == 404
        forged = client.get(path.replace("/programme/", "x/programme/"))
        links.revoke(event_id=event.pk, person_id=teacher.pk, at=NOW)
        ended = client.get(path)
    assert forged.content == ended.content == missing.content
    assert {forged.status_code, ended.status_code} == {404}


def test_a_draft_stays_hidden(client, world, event):
    programme.unpublish(event.pk, by=world.actor(world.coordinator), at=AT)
    link = links.link_for(event_id=event.pk, person_id=world.teachers[0].pk, at=AT)
    with at(NOW):
        assert client.get(links.programme_of(link)).status_code == 404
    assert PersonalLink.objects.filter(revoked_at=None).exists()
