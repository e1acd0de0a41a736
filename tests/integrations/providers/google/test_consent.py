"""A coordinator's own consent, from Google's page to the first entry."""

from urllib.parse import parse_qs, urlsplit

import pytest
import requests

from integrations.ports import Denied, Temporary
from integrations.providers.google import consent
from integrations.simulators.google.server import PERSON
from tests.contracts.peer import Sample

BACK = "https://kolega.example.org/connections/google/back/"
VERIFIER = "v" * 50
CLIENT = {"client_id": "client", "redirect": BACK}


@pytest.fixture
def visit(google):
    """Go to Google's page; gives what comes back in the address."""

    def go(**more):
        address = consent.page(
            google.endpoints(), state="s1", verifier=VERIFIER, **{**CLIENT, **more}
        )
        answer = requests.get(address, allow_redirects=False, timeout=5)
        if answer.status_code != 302:
            return answer.json()
        assert answer.headers["location"].startswith(BACK)
        return {
            name: one
            for name, [one] in parse_qs(urlsplit(answer.headers["location"]).query).items()
        }

    return go


def redeem(google, code, **more):
    wish = {"verifier": VERIFIER, "client_secret": "client-secret", **CLIENT, **more}
    return consent.redeem(google.endpoints(), code=code, **wish)


def test_a_consent_becomes_an_account_that_writes(google, visit, account):
    back = visit()
    assert back["state"] == "s1"
    granted = redeem(google, back["code"])
    assert granted.lacking == ()
    made = account(dict(granted.secret), calendar="", subject="").calendar.put(
        Sample(1).entry(), known=None
    )
    assert made.remote_id in google.world.books[PERSON].entries


def test_a_consent_lasts_until_it_is_taken_back(google, visit, account):
    granted = redeem(google, visit()["code"])
    google.hand.forget_consent()
    with pytest.raises(Denied) as met:
        account(dict(granted.secret)).calendar.put(Sample(1).entry(), known=None)
    assert met.value.code == "consent_revoked"


def test_what_was_left_unticked_is_named(google, visit):
    google.consents.unticked = {"drive.meet.readonly", "calendar.freebusy"}
    assert redeem(google, visit()["code"]).lacking == ("busy", "drive")


@pytest.mark.parametrize("needed", ["calendar.events", "calendar.calendars.readonly"])
def test_without_the_right_to_write_entries_there_is_no_account(google, visit, needed):
    google.consents.unticked = {needed}
    with pytest.raises(Denied) as met:
        redeem(google, visit()["code"])
    assert met.value.code == "scope_missing"


def test_a_no_comes_back_as_a_no(google, visit):
    google.consents.says_no = True
    assert visit() == {"state": "s1", "error": "access_denied"}


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"verifier": "w" * 50}, "consent_revoked"),
        ({"redirect": "https://elsewhere.test/"}, "consent_revoked"),
        ({"client_secret": "another"}, "secret_wrong"),
        ({"client_id": "another"}, "secret_wrong"),
    ],
)
def test_a_code_is_good_for_whom_it_was_made_only(google, visit, change, code):
    with pytest.raises(Denied) as met:
        redeem(google, visit()["code"], **change)
    assert met.value.code == code


def test_a_code_is_good_once(google, visit):
    code = visit()["code"]
    redeem(google, code)
    with pytest.raises(Denied) as met:
        redeem(google, code)
    assert met.value.code == "consent_revoked"


def test_a_client_that_google_does_not_know_is_refused_on_its_page(visit):
    assert visit(client_id="another")["error"] == "invalid_client"


@pytest.mark.parametrize("kind", ["hang_up", "garbage", "server_error"])
def test_a_token_endpoint_that_fails_is_temporary(google, visit, kind):
    code = visit()["code"]
    google.faults.switch_on(kind, "/token")
    with pytest.raises(Temporary):
        redeem(google, code)
