"""The simulator refuses loudly what Graph would refuse, and what the product must not send."""

from datetime import timedelta

import pytest
import requests

from integrations.providers.microsoft import payloads
from integrations.simulators.microsoft.simulator import MicrosoftSimulator
from integrations.simulators.serving import running
from tests.contracts.peer import STARTS, Sample
from tests.contracts.peers.microsoft import ADDRESS

PREFER = 'IdType="ImmutableId"'


@pytest.fixture
def simulator():
    with running(MicrosoftSimulator()) as made:
        made.world.add_mailbox(ADDRESS)
        made.world.tokens["t"] = made.clock() + timedelta(hours=1)
        yield made


@pytest.fixture
def ask(simulator):
    """Sends a request; returns status, and code and message of an error."""

    def asked(method, path, body=None, **headers):
        said = requests.request(
            method, f"{simulator.url}/v1.0{path}", json=body, timeout=5,
            headers={"Authorization": "Bearer t", "Prefer": PREFER, **headers},
        )  # fmt: skip
        error = said.json().get("error", {}) if said.content else {}
        return said.status_code, error.get("code"), error.get("message")

    return asked


def event(**changes):
    return {**payloads.new(Sample(1).entry()), **changes}


EVENTS = f"/users/{ADDRESS}/events"


def test_a_property_nobody_knows_is_named(ask):
    status, _, message = ask("POST", EVENTS, event(subjekt="x"))
    assert (status, "Event.subjekt" in message) == (400, True)


def test_what_is_read_only_is_refused(ask):
    status, _, message = ask("POST", EVENTS, event(iCalUId="x"))
    assert (status, "iCalUId" in message) == (400, True)


@pytest.mark.parametrize(
    ("zone", "status"),
    [("Europe/Zagreb", 400), ("Europe/Tirane", 400), ("Europe/Berlin", 201), ("UTC", 201),
     ("Central European Standard Time", 201)],
)  # fmt: skip
def test_names_of_zones_are_looked_at(ask, zone, status):
    start = {"dateTime": "2026-10-24T10:00:00", "timeZone": zone}
    assert ask("POST", EVENTS, event(start=start))[0] == status
    assert ask("GET", "/subscriptions", Prefer=f'{PREFER}, outlook.timezone="{zone}"')[0] == (
        400 if status == 400 else 200
    )


@pytest.mark.parametrize("prefer", ["", 'outlook.timezone="UTC"', f"{PREFER}, respond-async=1"])
def test_preferences_are_looked_at(ask, prefer):
    assert ask("GET", "/subscriptions", Prefer=prefer)[0] == 400


def test_a_query_nobody_knows_is_refused(ask):
    path = f"/users/{ADDRESS}/calendarView/delta?$select=id"
    status, _, message = ask("GET", path)
    assert (status, "$select" in message) == (400, True)


def test_without_a_token_nothing_goes(ask, simulator):
    assert ask("GET", "/subscriptions", Authorization="Bearer x")[0] == 401
    simulator.clock.advance(hours=2)
    assert ask("GET", "/subscriptions")[0] == 401


def test_the_same_transaction_makes_one_event(ask, simulator):
    assert ask("POST", EVENTS, event())[0] == 201
    assert ask("POST", EVENTS, event())[0] == 201
    assert ask("POST", EVENTS, event(subject="x"))[:2] == (409, "ErrorDuplicateTransactionId")
    assert len(simulator.world.mailboxes[0].events) == 1


def test_who_writes_the_body_loses_the_meeting(ask, simulator):
    ask("POST", EVENTS, event(**payloads.ONLINE))
    [made] = simulator.world.mailboxes[0].events.values()
    assert made.join_url
    ask("PATCH", f"{EVENTS}/{made.event_id}", {"body": {"contentType": "text", "content": "x"}})
    assert made.join_url == ""


def test_an_old_version_is_refused(ask, simulator):
    ask("POST", EVENTS, event())
    [made] = simulator.world.mailboxes[0].events.values()
    path = f"{EVENTS}/{made.event_id}"
    assert ask("PATCH", path, {"subject": "x"}, **{"If-Match": 'W/"old"'})[0] == 412
    assert ask("PATCH", path, {"subject": "x"})[0] == 200


def test_attendees_are_mailed(ask, simulator):
    """So that a test can see that nobody is invited through the provider."""
    guest = {"emailAddress": {"address": "guest@example.org"}}
    ask("POST", EVENTS, event(attendees=[guest]))
    [made] = simulator.world.mailboxes[0].events
    assert ask("POST", f"{EVENTS}/{made}/cancel", {"comment": "x"})[0] == 202
    assert simulator.world.sent == [
        ("invitation", "guest@example.org"), ("cancellation", "guest@example.org"),
    ]  # fmt: skip


def test_a_subscription_for_too_long_is_refused(ask, simulator):
    body = {
        "changeType": "updated", "notificationUrl": simulator.url, "resource": EVENTS[1:],
        "expirationDateTime": (simulator.clock() + timedelta(days=8)).isoformat(),
    }  # fmt: skip
    assert ask("POST", "/subscriptions", body)[0] == 400


def test_meetings_are_read_by_object_id_alone(ask, simulator):
    query = "onlineMeetings?$filter=JoinWebUrl eq 'x'"
    assert ask("GET", f"/users/{ADDRESS}/{query}")[0] == 404
    assert ask("GET", f"/users/{simulator.world.mailboxes[0].person}/{query}")[0] == 200


@pytest.mark.parametrize("method", ["GET", "PUT"])
def test_what_is_not_there_is_said(ask, method):
    assert ask(method, "/me/drive")[0] == 400


def test_its_clock_is_its_own(simulator, ask):
    simulator.clock.at = STARTS
    said = requests.get(f"{simulator.url}/x", timeout=5)
    assert said.headers["Date"] == "Sat, 24 Oct 2026 16:00:00 GMT"


def test_an_answer_that_microsoft_would_not_give_is_written_down(simulator, ask):
    ask("POST", EVENTS, event())
    [made] = simulator.world.mailboxes[0].events.values()
    made.values["importance"] = "urgent"
    assert ask("GET", f"{EVENTS}/{made.event_id}")[0] == 500
    [said] = simulator.broken
    assert "Event.importance" in said
