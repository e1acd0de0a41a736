"""Checksums: known values, and the very bytes that travel."""

import pytest

from integrations.providers.bigbluebutton import signing

# From bbbctl 0.5.1 (`bbbctl --secret s3cret sign create name=… meetingID=…`), which knows sha1 only.
BY_BBBCTL = (
    "https://bbb.example.test/bigbluebutton/api/create?name=%C5%A0kola+%26+ja&meetingID=r-1"
    "&checksum=3476ece2751b64b391bc2b7812a28db4ed5ecb62"
)


@pytest.mark.parametrize(
    ("algorithm", "length"), [("sha1", 40), ("sha256", 64), ("sha384", 96), ("sha512", 128)]
)
def test_every_digest_that_servers_know(algorithm, length):
    assert len(signing.digest(b"create", secret="s", algorithm=algorithm)) == length


def test_the_address_is_that_of_another_client():
    made = signing.address(
        "https://bbb.example.test/bigbluebutton/api/", "create",
        {"name": "Škola & ja", "meetingID": "r-1"}, secret="s3cret", algorithm="sha1",
    )  # fmt: skip
    assert made == BY_BBBCTL


def test_a_call_without_values_is_signed_too():
    made = signing.address("https://x.test/api", "getMeetings", {}, secret="s", algorithm="sha1")
    assert made.startswith("https://x.test/api/getMeetings?checksum=")


def test_a_digest_nobody_knows_is_refused():
    with pytest.raises(ValueError, match="md5 is not one of sha1"):
        signing.digest(b"", secret="s", algorithm="md5")
