"""Signing in as an application through msal, with a secret and with a certificate."""

from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from integrations.ports import Denied, Temporary
from integrations.providers.microsoft import auth, errors
from integrations.providers.microsoft.connect import connect
from integrations.simulators.microsoft.world import CLIENT, TENANT
from tests.contracts.peer import Sample
from tests.contracts.peers.microsoft import ADDRESS, connected


def pair():
    """A private key and a certificate of its own, both PEM."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Kolega test")])
    start = datetime(2026, 1, 1, tzinfo=UTC)
    made = x509.CertificateBuilder(
        name, name, key.public_key(), 1, start, start + timedelta(days=700)
    ).sign(key, hashes.SHA256())
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    return private.decode(), made.public_bytes(Encoding.PEM).decode()


def sign_ins(simulator):
    return [item for item in simulator.diary if item.path.endswith("/oauth2/v2.0/token")]


def find(connection):
    return connection.calendar.find(key=Sample(1).entry().key, remote_id="")


def test_one_token_serves_many_calls(simulator, box):
    for _ in range(3):
        assert find(connected(simulator)) is None
    assert len(sign_ins(simulator)) == 1


def test_a_token_that_ran_out_is_replaced_once(simulator, box, connection):
    find(connection)
    simulator.hand.expire_tokens()
    assert find(connection) is None
    assert len(sign_ins(simulator)) == 2


def test_a_token_that_is_refused_when_fresh_means_consent_is_gone(simulator, box, connection):
    simulator.faults.switch_on("unauthorized", "/v1.0/", times=9)
    with pytest.raises(Denied, match="consent_revoked"):
        find(connection)
    assert len(sign_ins(simulator)) == 2


def test_a_certificate_signs_in(simulator, box):
    key, certificate = pair()
    simulator.world.certificate = certificate
    connection = connected(simulator, private_key=key, certificate=certificate)
    assert find(connection) is None
    assert "client_secret" not in sign_ins(simulator)[0].form()


def test_another_certificate_does_not(simulator, box):
    simulator.world.certificate = pair()[1]
    key, certificate = pair()
    with pytest.raises(Denied, match=r"secret_wrong: AADSTS700027"):
        find(connected(simulator, private_key=key, certificate=certificate))


@pytest.mark.parametrize("key", ["no key", "-----BEGIN PRIVATE KEY-----\nAAAA\n"])
def test_a_key_nobody_can_read_says_so_without_quoting_it(simulator, box, key):
    with pytest.raises(Denied, match="secret_wrong") as met:
        find(connected(simulator, private_key=key, certificate="none"))
    assert met.value.__cause__ is None
    assert "AAAA" not in str(met.value)


def test_a_wrong_secret_says_so(simulator, box):
    with pytest.raises(Denied, match=r"secret_wrong: AADSTS7000215"):
        find(connected(simulator, client_secret="another"))


@pytest.mark.parametrize(
    ("error", "said", "code"),
    [
        ("invalid_client", "AADSTS7000222: The provided client secret keys are expired.",
         "secret_expired"),
        ("invalid_client", "AADSTS700027: The certificate used to sign is expired on 2026-01-01.",
         "secret_expired"),
        ("unauthorized_client", "AADSTS700016: Application was not found.", "consent_revoked"),
        ("unauthorized_client", "AADSTS7000112: Application is disabled.", "consent_revoked"),
        ("invalid_request", "AADSTS90002: Tenant not found.", "request_refused"),
        ("invalid_client", "something new", "secret_wrong"),
        ("access_denied", "something new", "consent_revoked"),
    ],
)  # fmt: skip
def test_e_consent_revoked_refusals_of_the_sign_in_have_their_codes(
    simulator, box, error, said, code
):
    simulator.world.switches.sign_in_error = (error, said)
    with pytest.raises(Denied) as met:
        find(connected(simulator))
    assert met.value.code == code
    assert "found" not in met.value.said


def test_what_was_granted_again_holds_at_once(simulator, box):
    """msal would repeat the refusal from memory for a minute."""
    simulator.world.switches.sign_in_error = ("unauthorized_client", "AADSTS700016: Not found.")
    with pytest.raises(Denied):
        find(connected(simulator))
    simulator.world.switches.sign_in_error = None
    assert find(connected(simulator)) is None


def test_a_sign_in_that_is_only_busy_is_no_refusal():
    assert isinstance(errors.sign_in("temporarily_unavailable", ""), Temporary)


@pytest.mark.parametrize(
    ("kind", "after"), [("rate_limit", 41.0), ("rate_limit_silent", None), ("server_error", None)]
)
def test_e_rate_limit_of_the_sign_in_is_kept_and_not_remembered(simulator, box, kind, after):
    """msal would answer the next attempt from memory; ours goes out, when its time has come."""
    simulator.faults.switch_on(kind, "/token", after=41)
    with pytest.raises(Temporary) as met:
        find(connected(simulator))
    assert met.value.after == after
    assert find(connected(simulator)) is None


@pytest.mark.parametrize("kind", ["hang_up", "garbage", "half", "lost"])
@pytest.mark.parametrize("where", ["openid-configuration", "/token"])
def test_a_sign_in_that_breaks_off_may_be_tried_again(simulator, box, kind, where):
    simulator.faults.switch_on(kind, where)
    with pytest.raises(Temporary):
        find(connected(simulator))
    assert find(connected(simulator)) is None


def test_a_tenant_nobody_knows_says_so(simulator, box):
    simulator.faults.switch_on("not_found", "openid-configuration")
    with pytest.raises(Denied, match="request_refused"):
        find(connected(simulator))


@pytest.mark.parametrize("key", ["graph_url", "login_url"])
@pytest.mark.parametrize("address", ["http://login.example.org", "ftp://127.0.0.1", "graph"])
def test_secrets_travel_protected_or_stay_here(key, address):
    with pytest.raises(Denied, match="address_refused"):
        find(connect(
            {"tenant": TENANT, "client_id": CLIENT, "login_url": "http://127.0.0.1:1",
             key: address},
            {"client_secret": "x"}, calendar=ADDRESS, subject="",
        ))  # fmt: skip


@pytest.mark.parametrize("url", ["https://evil.example/token", "https://login.microsoftonline.com.evil.example/x"])  # fmt: skip
def test_no_sign_in_at_another_host(url):
    with pytest.raises(Denied, match="address_refused"):
        auth.SignIn("http://127.0.0.1:1").post(url, data={})


@pytest.mark.parametrize(
    ("options", "calendar", "code"),
    [
        ({}, ADDRESS, "request_refused: tenant"),
        ({"tenant": TENANT}, ADDRESS, "request_refused: client_id"),
        ({"tenant": TENANT, "client_id": CLIENT}, "", "calendar_missing"),
        ({"tenant": TENANT, "client_id": CLIENT, "subscription_minutes": "a week"}, ADDRESS,
         "request_refused: subscription_minutes"),
    ],
)  # fmt: skip
def test_what_is_missing_is_named(options, calendar, code):
    with pytest.raises(Denied, match=code):
        connect(options, {}, calendar=calendar, subject="")


def test_no_credentials_is_said_before_anything_is_asked(simulator, box):
    with pytest.raises(Denied, match="secret_wrong"):
        find(connected(simulator, client_secret=""))


def test_secrets_do_not_show_when_printed():
    one = auth.Application(TENANT, CLIENT, client_secret="s3cret", private_key="k3y")
    assert "s3cret" not in repr(one)
    assert "k3y" not in repr(one)
