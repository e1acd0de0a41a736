"""Jitsi: names nobody guesses, passes a server can check."""

from datetime import UTC, datetime, timedelta

import jwt
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from integrations.ports import Denied, Room, Visitor
from integrations.providers.jitsi import passes, rooms
from integrations.providers.jitsi.connect import connect

AT = datetime(2099, 11, 20, 16, 0, tzinfo=UTC)
ISSUER = passes.Issuer(app="kolega", secret="s3cret", subject="Meet.Example.test")
ANA = Visitor(ours="41", name="Ana", leads=True)


def test_a_room_is_named_by_words_and_by_chance():
    key = "0123456789abcdef"
    assert rooms.name_of("TeachMeet: Škola za život!", key) == "teachmeet-skola-za-zivot-0123456789"
    assert rooms.name_of("ја и ти", key) == "0123456789"
    assert len(rooms.name_of("x" * 200, key)) == 51
    with pytest.raises(ValueError, match="10 characters"):
        rooms.name_of("Webinar", "short")


def test_the_address_of_a_room():
    assert rooms.address("meet.example.test", "a-1") == "https://meet.example.test/a-1"
    assert rooms.address("https://m.test/t/", "a-1", token="x.y") == "https://m.test/t/a-1?jwt=x.y"
    for server in ("http://m.test", "https://", "https://m.test/?a=b"):
        with pytest.raises(Denied):
            rooms.address(server, "a-1")


def test_a_pass_names_one_room_and_one_visitor_for_five_minutes():
    token = passes.issue(ISSUER, room="a-1", visitor=ANA, group="event-7", at=AT)
    key = b"s3cret".ljust(64, b"\0")
    options = {"verify_nbf": False}
    found = jwt.decode(token, key, algorithms=["HS256"], audience="jitsi", options=options)
    assert (found["iss"], found["sub"], found["room"]) == ("kolega", "meet.example.test", "a-1")
    assert datetime.fromtimestamp(found["exp"], tz=UTC) == AT + timedelta(minutes=5)
    texts = [*found["context"]["user"].values(), found["context"]["group"]]
    assert all(isinstance(value, str) for value in texts)
    assert found["context"]["user"]["moderator"] == "true"


def test_a_visitor_does_not_lead():
    token = passes.issue(
        ISSUER, room="a-1", visitor=Visitor(ours="42", name="Ivo"), group="g", at=AT
    )
    found = jwt.decode(token, options={"verify_signature": False})
    assert found["context"]["user"]["affiliation"] == "member"


def test_a_private_key_signs_with_its_name():
    made = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    pem = made.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    ).decode()  # fmt: skip
    issuer = passes.Issuer(app="kolega", secret=pem, subject="tenant", kid="k-1")
    token = passes.issue(issuer, room="a-1", visitor=ANA, group="g", at=AT)
    assert jwt.get_unverified_header(token) == {"alg": "RS256", "kid": "k-1", "typ": "JWT"}
    options = {"verify_nbf": False}
    jwt.decode(token, made.public_key(), algorithms=["RS256"], audience="jitsi", options=options)


@pytest.mark.parametrize(("secret", "kid"), [("", ""), ("no key", "k-1")])
def test_a_key_that_does_not_fit_is_said(secret, kid):
    issuer = passes.Issuer(app="kolega", secret=secret, subject="m.test", kid=kid)
    with pytest.raises(Denied) as met:
        passes.issue(issuer, room="a-1", visitor=ANA, group="g", at=AT)
    assert met.value.code == "secret_wrong"


def test_an_account_lets_people_in_without_asking_the_server():
    options = {"url": "https://Meet.example.test", "app_id": "kolega"}
    account = connect(options, {"secret": "s3cret"}, calendar="", subject="")
    room = Room(key="0123456789abcdef", name="Webinar")
    address = account.rooms.way_in(room, ANA, at=AT, within=1.0)
    start, _, token = address.partition("?jwt=")
    assert start == "https://Meet.example.test/kolega-0123456789"
    found = jwt.decode(token, options={"verify_signature": False})
    assert (found["room"], found["sub"]) == ("kolega-0123456789", "meet.example.test")
    assert [item.went for item in account.check.check()] == [True]
    empty = connect(options, {}, calendar="", subject="")
    assert [item.code for item in empty.check.check()] == ["secret_wrong"]
    with pytest.raises(Denied):
        connect({"url": "http://m.test"}, {}, calendar="", subject="")
