"""What a run leaves behind: words without secrets, and a line on the page of a connection."""

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from config import livevariables
from config.env import ROOT
from events.kernel.actors import Role, system
from integrations.accounts import liveruns
from integrations.accounts.models import LiveRun
from integrations.live.scrubbing import Scrub
from tests.contracts import caldav
from tests.contracts.peers import radicale
from tests.factories.sessions import sign_in
from tests.factories.world import AT, make_person
from tests.integrations.accounts.making import connected
from tests.matrix.places import give

NOT_YET = "No live installation was reached yet."


def test_a_providers_words_lose_everything_that_names_somebody():
    scrub = Scrub(["s3cret-value", "room 7", ""])
    said = scrub(
        "Mailbox ana@school.example.org (S3CRET-VALUE, 0b1c2d3e-4f50-6172-8394-a5b6c7d8e9f0)\n"
        "at https://graph.example.org/users/1 | insufficientPermissions room 7"
    )
    assert said == "Mailbox … (…, …) at … / insufficientPermissions …"
    assert len(Scrub([])("word " * 100)) <= 200


@pytest.mark.parametrize("provider", livevariables.TABLE)
def test_every_variable_stands_in_the_guide_of_its_provider(provider):
    page = "bigbluebutton" if provider == "zoom" else provider
    text = (ROOT / "docs" / "providers" / f"{page}.md").read_text()
    missing = [one.name for one in livevariables.TABLE[provider] if f"`{one.name}`" not in text]
    assert missing == []


@pytest.fixture
def page(client, db):
    person = make_person("Runs Everything")
    give(person, Role.ADMINISTRATOR, "world", 0)
    sign_in(client, person, second_step=True)
    account = connected(person)

    def read():
        return client.get(reverse("connection", args=[account.pk])).content.decode()

    read.provider = account.provider
    return read


def test_the_page_of_a_connection_says_when_it_was_tried_live_and_how_it_went(page):
    liveruns.record("zoom", liveruns.Tally(3, 0, 1), by=system("live"), at=AT)
    if page.provider != "caldav":
        assert NOT_YET in page()
    liveruns.record(page.provider, liveruns.Tally(20, 2, 1), by=system("live"), at=AT)
    assert NOT_YET not in page()
    assert "2 steps did not go well." in page()
    liveruns.record(page.provider, liveruns.Tally(22, 0, 1), by=system("live"), at=AT)
    assert "Every step went well." in page()


@pytest.mark.django_db
def test_a_run_against_a_real_server_is_recorded(settings, monkeypatch, capsys):
    settings.KOLEGA_PRIVATE_SERVERS, settings.KOLEGA_SIMULATORS = True, False
    with radicale.server() as url, radicale.peer(url) as peer:
        monkeypatch.setenv("LIVE_CALDAV_SERVER", url)
        monkeypatch.setenv("LIVE_CALDAV_USER", caldav.USER)
        monkeypatch.setenv("LIVE_CALDAV_PASSWORD", caldav.PASSWORD)
        monkeypatch.setenv("LIVE_CALDAV_CALENDAR", peer.path)
        call_command("live", "caldav", record=True)
        row = LiveRun.objects.get()
        assert (row.provider, row.refused) == ("caldav", 0)
        assert row.went > 10
        monkeypatch.setenv("LIVE_CALDAV_PASSWORD", "another")
        with pytest.raises(CommandError) as refused:
            call_command("live", "caldav", record=True)
    assert refused.value.returncode == 1
    assert liveruns.last("caldav").refused > 0
    assert "another" not in "".join(capsys.readouterr())
