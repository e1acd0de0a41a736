"""An online event without a link promises none, and a place given back is said first."""

import pytest

from events.programme import commands as programme
from events.programme.models import Part
from tests.events.registration.mail import at, letters, link_in, settle
from tests.factories.world import SYSTEM, later, make_event, make_world

pytestmark = pytest.mark.django_db
NOW = later(minutes=5)
LATER = "The organiser adds the link before the event."
OWN, WITH_PLACE = "Your own link comes by e-mail", "You get the link with your place."
GIVEN_BACK = "Your place is given back."


@pytest.fixture
def world():
    return make_world()


def press(client, path, way, **more):
    with at(NOW):
        return client.post(path, {"way": way, **more}, follow=True)


def test_without_a_link_page_invitation_and_receipt_say_who_adds_it(client, world):
    event = make_event(world, mode="online", join_url="")
    teacher = world.teachers[0]
    settle()
    [invitation] = letters(teacher, "invitation")
    assert LATER in invitation.text
    assert WITH_PLACE not in invitation.text
    with at(NOW):
        client.force_login(teacher)
        page = client.get(f"/events/{event.slug}/").text
    assert (LATER in page, OWN in page) == (True, False)
    assert LATER in press(client, link_in(invitation, "online"), "online").text
    settle(NOW)
    [receipt] = letters(teacher, "receipt")
    assert LATER in receipt.text
    programme.attach_link(
        Part.objects.get().pk, join_url="https://meet.example.org/abc", by=SYSTEM, at=NOW
    )
    with at(NOW):
        page = client.get(f"/events/{event.slug}/").text
        own = client.get(f"/events/{event.slug}/register/").text
    assert (LATER in page, OWN in page) == (False, True)
    assert LATER not in own


def test_with_a_link_nobody_is_told_to_wait_for_it(client, world):
    make_event(world, mode="online")
    settle()
    [invitation] = letters(world.teachers[0], "invitation")
    assert WITH_PLACE in invitation.text
    press(client, link_in(invitation, "online"), "online")
    settle(NOW)
    assert LATER not in letters(world.teachers[0], "receipt")[0].text


def test_a_place_given_back_by_the_link_is_said_once(client, world):
    make_event(world)
    settle()
    path = link_in(letters(world.teachers[0], "invitation")[0])
    assert GIVEN_BACK not in press(client, path, "no").text
    press(client, path, "room")
    assert GIVEN_BACK in press(client, path, "no").text
    assert GIVEN_BACK not in press(client, path, "no").text


@pytest.mark.parametrize("back", ["", "/me/events/"])
def test_a_place_given_back_when_signed_in_is_said_first(client, world, back):
    event = make_event(world)
    with at(NOW):
        client.force_login(world.teachers[0])
    press(client, f"/events/{event.slug}/register/", "room", _once="n1")
    answer = press(client, f"/events/{event.slug}/unregister/", "", _once="n2", next=back)
    assert answer.redirect_chain[-1][0] == (back or f"/events/{event.slug}/register/")
    text = answer.text[answer.text.index("<main") :]
    assert text.index(GIVEN_BACK) < text.index("<h1")
