"""Where a meeting is at a simulator, whoever joins is told so; everybody else reads nothing of it."""

import pytest

from attendance.doors import join
from integrations.accounts import simulated
from integrations.meet import notes, ways
from integrations.pasted import guides
from tests.factories.world import make_event, make_world
from tests.integrations.accounts.making import connected

URL = "http://127.0.0.1:20000"
TEAMS = f"{URL}/l/meetup-join/19%3Ameeting_1%40thread.v2/0"


@pytest.fixture
def event(db, settings):
    settings.KOLEGA_SIMULATORS, settings.SIMULATORS_URL = True, URL
    return make_event(make_world())


@pytest.mark.parametrize(
    ("link", "name"), [(TEAMS, "Microsoft Teams"), (f"{URL}/abc-defg-hij", "Google Meet")]
)
def test_a_link_to_a_simulator_is_said_to_be_one(event, link, name):
    said = notes.of(link, event_id=event.pk)
    assert (
        said == f"This meeting is at a simulator of {name} on this machine, not at {name} itself."
    )
    assert guides.guide_for(guides.service_of(link)).name == name


@pytest.mark.parametrize(
    "link", ["", "https://teams.microsoft.com/l/meetup-join/1", f"{URL}1/abc-defg-hij"]
)
def test_of_other_links_nothing_is_said(event, link):
    assert notes.of(link, event_id=event.pk) == ""


def test_a_room_at_a_simulator_is_said_to_be_one(event):
    part = event.parts.get()
    link = ways.standing(part.pk)
    assert notes.of(link, event_id=event.pk) == ""
    options = {"checksum": "sha256", **simulated.MARKED}
    connected(event.organiser, provider="bigbluebutton", calendar="", options=options)
    assert "simulator of BigBlueButton" in notes.of(link, event_id=event.pk)


def test_the_page_that_opens_the_meeting_says_so(event):
    part = event.parts.get()
    part.join_url = TEAMS
    assert "simulator of Microsoft Teams" in join._note(part)
