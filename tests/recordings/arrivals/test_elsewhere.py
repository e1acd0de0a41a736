"""A recording that lies elsewhere: its link is shown to whoever looks after it, and can be changed."""

import pytest

from events.kernel.errors import Missing
from recordings.library import commands, elsewhere
from recordings.library.commands import Arrival
from recordings.library.models import Source
from tests.factories.sessions import sign_in
from tests.factories.world import AT

pytestmark = pytest.mark.django_db
OLD, NEW = "https://video.example.org/1", "https://video.example.org/2"


@pytest.fixture
def link(event, coordinator):
    return commands.begin(
        event.parts.get().pk, title="Small steps", language="en",
        arrival=Arrival(Source.LINK, link=OLD), by=coordinator, at=AT,
    )  # fmt: skip


def body(shown, **changes):
    fields = {"title": "Steps", "language": "en", "visibility": "cluster", "counts_until": ""}
    return fields | {"link": shown, "initial-link": shown, "initial-counts_until": ""} | changes


def test_the_page_shows_the_link_and_changes_it(client, world, link):
    sign_in(client, world.coordinator)
    address = f"/recordings/{link.slug}/manage/"
    text = client.get(address).content.decode()
    assert f'value="{OLD}"' in text
    assert f'<a href="{OLD}" rel="noopener noreferrer external">' in text
    assert "only answers to questions earn credit" in text
    assert client.post(address, body(OLD, link=NEW)).status_code == 302
    link.refresh_from_db()
    assert (link.link, link.title) == (NEW, "Steps")


def test_a_title_saved_from_an_old_page_leaves_a_link_changed_meanwhile(
    client, world, link, coordinator
):
    elsewhere.lead_to(link.pk, link=NEW, by=coordinator, at=AT)
    sign_in(client, world.coordinator)
    assert client.post(f"/recordings/{link.slug}/manage/", body(OLD)).status_code == 302
    link.refresh_from_db()
    assert (link.link, link.title) == (NEW, "Steps")


@pytest.mark.parametrize("wrong", ["", "http://video.example.org/2", "nonsense"])
def test_a_wrong_link_is_refused_and_nothing_is_saved(client, world, link, wrong):
    sign_in(client, world.coordinator)
    assert client.post(f"/recordings/{link.slug}/manage/", body(OLD, link=wrong)).status_code == 422
    link.refresh_from_db()
    assert (link.link, link.title) == (OLD, "Small steps")


def test_what_is_kept_here_has_no_link(client, world, row, coordinator, link):
    with pytest.raises(elsewhere.LiesHere):
        elsewhere.lead_to(row.pk, link=NEW, by=coordinator, at=AT)
    with pytest.raises(Missing):
        elsewhere.lead_to(link.pk, link=NEW, by=world.actor(world.teachers[0]), at=AT)
    sign_in(client, world.coordinator)
    assert 'name="link"' not in client.get(f"/recordings/{row.slug}/manage/").content.decode()
