"""Zoom and Jitsi are connected on the pages that every provider has."""

import pytest

from integrations.accounts import noticing
from integrations.accounts.models import Account
from tests.factories.sessions import sign_in
from tests.factories.world import make_world

pytestmark = pytest.mark.django_db
GIVEN = {
    "zoom": {"secret_webhook_secret": "z" * 22},
    "jitsi": {"url": "https://meet.example.test", "app_id": "kolega", "secret_secret": "j" * 20},
}


@pytest.fixture
def person(client):
    world = make_world()
    sign_in(client, world.coordinator, second_step=True)
    return world.coordinator


def connect(client, person, provider):
    values = {"whose": f"person:{person.pk}", "name": "Mine", **GIVEN[provider]}
    answer = client.post(f"/connections/add/{provider}/", values)
    assert answer.status_code == 302, answer.content.decode()
    return client.get(answer.url).content.decode(), Account.objects.get()


def test_the_page_of_a_zoom_connection_shows_where_its_notices_go(client, person):
    page, row = connect(client, person, "zoom")
    assert noticing.address(row) in page
    assert "z" * 22 not in page


def test_a_jitsi_server_is_connected_with_its_app(client, person):
    page, row = connect(client, person, "jitsi")
    assert row.options == {"url": "https://meet.example.test", "app_id": "kolega"}
    assert "Address for notices" not in page


@pytest.mark.parametrize("provider", ["zoom", "jitsi"])
def test_each_has_a_guide_that_says_what_was_tried(client, provider):
    page = client.get(f"/help/connections/{provider}/").content.decode()
    assert "was reached yet" in page
