"""Tokens: how they are got, and what is said when they are not."""

import json

import pytest

from integrations.ports import Denied, Temporary
from integrations.providers.google import service
from integrations.providers.google.auth import TOKEN_ENDPOINT, Identity
from integrations.simulators.google.server import PERSON
from integrations.simulators.messages import Answer
from integrations.simulators.serving import Simulator, running
from tests.contracts.peer import SINCE, UNTIL, Sample

WISH = Sample(1).entry()


def put(connected):
    return connected.calendar.put(WISH, known=None)


def tokens(google):
    return [one for one in google.diary if one.path == "/token"]


def denied(connected):
    with pytest.raises(Denied) as met:
        put(connected)
    return met.value.code


class Elsewhere(Simulator):
    def answer(self, request):
        return Answer(200, b"{}")

    def refusal(self, fault):
        return Answer(500)


def test_one_token_serves_all_adapters_of_an_account(google, account):
    put(account())
    account().calendar.changes("", since=SINCE, until=UNTIL)
    assert len(tokens(google)) == 1


def test_a_token_is_never_used_for_another_person_or_secret(google, account, own):
    google.tokens.people.add("other@school.example.org")
    put(account())
    put(account(subject="other@school.example.org"))
    put(account(own))
    assert len(tokens(google)) == 3


def test_a_service_account_asks_for_one_scope_at_a_time(google, account):
    google.tokens.granted = {"calendar.events"}
    assert put(account()).key == WISH.key


def test_a_coordinators_own_consent_works_in_their_first_calendar(google, account, own):
    made = put(account(own, calendar="", subject=""))
    assert made.remote_id in google.world.books[PERSON].entries


def test_a_token_that_ran_out_is_renewed_once(google, account):
    connected = account()
    put(connected)
    google.hand.forget_access()
    put(connected)
    assert len(tokens(google)) == 2


def test_a_401_that_stays_asks_for_one_more_token_only(google, account):
    google.faults.switch_on("unauthorized", "/calendar/", times=10)
    assert denied(account()) == "consent_revoked"
    assert len(tokens(google)) == 2
    assert google.faults.met["unauthorized"] == 2


def test_e_revoked_consent_is_said_and_not_tried_for_ever(google, account, own):
    google.hand.forget_consent()
    assert denied(account(own)) == "consent_revoked"
    assert len(tokens(google)) == 1


def test_scopes_that_were_not_granted_are_named(google, account):
    google.tokens.granted = set()
    assert denied(account()) == "scope_missing"


def test_a_subject_that_does_not_exist_is_named(account):
    assert denied(account(subject="gone@school.example.org")) == "calendar_missing"


def test_a_client_secret_that_was_replaced_is_named(account, own):
    assert denied(account({**own, "client_secret": "old"})) == "secret_wrong"


def test_another_key_is_named(google, account):
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric import rsa

    pem = rsa.generate_private_key(public_exponent=65537, key_size=2048).private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    info = {**json.loads(google.service_account()), "private_key": pem.decode()}
    assert denied(account({"service_account": json.dumps(info)})) == "secret_wrong"


@pytest.mark.parametrize(
    "secret",
    [
        {"service_account": "not json"}, {"service_account": "{}"}, {"service_account": "[]"},
        {"service_account": json.dumps(
            {"client_email": "a", "private_key": "no key", "private_key_id": "k"}
        )},
        {"refresh_token": "only this"},
        {"nothing": "known"},
    ],
)  # fmt: skip
def test_a_secret_nobody_can_read_is_named_without_a_call(google, account, secret):
    assert denied(account(secret)) == "secret_wrong"
    assert google.diary == []


def test_an_address_inside_a_key_file_is_never_called(google):
    info = {**json.loads(google.service_account()), "token_uri": "http://127.0.0.1:9/", "universe_domain": "evil.test"}  # fmt: skip
    secret = {"service_account": json.dumps(info)}
    credentials = Identity({}, secret, PERSON).credentials("events")
    assert credentials._token_uri == TOKEN_ENDPOINT
    assert credentials.universe_domain == "googleapis.com"


@pytest.mark.parametrize("kind", ["hang_up", "garbage", "half"])
def test_a_token_endpoint_that_fails_is_temporary(google, account, kind):
    google.faults.switch_on(kind, "/token", times=5)
    with pytest.raises(Temporary) as met:
        put(account())
    assert met.value.code == "token_unreachable"


def test_nobody_listening_is_temporary(google, account):
    connected = account()
    put(connected)
    google.faults.switch_on("hang_up", "/calendar/", times=5)
    with pytest.raises(Temporary) as met:
        put(connected)
    assert met.value.code == "unreachable"


def test_the_token_goes_to_no_other_host(google, account):
    answer = google.answer
    with running(Elsewhere()) as elsewhere:
        google.answer = lambda request: (
            Answer(302, b"", {"Location": f"{elsewhere.url}/x"})
            if "/calendar/" in request.path
            else answer(request)
        )
        with pytest.raises(Denied) as met:
            account().calendar.find(key=WISH.key, remote_id="")
        assert met.value.code == "request_refused"
        assert elsewhere.diary == []


def test_a_call_that_takes_too_long_is_given_up(google, account, monkeypatch):
    monkeypatch.setattr(service, "SECONDS", 0.2)
    google.faults.switch_on("slow", "/calendar/", seconds=1.0)
    with pytest.raises(Temporary) as met:
        put(account())
    assert (met.value.code, met.value.said) == ("unreachable", "TimeoutError")


def test_the_pause_of_a_403_is_kept(google, account):
    google.faults.switch_on("rate_limit", "/calendar/", code="userRateLimitExceeded", after=55)
    with pytest.raises(Temporary) as met:
        put(account())
    assert (met.value.code, met.value.after) == ("rate_limit", 55)


def test_e_usage_limits_wait_for_hours(google, account):
    google.faults.switch_on("rate_limit_silent", "/calendar/", code="quotaExceeded")
    with pytest.raises(Temporary) as met:
        put(account())
    assert (met.value.code, met.value.after) == ("usage_limit", 6 * 3600)
    assert google.faults.met["rate_limit_silent"] == 1
