"""An account at a BigBlueButton server, and what it can do."""

from collections.abc import Mapping
from dataclasses import dataclass

from integrations.ports import Denied
from integrations.providers.bigbluebutton import signing
from integrations.providers.bigbluebutton.check import Check
from integrations.providers.bigbluebutton.client import Client, Server
from integrations.providers.bigbluebutton.closing import Closing
from integrations.providers.bigbluebutton.download import BigBlueButtonDownload
from integrations.providers.bigbluebutton.harvest import Harvest
from integrations.providers.bigbluebutton.rooms import Rooms

API = "/bigbluebutton/api"


@dataclass(frozen=True)
class Connected:
    """The ports of an account at BigBlueButton."""

    rooms: Rooms
    harvest: Harvest
    check: Check
    closing: Closing
    download: BigBlueButtonDownload


def connect(
    options: Mapping[str, str], secret: Mapping[str, str], *, calendar: str, subject: str
) -> Connected:  # fmt: skip
    """What an account can do.

    `options`: `address` (of the API, as `bbb-conf --secret` prints it, or of the server), `checksum`
    (sha1, sha256, sha384 or sha512; sha256 when empty), `private` ("yes" for a server in our own
    network). `secret`: `secret`. `calendar` and `subject` mean nothing here.
    """
    del calendar, subject
    server = server_of(options, secret)
    client = Client(server)
    return Connected(
        rooms=Rooms(server), harvest=Harvest(client), check=Check(client), closing=Closing(client),
        download=BigBlueButtonDownload(client),
    )  # fmt: skip


def server_of(options: Mapping[str, str], secret: Mapping[str, str]) -> Server:
    """The server of an account; raises Denied when options or secret are not to be used."""
    algorithm = options.get("checksum") or "sha256"
    if algorithm not in signing.ALGORITHMS:
        code = "request_refused"
        raise Denied(code)
    if not secret.get("secret"):
        code = "secret_wrong"
        raise Denied(code)
    return Server(
        base=_api(options.get("address", "")), secret=secret["secret"], algorithm=algorithm,
        private=options.get("private") == "yes",
    )  # fmt: skip


def _api(address: str) -> str:
    base = address.strip().rstrip("/")
    if base.endswith("/api"):
        return base
    return f"{base}/api" if base.endswith("/bigbluebutton") else f"{base}{API}"
